"""The speed of money against its peers: ``python -m pytest tests/benchmarks/bench_money.py``.

Contenders take turns, pass after pass, so that a machine that slows down slows all of them. What
counts are the ratios of medians, printed at the end; nothing is asserted, since time depends on
the machine. ``docs/explanation/performance.md`` holds the figures of one run.
"""

import pickle
import sys
from collections import defaultdict
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from milestone_invoicing import Money
from tests.benchmarks.works import OURS, WORKS, Work

PASSES = 7
ROUNDS = 20
SECONDS_OF_A_ROUND = 0.002

medians: dict[tuple[str, str], list[float]] = defaultdict(list)


def iterations(work: Callable[[], object]) -> int:
    """Return how often *work* fits into a round."""
    started = perf_counter()
    for _ in range(10):
        work()
    return max(1, round(SECONDS_OF_A_ROUND * 10 / (perf_counter() - started)))


@pytest.mark.parametrize(
    ("turn", "work", "contender"),
    [
        pytest.param(turn, work, name, id=f"{work.name}-{name}-{turn}")
        for turn in range(PASSES)
        for work in WORKS
        for name in work.contenders
    ],
)
def test_speed(benchmark: BenchmarkFixture, turn: int, work: Work, contender: str) -> None:
    """Time one contender for one turn."""
    call = work.contenders[contender]
    benchmark.group = work.name
    benchmark.pedantic(call, rounds=ROUNDS, iterations=iterations(call), warmup_rounds=1)
    medians[work.name, contender].append(benchmark.stats.stats.median)


def test_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    """Print ours as a share of each other contender, beside the goal; and the sizes."""
    with capsys.disabled():
        print(f"\n\n{'work':28} {'against':12} {'ratio':>7} {'goal':>7}")
        for work in WORKS:
            ours = median(medians[work.name, OURS])
            for other in work.contenders:
                if other != OURS:
                    ratio = ours / median(medians[work.name, other])
                    goal = work.goals.get(other, "")
                    print(f"{work.name:28} {other:12} {ratio:7.3f} {goal!s:>7}")
        print(f"\nbytes of a Money besides its int: {sys.getsizeof(Money.zero('EUR'))} with header")
        print(f"pickled bytes an amount: {pickled_bytes():.1f}")


def pickled_bytes() -> float:
    """Return what one more amount adds to a pickled list."""
    few, many = ([Money.of(n, "EUR") for n in range(1000, 1000 + size)] for size in (1000, 11_000))
    return (len(pickle.dumps(many, 5)) - len(pickle.dumps(few, 5))) / 10_000
