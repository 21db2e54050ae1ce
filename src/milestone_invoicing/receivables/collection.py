"""What was said about open money: disputes, promises, who collects it; it knows no due dates."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import attrs

from milestone_invoicing.billing import (
    HandedOver,
    Invoice,
    Payment,
    Promised,
    Recovered,
    Withheld,
)
from milestone_invoicing.billing.history.collection_facts import disputed_of, standing_disputes
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.billing.history.invoice_facts import minor_sum
from milestone_invoicing.facts import Fact, Reason, in_order, of_kind, standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.settlement import Settlement, cash_to_come, settle
from milestone_invoicing.receivables.status_axes import Flag


@attrs.frozen
class Collection:
    """What stands beside the label of an invoice on a day, and why.

    Attributes:
        to_chase: what is open, not disputed, and comes as cash.
        flags: disputed, handed over, promised, promise broken.
        reasons: the facts behind them.
        next_change: the day on which a promise is broken if nothing comes.
    """

    to_chase: Money
    flags: frozenset[Flag]
    reasons: tuple[Reason, ...]
    next_change: date | None


def collection_on(
    invoice: Invoice, facts: Sequence[Fact], settlement: Settlement, as_of: date
) -> Collection:
    """Return what was said about the money of *invoice*, by *facts* that stand on a day.

    All of it is over once nothing is outstanding, and comes back with the debt.
    """
    found = [*_spoken(facts, settlement), *_promise(invoice, facts, settlement, as_of)]
    running = [fact for flag, fact, _ in found if flag is Flag.PROMISED]
    days = [fact.pay_on for fact in running if isinstance(fact, Promised)]
    return Collection(
        to_chase=_to_chase(invoice, facts, settlement),
        flags=frozenset(flag for flag, _, _ in found),
        reasons=tuple(Reason(rule, (fact,)) for _, fact, rule in found),
        next_change=next((day + timedelta(1) for day in days if day < date.max), None),
    )


def _to_chase(invoice: Invoice, facts: Sequence[Fact], settlement: Settlement) -> Money:
    left = settlement.open.minor - disputed_and_open(settlement, facts)
    return Money(cash_to_come(invoice.claim, facts, left), invoice.currency)


def disputed_and_open(settlement: Settlement, facts: Sequence[Fact]) -> int:
    """Return what is disputed of what is open, by *facts* that stand, in minor units."""
    return min(disputed_of(settlement.outstanding.minor, facts), settlement.open.minor)


def _spoken(facts: Sequence[Fact], settlement: Settlement) -> Iterator[tuple[Flag, Fact, str]]:
    """Yield disputes and the last handing over, while anything is outstanding."""
    if not settlement.outstanding:
        return
    for dispute in standing_disputes(facts):
        much = "all" if dispute.amount is None else dispute.amount
        yield Flag.DISPUTED, dispute, f"disputed since {dispute.on}: {much} ({dispute.reason})"
    for fact in of_kind(facts, HandedOver)[-1:]:
        yield Flag.HANDED_OVER, fact, f"handed over on {fact.on} to {fact.to}"


def _promise(
    invoice: Invoice, facts: Sequence[Fact], settlement: Settlement, as_of: date
) -> Iterator[tuple[Flag, Fact, str]]:
    """Yield the last promise, while anything is outstanding and the money has not come."""
    found = _standing_promise(invoice, facts, settlement)
    if found is not None:
        fact = found.fact
        yield (
            Flag.PROMISE_BROKEN if as_of > fact.pay_on else Flag.PROMISED,
            fact,
            f"promised on {fact.on}: {found.amount} by {fact.pay_on}, of which {found.came} came",
        )


class StandingPromise(NamedTuple):
    """A promise to pay of which something is still to come.

    Attributes:
        fact: the promise.
        amount: how much was promised.
        came: how much of it came.
    """

    fact: Promised
    amount: Money
    came: Money

    @property
    def left(self) -> Money:
        """What is still to come."""
        return self.amount - self.came


def running_promise(invoice: Invoice, as_of: date) -> StandingPromise | None:
    """Return the promise that stands on a day and is not broken by then; its own day is in time."""
    facts = standing(invoice.facts, as_of)
    found = _standing_promise(invoice, facts, settle(invoice, as_of))
    return None if found is None or as_of > found.fact.pay_on else found


def _standing_promise(
    invoice: Invoice, facts: Sequence[Fact], settlement: Settlement
) -> StandingPromise | None:
    """Return the last promise by *facts* that stand.

    None if there is none, nothing is outstanding, or all of it came.
    """
    for place, fact in enumerate(facts):
        later = facts[place + 1 :]
        if not isinstance(fact, Promised) or of_kind(later, Promised):
            continue
        if not settlement.outstanding:
            return None
        minor = _open_then(invoice, fact) if fact.amount is None else fact.amount.minor
        # What is refunded was left over, so that nothing was open then.
        came = minor_sum(later, Payment, Recovered, Withheld)
        # Once no cash is to come, what the client pays to the state is only not certified yet.
        to_come = cash_to_come(invoice.claim, facts, settlement.open.minor)
        uncertified = 0 if to_come else settlement.open.minor
        if came + uncertified < minor:
            parts = Money(minor, invoice.currency), Money(came, invoice.currency)
            return StandingPromise(fact, *parts)
    return None


def _open_then(invoice: Invoice, promise: Promised) -> int:
    """Return what was open when all of it was promised, as it was known then.

    What bounced since, or was recorded since of days before, leaves the promise as it was made.
    """
    told = in_order(invoice.facts)
    before = told[: len(told) - 1 - told[::-1].index(promise)]
    known = [fact for fact in before if fact.known_on <= promise.known_on]
    return fill(invoice.claim, standing(known, promise.on)).open if invoice.claim else 0
