"""Prepaid hours drawn down: opening + bought = used + expired + closing, and what is beyond."""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from milestone_invoicing import (
    HoursDrawn,
    Line,
    Period,
    PrepaidHours,
    Price,
    Recurrence,
    RecurrenceRule,
    Tax,
    TimeEntry,
    hours_drawn,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    CurrencyMismatchError,
    DateTypeError,
    NegativePriceError,
    NumberFormatError,
    NumberRangeError,
    NumberTooLargeError,
    NumberTypeError,
    PeriodError,
    UnitMismatchError,
    WrongTypeError,
)
from tests.unit.bills import eur, july, june, may

MONTHLY = Recurrence.monthly(may(1))
RATE = Price("62.50", "EUR")
BUNDLE = PrepaidHours(10, MONTHLY)
ROLLING = PrepaidHours(10, MONTHLY, valid_for=None)
ENTRY = TimeEntry(may(6), 8, RATE, "Support")
END = july(31)


def worked(*hours: tuple[date, int | str]) -> list[TimeEntry]:
    return [attrs.evolve(ENTRY, on=day, quantity=quantity) for day, quantity in hours]


def table(bundle: PrepaidHours, *hours: tuple[date, int | str], as_of: date = END) -> list[str]:
    """Return a row for each period: opening + bought = used + expired + closing, overage."""
    return [
        f"{row.opening} + {row.bought} = {row.used} + {row.expired} + {row.closing}, {row.overage}"
        for row in hours_drawn(bundle, worked(*hours), as_of=as_of)
    ]


