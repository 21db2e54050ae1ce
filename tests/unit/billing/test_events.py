"""Events that instalments wait for: which can have happened, and what they make due when."""

from datetime import date

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueAmount,
    DueDateExtended,
    DueRule,
    EventOccurred,
    Installment,
    Invoice,
    InvoiceFact,
    PaymentTerms,
    Percent,
    PercentOfUntaxed,
    Reversed,
    Tax,
    Voided,
)
from milestone_invoicing.billing.history.claim import events_among
from milestone_invoicing.errors import (
    BlankTextError,
    DateRangeError,
    DateTypeError,
    DueBeforeStartError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    PaymentTermsError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, claim_of, eur, june, line, may

TEN_DAYS = DueRule((AddDays(10),))
# 500 due on 11 May, 300 ten days after "a", 200 at once after "b".
THREE = PaymentTerms(
    [
        Installment(Percent(50), TEN_DAYS),
        Installment(Percent(30), TEN_DAYS, after="a"),
        Installment(REST, after="b"),
    ]
)
WAITING = PaymentTerms([Installment(REST, TEN_DAYS, after="a")])
THEN = PaymentTerms([*WAITING.installments, Installment(REST, TEN_DAYS)], sequential=True)


def came(event: str, on: date = date(2026, 5, 5)) -> EventOccurred:
    return EventOccurred(event, on=on)


def back(event: str, on: date) -> Reversed:
    return Reversed(came(event), "not yet", on=on)


def extended(until: date, number: int | None = None, on: date = date(2026, 5, 6)):
    return DueDateExtended(until, "asked", number, on=on)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: EventOccurred(" ", on=may(1)),
            BlankTextError,
            "the event is blank: expected some text, got ' '",
        ),
        (
            lambda: EventOccurred(1, on=may(1)),
            WrongTypeError,
            "the event is of the wrong type: expected str, got 1",
        ),
        (
            lambda: EventOccurred("a", on=None),
            DateTypeError,
            r"on is not a plain date: expected datetime\.date, got None",
        ),
    ],
)
def test_an_event_refuses(build, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=f"^{message}$"):
        build()


def test_an_event_prints_its_day():
    assert str(came("a")) == "EventOccurred on 2026-05-05"


@pytest.mark.parametrize(
    ("terms", "facts"),
    [
        pytest.param(WAITING, [came("a")], id="an event"),
        pytest.param(WAITING, [came("a", april(1))], id="an event before the issue date"),
        pytest.param(THREE, [came("b"), came("a", may(3))], id="two events"),
        pytest.param(
            WAITING, [came("a"), back("a", may(6)), came("a", may(9))], id="taken back, then again"
        ),
        pytest.param(
            WAITING, [came("a"), extended(may(16))], id="extended by a day after the event"
        ),
        pytest.param(THREE, [extended(may(12))], id="extended while others wait"),
        pytest.param(
            THREE, [came("b"), extended(may(6), 3)], id="the third, a day after its event"
        ),
        pytest.param(
            WAITING, [came("a"), Voided("x", on=may(5))], id="void on the day of an event"
        ),
    ],
)
def test_it_can_have_happened(terms: PaymentTerms, facts: list[InvoiceFact]):
    assert bill(1000, *facts, terms=terms).facts == tuple(facts)


OCCURRED = "EventOccurred on 2026-05-05 is impossible: expected "
IMPOSSIBLE = f"{OCCURRED}an event that an instalment waits for, "
NOT_EXTENDED = "DueDateExtended on 2026-05-06 is impossible: expected "


