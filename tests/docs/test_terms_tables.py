"""The tables of payment terms: each line is run, and leads to the dates beside it."""

import re
from datetime import date
from pathlib import Path

import pytest

import milestone_invoicing
from milestone_invoicing import Money, PaymentTerms

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "payment-terms.md"
ROW = re.compile(
    r"\| (?P<wording>[^|]+) \| `(?P<line>PaymentTerms[^`|]+)`"
    r" \| (?P<may>[^|]+) \| (?P<january>[^|]+) \|"
)
ROWS = [match for match in map(ROW.fullmatch, PAGE.read_text("utf-8").splitlines()) if match]
ISSUED = {"may": date(2026, 5, 1), "january": date(2026, 1, 31)}


def dates(line: str, issued_on: date) -> str:
    """Return the due dates of the terms that a line of code builds."""
    terms = eval(line, vars(milestone_invoicing).copy())  # noqa: S307  # of this repository
    assert isinstance(terms, PaymentTerms)
    parts = terms.due(Money.of(1210, "EUR"), issued_on, untaxed=Money.of(1000, "EUR"))
    return ", ".join(str(part.due_on or "pending") for part in parts)


def test_the_page_has_its_tables():
    lines = PAGE.read_text("utf-8").splitlines()
    assert len(ROWS) == len([line for line in lines if "`PaymentTerms" in line and line[0] == "|"])
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["line"])
def test_a_line_leads_to_the_dates_beside_it(row: re.Match[str]):
    for column, issued_on in ISSUED.items():
        assert row[column] == dates(row["line"], issued_on)


SAID = [
    pytest.param(row["line"], text, id=text)
    for row in ROWS
    for text in re.findall('"([^"]+)"', row["wording"])
]


@pytest.mark.parametrize(("line", "text"), SAID)
def test_a_quoted_text_says_what_its_line_does(line: str, text: str):
    for issued_on in ISSUED.values():
        assert dates(f"PaymentTerms.parse({text!r})", issued_on) == dates(line, issued_on)
