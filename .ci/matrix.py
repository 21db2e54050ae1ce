"""Run the tests on every release and runtime that the docs name, each in a fresh environment.

Interpreters are looked for on PATH and in pyenv's folders. A cell that this machine cannot run is
named at the end, with the reason. The exit code is 1 if a cell is red, and with --strict also if
one was not run. --record writes the day into docs/reference/supported-versions.md, for green cells.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "reference" / "supported-versions.md"
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHOWN: Final = ("attrs", "babel", "python-dateutil")
LAST_LINES: Final = 40  # of the log of a cell that is red

# Not by `pip list`, which says nothing where PIP_QUIET is set.
LISTED: Final = """
import json, platform
from importlib.metadata import distributions

found = {each.name.lower(): each.version for each in distributions()}
print(json.dumps(found | {"python": platform.python_version()}))
"""

# Of the extra `test`, what the slice in Pyodide needs. The others are compiled, or start processes.
IN_PYODIDE: Final = {"hypothesis", "pytest", "python-dateutil"}
# Pure wheels for the Python of Pyodide, whatever this machine is.
PURE: Final = ("--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none")


class NotRun(Exception):  # noqa: N818  # no error: what is missing here
    """Why a cell cannot be run on this machine."""


class Broken(Exception):  # noqa: N818  # the log tells the error
    """The releases of a cell cannot be installed together."""


@dataclass(frozen=True)
class Cell:
    """A Python, and the releases that are asked for beside the newest of all others.

    With its calendars a cell also runs the page that shows the holidays of other packages.
    """

    name: str
    python: str
    pins: tuple[str, ...] = ()
    calendars: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a cell: whether all tests passed, and the versions in it."""

    green: bool
    profile: str = ""
    versions: tuple[str, ...] = ()


def requirements() -> dict[str, str]:
    """Return what a test run needs, each name with its whole requirement."""
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    return {re.match(r"[A-Za-z0-9._-]+", each)[0]: each for each in asked}


def lowest() -> tuple[str, ...]:
    """Return the pin of each requirement to the least version that it admits."""
    pins = []
    for name, each in requirements().items():
        bound = re.search(r">=\s*([0-9][0-9.]*)", each)
        if bound is None:
            sys.exit(f"pyproject.toml has no lower bound for {name}: {each}")
        pins.append(f"{name}=={bound[1]}")
    return tuple(pins)


PYODIDE: Final = Cell("Pyodide 314", "3.14")
CELLS: Final = (
    Cell("3.11 newest", "3.11"),
    Cell("3.12 newest", "3.12"),
    Cell("3.13 newest", "3.13"),
    Cell("3.11 lowest", "3.11", lowest()),
    Cell("Babel 2.18", "3.11", ("babel==2.18.*",)),
    Cell("Babel 2.19", "3.11", ("babel==2.19.*",)),
    # The only dateutil that holidays admits.
    Cell("dateutil 2.9.0", "3.11", ("python-dateutil==2.9.0.*",), calendars=True),
    Cell("dateutil 4.0.0", "3.11", ("python-dateutil==4.0.0.*",)),
    PYODIDE,
)


def candidates(version: str) -> Iterator[Path]:
    """Yield where a Python of *version*, such as 3.11, may be."""
    for folder in os.get_exec_path():
        yield Path(folder) / f"python{version}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for folder in sorted((pyenv / "versions").glob(f"{version}.*"), reverse=True):
        yield folder / "bin" / "python"


def interpreter(version: str) -> Path:
    """Return the first Python of *version* that runs and can make environments."""
    # A shim of pyenv is on PATH whether or not its version is switched on.
    ask = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    for path in candidates(version):
        if os.access(path, os.X_OK):
            ran = subprocess.run([path, "-c", ask], capture_output=True, text=True, check=False)
            if ran.stdout.strip() == version:
                return path
    raise NotRun(f"no Python {version} on PATH or in pyenv's folders")


