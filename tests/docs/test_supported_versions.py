"""The page on versions has a row for each Python that the package names."""

import re
import tomllib
from datetime import date

from tests.architecture.house import ROOT

PAGE = (ROOT / "docs/reference/supported-versions.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMED = re.findall(
    r"^Programming Language :: Python :: (3\.\d+)$", "\n".join(PROJECT["classifiers"]), re.MULTILINE
)


def test_each_python_that_the_package_names_has_a_row():
    assert re.findall(r"^\| (3\.\d+) newest \|", PAGE, re.MULTILINE) == NAMED


def test_the_lowest_row_is_of_the_lowest_python():
    assert re.findall(r"^\| (3\.\d+) lowest \|", PAGE, re.MULTILINE) == NAMED[:1]
    assert PROJECT["requires-python"] == f">={NAMED[0]}"


def test_a_row_says_on_which_day_it_was_last_green():
    head, *days = re.findall(r"^\| (?:[^|]+ \| ){6}([^|]+) \|$", PAGE, re.MULTILINE)
    assert head == "Green on"
    assert len(days) > len(NAMED)
    assert all(day == "not yet" or date.fromisoformat(day) for day in days)
