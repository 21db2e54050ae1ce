"""What of an early discount lapses where what it was taken on is credited; it makes no notes."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from milestone_invoicing.billing.history.claim import to_certify
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.billing.history.invoice_facts import Credited
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.money import Money, Rounding


def lapsed_discount(invoice: Invoice, notes: Iterable[Invoice], as_of: date) -> Money:
    """Return what lapses of the discount taken on an invoice by all that its *notes* credit.

    Notes take what is to come in cash first. What they credit beyond that was settled, by cash,
    withheld tax and discount together, and its part of the discount lapses: nobody paid it.

    Args:
        invoice: issued, with its facts.
        notes: its credit notes and their drafts, of one currency, each for a part of it.
        as_of: the day; facts after it are invisible.

    Rounding: half up, on the running total of the notes.
    """
    zero = Money.zero(invoice.currency)
    whole, claim = invoice.totals.tax_inclusive.minor, invoice.claim
    if claim is None or claim.payable.minor <= 0 or whole <= 0:
        return zero
    own = tuple(notes)
    stands = standing(invoice.facts, as_of)
    filling = fill(claim, stands)
    numbers = {note.number for note in own}
    applied = [fact.amount for fact in of_kind(stands, Credited) if fact.note in numbers]
    filled = Money.total(applied, currency=zero.currency).minor
    # A bill less a deposit is credited as a whole: its payable goes with what it bills.
    credited = -sum(note.totals.tax_inclusive.minor for note in own)
    # What only lacks its certificate is settled by another hand, whenever the certificate comes.
    sums = sum(filling.credited), sum(filling.withheld)
    left = sum(filling.left)
    left -= min(left, to_certify(claim.withheld.minor, claim.payable.minor, *sums))
    settled = claim.payable.minor - left - filled - sum(filling.written_off)
    beyond = Fraction(credited * claim.payable.minor, whole) - filled - left
    if settled <= 0 or beyond <= 0:
        return zero
    share = min(beyond / settled, Fraction(1))
    return Money(sum(filling.discounts), zero.currency).times(share, rounding=Rounding.HALF_UP)
