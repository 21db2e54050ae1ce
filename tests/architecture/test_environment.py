"""Laws 2 and 3: no result depends on decimal context, locale, time zone, hash seed or thread.

Each difference alone costs a process with all scripts, so that the thorough profile tries them one
by one; below it they come all at once.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests.architecture.environment import SEPARATOR
from tests.architecture.house import ROOT

HERE = Path(__file__).parent
SHARED = {"agency_books", "showing"}  # what the others import; they print nothing by themselves
EXAMPLES = sorted(
    path for path in (ROOT / "docs" / "examples").glob("*.py") if path.stem not in SHARED
)
SCRIPTS = [HERE / "results.py", *EXAMPLES]
FEWEST_EXAMPLES = 5

THOROUGH = settings.get_profile("thorough").max_examples

# How the scripts are run, and what is different in their environment.
ARABIC = {"LC_ALL": "ar_EG.UTF-8", "LANG": "ar_EG.UTF-8", "LANGUAGE": "ar"}
FAR_AWAY = {"TZ": "Pacific/Kiritimati"}
OTHER_SEED = {"PYTHONHASHSEED": "4242"}
AT_ONCE = {"all at once": ("hostile context", ARABIC | FAR_AWAY | OTHER_SEED)}
ALONE = {
    "hostile decimal context": ("hostile context", {}),
    "thread with hostile default context": ("hostile thread", {}),
    "Arabic locale": ("plain", ARABIC),
    "no locale": ("plain", {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "C"}),
    "another time zone": ("plain", FAR_AWAY),
    "another hash seed": ("plain", OTHER_SEED),
}
ENVIRONMENTS = ALONE if settings.default.max_examples >= THOROUGH else AT_ONCE
USUAL = {
    "LC_ALL": "en_US.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONWARNINGS": "error",
}


@cache
def printed(how: str = "plain", changes: tuple[tuple[str, str], ...] = ()) -> dict[str, str]:
    """Return what each script prints in an environment that differs by *changes*."""
    ran = subprocess.run(
        [sys.executable, str(HERE / "environment.py"), how, *map(str, SCRIPTS)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | USUAL | dict(changes),
    )
    assert ran.returncode == 0, ran.stderr
    _, *texts = ran.stdout.split(SEPARATOR)
    return {script.stem: text for script, text in zip(SCRIPTS, texts, strict=True)}


@pytest.mark.parametrize("script", [script.stem for script in SCRIPTS])
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_script_prints_the_same_in(name: str, script: str):
    how, changes = ENVIRONMENTS[name]
    assert printed()[script]
    assert printed(how, tuple(changes.items()))[script] == printed()[script]


def test_the_contracts_of_the_documentation_are_among_the_scripts():
    assert len(EXAMPLES) >= FEWEST_EXAMPLES
