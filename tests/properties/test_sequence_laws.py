"""The laws of numbers: every missing one is in one gap, and nothing else is."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Finding, Invoice, check_numbers
from tests.unit.bills import bill

START = date(2026, 5, 1)
counts = st.lists(st.integers(1, 40), min_size=1, max_size=20, unique=True)
prefixes = st.sampled_from(["", "2026-", "INV", "A/B-"])
suffixes = st.sampled_from(["", "-X", "/eu"])


def numbered(number: str, day: int = 0, *, draft: bool = False, start: date = START) -> Invoice:
    return bill(number=number, issued_on=None if draft else start + timedelta(day))


def series(
    numbers: Sequence[int], *, prefix: str = "", suffix: str = "", width: int = 0
) -> list[Invoice]:
    """Return an invoice of each number, on days in their order."""
    return [numbered(f"{prefix}{number:0{width}}{suffix}", number) for number in numbers]


def codes(findings: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def missing_in(findings: Sequence[Finding], *, prefix: str = "", suffix: str = "") -> list[int]:
    """Return each number that a gap names, read from the messages."""
    found: list[int] = []
    for finding in findings:
        assert finding.code == "number_gap"
        named = finding.message.split(" is missing")[0].split(" are missing")[0]
        first, _, last = named.partition(" to ")
        ends = [
            int(text.removeprefix(prefix).removesuffix(suffix)) for text in (first, last or first)
        ]
        found.extend(range(ends[0], ends[1] + 1))
    return found


@given(st.integers(0, 10**12), st.integers(1, 30), prefixes, suffixes, st.integers(0, 8))
def test_nothing_is_found_in_numbers_that_run_on_in_the_order_of_their_days(
    first: int, length: int, prefix: str, suffix: str, width: int
):
    numbers = [f"{prefix}{first + n:0{width}}{suffix}" for n in range(length)]
    assert check_numbers([numbered(number, n) for n, number in enumerate(numbers)]) == ()


@given(counts, prefixes, suffixes, st.integers(0, 4))
def test_the_gaps_are_exactly_the_numbers_that_are_not_there(
    there: list[int], prefix: str, suffix: str, width: int
):
    found = check_numbers(series(there, prefix=prefix, suffix=suffix, width=width))
    expected = [n for n in range(min(there), max(there)) if n not in there]
    assert missing_in(found, prefix=prefix, suffix=suffix) == expected


@given(counts, st.data())
def test_of_a_counter_that_runs_on_the_gaps_are_those_of_its_counts_whatever_the_month(
    there: list[int], data: st.DataObject
):
    months = data.draw(st.lists(st.integers(1, 12), min_size=len(there), max_size=len(there)))
    invoices = [
        numbered(f"FA26{month:02}-{count:04}", count)
        for month, count in zip(months, there, strict=True)
    ]
    found = check_numbers(invoices, restarts=False)
    expected = [n for n in range(min(there), max(there)) if n not in there]
    assert missing_in(found, prefix="FA*-") == expected


@given(counts, st.lists(st.tuples(st.integers(1, 45), st.integers(0, 9)), max_size=4))
def test_what_is_known_to_be_missing_is_no_gap_and_what_is_there_is_not_missing(
    there: list[int], runs: list[tuple[int, int]]
):
    stated = [(str(first), str(first + more)) for first, more in runs]
    known = {n for first, more in runs for n in range(first, first + more + 1)}
    found = check_numbers(series(there), missing=stated)
    wrong = [each for each in found if each.code == "number_not_missing"]
    gaps = [each for each in found if each.code != "number_not_missing"]
    expected = [n for n in range(min(there), max(there)) if n not in there and n not in known]
    assert missing_in(gaps) == expected
    assert len(wrong) == sum(any(first <= n <= first + more for n in there) for first, more in runs)


@given(counts, st.integers(1, 45))
def test_a_stated_start_opens_the_series_and_closes_what_is_below(there: list[int], start: int):
    found = check_numbers(series(there), starts=[str(start)])
    gaps = [each for each in found if each.code == "number_gap"]
    assert missing_in(gaps) == [n for n in range(start, max(there)) if n not in there]
    assert ("number_before_start" in codes(found)) is (min(there) < start)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_dates_out_of_order_are_found_wherever_a_number_is_older_than_the_one_below(
    days: list[int],
):
    found = check_numbers([numbered(str(n), day) for n, day in enumerate(days, 1)])
    late = [n for n, day in enumerate(days, 1) if n > 1 and day < days[n - 2]]
    assert [each.path for each in found] == [f"invoices.{n}.issued_on" for n in late]
    assert set(codes(found)) <= {"number_order"}
    assert bool(found) is (days != sorted(days))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 3)), min_size=1, max_size=12))
def test_a_series_is_padded_alike_if_one_width_writes_all_its_numbers(
    written: list[tuple[int, int]],
):
    texts = [f"{number:0{width}}" for number, width in written]
    found = codes(check_numbers([numbered(text) for text in dict.fromkeys(texts)]))
    alike = any(all(text == f"{int(text):0{width}}" for text in texts) for width in range(1, 4))
    assert ("number_width" in found) is not alike
    assert ("number_alike" in found) is (len(set(texts)) > len(set(map(int, texts))))


@given(
    st.lists(
        st.tuples(prefixes, st.integers(1, 30), suffixes, st.integers(0, 9), st.booleans()),
        max_size=15,
    ),
    st.data(),
)
def test_the_order_of_the_invoices_changes_nothing_but_the_order_of_findings(
    rows: list[tuple[str, int, str, int, bool]], data: st.DataObject
):
    invoices = [
        numbered(f"{prefix}{number}{suffix}", day, draft=draft)
        for prefix, number, suffix, day, draft in rows
    ]
    found = check_numbers(invoices)
    other = check_numbers(data.draw(st.permutations(invoices)))
    assert sorted(map(str, found)) == sorted(map(str, other))
    assert codes(found).count("number_twice") == len({each.number for each in invoices}) - sum(
        [each.number for each in invoices].count(each.number) == 1 for each in invoices
    )


@given(st.lists(st.text(alphabet="0123456789-٣²Aé ", min_size=1).filter(str.strip), max_size=8))
def test_any_text_may_be_a_number(numbers: list[str]):
    for counter in (-1, 0, 1, -2):
        found = check_numbers([numbered(number) for number in numbers], counter=counter)
        assert all(isinstance(each, Finding) for each in found)
