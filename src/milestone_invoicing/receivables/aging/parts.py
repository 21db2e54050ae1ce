"""What of an invoice is open by which date, disputed, held or left over; it knows no buckets."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.receivables.aging.layout import DISPUTED, RETAINED, UNAPPLIED


class Standing(Enum):
    """How money stands with the client; what is not open has a column of its own."""

    OPEN = "open"
    DISPUTED = DISPUTED
    RETAINED = RETAINED
    UNAPPLIED = UNAPPLIED


class Part(NamedTuple):
    """So many minor units that stand in one way, by one due date."""

    standing: Standing
    due_on: date | None
    minor: int


def parts_of(invoice: Invoice, as_of: date, *, disputed_apart: bool) -> Sequence[Part]:
    """Return what stands of *invoice* on a day, in the order in which money settles it.

    What is disputed is taken from the instalments that are due last: what comes in is first what
    nobody disputes, and settles the first ones. What only lacks a certificate has no due date.
    """
    reading = invoice.reading(as_of)
    parts = list(_split(reading, reading.disputed if disputed_apart else 0))
    if reading.unapplied:
        parts.append(Part(Standing.UNAPPLIED, None, -reading.unapplied))
    return parts


def _split(reading: Reading, disputed: int) -> Iterator[Part]:
    """Yield what is open, disputed from the end on, and retained.

    What only lacks the certificate of a withheld tax has no due date. Cash is disputed before it.
    """
    clear = max(reading.to_come - disputed, 0)
    uncertified = reading.to_certify - max(disputed - reading.to_come, 0)
    cash, waiting = reading.cash_by_item, reading.certify_by_item
    for place in reading.by_agreed_date:
        undisputed, certain = min(cash[place], clear), min(waiting[place], uncertified)
        clear, uncertified = clear - undisputed, uncertified - certain
        for kind, due_on, minor in (
            (Standing.OPEN, reading.due_days[place], undisputed),
            (Standing.OPEN, None, certain),
            (
                Standing.DISPUTED,
                reading.due_days[place],
                reading.open_by_item[place] - undisputed - certain,
            ),
            (Standing.RETAINED, None, reading.retained_by_item[place]),
        ):
            if minor:
                yield Part(kind, due_on, minor)
