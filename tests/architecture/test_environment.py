"""Laws 2 and 3: no result depends on decimal context, locale, time zone, hash seed or thread."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

HERE = Path(__file__).parent
SHARED = {"agency_books", "showing"}  # what the others import; they print nothing by themselves
EXAMPLES = sorted(
    path for path in (ROOT / "docs" / "examples").glob("*.py") if path.stem not in SHARED
)
SCRIPTS = [HERE / "results.py", *EXAMPLES]
FEWEST_EXAMPLES = 5

# How the script is run, and what is different in its environment.
ENVIRONMENTS = {
    "hostile decimal context": ("hostile context", {}),
    "thread with hostile default context": ("hostile thread", {}),
    "Arabic locale": ("plain", {"LC_ALL": "ar_EG.UTF-8", "LANG": "ar_EG.UTF-8", "LANGUAGE": "ar"}),
    "no locale": ("plain", {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "C"}),
    "another time zone": ("plain", {"TZ": "Pacific/Kiritimati"}),
    "another hash seed": ("plain", {"PYTHONHASHSEED": "4242"}),
}
USUAL = {
    "LC_ALL": "en_US.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONWARNINGS": "error",
}


@cache
def printed(script: Path, how: str = "plain", changes: tuple[tuple[str, str], ...] = ()) -> str:
    """Return what *script* prints in an environment that differs by *changes*."""
    ran = subprocess.run(
        [sys.executable, str(HERE / "environment.py"), how, str(script)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | USUAL | dict(changes),
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_script_prints_the_same_in(name: str, script: Path):
    how, changes = ENVIRONMENTS[name]
    assert printed(script)
    assert printed(script, how, tuple(changes.items())) == printed(script)


def test_the_contracts_of_the_documentation_are_among_the_scripts():
    assert len(EXAMPLES) >= FEWEST_EXAMPLES
