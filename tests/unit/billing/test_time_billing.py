"""Lines that bill time: by day, each rounded once, up to a maximum."""

from datetime import datetime

import attrs
import pytest

from milestone_invoicing import Money, Price, Tax, TimeEntry, time_lines
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    NegativePriceError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)
from tests.unit.bills import eur, may

RATE = Price("62.50", "EUR")
ENTRY = TimeEntry(may(6), 8, RATE, "Audit")


def nets(*quantities: str | int, left: str | int | None = None, rate: Price = RATE) -> list[str]:
    entries = [attrs.evolve(ENTRY, quantity=quantity, rate=rate) for quantity in quantities]
    lines = time_lines(
        entries, milestone="a", as_of=may(31), left=None if left is None else eur(left)
    )
    return [str(line.net.amount) for line in lines]


FINE = Price("0.333", "EUR")
CASES = {
    "8 x 62.50 = 500": (nets(8), ["500.00"]),
    "7.5 x 0.333 = 2.4975, half up 2.50": (nets("7.5", rate=FINE), ["2.50"]),
    "each line by itself: 2 x 0.333 twice": (nets(2, 2, rate=FINE), ["0.67", "0.67"]),
    "without a maximum": (nets(8, 8), ["500.00", "500.00"]),
    "below the maximum": (nets(8, left="500.01"), ["500.00"]),
    "at the maximum": (nets(8, left=500), ["500.00"]),
    "one cent beyond": (nets(8, left="499.99"), ["500.00", "-0.01"]),
    "two entries beyond": (nets(8, 4, left=600), ["500.00", "250.00", "-150.00"]),
    "nothing is left": (nets(8, left=0), ["500.00", "-500.00"]),
    "time taken back": (nets(8, -2, left=375), ["500.00", "-125.00"]),
    "more is taken back than given": (nets(-2, left=0), ["-125.00"]),
    "time that costs nothing": (nets(8, rate=Price(0, "EUR")), ["0.00"]),
    "no entries": (nets(left=5), []),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_lines(found: list[str], expected: list[str]):
    assert found == expected


def test_a_line_says_when_what_how_much_and_for_what():
    tax = Tax.standard(21)
    line, excess = time_lines(
        [ENTRY], milestone="a", as_of=may(6), left=eur(400), tax=tax, beyond="boven het maximum"
    )
    assert line.description == "2026-05-06 Audit"
    assert (line.quantity, line.price, line.unit) == (8, RATE, "hour")
    assert (line.tax, line.milestone) == (tax, "a")
    assert (excess.description, excess.quantity, excess.price) == (
        "boven het maximum",
        -1,
        eur(100),
    )
    assert (excess.tax, excess.milestone) == (tax, "a")


def test_without_tax_it_is_outside_its_scope():
    lines = time_lines([ENTRY], milestone="a", as_of=may(6), left=eur(0))
    assert {line.tax for line in lines} == {Tax.outside_scope()}
    assert lines[1].description == "beyond the agreed maximum"


def test_entries_stand_by_day_and_those_of_one_day_in_their_order():
    entries = [
        attrs.evolve(ENTRY, on=may(day), description=text)
        for day, text in ((8, "c"), (6, "a"), (6, "b"), (9, "d"))
    ]
    lines = time_lines(entries, milestone="a", as_of=may(8))
    assert [line.description for line in lines] == ["2026-05-06 a", "2026-05-06 b", "2026-05-08 c"]


def test_entries_after_the_day_wait():
    assert time_lines([ENTRY], milestone="a", as_of=may(5), left=eur(1)) == ()
    assert len(time_lines([ENTRY], milestone="a", as_of=may(6))) == 1


def test_a_rate_may_be_money_and_the_unit_a_day():
    entry = TimeEntry(may(6), "1.5", eur(700), "Audit", unit="day")
    line = time_lines([entry], milestone="a", as_of=may(6))[0]
    assert (line.net, line.unit) == (eur(1050), "day")


def lines(entries=(ENTRY,), **options):
    return time_lines(entries, **({"milestone": "a", "as_of": may(6)} | options))


DOLLARS = attrs.evolve(ENTRY, rate=Price(1, "USD"), on=may(30))
REFUSED = {
    "a rate below zero": (
        lambda: attrs.evolve(ENTRY, rate=Price("-0.01", "EUR")),
        NegativePriceError,
        "the rate of a time entry is below zero: .* give the quantity the minus sign",
    ),
    "money below zero": (
        lambda: attrs.evolve(ENTRY, rate=eur("-0.01")),
        NegativePriceError,
        "expected zero or more, got EUR -0.01",
    ),
    "a rate without a currency": (
        lambda: attrs.evolve(ENTRY, rate=90),
        WrongTypeError,
        "the rate of a time entry is of the wrong type: expected Price or Money, got 90",
    ),
    "hours as a float": (
        lambda: attrs.evolve(ENTRY, quantity=7.5),
        NumberTypeError,
        "a quantity of time",
    ),
    "a time of day": (
        lambda: attrs.evolve(ENTRY, on=datetime(2026, 5, 6, 9)),
        DateTypeError,
        "the day of a time entry is not a plain date",
    ),
    "nothing done": (
        lambda: attrs.evolve(ENTRY, description=""),
        BlankTextError,
        "the description of a time entry is blank",
    ),
    "a unit that is no text": (
        lambda: attrs.evolve(ENTRY, unit=None),
        WrongTypeError,
        "the unit of a time entry is of the wrong type",
    ),
    "left below zero": (
        lambda: lines(left=eur("-0.01")),
        NumberRangeError,
        "less than nothing is left: expected EUR 0.00 or more, got EUR -0.01",
    ),
    "left without a currency": (lambda: lines(left=5), WrongTypeError, "left is of the wrong type"),
    "left in dollars": (
        lambda: lines(left=Money.of(5, "USD")),
        CurrencyMismatchError,
        "expected USD, got EUR 0.00",
    ),
    "entries in two currencies, one of them later": (
        lambda: lines([ENTRY, DOLLARS]),
        CurrencyMismatchError,
        "expected EUR, got USD 0.00",
    ),
    "no entry": (lambda: lines([8]), WrongTypeError, r"entries\[0\] is of the wrong type"),
    "no collection": (lambda: lines(ENTRY), WrongTypeError, "entries is not a collection"),
    "no milestone": (
        lambda: lines(milestone=""),
        BlankTextError,
        "the key of the milestone is blank",
    ),
    "no day": (lambda: lines(as_of="May"), DateTypeError, "as_of is not a plain date"),
    "no tax": (lambda: lines(tax=21), WrongTypeError, "the tax is of the wrong type"),
    "no words": (
        lambda: lines(beyond=" "),
        BlankTextError,
        "the words for what is too much is blank",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
