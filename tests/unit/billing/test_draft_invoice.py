"""Drafting: how much is billed, what the draft looks like, and what stops it."""

from datetime import date
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    Cancelled,
    CreditEffect,
    Delivered,
    Delivery,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Party,
    PaymentTerms,
    Percent,
    Rejected,
    Reversed,
    Schedule,
    Tax,
    Voided,
    draft_invoice,
    issue,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    MilestoneInvoicingError,
    NeedsDecisionError,
    NotReadyError,
    NumberRangeError,
    OverbillingError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import ACME, NET_30, bill, eur, june, line, may

CONTRACT = Schedule(
    eur(1000),
    [
        Milestone("a", "Design", eur(300), trigger=ON_SIGNING, owner="eve"),
        Milestone("b", "Build", REST, trigger=ON_DELIVERY, terms=PaymentTerms.net(14)),
        Milestone("gate", "Gate", eur(0), trigger=ON_SIGNING),
        Milestone("m", "By hand", eur(100), trigger=MANUAL),
    ],
    signed_on=may(1),
    terms=NET_30,
)
DELIVERED = CONTRACT.record("b", Delivered(on=may(10)))


def draft(
    schedule: Schedule = CONTRACT,
    key: str = "a",
    *invoices: Invoice,
    as_of: date = date(2026, 5, 20),
    **more: Any,
) -> Invoice:
    return draft_invoice(
        schedule, key, **({"invoices": invoices, "as_of": as_of, "buyer": ACME} | more)
    )


def a(amount: int, number: str | None, day: int, *facts: Voided, again: str = "") -> Invoice:
    return bill(
        amount,
        *facts,
        number=number,
        issued_on=may(day) if number else None,
        milestone="a",
        preceding=tuple(again.split()),
    )


def void(day: int) -> Voided:
    return Voided("wrong", on=may(day))


VOID_100 = a(100, "1", 5, void(10))
VOID_300 = a(300, "1", 5, void(10))


def note(amount: int, number: str, day: int, effect: CreditEffect) -> Invoice:
    """Return a credit note of invoice 1 for so much of milestone a."""
    return attrs.evolve(
        a(-amount, number, day),
        kind=InvoiceKind.CREDIT_NOTE,
        effect=effect,
        preceding=["1"],
    )


CHEAPER_40 = note(40, "N", 6, CreditEffect.PRICE_REDUCTION)


def test_a_draft_bills_the_milestone_in_one_line():
    assert draft(DELIVERED, "b", tax=Tax.standard(21), seller=Party("us", "Us")) == Invoice(
        None,
        None,
        ACME,
        [
            Line(
                "Build",
                1,
                eur(600),
                tax=Tax.standard(21),
                milestone="b",
                delivery=Delivery(delivered_on=may(10)),
            )
        ],
        seller=Party("us", "Us"),
        terms=PaymentTerms.net(14),
    )


def test_a_draft_without_tax_is_outside_its_scope_and_takes_the_owner_along():
    found = draft(number="2026-9")
    assert (found.lines[0].tax, found.owner, found.number) == (
        Tax.outside_scope(),
        "eve",
        "2026-9",
    )
    assert found.is_draft
    assert found.preceding == ()


@pytest.mark.parametrize(
    ("schedule", "key", "given", "terms"),
    [
        (DELIVERED, "b", PaymentTerms.net(7), PaymentTerms.net(7)),
        (DELIVERED, "b", None, PaymentTerms.net(14)),
        (CONTRACT, "a", None, NET_30),
        (
            Schedule(eur(1), [Milestone("a", "A", REST, trigger=ON_SIGNING)], signed_on=may(1)),
            "a",
            None,
            PaymentTerms.on_receipt(),
        ),
    ],
    ids=["given", "of the milestone", "of the schedule", "on receipt"],
)
def test_terms_are_the_nearest(
    schedule: Schedule, key: str, given: PaymentTerms | None, terms: PaymentTerms
):
    assert draft(schedule, key, terms=given).terms == terms


