"""The speed of document totals: ``python -m pytest tests/benchmarks/bench_totals.py``.

``ratios.py`` says how it is timed. Every contender adds up the same ten lines of two tax rates, the
tax once per rate, and returns the total without tax, the tax and the total with it. Ours starts
from the lines of an invoice, which know their net amounts once they were asked for; the others
multiply quantity and price.
"""

from decimal import ROUND_HALF_UP, Decimal

import moneyed
import prices
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from milestone_invoicing import Line, Money, Tax
from milestone_invoicing.billing.document.totals import totals_of
from milestone_invoicing.money import Currency
from tests.benchmarks.ratios import OURS, Work, print_ratios, time_turn, turns

EUR, CENT = Currency.of("EUR"), Decimal("0.01")
NOTHING = prices.Money(Decimal(0), "EUR")
TAXES = {9: Tax.standard(9), 21: Tax.standard(21)}
ROWS = tuple((number, 1999 + 137 * number, 21 if number % 2 else 9) for number in range(1, 11))
LINES = tuple(Line("Work", many, Money(minor, EUR), tax=TAXES[rate]) for many, minor, rate in ROWS)
PRICED = tuple((n, prices.Money(Decimal(p) / 100, "EUR"), Decimal(r) / 100) for n, p, r in ROWS)
MONEYED = tuple((n, moneyed.Money(Decimal(p) / 100, "EUR"), Decimal(r) / 100) for n, p, r in ROWS)


def ours() -> tuple[Money, Money, Money]:
    """Add up as an invoice does it."""
    found = totals_of(LINES)
    return found.tax_exclusive, found.tax, found.payable


def integers() -> tuple[int, int, int]:
    """Add bare integers up, each line and each tax rounded half up."""
    sums: dict[int, int] = {}
    for many, minor, rate in ROWS:
        sums[rate] = sums.get(rate, 0) + (2 * many * minor + 1) // 2
    net = tax = 0
    for rate, base in sums.items():
        net += base
        tax += (2 * base * rate + 100) // 200
    return net, tax, net + tax


def in_prices() -> tuple[prices.Money, prices.Money, prices.Money]:
    """Add up with the taxed amounts of prices, which hold net and gross."""
    sums: dict[Decimal, prices.Money] = {}
    for many, price, rate in PRICED:
        net = (price * many).quantize(CENT, ROUND_HALF_UP)
        sums[rate] = sums[rate] + net if rate in sums else net
    total = prices.TaxedMoney(NOTHING, NOTHING)
    for rate, base in sums.items():
        tax = (base * rate).quantize(CENT, ROUND_HALF_UP)
        total += prices.TaxedMoney(base, base + tax)
    return total.net, total.tax, total.gross


def in_moneyed() -> tuple[moneyed.Money, moneyed.Money, moneyed.Money]:
    """Add up as py-moneyed does it, which has no amounts with tax."""
    sums: dict[Decimal, moneyed.Money] = {}
    for many, price, rate in MONEYED:
        net = (price * many).round(2)
        sums[rate] = sums[rate] + net if rate in sums else net
    net = tax = moneyed.Money(0, "EUR")
    for rate, base in sums.items():
        net += base
        tax += (base * rate).round(2)
    return net, tax, net + tax


WORKS = (
    Work(
        "totals of ten lines, two rates",
        {
            OURS: ours,
            "prices": in_prices,
            "py-moneyed": in_moneyed,
            "integers": integers,
        },
        {"prices": 0.12, "py-moneyed": 0.08, "integers": 4.5},
    ),
)


@turns(WORKS)
def test_speed(benchmark: BenchmarkFixture, turn: int, work: Work, contender: str) -> None:
    """Time one contender for one turn."""
    time_turn(benchmark, work, contender)


def test_contenders_agree() -> None:
    """Compare what they compute, so that a faster one is not another one."""
    for work in WORKS:
        exact = tuple(Decimal(minor) / 100 for minor in integers())
        found = [work.contenders[name]() for name in (OURS, "prices", "py-moneyed")]
        assert all(tuple(amount.amount for amount in each) == exact for each in found)


def test_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the ratios."""
    with capsys.disabled():
        print_ratios(WORKS)
