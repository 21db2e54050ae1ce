"""When cash comes for what is billed: by due date, or by the day that the client promised."""

from collections.abc import Iterator
from datetime import date

from milestone_invoicing.billing import Invoice
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.collection import running_promise
from milestone_invoicing.receivables.settlement import due_items
from milestone_invoicing.timing.order import undated_last


def claimed_cash(invoice: Invoice, as_of: date) -> Iterator[tuple[bool, date | None, Money]]:
    """Yield whether it is promised, the day, and the amount of each part that is outstanding.

    A promise that is not broken is for what is due first; its day takes the place of the due date.
    What is held has no day. What the client withholds for the state is no cash: it is taken from
    what is due last.
    """
    promise = running_promise(invoice, as_of)
    left = promise.left if promise else Money.zero(invoice.currency)
    items = due_items(invoice, as_of=as_of)
    for item in sorted(items, key=lambda each: undated_last(each.due_on)):
        part = min(item.cash, left)
        left -= part
        yield True, promise.fact.pay_on if promise else None, part
        yield False, item.due_on, item.cash - part
        yield False, None, item.retained
