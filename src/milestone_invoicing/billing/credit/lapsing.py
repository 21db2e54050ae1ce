"""What of a discount lapses, or of a withheld tax is left, once its invoice is credited in part.

It makes no notes.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.filling import Filling, fill
from milestone_invoicing.billing.history.invoice_facts import Credited, Withheld, minor_sum
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.money import Money, Rounding, round_ratio


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
    applied = minor_sum(
        (fact for fact in of_kind(stands, Credited) if fact.note in numbers), Credited
    )
    # A bill less a deposit is credited as a whole: its payable goes with what it bills.
    credited = -sum(note.totals.tax_inclusive.minor for note in own)
    # What only lacks its certificate is settled by another hand, whenever the certificate comes.
    sums = sum(filling.credited), sum(filling.withheld)
    left = sum(filling.left)
    left -= min(left, to_certify(claim.withheld.minor, claim.payable.minor, *sums))
    filled = applied - min(max(_uncertified_and_credited(claim, filling, left), 0), applied)
    settled = claim.payable.minor - left - filled - sum(filling.written_off)
    beyond = Fraction(credited * claim.payable.minor, whole) - filled - left
    if settled <= 0 or beyond <= 0:
        return zero
    share = min(beyond / settled, Fraction(1))
    return Money(sum(filling.discounts), zero.currency).times(share, rounding=Rounding.HALF_UP)


def _uncertified_and_credited(claim: Claim, filling: Filling, to_come: int) -> int:
    """Return what of credits took tax that only lacked its certificate, and no cash to come.

    Args:
        claim: of the invoice.
        filling: what its instalments got.
        to_come: the cash that is still to come.
    """
    withheld = max(claim.withheld.minor, 0)
    beyond = max(sum(filling.withheld) - withheld, 0)
    cash = claim.payable.minor - withheld - beyond - to_come
    cash -= sum(filling.paid) + sum(filling.discounts) + sum(filling.written_off)
    return sum(filling.credited) - cash


def uncertified_beside(invoice: Invoice, known: Iterable[Invoice]) -> int:
    """Return what is to be certified of *invoice* beside all that is credited, in minor units.

    What its notes credit takes its part along, whether they are set against it or paid out.

    Args:
        invoice: issued, with its facts.
        known: its credit notes among others.

    Rounding: half up, on the running total of the notes.
    """
    whole, claim = invoice.totals.tax_inclusive.minor, invoice.claim
    if claim is None or claim.payable.minor <= 0 or whole <= 0:
        return 0
    notes = {
        note.number: -note.totals.tax_inclusive.minor
        for note in known
        if note.kind.is_credit_note and invoice.number in note.preceding
        if not (note.is_draft or note.is_void)
    }
    reading = invoice.reading(date.max)
    others = minor_sum(
        (fact for fact in reading.of_kind(Credited) if fact.note not in notes), Credited
    )
    # A bill less a deposit is credited as a whole: its payable goes with what it bills.
    credited = round_ratio(sum(notes.values()) * claim.payable.minor, whole, Rounding.HALF_UP)
    certified = reading.sum_of(Withheld)
    whole_part = (claim.withheld.minor, claim.payable.minor)
    # What the client paid itself waits for no certificate, though something may be held.
    return min(to_certify(*whole_part, credited + others, certified), reading.open)
