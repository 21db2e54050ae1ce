"""What of an invoice is there for another fact to take; it knows not whether it may take it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from milestone_invoicing.billing.history.account import MOVING, Account
from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.collection_facts import (
    Disputed,
    DisputeResolved,
    PlanAgreed,
)
from milestone_invoicing.billing.history.invoice_facts import (
    MONEY_FACTS,
    Applied,
    MoneyFact,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
)
from milestone_invoicing.billing.history.ledger import CREDITED, DISCOUNTS, WITHHELD
from milestone_invoicing.contract import EventOccurred
from milestone_invoicing.facts import Fact, of_kind


@attrs.define
class Balance:
    """What facts that stand leave of one invoice, advanced fact by fact in the order of their days.

    Its account is laid out when it is asked for, and anew only where a fact changes what its day
    laid out before it.

    Attributes:
        claim: what the invoice claims.
        bad_debt: what is written off as a bad debt and not recovered.
        events: the days of the events that came.
        disputes: how many disputes stand.
        disputed: what they are about, where they name an amount.
        all_disputed: whether one is about all.
        is_void: whether the invoice claims nothing any more.
        plan: the payment plan in force, and how many instalments it divides anew.
    """

    claim: Claim
    bad_debt: int = 0
    events: dict[str, date] = attrs.field(factory=dict[str, date])
    disputes: int = 0
    disputed: int = 0
    all_disputed: bool = False
    is_void: bool = False
    plan: tuple[PlanAgreed, int] | None = None
    _sums: Counter[type[Fact]] = attrs.field(factory=Counter[type[Fact]])
    _moving: list[Fact] = attrs.field(factory=list[Fact])
    _laid_out: int = 0
    _account: Account | None = None

    @classmethod
    def of(cls, claim: Claim, facts: Iterable[Fact]) -> "Balance":
        """Return what *facts* leave, which stand and are in the order of their days."""
        balance = cls(claim)
        for fact in facts:
            balance.record(fact)
        return balance

    def record(self, fact: Fact) -> None:
        """Count one more fact, which is of the last day or of a later one."""
        if isinstance(fact, MONEY_FACTS):
            self._sums[type(fact)] += fact.amount.minor
            self.bad_debt += lost_by(fact)
        elif isinstance(fact, (Disputed, DisputeResolved)):
            self._dispute(fact)
        elif isinstance(fact, EventOccurred):
            self.events[fact.event] = fact.on
        elif isinstance(fact, PlanAgreed):
            released = of_kind(self._moving, RetainageReleased)
            self.plan = fact, len(self.claim.by_terms) + len(released)
        elif isinstance(fact, Voided):
            self.is_void = True
        if isinstance(fact, MOVING):
            self._moving.append(fact)

    def _dispute(self, fact: Disputed | DisputeResolved) -> None:
        """Count a dispute; what is resolved is all that was disputed so far."""
        if isinstance(fact, DisputeResolved):
            self.disputes, self.disputed, self.all_disputed = 0, 0, False
        else:
            self.disputes += 1
            if fact.amount is None:
                self.all_disputed = True
            else:
                self.disputed += fact.amount.minor

    @property
    def account(self) -> Account:
        """The instalments as these facts leave them."""
        account, start = self._account, self._laid_out
        if account is not None and all(map(account.record, self._moving[start:])):
            self._laid_out = len(self._moving)
            return account
        account = Account.opened(self.claim)
        for _ in account.lay_out(self._moving):
            pass
        self._account, self._laid_out = account, len(self._moving)
        return account

    @property
    def cash(self) -> int:
        """What came in, less what went back; without what was recovered."""
        return self._sums[Payment] - self._sums[Refunded]

    @property
    def released(self) -> int:
        """What is released of what is held."""
        return self._sums[RetainageReleased]

    def left_over(self, day: date) -> int:
        """Return what is left over for the client on a day."""
        if day < self.claim.issued_on or self.is_void:
            return self.cash
        if self.claim.payable.minor < 0:
            return self._granted - self.lapsing
        return self.account.settling.excess

    @property
    def _granted(self) -> int:
        """What a credit note grants, and is neither set against an invoice nor gone back."""
        return self.cash - self.claim.payable.minor - self._sums[Applied]

    @property
    def lapsing(self) -> int:
        """What of a credit note is a discount that lapses."""
        return min(self.claim.lapsed.minor, max(self._granted, 0))

    @property
    def outstanding(self) -> int:
        """What is not settled of what the invoice claims; of a credit note nothing."""
        return self.account.ledger.outstanding if self.claim.payable.minor > 0 else 0

    @property
    def open(self) -> int:
        """What of that is not held."""
        return self.account.open if self.claim.payable.minor > 0 else 0

    @property
    def disputable(self) -> int:
        """What is outstanding and not disputed."""
        outstanding = self.outstanding
        return 0 if self.all_disputed else max(outstanding - self.disputed, 0)

    def room(self, kind: type[MoneyFact], day: date, target: str | None = None) -> int:
        """Return the most that a fact of *kind* may move on a day.

        Args:
            kind: of the fact.
            day: of the fact.
            target: of what is applied, the invoice that it is set against.
        """
        is_credit = self.claim.payable.minor < 0
        if kind is Refunded or (kind is Applied and is_credit):
            own = kind is Applied and target in self.claim.credits and day >= self.claim.issued_on
            return max(self.left_over(day), 0) + (self.lapsing if own else 0)
        if kind is Applied or is_credit:
            return 0
        if kind is Recovered:
            return max(self.bad_debt, 0)
        return self.outstanding + (self._certificate if kind is Withheld else 0)

    @property
    def _certificate(self) -> int:
        """What of a discount a certificate may still take the place of: it was withheld."""
        ledger, claim = self.account.ledger, self.claim
        settled = ledger.totals[CREDITED], ledger.totals[WITHHELD]
        expected = to_certify(claim.withheld.minor, claim.payable.minor, *settled)
        return min(ledger.totals[DISCOUNTS], max(expected - ledger.outstanding, 0))


def left_over(claim: Claim, facts: Sequence[Fact], day: date) -> int:
    """Return what is left over for the client on a day, in minor units, by *facts* that stand.

    It is what nothing takes: all cash while nothing is claimed, cash beyond what is, and what a
    credit note grants, less the discount that lapses with it. It is below zero where more went back
    than came.
    """
    return Balance.of(claim, facts).left_over(day)


def lapsing(claim: Claim, facts: Sequence[Fact]) -> int:
    """Return what of a credit note is a discount that lapses, in minor units.

    It is the last of it: what is set against its own invoice beyond the rest takes its place.
    """
    return Balance.of(claim, facts).lapsing


def bad_debt(facts: Sequence[Fact]) -> int:
    """Return what is written off as a bad debt and not recovered, in minor units."""
    return sum(map(lost_by, facts))


def lost_by(fact: Fact) -> int:
    """Return what one fact adds to the bad debt; what is recovered was one."""
    match fact:
        case WrittenOff(reason=WriteOffReason.BAD_DEBT):
            return fact.amount.minor
        case Recovered():
            return -fact.amount.minor
        case _:
            return 0
