"""What is not billed yet in a forecast: its day, its terms, its tax, deposits and retainage."""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    ON_SIGNING,
    ON_START,
    REST,
    AcceptedAfter,
    AddMilestone,
    Adjustment,
    Approved,
    AtProgress,
    ChangeOrder,
    Cleared,
    Delivered,
    Deposit,
    Installment,
    Invoice,
    InvoiceKind,
    Milestone,
    OnDate,
    PaymentTerms,
    Percent,
    ProgressReported,
    Recoupment,
    Redate,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Reversed,
    Schedule,
    Started,
    WrittenOff,
)
from milestone_invoicing.receivables.forecast.scheduled_cash import scheduled_cash
from tests.unit.advances import asked, billed, pay
from tests.unit.advances import contract as advanced
from tests.unit.bills import ACME, bill, eur, july, june, line, may

NOW = june(10)
VAT = Percent(21)
NET_14 = PaymentTerms.net(14)


def cash(
    schedule: Schedule, *bills: Invoice, tax: Percent | None = None, day: date = NOW
) -> list[tuple[str, str]]:
    """Return the days and amounts that are not zero, undated last."""
    found = [
        (on, amount) for on, amount in scheduled_cash(schedule, bills, day, tax) if amount.minor
    ]
    ordered = sorted(found, key=lambda part: part[0] or date.max)
    return [(f"{on:%d.%m.}" if on else "-", f"{amount.amount:f}") for on, amount in ordered]


def one(terms: PaymentTerms | None = NET_14, **parts: object) -> Schedule:
    return Schedule(eur(900), [Milestone("a", "Audit", REST, **parts)], terms=terms)


def parts(*points: int, **agreed: object) -> Schedule:
    """Return a contract of 1,000.00 with milestones due on 20 June, 20 July and so on."""
    milestones = [
        Milestone(key, key, Percent(each), due_on=date(2026, month, 20))
        for key, each, month in zip("abcd", points, range(6, 10), strict=False)
    ]
    return Schedule(eur(1000), milestones, **agreed)


@pytest.mark.parametrize(
    ("schedule", "day"),
    [
        pytest.param(one(due_on=june(20)), "04.07.", id="delivery on 20 June + 14"),
        pytest.param(one(due_on=june(1)), "24.06.", id="late: today + 14"),
        pytest.param(one(), "-", id="no day"),
        pytest.param(one(trigger=OnDate(june(15))), "29.06.", id="on 15 June + 14"),
        pytest.param(one(trigger=OnDate(may(15))), "24.06.", id="since 15 May: today + 14"),
        pytest.param(
            one(trigger=OnDate(june(15)), due_on=june(20)), "29.06.", id="its date, not delivery"
        ),
        pytest.param(one(trigger=ON_SIGNING), "-", id="not signed"),
        pytest.param(
            attrs.evolve(one(trigger=ON_SIGNING), signed_on=june(12)), "26.06.", id="signed 12 June"
        ),
        pytest.param(
            one(trigger=ON_DELIVERY, due_on=june(20)).record("a", Delivered(on=may(9))),
            "24.06.",
            id="ready before its day",
        ),
        pytest.param(
            one(trigger=ON_DELIVERY, due_on=june(20)).record("a", Delivered(on=june(11))),
            "04.07.",
            id="delivered tomorrow is not known",
        ),
        pytest.param(
            one(accepted_after=AcceptedAfter(14), due_on=june(1)).record(
                "a", Delivered(on=june(2))
            ),
            "30.06.",
            id="silence ends on 16 June",
        ),
        pytest.param(
            one(due_on=june(20)).record("a", Delivered(on=june(2)), Approved("x", on=june(12))),
            "04.07.",
            id="approved later",
        ),
        pytest.param(
            one(trigger=MANUAL, due_on=june(20)).record("a", Cleared("x", on=june(9))),
            "24.06.",
            id="cleared",
        ),
        pytest.param(
            one(trigger=AtProgress(Percent(50))).record(
                "a", ProgressReported(Percent(60), on=june(9))
            ),
            "24.06.",
            id="at 60%",
        ),
        pytest.param(one(trigger=ON_START).record("a", Started(on=june(9))), "24.06.", id="begun"),
    ],
)
def test_a_milestone_is_billed_when_it_may_be_or_is_to_be_delivered(schedule: Schedule, day: str):
    assert cash(schedule) == [(day, "900.00")]


