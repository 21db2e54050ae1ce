"""The reference lists the codes that the docstring of each check names, and no others."""

import inspect
import re

import pytest

import milestone_invoicing
from tests.architecture.house import ROOT

PAGE = (ROOT / "docs/reference/findings.md").read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(r"^## [^`\n]*: `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
)


def test_the_page_has_a_section_for_each_check():
    checks = {name for name in milestone_invoicing.__all__ if name.startswith("check")}
    assert set(SECTIONS) == {*checks, "risk_flags"}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_lists_the_codes_of_the_check(name: str):
    # From 3.13 on the compiler takes the indentation off; getdoc does so on every version.
    docstring = inspect.getdoc(getattr(milestone_invoicing, name))
    told = re.findall(r"^ *``(\w+)`` +\S", docstring, re.MULTILINE)
    assert re.findall(r"^\| `(\w+)` \|", SECTIONS[name], re.MULTILINE) == told
