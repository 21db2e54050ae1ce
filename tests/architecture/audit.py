"""Sees what the interpreter is asked to do while a test runs: open, connect, start, sleep.

An audit hook cannot be taken away again, so there is one, and it only listens inside ``watch``.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

FORBIDDEN_PREFIXES = (
    "ftplib.",
    "http.client.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.putenv",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.unsetenv",
    "smtplib.",
    "socket.",
    "sqlite3.",
    "subprocess.",
    "time.sleep",
    "urllib.",
    "webbrowser.",
)
# What an import reads, now or again for a traceback.
IMPORTED = {".py", ".pyc", ".so", ".pyd", ".zip"}
# Babel's packaged locale data, the folder in which Hypothesis keeps its tables of characters, and
# the one into which the interpreter writes, under a name for the moment, the code of a late import.
ALLOWED_FOLDERS = {"locale-data", ".hypothesis", "__pycache__"}
ALLOWED_FILES = {("babel", "global.dat")}
# Hypothesis parses the source of a test; the parser asks for a file of this name, to quote from it.
UNNAMED_SOURCE = "<unknown>"

_seen: list[list[str]] = []


def is_packaged(path: object) -> bool:
    """Say whether opening *path* reads code or packaged data."""
    if not isinstance(path, str | bytes):
        return isinstance(path, int)  # a descriptor: what is open already
    pure = PurePath(path if isinstance(path, str) else path.decode(errors="replace"))
    return (
        path == UNNAMED_SOURCE
        or pure.suffix in IMPORTED
        or bool(ALLOWED_FOLDERS & set(pure.parts))
        or pure.parts[-2:] in ALLOWED_FILES
    )


def _listen(event: str, args: tuple[object, ...]) -> None:
    if not _seen:
        return
    if event == "open":
        if not is_packaged(args[0]):
            _seen[-1].append(f"open {args[0]!r}")
    elif event.startswith(FORBIDDEN_PREFIXES):
        _seen[-1].append(f"{event} {args!r}")


sys.addaudithook(_listen)


@contextmanager
def watch() -> Iterator[list[str]]:
    """Give the list of what is seen from here to the end of the block."""
    _seen.append([])
    try:
        yield _seen[-1]
    finally:
        _seen.pop()