def test_a_change_order_of_tomorrow_is_not_known():
    order = ChangeOrder(
        "1",
        [AddMilestone(Milestone("b", "B", eur(50), due_on=june(30))), Redate("a", june(30))],
        on=june(11),
        reason="x",
    )
    changed = one(due_on=june(20)).apply(order, billed={}).record("b", Delivered(on=june(9)))
    assert cash(changed) == [("04.07.", "900.00")]
    assert cash(changed, day=june(11)) == [("14.07.", "900.00"), ("14.07.", "50.00")]


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        (one(None, due_on=june(20)), ["20.06."]),
        (one(due_on=june(20), terms=PaymentTerms.net(3)), ["23.06."]),
        (one(PaymentTerms.monthly(2), due_on=june(20)), ["20.06.", "20.07."]),
        (one(PaymentTerms([Installment(REST, after="delivery")]), due_on=june(20)), ["-"]),
    ],
    ids=["none: at once", "of the milestone", "of two parts", "an event"],
)
def test_terms_are_those_of_a_draft(schedule: Schedule, days: list[str]):
    assert [day for day, _ in cash(schedule)] == days


@pytest.mark.parametrize(
    ("tax", "amount"), [(None, "900.00"), (Percent(0), "900.00"), (Percent("20.5"), "1084.50")]
)
def test_tax_is_added_only_if_it_is_named(tax: Percent | None, amount: str):
    assert cash(one(due_on=june(20)), tax=tax) == [("04.07.", amount)]


def test_tax_is_rounded_half_up():
    cent = Schedule(eur("0.50"), [Milestone("a", "A", REST, due_on=june(20))])
    assert cash(cent, tax=Percent(21)) == [("20.06.", "0.61")]  # 0.105


def test_only_what_is_not_billed_is_scheduled():
    part = bill(100, milestone="a")
    assert cash(one(due_on=june(20)), part) == [("04.07.", "800.00")]
    later = bill(100, milestone="a", issued_on=june(11))
    draft = bill(100, milestone="a", number=None)
    assert cash(one(due_on=june(20)), later, draft) == [("04.07.", "900.00")]


@pytest.mark.parametrize(
    ("rule", "tax", "expected"),
    [
        pytest.param(
            Retainage.flat(10),
            None,
            [("20.06.", "360.00"), ("20.07.", "540.00"), ("-", "40.00"), ("-", "60.00")],
            id="10 % of 400 and of 600",
        ),
        pytest.param(
            Retainage([RetainageStep(10), RetainageStep(5, after=Percent(50))]),
            None,
            [("20.06.", "360.00"), ("20.07.", "565.00"), ("-", "40.00"), ("-", "35.00")],
            id="10 % of 400, then of 100, 5 % of 500",
        ),
        pytest.param(
            Retainage([RetainageStep(10), RetainageStep(1, after=Percent(50))], gives_back=True),
            None,
            [("20.06.", "360.00"), ("20.07.", "600.00"), ("-", "40.00")],
            id="1 % of 1000 gives 30 back, but not by itself",
        ),
        pytest.param(
            Retainage(
                [RetainageStep(10), RetainageStep(0, after=Percent(50))],
                scope=RetainageScope.MILESTONE,
            ),
            None,
            [("20.06.", "380.00"), ("20.07.", "570.00"), ("-", "20.00"), ("-", "30.00")],
            id="10 % of the first half of each",
        ),
        pytest.param(
            Retainage.flat(10),
            VAT,
            [("20.06.", "444.00"), ("20.07.", "666.00"), ("-", "40.00"), ("-", "60.00")],
            id="of net: 484 - 40, 726 - 60",
        ),
        pytest.param(
            Retainage([RetainageStep(10)], base=RetainageBase.GROSS),
            VAT,
            [("20.06.", "435.60"), ("20.07.", "653.40"), ("-", "48.40"), ("-", "72.60")],
            id="of gross: 484 - 48.40, 726 - 72.60",
        ),
        pytest.param(
            Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED),
            VAT,
            [("20.06.", "435.60"), ("20.07.", "653.40"), ("-", "48.40"), ("-", "72.60")],
            id="left off with its tax: the same",
        ),
    ],
)
def test_what_is_retained_has_no_day(rule: Retainage, tax: Percent | None, expected: object):
    assert cash(parts(40, 60, retainage=rule), tax=tax) == expected


