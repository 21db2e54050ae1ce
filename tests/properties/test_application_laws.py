"""The laws of applications for payment, over random contracts and random reports of progress."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    ChangeOrder,
    Currency,
    MaterialsStored,
    Milestone,
    Money,
    Percent,
    ProgressApplication,
    ProgressReported,
    Reprice,
    Retainage,
    RetainageScope,
    RetainageStep,
    Rounding,
    Schedule,
    check_application,
    progress_application,
)

EUR = Currency.of("EUR")
FIRST = date(2026, 5, 1)
PERCENTS = st.fractions(0, 100, max_denominator=7).map(Percent)
WORTHS = st.lists(st.integers(0, 10**6), min_size=1, max_size=4)
RULES = st.builds(
    Retainage,
    st.lists(PERCENTS, min_size=1, max_size=2).map(
        lambda percents: [
            RetainageStep(percent, after=Percent(50 * n)) for n, percent in enumerate(percents)
        ]
    ),
    cap=st.none() | PERCENTS,
    gives_back=st.booleans(),
    stored=st.none() | PERCENTS,
    scope=st.sampled_from(RetainageScope),
)


def day(number: int) -> date:
    return FIRST + timedelta(number)


@st.composite
def contracts(draw: st.DrawFn, *, reports: int = 3) -> Schedule:
    """Draw a contract with reports of progress and materials on consecutive days."""
    worths = [Money(minor, EUR) for minor in draw(WORTHS)]
    schedule = Schedule(
        Money.total(worths, currency=EUR),
        [Milestone(f"m{n}", f"M{n}", worth) for n, worth in enumerate(worths)],
        retainage=draw(RULES),
    )
    for n, worth in enumerate(worths):
        for on in range(draw(st.integers(0, reports))):
            done = draw(PERCENTS)
            schedule = schedule.record(f"m{n}", ProgressReported(done, on=day(on)))
            left = worth - worth.times(done, rounding=Rounding.HALF_UP)
            stored = Money(draw(st.integers(0, left.minor)), EUR)
            schedule = schedule.record(f"m{n}", MaterialsStored(stored, on=day(on)))
    return schedule


def applications(schedule: Schedule, numbers: Sequence[int]) -> list[ProgressApplication]:
    """Return an application for each day of *numbers*, each on the one before."""
    made: list[ProgressApplication] = []
    for number in numbers:
        previous = made[-1] if made else None
        made.append(
            progress_application(
                schedule, number=f"{len(made)}", as_of=day(number), previous=previous
            )
        )
    return made


DAYS = st.lists(st.integers(0, 4), min_size=1, max_size=4).map(sorted)


@given(contracts(), DAYS)
def test_what_is_computed_always_ties(schedule: Schedule, numbers: list[int]):
    made = applications(schedule, numbers)
    assert not any(
        check_application(after, previous=before)
        for before, after in zip([None, *made], made, strict=False)
    )


@given(contracts(), DAYS)
def test_payments_sum_to_what_is_earned_less_retainage_whatever_came_between(
    schedule: Schedule, numbers: list[int]
):
    made = applications(schedule, numbers)
    last = made[-1].earned_less_retainage
    assert sum(each.payment_due for each in made) == last
    assert applications(schedule, numbers[-1:])[0].earned_less_retainage == last


@given(contracts(), DAYS)
def test_once_all_is_done_the_applications_are_the_contract_to_the_unit(
    schedule: Schedule, numbers: list[int]
):
    for key in schedule.keys:
        built_in = MaterialsStored(Money.zero(EUR), on=day(5))
        schedule = schedule.record(key, ProgressReported(Percent(100), on=day(5)), built_in)
    made = applications(schedule, [*numbers, 5])
    for place, worth in enumerate(schedule.amounts(as_of=day(5))):
        assert sum(each.lines[place].this_period for each in made) == worth
    assert sum(each.payment_due for each in made) + made[-1].retainage == schedule.total


@given(contracts(), st.integers(0, 4))
def test_work_to_date_is_within_half_a_unit_of_the_progress(schedule: Schedule, number: int):
    application = applications(schedule, [number])[0]
    for line in application.lines:
        reports = [
            fact.done.fraction
            for fact in schedule.facts_of(line.key)
            if isinstance(fact, ProgressReported) and fact.on <= day(number)
        ]
        exact = line.scheduled.minor * (reports[-1] if reports else Fraction(0))
        assert abs(line.completed.minor - exact) <= Fraction(1, 2)


@given(contracts(), st.integers(0, 4))
def test_no_line_retains_less_than_nothing_or_more_than_is_done_of_it(
    schedule: Schedule, number: int
):
    application = applications(schedule, [number])[0]
    for line in application.lines:
        assert 0 <= line.retainage.minor <= line.completed_and_stored.minor


@given(contracts(), st.integers(0, 4), st.data())
def test_what_is_released_lowers_what_is_retained_by_as_much(
    schedule: Schedule, number: int, data: st.DataObject
):
    before = applications(schedule, [number])[0]
    released = Money(data.draw(st.integers(0, before.retainage.minor)), EUR)
    after = progress_application(schedule, number="1", as_of=day(number), released=released)
    assert before.retainage - after.retainage == released
    assert check_application(after) == ()
    assert all(line.retainage.minor >= 0 for line in after.lines)


@given(contracts(), st.integers(0, 3))
def test_facts_after_the_last_day_change_nothing(schedule: Schedule, number: int):
    later = schedule.record("m0", ProgressReported(Percent(1), on=day(number + 5)))
    assert applications(later, [number]) == applications(schedule, [number])


@given(contracts(reports=0), WORTHS, st.data())
def test_the_summary_of_change_orders_is_what_the_contract_changed_by(
    schedule: Schedule, worths: list[int], data: st.DataObject
):
    for n, minor in enumerate(worths):
        change = Reprice(data.draw(st.sampled_from(schedule.keys)), Money(minor, EUR))
        order = ChangeOrder(f"{n}", [change], on=day(n), reason="agreed")
        schedule = schedule.apply(order, billed={})
    before, after = applications(schedule, [1, 4])
    assert after.changes.net == schedule.agreed_on(day(4)).total - schedule.total
    first = before.changes.additions - before.changes.deductions
    assert after.changes.additions_before - after.changes.deductions_before == first
