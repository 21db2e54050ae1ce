"""When cash comes for what is billed: by due date, or by the day that the client promised."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from milestone_invoicing.billing import Invoice
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.collection import running_promise


def claimed_cash(invoice: Invoice, as_of: date) -> Iterator[tuple[bool, date | None, Money]]:
    """Yield whether it is promised, the day, and the amount of each part that is outstanding.

    A promise that is not broken is for what is due first; its day takes the place of the due date.
    What is held has no day. What the client withholds for the state is no cash: it is taken from
    what is due last.
    """
    reading = invoice.reading(as_of)
    promise = running_promise(reading)
    box = partial(Money, currency=reading.currency)
    left = promise.left.minor if promise else 0
    for place in reading.by_due_date:
        cash = reading.cash_by_item[place]
        part = min(cash, left)
        left -= part
        yield True, promise.fact.pay_on if promise else None, box(part)
        yield False, reading.due_days[place], box(cash - part)
        yield False, None, box(reading.retained_by_item[place])
