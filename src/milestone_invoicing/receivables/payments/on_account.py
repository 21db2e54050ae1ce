"""A client's money that is not applied to any invoice yet; it knows no invoices."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final, Self, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.billing import Applied, Payment, Refunded
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.billing.history.invoice_facts import minor_sum
from milestone_invoicing.billing.history.refusing import impossible
from milestone_invoicing.facts import Fact, Reversed, in_order, standing
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency

OnAccountFact: TypeAlias = Applied | Refunded | Reversed

_KINDS: Final = (Applied, Refunded, Reversed)


def _facts(values: Iterable[OnAccountFact]) -> tuple[OnAccountFact, ...]:
    return tuple_of(values, _KINDS, "the facts of money on account")


@attrs.frozen
class OnAccount:
    """Money of a client that came in and is not applied to an invoice, or not all of it.

    What is set against an invoice is recorded here as ``Applied`` and on the invoice as a
    ``Payment``, both of the day of applying, so that on each day the money stands in one place.

    Args:
        party: the key of the client.
        amount: what came in, above zero.
        on: the day it came, from which it is visible.
        reference: of the bank line, say; for people.
        facts: what was applied and refunded of it since, and reversed.

    Raises:
        BlankTextError: the party is blank.
        NumberRangeError: the amount is not above zero.
        CurrencyMismatchError: a fact is in another currency.
        ImpossibleFactError: more is applied or refunded than there was on its day, or before the
            money came.
        NothingToReverseError: a reversal finds no equal earlier fact.
        WrongTypeError, DateTypeError: a part is of another type.

    Example:
        >>> money = OnAccount("acme", Money.of(500, "EUR"), date(2026, 5, 4), "bank 17")
        >>> money = money.record(Applied(Money.of(300, "EUR"), "2026-01", on=date(2026, 5, 20)))
        >>> [str(money.unapplied(as_of=date(2026, 5, day))) for day in (3, 4, 20)]
        ['EUR 0.00', 'EUR 500.00', 'EUR 200.00']

    Source: the payment on account of ledgers; the two records are a convention of this library.
    """

    party: str
    amount: Money
    on: date
    reference: str = ""
    facts: tuple[OnAccountFact, ...] = attrs.field(default=(), converter=_facts)

    def __attrs_post_init__(self) -> None:
        """Check each part, and that no more is used than there is."""
        require_text(self.party, "the party of money on account")
        require_amount(self.amount, "money on account")
        require_date(self.on, "on")
        require_type(self.reference, str, "the reference of money on account")
        lefts = dict(left_by_day(self))
        for fact in self.facts:
            if fact.on < self.on:
                raise impossible(fact, f"{self.on} or later, when the money came", fact.on)
            if isinstance(fact, Applied | Refunded):
                require_one_currency(self.amount, fact.amount)
            # Of a day from which on something is reversed that never stood, nothing is known.
            left = lefts[fact.on] if fact.on in lefts else self._left(fact.on)
            if left < 0:
                there, over = f"no more than there is of {self.amount}", self.amount.currency
                raise impossible(fact, there, f"{Money(-left, over)} too much")

    def _left(self, day: date) -> int:
        stands = self._standing(day)
        return minor_sum(stands, Payment) - minor_sum(stands, Applied, Refunded)

    def _standing(self, day: date) -> tuple[Fact, ...]:
        return standing((self.receipt, *self.facts), day)

    @property
    def receipt(self) -> Payment:
        """The coming in of the money, as a fact that ``Reversed`` takes back if it bounced.

        Example:
            >>> cheque = OnAccount("acme", Money.of(500, "EUR"), date(2026, 5, 4), "cheque 8")
            >>> bounced = cheque.record(Reversed(cheque.receipt, "bounced", on=date(2026, 5, 9)))
            >>> [str(bounced.unapplied(as_of=date(2026, 5, day))) for day in (8, 9)]
            ['EUR 500.00', 'EUR 0.00']
        """
        return Payment(self.amount, reference=self.reference or None, on=self.on)

    def record(self, *facts: OnAccountFact) -> Self:
        """Return the money with *facts* recorded; what is dated earlier counts from its own day.

        Raises:
            ImpossibleFactError, NothingToReverseError, CurrencyMismatchError: as the constructor.
            WrongTypeError: a value is none of ``Applied``, ``Refunded`` and ``Reversed``.

        Example:
            >>> money = OnAccount("acme", Money.of(500, "EUR"), date(2026, 5, 4))
            >>> len(money.record(Refunded(Money.of(500, "EUR"), on=date(2026, 5, 5))).facts)
            1
        """
        return attrs.evolve(self, facts=(*self.facts, *facts))

    def unapplied(self, *, as_of: date) -> Money:
        """Return what of it is neither applied nor refunded on a day; zero before it came.

        Raises:
            DateTypeError: *as_of* is not a plain date.

        Example:
            >>> money = OnAccount("acme", Money.of(500, "EUR"), date(2026, 5, 4))
            >>> str(money.unapplied(as_of=date(2026, 5, 4)))
            'EUR 500.00'
        """
        require_date(as_of, "as_of")
        return Money(self._left(as_of), self.amount.currency)

    def refunded(self, *, as_of: date) -> Money:
        """Return what of it went back up to a day, that day included.

        Raises:
            DateTypeError: *as_of* is not a plain date.

        Example:
            >>> money = OnAccount("acme", Money.of(500, "EUR"), date(2026, 5, 4))
            >>> money = money.record(Refunded(Money.of(200, "EUR"), on=date(2026, 5, 5)))
            >>> [str(money.refunded(as_of=date(2026, 5, day))) for day in (4, 5)]
            ['EUR 0.00', 'EUR 200.00']
        """
        require_date(as_of, "as_of")
        return Money(minor_sum(self._standing(as_of), Refunded), self.amount.currency)


def left_by_day(money: OnAccount) -> Iterator[tuple[date, int]]:
    """Yield each day on which money came, went or was taken back, and what then is left of it.

    It ends before the day of a reversal that finds nothing.
    """
    stands: Counter[Fact] = Counter()
    left = 0
    for day, facts in groupby(in_order((money.receipt, *money.facts)), lambda fact: fact.on):
        for fact in facts:
            undone = fact.fact if isinstance(fact, Reversed) else None
            if undone is not None and not stands[undone]:
                return
            moved = undone or fact
            stands[moved] += -1 if undone else 1
            minor = minor_sum((moved,), Payment) - minor_sum((moved,), Applied, Refunded)
            left += -minor if undone else minor
        yield day, left