class Work:
    """A folder for one cell, with the log of all that is run for it."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        self.folder = folder
        folder.mkdir(parents=True)
        self.log = folder / "log"

    def run(self, *command: str | Path, at: Path = ROOT, **environment: str) -> bool:
        """Run a command; what it prints goes to the log. Say whether it ended well."""
        # No byte code into the checkout: it may be another interpreter's.
        cache = {"PYTHONPYCACHEPREFIX": str(self.folder / "cache")}
        with self.log.open("a", encoding="utf-8") as log:
            ran = subprocess.run(
                command,
                cwd=at,
                env=os.environ | cache | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        return ran.returncode == 0

    def made(self, *command: str | Path, at: Path = ROOT) -> None:
        """Run a command without which the cell cannot begin."""
        if not self.run(*command, at=at):
            raise Broken

    def told(self) -> str:
        """Return the last lines of the log."""
        return "\n".join(self.log.read_text(encoding="utf-8").splitlines()[-LAST_LINES:])


def environment(cell: Cell, work: Work) -> tuple[Path, dict[str, str]]:
    """Install the library and its tests; return the interpreter and all versions in there."""
    python = work.folder / "venv" / "bin" / "python"
    work.made(interpreter(cell.python), "-m", "venv", work.folder / "venv")
    pins = work.folder / "constraints.txt"
    pins.write_text("\n".join(cell.pins), encoding="utf-8")
    extras = "test,calendars" if cell.calendars else "test"
    work.made(python, "-m", "pip", "install", "-q", "-c", pins, f"{ROOT}[{extras}]")
    listed = subprocess.run([python, "-c", LISTED], capture_output=True, text=True, check=True)
    return python, json.loads(listed.stdout)


def shown(found: dict[str, str]) -> tuple[str, ...]:
    """Return the versions that the page names: of Python and of what runs with the library."""
    return tuple(found.get(name, "-") for name in ("python", *SHOWN))


def run_cell(cell: Cell, profile: str, work: Work, seen: dict[str, bool]) -> Outcome:
    """Run all tests in one cell, unless the same releases have been *seen* in another."""
    python, found = environment(cell, work)
    key = json.dumps(found, sort_keys=True)
    if key not in seen:
        required = {"MILESTONE_INVOICING_REQUIRE_CALENDARS": "1"} if cell.calendars else {}
        seen[key] = work.run(
            *(python, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            HYPOTHESIS_PROFILE=profile,
            **required,
        )
    return Outcome(seen[key], profile, shown(found))


def run_pyodide(work: Work) -> Outcome:
    """Run the slice of ``tests/pyodide`` under Node, with wheels unpacked from the index."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            raise NotRun(f"no {command} on PATH")
    home, wheels = work.folder / "home", work.folder / "wheels"
    shutil.copytree(ROOT / "tests" / "pyodide", home)
    work.made("npm", "install", "--silent", "--no-audit", "--no-fund", at=home)
    pip = (sys.executable, "-m", "pip")
    needed = [each for name, each in requirements().items() if name in IN_PYODIDE]
    asked = (*PROJECT["dependencies"], *needed, f"--python-version={PYODIDE.python}")
    work.made(*pip, "download", "-q", *PURE, "-d", wheels, *dict.fromkeys(asked))
    work.made(*pip, "wheel", "-q", "--no-deps", "-w", wheels, ROOT)
    green = work.run("node", home / "run.mjs", ROOT, wheels)
    told = work.log.read_text(encoding="utf-8")
    print(*re.findall(r"^imported in .*$", told, re.MULTILINE))
    python = re.search(r"^Python (\S+), 32 bits$", told, re.MULTILINE)
    named = (wheel.name.split("-") for wheel in wheels.iterdir())
    found = {name.replace("_", "-"): version for name, version, *_ in named}
    return Outcome(green, "glance", shown(found | {"python": python[1] if python else "-"}))


def record(cell: Cell, outcome: Outcome) -> None:
    """Write what was green today into its row of the page."""
    today = datetime.now(UTC).date().isoformat()
    row = " | ".join((cell.name, *outcome.versions, outcome.profile, today))
    page = PAGE.read_text(encoding="utf-8")
    changed, rows = re.subn(
        rf"^\| {re.escape(cell.name)} \|.*$", f"| {row} |", page, flags=re.MULTILINE
    )
    if rows != 1:
        sys.exit(f"{PAGE.name} has {rows} rows for {cell.name}, not 1")
    PAGE.write_text(changed, encoding="utf-8")


def attempt(cell: Cell, profile: str, work: Work, seen: dict[str, bool]) -> Outcome:
    """Run one cell and say how it went, with the end of its log if it is red."""
    begun = monotonic()
    try:
        outcome = run_pyodide(work) if cell is PYODIDE else run_cell(cell, profile, work, seen)
    except Broken:
        outcome = Outcome(green=False)
    versions = zip(("Python", *SHOWN), outcome.versions, strict=False)
    said = ", ".join(map(" ".join, versions)) or "cannot be installed"
    colour = "green" if outcome.green else "RED"
    print(f"{colour}  {cell.name}: {said}  [{monotonic() - begun:.0f} s]", flush=True)
    if not outcome.green:
        print(work.told())
    return outcome


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = "; ".join(cell.name for cell in CELLS)
    parser.add_argument("cells", nargs="*", metavar="CELL", help=f"of: {names}; all without any")
    parser.add_argument("--profile", default="quick", help="how long Hypothesis searches")
    parser.add_argument("--strict", action="store_true", help="a cell that is not run is red")
    parser.add_argument("--record", action="store_true", help="write green cells into the docs")
    asked = parser.parse_args()
    if unknown := set(asked.cells) - {cell.name for cell in CELLS}:
        parser.error(f"no such cell: {', '.join(sorted(unknown))}; there are {names}")
    return asked


def main() -> int:
    """Run the cells that were asked for; return 1 if one is red, or not run in strictness."""
    asked = arguments()
    cells = [cell for cell in CELLS if not asked.cells or cell.name in asked.cells]
    seen: dict[str, bool] = {}
    outcomes: list[Outcome] = []
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, cell in enumerate(cells):
            try:
                outcome = attempt(cell, asked.profile, Work(Path(folder) / str(number)), seen)
            except NotRun as why:
                missing.append(f"NOT RUN  {cell.name}: {why}")
                continue
            outcomes.append(outcome)
            if asked.record and outcome.green:
                record(cell, outcome)
    for each in missing:
        print(each)
    is_green = all(outcome.green for outcome in outcomes)
    return int(not is_green or (asked.strict and bool(missing)))


if __name__ == "__main__":
    sys.exit(main())
