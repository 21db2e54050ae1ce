"""What was said about open money: disputes, promises, who collects it; it knows no due dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

import attrs

from milestone_invoicing.billing import Disputed, HandedOver, Payment, Promised, Recovered, Withheld
from milestone_invoicing.billing.history.collection_facts import standing_disputes
from milestone_invoicing.billing.history.invoice_facts import minor_sum
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.facts import Fact, Reason, in_order
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.status_axes import Flag


@attrs.frozen
class Collection:
    """What stands beside the label of an invoice on a day, and why.

    Attributes:
        flags: disputed, handed over, promised, promise broken.
        reasons: the facts behind them.
        next_change: the day on which a promise is broken if nothing comes.
    """

    flags: frozenset[Flag]
    reasons: tuple[Reason, ...]
    next_change: date | None


def collection_on(reading: Reading) -> Collection:
    """Return what was said about the money of an invoice, by the facts that stand on a day.

    All of it is over once nothing is outstanding, and comes back with the debt.
    """
    if not reading.has(Disputed, HandedOver, Promised):
        return _NOTHING_SAID
    found = [*_spoken(reading), *_promise(reading)] if reading.outstanding else []
    running = [fact for flag, fact, _ in found if flag is Flag.PROMISED]
    days = [fact.pay_on for fact in running if isinstance(fact, Promised)]
    return Collection(
        flags=frozenset(flag for flag, _, _ in found),
        reasons=tuple(Reason(rule, (fact,)) for _, fact, rule in found),
        next_change=next((day + timedelta(1) for day in days if day < date.max), None),
    )


_NOTHING_SAID: Final = Collection(frozenset(), (), None)


def _spoken(reading: Reading) -> Iterator[tuple[Flag, Fact, str]]:
    """Yield disputes and the last handing over."""
    for dispute in standing_disputes(reading.facts):
        much = "all" if dispute.amount is None else dispute.amount
        yield Flag.DISPUTED, dispute, f"disputed since {dispute.on}: {much} ({dispute.reason})"
    for fact in reading.of_kind(HandedOver)[-1:]:
        yield Flag.HANDED_OVER, fact, f"handed over on {fact.on} to {fact.to}"


def _promise(reading: Reading) -> Iterator[tuple[Flag, Fact, str]]:
    """Yield the last promise, while the money has not come."""
    found = standing_promise(reading)
    if found is not None:
        fact = found.fact
        yield (
            Flag.PROMISE_BROKEN if reading.as_of > fact.pay_on else Flag.PROMISED,
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


def running_promise(reading: Reading) -> StandingPromise | None:
    """Return the promise that stands on a day and is not broken by then; its own day is in time."""
    found = standing_promise(reading)
    return None if found is None or reading.as_of > found.fact.pay_on else found


def standing_promise(reading: Reading) -> StandingPromise | None:
    """Return the last promise that stands.

    None if there is none, nothing is outstanding, or all of it came.
    """
    promises = reading.of_kind(Promised)
    if not promises or not reading.outstanding:
        return None
    fact = promises[-1]
    # What is refunded was left over, so that nothing was open then.
    later = reading.facts[len(reading.facts) - reading.facts[::-1].index(fact) :]
    came = minor_sum(later, Payment, Recovered, Withheld)
    minor = _open_then(reading, fact) if fact.amount is None else fact.amount.minor
    # Once no cash is to come, what the client pays to the state is only not certified yet.
    if came + (0 if reading.to_come else reading.open) >= minor:
        return None
    return StandingPromise(fact, Money(minor, reading.currency), Money(came, reading.currency))


def _open_then(reading: Reading, promise: Promised) -> int:
    """Return what was open when all of it was promised, as it was known then.

    What bounced since, or was recorded since of days before, leaves the promise as it was made.
    """
    told = in_order(reading.recorded)
    before = told[: len(told) - 1 - told[::-1].index(promise)]
    known = tuple(fact for fact in before if fact.known_on <= promise.known_on)
    return attrs.evolve(reading, recorded=known, as_of=promise.on).open
