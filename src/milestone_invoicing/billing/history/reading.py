"""What the facts that stand on a day make of an invoice, in minor units; it makes no amounts.

This is the one place where it is worked out what is claimed, what each instalment got, and what is
left: all reports read it. Each figure is worked out when it is first asked for, and once.
"""

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import Final, TypeVar

import attrs

from milestone_invoicing.billing.history.balance import lapsing, left_over
from milestone_invoicing.billing.history.claim import Claim, taken_last, to_certify
from milestone_invoicing.billing.history.collection_facts import Disputed, PlanAgreed, disputed_of
from milestone_invoicing.billing.history.filling import Filling, fill
from milestone_invoicing.billing.history.invoice_facts import (
    Applied,
    DueDateExtended,
    MoneyFact,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Voided,
)
from milestone_invoicing.billing.history.planning import plan_in_force, under_plan
from milestone_invoicing.contract import EventOccurred
from milestone_invoicing.facts import Fact, of_kind, standing
from milestone_invoicing.money import Currency
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.timing.order import undated_last

_NOTHING: Final = Filling((), (), (), (), (), (), (), 0, 0)
_ALONE: Final = (0,)
_F = TypeVar("_F", bound=Fact)


@attrs.define(eq=False)
class Reading:
    """An invoice on a day.

    payable = paid + discount + credited + withheld + written_off + retained + open, and
    received = paid + unapplied + refunded, as long as the payable is not negative. A negative
    payable, of a credit note say, is money the client is owed: received - payable = applied +
    refunded + unapplied - discount.

    Its own fields are set when it is made, and those that take longer when they are first read:
    plain slots, since there is one reading for each invoice and day.

    Attributes:
        issued: the claim that the invoice makes once it is issued; None for a draft.
        recorded: all facts about it.
        currency: of all figures.
        as_of: the day.
        planned: whether a plan counts; without it, what is open is due as first agreed.
        is_issued: whether it is issued by the day, void or not.
        void: what made it void, by the day.
        claim: what is claimed on the day: nothing of a draft, a void, or what is issued later.
        is_credit: whether it grants money instead of claiming it.
    """

    issued: Claim | None
    recorded: Sequence[Fact]
    currency: Currency
    as_of: date
    planned: bool = True
    is_issued: bool = attrs.field(init=False)
    void: Voided | None = attrs.field(init=False)
    claim: Claim | None = attrs.field(init=False)
    is_credit: bool = attrs.field(init=False)
    _facts: tuple[Fact, ...] | None = attrs.field(init=False, default=None)
    _filling: Filling | None = attrs.field(init=False, default=None)
    _divided: Filling | None = attrs.field(init=False, default=None)
    _extensions: tuple[DueDateExtended | None, ...] | None = attrs.field(init=False, default=None)
    _due_days: tuple[date | None, ...] | None = attrs.field(init=False, default=None)
    _opens: Sequence[int] | None = attrs.field(init=False, default=None)
    _retained: Sequence[int] | None = attrs.field(init=False, default=None)
    _to_certify: Sequence[int] | None = attrs.field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Find what stands, and whether anything is claimed."""
        claim = self.issued
        self.is_issued = claim is not None and claim.issued_on <= self.as_of
        self.void = next(iter(of_kind(self.facts, Voided)), None) if self.facts else None
        self.claim = claim if self.is_issued and self.void is None else None
        self.is_credit = self.claim is not None and self.claim.payable.minor < 0

    def later(self, day: date, filling: Filling) -> "Reading":
        """Return the reading of a later day without a plan, where nothing but the filling differs.

        That is so where until then nothing is issued, void or taken back, and nothing dates the
        instalments.
        """
        later = copy(self)
        known = {"as_of": day, "planned": False, "_due_days": self.due_days}
        known |= {"_filling": filling, "_divided": filling}
        asked = dict.fromkeys(("_facts", "_opens", "_retained", "_to_certify"))
        for name, value in (known | asked).items():
            setattr(later, name, value)
        return later

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that stand on the day, by value date."""
        if self._facts is None:
            self._facts = standing(self.recorded, self.as_of) if self.recorded else ()
        return self._facts

    def has(self, *kinds: type[Fact]) -> bool:
        """Say whether a fact of any kind stands."""
        return any(isinstance(fact, kinds) for fact in self.facts)

    def of_kind(self, kind: type[_F]) -> tuple[_F, ...]:
        """Return the facts of a kind that stand."""
        # Asked a dozen times of an invoice, most of which have few facts or none.
        facts = self.facts
        return tuple([fact for fact in facts if isinstance(fact, kind)]) if facts else ()

    def sum_of(self, kind: type[MoneyFact]) -> int:
        """Return what the facts of a kind moved."""
        return sum(fact.amount.minor for fact in self.of_kind(kind))

    @property
    def filling(self) -> Filling:
        """What each instalment got, as if there were no plan; there are none of what is granted."""
        if self._filling is None:
            claimed = None if self.is_credit else self.claim
            self._filling = _NOTHING if claimed is None else fill(claimed, self.facts)
        return self._filling

    @property
    def payable(self) -> int:
        """What is claimed: below zero of a credit note, zero of a draft and a void."""
        return 0 if self.claim is None else self.claim.payable.minor

    @property
    def received(self) -> int:
        """All cash that came in, recoveries included."""
        return self.sum_of(Payment) + self.sum_of(Recovered)

    @property
    def refunded(self) -> int:
        """What of the cash went back."""
        return self.sum_of(Refunded)

    @property
    def paid(self) -> int:
        """What of the cash is applied here."""
        return sum(self.filling.paid)

    @property
    def discount(self) -> int:
        """What early discounts took; of a credit note, below zero, what of them lapses."""
        if self.claim is not None and self.is_credit:
            return -lapsing(self.claim, self.facts) if self.claim.lapsed else 0
        return sum(self.filling.discounts)

    @property
    def credited(self) -> int:
        """What is settled by credit notes."""
        return sum(self.filling.credited)

    @property
    def withheld(self) -> int:
        """What the client paid to the state."""
        return sum(self.filling.withheld)

    @property
    def written_off(self) -> int:
        """What is written off and not recovered."""
        return sum(self.filling.written_off)

    @property
    def retained(self) -> int:
        """What is held and outstanding."""
        return self.filling.retained

    @property
    def open(self) -> int:
        """What may be collected."""
        return self.filling.open

    @property
    def outstanding(self) -> int:
        """What is open or retained."""
        return sum(self.filling.left)

    @property
    def balance(self) -> int:
        """What is outstanding, less what is left over for the client."""
        return self.outstanding - self.unapplied

    @property
    def applied(self) -> int:
        """Of a credit note, what is set against invoices."""
        return 0 if self.filling.parts else self.sum_of(Applied)

    @property
    def unapplied(self) -> int:
        """What is left over for the client."""
        if self.claim is None:
            return self.received - self.refunded
        if self.is_credit:
            return left_over(self.claim, self.facts, self.as_of)
        return self.filling.excess

    @property
    def to_certify(self) -> int:
        """What of the open amount the client has still to pay to the state."""
        claim = self.claim
        if claim is None or not claim.withheld.minor:
            return 0
        whole = (claim.withheld.minor, claim.payable.minor)
        return min(to_certify(*whole, self.credited, self.withheld), self.open)

    @property
    def to_come(self) -> int:
        """What of the open amount comes as cash."""
        return self.open - self.to_certify

    @property
    def disputed(self) -> int:
        """What of the open amount is disputed: all of it, where more is disputed than is open."""
        if not self.of_kind(Disputed):
            return 0
        return min(disputed_of(self.outstanding, self.facts), self.open)

    @property
    def to_chase(self) -> int:
        """What is open, not disputed, and comes as cash."""
        return max(self.open - self.disputed - self.to_certify, 0)

    @property
    def plan(self) -> tuple[PlanAgreed, tuple[Fact, ...]] | None:
        """The last plan that was agreed, and the facts before it; a void has nothing to divide."""
        return plan_in_force(self.facts) if self.planned else None

    @property
    def divided(self) -> Filling:
        """What each instalment got, those of a plan behind all others."""
        if self._divided is None:
            plan, divided = self.plan, self.filling
            if plan is not None and self.claim is not None:
                agreed, before = plan
                divided = under_plan(self.claim, divided, agreed, self.facts, len(before))
            self._divided = divided  # at once, since another thread may read it
        return self._divided

    @property
    def extensions(self) -> tuple[DueDateExtended | None, ...]:
        """Of each instalment the last extension that reaches it, which has the word.

        It reaches what had an earlier due date on its own day; what waited for its event then had
        none. Those of a plan are reached all together, by what was recorded since.
        """
        if self._extensions is None:
            reached: dict[int, DueDateExtended] = {}
            if self.has(DueDateExtended):
                reached = {**self._extended_by_terms(), **self._extended_by_plan()}
            self._extensions = tuple(map(reached.get, range(len(self.divided.parts))))
        return self._extensions

    def _extended_by_terms(self) -> dict[int, DueDateExtended]:
        """Return what reaches each instalment of the terms, from the last extension back."""
        dated = self.issued if self.has(EventOccurred, RetainageReleased) else None
        known, missing = self.filling.parts, {*range(len(self.filling.parts))}
        reached: dict[int, DueDateExtended] = {}
        for extension in reversed(self.of_kind(DueDateExtended)):
            if dated is not None:
                known = dated.parts(self.facts, extension.on)
            number = extension.installment
            chosen = missing if number is None else missing & {number - 1}
            found = [place for place in chosen if _is_later(extension, known[place].due_on)]
            reached |= dict.fromkeys(found, extension)
            missing.difference_update(found)
            if not missing:
                break
        return reached

    def _extended_by_plan(self) -> dict[int, DueDateExtended]:
        """Return what reaches each instalment of a plan, all together."""
        first, since = len(self.filling.parts), self.facts[len(self.plan[1]) :] if self.plan else ()
        return {
            first + place: extension
            for extension in of_kind(since, DueDateExtended)
            for place, part in enumerate(self.divided.parts[first:])
            if extension.installment is None and _is_later(extension, part.due_on)
        }

    @property
    def due_days(self) -> tuple[date | None, ...]:
        """Of each instalment the due date as extended; None while it waits."""
        if self._due_days is None:
            days = tuple([part.due_on for part in self.divided.parts])
            if self.of_kind(DueDateExtended):
                pairs = zip(days, self.extensions, strict=True)
                days = tuple(each.until if each else day for day, each in pairs)
            self._due_days = days
        return self._due_days

    @property
    def open_by_item(self) -> Sequence[int]:
        """What of each instalment is open; of what is held nothing is."""
        if self._opens is None:
            divided = self.divided
            opens: Sequence[int] = divided.left
            if divided.retained:
                pairs = zip(divided.parts, opens, strict=True)
                opens = [0 if part.held else left for part, left in pairs]
            self._opens = opens
        return self._opens

    @property
    def retained_by_item(self) -> Sequence[int]:
        """What of each instalment is held and not released."""
        if self._retained is None:
            pairs = zip(self.divided.parts, self.divided.left, strict=True)
            self._retained = [left if part.held else 0 for part, left in pairs]
        return self._retained

    @property
    def certify_by_item(self) -> Sequence[int]:
        """What of each instalment is open, and waits for the certificate of a withheld tax alone.

        It is of what is due last, but where instalments have early discounts of their own, which
        cash for all but its own part takes, of each its part.
        """
        if self._to_certify is None:
            claim, divided, opens = self.claim, self.divided, self.open_by_item
            apart: Sequence[int] = [0] * len(opens)
            if claim is not None and self.to_certify:
                of_terms = [0] * len(opens)
                for place, minor in enumerate(claim.withheld_by_terms * claim.discounts_apart):
                    settled = divided.credited[place], divided.withheld[place]
                    amount = divided.parts[place].amount.minor
                    of_terms[place] = to_certify(minor, amount, *settled)
                apart = taken_last(self.to_certify, opens, of_terms, self.due_days)
            self._to_certify = apart  # at once, since another thread may read it
        return self._to_certify

    @property
    def cash_by_item(self) -> Sequence[int]:
        """What of each instalment is to come as cash, and is late once its due date has passed."""
        if not self.to_certify:
            return self.open_by_item
        return list(map(int.__sub__, self.open_by_item, self.certify_by_item))

    @property
    def undisputed_by_item(self) -> Sequence[int]:
        """What of the cash of each instalment nobody disputes: what is due last is disputed.

        What comes in is first what nobody disputes, and settles what is due first.
        """
        cash = self.cash_by_item
        limits = ((place, cash[place]) for place in self.by_agreed_date)
        clear = dict(waterfall(self.to_come - self.disputed, limits))
        return [clear.get(place, 0) for place in range(len(cash))]

    @property
    def undisputed_to_certify(self) -> int:
        """What of what waits for its certificate nobody disputes: cash is disputed before it."""
        return self.to_certify - max(self.disputed - self.to_come, 0)

    @property
    def by_agreed_date(self) -> tuple[int, ...]:
        """The places of the instalments by due date as agreed, those that are held last."""
        parts = self.divided.parts
        if len(parts) == 1:
            return _ALONE
        order = [(part.held, undated_last(part.due_on)) for part in parts]
        return tuple(sorted(range(len(parts)), key=order.__getitem__))

    @property
    def by_due_date(self) -> tuple[int, ...]:
        """The places of the instalments by due date as extended, those without one last."""
        days = self.due_days
        if len(days) == 1:
            return _ALONE
        return tuple(sorted(range(len(days)), key=lambda place: undated_last(days[place])))


def _is_later(extension: DueDateExtended, due_on: date | None) -> bool:
    """Say whether an extension gives more time; what has no date yet gets none."""
    return due_on is not None and extension.until > due_on
