"""Runs scripts as ``__main__``, one after another, in the way that the first argument names.

Started by ``test_environment.py`` as a process of its own: ``environment.py NAME SCRIPT...``. What
each script prints stands behind a ``SEPARATOR``.
"""

import decimal
import runpy
import sys
import threading
from pathlib import Path

SIGNALS = list(decimal.Context().traps)
HOSTILE = decimal.Context(prec=4, rounding=decimal.ROUND_UP, Emin=-3, Emax=3, traps=SIGNALS)


SEPARATOR = "\N{INFORMATION SEPARATOR TWO}"


def run(scripts: list[str]) -> None:
    """Run *scripts* here and now, each with its neighbours at hand as if started itself."""
    for script in scripts:
        print(end=SEPARATOR)
        sys.path.insert(0, str(Path(script).parent))
        runpy.run_path(script, run_name="__main__")


def run_in_hostile_context(scripts: list[str]) -> None:
    """Run *scripts* with four digits, everything rounded up, and every signal an error."""
    decimal.setcontext(HOSTILE.copy())
    run(scripts)


def run_in_hostile_thread(scripts: list[str]) -> None:
    """Run *scripts* in a thread whose context is made from a hostile default."""
    default = decimal.DefaultContext
    default.prec, default.rounding = HOSTILE.prec, HOSTILE.rounding
    for signal in SIGNALS:
        default.traps[signal] = True
    failed: list[BaseException] = []

    def body() -> None:
        try:
            run(scripts)
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
    }[sys.argv[1]](sys.argv[2:])
