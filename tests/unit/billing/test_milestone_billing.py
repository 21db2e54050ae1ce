"""What of a milestone is invoiced, waits for a decision, is left or cancelled: day by day."""

from datetime import date, datetime
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    REST,
    Cancelled,
    CreditEffect,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Line,
    Milestone,
    MilestoneBilling,
    Money,
    Reversed,
    Schedule,
    Sent,
    Voided,
    milestone_billing,
)
from milestone_invoicing.billing.taken_back import voids_among
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    MilestoneInvoicingError,
    NumberRangeError,
    OverbillingError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import ACME, bill, eur, june, line, may

SCHEDULE = Schedule(
    eur(300), [Milestone("a", "First", eur(100)), Milestone("b", "Second", REST)], signed_on=may(1)
)
CANCELLED = SCHEDULE.record("a", Cancelled("no need", on=may(20)))


def void(day: int) -> Voided:
    return Voided("wrong", on=may(day))


def a(amount: int, number: str, day: int, *facts: InvoiceFact, again: str = "") -> Invoice:
    return bill(
        amount,
        *facts,
        number=number,
        issued_on=may(day),
        milestone="a",
        preceding=tuple(again.split()),
    )


WHOLE = a(100, "1", 5)
PART = a(40, "1", 5)
VOID = a(40, "1", 5, void(10))
OTHER = bill(7, number="9", milestone="b")
PLAIN = bill(7, number="8")
AGAIN = a(40, "2", 12, again="1")


def note(amount: int, effect: CreditEffect, *facts: InvoiceFact) -> Invoice:
    return attrs.evolve(
        a(-amount, "N", 12, *facts, again="1"), kind=InvoiceKind.CREDIT_NOTE, effect=effect
    )


GOOD, BACK = note(30, CreditEffect.PRICE_REDUCTION), note(30, CreditEffect.REBILL)


