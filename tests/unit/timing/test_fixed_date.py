"""A due step that is a date of the calendar: what it reaches, and what it refuses."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    BusinessCalendar,
    DueRule,
    EndOfMonth,
    FixedDate,
    Installment,
    Money,
    PaymentTerms,
    Percent,
    RollToBusinessDay,
)
from milestone_invoicing.errors import (
    DateTypeError,
    DueBeforeStartError,
    DueRuleError,
    PaymentTermsError,
)

NEW_YEARS_EVE = date(2026, 12, 31)
FIXED = FixedDate(NEW_YEARS_EVE)


@pytest.mark.parametrize("start", [date.min, date(2026, 12, 30), NEW_YEARS_EVE, date.max], ids=str)
def test_a_fixed_date_is_reached_from_every_day(start: date):
    assert FIXED.apply(start) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    ("steps", "start", "expected"),
    [
        ((FIXED,), "2026-12-31", "2026-12-31"),
        ((FIXED,), "2026-05-01", "2026-12-31"),
        ((FIXED, AddDays(30)), "2026-05-01", "2027-01-30"),
        # 30 days after it is no earlier than the bill, though the date itself is.
        ((FIXED, AddDays(30)), "2027-01-30", "2027-01-30"),
        (
            (FixedDate(date(2026, 5, 31)), RollToBusinessDay(BusinessCalendar())),
            "2026-05-01",
            "2026-06-01",
        ),
    ],
)
def test_a_rule_starts_from_a_fixed_date(steps, start: str, expected: str):
    assert DueRule(steps).due_on(date.fromisoformat(start)) == date.fromisoformat(expected)


def test_a_bill_after_a_fixed_date_is_refused_unless_it_may_be_due_before():
    after = date(2027, 1, 1)
    message = (
        "a due rule leads back in time: expected 2027-01-01 or later, got 2026-12-31; "
        "allow it with DueRule(..., may_precede=True)"
    )
    with pytest.raises(DueBeforeStartError, match=f"^{re.escape(message)}$"):
        DueRule([FIXED]).due_on(after)
    assert DueRule([FIXED], may_precede=True).due_on(after) == NEW_YEARS_EVE
    with pytest.raises(DueBeforeStartError, match=r"^a due rule leads back in time: expected 2027"):
        PaymentTerms.by(FIXED).due(Money.of(1, "EUR"), after)


def test_two_instalments_on_dates_say_theirs():
    terms = PaymentTerms(
        [Installment(Percent(40), DueRule([FIXED])), Installment(REST, DueRule([AddDays(300)]))]
    )
    parts = terms.due(Money.of(1000, "EUR"), date(2026, 5, 1))
    assert [(str(part.due_on), str(part.amount)) for part in parts] == [
        ("2026-12-31", "EUR 400.00"),
        ("2027-02-25", "EUR 600.00"),
    ]
    assert PaymentTerms.by(FIXED).untdid_4279 == "3"
    assert PaymentTerms.by(FIXED).explain(date(2026, 5, 1)) == (((FIXED, NEW_YEARS_EVE),),)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: FixedDate(datetime(2026, 12, 31, 12)),
            DateTypeError,
            ("the fixed date is not a plain date: expected datetime.date, got 2026-12-31 12:00:00; "
            "call .date() on a datetime"),
        ),
        (
            lambda: FixedDate("2026-12-31"),
            DateTypeError,
            "the fixed date is not a plain date: expected datetime.date, got '2026-12-31'",
        ),
        (
            lambda: FIXED.apply(datetime(2026, 5, 1)),
            DateTypeError,
            ("the day is not a plain date: expected datetime.date, got 2026-05-01 00:00:00; "
            "call .date() on a datetime"),
        ),
        (
            lambda: DueRule([AddDays(30), FIXED]),
            DueRuleError,
            "steps before a fixed date change nothing: expected the fixed date as the first step, "
            f"got {(AddDays(30), FIXED)!r}"[:176],
        ),
        (
            lambda: DueRule([FIXED, EndOfMonth(), FIXED]),
            DueRuleError,
            "steps before a fixed date change nothing: expected the fixed date as the first step, ",
        ),
        (
            lambda: Installment(Percent(50), DueRule([FIXED, AddDays(1)]), after="delivery"),
            PaymentTermsError,
            ("an instalment on a fixed date waits for an event: "
            "expected a date or an event, got 'delivery'"),
        ),
        (
            lambda: PaymentTerms.parse('after "delivery", then on 31 December 2026'),
            PaymentTermsError,
            ("an instalment on a fixed date waits for an event: "
            "expected a date or an event, got 'delivery'"),
        ),
    ],
    ids=[
        "a datetime", "a text", "from a datetime", "a step before it", "a date before it",
        "after an event", "after an event in words",
    ],
)  # fmt: skip
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        build()
