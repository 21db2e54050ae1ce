"""What late payment of an invoice costs on a day; each figure is worked out beside it."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from milestone_invoicing import (
    AddDays,
    BusinessCalendar,
    Credited,
    CurrencyMismatchError,
    DateTypeError,
    DayCount,
    DueDateExtended,
    DueRule,
    Installment,
    Invoice,
    InvoiceFact,
    LateCharge,
    LatePolicy,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    RateReading,
    ReferenceRates,
    RetainageReleased,
    Reversed,
    RollToBusinessDay,
    Rounding,
    Sent,
    UnknownRateError,
    Voided,
    WrittenOff,
    WrongTypeError,
    late_charge,
)
from tests.unit.bills import april, bill, eur, july, june, may

# Of 1,000.00 each day costs exactly 0.10, by 3.65 % of 365 days.
TEN_CENTS = LatePolicy("3.65")
ON_10_JUNE, JULY_10 = june(10), july(10)


def charged(*facts: InvoiceFact, policy: LatePolicy = TEN_CENTS, as_of: date = JULY_10) -> Money:
    return late_charge(bill(1000, *facts), policy, as_of=as_of).total


@pytest.mark.parametrize(
    ("as_of", "interest"),
    [
        pytest.param(april(30), "0.00", id="before the issue = 0"),
        pytest.param(may(31), "0.00", id="on the due date = 0"),
        pytest.param(june(1), "0.10", id="the day after = 1 x 0.10"),
        pytest.param(june(30), "3.00", id="30 days = 3.00"),
    ],
)
def test_interest_runs_from_the_day_after_the_due_date(as_of: date, interest: str):
    assert charged(as_of=as_of) == eur(interest)


EXTENDED = DueDateExtended(june(30), "asked", on=ON_10_JUNE)
PAID = Payment(eur(1000), on=may(30))


@pytest.mark.parametrize(
    ("facts", "total"),
    [
        pytest.param([Payment(eur(1000), on=may(31))], "0.00", id="paid when due = 0"),
        pytest.param([Payment(eur(1000), on=june(1))], "0.10", id="paid a day late = 1 day"),
        pytest.param([Payment(eur(400), on=ON_10_JUNE)], "2.80", id="10 x 0.10 + 30 x 0.06"),
        pytest.param([Payment(eur(400), on=may(9))], "2.40", id="paid before = 40 x 0.06"),
        pytest.param([Credited(eur(400), "N", on=ON_10_JUNE)], "2.80", id="credited = as paid"),
        pytest.param([WrittenOff(eur(400), on=ON_10_JUNE)], "2.80", id="written off = as paid"),
        pytest.param([EXTENDED], "2.00", id="extended late = 10 x 0.10 + 10 x 0.10"),
        pytest.param(
            [DueDateExtended(june(30), "asked", on=may(20))],
            "1.00",
            id="extended in time = 10 days",
        ),
        pytest.param(
            [PAID, Reversed(PAID, "bounced", on=june(8))], "3.20", id="bounced on 8 June = 32 days"
        ),
        pytest.param(
            [PAID, Reversed(PAID, "bounced", on=may(30))], "4.00", id="never paid = 40 days"
        ),
        pytest.param([Voided("x", on=june(20))], "0.00", id="void = 0, before the void too"),
        pytest.param([Sent(on=june(5))], "4.00", id="sent late = 40 days, as it was issued"),
    ],
)
def test_what_happened_splits_the_days(facts: list[InvoiceFact], total: str):
    assert charged(*facts) == eur(total)


@pytest.mark.parametrize(
    ("as_of", "total"),
    [(june(10), "1.00"), (june(11), "1.00"), (june(30), "1.00"), (july(1), "1.10")],
)
def test_a_late_extension_keeps_the_interest_up_to_its_own_day(as_of: date, total: str):
    assert charged(EXTENDED, as_of=as_of) == eur(total)


def test_a_draft_and_a_credit_note_cost_nothing():
    for invoice in (bill(1000, number=None, issued_on=None), bill(-1000)):
        charge = late_charge(invoice, LatePolicy(8, fee=eur(10)), as_of=july(10))
        assert (charge.total, charge.spans, charge.reasons) == (eur(0), (), ())
        assert charge.number == invoice.number


def test_retained_money_bears_interest_from_its_release_on():
    held = bill(1000, Payment(eur(900), on=may(9)), held=eur(100))
    assert late_charge(held, TEN_CENTS, as_of=july(10)).total == eur(0)
    released = held.record(RetainageReleased(eur(100), june(30), on=june(5)))
    assert late_charge(released, TEN_CENTS, as_of=july(10)).total == eur("0.10")  # 10 x 0.01


def installments(*facts: InvoiceFact, terms: PaymentTerms | None = None) -> Invoice:
    """Return a bill of 500.00 due on 15 May, and as much due on 31 May."""
    halves = PaymentTerms(
        [Installment(Percent(50), DueRule((AddDays(days),))) for days in (14, 30)]
    )
    return bill(1000, *facts, terms=terms or halves)


def test_each_instalment_is_late_by_itself():
    charge = late_charge(installments(), TEN_CENTS, as_of=ON_10_JUNE)
    assert [(span.installment, span.days) for span in charge.spans] == [(1, 26), (2, 10)]
    assert charge.interest == eur("1.80")  # 26 x 0.05 + 10 x 0.05


def test_interest_is_rounded_once_for_all_instalments():
    # 500.00 at 0.0365 % is 0.0005 a day: 26 + 10 days are 0.018, and 0.013 + 0.005 would be 0.02.
    charge = late_charge(installments(), LatePolicy("0.0365"), as_of=ON_10_JUNE)
    assert [span.interest for span in charge.spans] == [Fraction(13, 10), Fraction(1, 2)]
    assert charge.exact_interest == Fraction(9, 5)
    assert charge.interest == eur("0.02")
    down = LatePolicy("0.0365", rounding=Rounding.DOWN)
    assert late_charge(installments(), down, as_of=ON_10_JUNE).interest == eur("0.01")


TIERS = LatePolicy(0, compensation=[(eur(0), eur(40)), (eur(500), eur(70))])


@pytest.mark.parametrize(
    ("facts", "as_of", "compensation"),
    [
        pytest.param([], may(15), 0, id="due today = none"),
        pytest.param([], may(16), 70, id="one late = 70"),
        pytest.param([], may(31), 70, id="the other due today = 70"),
        pytest.param([], june(1), 140, id="both late = 140"),
        pytest.param([Payment(eur("0.01"), on=may(15))], may(20), 40, id="499.99 late = 40"),
        pytest.param([Payment(eur("0.01"), on=may(16))], may(20), 70, id="500.00 when late = 70"),
        pytest.param([Payment(eur(500), on=may(15))], may(31), 0, id="paid in time = none"),
        pytest.param([Payment(eur(500), on=may(16))], may(31), 70, id="paid late = 70"),
        pytest.param(
            [DueDateExtended(may(20), "asked", 1, on=may(17))], may(31), 70, id="late twice = 70"
        ),
    ],
)
def test_compensation_is_for_each_instalment_by_what_was_open_when_it_became_late(
    facts: list[InvoiceFact], as_of: date, compensation: int
):
    charge = late_charge(installments(*facts), TIERS, as_of=as_of)
    assert (charge.compensation, charge.interest) == (eur(compensation), eur(0))


def test_the_compensation_of_an_instalment_late_twice_is_that_of_the_first_time():
    smaller = [
        DueDateExtended(may(20), "asked", 1, on=may(17)),
        Payment(eur(400), on=may(18)),
    ]
    charge = late_charge(installments(*smaller), TIERS, as_of=may(25))
    assert [span.balance for span in charge.spans] == [eur(500), eur(100)]
    assert charge.compensation == eur(70)


@pytest.mark.parametrize(("as_of", "fee"), [(may(31), 0), (june(1), 10), (july(10), 10)])
def test_a_fee_is_for_the_claim(as_of: date, fee: int):
    charge = late_charge(installments(), LatePolicy(0, fee=eur(10)), as_of=as_of)
    assert charge.fee == (eur(10) if as_of > may(15) else eur(0))
    assert charged(policy=LatePolicy(0, fee=eur(10)), as_of=as_of) == eur(fee)


GRACE = LatePolicy("3.65", grace_days=5, fee=eur(7))


@pytest.mark.parametrize(
    ("facts", "as_of", "total"),
    [
        pytest.param([], june(5), "0.00", id="5 days late = 0"),
        pytest.param([], june(6), "7.60", id="6 days late = 6 x 0.10 + 7"),
        pytest.param([Payment(eur(1000), on=june(5))], july(10), "0.00", id="paid in grace = 0"),
        pytest.param([Payment(eur(1000), on=june(6))], july(10), "7.60", id="paid after = 7.60"),
        pytest.param(
            [Payment(eur(400), on=june(4))], june(6), "7.52", id="part = 4 x 0.10 + 2 x 0.06 + 7"
        ),
        pytest.param(
            [DueDateExtended(june(30), "asked", on=june(5))], july(5), "0.00", id="in grace twice"
        ),
        pytest.param(
            [DueDateExtended(june(30), "asked", on=june(5))],
            july(6),
            "7.60",
            id="6 days the second",
        ),
    ],
)
def test_within_the_grace_nothing_is_charged_and_after_it_all_days_are(
    facts: list[InvoiceFact], as_of: date, total: str
):
    assert charged(*facts, policy=GRACE, as_of=as_of) == eur(total)


SUNDAY = DueRule((RollToBusinessDay(BusinessCalendar()),))


@pytest.mark.parametrize(("as_of", "total"), [(june(1), "0.00"), (june(2), "0.10")])
def test_a_last_day_to_pay_moves_the_start(as_of: date, total: str):
    # Due on Sunday 31 May, to be paid by Monday.
    assert late_charge(bill(), TEN_CENTS, as_of=as_of, pay_by=SUNDAY).total == eur(total)


# Late from Wednesday 1 July on: the half-year changes on the first day of interest.
DUE_30_JUNE = bill(3650, terms=PaymentTerms.net(60))
HALF_YEARS = ReferenceRates.half_yearly(date(2026, 1, 1), [2, 3, 4])


def by(reading: RateReading) -> LatePolicy:
    return LatePolicy(8, rates=HALF_YEARS, reading=reading)


@pytest.mark.parametrize(
    ("days_to_pay", "reading", "rates"),
    [
        pytest.param(60, RateReading.WHEN_LATE, ["11%"], id="due 30 June, late 1 July = 8 + 3"),
        pytest.param(59, RateReading.WHEN_LATE, ["10%"], id="due 29 June, late 30 June = 8 + 2"),
        pytest.param(60, RateReading.AS_ACCRUED, ["11%", "12%"], id="two half-years of interest"),
        pytest.param(
            59, RateReading.AS_ACCRUED, ["10%", "11%", "12%"], id="one day, and two half-years"
        ),
        pytest.param(60, RateReading.WHEN_PAID, ["12%"], id="on 31 January 2027 = 8 + 4"),
    ],
)
def test_the_readings_of_the_reference_rate(
    days_to_pay: int, reading: RateReading, rates: list[str]
):
    invoice = bill(3650, terms=PaymentTerms.net(days_to_pay))
    charge = late_charge(invoice, by(reading), as_of=date(2027, 1, 31))
    assert [str(span.percent) for span in charge.spans] == rates


def test_a_half_year_ends_with_its_last_day():
    charge = late_charge(DUE_30_JUNE, by(RateReading.AS_ACCRUED), as_of=date(2027, 1, 1))
    last = charge.spans[-1]
    assert [span.days for span in charge.spans] == [184, 1]
    assert (str(last.since), str(last.until), str(last.percent)) == (
        "2026-12-31",
        "2027-01-01",
        "12%",
    )
    assert charge.interest == eur("203.60")  # 3,650 x (11 % x 184 + 12 %) / 365 = 202.40 + 1.20


def test_each_part_that_is_paid_has_the_rate_of_its_own_day():
    invoice = DUE_30_JUNE.record(
        Payment(eur(1000), on=date(2026, 12, 31)), Payment(eur(650), on=date(2027, 1, 1))
    )
    charge = late_charge(invoice, by(RateReading.WHEN_PAID), as_of=date(2027, 1, 9))
    assert [(str(span.balance), span.days, str(span.percent)) for span in charge.spans] == [
        ("EUR 1000.00", 184, "11%"),
        ("EUR 650.00", 185, "12%"),
        ("EUR 2000.00", 193, "12%"),
    ]


def test_a_payment_takes_what_was_late_first():
    paid = Payment(eur(600), on=may(9))
    invoice = bill(1000, paid, Reversed(paid, "bounced", on=june(5)), Payment(eur(500), on=june(8)))
    policy = by(RateReading.WHEN_PAID)
    charge = late_charge(invoice, policy, as_of=june(10))
    assert [(span.balance, span.since, span.until) for span in charge.spans] == [
        (eur(400), may(31), june(8)),
        (eur(100), june(5), june(8)),
        (eur(500), june(5), june(10)),
    ]


def test_money_that_came_back_twice_is_paid_in_the_order_in_which_it_was_late():
    one, other = Payment(eur(300), on=may(9)), Payment(eur(200), on=may(10))
    invoice = bill(
        1000,
        *(one, other, Reversed(one, "bounced", on=june(3)), Reversed(other, "bounced", on=june(5))),
        Payment(eur(900), on=june(8)),
    )
    charge = late_charge(invoice, by(RateReading.WHEN_PAID), as_of=june(10))
    assert [(span.balance, span.since, span.until) for span in charge.spans] == [
        (eur(500), may(31), june(8)),
        (eur(300), june(3), june(8)),
        (eur(100), june(5), june(8)),
        (eur(100), june(5), june(10)),
    ]


def test_a_cent_that_is_paid_or_comes_back_is_a_part_of_its_own():
    cent = Payment(eur("0.01"), on=may(9))
    invoice = bill(
        1000, cent, Reversed(cent, "bounced", on=june(3)), Payment(eur("0.01"), on=june(8))
    )
    charge = late_charge(invoice, by(RateReading.WHEN_PAID), as_of=june(10))
    assert [(span.balance, span.since, span.until) for span in charge.spans] == [
        (eur("0.01"), may(31), june(8)),
        (eur("999.98"), may(31), june(10)),
        (eur("0.01"), june(3), june(10)),
    ]


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(by(RateReading.AS_ACCRUED), id="as accrued"),
        pytest.param(by(RateReading.WHEN_LATE), id="when late"),
        pytest.param(LatePolicy(10, reading=RateReading.WHEN_PAID), id="one rate for all days"),
    ],
)
def test_where_the_day_of_payment_sets_no_rate_spans_follow_one_another(policy: LatePolicy):
    charge = late_charge(bill(1000, Payment(eur(400), on=june(8))), policy, as_of=june(10))
    assert [(span.balance, span.since, span.until) for span in charge.spans] == [
        (eur(1000), may(31), june(8)),
        (eur(600), june(8), june(10)),
    ]


def test_a_table_that_ends_too_early_is_refused():
    known = LatePolicy(8, rates=ReferenceRates.half_yearly(date(2026, 1, 1), [2]))
    message = "no reference rate is known for a day: expected 2026-01-01 to 2026-06-30"
    assert late_charge(bill(), known, as_of=june(30)).spans[0].days == 30
    with pytest.raises(UnknownRateError, match=f"{message}, got 2026-07-01"):
        late_charge(bill(), known, as_of=july(1))


def test_interest_bears_interest_where_it_was_agreed():
    # 30/360: 1 % a month of 1,000.00, then of 1,010.00, then half a month of 1,020.10.
    policy = LatePolicy(12, day_count=DayCount.THIRTY_360, compound_months=1)
    charge = late_charge(bill(), policy, as_of=date(2026, 8, 15))
    assert [span.interest for span in charge.spans] == [
        1000,
        1010,
        Fraction(102010, 200),
    ]
    assert [span.compounded for span in charge.spans] == [0, 1000, 2010]
    assert [str(span.since) for span in charge.spans] == ["2026-05-31", "2026-06-30", "2026-07-31"]
    assert charge.interest == eur("25.20")


def test_interest_is_added_whatever_was_paid_in_between():
    policy = LatePolicy(12, day_count=DayCount.THIRTY_360, compound_months=1)
    paid = bill(1000, Payment(eur(500), on=june(15)))
    charge = late_charge(paid, policy, as_of=july(30))
    # 0.5 % of 1,000.00 + 0.5 % of 500.00 = 7.50; then 1 % of 507.50.
    assert [span.interest for span in charge.spans] == [500, 250, Fraction(50750, 100)]
    assert charge.interest == eur("12.58")  # 5.00 + 2.50 + 5.075


def test_a_month_that_ends_today_has_added_nothing_yet():
    policy = LatePolicy("3.65", compound_months=1)
    (span,) = late_charge(bill(), policy, as_of=june(30)).spans
    assert (span.days, span.compounded) == (30, 0)
    assert len(late_charge(bill(), policy, as_of=july(1)).spans) == 2


def reasons(charge: LateCharge) -> list[str]:
    return [str(reason) for reason in charge.reasons]


def test_a_charge_says_why():
    part = Payment(eur(400), on=june(1))
    invoice = bill(1000, part, Payment(eur(100), on=july(10)), Sent(on=june(5)))
    policy = LatePolicy("3.65", compensation=eur(40), fee=eur(7))
    charge = late_charge(invoice, policy, as_of=june(10))
    assert reasons(charge) == [
        "instalment 1: EUR 1000.00 at 3.65%, 1 day after 2026-05-31",
        "instalment 1: EUR 600.00 at 3.65%, 9 days after 2026-06-01",
        "instalment 1: compensation EUR 40.00 for EUR 1000.00 late",
        "fee EUR 7.00",
    ]
    assert [reason.facts for reason in charge.reasons] == [(part,), (part,), (), ()]
    assert charge.total == eur("47.64")  # 0.10 + 9 x 0.06 + 40 + 7


def test_the_facts_of_a_reason_are_known_on_the_day_asked_about():
    paid = Payment(eur(400), on=june(10))
    charge = late_charge(bill(1000, paid), TEN_CENTS, as_of=june(10))
    assert charge.reasons[0].facts == (paid,)
    charge = late_charge(bill(1000, paid), TEN_CENTS, as_of=june(9))
    assert charge.reasons[0].facts == ()


def test_no_compensation_and_no_fee_need_no_reason():
    policy = LatePolicy("3.65", compensation=[(eur(2000), eur(40))], fee=eur(0))
    assert len(late_charge(bill(), policy, as_of=july(10)).reasons) == 1


def test_a_policy_in_another_currency_is_refused_late_or_not():
    pounds = Money.of(40, "GBP")
    for policy in (LatePolicy(8, compensation=pounds), LatePolicy(8, fee=pounds)):
        with pytest.raises(
            CurrencyMismatchError,
            match=r"another currency than invoice '1': expected amounts in EUR, got GBP 40\.00; h",
        ):
            late_charge(bill(), policy, as_of=may(1))
    yen = Invoice("1", may(1), Party("acme", "Acme"), [Line("Work", 1, Money.of(36500, "JPY"))])
    assert late_charge(yen, LatePolicy(1), as_of=may(2)).total == Money.of(1, "JPY")


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"invoice": "1"}, WrongTypeError, "the invoice is of the wrong type: expected Invoice"),
        ({"policy": 8}, WrongTypeError, "the policy is of the wrong type: expected LatePolicy"),
        ({"pay_by": 5}, WrongTypeError, "pay_by is of the wrong type: expected DueRule or None"),
        ({"as_of": datetime(2026, 6, 1)}, DateTypeError, "as_of is not a plain date"),
    ],
)
def test_arguments_of_another_type_are_refused(
    changed: dict[str, object], error: type[Exception], message: str
):
    given = {"invoice": bill(), "policy": TEN_CENTS, "as_of": june(1), **changed}
    with pytest.raises(error, match=message):
        late_charge(
            given["invoice"], given["policy"], as_of=given["as_of"], pay_by=given.get("pay_by")
        )
