"""What settles a deposit invoice, each as what it is; it knows no bills that take it off."""

from collections.abc import Sequence
from datetime import date

import attrs

from milestone_invoicing.billing.history.balance import bad_debt, lapsing
from milestone_invoicing.billing.history.claim import to_certify
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.billing.history.invoice_facts import (
    Applied,
    Credited,
    Refunded,
    Withheld,
    minor_sum,
)
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.facts import of_kind, standing


@attrs.frozen
class DepositSettlement:
    """How far a deposit invoice is settled on a day, in minor units.

    The payable is settled, open, given up, or set off against its own credit notes.

    Attributes:
        settled: by cash, discounts taken that did not lapse since, tax withheld or to be withheld,
            small differences, and the credit of other documents.
        small_differences: what of that is written off since it is too little to ask for.
        open: what is still to come.
        given_up: written off as a bad debt, which settles nothing.
        free: what its own credit notes grant, and neither took off nor gave back yet.
        gone: what of them went back to the client, or to other invoices.
        rounding: what rounding amounts, its own and those of its credit notes, add to the payable.
    """

    settled: int
    small_differences: int
    open: int
    given_up: int
    free: int
    gone: int
    rounding: int

    @property
    def asked(self) -> int:
        """What is to be settled by others than its own credit notes, before any rounding."""
        return self.settled + self.open + self.given_up - self.rounding

    @property
    def received(self) -> int:
        """What of ``asked`` is settled.

        Rounding is the last that is settled: once nothing is to come but by the credit notes.
        """
        whole = self.open <= self.free and not self.given_up
        return self.settled - self.rounding if whole else min(self.settled, self.asked)

    @property
    def owed(self) -> int:
        """What the client gets back by the credit notes: all that they grant beyond its debts."""
        granted = self.free + self.gone - self.open - self.given_up
        return max(min(granted, self.received), self.gone, 0)


def settlement_of(deposit: Invoice, notes: Sequence[Invoice], as_of: date) -> DepositSettlement:
    """Return how far an issued deposit is settled, whose own credit notes are *notes*.

    Tax that the client withholds is settled once nothing else is to come: then it is for the state,
    with or without its certificate. Of a void, nothing is settled.
    """
    gone = sum(_gone(note, str(deposit.number), as_of) for note in notes)
    if deposit.claim is None or deposit.payable.minor < 0 or deposit.is_void_on(as_of):
        return DepositSettlement(0, 0, 0, 0, 0, gone, 0)
    facts = standing(deposit.facts, as_of)
    filling = fill(deposit.claim, facts)
    own = {note.number for note in notes}
    set_off = sum(fact.amount.minor for fact in of_kind(facts, Credited) if fact.note in own)
    lapsed = sum(_lapsed(note, as_of) for note in notes)
    granted = -sum(note.totals.payable_minor for note in notes) - lapsed
    written_off = sum(filling.written_off)
    given_up = max(bad_debt(facts), 0)
    left = sum(filling.left)
    sums = minor_sum(facts, Credited), minor_sum(facts, Withheld)
    to_be_withheld = to_certify(deposit.totals.withheld_minor, deposit.payable.minor, *sums)
    # Who pays nothing, or has not paid yet, has withheld nothing.
    awaited = 0 if given_up or left > to_be_withheld else left
    columns = (filling.paid, filling.discounts, filling.withheld, filling.credited)
    settled = sum(map(sum, columns)) - set_off - lapsed + written_off - given_up + awaited
    return DepositSettlement(
        settled=settled,
        small_differences=written_off - given_up,
        open=left - awaited,
        given_up=given_up,
        free=max(granted - set_off - gone, 0),
        gone=gone,
        rounding=sum(each.totals.rounding_minor for each in (deposit, *notes)),
    )


def _lapsed(note: Invoice, as_of: date) -> int:
    """Return what of a discount taken lapses by a credit note, or its draft."""
    if note.claim is None:
        return 0 if note.discount_taken is None else note.discount_taken.minor
    return lapsing(note.claim, standing(note.facts, as_of))


def _gone(note: Invoice, number: str, as_of: date) -> int:
    facts = standing(note.facts, as_of)
    elsewhere = (fact for fact in of_kind(facts, Applied) if fact.invoice != number)
    return minor_sum(facts, Refunded) + minor_sum(elsewhere, Applied)
