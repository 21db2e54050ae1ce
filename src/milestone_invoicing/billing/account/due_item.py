"""One instalment of an invoice as it stands on a day, in amounts."""

from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing.billing.history.collection_facts import PlanAgreed
from milestone_invoicing.billing.history.invoice_facts import DueDateExtended
from milestone_invoicing.money import Money


@attrs.frozen
class DueItem(Answer):
    """One instalment of an invoice as it stands on a day.

    amount = paid + discount + credited + withheld + written off + retained + open

    Attributes:
        installment: its number, counting from 1: those of the terms in definition order, then
            what was released of retainage, then what is still held.
        agreed_on: the due date first agreed; None while it waits for its event or release.
        due_on: the due date as extended; None while it waits.
        amount: what it is in all.
        paid: what of it is paid.
        discount: what an early discount took off.
        credited: what credit notes took off.
        withheld: what the client paid to the state.
        written_off: what is given up.
        retained: what of it is held and not released.
        open: what of it is open.
        to_certify: what of ``open`` the client is still to pay to the state, and waits for its
            certificate alone; it has no due date. It is taken from what is due last, but where
            instalments have early discounts of their own, from each its part.
        extension: the extension that moved the date; None if none did.
        after: the event that it waits for, or waited for.
        held: whether it is retainage that is not released yet.
        plan: the payment plan of which it is an instalment; None for all others.
    """

    installment: int
    agreed_on: date | None
    due_on: date | None
    amount: Money
    paid: Money
    discount: Money
    credited: Money
    withheld: Money
    written_off: Money
    retained: Money
    open: Money
    extension: DueDateExtended | None = None
    after: str | None = None
    held: bool = False
    plan: PlanAgreed | None = None
    to_certify: Money = attrs.field(
        default=attrs.Factory(lambda item: Money.zero(item.amount.currency), takes_self=True)
    )

    @property
    def cash(self) -> Money:
        """What of ``open`` is to come as cash, and is late once its due date has passed."""
        return self.open - self.to_certify
