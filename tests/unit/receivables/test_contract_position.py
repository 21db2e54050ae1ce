"""Positions: a contract of 1,000.00 seen on several days, with figures worked out by hand."""

from datetime import date, datetime
from typing import Any

import pytest

from milestone_invoicing import (
    REST,
    Approved,
    Cancelled,
    ContractPosition,
    Delivered,
    EarnedBy,
    GrossPosition,
    Invoice,
    Line,
    Milestone,
    Money,
    NetPosition,
    Payment,
    Percent,
    ProgressReported,
    Schedule,
    Tax,
    Voided,
    contract_position,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    MilestoneInvoicingError,
    OverbillingError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, eur, line, may

S21 = Tax.standard(21)
DOLLARS = Line("Work", 1, Money.of(1, "USD"))
SCHEDULE = Schedule(
    eur(1000),
    [
        Milestone("a", "First", Percent(40)),
        Milestone("b", "Second", Percent(35)),
        Milestone("c", "Third", REST),
    ],
).record("a", Delivered(on=may(3)), Approved("eve", on=may(4)))
SCHEDULE = SCHEDULE.record("b", ProgressReported(Percent("33.335"), on=may(4)))


def both(a: int, b: int, *facts: Payment | Voided) -> Invoice:
    """Return invoice 1 of 5 May: *a* and *b* net with 21 % tax."""
    lines = [line(a, milestone="a", tax=S21), line(b, milestone="b", tax=S21)]
    return Invoice("1", may(5), ACME, lines, facts=facts)


def net(key: str | None, *amounts: str) -> NetPosition:
    agreed, invoiced, *others = map(eur, amounts)
    return NetPosition(key, agreed, invoiced, eur(0), *others, eur(0))


def gross(number: str | None, *amounts: str | int) -> GrossPosition:
    """Return payable, paid, discount, open and unapplied, without any other means."""
    payable, paid, discount, left, unapplied = map(eur, amounts)
    return GrossPosition(number, payable, paid, discount, *[eur(0)] * 4, left, unapplied)


def position(*invoices: Invoice, asked: date = date(2026, 5, 9), **more: Any) -> ContractPosition:
    return contract_position(SCHEDULE, invoices, as_of=asked, **more)


def test_a_contract_without_a_bill_is_earned_and_unbilled():
    found = position()
    assert found.as_of == may(9)
    assert found.milestones == (
        net("a", "400", "0", "0", "400", "0", "400", "0"),
        net("b", "350", "0", "0", "350", "0", "0", "0"),
        net("c", "250", "0", "0", "250", "0", "0", "0"),
    )
    assert found.net == net(None, "1000", "0", "0", "1000", "0", "400", "0")
    assert (found.net.unbilled, found.net.in_advance, found.net.exposure) == (
        eur(400),
        eur(0),
        eur(400),
    )
    assert found.invoices == ()
    assert found.gross == gross(None, 0, 0, 0, 0, 0)


def test_a_payment_is_shared_out_by_net_without_its_tax():
    # 300 + 100 net, 84 tax, 484 payable; 121 paid is 100 net: 75 and 25.
    found = position(both(300, 100, Payment(eur(121), on=may(8))))
    assert found.milestones[:2] == (
        net("a", "400", "300", "0", "100", "0", "400", "75"),
        net("b", "350", "100", "0", "250", "0", "0", "25"),
    )
    assert found.invoices == (gross("1", 484, 121, 0, 363, 0),)
    assert found.gross == gross(None, 484, 121, 0, 363, 0)
    a, b = found.milestones[:2]
    assert (a.unbilled, a.in_advance, a.exposure) == (eur(100), eur(0), eur(325))
    assert (b.unbilled, b.in_advance, b.exposure) == (eur(0), eur(100), eur(-25))
    # In all the milestones are set against each other: 400 earned, 400 invoiced.
    assert (found.net.unbilled, found.net.in_advance) == (eur(0), eur(0))


def test_shares_of_a_payment_are_rounded_on_running_totals():
    # 0.01 of 484.00 is 0.0083 net: 0.0062 = 0.01 for the first, 0.0083 - 0.01 = 0 for the second.
    found = position(both(300, 100, Payment(eur("0.01"), on=may(8))))
    assert [row.paid for row in found.milestones] == [eur("0.01"), eur(0), eur(0)]
    # 0.02: 0.0124 = 0.01, then 0.0165 = 0.02 in all.
    found = position(both(300, 100, Payment(eur("0.02"), on=may(8))))
    assert [row.paid for row in found.milestones] == [eur("0.01"), eur("0.01"), eur(0)]


def test_what_is_paid_in_full_is_paid_to_the_unit_and_the_rest_is_unapplied():
    found = position(both(333, 100, Payment(eur(600), on=may(8))))
    assert [row.paid for row in found.milestones] == [eur(333), eur(100), eur(0)]
    assert found.gross == gross(None, "523.93", "523.93", 0, 0, "76.07")


def test_what_is_paid_for_lines_without_a_milestone_is_paid_for_none():
    lines = [line(100, milestone="a"), line(100)]
    invoice = Invoice("1", may(5), ACME, lines, facts=[Payment(eur(50), on=may(6))])
    assert [row.paid for row in position(invoice).milestones] == [eur(25), eur(0), eur(0)]


def test_a_void_waits_and_its_money_is_unapplied():
    found = position(both(300, 100, Payment(eur(121), on=may(6)), Voided("x", on=may(7))))
    assert found.net == net(None, "1000", "0", "400", "600", "0", "400", "0")
    assert found.invoices == (gross("1", 0, 0, 0, 0, 121),)


def test_money_before_the_issue_date_shows_as_unapplied():
    invoice = both(300, 100, Payment(eur(121), on=april(20)))
    before = position(invoice, asked=may(4))
    assert before.invoices == (gross("1", 0, 0, 0, 0, 121),)
    assert before.net.paid == eur(0)
    assert position(invoice, asked=may(5)).gross.paid == eur(121)
    assert position(invoice, asked=april(19)).invoices == ()


def test_drafts_and_later_bills_are_not_in_it():
    found = position(bill(5, number=None), bill(7, number="2", issued_on=may(10)))
    assert found.invoices == ()


def test_a_claim_below_zero_is_owed_to_the_client():
    found = position(both(300, 100), bill(-50, number="2"))
    assert found.invoices[1] == gross("2", 0, 0, 0, 0, 50)
    assert found.gross == gross(None, 484, 0, 0, 484, 50)


def test_invoices_stand_in_the_order_given():
    found = position(bill(5, number="2"), bill(7, number="1"))
    assert [row.number for row in found.invoices] == ["2", "1"]


@pytest.mark.parametrize(
    ("earned_by", "earned"),
    [(EarnedBy.APPROVAL, ("400", "0", "0")), (EarnedBy.PROGRESS, ("400", "116.67", "0"))],
    ids=["approved = 400", "33.335% of 350 = 116.6725 = 116.67"],
)
def test_earned(earned_by: EarnedBy, earned: tuple[str, ...]):
    found = position(earned_by=earned_by)
    assert tuple(row.earned for row in found.milestones) == tuple(map(eur, earned))
    assert found.net.earned == Money.total(map(eur, earned), currency="EUR")


@pytest.mark.parametrize(
    ("key", "invoiced", "earned_by", "earned", "cancelled"),
    [
        ("a", 0, EarnedBy.APPROVAL, "0", "400"),
        ("a", 300, EarnedBy.APPROVAL, "300", "100"),
        ("b", 0, EarnedBy.PROGRESS, "0", "350"),
        ("b", 100, EarnedBy.PROGRESS, "100", "250"),
        ("b", 200, EarnedBy.PROGRESS, "116.67", "150"),
        ("b", 200, EarnedBy.APPROVAL, "0", "150"),
    ],
)
def test_what_is_cancelled_is_never_earned(
    key: str, invoiced: int, earned_by: EarnedBy, earned: str, cancelled: str
):
    schedule = SCHEDULE.record(key, Cancelled("x", on=may(8)))
    invoices = [bill(invoiced, milestone=key)] if invoiced else []
    found = contract_position(schedule, invoices, as_of=may(8), earned_by=earned_by)
    row = next(row for row in found.milestones if row.key == key)
    assert (row.earned, row.cancelled) == (eur(earned), eur(cancelled))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"schedule": 1}, WrongTypeError, "the schedule is of the wrong type: expected Schedule"),
        ({"as_of": datetime(2026, 5, 1)}, DateTypeError, "as_of is not a plain date"),
        ({"earned_by": "approval"}, WrongTypeError, "earned_by is of the wrong type: expected Ear"),
        ({"invoices": [1]}, WrongTypeError, r"invoices\[0\] is of the wrong type"),
        ({"invoices": bill()}, WrongTypeError, "invoices is not a collection"),
        ({"invoices": [bill(), bill()]}, DuplicateNumberError, "two invoices have one number"),
        (
            {"invoices": [bill(1, milestone="z")]},
            UnknownMilestoneError,
            "no milestone has this key: expected one of a, b, c, got 'z'",
        ),
        (
            {"invoices": [bill(401, milestone="a")]},
            OverbillingError,
            r"more is invoiced of milestone 'a' than was agreed: expected at most EUR 400.00, got",
        ),
        (
            {"invoices": [Invoice("1", may(1), ACME, [DOLLARS])]},
            CurrencyMismatchError,
            "expected EUR, got USD",
        ),
    ],
)
def test_other_arguments_are_refused(
    arguments: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    good = {"schedule": SCHEDULE, "invoices": [], "as_of": may(9)}
    with pytest.raises(error, match=message):
        contract_position(**(good | arguments))
