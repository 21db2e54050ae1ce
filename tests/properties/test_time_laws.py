"""The laws of billing time."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Currency, Money, Price, TimeEntry, time_lines

EUR = Currency.of("EUR")
MAY_1 = date(2026, 5, 1)
ENTRIES = st.lists(
    st.builds(
        TimeEntry,
        st.integers(0, 9).map(lambda n: MAY_1 + timedelta(n)),
        st.integers(-400, 2400).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
        st.integers(0, 200_000).map(lambda mills: Price(Fraction(mills, 1000), EUR)),
        st.sampled_from(["design", "audit"]),
    ),
    max_size=8,
)
LEFT = st.integers(0, 10**7).map(lambda minor: Money(minor, EUR))
AS_OF = MAY_1 + timedelta(5)


def total(entries: list[TimeEntry], left: Money | None) -> Money:
    lines = time_lines(entries, milestone="a", as_of=AS_OF, left=left)
    return Money.total((line.net for line in lines), currency=EUR)


@given(ENTRIES, LEFT)
def test_the_lines_sum_to_the_time_or_to_the_maximum_exactly(entries: list[TimeEntry], left: Money):
    assert total(entries, left) == min(total(entries, None), left)


@given(ENTRIES)
def test_each_line_is_within_half_a_unit_of_its_time(entries: list[TimeEntry]):
    counted = sorted((entry for entry in entries if entry.on <= AS_OF), key=lambda each: each.on)
    lines = time_lines(entries, milestone="a", as_of=AS_OF)
    for entry, line in zip(counted, lines, strict=True):
        exact = Fraction(entry.quantity) * entry.rate.value * 100
        assert abs(line.net.minor - exact) <= Fraction(1, 2)


@given(ENTRIES, LEFT)
def test_the_maximum_takes_nothing_from_the_lines_of_the_time(
    entries: list[TimeEntry], left: Money
):
    free = time_lines(entries, milestone="a", as_of=AS_OF)
    capped = time_lines(entries, milestone="a", as_of=AS_OF, left=left)
    assert capped[: len(free)] == free
    assert all(line.net.minor < 0 for line in capped[len(free) :])


@given(ENTRIES)
def test_a_bill_to_a_day_and_one_of_the_rest_are_all_the_time(entries: list[TimeEntry]):
    later = [entry for entry in entries if entry.on > AS_OF]
    rest = time_lines(later, milestone="a", as_of=date.max)
    both = (*time_lines(entries, milestone="a", as_of=AS_OF), *rest)
    assert both == time_lines(entries, milestone="a", as_of=date.max)
