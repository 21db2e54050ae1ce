"""The page on statuses lists each label and each flag, as their types do."""

import re
from enum import Enum

import pytest

from milestone_invoicing import Flag, StatusLabel
from tests.architecture.house import ROOT

PAGE = (ROOT / "docs/how-to/read-a-status.md").read_text(encoding="utf-8")


def listed(enum: type[Enum]) -> list[str]:
    """Return the members that have a line in the table of *enum*, in order."""
    return re.findall(rf"^\| `{enum.__name__}\.(\w+)` \| \S", PAGE, re.MULTILINE)


def test_the_labels_are_listed_in_the_order_in_which_the_first_that_holds_is_taken():
    assert listed(StatusLabel) == [label.name for label in StatusLabel]


@pytest.mark.parametrize("enum", [StatusLabel, Flag])
def test_every_member_is_listed_once(enum: type[Enum]):
    assert sorted(listed(enum)) == sorted(member.name for member in enum)