def test_retainage_goes_on_from_what_is_billed():
    rule = Retainage([RetainageStep(10), RetainageStep(5, after=Percent(50))])
    schedule = parts(40, 60, retainage=rule)
    first = bill(400, milestone="a", held=eur(40))
    assert cash(schedule, first) == [("20.07.", "565.00"), ("-", "35.00")]
    half = bill(200, milestone="b", held=eur(20))  # 300 up to 500 at 10 %, 100 and 400 at 5 %
    found = [("20.06.", "365.00"), ("20.07.", "380.00"), ("-", "35.00"), ("-", "20.00")]
    assert cash(schedule, half) == found


def test_what_a_bill_left_off_is_scheduled_without_a_day():
    rule = Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED)
    off = attrs.evolve(line(-40), retainage=True)
    first = Invoice("1", may(1), ACME, [line(400, milestone="a"), off])
    schedule = parts(40, 60, retainage=rule)
    assert cash(schedule, first, tax=VAT) == [("20.07.", "653.40"), ("-", "72.60"), ("-", "48.40")]


@pytest.mark.parametrize(
    ("recoup", "expected"),
    [
        (Recoupment.AT_END, ["300.00", "400.00", "300.00"]),
        (Recoupment.FIRST_BILLS, ["300.00", "100.00", "350.00", "250.00"]),
        (Recoupment.PRO_RATA, ["300.00", "280.00", "245.00", "175.00"]),
    ],
)
def test_a_deposit_comes_first_and_is_taken_off_the_bills(recoup: Recoupment, expected: list[str]):
    schedule = parts(40, 35, 25, deposit=Deposit(Percent(30), recoup=recoup), signed_on=june(12))
    found = cash(schedule)
    assert found[0] == ("12.06.", "300.00")
    assert [amount for _, amount in found] == expected


def test_the_first_bill_is_the_one_of_the_first_day():
    milestones = [
        Milestone("late", "Late", Percent(50), due_on=july(20)),
        Milestone("none", "None", Percent(20)),
        Milestone("soon", "Soon", REST, due_on=june(20)),
    ]
    first = Deposit(Percent(30), recoup=Recoupment.FIRST_BILLS)
    schedule = Schedule(eur(1000), milestones, deposit=first, signed_on=june(10))
    assert cash(schedule) == [("10.06.", "300.00"), ("20.07.", "500.00"), ("-", "200.00")]


@pytest.mark.parametrize(
    ("deposit", "tax", "ahead"),
    [
        (Deposit(Percent(30)), VAT, "363.00"),
        (Deposit(eur(100), with_tax=True), VAT, "100.00"),
        (Deposit(eur(100)), VAT, "121.00"),
        (Deposit(eur(100)), None, "100.00"),
    ],
    ids=["30 % and tax", "with tax", "and tax", "net"],
)
def test_a_deposit_is_with_tax_where_bills_are(deposit: Deposit, tax: Percent | None, ahead: str):
    found = cash(parts(100, deposit=deposit, terms=NET_14), tax=tax)
    assert found[0] == ("24.06.", ahead)  # today, since nobody signed yet, + 14
    whole = eur(1210 if tax else 1000)
    assert found[1] == ("04.07.", f"{(whole - eur(ahead)).amount:f}")


