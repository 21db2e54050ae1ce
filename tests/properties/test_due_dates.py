"""The laws of dates: steps clamp, rules go back only if they may, later is never earlier."""

import contextlib
from calendar import monthrange
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing import (
    AddMonths,
    BusinessCalendar,
    DayOfMonth,
    DueRule,
    EndOfMonth,
    RollConvention,
    RollToBusinessDay,
)
from milestone_invoicing.errors import CalendarRangeError, DateRangeError, DueBeforeStartError
from milestone_invoicing.timing.months import add_days, add_months, end_of_month
from tests.properties.agreements import (
    any_steps,
    calendars,
    days,
    due_rules,
    forward_steps,
    rules_from_a_date,
)

FOLLOWING = {RollConvention.FOLLOWING, RollConvention.MODIFIED_FOLLOWING}
MODIFIED = {RollConvention.MODIFIED_FOLLOWING, RollConvention.MODIFIED_PRECEDING}
each_convention = st.sampled_from(RollConvention)
rules_back_too = due_rules(any_steps(), may_precede=True) | rules_from_a_date(may_precede=True)


def naive_months(start: date, months: int) -> date | None:
    """Count month by month, then clamp; None where the calendar ends on the way."""
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in {0, 13}:
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(start.day, monthrange(year, month)[1]))


@given(st.dates(), st.integers(-400, 400))
@example(date(2028, 2, 29), 12)
@example(date(2028, 2, 29), 48)
@example(date(1, 1, 31), -1)
@example(date(1, 2, 28), -1)
@example(date(9999, 12, 31), 1)
@example(date(9999, 11, 30), 1)
def test_a_month_step_counts_months_and_clamps(start: date, months: int):
    expected = naive_months(start, months)
    if expected is None:
        with pytest.raises(DateRangeError, match=f"a step of months from {start} leads to no date"):
            add_months(start, months)
    else:
        assert add_months(start, months) == expected == start + relativedelta(months=months)


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
@example(date.max, 1)
@example(date.min, -1)
@example(date.max, 0)
def test_a_day_step_counts_days(start: date, days: int):
    if 1 <= start.toordinal() + days <= date.max.toordinal():
        assert add_days(start, days).toordinal() == start.toordinal() + days
    else:
        with pytest.raises(DateRangeError, match=f"a step of days from {start} leads to no date"):
            add_days(start, days)


@given(st.dates(), st.integers(4_000_000) | st.integers(max_value=-4_000_000))
def test_a_step_however_long_raises_our_error(start: date, distance: int):
    for step in (add_days, add_months):
        with pytest.raises(DateRangeError, match="leads to no date") as caught:
            step(start, distance)
        assert caught.value.got == distance


@given(st.dates(), st.integers(-400, 400))
def test_a_month_step_and_back_loses_at_most_what_was_clamped(start: date, months: int):
    there = naive_months(start, months)
    if there is not None:
        back = add_months(there, -months)
        assert (back.year, back.month) == (start.year, start.month)
        assert back.day == min(start.day, there.day)


