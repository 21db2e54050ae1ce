"""When cash comes for what is billed: by due date, or by the day that the client promised."""

from collections.abc import Iterator
from datetime import date

from milestone_invoicing.billing import Invoice
from milestone_invoicing.facts import standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.collection import standing_promise
from milestone_invoicing.receivables.settlement import due_items, settle


def claimed_cash(invoice: Invoice, as_of: date) -> Iterator[tuple[bool, date | None, Money]]:
    """Yield whether it is promised, the day, and the amount of each part that is outstanding.

    A promise that is not broken is for what is due first; its day takes the place of the due date.
    What is held has no day.
    """
    pay_on, left = _promised(invoice, as_of)
    items = due_items(invoice, as_of=as_of)
    for item in sorted(items, key=lambda each: each.due_on or date.max):
        part = min(item.open, left)
        left -= part
        yield True, pay_on, part
        yield False, item.due_on, item.open - part
        yield False, None, item.retained


def _promised(invoice: Invoice, as_of: date) -> tuple[date | None, Money]:
    """Return until when how much more is promised to come."""
    found = standing_promise(invoice, standing(invoice.facts, as_of), settle(invoice, as_of))
    if found is None or as_of > found[0].pay_on:
        return None, Money.zero(invoice.currency)
    promise, amount, came = found
    return promise.pay_on, amount - came
