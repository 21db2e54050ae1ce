"""The page on printing lists each function of the display room, and no others."""

import re
from inspect import isfunction

from milestone_invoicing import display
from tests.architecture.house import ROOT

PAGE = (ROOT / "docs/how-to/print-in-a-language.md").read_text(encoding="utf-8")


def test_the_table_has_each_function_once():
    _, _, section = PAGE.partition("| function | prints |\n|---|---|\n")
    table, _, _ = section.partition("\n\n")
    listed = [
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])
    ]
    functions = [name for name in display.__all__ if isfunction(getattr(display, name))]
    assert sorted(listed) == sorted(functions)
