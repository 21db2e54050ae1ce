"""The speed of document totals: ``python -m pytest tests/benchmarks/bench_totals.py``.

``ratios.py`` says how it is timed. Every contender adds up the same ten lines of two tax rates, the
tax once per rate, and returns what is payable. Ours starts from the lines of an invoice, which know
their net amounts once they were asked for; the others multiply quantity and price.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import moneyed
import prices
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from milestone_invoicing import Line, Money, Tax
from milestone_invoicing.billing.document.totals import totals_of
from milestone_invoicing.money import Currency
from tests.benchmarks.ratios import OURS, Work, print_ratios, time_turn, turns

EUR, CENT = Currency.of("EUR"), Decimal("0.01")
TAXES = {9: Tax.standard(9), 21: Tax.standard(21)}
ROWS = tuple((number, 1999 + 137 * number, 21 if number % 2 else 9) for number in range(1, 11))
LINES = tuple(Line("Work", many, Money(minor, EUR), tax=TAXES[rate]) for many, minor, rate in ROWS)
PRICED = tuple((n, prices.Money(Decimal(p) / 100, "EUR"), Decimal(r) / 100) for n, p, r in ROWS)
MONEYED = tuple((n, moneyed.Money(Decimal(p) / 100, "EUR"), Decimal(r) / 100) for n, p, r in ROWS)


def integers() -> int:
    """Add bare integers up, each line and each tax rounded half up."""
    sums: dict[int, int] = {}
    for many, minor, rate in ROWS:
        sums[rate] = sums.get(rate, 0) + (2 * many * minor + 1) // 2
    payable = 0
    for rate, base in sums.items():
        payable += base + (2 * base * rate + 100) // 200
    return payable


def by_rate(rows: tuple[Any, ...], rounded: Callable[[Any], Any]) -> Any:
    """Add amounts of another library up."""
    sums: dict[Decimal, Any] = {}
    for many, price, rate in rows:
        net = rounded(price * many)
        sums[rate] = sums[rate] + net if rate in sums else net
    grosses = [base + rounded(base * rate) for rate, base in sums.items()]
    return sum(grosses[1:], grosses[0])


def in_prices() -> prices.Money:
    """Add up as prices does it."""
    return by_rate(PRICED, lambda amount: amount.quantize(CENT, ROUND_HALF_UP))


def in_moneyed() -> moneyed.Money:
    """Add up as py-moneyed does it."""
    return by_rate(MONEYED, lambda amount: amount.round(2))


WORKS = (
    Work(
        "totals of ten lines, two rates",
        {
            OURS: lambda: totals_of(LINES).payable,
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
        found = [work.contenders[name]() for name in (OURS, "prices", "py-moneyed")]
        assert {amount.amount for amount in found} == {Decimal(integers()) / 100}


def test_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the ratios."""
    with capsys.disabled():
        print_ratios(WORKS)