@pytest.mark.parametrize(
    ("invoices", "how", "billed"),
    [
        pytest.param([], {}, "300", id="all of 300"),
        pytest.param([a(100, "1", 5)], {}, "200", id="300 - 100"),
        pytest.param([], {"portion": eur(300)}, "300", id="a portion of all"),
        pytest.param([], {"portion": eur("0.01")}, "0.01", id="a portion of a cent"),
        pytest.param([a(100, "1", 5)], {"portion": eur(200)}, "200", id="a portion of the rest"),
        pytest.param([], {"up_to": Percent(40)}, "120", id="40% of 300"),
        pytest.param([a(100, "1", 5)], {"up_to": Percent(40)}, "20", id="40% of 300 - 100"),
        pytest.param([a(100, "1", 5)], {"up_to": Percent(100)}, "200", id="100% - 100"),
        pytest.param([], {"up_to": Percent("33.335")}, "100.01", id="33.335% = 100.005 = 100.01"),
        pytest.param([a(100, None, 0)], {}, "200", id="a draft of 100 is reserved for"),
        pytest.param([a(100, None, 0)], {"up_to": Percent(50)}, "50", id="50% - draft of 100"),
        pytest.param([a(-100, None, 0)], {}, "300", id="a draft below zero gives nothing"),
        pytest.param(
            [bill("0.01", number=None, milestone="a")], {}, "299.99", id="a draft of a cent"
        ),
        pytest.param([bill("299.99", milestone="a")], {}, "0.01", id="the last cent"),
        pytest.param([bill(100, number=None, milestone="b")], {}, "300", id="a draft of another"),
        pytest.param([VOID_100], {}, "200", id="never billed, beside a void"),
        pytest.param([VOID_100], {"rebill": True}, "100", id="a void of 100 again"),
        pytest.param([VOID_100], {"rebill": True, "portion": eur(60)}, "60", id="60 of a void"),
        pytest.param(
            [VOID_100, a(60, "2", 12, again="1")], {"rebill": True}, "40", id="100 - 60 again"
        ),
        pytest.param(
            [VOID_100, a(60, None, 0, again="1")], {"rebill": True}, "40", id="100 - draft of 60"
        ),
        pytest.param(
            [VOID_100, a(60, None, 0, again="1")], {}, "200", id="a draft again reserves no more"
        ),
        pytest.param(
            [a(100, "1", 5), a(60, None, 0, again="1")], {}, "140", id="a draft that follows up"
        ),
        pytest.param([VOID_100], {"up_to": Percent(50)}, "150", id="50%, none of it the void"),
        pytest.param(
            [a(100, "1", 5), CHEAPER_40],
            {"up_to": Percent(50)},
            "50",
            id="50% - 60 billed - 40 made cheaper",
        ),
        pytest.param(
            [VOID_100, a(60, None, 0, again="1")],
            {"up_to": Percent(50)},
            "90",
            id="50% - draft of 60 again",
        ),
        pytest.param([a(100, "1", 25)], {}, "200", id="300 - 100 issued later"),
        pytest.param([a(100, "1", 25)], {"up_to": Percent(50)}, "50", id="50% - 100 issued later"),
        pytest.param([a(100, "1", 5, void(25))], {}, "200", id="300 - 100 voided later"),
        pytest.param(
            [a(100, "1", 5, void(25))], {"up_to": Percent(50)}, "50", id="50% - 100 voided later"
        ),
        pytest.param(
            [VOID_100, a(60, "2", 25, again="1")], {"rebill": True}, "40", id="100 - 60 again later"
        ),
    ],
)
def test_it_bills(invoices: list[Invoice], how: dict[str, Any], billed: str):
    found = draft(CONTRACT, "a", *invoices, **how)
    assert found.payable == eur(billed)
    assert found.preceding == (("1",) if "rebill" in how else ())


def test_it_names_all_voids_of_the_milestone_that_stand():
    invoices = [
        VOID_100,
        a(50, "2", 6, void(12)),
        bill(9, void(7), number="3", milestone="b"),
        a(20, "4", 7),
    ]
    assert draft(CONTRACT, "a", *invoices, rebill=True).preceding == ("1", "2")
    early = draft(CONTRACT, "a", *invoices, rebill=True, as_of=may(11))
    assert (early.preceding, early.payable) == (("1",), eur(100))


def test_it_names_no_note_that_is_issued_later():
    invoices = [a(100, "1", 5), note(60, "N", 10, CreditEffect.REBILL)]
    invoices.append(note(40, "M", 12, CreditEffect.REBILL))
    assert draft(CONTRACT, "a", *invoices, rebill=True, as_of=may(11)).preceding == ("N",)
    assert draft(CONTRACT, "a", *invoices, rebill=True, as_of=may(12)).preceding == ("N", "M")


