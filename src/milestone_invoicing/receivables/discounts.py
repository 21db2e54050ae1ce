"""What paying an invoice early is still worth on a day, and what it was worth."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import unique

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.filling import best_offers, still_offered
from milestone_invoicing.contract import DiscountOffer
from milestone_invoicing.facts import standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.settlement import DueItem, items_by_terms, settle


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
class DiscountState:
    """What paying early is worth on a day; all amounts with tax.

    Attributes:
        number: of the invoice.
        as_of: the day asked about.
        stage: available, if any discount still is; else taken, if any was; else lapsed or none.
        until: the last day for the discounts available now; the first of several. Else the last
            day of all that were offered; None if there is none.
        available: what cash today may leave off.
        taken: what was left off.
        settles: the cash that settles the invoice today: what is open, less what is available.
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
    then reaches the discounted amount, and is what the client left off: who pays more than that
    amount takes less, who pays all takes none.

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
    left = still_available(items, found, as_of)
    settlement = settle(invoice, as_of)
    zero = Money.zero(invoice.currency)
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
        taken=settlement.discount,
        settles=settlement.open - available,
        offers=found,
    )


def still_available(
    items: Sequence[DueItem], found: Iterable[DiscountOffer], as_of: date
) -> dict[int | None, Money]:
    """Return what cash on a day may leave off, by instalment of the terms; None is the whole.

    Args:
        items: the instalments by the terms, as they stand on that day.
        found: all that is offered.
        as_of: the day.
    """
    best = best_offers(found, as_of).items()
    left = ((number, offer, _open(items, number)) for number, offer in best)
    return {number: min(_left_of(offer, items), most) for number, offer, most in left if most}


def _left_of(offer: DiscountOffer, items: Sequence[DueItem]) -> Money:
    """Return what of a discount is left beside what is credited of its amount."""
    chosen = items if offer.installment is None else [items[offer.installment - 1]]
    credited = sum(item.credited.minor for item in chosen)
    left = still_offered(offer.discount.minor, offer.amount.minor, credited)
    return Money(left, offer.amount.currency)


def _open(items: Sequence[DueItem], number: int | None) -> Money:
    """Return what is open of one instalment, or of all."""
    chosen = items if number is None else items[number - 1 : number]
    return Money.total((item.open for item in chosen), currency=items[0].amount.currency)
