"""What paying an invoice early is still worth on a day, and what it was worth."""

from collections.abc import Iterable
from datetime import date
from enum import unique

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.claim import (
    Claim,
    best_offers,
    still_offered,
    to_certify,
)
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.contract import DiscountOffer
from milestone_invoicing.money import Money


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
    reading = invoice.reading(as_of)
    claim = None if reading.is_credit else reading.claim
    found = claim.offers(reading.facts) if claim else ()
    left = still_available(reading, claim, found) if claim else {}
    available = sum(left.values())
    best = best_offers(found, as_of)
    days = [offer.until for offer in ([best[number] for number in left] or found)]
    stage = DiscountStage.NONE
    if left:
        stage = DiscountStage.AVAILABLE
    elif found:
        stage = DiscountStage.TAKEN if reading.discount > 0 else DiscountStage.LAPSED
    return DiscountState(
        number=invoice.number,
        as_of=as_of,
        stage=stage,
        until=min(days, default=None) if left else max(days, default=None),
        available=Money(available, invoice.currency),
        taken=Money(max(reading.discount, 0), invoice.currency),
        settles=Money(reading.to_come - available, invoice.currency),
        offers=found,
    )


def still_available(
    reading: Reading, claim: Claim, found: Iterable[DiscountOffer]
) -> dict[int | None, int]:
    """Return what cash on a day may leave off, by instalment of the terms; None is the whole.

    It is at most the cash that is to come: what the client pays to the state is no cash.

    Args:
        reading: the invoice on that day.
        claim: what it claims then.
        found: all that is offered.
    """
    available: dict[int | None, int] = {}
    for number, offer in best_offers(found, reading.as_of).items():
        places = range(len(claim.by_terms)) if number is None else range(number - 1, number)
        most = min(_left_of(offer, reading, places), _cash_of(claim, offer, reading, places))
        if most > 0:
            available[number] = most
    return available


def _left_of(offer: DiscountOffer, reading: Reading, places: range) -> int:
    """Return what of a discount is left beside what is credited of its amount, or was taken."""
    credited = sum(reading.filling.credited[place] for place in places)
    taken = sum(reading.filling.discounts[place] for place in places)
    return still_offered(offer.discount.minor, offer.amount.minor, credited) - taken


def _cash_of(claim: Claim, offer: DiscountOffer, reading: Reading, places: range) -> int:
    """Return the cash that is to come for an offer, in minor units."""
    filling = reading.filling
    settled = range(len(filling.parts))
    withheld, amount = claim.withheld.minor, claim.payable.minor
    if offer.installment is not None:
        withheld = claim.withheld_by_terms[offer.installment - 1]
        settled, amount = places, offer.amount.minor
    credited = sum(filling.credited[place] for place in settled)
    certified = sum(filling.withheld[place] for place in settled)
    open_ = sum(filling.left[place] for place in places)
    return open_ - to_certify(withheld, amount, credited, certified)
