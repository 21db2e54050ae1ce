"""What is timed: each work as done here, by other money libraries, and by bare integers.

Every contender of a work computes the same result from values that are built beforehand.
"""

import pickle
from decimal import ROUND_HALF_UP, Decimal

import kudi
import moneyed
import moneytender
import prices
import stockholm
from babel.numbers import format_currency

from milestone_invoicing import (
    Currency,
    Money,
    Percent,
    Rounding,
    allocate,
    split_evenly,
)
from milestone_invoicing.display import format_money
from tests.benchmarks.ratios import OURS, Work

EUR = Currency.of("EUR")
A, B = Money(12_345, EUR), Money(6_789, EUR)
SAME = Money(12_345, EUR)
D_A, D_B = Decimal("123.45"), Decimal("67.89")
MONEYED_A, MONEYED_B = moneyed.Money(D_A, moneyed.EUR), moneyed.Money(D_B, moneyed.EUR)
MONEYED_SAME = moneyed.Money(Decimal("123.45"), moneyed.EUR)
PRICES_A, PRICES_B = prices.Money(D_A, "EUR"), prices.Money(D_B, "EUR")
STOCKHOLM_A, STOCKHOLM_B = stockholm.Money(D_A, "EUR"), stockholm.Money(D_B, "EUR")
KUDI = kudi.Money(18_433_337, "EUR")
TOTAL = Money(18_433_337, EUR)
TENDER = moneytender.Money.from_minor(18_433_337, "EUR")
HALF_UP = Rounding.HALF_UP
PERCENT, FACTOR, CENT = Percent("8.25"), Decimal("0.0825"), Decimal("0.01")
MANY = [Money(minor, EUR) for minor in range(1000)]
MANY_PRICES = [prices.Money(Decimal(minor) / 100, "EUR") for minor in range(1000)]
MANY_INTS = list(range(1000))
KUDI_MANY = [kudi.Money(minor, "EUR") for minor in range(1000)]


def int_loop() -> int:
    """Add the bare integers up one by one."""
    total = 0
    for minor in MANY_INTS:
        total += minor
    return total


def prices_total() -> prices.Money:
    """Add the amounts up as prices does it."""
    return sum(MANY_PRICES[1:], MANY_PRICES[0])


def weights(number: int) -> tuple[int, ...]:
    """Return weights such as the amounts of invoice lines, in cents, that divide nothing evenly."""
    return tuple(1 + (7919 * index) % 100_003 for index in range(number))


def int_comprehension(total: int, chosen: tuple[int, ...]) -> list[int]:
    """Divide bare integers: each part rounded down, and nothing that is left over given out."""
    whole = sum(chosen)
    return [total * weight // whole for weight in chosen]


def allocation(number: int, kudi_goal: float, int_goal: float) -> Work:
    """Return the split of one total by *number* weights."""
    chosen = weights(number)
    return Work(
        f"allocate over {number} weights",
        {
            OURS: lambda: allocate(TOTAL, chosen),
            "kudi": lambda: KUDI.allocate(*chosen),
            "integers": lambda: int_comprehension(TOTAL.minor, chosen),
        },
        {"kudi": kudi_goal, "integers": int_goal},
    )


def even_split(number: int, goal: float) -> Work:
    """Return the split of one total into *number* equal parts."""
    return Work(
        f"split_evenly over {number}",
        {OURS: lambda: split_evenly(TOTAL, number), "moneytender": lambda: TENDER.split(number)},
        {"moneytender": goal},
    )


WORKS = (
    Work(
        "add",
        {
            OURS: lambda: A + B,
            "py-moneyed": lambda: MONEYED_A + MONEYED_B,
            "prices": lambda: PRICES_A + PRICES_B,
            "stockholm": lambda: STOCKHOLM_A + STOCKHOLM_B,
        },
        {"py-moneyed": 0.42, "prices": 0.70},
    ),
    Work(
        "construct from minor units",
        {OURS: lambda: Money(12_345, EUR), "py-moneyed": lambda: moneyed.Money(D_A, moneyed.EUR)},
        {"py-moneyed": 1.4},
    ),
    Work(
        "construct from a text",
        {
            OURS: lambda: Money.of("123.45", "EUR"),
            "py-moneyed": lambda: moneyed.Money("123.45", "EUR"),
        },
        {"py-moneyed": 1.5},
    ),
    Work(
        "equality",
        {OURS: lambda: A == SAME, "py-moneyed": lambda: MONEYED_A == MONEYED_SAME},
        {"py-moneyed": 0.9},
    ),
    Work(
        "ordering",
        {OURS: lambda: A < B, "py-moneyed": lambda: MONEYED_A < MONEYED_B},
        {"py-moneyed": 0.9},
    ),
    Work(
        "hash",
        {OURS: lambda: hash(A), "py-moneyed": lambda: hash(MONEYED_A)},
        {"py-moneyed": 0.9},
    ),
    Work(
        "times a Percent, rounded",
        {
            OURS: lambda: A.times(PERCENT, rounding=HALF_UP),
            "prices": lambda: (PRICES_A * FACTOR).quantize(CENT, ROUND_HALF_UP),
        },
        {"prices": 0.40},
    ),
    Work(
        "times a Decimal, rounded",
        {
            OURS: lambda: A.times(FACTOR, rounding=HALF_UP),
            "prices": lambda: (PRICES_A * FACTOR).quantize(CENT, ROUND_HALF_UP),
        },
        {"prices": 0.60},
    ),
    Work(
        "total of 1,000",
        {
            OURS: lambda: Money.total(MANY, currency="EUR"),
            "prices": prices_total,
            "integers": int_loop,
        },
        {"prices": 0.10, "integers": 1.65},
    ),
    allocation(3, 0.60, 3.5),
    allocation(12, 0.60, 6.0),
    allocation(1000, 0.42, 6.0),
    even_split(12, 0.25),
    even_split(1000, 0.10),
    Work(
        "format_money, seen before",
        {
            OURS: lambda: format_money(A, locale="nl_NL"),
            "babel": lambda: format_currency(D_A, "EUR", locale="nl_NL"),
        },
        {"babel": 0.075},
    ),
    Work(
        "pickle 1,000",
        {OURS: lambda: pickle.dumps(MANY, 5), "kudi": lambda: pickle.dumps(KUDI_MANY, 5)},
        {"kudi": 0.65},
    ),
)