@pytest.mark.parametrize(
    ("terms", "facts", "message"),
    [
        pytest.param(
            PaymentTerms(),
            [came("a")],
            f"{IMPOSSIBLE}none at all, got 'a'",
            id="nothing waits",
        ),
        pytest.param(WAITING, [came("b")], f"{IMPOSSIBLE}'a', got 'b'", id="another event"),
        pytest.param(THREE, [came("c")], f"{IMPOSSIBLE}'a' or 'b', got 'c'", id="a third event"),
        pytest.param(
            PaymentTerms([Installment(REST, after="a")] * 2),
            [came("b")],
            f"{IMPOSSIBLE}'a', got 'b'",
            id="two wait for one event",
        ),
        pytest.param(
            WAITING,
            [came("a", may(3)), came("a")],
            f"{OCCURRED}an event that has not happened yet, got 'a'",
            id="twice",
        ),
        pytest.param(
            WAITING,
            [came("a", may(9)), came("a")],
            f"{OCCURRED}an event that has not happened yet, got 'a'",
            id="twice, the first dated later",
        ),
        pytest.param(
            WAITING,
            [Voided("x", on=may(4)), came("a")],
            f"{OCCURRED}a payment, a refund or a reversal after a void, got Voided on 2026-05-04",
            id="after a void",
        ),
        pytest.param(
            WAITING,
            [came("a"), Voided("x", on=may(4))],
            r"Voided on 2026-05-04 is impossible: expected a day from 2026-05-05 on, of which there"
            r" are records, got 2026-05-04",
            id="void dated back before the event",
        ),
        pytest.param(
            WAITING,
            [extended(june(1))],
            f"{NOT_EXTENDED}an instalment that has a due date, got one that waits for a",
            id="extended while all wait",
        ),
        pytest.param(
            WAITING,
            [came("a", june(9)), extended(june(20))],
            f"{NOT_EXTENDED}an instalment that has a due date, got one that waits for a",
            id="extended before the day of the event",
        ),
        pytest.param(
            THREE,
            [extended(june(1), 2)],
            f"{NOT_EXTENDED}an instalment that has a due date, got one that waits for a",
            id="extended while the second waits",
        ),
        pytest.param(
            WAITING,
            [came("a"), back("a", may(6)), extended(june(1))],
            f"{NOT_EXTENDED}an instalment that has a due date, got one that waits for a",
            id="extended after the event was taken back",
        ),
        pytest.param(
            WAITING,
            [came("a"), extended(may(15))],
            f"{NOT_EXTENDED}a day after the agreed due date 2026-05-15, got 2026-05-15",
            id="extended to the due date itself",
        ),
        pytest.param(
            THREE,
            [extended(may(11))],
            f"{NOT_EXTENDED}a day after the agreed due date 2026-05-11, got 2026-05-11",
            id="extended to the due date itself while others wait",
        ),
    ],
)
def test_it_cannot_have_happened(terms: PaymentTerms, facts: list[InvoiceFact], message: str):
    with pytest.raises(ImpossibleFactError, match=f"^{message}$") as caught:
        bill(1000, *facts, terms=terms)
    assert caught.value.refused == facts[-1]


def test_an_event_has_to_lead_to_a_day():
    with pytest.raises(DateRangeError, match=r"^a step of days from 9999-12-31 leads to no date: "):
        bill(1000, came("a", date.max), terms=WAITING)
    before = PaymentTerms([Installment(REST, DueRule((AddDays(-1),)), after="a")])
    with pytest.raises(DueBeforeStartError, match=r"^a due rule leads back in time: expected 2026"):
        bill(1000, came("a"), terms=before)


def dues(invoice: Invoice, events: dict[str, date]) -> list[date | None]:
    return [part.due_on for part in parts_by(invoice, events)]


def parts_by(invoice: Invoice, events: dict[str, date]) -> tuple[DueAmount, ...]:
    return claim_of(invoice).parts(EventOccurred(name, on=on) for name, on in events.items())


def test_what_is_due_when_by_the_events_given():
    invoice = bill(1000, came("a"), terms=THREE)
    assert dues(invoice, {}) == [may(11), None, None]
    assert dues(invoice, {"a": may(5)}) == [may(11), may(15), None]
    assert dues(invoice, {"a": may(5), "b": may(7)}) == [may(11), may(15), may(7)]
    assert dues(bill(1000, terms=THEN), {"a": may(5)}) == [may(15), may(25)]
    assert [part.due_on for part in invoice.installments] == [may(11), None, None]


@pytest.mark.parametrize(
    "draft", [bill(number=None, terms=THREE), bill(issued_on=None, terms=THREE)]
)
def test_a_draft_has_nothing_due(draft: Invoice):
    assert draft.claim is None
    assert draft.installments == ()


def test_an_event_that_nothing_waits_for_makes_nothing_due():
    message = r"^no instalment waits for this event: expected 'a', got 'b'$"
    with pytest.raises(PaymentTermsError, match=message):
        parts_by(bill(1000, terms=WAITING), {"b": may(5)})


def test_a_percent_of_the_untaxed_amount_is_of_the_net():
    terms = PaymentTerms([Installment(PercentOfUntaxed(40)), Installment(REST, after="a")])
    invoice = Invoice("1", may(1), ACME, [line(1000, tax=Tax.standard(21))], terms=terms)
    for events in ({}, {"a": may(5)}):
        assert [part.amount for part in parts_by(invoice, events)] == [eur(400), eur(810)]


def test_an_untaxed_amount_of_another_sign_than_the_payable_is_refused():
    terms = PaymentTerms([Installment(PercentOfUntaxed(40)), Installment(REST)])
    lines = [line(-105), line(100, tax=Tax.standard(10))]
    message = (
        "^a percent of the untaxed amount has none to be of: expected untaxed=Money of the sign of "
        r"the payable, got EUR -5\.00$"
    )
    with pytest.raises(PaymentTermsError, match=message):
        Invoice("1", may(1), ACME, lines, terms=terms)


def test_the_events_among_facts_are_those_that_stand_by_name():
    facts = [came("a"), Voided("x", on=may(9)), came("b", may(7))]
    assert events_among(facts) == {"a": may(5), "b": may(7)}
    assert events_among([]) == {}
