"""Whether the numbers of invoices run on without gaps, and in the order of their dates.

It knows numbers and issue dates, and nothing of what is billed. Gaps are kept as runs, never
enumerated, so that a slip of a key that leaves a billion numbers out is one finding.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from milestone_invoicing._checks import require_int, require_type, tuple_of
from milestone_invoicing.billing.books.numbering import Count, Reader, Run, SeriesName, Stated
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.findings import Finding, Severity


def check_numbers(
    invoices: Iterable[Invoice],
    *,
    starts: Iterable[str] = (),
    missing: Iterable[str | tuple[str, str]] = (),
    counter: int = -1,
    restarts: bool = True,
) -> tuple[Finding, ...]:
    """Return where the numbers of invoices do not run on; drafts without a number do not count.

    ======================= ======== ===========================================================
    code                    severity found when
    ======================= ======== ===========================================================
    ``number_twice``        error    two documents have one number; most functions refuse them
    ``number_alike``        warning  two numbers differ in leading zeros only, or have one count of
                                     a counter that runs on
    ``number_gap``          warning  numbers of a series are missing; a run of them is one finding
    ``number_before_start`` warning  numbers of a series stand below its stated start
    ``number_not_missing``  warning  a number is stated as missing, and is there
    ``number_order``        warning  a number was issued before the one below it
    ``number_width``        note     a series pads its numbers in more than one way
    ``number_unread``       note     a number has no digits to count, or more than 100
    ======================= ======== ===========================================================

    A void invoice has its number: it is no gap. Nor is a draft that has one, though it has no
    date to compare.

    Args:
        invoices: all of one seller, credit notes included, in any order.
        starts: the first number of a series, such as ``"2026-001"``; a series that is not named
            starts with its lowest number.
        missing: numbers that are known to be missing, or runs of them as a pair of the first and
            the last: ``[("2026-018", "2026-020")]``.
        counter: which digits of a number count, as an index: -1 are the last ones, as in
            ``2026-017``; 0 are the first ones, as in ``017/2026``.
        restarts: whether the counter starts anew where the digits beside it change, as after
            ``2025-090`` with ``2026-001``. False: it runs on, as from ``FA2601-0002`` to
            ``FA2602-0003``. Of one that starts anew each year behind a month, give a year at a
            time, with False.

    Order: numbers that stand twice, then numbers that are not read, then series by series.

    Raises:
        NumberFormatError: in *starts* or *missing*, a number without digits to count.
        NumberRangeError: in *missing*, a run that ends before it begins, or in another series.
        DuplicateNumberError: two of *starts* are of one series.
        NumberTypeError, NumberTooLargeError, BlankTextError, WrongTypeError: an argument of
            another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoices = [
        ...     Invoice(number, date(2026, 5, 4), Party("acme", "Acme"), [line])
        ...     for number in ("2026-016", "2026-017", "2026-021")
        ... ]
        >>> print(*check_numbers(invoices))
        warning: numbers.2026-#: 2026-018 to 2026-020 are missing (3): find them, or name them in \
