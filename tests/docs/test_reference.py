"""The reference names everything that is public."""

import re

import pytest

import milestone_invoicing
import milestone_invoicing.display
import milestone_invoicing.testing
from tests.architecture.house import ROOT

VOCABULARY = (ROOT / "docs/reference/vocabulary.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(\w+)", VOCABULARY))
PUBLIC = [
    *(name for name in milestone_invoicing.__all__ if not name.endswith("Error")),
    *milestone_invoicing.display.__all__,
    *(name for name in milestone_invoicing.testing.__all__ if name != "register"),
]


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_in_the_vocabulary(name: str):
    assert name in NAMED
