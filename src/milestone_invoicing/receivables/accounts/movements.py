"""What moves the balance of a client, step by step, from its invoices and money on account.

What a fact moves is its own amount. Discounts and write-offs are what the settlement of the day
says, since later facts may undo them; a recovery makes the debt come back before it is paid.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import unique
from itertools import pairwise
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import (
    Applied,
    Credited,
    Invoice,
    Payment,
    Recovered,
    Refunded,
    Voided,
    Withheld,
)
from milestone_invoicing.billing.history.daily import daily_readings
from milestone_invoicing.facts import Fact, Reversed, in_order
from milestone_invoicing.receivables.payments.on_account import OnAccount


@unique
class MovementKind(Worded):
    """What moved a client's balance.

    REVERSAL: something bounced, was charged back or entered by mistake. CREDIT_APPLIED: a credit
    note was set against an invoice. ON_ACCOUNT: money came in for nothing in particular;
    ON_ACCOUNT_APPLIED: it was set against an invoice. DISCOUNT and WRITE_OFF may come back.
    """

    INVOICE = "invoice"
    CREDIT_NOTE = "credit note"
    VOID = "void"
    PAYMENT = "payment"
    REFUND = "refund"
    REVERSAL = "reversal"
    CREDIT_APPLIED = "credit applied"
    WITHHELD = "tax withheld"
    DISCOUNT = "discount"
    WRITE_OFF = "write-off"
    RECOVERY = "recovery"
    ON_ACCOUNT = "on account"
    ON_ACCOUNT_APPLIED = "on account applied"


# What both records of one internal movement have in common: the day, what is set against what,
# and by how much that moves the balance on the side of the invoice.
_Link: TypeAlias = tuple[date, str, str, int]


@attrs.frozen
class Step:
    """A movement before the balance is known, in minor units.

    Attributes:
        on: its day.
        kind: what it is.
        number: of the invoice; empty for money on account.
        reference: what people find it by.
        minor: by how much more the client owes.
        fact: what was recorded; None for an issue and for what follows from facts.
        link: of what may have another side; None for all else.
        source: whether it is the side that gives: the credit note, or the money on account.
        applied: of a movement without effect, what was set against the invoice.
    """

    on: date
    kind: MovementKind
    number: str
    reference: str
    minor: int
    fact: Fact | None = None
    link: _Link | None = None
    source: bool = False
    applied: int = 0

    @property
    def order(self) -> tuple[date, bool, str, bool]:
        """By day, new documents of a day first, then by number; what comes back before its cash."""
        issued = self.kind in {MovementKind.INVOICE, MovementKind.CREDIT_NOTE}
        comes_back = self.kind is MovementKind.WRITE_OFF and self.minor > 0
        return self.on, not issued, self.number, not comes_back


# By how much more the client owes through one unit of each, and what that is called.
_EFFECTS: Final[dict[type[Fact], tuple[int, MovementKind]]] = {
    Payment: (-1, MovementKind.PAYMENT),
    Refunded: (1, MovementKind.REFUND),
    Credited: (-1, MovementKind.CREDIT_APPLIED),
    Applied: (1, MovementKind.CREDIT_APPLIED),
    Withheld: (-1, MovementKind.WITHHELD),
    Recovered: (-1, MovementKind.RECOVERY),
}
# What no fact alone says: it is what all facts of a day leave.
_FOLLOWING: Final = (MovementKind.DISCOUNT, MovementKind.WRITE_OFF)
_Moving: TypeAlias = Payment | Refunded | Credited | Applied | Withheld | Recovered


def steps_of(
    invoices: Iterable[Invoice], on_account: Iterable[OnAccount], since: date, until: date
) -> tuple[Step, ...]:
    """Return what moves the balance from *since* to *until*, both included, in order.

    The two records of what moves inside are one step without effect.
    """
    found = [step for each in invoices for step in _of_invoice(each, since, until)]
    found += [step for each in on_account for step in _of_money(each)]
    within = sorted(
        (step for step in found if since <= step.on <= until), key=lambda step: step.order
    )
    return tuple(_joined(within))


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps, those of two sides as one: that of the invoice, without effect."""
    steps = list(steps)
    giving: dict[_Link | None, list[int]] = defaultdict(list)
    for place, step in enumerate(steps):
        if step.source:
            giving[step.link].append(place)
    taken: dict[int, int] = {}
    for place, step in enumerate(steps):
        if step.link and not step.source and giving[step.link]:
            taken[giving[step.link].pop(0)] = place
    kinds = {place: steps[source].kind for source, place in taken.items()}
    for place, step in enumerate(steps):
        if place in kinds:
            yield attrs.evolve(step, kind=kinds[place], minor=0, applied=-step.minor)
        elif place not in taken:
            yield step


