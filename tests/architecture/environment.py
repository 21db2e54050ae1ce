"""Runs one script as ``__main__`` in the environment that the first argument names.

Started by ``test_environment.py`` as a process of its own: ``environment.py NAME SCRIPT``.
"""

import decimal
import runpy
import sys
import threading
from pathlib import Path

SIGNALS = list(decimal.Context().traps)
HOSTILE = decimal.Context(prec=4, rounding=decimal.ROUND_UP, Emin=-3, Emax=3, traps=SIGNALS)


def run(script: str) -> None:
    """Run *script* here and now, with its neighbours at hand as if it had been started itself."""
    sys.path.insert(0, str(Path(script).parent))
    runpy.run_path(script, run_name="__main__")


def run_in_hostile_context(script: str) -> None:
    """Run *script* with four digits, everything rounded up, and every signal an error."""
    decimal.setcontext(HOSTILE.copy())
    run(script)


def run_in_hostile_thread(script: str) -> None:
    """Run *script* in a thread whose context is made from a hostile default."""
    default = decimal.DefaultContext
    default.prec, default.rounding = HOSTILE.prec, HOSTILE.rounding
    for signal in SIGNALS:
        default.traps[signal] = True
    failed: list[BaseException] = []

    def body() -> None:
        try:
            run(script)
        except BaseException as error:  # noqa: BLE001  # carried out of the thread
            failed.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


if __name__ == "__main__":
    {
        "plain": run,
        "hostile context": run_in_hostile_context,
        "hostile thread": run_in_hostile_thread,
    }[sys.argv[1]](sys.argv[2])