def test_a_deposit_that_is_billed_is_taken_off_whether_it_is_paid_or_not():
    schedule = advanced()
    left = [("10.06.", "484.00"), ("10.06.", "363.00")]  # 847 + 363 = 1210
    for facts in ([], [pay(363, 5)], [pay(63, 5)]):
        assert cash(schedule, asked(schedule, *facts), tax=VAT) == left
    assert cash(schedule, asked(schedule)) == [("10.06.", "400.00"), ("10.06.", "300.00")]


@pytest.mark.parametrize("tax", [None, Percent(0)], ids=["net", "with tax"])
def test_a_deposit_of_nothing_takes_nothing_off(tax: Percent | None):
    schedule = parts(40, 60, deposit=Deposit(Percent(30)))
    nothing = attrs.evolve(bill(0, number="D"), kind=InvoiceKind.DEPOSIT)
    assert cash(schedule, nothing, tax=tax) == [("20.06.", "400.00"), ("20.07.", "600.00")]


def test_what_bills_took_off_of_a_deposit_is_not_taken_off_again():
    schedule = advanced(Deposit(Percent(30), recoup=Recoupment.FIRST_BILLS))
    deposit = asked(schedule, pay(363, 5))
    first = billed(schedule, "a", [deposit], "1")
    assert str(first.payable) == "EUR 121.00"
    left = [("10.06.", "423.50"), ("10.06.", "302.50")]
    assert cash(schedule, deposit, first, tax=VAT) == left


@pytest.mark.parametrize(
    ("change", "paid"),
    [
        pytest.param({"withheld": [Adjustment(Percent(15), "income tax")]}, "318", id="withheld"),
        pytest.param({"withheld": [Adjustment(Percent(15), "income tax")]}, "100", id="in part"),
        pytest.param({"rounding_amount": eur("-0.40")}, None, id="rounded, unpaid"),
        pytest.param({"rounding_amount": eur("-0.40")}, "362.60", id="rounded, paid"),
        pytest.param({"rounding_amount": eur("0.40")}, "363.40", id="rounded up, paid"),
    ],
)
def test_bills_to_come_take_off_what_the_deposit_asked_for_with_tax(
    change: dict[str, object], paid: str | None
):
    schedule = advanced()
    first = attrs.evolve(asked(schedule), **change)
    first = first.record(pay(paid, 5)) if paid else first
    assert cash(schedule, first, tax=VAT) == [("10.06.", "484.00"), ("10.06.", "363.00")]


def test_what_is_lost_of_a_deposit_is_asked_for_by_the_bills_to_come():
    schedule = advanced()
    lost = asked(schedule, pay(300, 5), WrittenOff(eur(63), on=june(1)))
    assert cash(schedule, lost, tax=VAT) == [
        ("10.06.", "484.00"),
        ("10.06.", "423.50"),
        ("10.06.", "2.50"),
    ]


def test_what_bounced_of_a_deposit_comes_by_its_own_invoice_alone():
    schedule = advanced(Deposit(Percent(30), recoup=Recoupment.FIRST_BILLS))
    first = asked(schedule, pay(363, 5))
    bill_of_a = billed(schedule, "a", [first], "1")  # it took off all 363.00
    bounced = first.record(Reversed(pay(363, 5), "bounced", on=june(1)))
    left = [("10.06.", "423.50"), ("10.06.", "302.50")]
    assert cash(schedule, bounced, bill_of_a, tax=VAT) == left
    written = bounced.record(WrittenOff(eur(363), on=june(2)))
    assert cash(schedule, written, bill_of_a, tax=VAT) == left


def test_a_deposit_beyond_what_is_left_to_bill_is_not_asked_for_again():
    schedule = parts(100, deposit=Deposit(Percent(30)))
    most = bill(800, milestone="a")
    assert cash(schedule, most) == [("10.06.", "200.00")]
    assert cash(schedule, bill(1000, milestone="a")) == []