missing= with the reason in your files (number_gap)

    Source: that invoices are numbered in sequence is the law of many countries (EN 16931 BT-1,
    Directive 2006/112/EC article 226); the codes are a convention of this library.
    """
    known = [each for each in tuple_of(invoices, Invoice, "invoices") if each.number is not None]
    require_int(counter, "counter")
    require_type(restarts, bool, "restarts")
    reader = Reader(counter, restarts=restarts)
    series = Stated.of(starts, missing, reader)
    read, unread = _read(known, reader)
    return (
        *twice(known),
        *(_unread(invoice) for invoice in unread),
        *(each for name in sorted(read) for each in _of_series(name, read[name], series)),
    )


def _read(
    invoices: Iterable[Invoice], reader: Reader
) -> tuple[dict[SeriesName, list[tuple[Count, Invoice]]], list[Invoice]]:
    """Return the invoices of each series, and those whose number is not read."""
    read: dict[SeriesName, list[tuple[Count, Invoice]]] = {}
    unread: list[Invoice] = []
    for invoice in invoices:
        count = reader.read(str(invoice.number))
        if count is None:
            unread.append(invoice)
        else:
            read.setdefault(count.series, []).append((count, invoice))
    return read, unread


def twice(invoices: Iterable[Invoice]) -> Iterator[Finding]:
    """Yield a finding for each number that more than one document has."""
    times = Counter(each.number for each in invoices if each.number is not None)
    for number, count in times.items():
        if count > 1:
            message = f"{count} documents have this number: give each one of its own"
            yield Finding(f"invoices.{number}", "number_twice", message, Severity.ERROR)


def _unread(invoice: Invoice) -> Finding:
    message = "no digits of it count on: say with counter= where they stand, or check it by hand"
    return Finding(f"invoices.{invoice.number}", "number_unread", message, Severity.NOTE)


def _of_series(
    name: SeriesName, members: Sequence[tuple[Count, Invoice]], stated: Stated
) -> Iterator[Finding]:
    counts = sorted((count for count, _ in members), key=lambda each: (each.count, each.text))
    start = stated.starts.get(name, counts[0])
    missing = stated.missing.get(name, [])
    path = f"numbers.{name[0]}#{name[1]}"
    yield from _alike(path, counts)
    yield from _gaps(path, counts, start, missing)
    yield from _before(path, counts, start)
    yield from _not_missing(path, counts, missing)
    yield from _out_of_order(members)
    yield from _widths(path, counts)


def _alike(path: str, counts: Sequence[Count]) -> Iterator[Finding]:
    for _, group in groupby(counts, key=lambda each: each.count):
        same = list(group)
        texts = list(dict.fromkeys(each.text for each in same))
        if len(texts) > 1:
            how = "are one number, written in different ways"
            if len({each.around for each in same}) > 1:
                how = "have one count, and the counter runs on: give each a count of its own"
            message = f"{' and '.join(texts)} {how}"
            yield Finding(path, "number_alike", message, Severity.WARNING)


def _gaps(
    path: str, counts: Sequence[Count], start: Count, missing: Sequence[Run]
) -> Iterator[Finding]:
    """Yield the runs that are neither there nor known to be missing, up to the last that is."""
    runs = [*(Run(each, each.count) for each in counts), *missing]
    style, following, highest = start, start.count, counts[-1].count
    for run in sorted(runs, key=lambda each: (each.first.count, each.first.text)):
        if run.first.count > highest:
            return
        if run.first.count > following:
            yield _gap(path, style, following, run.first.count - 1)
        if run.last >= following:
            style, following = run.first, run.last + 1


def _gap(path: str, style: Count, first: int, last: int) -> Finding:
    message = f"{style.other(first)} is missing: find it, or name it"
    if last > first:
        run = f"{style.other(first)} to {style.other(last)}"
        message = f"{run} are missing ({last - first + 1}): find them, or name them"
    message = f"{message} in missing= with the reason in your files"
    return Finding(path, "number_gap", message, Severity.WARNING)


def _before(path: str, counts: Sequence[Count], start: Count) -> Iterator[Finding]:
    below = [each for each in counts if each.count < start.count]
    if below:
        message = f"{_few(below)} below {start.text}, which is stated as the first of the series"
        yield Finding(path, "number_before_start", message, Severity.WARNING)


def _not_missing(path: str, counts: Sequence[Count], missing: Sequence[Run]) -> Iterator[Finding]:
    sorted_counts = [each.count for each in counts]
    for run in missing:
        start = bisect_left(sorted_counts, run.first.count)
        there = counts[start : bisect_right(sorted_counts, run.last)]
        if there:
            message = f"{_few(there)} there, but stated as missing: leave them out of missing="
            yield Finding(path, "number_not_missing", message, Severity.WARNING)


def _few(counts: Sequence[Count]) -> str:
    """Return which number it is, or the first of them and how many there are."""
    first = counts[0].text
    return f"{first} is" if len(counts) == 1 else f"{first} and others ({len(counts)} in all) are"


def _out_of_order(members: Iterable[tuple[Count, Invoice]]) -> Iterator[Finding]:
    dated = [
        (count.count, invoice.issued_on, count.text)
        for count, invoice in members
        if invoice.issued_on is not None
    ]
    for (_, before, below), (_, day, number) in pairwise(sorted(dated)):
        if day < before:
            message = f"it was issued on {day}, and {below} on {before}: one date is wrong?"
            yield Finding(f"invoices.{number}.issued_on", "number_order", message, Severity.WARNING)


def _widths(path: str, counts: Sequence[Count]) -> Iterator[Finding]:
    """A series pads all its numbers to one width, and those that are too long for it not."""
    least = min(counts, key=lambda each: each.width)
    for each in counts:
        if each.width != max(least.width, len(str(each.count))):
            message = f"{least.text} and {each.text} are padded in different ways; text sorts them"
            yield Finding(path, "number_width", f"{message} wrongly", Severity.NOTE)
            return
