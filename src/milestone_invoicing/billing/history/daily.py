"""An invoice on each of many days, in one pass; it says what the reading of each day says."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from milestone_invoicing.billing.history.account import Account
from milestone_invoicing.billing.history.collection_facts import PlanAgreed
from milestone_invoicing.billing.history.filling import Filling
from milestone_invoicing.billing.history.invoice_facts import (
    DueDateExtended,
    RetainageReleased,
    Voided,
)
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.contract import EventOccurred
from milestone_invoicing.facts import Fact, Reversed, in_order

# What changes more than what the instalments got: what is claimed, which there are, and their days.
_CHANGING: Final = (
    DueDateExtended,
    EventOccurred,
    PlanAgreed,
    RetainageReleased,
    Reversed,
    Voided,
)


def daily_readings(first: Reading, days: Iterable[date]) -> Iterator[Reading]:
    """Yield a reading, and that of each of some later days, which rise, in one pass.

    The money of a day is laid out on that of the day before. All is worked out anew on the day of
    the issue, on those of facts that change more than what the instalments got, and while a plan
    divides them.
    """
    reading, account = first, None
    told = deque(fact for fact in in_order(first.recorded) if fact.on > first.as_of)
    planned = reading.plan is not None
    yield reading
    for day in days:
        came: list[Fact] = []
        while told and told[0].on <= day:
            came.append(told.popleft())
        if planned or _changes(reading, day, came):
            reading, account = attrs.evolve(first, as_of=day), None
            planned = reading.plan is not None
        else:
            if account is None and reading.claim is not None and not reading.is_credit:
                account = Account.opened(reading.claim)
                came = [*reading.facts, *came]
            filling = reading.filling
            if account is not None:
                for _ in account.lay_out(came):
                    pass
                filling = Filling.of(account)
            reading = reading.later(day, filling)
        yield reading


def _changes(reading: Reading, day: date, came: Iterable[Fact]) -> bool:
    """Whether a later day than that of *reading* has more than what *came* on top of it."""
    claim = reading.issued
    issued = claim is not None and claim.issued_on <= day
    return issued != reading.is_issued or any(isinstance(fact, _CHANGING) for fact in came)