@pytest.mark.parametrize(
    ("schedule", "invoices", "asked", "terms"),
    [
        pytest.param(SCHEDULE, [], may(5), (0, 0, 100, 0), id="nothing billed"),
        pytest.param(SCHEDULE, [OTHER, PLAIN], may(5), (0, 0, 100, 0), id="other lines"),
        pytest.param(SCHEDULE, [PART], may(4), (0, 0, 100, 0), id="40, day before issue"),
        pytest.param(SCHEDULE, [PART], may(5), (40, 0, 60, 0), id="40 on the issue date"),
        pytest.param(SCHEDULE, [WHOLE], may(5), (100, 0, 0, 0), id="all"),
        pytest.param(
            SCHEDULE, [a(40, "1", 5), a(60, "2", 6)], may(6), (100, 0, 0, 0), id="40 + 60"
        ),
        pytest.param(
            SCHEDULE, [bill(40, number=None, milestone="a")], may(5), (0, 0, 100, 0), id="a draft"
        ),
        pytest.param(SCHEDULE, [VOID], may(9), (40, 0, 60, 0), id="day before the void"),
        pytest.param(SCHEDULE, [VOID], may(10), (0, 40, 60, 0), id="day of the void"),
        pytest.param(SCHEDULE, [VOID, AGAIN], may(11), (0, 40, 60, 0), id="void, not again yet"),
        pytest.param(SCHEDULE, [VOID, AGAIN], may(12), (40, 0, 60, 0), id="void, billed again"),
        pytest.param(
            SCHEDULE, [VOID, a(15, "2", 12, again="1")], may(12), (15, 25, 60, 0), id="15 of 40"
        ),
        pytest.param(
            SCHEDULE, [VOID, a(15, "2", 12, again="0 1")], may(12), (15, 25, 60, 0), id="among two"
        ),
        pytest.param(
            SCHEDULE, [VOID, a(15, "2", 12, again="9"), OTHER], may(12), (15, 40, 45, 0), id="other"
        ),
        pytest.param(
            SCHEDULE, [VOID, a(40, "2", 10, again="1")], may(10), (40, 0, 60, 0), id="the same day"
        ),
        pytest.param(
            SCHEDULE,
            [VOID, a(40, "2", 12, void(13), again="1")],
            may(13),
            (0, 40, 60, 0),
            id="billed again and voided again",
        ),
        pytest.param(
            SCHEDULE,
            [VOID, a(40, "2", 12, void(13), again="1"), a(40, "3", 14, again="1 2")],
            may(14),
            (40, 0, 60, 0),
            id="billed a third time",
        ),
        pytest.param(
            SCHEDULE,
            [VOID, a(90, "2", 12, again="1")],
            may(12),
            (90, 0, 10, 0),
            id="the second bill takes new work too",
        ),
        pytest.param(
            SCHEDULE,
            [a(40, "1", 5, void(10)), a(60, "2", 6, again="1")],
            may(10),
            (60, 40, 0, 0),
            id="a final bill that follows up a part which is voided later",
        ),
        pytest.param(
            SCHEDULE,
            [VOID, a(70, "2", 12)],
            may(12),
            (70, 30, 0, 0),
            id="what waits is never more than what is left",
        ),
        pytest.param(
            SCHEDULE, [WHOLE, GOOD], may(11), (100, 0, 0, 0, 0), id="the day before a credit"
        ),
        pytest.param(SCHEDULE, [WHOLE, GOOD], may(12), (100, 30, 0, 0, 30), id="30 cheaper"),
        pytest.param(
            SCHEDULE, [PART, note(40, CreditEffect.CANCEL)], may(12), (40, 40, 0, 60, 40), id="gone"
        ),
        pytest.param(SCHEDULE, [WHOLE, BACK], may(12), (100, 30, 30, 0, 0), id="30 to bill again"),
        pytest.param(
            SCHEDULE,
            [WHOLE, BACK, a(30, "2", 12, again="N")],
            may(12),
            (130, 30, 0, 0, 0),
            id="30 billed again on the same day",
        ),
        pytest.param(
            SCHEDULE,
            [PART, note(40, CreditEffect.REBILL), a(70, "2", 13, again="N")],
            may(13),
            (110, 40, 0, 30, 0),
            id="40 again and 30 more",
        ),
        pytest.param(
            SCHEDULE,
            [WHOLE, note(30, CreditEffect.REBILL, void(14))],
            may(13),
            (100, 30, 30, 0, 0),
            id="the day before that note is voided",
        ),
        pytest.param(
            SCHEDULE,
            [WHOLE, note(30, CreditEffect.REBILL, void(14))],
            may(14),
            (100, 0, 0, 0, 0),
            id="that note is voided",
        ),
        pytest.param(
            SCHEDULE,
            [WHOLE, note(30, CreditEffect.PRICE_REDUCTION, void(14))],
            may(14),
            (100, 0, 0, 0, 0),
            id="a note for good is voided",
        ),
        pytest.param(
            SCHEDULE,
            [VOID, AGAIN, a(60, "3", 12), note(10, CreditEffect.PRICE_REDUCTION, void(14))],
            may(14),
            (100, 0, 0, 0, 0),
            id="a void and a voided note",
        ),
        pytest.param(
            SCHEDULE,
            [VOID, BACK, a(35, "2", 12, again="1")],
            may(12),
            (35, 0, 5, 60, 0),
            id="a note of a void, on the day it is billed again",
        ),
        pytest.param(
            CANCELLED, [WHOLE, BACK], may(20), (100, 30, 0, 0, 30), id="to bill again, cancelled"
        ),
        pytest.param(
            SCHEDULE,
            [VOID, a(40, "2", 12, void(12), again="1"), a(40, "3", 12, again="1")],
            may(12),
            (40, 0, 60, 0),
            id="billed again, voided, and billed again from the first void, all on one day",
        ),
        pytest.param(CANCELLED, [], may(19), (0, 0, 100, 0), id="the day before it is cancelled"),
        pytest.param(CANCELLED, [], may(20), (0, 0, 0, 100), id="cancelled"),
        pytest.param(CANCELLED, [PART], may(20), (40, 0, 0, 60), id="40, the rest cancelled"),
        pytest.param(CANCELLED, [VOID], may(20), (0, 0, 0, 100), id="void, then cancelled"),
        pytest.param(CANCELLED, [WHOLE], may(20), (100, 0, 0, 0), id="all billed, cancelled"),
        pytest.param(
            CANCELLED.record("a", Reversed(CANCELLED.facts[0].fact, "it is needed", on=may(22))),
            [],
            may(22),
            (0, 0, 100, 0),
            id="cancelled and taken back",
        ),
    ],
)
def test_the_terms_are(
    schedule: Schedule, invoices: list[Invoice], asked: date, terms: tuple[int, ...]
):
    found = milestone_billing(schedule, "a", iter(invoices), as_of=asked)
    invoiced, credited, *others = terms if len(terms) == 5 else (terms[0], 0, *terms[1:])
    assert found == MilestoneBilling("a", eur(100), *map(eur, (invoiced, credited, *others)))
    assert found.billed == eur(invoiced - credited)
    assert sum(others, invoiced - credited) == 100


