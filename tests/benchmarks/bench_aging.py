"""The speed of aging: ``python -m pytest tests/benchmarks/bench_aging.py -s``.

One million open items of ten thousand clients in five currencies are aged here, by pandas in the
plain way and in the fastest one we know, from the same objects, and by a loop that only sums.
``ITEMS=5000000`` in the environment ages more. It prints ratios, and what the report weighs.

The contenders take turns and the ratios are of medians; nothing is asserted but that they agree.
"""

import csv
import gc
import os
import pickle
import random
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from operator import add
from pathlib import Path
from statistics import median
from time import perf_counter

import dask.bag
import numpy as np
import pandas as pd
import pytest

from milestone_invoicing import (
    AgingReport,
    Currency,
    Invoice,
    Line,
    Money,
    OpenItem,
    Party,
    Payment,
    PaymentTerms,
    age,
)
from tests.benchmarks.partitions import DAY, aged

ITEMS = int(os.environ.get("ITEMS", "1000000"))
INVOICES = ITEMS // 20
CLIENTS, TURNS = 10_000, 5
CODES = ("EUR", "USD", "GBP", "SEK", "JPY")
EDGES = (0, 30, 60, 90)


def open_items(count: int = ITEMS) -> list[OpenItem]:
    """Return items due from 200 days before to 60 days after the day."""
    chance = random.Random(1)  # noqa: S311  # amounts to age, no secrets
    parties = [f"client-{number:05}" for number in range(CLIENTS)]
    currencies = [Currency.of(code) for code in CODES]
    return [
        OpenItem(
            str(number),
            chance.choice(parties),
            DAY + timedelta(chance.randint(-200, 60)),
            Money(chance.randint(1, 10**6), chance.choice(currencies)),
        )
        for number in range(count)
    ]


def invoices() -> list[Invoice]:
    """Return invoices of one instalment and one payment."""
    chance = random.Random(2)  # noqa: S311  # amounts to age, no secrets
    parties = [Party(f"client-{number:05}", "Client") for number in range(CLIENTS)]
    terms = PaymentTerms.net(30)
    return [
        Invoice(
            str(number),
            DAY - timedelta(chance.randint(0, 200)),
            chance.choice(parties),
            [Line("Work", 1, Money(chance.randint(1000, 10**6), Currency.of("EUR")))],
            terms=terms,
            facts=[Payment(Money(500, Currency.of("EUR")), on=DAY - timedelta(1))],
        )
        for number in range(INVOICES)
    ]


def summing(items: list[OpenItem]) -> int:
    """Add up what is open, and nothing else."""
    total = 0
    for item in items:
        total += item.open.minor
    return total


def in_pandas(items: list[OpenItem]) -> "pd.Series[int]":
    """Age in the plain way: a frame from lists, cut, groupby."""
    frame = pd.DataFrame(
        {
            "party": [item.party for item in items],
            "currency": [item.open.currency.code for item in items],
            "due": pd.to_datetime([item.due_on for item in items]),
            "minor": [item.open.minor for item in items],
        }
    )
    days = (pd.Timestamp(DAY) - frame["due"]).dt.days
    frame["bucket"] = pd.cut(days, [-(10**6), *EDGES, 10**6], labels=range(5))
    return frame.groupby(["party", "currency", "bucket"], observed=True)["minor"].sum()


def in_pandas_fast(items: list[OpenItem]) -> "pd.Series[int]":
    """Age with categories, arrays from iterators and a binary search."""
    today, count = DAY.toordinal(), len(items)
    days = np.fromiter((today - item.due_on.toordinal() for item in items), np.int32, count)
    frame = pd.DataFrame(
        {
            "party": pd.Categorical([item.party for item in items]),
            "currency": pd.Categorical([item.open.currency.code for item in items]),
            "bucket": np.searchsorted(np.array(EDGES), days, side="left"),
            "minor": np.fromiter((item.open.minor for item in items), np.int64, count),
        }
    )
    keys = ["party", "currency", "bucket"]
    return frame.groupby(keys, observed=True, sort=False)["minor"].sum()


def ours(items: list[OpenItem]) -> AgingReport:
    """Age with this library."""
    return age(items, as_of=DAY)