CASES = {
    "no roll-over": (
        table(BUNDLE, (may(6), 4), (june(6), 12), (july(6), 10)),
        ["0 + 10 = 4 + 6 + 0, 0", "0 + 10 = 10 + 0 + 0, 2", "0 + 10 = 10 + 0 + 0, 0"],
    ),
    "roll-over without end": (
        table(ROLLING, (june(6), 24), (july(6), 3)),
        ["0 + 10 = 0 + 0 + 10, 0", "10 + 10 = 20 + 0 + 0, 4", "0 + 10 = 3 + 0 + 7, 0"],
    ),
    "valid for two periods": (
        table(attrs.evolve(ROLLING, valid_for=2)),
        ["0 + 10 = 0 + 0 + 10, 0", "10 + 10 = 0 + 10 + 10, 0", "10 + 10 = 0 + 0 + 20, 0"],
    ),
    "the oldest hours first: 4 of May, then none of June": (
        table(attrs.evolve(ROLLING, valid_for=2), (may(6), 6), (june(6), 4)),
        ["0 + 10 = 6 + 0 + 4, 0", "4 + 10 = 4 + 0 + 10, 0", "10 + 10 = 0 + 0 + 20, 0"],
    ),
    "half an hour is of the oldest too": (
        table(attrs.evolve(ROLLING, valid_for=2), (june(6), "0.5"), as_of=july(1)),
        ["0 + 10 = 0 + 0 + 10, 0", "10 + 10 = 0.5 + 9.5 + 10, 0", "10 + 10 = 0 + 0 + 20, 0"],
    ),
    "valid for three periods": (
        table(attrs.evolve(ROLLING, valid_for=3), as_of=date(2026, 8, 1)),
        [
            "0 + 10 = 0 + 0 + 10, 0",
            "10 + 10 = 0 + 0 + 20, 0",
            "20 + 10 = 0 + 10 + 20, 0",
            "20 + 10 = 0 + 0 + 30, 0",
        ],
    ),
    "a cap of 5 a period": (
        table(attrs.evolve(ROLLING, cap=5), (may(6), 3), (june(6), 11)),
        ["0 + 10 = 3 + 2 + 5, 0", "5 + 10 = 11 + 0 + 4, 0", "4 + 10 = 0 + 0 + 14, 0"],
    ),
    "a cap and an end: 3 above 15, then 5 of May and 5 above 15": (
        table(attrs.evolve(ROLLING, valid_for=3, cap=15), (may(6), 2), as_of=date(2026, 8, 1)),
        [
            "0 + 10 = 2 + 0 + 8, 0",
            "8 + 10 = 0 + 3 + 15, 0",
            "15 + 10 = 0 + 10 + 15, 0",
            "15 + 10 = 0 + 0 + 25, 0",
        ],
    ),
    "a cap of zero": (
        table(attrs.evolve(ROLLING, cap=0), as_of=june(1)),
        ["0 + 10 = 0 + 10 + 0, 0", "0 + 10 = 0 + 0 + 10, 0"],
    ),
    "on the last day of a period its hours are still there": (
        table(BUNDLE, as_of=may(31)),
        ["0 + 10 = 0 + 0 + 10, 0"],
    ),
    "on the day after they are not": (
        table(BUNDLE, as_of=june(1)),
        ["0 + 10 = 0 + 10 + 0, 0", "0 + 10 = 0 + 0 + 10, 0"],
    ),
    "time of the day itself counts": (
        table(BUNDLE, (may(6), 4), (may(7), 5), as_of=may(6)),
        ["0 + 10 = 4 + 0 + 6, 0"],
    ),
    "on the last day, and on the first of the next": (
        table(BUNDLE, (may(31), 4), (june(1), 5), as_of=june(1)),
        ["0 + 10 = 4 + 6 + 0, 0", "0 + 10 = 5 + 0 + 5, 0"],
    ),
    "what is left later does not pay for what was beyond before": (
        table(ROLLING, (may(6), 12), as_of=june(1)),
        ["0 + 10 = 10 + 0 + 0, 2", "0 + 10 = 0 + 0 + 10, 0"],
    ),
    "time taken back lessens what is beyond first": (
        table(BUNDLE, (may(6), 12), (may(7), -3), as_of=may(7)),
        ["0 + 10 = 9 + 0 + 1, 0"],
    ),
    "what is taken back joins the youngest of 9 + 10 + 10, 13, as the 9 lapse": (
        table(attrs.evolve(ROLLING, valid_for=3), (may(6), 1), (july(6), -3), as_of=july(31)),
        ["0 + 10 = 1 + 0 + 9, 0", "9 + 10 = 0 + 0 + 19, 0", "19 + 10 = -3 + 0 + 32, 0"],
    ),
    "more is taken back than worked": (
        table(attrs.evolve(ROLLING, valid_for=2), (june(6), -3), as_of=july(1)),
        ["0 + 10 = 0 + 0 + 10, 0", "10 + 10 = -3 + 10 + 13, 0", "13 + 10 = 0 + 0 + 23, 0"],
    ),
    "quarters of an hour": (
        table(PrepaidHours("2.5", MONTHLY), (may(6), "0.75"), (may(7), "2"), as_of=may(7)),
        ["0 + 2.5 = 2.5 + 0 + 0, 0.25"],
    ),
    "before the first period": (table(BUNDLE, (may(6), 4), as_of=date(2026, 4, 30)), []),
    "on the first day": (table(BUNDLE, as_of=may(1)), ["0 + 10 = 0 + 0 + 10, 0"]),
    "one bundle for good": (
        table(PrepaidHours(10, Recurrence.yearly(may(1), times=1)), (june(6), 4), as_of=END),
        ["0 + 10 = 4 + 0 + 6, 0"],
    ),
    "after its last day": (
        table(PrepaidHours(10, Recurrence.yearly(may(1), times=1)), as_of=date(2027, 5, 1)),
        ["0 + 10 = 0 + 10 + 0, 0"],
    ),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_periods(found: list[str], expected: list[str]):
    assert found == expected


def overage(bundle: PrepaidHours, *hours: tuple[date, int | str]) -> list[str]:
    rows = hours_drawn(bundle, worked(*hours), as_of=END)
    return [
        f"{line.description}: {line.quantity} = {line.net.amount}"
        for row in rows
        for line in row.lines
    ]


LINES = {
    "the entry that goes beyond, by its part": (
        overage(BUNDLE, (may(6), 8), (may(7), "3.5")),
        ["2026-05-07 Support: 1.5 = 93.75"],
    ),
    "by day, whatever the order they come in": (
        overage(BUNDLE, (may(7), "3.5"), (may(6), 8)),
        ["2026-05-07 Support: 1.5 = 93.75"],
    ),
    "all of the next one": (
        overage(BUNDLE, (may(6), 11), (may(8), 2)),
        ["2026-05-06 Support: 1 = 62.50", "2026-05-08 Support: 2 = 125.00"],
    ),
    "taken back: 12, then -3 is -2 of overage": (
        overage(BUNDLE, (may(6), 12), (may(7), -3)),
        ["2026-05-06 Support: 2 = 125.00", "2026-05-07 Support: -2 = -125.00"],
    ),
    "at a rate of its own, half up: 0.25 x 0.50": (
        overage(attrs.evolve(BUNDLE, rate=eur("0.50")), (may(6), "10.25")),
        ["2026-05-06 Support: 0.25 = 0.13"],
    ),
    "of two periods": (
        overage(BUNDLE, (may(6), 11), (june(6), 12)),
        ["2026-05-06 Support: 1 = 62.50", "2026-06-06 Support: 2 = 125.00"],
    ),
    "to the last hour": (overage(BUNDLE, (may(6), 10)), []),
}


@pytest.mark.parametrize(("found", "expected"), LINES.values(), ids=LINES)
def test_overage(found: list[str], expected: list[str]):
    assert found == expected


def test_a_row_has_its_period_and_the_lines_that_bill_it():
    tax = Tax.standard(21)
    bundle = attrs.evolve(BUNDLE, unit="HUR", rate=eur(80))
    entry = attrs.evolve(ENTRY, quantity=12, unit="HUR")
    (row,) = hours_drawn(bundle, [entry], as_of=may(6), tax=tax)
    assert row == HoursDrawn(
        period=Period(may(1), june(1)),
        opening=Decimal(0),
        bought=Decimal(10),
        used=Decimal(10),
        expired=Decimal(0),
        closing=Decimal(0),
        overage=Decimal(2),
        lines=(Line("2026-05-06 Support", 2, eur(80), unit="HUR", tax=tax),),
    )


def test_overage_at_one_rate_asks_for_no_currency_of_the_entries():
    dollars = attrs.evolve(ENTRY, rate=Price(1, "USD"), quantity=12)
    bundle = attrs.evolve(BUNDLE, rate=RATE)
    rows = hours_drawn(bundle, [ENTRY, dollars], as_of=may(6))
    assert rows[0].lines[0].net == eur(625)
    assert rows[0].lines[0].tax == Tax.outside_scope()


def drawn(entries=(ENTRY,), bundle=BUNDLE, **options):
    return hours_drawn(bundle, entries, **({"as_of": may(6)} | options))


HUGE = attrs.evolve(ENTRY, quantity=10**3999 * 9)
REFUSED = {
    "no hours": (
        lambda: PrepaidHours(0, MONTHLY),
        NumberRangeError,
        "a bundle has no hours: expected above zero, got Decimal",
    ),
    "hours as a float": (
        lambda: PrepaidHours(7.5, MONTHLY),
        NumberTypeError,
        "a quantity of prepaid hours is not an exact number",
    ),
    "hours in words": (lambda: PrepaidHours("ten", MONTHLY), NumberFormatError, "does not read"),
    "no recurrence": (
        lambda: PrepaidHours(10, may(1)),
        WrongTypeError,
        "the recurrence of prepaid hours is of the wrong type",
    ),
    "a rate below zero": (
        lambda: attrs.evolve(BUNDLE, rate=Price("-0.01", "EUR")),
        NegativePriceError,
        "the rate of hours beyond is below zero: expected zero or more, got EUR -0.01; leave the",
    ),
    "a rate without a currency": (
        lambda: attrs.evolve(BUNDLE, rate=90),
        WrongTypeError,
        "the rate of hours beyond is of the wrong type",
    ),
    "valid for no period": (
        lambda: attrs.evolve(BUNDLE, valid_for=0),
        NumberRangeError,
        "the periods that hours are valid for is too small: expected 1 or more",
    ),
    "valid for half a period": (
        lambda: attrs.evolve(BUNDLE, valid_for="0.5"),
        NumberTypeError,
        "the periods that hours are valid for is not a whole number",
    ),
    "a cap below zero": (
        lambda: attrs.evolve(ROLLING, cap="-0.01"),
        NumberRangeError,
        "fewer hours than none roll over: expected zero or more",
    ),
    "a cap without roll-over": (
        lambda: attrs.evolve(BUNDLE, cap=5),
        ArgumentsError,
        "hours that do not roll over have a cap: expected valid_for above 1, or no cap",
    ),
    "a unit that is no text": (
        lambda: attrs.evolve(BUNDLE, unit=None),
        WrongTypeError,
        "the unit of prepaid hours is of the wrong type",
    ),
    "time before the first period": (
        lambda: drawn(worked((date(2026, 4, 30), 1))),
        PeriodError,
        "outside the periods of prepaid hours: .* got 2026-04-30; bill it with time_lines",
    ),
    "time after the last period": (
        lambda: drawn(
            worked((june(1), 1)),
            attrs.evolve(BUNDLE, every=attrs.evolve(MONTHLY, times=1)),
            as_of=END,
        ),
        PeriodError,
        "time was worked outside the periods of prepaid hours: .* got 2026-06-01",
    ),
    "time before any period has begun": (
        lambda: drawn(worked((date(2026, 4, 1), 1)), as_of=date(2026, 4, 2)),
        PeriodError,
        "expected a day of one of them, got 2026-04-01",
    ),
    "time in days": (
        lambda: drawn([attrs.evolve(ENTRY, unit="day")]),
        UnitMismatchError,
        "time is in another unit than the prepaid hours: expected 'hour', got 'day'",
    ),
    "overage in two currencies, one of them later": (
        lambda: drawn([ENTRY, attrs.evolve(ENTRY, rate=Price(1, "USD"), on=may(30))]),
        CurrencyMismatchError,
        "expected EUR, got USD 0.00",
    ),
    "a sum of too many digits": (
        lambda: drawn([HUGE, HUGE]),
        NumberTooLargeError,
        "a quantity of prepaid hours is too large",
    ),
    "no bundle": (
        lambda: drawn(bundle=10),
        WrongTypeError,
        "the prepaid hours is of the wrong type",
    ),
    "no entry": (lambda: drawn([8]), WrongTypeError, r"entries\[0\] is of the wrong type"),
    "no tax": (lambda: drawn(tax=21), WrongTypeError, "the tax is of the wrong type"),
    "a time of day": (
        lambda: drawn(as_of=datetime(2026, 5, 6, 9)),
        DateTypeError,
        "as_of is not a plain date",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_hours_are_bought_for_each_period_of_a_rule():
    # Second Tuesdays: 12 May, 9 June and 14 July 2026.
    bundle = PrepaidHours(10, RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU", may(1)))
    rows = hours_drawn(bundle, worked((may(12), 4), (june(9), 12)), as_of=july(13))
    assert [str(row.period) for row in rows] == [
        "2026-05-12 to 2026-06-08",
        "2026-06-09 to 2026-07-13",
    ]
    assert [(str(row.used), str(row.overage)) for row in rows] == [("4", "0"), ("10", "2")]
