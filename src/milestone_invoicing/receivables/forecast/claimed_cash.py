"""When cash comes for what is billed: by due date, or by the day that the client promised."""

from collections.abc import Iterator
from datetime import date

from milestone_invoicing.billing import Invoice
from milestone_invoicing.facts import standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.collection import running_promise
from milestone_invoicing.receivables.settlement import cash_by_item, due_items


def claimed_cash(invoice: Invoice, as_of: date) -> Iterator[tuple[bool, date | None, Money]]:
    """Yield whether it is promised, the day, and the amount of each part that is outstanding.

    A promise that is not broken is for what is due first; its day takes the place of the due date.
    What is held has no day. What the client withholds for the state is no cash: it is taken from
    what is due last.
    """
    promise = running_promise(invoice, as_of)
    left = promise.left if promise else Money.zero(invoice.currency)
    items = due_items(invoice, as_of=as_of)
    for item, minor in cash_by_item(invoice, standing(invoice.facts, as_of), items):
        cash = Money(minor, invoice.currency)
        part = min(cash, left)
        left -= part
        yield True, promise.fact.pay_on if promise else None, part
        yield False, item.due_on, cash - part
        yield False, None, item.retained