def times(works: dict[str, Callable[[], object]], *, turns: int = TURNS) -> dict[str, float]:
    """Return the median seconds of each, taken in turns."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            gc.collect()
            started = perf_counter()
            work()
            found[name].append(perf_counter() - started)
    return {name: median(seconds) for name, seconds in found.items()}


def peak(work: Callable[[], object]) -> float:
    """Return the most memory in MiB that *work* takes besides what is there."""
    gc.collect()
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def check_contenders(items: list[OpenItem]) -> None:
    """Compare what they compute; what that takes is gone before anything is timed."""
    report = ours(items)
    found = {
        (key, currency.code, bucket): minor
        for (key, currency), row in zip(report.keys, report.rows, strict=True)
        for bucket, minor in enumerate(cell.minor for cell in row.cells[:5])
        if minor
    }
    for contender in (in_pandas, in_pandas_fast):
        assert contender(items).to_dict() == found


def five_times() -> tuple[float, float]:
    """Return seconds and memory in MiB of five times as many items."""
    items = open_items(5 * ITEMS)
    return times({"five": lambda: ours(items)}, turns=3)["five"], peak(lambda: ours(items))


def test_scale(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the ratios to pandas, to a loop that sums, and of invoices to open items."""
    items = open_items()
    check_contenders(items)
    taken = times(
        {
            "ours": lambda: ours(items),
            "pandas, plain": lambda: in_pandas(items),
            "pandas, fastest": lambda: in_pandas_fast(items),
            "a summing loop": lambda: summing(items),
        }
    )
    memory = {"ours": peak(lambda: ours(items)), "pandas": peak(lambda: in_pandas_fast(items))}
    report = ours(items)
    weight = len(pickle.dumps(report)) / 10**6 / (CLIENTS / 1000)
    one = age((item for item in items if item.open.currency.code == "EUR"), as_of=DAY)
    weight_of_one = len(pickle.dumps(one)) / 10**6 / (CLIENTS / 1000)
    of_five, memory_of_five = five_times()
    of_five /= taken["ours"]
    bills = invoices()
    of_bills = times({"invoices": lambda: age(bills, as_of=DAY)})["invoices"] / INVOICES
    goals = {"pandas, plain": 1.0, "pandas, fastest": 1.2, "a summing loop": 16}
    with capsys.disabled():
        print(f"\n{ITEMS} open items in {taken['ours']:.3f} s")
        for name, goal in goals.items():
            print(f"{name:20} {taken['ours'] / taken[name]:6.2f}  goal {goal}")
        print(f"{'invoice / item':20} {of_bills / (taken['ours'] / ITEMS):6.2f}  goal 12")
        print(f"five times as many: {of_five:.2f} times as long, {memory_of_five:.1f} MiB")
        print(f"memory: {memory['ours']:.1f} MiB, pandas {memory['pandas']:.1f} MiB, goal 20")
        print(f"pickle: {weight:.3f} MB per 1,000 clients in five currencies, goal 0.3")
        print(f"        {weight_of_one:.3f} MB per 1,000 clients in one")


def in_two_processes(paths: list[str]) -> AgingReport:
    """Age in two plain processes, started as an engine starts them."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        return sum(pool.map(aged, paths), age([], as_of=DAY))


def in_dask(paths: list[str]) -> AgingReport:
    """Age in two processes of Dask, reports added as a tree."""
    bag = dask.bag.from_sequence(paths, npartitions=len(paths)).map(aged)
    found: AgingReport = bag.fold(add).compute(scheduler="processes", num_workers=2)
    return found


def test_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print how much faster two processes are than one, plain and by Dask."""
    paths = [str(tmp_path / f"{number}.csv") for number in range(4)]
    items = open_items()
    for number, path in enumerate(paths):
        with Path(path).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                (item.reference, item.party, item.due_on, item.open.minor, item.open.currency)
                for item in items
                if int(item.party[-1]) % len(paths) == number
            )
    whole = ours(items)
    assert in_dask(paths) == in_two_processes(paths) == sum(map(aged, paths)) == whole
    del items
    paths *= 6  # enough work for the start of an engine not to be most of it
    taken = times(
        {
            "one": lambda: sum(map(aged, paths)),
            "two": lambda: in_two_processes(paths),
            "dask": lambda: in_dask(paths),
        },
        turns=3,
    )
    plain, engine = (taken["one"] / taken[name] for name in ("two", "dask"))
    with capsys.disabled():
        print(f"\nspeed-up of two processes {plain:.2f}, by Dask {engine:.2f}")
        print(f"{'Dask / plain':20} {engine / plain:6.2f}  goal 0.8")
