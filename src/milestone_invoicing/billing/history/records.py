"""Facts in the order in which they were recorded, and what they leave on a day and later."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from milestone_invoicing.billing.history.balance import Balance
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.invoice_facts import InvoiceFact, Voided
from milestone_invoicing.facts import Fact, Reversed, in_order, standing


@attrs.define
class Records:
    """What was recorded on one invoice so far; it is advanced record by record.

    As long as facts come in the order of their days, and none is taken back, what they leave is
    advanced with them. After any other record it is worked out anew, once it is asked for.

    Attributes:
        claim: what the invoice claims.
        facts: as they were recorded.
        void: the first record of a void.
    """

    claim: Claim
    facts: list[InvoiceFact] = attrs.field(factory=list[InvoiceFact])
    void: Voided | None = None
    _last: date = date.min
    _balance: Balance | None = None

    @classmethod
    def of(cls, claim: Claim, facts: Iterable[InvoiceFact]) -> "Records":
        """Return *facts* as recorded on an invoice that makes *claim*."""
        records = cls(claim)
        for fact in facts:
            records.add(fact)
        return records

    def add(self, fact: InvoiceFact) -> None:
        """Record one more fact."""
        if self._balance is not None:
            if fact.on < self._last or isinstance(fact, Reversed):
                self._balance = None
            else:
                self._balance.record(fact)
        self.facts.append(fact)
        self._last = max(self._last, fact.on)
        if self.void is None and isinstance(fact, Voided):
            self.void = fact

    def balance_on(self, day: date) -> Balance:
        """Return what stands on a day leaves."""
        return next(balance for _, balance in self.balances_from(day))

    def balances_from(self, start: date) -> Iterator[tuple[date, Balance]]:
        """Yield what is left on a day, and on each later day of which there are records.

        The issue takes what came in before, so that its day counts like one of a record. Each
        balance is to be read before the next one is asked for.
        """
        if start >= max(self._last, self.claim.issued_on):
            if self._balance is None:
                self._balance = Balance.of(self.claim, standing(self.facts, date.max))
            yield start, self._balance
            return
        days = recorded_days(self.facts, start, self.claim.issued_on)
        if any(isinstance(fact, Reversed) for fact in self.facts):
            for day in days:
                yield day, Balance.of(self.claim, standing(self.facts, day))
            return
        balance, told = Balance(self.claim), list(reversed(in_order(self.facts)))
        for day in days:
            while told and told[-1].on <= day:
                balance.record(told.pop())
            yield day, balance


def recorded_days(facts: Iterable[Fact], start: date, issued_on: date = date.min) -> list[date]:
    """Return the day *start*, and each later one of a record or of the issue."""
    days = {start, issued_on, *(fact.on for fact in facts)}
    return sorted(day for day in days if day >= start)
