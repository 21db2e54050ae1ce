"""Fees for periods: whole, by days, by months of thirty days, or whole once started."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from milestone_invoicing import (
    Line,
    Period,
    Proration,
    Recurrence,
    RecurrenceRule,
    RecurrenceUnit,
    Recurring,
    Retainer,
    Tax,
    retainer_lines,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    DateRangeError,
    DateTypeError,
    NegativePriceError,
    PeriodError,
    WrongTypeError,
)
from tests.unit.bills import eur, june, may

ACTUAL, THIRTY, NONE = Proration.ACTUAL_DAYS, Proration.THIRTY_DAYS, Proration.NONE
MONTHLY = Recurrence.monthly(may(1))
SUPPORT = Retainer("Support", eur(900), MONTHLY)
MAY, JUNE = Period(may(1), june(1)), Period(june(1), date(2026, 7, 1))
MAY_AND_JUNE = Period(MAY.start, JUNE.end)


def cost(
    first: date | None,
    last: date | None,
    days: Period = MAY,
    proration: Proration = ACTUAL,
    every: Recurring = MONTHLY,
    *,
    fee: int | str = 900,
) -> list[str]:
    retainer = Retainer("S", eur(fee), every, first=first, last=last, proration=proration)
    return [str(line.net.amount) for line in retainer_lines(retainer, days)]


# 31 March, 30 April, 29 May and 30 June 2026 are the last business days of their months.
BUSINESS_MONTHS = RecurrenceRule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 3, 15))
FEBRUARY = Period(date(2027, 2, 1), date(2027, 3, 1))
YEAR = Recurrence.monthly(date(2027, 1, 1))
QUARTERS = Recurrence.quarterly(date(2027, 1, 1))
MONTH_ENDS = Recurrence.monthly(date(2027, 1, 31))
ENDS_OF_FEBRUARY = Recurrence.monthly(date(2027, 2, 28), day=31)
QUARTER = Period(date(2027, 1, 1), date(2027, 4, 1))
CASES = {
    "a whole month": (cost(None, None), ["900.00"]),
    # From 30 April to 28 May, the last business days: 28 days of it in May, then 3 of 32.
    "by a rule: 900 x 28 / 29 and 900 x 3 / 32": (
        cost(None, None, every=BUSINESS_MONTHS),
        ["868.97", "84.38"],
    ),
    "by a rule from its first day: whole": (
        cost(None, None, Period(date(2026, 3, 1), may(1)), every=BUSINESS_MONTHS),
        ["900.00", "31.03"],
    ),
    "two months": (cost(None, None, MAY_AND_JUNE), ["900.00", "900.00"]),
    "900 x 22 / 31 = 638.71": (cost(may(10), None), ["638.71"]),
    "900 x 10 / 31 = 290.32": (cost(None, may(10)), ["290.32"]),
    "900 x 11 / 31 = 319.35": (cost(may(10), may(20)), ["319.35"]),
    "one day, 900 / 31 = 29.03": (cost(may(10), may(10)), ["29.03"]),
    "from the last day of May": (cost(may(31), None, MAY_AND_JUNE), ["29.03", "900.00"]),
    "from the first day of June": (cost(june(1), None, MAY_AND_JUNE), ["900.00"]),
    "to the last day of May": (cost(None, may(31), MAY_AND_JUNE), ["900.00"]),
    "to the first day of June, 900 / 30": (cost(None, june(1), MAY_AND_JUNE), ["900.00", "30.00"]),
    "0.01 x 1 / 2 weeks, half up": (
        cost(may(8), None, MAY, every=Recurrence.two_weekly(may(1), times=1), fee="0.01"),
        ["0.01"],
    ),
    "by weeks, 70 x 4 / 7": (
        cost(may(4), None, Period(may(1), may(8)), every=Recurrence.weekly(may(1)), fee=70),
        ["40.00"],
    ),
    "the second half is what the first leaves: 0.01 x 3 / 6": (
        cost(None, None, Period(may(4), may(8)), every=Recurrence.weekly(may(1)), fee="0.01"),
        ["0.01"],
    ),
    "thirty days: 900 x 21 / 30, the 31st is free": (
        cost(may(10), None, proration=THIRTY),
        ["630.00"],
    ),
    "thirty days: to the 30th is all": (cost(None, may(30), proration=THIRTY), ["900.00"]),
    "thirty days: to the 29th": (cost(None, may(29), proration=THIRTY), ["870.00"]),
    "thirty days: the 31st alone": (cost(may(31), None, proration=THIRTY), ["0.00"]),
    "thirty days: 900 x 27 / 30 to 27 February": (
        cost(None, date(2027, 2, 27), FEBRUARY, THIRTY, YEAR),
        ["810.00"],
    ),
    "thirty days: the last of February counts three": (
        cost(date(2027, 2, 28), None, FEBRUARY, THIRTY, YEAR),
        ["90.00"],
    ),
    "thirty days: 900 x 45 / 90 from 16 February": (
        cost(date(2027, 2, 16), None, QUARTER, THIRTY, QUARTERS),
        ["450.00"],
    ),
    "actual days: 900 x 44 / 90 from 16 February": (
        cost(date(2027, 2, 16), None, QUARTER, ACTUAL, QUARTERS),
        ["440.00"],
    ),
    "thirty days: 31 January to 27 February is a month": (
        cost(None, date(2027, 2, 27), QUARTER, THIRTY, MONTH_ENDS),
        ["900.00"],
    ),
    "thirty days: 28 February to 30 March is a month": (
        cost(None, date(2027, 3, 30), QUARTER, THIRTY, ENDS_OF_FEBRUARY),
        ["900.00"],
    ),
    "thirty days: from 1 March of a month from 28 February, 29 days": (
        cost(date(2027, 3, 1), date(2027, 3, 30), QUARTER, THIRTY, ENDS_OF_FEBRUARY),
        ["870.00"],
    ),
    "thirty days: in the last whole month that there is": (
        cost(
            None,
            date(9999, 11, 15),
            Period(date(9999, 11, 1), date(9999, 12, 1)),
            THIRTY,
            Recurrence.monthly(date(9999, 11, 1)),
        ),
        ["450.00"],
    ),
    "none: a day is a month": (cost(may(31), None, proration=NONE), ["900.00"]),
    "none: a day of each": (cost(may(31), june(1), MAY_AND_JUNE, NONE), ["900.00", "900.00"]),
    "none: from the first day of use": (
        cost(may(10), None, Period(may(1), may(11)), NONE),
        ["900.00"],
    ),
    "none: before the first day of use": (cost(may(10), None, Period(may(1), may(10)), NONE), []),
    "none: after the first day of use": (cost(may(10), None, Period(may(11), june(1)), NONE), []),
    "days before the retainer": (cost(june(1), None, MAY), []),
    "days after the retainer": (cost(None, may(31), JUNE), []),
    "periods that have ended": (
        cost(None, None, MAY_AND_JUNE, every=Recurrence.monthly(may(1), times=1)),
        ["900.00"],
    ),
    "days after the last period": (
        cost(None, None, JUNE, every=Recurrence.monthly(may(1), times=1)),
        [],
    ),
    "a fee of zero": (cost(may(10), None, fee=0), ["0.00"]),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_lines(found: list[str], expected: list[str]):
    assert found == expected


@pytest.mark.parametrize("proration", Proration, ids=str)
def test_day_by_day_a_month_costs_the_fee(proration: Proration):
    retainer = attrs.evolve(SUPPORT, fee=eur("100.01"), proration=proration)
    days = (may(1) + timedelta(n) for n in range(31))
    lines = [line for day in days for line in retainer_lines(retainer, Period.through(day, day))]
    assert sum(line.net for line in lines) == eur("100.01")
    assert len(lines) == (1 if proration is NONE else 31)


def test_a_line_says_for_which_days_it_is_and_how_many_of_how_many():
    retainer = attrs.evolve(SUPPORT, first=may(10))
    tax = Tax.standard(21)
    part, whole = retainer_lines(retainer, MAY_AND_JUNE, tax=tax)
    assert part == Line(
        "Support 2026-05-10 - 2026-05-31 (22/31)",
        1,
        eur("638.71"),
        tax=tax,
        period=Period.through(may(10), may(31)),
    )
    assert whole == Line(
        "Support 2026-06-01 - 2026-06-30",
        1,
        eur(900),
        tax=tax,
        period=Period.through(june(1), june(30)),
    )


WORDS = {
    "to the day that is billed": (
        ACTUAL,
        Period(may(1), may(12)),
        "2026-05-10 - 2026-05-11 (2/31)",
    ),
    "months of thirty days": (THIRTY, MAY, "2026-05-10 - 2026-05-31 (21/30)"),
    "started and charged whole": (NONE, Period(may(1), may(12)), "2026-05-10 - 2026-05-31"),
}


@pytest.mark.parametrize(("proration", "days", "words"), WORDS.values(), ids=WORDS)
def test_words(proration: Proration, days: Period, words: str):
    (line,) = retainer_lines(attrs.evolve(SUPPORT, first=may(10), proration=proration), days)
    assert line.description == f"Support {words}"
    assert line.tax == Tax.outside_scope()


def test_charged_whole_it_names_the_days_up_to_the_last():
    retainer = attrs.evolve(SUPPORT, last=may(3), proration=NONE)
    (line,) = retainer_lines(retainer, MAY)
    assert (line.description, line.net) == ("Support 2026-05-01 - 2026-05-03", eur(900))


def test_what_was_billed_ahead_and_is_not_used_is_what_those_days_cost():
    used = retainer_lines(attrs.evolve(SUPPORT, last=may(20)), MAY)[0].net
    (unused,) = retainer_lines(SUPPORT, Period(may(21), june(1)))
    assert used + unused.net == eur(900)


LAST = Recurrence.monthly(date(9999, 12, 1))
REFUSED = {
    "no description": (
        lambda: attrs.evolve(SUPPORT, description=" "),
        BlankTextError,
        "the description of a retainer is blank",
    ),
    "a fee below zero": (
        lambda: attrs.evolve(SUPPORT, fee=eur("-0.01")),
        NegativePriceError,
        "the fee of a retainer is below zero: expected zero or more, got EUR -0.01; credit what",
    ),
    "a fee without a currency": (
        lambda: attrs.evolve(SUPPORT, fee=900),
        WrongTypeError,
        "the fee of a retainer is of the wrong type: expected Money, got 900",
    ),
    "no recurrence": (
        lambda: attrs.evolve(SUPPORT, every=MAY),
        WrongTypeError,
        "the recurrence of a retainer is of the wrong type",
    ),
    "no proration": (
        lambda: attrs.evolve(SUPPORT, proration=None),
        WrongTypeError,
        "the proration of a retainer is of the wrong type",
    ),
    "weeks of thirty days": (
        lambda: Retainer(
            "S", eur(1), Recurrence(may(1), 4, RecurrenceUnit.WEEKS), proration=THIRTY
        ),
        ArgumentsError,
        "weeks have no months of thirty days: expected another proration, or periods of months",
    ),
    "a rule of thirty days": (
        lambda: attrs.evolve(SUPPORT, every=BUSINESS_MONTHS, proration=THIRTY),
        ArgumentsError,
        "rules have no months of thirty days: expected another proration, or periods of months",
    ),
    "a first day before the first of a rule": (
        lambda: attrs.evolve(SUPPORT, every=BUSINESS_MONTHS, first=date(2026, 3, 30)),
        PeriodError,
        "a retainer begins or ends outside its periods: expected a day of one of them, got",
    ),
    "a first day with a time": (
        lambda: attrs.evolve(SUPPORT, first=datetime(2026, 5, 1, 9)),
        DateTypeError,
        "the first day of a retainer is not a plain date",
    ),
    "a last day as text": (
        lambda: attrs.evolve(SUPPORT, last="2026-05-31"),
        DateTypeError,
        "the last day of a retainer is not a plain date",
    ),
    "the last day before the first": (
        lambda: attrs.evolve(SUPPORT, first=may(2), last=may(1)),
        PeriodError,
        "a retainer ends before it begins: expected 2026-05-02 or later, got 2026-05-01",
    ),
    "the last day before the first period": (
        lambda: attrs.evolve(SUPPORT, last=date(2026, 4, 30)),
        PeriodError,
        "a retainer ends before it begins: expected 2026-05-01 or later",
    ),
    "the first day before the first period": (
        lambda: attrs.evolve(SUPPORT, first=date(2026, 4, 30)),
        PeriodError,
        "outside its periods: expected a day of one of them, got 2026-04-30",
    ),
    "the last day after the last period": (
        lambda: attrs.evolve(SUPPORT, every=attrs.evolve(MONTHLY, times=1), last=june(1)),
        PeriodError,
        "outside its periods: expected a day of one of them, got 2026-06-01",
    ),
    "a period beyond the last date": (
        lambda: attrs.evolve(SUPPORT, every=LAST),
        DateRangeError,
        "a recurrence goes beyond the last date",
    ),
    "no retainer": (
        lambda: retainer_lines("Support", MAY),
        WrongTypeError,
        "the retainer is of the wrong type",
    ),
    "a day where days are asked for": (
        lambda: retainer_lines(SUPPORT, may(1)),
        WrongTypeError,
        "the days to bill is of the wrong type: expected Period",
    ),
    "no tax": (
        lambda: retainer_lines(SUPPORT, MAY, tax=21),
        WrongTypeError,
        "the tax is of the wrong type",
    ),
    "days up to the last date": (
        lambda: retainer_lines(SUPPORT, Period(may(1), date.max)),
        DateRangeError,
        "a recurrence goes beyond the last date",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
