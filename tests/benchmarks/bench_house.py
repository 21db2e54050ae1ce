"""The speed and the growth of the house: ``python -m pytest tests/benchmarks/bench_house.py -s``.

The source is measured against the build of an earlier commit, which is taken from the history of
this repository; each has a process of its own, and they take turns. ``house_works.py`` holds the
works. The figures are printed beside their goals and nothing is asserted about time. ``-k ratio``,
``-k growth``, ``-k pandas`` or the name of a work runs a part of it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

import pandas as pd
import pytest

from milestone_invoicing import Invoice, Payment, ReceivablesSummary, receivables_summary
from tests.benchmarks.builds import TODAY, Build, build_at, build_of, exponent, in_turn
from tests.benchmarks.house_works import BOOKS, DAY, book, in_books

EARLIER = "11a6b26"
TURNS = 5
ENOUGH = 0.2  # seconds that the largest size of a growth takes, unless it is large enough before
INVOICES = 100_000  # beside pandas
OLD_LINES, LINES = 20, 1_000 if BOOKS else 20  # of a bank, in books or without

RATIOS = {  # the size, and what part of the seconds of the earlier build it may take
    "two_facts_of_each_milestone": (160, 0.02),
    "drafts_and_issues": (160, 0.5),
    "contract_position": (160, 0.12),
    "ready_to_invoice": (160, 0.12),
    "invoices": (1000, 0.45),
    "payments": (1000, 0.25),
    "sendings": (1000, 0.25),
    "invoice_status": (1000, 0.25),
    "receivables_summary": (1000, 0.08),
    "collection_metrics": (1000, 0.25),
    "due_reminders": (1000, 0.25),
    "cash_forecast": (1000, 0.25),
    "age_plain": (1000, 0.8),
    "age_varied": (1000, 0.3),
}
GROWTHS = {  # the size to start with, and up to which it should be linear
    "change_orders": (12, 10_000),
    "changes_of_orders": (6, 10_000),
    "exposure_curve": (12, 10_000),
    "changes_of_milestones": (12, 10_000),
    "bills_with_deposit_and_retainage": (6, 10_000),
    "withheld_amounts": (100, 10_000),
    "releases": (50, 10_000),
    "installments": (100, 10_000),
    "late_charge": (12, 10_000),
    "statement": (12, 10_000),
    "progress_reports": (50, 10_000),
    "credit_of_all_quantities": (50, 10_000),
    "contract_position": (80, 2_000),
    "ready_to_invoice": (80, 2_000),
    "receivables_summary": (250, 100_000),
    "collection_metrics": (250, 100_000),
    "due_reminders": (250, 100_000),
    "cash_forecast": (250, 100_000),
}


@pytest.fixture(scope="module")
def today() -> Iterator[Build]:
    with build_at(TODAY) as build:
        yield build


@pytest.fixture(scope="module")
def earlier() -> Iterator[Build]:
    with build_of(EARLIER) as build:
        yield build


@pytest.fixture(autouse=True)
def shown(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    with capsys.disabled():
        yield


def print_ratio(name: str, before: float, after: float, goal: float, unit: str = "ms") -> None:
    """Print two figures, the second as a part of the first, and what that should be at most."""
    print(f"\n{name:40} {before:9.2f} {after:9.2f} {unit:6}{after / before:7.3f}  goal {goal}")


@pytest.mark.parametrize("work", RATIOS)
def test_ratio(work: str, earlier: Build, today: Build) -> None:
    size, goal = RATIOS[work]
    before, after = in_turn((earlier, work, size), (today, work, size), turns=TURNS)
    print_ratio(f"{work}, {size}", before * 1e3, after * 1e3, goal)


def test_ratio_of_a_bank_line(earlier: Build, today: Build) -> None:
    works = (earlier, "bank_lines", OLD_LINES), (today, "bank_lines", LINES)
    before, after = in_turn(*works, turns=1)
    print_ratio("a bank line", before * 1e3 / OLD_LINES, after * 1e3 / LINES, 0.005)


def test_ratio_of_memory(earlier: Build, today: Build) -> None:
    """Print what an invoice with two lines, one payment and its last position takes."""
    before, after = (
        build.measured("invoices_with_a_status", 1000, measure="memory") / 1000
        for build in (earlier, today)
    )
    print_ratio("an invoice", before, after, 1.2, "bytes")


def test_ratio_of_the_summary_to_aging(today: Build) -> None:
    works = (today, "age_of_the_same", 1000), (today, "receivables_summary", 1000)
    aging, summary = in_turn(*works, turns=TURNS)
    print_ratio("the summary to aging", aging * 1e3, summary * 1e3, 5)


@pytest.mark.parametrize("work", ["two_facts_of_each_milestone", "drafts_and_issues"])
def test_growth_to_twice_as_many(work: str, today: Build) -> None:
    fewer, more = in_turn((today, work, 80), (today, work, 160), turns=TURNS)
    print_ratio(f"{work}, 80 to 160", fewer * 1e3, more * 1e3, 2.3)


@pytest.mark.parametrize("work", GROWTHS)
def test_growth(work: str, today: Build) -> None:
    """Print the largest size with its seconds, and the exponent fitted over the last three."""
    start, most = GROWTHS[work]
    points = today.growth(work, start, most=most, enough=ENOUGH)
    size, seconds = points[-1]
    print(f"\n{work:40} {size:9} {seconds:9.2f} s      {exponent(points):6.2f}  goal 1.15")


def in_pandas(invoices: list[Invoice], as_of: date) -> dict[str, pd.DataFrame]:
    """Sum open, overdue and due in this week in the plain way: dicts, a frame, groupby."""
    frame = pd.DataFrame(
        [
            {
                "client": each.buyer.key,
                "owner": each.owner,
                "due": each.installments[0].due_on,
                "open": each.payable.minor
                - sum(fact.amount.minor for fact in each.facts if isinstance(fact, Payment)),
            }
            for each in invoices
        ]
    )
    due, day = pd.to_datetime(frame["due"]), pd.Timestamp(as_of)
    frame["overdue"] = frame["open"].where(due < day, 0)
    frame["week"] = frame["open"].where((due >= day) & (due < day + pd.Timedelta(days=7)), 0)
    sums = ["open", "overdue", "week"]
    return {key: frame.groupby(key)[sums].sum() for key in ("client", "owner")}


def in_summary(invoices: list[Invoice], as_of: date) -> ReceivablesSummary:
    """Sum the same with this library."""
    return receivables_summary(in_books(invoices), as_of=as_of)


def test_summary_beside_pandas() -> None:
    """Print the ratio, each time of a Monday that was not asked about before."""
    invoices, turns = book(INVOICES), list[tuple[float, float]]()
    for monday in (DAY, DAY + timedelta(7)):
        started = process_time()
        frames = in_pandas(invoices, monday)
        between = process_time()
        summary = in_summary(invoices, monday)
        turns.append((between - started, process_time() - between))
        for name, rows in (("client", summary.clients), ("owner", summary.owners)):
            found = [
                (row.key, row.open.minor, row.overdue.minor, row.due_this_week.minor)
                for row in rows
            ]
            assert found == list(frames[name].itertuples(name=None))
    plain, ours = map(min, *turns)
    print_ratio(f"the summary to pandas, {INVOICES}", plain * 1e3, ours * 1e3, 4)
