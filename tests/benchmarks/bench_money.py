"""The speed of money against its peers: ``python -m pytest tests/benchmarks/bench_money.py``.

``ratios.py`` says how it is timed. ``docs/explanation/performance.md`` holds the figures of one
run.
"""

import pickle
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from milestone_invoicing import Money
from tests.benchmarks.ratios import Work, print_ratios, time_turn, turns
from tests.benchmarks.works import WORKS


@turns(WORKS)
def test_speed(benchmark: BenchmarkFixture, turn: int, work: Work, contender: str) -> None:
    """Time one contender for one turn."""
    time_turn(benchmark, work, contender)


def test_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the ratios, and the sizes."""
    with capsys.disabled():
        print_ratios(WORKS)
        print(f"\nbytes of a Money besides its int: {sys.getsizeof(Money.zero('EUR'))} with header")
        print(f"pickled bytes an amount: {pickled_bytes():.1f}")


def pickled_bytes() -> float:
    """Return what one more amount adds to a pickled list."""
    few, many = ([Money.of(n, "EUR") for n in range(1000, 1000 + size)] for size in (1000, 11_000))
    return (len(pickle.dumps(many, 5)) - len(pickle.dumps(few, 5))) / 10_000
