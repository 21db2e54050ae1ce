"""How deposits and their credit notes are printed."""

import attrs
import pytest

from milestone_invoicing.display import invoice_text
from milestone_invoicing.errors import NumberRangeError
from tests.unit.advances import asked, billed, contract, credited, pay
from tests.unit.bills import bill, eur

SCHEDULE = contract(parts=[100])
PAID = asked(SCHEDULE, pay(363, 3))


def ends(text: str) -> list[str]:
    return [" ".join(row.split()) for row in text.splitlines()]


def test_what_is_prepaid_stands_below_the_total_with_tax():
    rows = ends(invoice_text(billed(SCHEDULE, "a", [PAID], "1"), locale="en_GB"))
    start = rows.index("Total with tax €1,210.00")
    assert rows[start : start + 3] == [
        "Total with tax €1,210.00",
        "Deposit D-1 -€363.00",
        "Payable €847.00",
    ]


@pytest.mark.parametrize(("number", "title"), [("CN", "Credit note"), (None, "Draft credit note")])
def test_a_credit_note_says_what_it_is(number: str | None, title: str):
    note = attrs.evolve(credited(PAID), number=number)
    assert invoice_text(note, locale="en_GB").startswith(title)


@pytest.mark.parametrize("held", ["1000.01", "-0.01"])
def test_no_more_is_held_than_is_payable_and_of_its_sign(held: str):
    with pytest.raises(NumberRangeError, match=r"can be held of this invoice: .*part of EUR 1000"):
        bill(1000, held=eur(held))


def test_what_is_held_is_retained():
    rows = ends(invoice_text(bill(1000, held=eur(100)), locale="en_GB"))
    assert "Retained €100.00" in rows