def _of_invoice(invoice: Invoice, since: date, until: date) -> Iterator[Step]:
    number, issued_on = invoice.number, invoice.issued_on
    if number is None or issued_on is None:
        return
    is_credit = invoice.kind.is_credit_note
    kind = MovementKind.CREDIT_NOTE if is_credit else MovementKind.INVOICE
    yield Step(issued_on, kind, number, "", invoice.payable.minor)
    for fact in in_order(invoice.facts):
        if isinstance(fact, Voided):
            minor = -invoice.payable.minor
            yield Step(fact.on, MovementKind.VOID, number, fact.reason, minor, fact)
        else:
            yield from _of_fact(fact, number)
    yield from _following(invoice, number, since, until)


def _of_fact(fact: Fact, number: str, *, on_account: bool = False) -> Iterator[Step]:
    """Yield what a fact moves on an invoice of that number, or on money on account."""
    told = fact.fact if isinstance(fact, Reversed) else fact
    if not isinstance(told, _Moving):
        return
    sign, kind = _EFFECTS[type(told)]
    minor = sign * told.amount.minor
    reference = _reference(told)
    if on_account and isinstance(told, Applied):
        kind = MovementKind.ON_ACCOUNT_APPLIED
    if isinstance(fact, Reversed):
        minor, kind, reference = -minor, MovementKind.REVERSAL, fact.reason
    link = _link(told, fact.on, number, minor)
    source = isinstance(told, Applied)
    yield Step(fact.on, kind, number, reference, minor, fact, link, source=source)


def _link(told: _Moving, on: date, number: str, minor: int) -> _Link | None:
    """Return what the other side of a fact has too; money on account has no number."""
    match told:
        case Applied():
            return on, told.invoice, number, -minor
        case Credited():
            return on, number, told.note, minor
        case Payment():
            return on, number, "", minor
        case _:
            return None


def _reference(told: _Moving) -> str:
    match told:
        case Credited():
            return told.note
        case Applied():
            return told.invoice
        case Withheld():
            return told.certificate
        case Recovered():
            return told.reference or ""
        case _:
            return told.reference or told.method or ""


def _following(invoice: Invoice, number: str, since: date, until: date) -> Iterator[Step]:
    """Yield discounts and write-offs as the settlement of each day has them."""
    happened = {invoice.issued_on or since, *(fact.on for fact in invoice.facts)}
    days = [since - timedelta(1), *sorted(day for day in happened if since <= day <= until)]
    told = daily_readings(invoice.reading(days[0]), days[1:])
    for was, now in pairwise((each.as_of, each.discount, each.written_off) for each in told):
        for kind, before, after in zip(_FOLLOWING, was[1:], now[1:], strict=True):
            if before != after:
                yield Step(now[0], kind, number, "", before - after)


def _of_money(money: OnAccount) -> Iterator[Step]:
    yield Step(money.on, MovementKind.ON_ACCOUNT, "", money.reference, -money.amount.minor)
    for fact in in_order(money.facts):
        yield from _of_fact(fact, "", on_account=True)
