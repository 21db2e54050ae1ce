"""How works are timed: contenders take turns, and what counts are the ratios of medians.

They take turns pass after pass, so that a machine that slows down slows all of them. The ratios
are printed and nothing is asserted, since time depends on the machine.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from time import perf_counter
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

OURS = "ours"
PASSES = 7
ROUNDS = 20
SECONDS_OF_A_ROUND = 0.002

_medians: dict[tuple[str, str], list[float]] = defaultdict(list)


class Work(NamedTuple):
    """One thing to time: who does it how, and the goals as ratios of ours to another."""

    name: str
    contenders: Mapping[str, Callable[[], object]]
    goals: Mapping[str, float]


def turns(works: Iterable[Work]) -> pytest.MarkDecorator:
    """Return the mark that makes a test of ``turn``, ``work`` and ``contender`` time all works."""
    chosen = tuple(works)
    return pytest.mark.parametrize(
        ("turn", "work", "contender"),
        [
            pytest.param(turn, work, name, id=f"{work.name}-{name}-{turn}")
            for turn in range(PASSES)
            for work in chosen
            for name in work.contenders
        ],
    )


def time_turn(benchmark: BenchmarkFixture, work: Work, contender: str) -> None:
    """Time one contender for one turn."""
    call = work.contenders[contender]
    benchmark.group = work.name
    benchmark.pedantic(call, rounds=ROUNDS, iterations=_iterations(call), warmup_rounds=1)
    _medians[work.name, contender].append(benchmark.stats.stats.median)


def print_ratios(works: Iterable[Work]) -> None:
    """Print ours as a share of each other contender, beside the goal."""
    print(f"\n\n{'work':28} {'against':12} {'ratio':>7} {'goal':>7}")
    for work in works:
        ours = median(_medians[work.name, OURS])
        for other in work.contenders:
            if other != OURS:
                ratio = ours / median(_medians[work.name, other])
                goal = work.goals.get(other, "")
                print(f"{work.name:28} {other:12} {ratio:7.3f} {goal!s:>7}")


def _iterations(work: Callable[[], object]) -> int:
    """Return how often *work* fits into a round."""
    started = perf_counter()
    for _ in range(10):
        work()
    return max(1, round(SECONDS_OF_A_ROUND * 10 / (perf_counter() - started)))
