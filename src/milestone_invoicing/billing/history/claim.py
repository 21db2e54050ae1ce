"""What an issued invoice claims and when; it knows facts about dates, but no money that moved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

import attrs

from milestone_invoicing.billing.document.breakdown import Prepaid
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.totals import discountable_of, reducible_of
from milestone_invoicing.billing.history.invoice_facts import RetainageReleased
from milestone_invoicing.contract import DiscountOffer, DueAmount, PaymentTerms
from milestone_invoicing.contract.events import events_among
from milestone_invoicing.contract.terms.installments import withheld_of
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Currency, Money, Rounding, TaxedAmount, round_ratio
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.timing.order import undated_last


def to_certify(withheld: int, amount: int, credited: int, certified: int) -> int:
    """Return what the client has still to pay to the state of an amount, in minor units.

    What is credited of the amount takes its part of what is withheld with it, rounded half up on
    the running total.

    Args:
        withheld: what of the amount was to be withheld.
        amount: as it was claimed; of nothing, nothing is withheld.
        credited: what of it is credited.
        certified: what of it is settled by certificates.
    """
    if not (withheld and amount):
        return 0
    left = round_ratio(withheld * (amount - credited), amount, Rounding.HALF_UP)
    return max(left - certified, 0)


def best_offers(found: Iterable[DiscountOffer], day: date) -> dict[int | None, DiscountOffer]:
    """Return the best offer that still holds on *day*, by instalment; None is the whole."""
    best: dict[int | None, DiscountOffer] = {}
    for offer in found:
        if day <= offer.until:
            best.setdefault(offer.installment, offer)
    return best


def still_offered(discount: int, amount: int, credited: int) -> int:
    """Return what of a discount on *amount* is left once so much of that is credited."""
    return round_ratio(discount * (amount - credited), amount, Rounding.HALF_UP)


def taken_last(
    minor: int, limits: Sequence[int], apart: Sequence[int], due: Sequence[date | None]
) -> list[int]:
    """Return what of each instalment is taken of so many minor units: what is due last first.

    Args:
        minor: how much; no more than all limits.
        limits: what there is of each.
        apart: what is taken of each before anything of another.
        due: when each is due; without a date, last.
    """
    taken = [0] * len(limits)
    by_date = sorted(range(len(limits)), key=lambda place: undated_last(due[place]))
    for most in (apart, limits):
        room = ((each, min(most[each], limits[each]) - taken[each]) for each in reversed(by_date))
        for place, part in waterfall(minor, room):
            taken[place] += part
            minor -= part
    return taken


@attrs.frozen
class Claim:
    """An amount that is payable from a day on, by terms, a part of it held back.

    Attributes:
        payable: with tax, what is held included.
        issued_on: the day from which it is claimed, and from which terms count.
        terms: of payment.
        untaxed: the amount without tax, of which a share may be a percent.
        entries: all that is billed, as lines.
        prepaid: what of deposits is deducted.
        held: the part that waits for its release, by the sign of the payable.
        withheld: the part that the client pays to the state, by the sign of the payable.
        lapsed: of a credit note, what of it is a discount that was taken, and never paid.
        credits: the numbers of the invoices that it takes back.
    """

    payable: Money
    issued_on: date
    terms: PaymentTerms
    untaxed: Money
    entries: tuple[Line, ...]
    prepaid: tuple[Prepaid, ...]
    held: Money
    withheld: Money
    lapsed: Money
    credits: tuple[str, ...]

    @property
    def currency(self) -> Currency:
        """The currency of all its amounts."""
        return self.payable.currency

    @cached_property
    def reducible(self) -> TaxedAmount:
        """Net and tax of what an early discount reduces, without what is deducted."""
        return reducible_of(self.entries, self.prepaid)

    @cached_property
    def billed(self) -> TaxedAmount:
        """Net and tax of what an early discount reduces, with what is deducted."""
        return discountable_of(self.entries)

    @cached_property
    def agreed(self) -> tuple[DueAmount, ...]:
        """What was first agreed to be due when, what is held last."""
        return self.parts(()) if self.held else self.by_terms

    def parts(self, facts: Iterable[Fact], until: date = date.max) -> tuple[DueAmount, ...]:
        """Return the instalments by *facts* that stand: by the terms, then as released, then held.

        What is released after *until*, or waits for an event after it, has no date yet, but is
        there: so the instalments of all days are the same, and only their dates differ.
        """
        facts = tuple(facts)
        due = self.due_after(events_among(fact for fact in facts if fact.on <= until))
        if not self.held:
            return due
        releases = [fact for fact in facts if isinstance(fact, RetainageReleased)]
        released = tuple(
            DueAmount(fact.due_on if fact.on <= until else None, fact.amount, held=fact.on > until)
            for fact in releases
        )
        left = self.held - Money.total((fact.amount for fact in releases), currency=self.currency)
        return (*due, *released, *([DueAmount(None, left, held=True)] if left else ()))

    def due_after(self, events: Mapping[str, date]) -> tuple[DueAmount, ...]:
        """Return the instalments of the terms, without what is held, once *events* came."""
        if not events:
            return self.by_terms
        return self.terms.due(
            self.payable - self.held, self.issued_on, untaxed=self.untaxed, events=events
        )

    @cached_property
    def by_terms(self) -> tuple[DueAmount, ...]:
        """The instalments of the terms, without what is held."""
        return self.terms.due(self.payable - self.held, self.issued_on, untaxed=self.untaxed)

    @cached_property
    def due_order(self) -> Sequence[int]:
        """The places of the instalments of the terms by due date, those without one last."""
        parts = self.by_terms
        if len(parts) == 1:
            return (0,)
        return sorted(range(len(parts)), key=lambda place: undated_last(parts[place].due_on))

    def offers(self, facts: Iterable[Fact], until: date = date.max) -> tuple[DiscountOffer, ...]:
        """Return what paying early would take off, given the events until a day."""
        return self.offers_after(events_among(fact for fact in facts if fact.on <= until))

    def offers_after(self, events: Mapping[str, date]) -> tuple[DiscountOffer, ...]:
        """Return what paying early would take off, once *events* came."""
        return self._offered(events) if events else self._first_offers

    @cached_property
    def _first_offers(self) -> tuple[DiscountOffer, ...]:
        return self._offered({})

    def _offered(self, events: Mapping[str, date]) -> tuple[DiscountOffer, ...]:
        if not (self.terms.discounts or self.discounts_apart):
            return ()
        return self.terms.offers(
            self.payable - self.held,
            self.issued_on,
            reducible=self.reducible,
            billed=self.billed,
            held=self.held,
            withheld=self.withheld,
            untaxed=self.untaxed,
            events=events,
        )

    @cached_property
    def withheld_by_terms(self) -> tuple[int, ...]:
        """What of each instalment of the terms the client pays to the state, in minor units."""
        return tuple(part.minor for part in withheld_of(self.by_terms, self.withheld))

    @cached_property
    def withheld_last(self) -> tuple[int, ...]:
        """What of each instalment as agreed is no cash, in minor units: what is due last first.

        Where instalments have early discounts of their own, it is of each its part. What is held
        has none.
        """
        sign = -1 if self.payable.minor < 0 else 1
        limits = [0 if part.held else sign * part.amount.minor for part in self.agreed]
        apart = [sign * minor for minor in self.withheld_by_terms] if self.discounts_apart else []
        minor = min(max(sign * self.withheld.minor, 0), sum(limits))
        apart += [0] * (len(limits) - len(apart))
        taken = taken_last(minor, limits, apart, [part.due_on for part in self.agreed])
        return tuple(sign * part for part in taken)

    @cached_property
    def discounts_apart(self) -> bool:
        """Whether instalments have early discounts of their own."""
        return any(part.discounts for part in self.terms.installments)

    @cached_property
    def order_matters(self) -> bool:
        """Whether the order of payments decides what is settled: with discounts, events, held."""
        if self.terms.discounts or self.held.minor:
            return True
        return any(part.discounts or part.after for part in self.terms.installments)
