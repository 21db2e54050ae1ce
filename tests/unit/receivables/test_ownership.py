"""Who looks after an invoice on a day, and what nobody looks after."""

import attrs
import pytest

from milestone_invoicing import Assigned, Invoice, Payment, Reversed, Voided, owner_of, unowned
from milestone_invoicing.errors import DateTypeError, WrongTypeError
from tests.unit.bills import april, bill, eur, june, may

DANA, EVE = Assigned("Dana", on=may(10)), Assigned("Eve", on=june(1))
OWNED = attrs.evolve(bill(), owner="Kim")


@pytest.mark.parametrize(
    ("invoice", "day", "owner"),
    [
        (bill(), may(9), None),
        (OWNED, april(1), "Kim"),
        (OWNED.record(DANA), may(9), "Kim"),
        (OWNED.record(DANA), may(10), "Dana"),
        (bill(1000, DANA), may(9), None),
        (bill(1000, DANA, EVE), may(31), "Dana"),
        (bill(1000, DANA, EVE), june(1), "Eve"),
        (bill(1000, EVE, DANA), june(1), "Eve"),
        (bill(1000, DANA, Assigned("Eve", on=may(10))), may(10), "Eve"),
        (OWNED.record(DANA, Reversed(DANA, "left", on=may(12))), may(12), "Kim"),
        (attrs.evolve(bill(number=None), owner="Kim"), may(1), "Kim"),
    ],
)
def test_the_owner_is_whom_it_was_last_assigned_to(invoice: Invoice, day, owner: str | None):
    assert owner_of(invoice, as_of=day) == owner


PAID = bill(1000, Payment(eur(1000), on=may(20)), number="2")


@pytest.mark.parametrize(
    ("invoice", "day", "listed"),
    [
        (bill(), april(30), False),
        (bill(), may(1), True),
        (bill(number=None), may(1), False),
        (OWNED, may(1), False),
        (attrs.evolve(bill(), owner=""), may(1), True),
        (bill(1000, DANA), may(9), True),
        (bill(1000, DANA), may(10), False),
        (PAID, may(19), True),
        (PAID, may(20), False),
        (bill(1000, Payment(eur(900), on=may(2)), held=eur(100)), may(9), True),
        (bill(1000, Voided("x", on=may(5))), may(5), False),
        (bill(-5), may(9), False),
        (bill(0), may(9), False),
    ],
)
def test_what_is_outstanding_and_has_no_owner_is_listed(invoice: Invoice, day, listed: bool):
    assert unowned([invoice], as_of=day) == ((invoice,) if listed else ())


def test_the_unowned_keep_their_order():
    bills = [bill(number="9"), OWNED, PAID, bill(number="3")]
    assert [each.number for each in unowned(iter(bills), as_of=may(20))] == ["9", "3"]
    assert unowned([], as_of=may(1)) == ()


def test_arguments_are_refused():
    with pytest.raises(WrongTypeError, match="the invoice is of the wrong type"):
        owner_of("1", as_of=may(1))
    with pytest.raises(DateTypeError, match="as_of is not a plain date"):
        owner_of(bill(), as_of="today")
    with pytest.raises(DateTypeError, match="as_of is not a plain date"):
        unowned([], as_of=None)
    with pytest.raises(WrongTypeError, match=r"invoices\[1\] is of the wrong type"):
        unowned([bill(), 1], as_of=may(1))
    with pytest.raises(WrongTypeError, match="invoices is not a collection"):
        unowned(bill(), as_of=may(1))
