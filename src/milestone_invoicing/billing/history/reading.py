"""What the facts that stand on a day make of an invoice, in minor units; it makes no amounts.

This is the one place where it is worked out what is claimed, what each instalment got, and what is
left: all reports read it. Each figure is worked out when it is first asked for, and once.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final

import attrs

from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.collection_facts import PlanAgreed, disputed_of
from milestone_invoicing.billing.history.filling import Filling, fill, lapsing, left_over
from milestone_invoicing.billing.history.invoice_facts import (
    Applied,
    DueDateExtended,
    Payment,
    Recovered,
    Refunded,
    Voided,
    minor_sum,
)
from milestone_invoicing.billing.history.planning import plan_in_force, under_plan
from milestone_invoicing.facts import Fact, of_kind, standing
from milestone_invoicing.money import Currency
from milestone_invoicing.timing.order import undated_last

_NOTHING: Final = Filling((), (), (), (), (), (), 0)


@attrs.frozen(eq=False)
class Reading:
    """An invoice on a day.

    payable = paid + discount + credited + withheld + written_off + retained + open, and
    received = paid + unapplied + refunded, as long as the payable is not negative. A negative
    payable, of a credit note say, is money the client is owed: received - payable = applied +
    refunded + unapplied - discount.

    Attributes:
        issued: the claim that the invoice makes once it is issued; None for a draft.
        recorded: all facts about it.
        currency: of all figures.
        as_of: the day.
        planned: whether a plan counts; without it, what is open is due as first agreed.
    """

    issued: Claim | None
    recorded: Sequence[Fact]
    currency: Currency
    as_of: date
    planned: bool = True

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that stand on the day, by value date."""
        return standing(self.recorded, self.as_of)

    @cached_property
    def is_issued(self) -> bool:
        """Whether it is issued by the day, void or not."""
        return self.issued is not None and self.issued.issued_on <= self.as_of

    @cached_property
    def void(self) -> Voided | None:
        """What made it void, by the day."""
        return next(iter(of_kind(self.facts, Voided)), None)

    @cached_property
    def claim(self) -> Claim | None:
        """What is claimed on the day: nothing of a draft, a void, or what is issued later."""
        return self.issued if self.is_issued and self.void is None else None

    @property
    def is_credit(self) -> bool:
        """Whether it grants money instead of claiming it."""
        return self.claim is not None and self.claim.payable.minor < 0

    @cached_property
    def filling(self) -> Filling:
        """What each instalment got, as if there were no plan; there are none of what is granted."""
        if self.claim is None or self.is_credit:
            return _NOTHING
        return fill(self.claim, self.facts)

    @property
    def payable(self) -> int:
        """What is claimed: below zero of a credit note, zero of a draft and a void."""
        return 0 if self.claim is None else self.claim.payable.minor

    @cached_property
    def received(self) -> int:
        """All cash that came in, recoveries included."""
        return minor_sum(self.facts, Payment, Recovered)

    @cached_property
    def refunded(self) -> int:
        """What of the cash went back."""
        return minor_sum(self.facts, Refunded)

    @cached_property
    def paid(self) -> int:
        """What of the cash is applied here."""
        return sum(self.filling.paid)

    @cached_property
    def discount(self) -> int:
        """What early discounts took; of a credit note, below zero, what of them lapses."""
        if self.claim is not None and self.is_credit:
            return -lapsing(self.claim, self.facts)
        return sum(self.filling.discounts)

    @cached_property
    def credited(self) -> int:
        """What is settled by credit notes."""
        return sum(self.filling.credited)

    @cached_property
    def withheld(self) -> int:
        """What the client paid to the state."""
        return sum(self.filling.withheld)

    @cached_property
    def written_off(self) -> int:
        """What is written off and not recovered."""
        return sum(self.filling.written_off)

    @cached_property
    def retained(self) -> int:
        """What is held and outstanding."""
        return self.filling.retained

    @cached_property
    def open(self) -> int:
        """What may be collected."""
        return self.filling.open

    @property
    def outstanding(self) -> int:
        """What is open or retained."""
        return self.open + self.retained

    @property
    def balance(self) -> int:
        """What is outstanding, less what is left over for the client."""
        return self.outstanding - self.unapplied

    @cached_property
    def applied(self) -> int:
        """Of a credit note, what is set against invoices."""
        return 0 if self.filling.parts else minor_sum(self.facts, Applied)

    @cached_property
    def unapplied(self) -> int:
        """What is left over for the client."""
        if self.claim is not None:
            return (
                left_over(self.claim, self.facts, self.as_of)
                if self.is_credit
                else self.filling.excess
            )
        return self.received - self.refunded

    @cached_property
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

    @cached_property
    def disputed(self) -> int:
        """What of the open amount is disputed: all of it, where more is disputed than is open."""
        return min(disputed_of(self.outstanding, self.facts), self.open)

    @property
    def to_chase(self) -> int:
        """What is open and not disputed."""
        return self.open - self.disputed

    @cached_property
    def plan(self) -> tuple[PlanAgreed, tuple[Fact, ...]] | None:
        """The plan in force, and the facts before it."""
        return plan_in_force(self.facts) if self.planned and self.filling.parts else None

    @cached_property
    def divided(self) -> Filling:
        """What each instalment got, those of a plan behind all others."""
        if self.plan is None or self.claim is None:
            return self.filling
        plan, before = self.plan
        return under_plan(self.claim, self.filling, plan, self.facts, len(before))

    @cached_property
    def extensions(self) -> tuple[DueDateExtended | None, ...]:
        """Of each instalment the last extension that reaches it, which has the word.

        It reaches what had an earlier due date on its own day; what waited for its event then had
        none. Those of a plan are reached all together, by what was recorded since.
        """
        found = of_kind(self.facts, DueDateExtended)
        parts, by_terms = self.divided.parts, len(self.filling.parts)
        reached: list[DueDateExtended | None] = [None] * len(parts)
        for extension in found:
            known = self.issued.parts(self.facts, extension.on) if self.issued else ()
            for place, part in enumerate(known[:by_terms]):
                chosen = extension.installment in {None, place + 1}
                if chosen and part.due_on and extension.until > part.due_on:
                    reached[place] = extension
        since = self.facts[len(self.plan[1]) :] if self.plan else ()
        for extension in of_kind(since, DueDateExtended):
            for place in range(by_terms, len(parts)):
                due_on = parts[place].due_on
                if extension.installment is None and due_on and extension.until > due_on:
                    reached[place] = extension
        return tuple(reached)

    @cached_property
    def due_days(self) -> tuple[date | None, ...]:
        """Of each instalment the due date as extended; None while it waits."""
        pairs = zip(self.divided.parts, self.extensions, strict=True)
        return tuple(each.until if each else part.due_on for part, each in pairs)

    @cached_property
    def open_by_item(self) -> tuple[int, ...]:
        """What of each instalment is open; of what is held nothing is."""
        pairs = zip(self.divided.parts, self.divided.left, strict=True)
        return tuple(0 if part.held else left for part, left in pairs)

    @property
    def retained_by_item(self) -> tuple[int, ...]:
        """What of each instalment is held and not released."""
        pairs = zip(self.divided.parts, self.divided.left, strict=True)
        return tuple(left if part.held else 0 for part, left in pairs)

    @cached_property
    def cash_by_item(self) -> tuple[int, ...]:
        """What of each instalment comes as cash: what is to be certified is of what is due last."""
        to_certify = self.to_certify
        if not to_certify:
            return self.open_by_item
        cash = list(self.open_by_item)
        for place in reversed(self.by_due_date):
            part = min(cash[place], to_certify)
            cash[place] -= part
            to_certify -= part
        return tuple(cash)

    @property
    def by_agreed_date(self) -> tuple[int, ...]:
        """The places of the instalments by due date as agreed, those that are held last."""
        parts = self.divided.parts
        order = [(part.held, undated_last(part.due_on)) for part in parts]
        return tuple(sorted(range(len(parts)), key=order.__getitem__))

    @cached_property
    def by_due_date(self) -> tuple[int, ...]:
        """The places of the instalments by due date as extended, those without one last."""
        days = self.due_days
        return tuple(sorted(range(len(days)), key=lambda place: undated_last(days[place])))
