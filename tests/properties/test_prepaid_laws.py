"""The laws of prepaid hours."""

from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    HoursDrawn,
    PrepaidHours,
    Price,
    Recurrence,
    TimeEntry,
    hours_drawn,
)

START = date(2026, 1, 1)
RATE = Price("62.505", "EUR")
EVERY = st.sampled_from([Recurrence.monthly(START), Recurrence.weekly(START)])
VALID = st.none() | st.integers(1, 4)


@st.composite
def bundles(draw: st.DrawFn, hundredths: int = 25) -> PrepaidHours:
    """Return bundles of some quarters of an hour, or of whole hours, with and without roll-over."""
    valid_for = draw(VALID)
    sizes = st.integers(1, 40).map(lambda parts: Decimal(parts * hundredths).scaleb(-2))
    return PrepaidHours(
        draw(sizes),
        draw(EVERY),
        valid_for=valid_for,
        cap=None if valid_for == 1 else draw(st.none() | sizes),
    )


def entries(least: int = -200, hundredths: int = 1) -> st.SearchStrategy[list[TimeEntry]]:
    hours = st.integers(least, 1500 // hundredths)
    one = st.builds(
        lambda days, parts: TimeEntry(
            START + timedelta(days), Decimal(parts * hundredths).scaleb(-2), RATE, "Support"
        ),
        st.integers(0, 150),
        hours,
    )
    return st.lists(one, max_size=12)


DAYS = st.integers(0, 160).map(lambda days: START + timedelta(days))


@given(bundles(), entries(), DAYS)
def test_opening_and_bought_are_used_expired_and_closing(
    bundle: PrepaidHours, worked: list[TimeEntry], as_of: date
):
    before = 0
    for row in hours_drawn(bundle, worked, as_of=as_of):
        assert row.opening == before
        assert row.bought == bundle.hours
        assert row.opening + row.bought == row.used + row.expired + row.closing
        assert min(row.opening, row.expired, row.closing, row.overage) >= 0
        before = row.closing


@given(bundles(), entries(), DAYS)
def test_all_time_of_a_period_is_used_from_the_bundle_or_overage(
    bundle: PrepaidHours, worked: list[TimeEntry], as_of: date
):
    for row in hours_drawn(bundle, worked, as_of=as_of):
        mine = [entry for entry in worked if entry.on in row.period and entry.on <= as_of]
        assert row.used + row.overage == sum(entry.quantity for entry in mine)
        assert sum(line.quantity for line in row.lines) == row.overage
        assert row.overage == 0 or row.expired == row.closing == 0


@given(bundles(), entries(), DAYS, DAYS)
def test_what_was_overage_on_a_day_stays_it(
    bundle: PrepaidHours, worked: list[TimeEntry], one: date, other: date
):
    early, late = (lines(bundle, worked, day) for day in sorted((one, other)))
    assert late[: len(early)] == early


@given(bundles(), entries(), DAYS)
def test_hours_expire_only_after_the_last_day_of_a_period(
    bundle: PrepaidHours, worked: list[TimeEntry], as_of: date
):
    *_, last = hours_drawn(bundle, worked, as_of=as_of)
    assert last.expired == 0
    assert as_of in last.period
    assert last.closing == last.opening + last.bought - last.used


@given(bundles(hundredths=100), entries(least=0, hundredths=100), DAYS)
def test_hours_counted_one_by_one_give_the_same(
    bundle: PrepaidHours, worked: list[TimeEntry], as_of: date
):
    rows = hours_drawn(bundle, worked, as_of=as_of)
    assert [(row.used, row.overage, row.expired) for row in rows] == [
        *one_by_one(bundle, worked, rows, as_of)
    ]


def one_by_one(
    bundle: PrepaidHours, worked: list[TimeEntry], rows: tuple[HoursDrawn, ...], as_of: date
):
    """Yield used, overage and expired of each period, every hour a thing of its own."""
    there: list[int] = []  # the last period of each hour, the next to be drawn first
    for index, row in enumerate(rows):
        last = 10**6 if bundle.valid_for is None else index + bundle.valid_for - 1
        there += [last] * int(bundle.hours)
        hours = sum(
            int(entry.quantity) for entry in worked if entry.on in row.period and entry.on <= as_of
        )
        used = min(hours, len(there))
        del there[:used]
        expired = 0
        if row.period.last < as_of:
            kept = [hour for hour in there if hour > index]
            kept = kept[max(len(kept) - int(bundle.cap), 0) :] if bundle.cap is not None else kept
            expired = len(there) - len(kept)
            there = kept
        yield used, hours - used, expired


@given(bundles(), entries(), DAYS)
def test_the_decimal_context_changes_nothing(
    bundle: PrepaidHours, worked: list[TimeEntry], as_of: date
):
    usual = hours_drawn(bundle, worked, as_of=as_of)
    with localcontext() as context:
        context.prec = 2
        assert hours_drawn(bundle, worked, as_of=as_of) == usual


def lines(bundle: PrepaidHours, worked: list[TimeEntry], as_of: date) -> list[object]:
    rows = hours_drawn(bundle, worked, as_of=as_of)
    return list(chain.from_iterable(row.lines for row in rows))