def test_what_is_taken_back_may_be_billed_after_a_cancellation_that_does_not_stand():
    cancelled = Cancelled("x", on=may(5))
    schedule = CONTRACT.record("a", cancelled, Reversed(cancelled, "y", on=may(8)))
    assert draft(schedule, "a", as_of=may(8)).payable == eur(300)


@pytest.mark.parametrize(
    ("schedule", "key", "as_of", "message"),
    [
        (
            CONTRACT,
            "b",
            may(20),
            (
                r"milestone 'b' may not be invoiced on 2026-05-20: expected its trigger \(on "
                r"delivery\), got a milestone that is planned; record Delivered\(on="
            ),
        ),
        (DELIVERED, "b", may(9), r"on 2026-05-09: expected its trigger \(on delivery\)"),
        (CONTRACT, "a", date(2026, 4, 30), r"on 2026-04-30: expected its trigger \(on signing\)"),
        (CONTRACT, "m", may(20), r"expected its trigger \(manual\)"),
        (
            DELIVERED.record("b", Rejected("eve", "broken", on=may(12))),
            "b",
            may(12),
            "got a milestone that is rejected",
        ),
        (
            CONTRACT.record("a", Cancelled("x", on=may(20))),
            "a",
            may(20),
            "got a milestone that is cancelled$",
        ),
    ],
)
def test_what_is_not_ready_is_refused(schedule: Schedule, key: str, as_of: date, message: str):
    with pytest.raises(NotReadyError, match=message):
        draft(schedule, key, as_of=as_of)


@pytest.mark.parametrize("as_of", [may(10), may(11)], ids=str)
def test_it_may_be_billed_from_the_day_of_its_trigger_on(as_of: date):
    assert draft(DELIVERED, "b", as_of=as_of).payable == eur(600)


NOTHING = "nothing is left to bill of milestone 'a': expected a milestone with something left"


@pytest.mark.parametrize(
    ("invoices", "how", "message"),
    [
        pytest.param([a(300, "1", 5)], {}, NOTHING, id="billed twice"),
        pytest.param([a(300, "1", 25)], {}, NOTHING, id="billed later"),
        pytest.param([a(300, None, 0)], {}, NOTHING, id="drafted"),
        pytest.param([a(300, "1", 5)], {"up_to": Percent(100)}, NOTHING, id="100% once billed"),
        pytest.param(
            [],
            {"portion": eur("300.01")},
            "more is billed of milestone 'a' than is left: expected at most EUR 300.00, got EUR "
            "300.01$",
            id="a cent too much",
        ),
        pytest.param(
            [a(100, "1", 5)],
            {"portion": eur("200.01")},
            "at most EUR 200.00, got EUR 200.01$",
            id="a cent more than the rest",
        ),
        pytest.param(
            [VOID_100],
            {"up_to": Percent(70)},
            "at most EUR 200.00, got EUR 210.00; bill what was taken back with rebill=True",
            id="70% where a third was voided",
        ),
        pytest.param(
            [VOID_100],
            {"rebill": True, "portion": eur(101)},
            "expected at most EUR 100.00, got EUR 101.00$",
            id="more than the void again",
        ),
        pytest.param(
            [a(120, "1", 5)],
            {"up_to": Percent(40)},
            "so much of milestone 'a' is invoiced already: expected a percentage above EUR 120.00 "
            "of EUR 300.00, got 40%",
            id="40% where 40% is billed",
        ),
        pytest.param(
            [a(121, "1", 5)],
            {"up_to": Percent(40)},
            "above EUR 121.00",
            id="40% where more is billed",
        ),
        pytest.param(
            [a(100, "1", 5)],
            {"rebill": True},
            "nothing waits to be billed again of milestone 'a'",
            id="again, but nothing is void",
        ),
        pytest.param(
            [a(100, "1", 5, void(25))],
            {"rebill": True},
            "nothing waits to be billed again",
            id="again, but void later",
        ),
        pytest.param(
            [VOID_100, a(100, "2", 25, again="1")],
            {"rebill": True},
            "nothing waits to be billed again",
            id="billed again later",
        ),
        pytest.param(
            [VOID_300, a(300, "2", 12, again="1")], {}, NOTHING, id="voided and billed again"
        ),
    ],
)
def test_more_than_is_left_is_refused(invoices: list[Invoice], how: dict[str, Any], message: str):
    with pytest.raises(OverbillingError, match=message):
        draft(CONTRACT, "a", *invoices, **how)