def test_each_milestone_has_its_own_lines_of_one_invoice():
    invoice = Invoice("1", may(5), ACME, [line(30, milestone="a"), line(50, milestone="b")])
    voided = invoice.record(void(6))
    again = Invoice("2", may(7), ACME, [line(30, milestone="a")], preceding=["1"])
    terms = {
        key: milestone_billing(SCHEDULE, key, [voided, again], as_of=may(7)) for key in ("a", "b")
    }
    assert (terms["a"].invoiced, terms["a"].awaiting_decision) == (eur(30), eur(0))
    assert (terms["b"].invoiced, terms["b"].awaiting_decision) == (eur(0), eur(50))


def test_a_negative_line_takes_back_within_what_is_invoiced():
    invoices = [a(100, "1", 5), a(-30, "2", 6)]
    assert milestone_billing(SCHEDULE, "a", invoices, as_of=may(6)).invoiced == eur(70)


def test_a_voided_negative_bill_brings_nothing_that_waits():
    invoices = [a(100, "1", 5), a(-30, "2", 6, void(7))]
    assert milestone_billing(SCHEDULE, "a", invoices, as_of=may(7)).awaiting_decision == eur(0)


def test_a_bill_in_another_currency_of_another_milestone_is_no_matter():
    dollars = Invoice("1", may(5), ACME, [dollar_line("b")])
    assert milestone_billing(SCHEDULE, "a", [dollars], as_of=may(5)).not_yet_invoiced == eur(100)


def dollar_line(key: str) -> Line:
    return Line("Work", 1, Money.of(1, "USD"), milestone=key)


@pytest.mark.parametrize(
    ("invoices", "error", "message"),
    [
        pytest.param(
            [WHOLE, a(1, "2", 5)],
            OverbillingError,
            r"more is invoiced of milestone 'a' than was agreed: expected at most EUR 100.00, got "
            r"EUR 101.00",
            id="100 + 1 of 100",
        ),
        pytest.param(
            [a(-1, "1", 5)],
            NumberRangeError,
            r"less than nothing is invoiced of milestone 'a': expected EUR 0.00 or more, got EUR "
            r"-1.00",
            id="-1 of 100",
        ),
        pytest.param(
            [WHOLE, WHOLE], DuplicateNumberError, "two invoices have one number", id="one twice"
        ),
        pytest.param(
            [Invoice("1", may(5), ACME, [dollar_line("a")])],
            CurrencyMismatchError,
            "expected EUR, got USD",
            id="dollars",
        ),
        pytest.param(
            ["1"], WrongTypeError, r"invoices\[0\] is of the wrong type: expected Inv", id="a text"
        ),
        pytest.param(WHOLE, WrongTypeError, "invoices is not a collection", id="no collection"),
    ],
)
def test_invoices_that_cannot_be_are_refused(
    invoices: Any, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        milestone_billing(SCHEDULE, "a", invoices, as_of=june(1))


def test_overbilling_carries_what_is_left():
    with pytest.raises(OverbillingError, match="than was agreed") as caught:
        milestone_billing(SCHEDULE, "a", [a(103, "1", 5)], as_of=june(1))
    assert caught.value.left == eur(-3)


@pytest.mark.parametrize(
    ("schedule", "key", "as_of", "error", "message"),
    [
        (SCHEDULE, "z", may(1), UnknownMilestoneError, "no milestone has this key"),
        ("contract", "a", may(1), WrongTypeError, "the schedule is of the wrong type"),
        (SCHEDULE, "a", datetime(2026, 5, 1), DateTypeError, "as_of is not a plain"),
    ],
)
def test_other_arguments_are_refused(
    schedule: Any, key: Any, as_of: Any, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        milestone_billing(schedule, key, [], as_of=as_of)


def test_a_payment_or_a_sending_moves_nothing():
    sent = WHOLE.record(Sent(on=may(6)))
    assert milestone_billing(SCHEDULE, "a", [sent], as_of=may(7)) == milestone_billing(
        SCHEDULE, "a", [WHOLE], as_of=may(7)
    )


@pytest.mark.parametrize(
    ("asked", "numbers"), [(9, []), (10, ["1"]), (11, ["1"]), (12, ["1", "N"])]
)
def test_a_note_of_a_void_is_void_from_its_own_issue_on(asked: int, numbers: list[str]):
    assert sorted(voids_among([VOID, GOOD], may(asked))) == numbers