@given(st.dates())
def test_a_month_end_is_in_its_month_and_the_last_of_it(day: date):
    end = end_of_month(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert end == date.max or (end + timedelta(1)).day == 1


@given(days(), st.integers(-30, 30), st.integers(1, 31))
def test_a_day_of_a_month_ahead_is_that_day_or_the_last(start: date, months: int, day: int):
    reached = DayOfMonth(day, months).apply(start)
    end = EndOfMonth(months).apply(start)
    assert (reached.year, reached.month) == (end.year, end.month)
    assert reached.day == min(day, end.day)
    assert DayOfMonth(31, months).apply(start) == end


@given(days(), st.integers(0, 40))
def test_a_series_counted_from_its_anchor_keeps_its_day(start: date, months: int):
    reached = AddMonths(months).apply(start)
    assert reached.day == min(start.day, end_of_month(reached).day)


@given(days(), due_rules(forward_steps()))
def test_steps_that_never_lead_back_are_never_due_before_the_start(start: date, rule: DueRule):
    assert rule.due_on(start) >= start


@given(days(), rules_back_too)
def test_a_rule_that_leads_back_is_refused_unless_it_may(start: date, rule: DueRule):
    reached = rule.due_on(start)
    strict = DueRule(rule.steps)
    if reached >= start:
        assert strict.due_on(start) == reached
    else:
        with pytest.raises(DueBeforeStartError, match="leads back in time") as caught:
            strict.due_on(start)
        assert caught.value.got == reached


@given(days(), st.integers(0, 400), rules_back_too)
def test_a_later_start_is_never_due_earlier(start: date, later: int, rule: DueRule):
    assert rule.due_on(start) <= rule.due_on(start + timedelta(later))


@given(days(), rules_back_too)
def test_an_explanation_replays_to_the_same_date(start: date, rule: DueRule):
    steps = rule.explain(start)
    assert tuple(step for step, _ in steps) == rule.steps
    reached = [start, *(day for _, day in steps)]
    assert [step.apply(day) for step, day in zip(rule.steps, reached, strict=False)] == reached[1:]
    assert reached[-1] == rule.due_on(start)


@given(rules_back_too, st.sampled_from([date.min, date.max]))
def test_the_ends_of_the_calendar_give_a_date_or_our_error(rule: DueRule, start: date):
    reached = None
    calendars_of_years = [
        step
        for step in rule.steps
        if isinstance(step, RollToBusinessDay) and step.calendar.first_year is not None
    ]
    ours = (DateRangeError, CalendarRangeError) if calendars_of_years else (DateRangeError,)
    with contextlib.suppress(*ours):
        reached = rule.due_on(start)
    assert reached is None or type(reached) is date


@given(calendars(), days(), each_convention)
def test_a_roll_reaches_a_business_day(
    calendar: BusinessCalendar, day: date, convention: RollConvention
):
    rolled = calendar.roll(day, convention)
    if convention is RollConvention.UNADJUSTED or calendar.is_business_day(day):
        assert rolled == day
    else:
        assert calendar.is_business_day(rolled)


@given(calendars(), days(), each_convention)
def test_a_roll_passes_over_no_business_day(
    calendar: BusinessCalendar, day: date, convention: RollConvention
):
    rolled = calendar.roll(day, convention)
    passed = range(min(day, rolled).toordinal(), max(day, rolled).toordinal() + 1)
    between = {date.fromordinal(n) for n in passed} - {rolled}
    assert not any(calendar.is_business_day(each) for each in between)


@given(calendars(), days(), each_convention)
def test_a_roll_goes_its_way_and_a_modified_one_stays_in_the_month(
    calendar: BusinessCalendar, day: date, convention: RollConvention
):
    rolled = calendar.roll(day, convention)
    first, last = day.replace(day=1), end_of_month(day)
    if convention in MODIFIED:
        month = [first + timedelta(n) for n in range(last.day)]
        onward = [d for d in month if (d >= day if convention in FOLLOWING else d <= day)]
        if any(map(calendar.is_business_day, onward)):
            assert rolled >= day if convention in FOLLOWING else rolled <= day
        if any(map(calendar.is_business_day, month)):
            assert first <= rolled <= last
    elif convention is RollConvention.FOLLOWING:
        assert rolled >= day
    elif convention is RollConvention.PRECEDING:
        assert rolled <= day


@given(calendars(), days(), each_convention)
def test_a_rolled_day_stays(calendar: BusinessCalendar, day: date, convention: RollConvention):
    rolled = calendar.roll(day, convention)
    assert calendar.roll(rolled, convention) == rolled


@given(calendars(), st.randoms(use_true_random=False))
def test_a_calendar_forgets_the_order_of_its_days(calendar: BusinessCalendar, random):
    weekend, holidays = sorted(calendar.weekend), sorted(calendar.holidays)
    random.shuffle(weekend)
    random.shuffle(holidays)
    other = BusinessCalendar(weekend, holidays * 2)
    assert (other, hash(other), repr(other)) == (calendar, hash(calendar), repr(calendar))
