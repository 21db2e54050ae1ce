"""What paying an invoice early is still worth on a day, and what it was worth."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import unique

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.filling import best_offers, still_offered
from milestone_invoicing.contract import DiscountOffer
from milestone_invoicing.facts import standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.settlement import (
    DueItem,
    cash_to_come,
    items_by_terms,
    settle,
)


@unique
class DiscountStage(Worded):
    """Whether an early discount may still be taken.

    NONE: none is offered, or the invoice claims nothing. AVAILABLE: cash today takes it. TAKEN:
    the cash came in time. LAPSED: the last window is over, or all was paid without it.
    """

    NONE = "none"
    AVAILABLE = "available"
    TAKEN = "taken"
    LAPSED = "lapsed"


@attrs.frozen
class DiscountState(Answer):
    """What paying early is worth on a day; all amounts with tax.

    Attributes:
        number: of the invoice.
        as_of: the day asked about.
        stage: available, if any discount still is; else taken, if any was; else lapsed or none.
        until: the last day for the discounts available now; the first of several. Else the last
            day of all that were offered; None if there is none.
        available: what cash today may leave off.
        taken: what was left off.
        settles: the cash that settles the invoice today: what is open, less what is available and
            what the client pays to the state.
        offers: all that is offered, by level and instalment, before anything is credited; nothing
            on a void or a draft.
    """

    number: str | None
    as_of: date
    stage: DiscountStage
    until: date | None
    available: Money
    taken: Money
    settles: Money
    offers: tuple[DiscountOffer, ...]


def discount_state(invoice: Invoice, *, as_of: date) -> DiscountState:
    """Return what paying *invoice* early is worth on a day.

    A window includes its last day. A discount is taken on the day on which the cash received until
    then, with what the client is to pay to the state, reaches the discounted amount. It is what the
    client left off: who pays more than that amount takes less, who pays all takes none. Where the
    certificate is of less, since tax was withheld of the discounted amount, the rest was left off.

    Args:
        invoice: the invoice, with its facts.
        as_of: the day; facts and issue dates after it are invisible.

    Raises:
        WrongTypeError: not an Invoice.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=terms)
        >>> state = discount_state(invoice, as_of=date(2026, 5, 11))
        >>> state.stage.value, str(state.settles), str(state.until)
        ('available', 'EUR 980.00', '2026-05-11')
        >>> discount_state(invoice, as_of=date(2026, 5, 12)).stage.value
        'lapsed'

    Source: convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_date(as_of, "as_of")
    items = items_by_terms(invoice, as_of)
    facts = standing(invoice.facts, as_of)
    found = invoice.claim.offers(facts) if items and invoice.claim else ()
    left = still_available(invoice.claim, items, found, as_of) if invoice.claim else {}
    settlement = settle(invoice, as_of)
    zero = Money.zero(invoice.currency)
    to_come = Money(cash_to_come(invoice.claim, facts, settlement.open.minor), invoice.currency)
    available = Money.total(left.values(), currency=invoice.currency)
    best = best_offers(found, as_of)
    days = [offer.until for offer in ([best[number] for number in left] or found)]
    stage = DiscountStage.NONE
    if left:
        stage = DiscountStage.AVAILABLE
    elif found:
        stage = DiscountStage.TAKEN if settlement.discount > zero else DiscountStage.LAPSED
    return DiscountState(
        number=invoice.number,
        as_of=as_of,
        stage=stage,
        until=min(days, default=None) if left else max(days, default=None),
        available=available,
        taken=max(settlement.discount, zero),
        settles=to_come - available,
        offers=found,
    )


def still_available(
    claim: Claim, items: Sequence[DueItem], found: Iterable[DiscountOffer], as_of: date
) -> dict[int | None, Money]:
    """Return what cash on a day may leave off, by instalment of the terms; None is the whole.

    It is at most the cash that is to come: what the client pays to the state is no cash.

    Args:
        claim: what the invoice claims.
        items: the instalments by the terms, as they stand on that day.
        found: all that is offered.
        as_of: the day.
    """
    available: dict[int | None, Money] = {}
    for number, offer in best_offers(found, as_of).items():
        chosen = items[: len(claim.by_terms)] if number is None else items[number - 1 : number]
        most = min(_left_of(offer, chosen), _cash_of(claim, offer, items, chosen))
        if most > 0:
            available[number] = Money(most, claim.currency)
    return available


def _left_of(offer: DiscountOffer, items: Sequence[DueItem]) -> int:
    """Return what of a discount is left beside what is credited of its amount, or was taken."""
    credited = sum(item.credited.minor for item in items)
    taken = sum(item.discount.minor for item in items)
    return still_offered(offer.discount.minor, offer.amount.minor, credited) - taken


def _cash_of(
    claim: Claim, offer: DiscountOffer, items: Sequence[DueItem], chosen: Sequence[DueItem]
) -> int:
    """Return the cash that is to come for an offer, in minor units."""
    settled, withheld, amount = items, claim.withheld.minor, claim.payable.minor
    if offer.installment is not None:
        withheld = claim.withheld_by_terms[offer.installment - 1]
        settled, amount = chosen, offer.amount.minor
    credited = sum(item.credited.minor for item in settled)
    certified = sum(item.withheld.minor for item in settled)
    open_ = sum(item.open.minor for item in chosen)
    return open_ - to_certify(withheld, amount, credited, certified)
