"""Values that the library makes are checked as those of users: each part is of its type."""

import re
from datetime import datetime
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    AppliedPayment,
    DueAmount,
    Fact,
    Flag,
    LimitedParts,
    Money,
    PaymentOrder,
    Reason,
    Retained,
    Sent,
    Transition,
    apply_payment,
    invoice_status,
)
from milestone_invoicing._answers import Answer, maker
from milestone_invoicing.errors import (
    DateTypeError,
    MilestoneInvoicingError,
    NumberTypeError,
    WrongTypeError,
)
from tests.unit.bills import bill, eur, may

STATUS = invoice_status(bill(), as_of=may(1))
APPLIED = apply_payment(eur(1), [bill()], as_of=may(1))


def status(**changed: Any) -> Answer:
    return attrs.evolve(STATUS, **changed)


def applied(**changed: Any) -> AppliedPayment:
    return attrs.evolve(APPLIED, **changed)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda: DueAmount("soon", 1.5, after=3),
            DateTypeError,
            "due_on is not a plain date: expected datetime.date, got 'soon'",
        ),
        (
            lambda: DueAmount(datetime(2026, 5, 1, 9), eur(1)),
            DateTypeError,
            (
                "due_on is not a plain date: expected datetime.date, got 2026-05-01 09:00:00; "
                "call .date() on a datetime"
            ),
        ),
        (
            lambda: DueAmount(may(1), 1.5),
            WrongTypeError,
            "amount is of the wrong type: expected Money, got 1.5",
        ),
        (
            lambda: DueAmount(None, eur(1), after=3),
            WrongTypeError,
            "after is of the wrong type: expected str or None, got 3",
        ),
        (
            lambda: DueAmount(None, eur(1), held=1),
            WrongTypeError,
            "held is of the wrong type: expected bool, got 1",
        ),
        (
            lambda: status(days_overdue=True),
            NumberTypeError,
            "days_overdue is not a whole number: expected int, got True",
        ),
        (
            lambda: status(days_overdue="3"),
            WrongTypeError,
            "days_overdue is of the wrong type: expected int, got '3'",
        ),
        (
            lambda: applied(reasons="late"),
            WrongTypeError,
            "reasons is of the wrong type: expected tuple, got 'late'",
        ),
        (
            lambda: applied(reasons=(Reason("late"), "late")),
            WrongTypeError,
            "reasons[1] is of the wrong type: expected Reason, got 'late'",
        ),
        (
            lambda: status(flags={Flag.DISPUTED}),
            WrongTypeError,
            "flags is of the wrong type: expected frozenset, got {<Flag.DISPUTED: 'disputed'>}",
        ),
        (
            lambda: status(flags=frozenset({"disputed"})),
            WrongTypeError,
            "flags[0] is of the wrong type: expected Flag, got 'disputed'",
        ),
        (
            lambda: applied(to_charges=(("fee", 1),)),
            WrongTypeError,
            "to_charges[0][1] is of the wrong type: expected Money, got 1",
        ),
        (
            lambda: applied(to_charges=(("fee",),)),
            WrongTypeError,
            "to_charges[0] is no tuple of its length: expected 2 items, got ('fee',)",
        ),
        (
            lambda: applied(order="oldest"),
            WrongTypeError,
            "order is of the wrong type: expected PaymentOrder, got 'oldest'",
        ),
        (
            lambda: Reason("late", [Sent(on=may(1))]),
            WrongTypeError,
            (
                "facts is of the wrong type: expected tuple, got "
                "[Sent(on=datetime.date(2026, 5, 1), recorded_on=None)]"
            ),
        ),
        (
            lambda: Retained(eur(1), None),
            WrongTypeError,
            "stored is of the wrong type: expected Money, got None",
        ),
        (
            lambda: LimitedParts((1,), eur(1)),
            WrongTypeError,
            "parts[0] is of the wrong type: expected Money, got 1",
        ),
        (
            lambda: Transition(may(1), "a", None, before="planned", after=None),
            WrongTypeError,
            (
                "before is of the wrong type: expected MilestoneLabel or StatusLabel or None, got "
                "'planned'"
            ),
        ),
    ],
)
def test_an_answer_refuses(make: Any, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        make()


def test_an_answer_takes_what_its_parts_may_be():
    assert Reason("sent", (Sent(on=may(1)), Fact(on=may(2)))).facts[0].on == may(1)
    assert DueAmount(None, eur(1)).after is None
    assert applied(to_charges=(("fee", eur(1)),), order=PaymentOrder.LARGEST).left_over == eur(0)
    assert Retained(Money.zero("EUR"), eur(1)).total == eur(1)


def test_a_maker_makes_what_the_constructor_does_from_all_parts_in_their_order():
    parts = (may(1), eur(5), None, True)
    assert maker(DueAmount)(*parts) == DueAmount(*parts)
    with pytest.raises(ValueError, match="zip"):
        maker(DueAmount)(may(1), eur(5))