def test_a_gate_without_a_price_has_nothing_to_bill():
    with pytest.raises(OverbillingError, match="nothing is left to bill of milestone 'gate'"):
        draft(CONTRACT, "gate")


def test_a_bill_dated_back_before_a_cancellation_takes_nothing():
    schedule = CONTRACT.record("a", Cancelled("x", on=may(20)))
    with pytest.raises(OverbillingError, match="nothing is left to bill") as caught:
        draft(schedule, "a", as_of=may(19))
    assert caught.value.left == eur(0)


def test_the_least_left_of_all_later_days_is_what_is_left():
    later = [a(100, "1", 25), a(50, "2", 28, Voided("x", on=june(2)))]
    assert draft(CONTRACT, "a", *later).payable == eur(150)


def test_what_was_voided_needs_a_decision():
    with pytest.raises(
        NeedsDecisionError,
        match=(
            r"what is left of milestone 'a' was voided or credited: expected a decision to bill it "
            r"again or to "
            r"cancel it, got EUR 300.00; bill it again with rebill=True, or record Cancelled\("
        ),
    ) as caught:
        draft(CONTRACT, "a", VOID_300)
    assert caught.value.left == eur(300)


def test_a_partly_voided_milestone_needs_a_decision_once_the_rest_is_billed():
    with pytest.raises(NeedsDecisionError, match=r"got EUR 100.00"):
        draft(CONTRACT, "a", VOID_100, a(200, "2", 12))


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        (
            {"portion": eur(1), "up_to": Percent(1)},
            ArgumentsError,
            "up_to says by itself how much is billed: expected up_to or portion, got up_to=1% ",
        ),
        (
            {"rebill": True, "up_to": Percent(1)},
            ArgumentsError,
            "expected up_to or rebill, got up_to=1% with rebill",
        ),
        ({"portion": eur(0)}, NumberRangeError, "a portion is too small: expected above zero"),
        ({"portion": eur(-1)}, NumberRangeError, "a portion is too small"),
        (
            {"up_to": Percent(0)},
            NumberRangeError,
            "up_to is out of range: expected above 0% and at most 100%, got 0%",
        ),
        ({"up_to": Percent("100.01")}, NumberRangeError, "at most 100%, got 100.01%"),
        ({"up_to": Percent(-1)}, NumberRangeError, "up_to is out of range"),
        ({"portion": 100}, WrongTypeError, "the portion is of the wrong type: expected Money or"),
        ({"up_to": 40}, WrongTypeError, "up_to is of the wrong type: expected Percent or None"),
        ({"portion": Money.of(1, "USD")}, CurrencyMismatchError, "got EUR 300.00|got USD 1.00"),
        ({"rebill": 1}, WrongTypeError, "rebill is of the wrong type: expected bool"),
        ({"tax": "S"}, WrongTypeError, "the tax is of the wrong type: expected Tax or None"),
        ({"terms": ""}, WrongTypeError, "the terms is of the wrong type: expected PaymentTerms"),
        ({"buyer": "acme"}, WrongTypeError, "the buyer is of the wrong type"),
        ({"seller": "us"}, WrongTypeError, "the seller is of the wrong type"),
        ({"number": ""}, BlankTextError, "the number of an invoice is blank"),
        ({"as_of": "today"}, DateTypeError, "as_of is not a plain date"),
        ({"invoices": None}, WrongTypeError, "invoices is not a collection"),
        ({"invoices": [line()]}, WrongTypeError, r"invoices\[0\] is of the wrong type"),
        ({"invoices": [bill(), bill()]}, DuplicateNumberError, "two invoices have one number"),
    ],
)
def test_arguments_are_refused(
    how: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        draft(**how)


def test_other_contracts_are_refused():
    with pytest.raises(WrongTypeError, match="the schedule is of the wrong type"):
        draft("contract")
    with pytest.raises(UnknownMilestoneError, match="no milestone has this key"):
        draft(CONTRACT, "z")


def test_a_hundred_percent_is_allowed_and_the_draft_can_be_issued():
    found = issue(draft(up_to=Percent(100)), number="1", on=may(20))
    assert found.payable == eur(300)
