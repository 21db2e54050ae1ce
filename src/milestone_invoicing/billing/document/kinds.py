"""Which kinds of documents there are, and what a credit note means for the work it credits."""

from enum import Enum, unique
from typing import Final

from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import ArgumentsError, Words


@unique
class InvoiceKind(Enum):
    """What kind of bill it is, with its code in UNTDID 1001 as the value.

    INVOICE 380, CORRECTED 384, PARTIAL 326, DEPOSIT 386, PARTIAL_CONSTRUCTION
    875, PARTIAL_FINAL_CONSTRUCTION 876, FINAL_CONSTRUCTION 877, CREDIT_NOTE 381,
    DEPOSIT_CREDIT_NOTE 503. The totals of all follow the same rules; a credit note has lines of
    negative quantity, and a corrected invoice names the one that it replaces as preceding.
    """

    INVOICE = 380
    CORRECTED = 384
    PARTIAL = 326
    DEPOSIT = 386
    PARTIAL_CONSTRUCTION = 875
    PARTIAL_FINAL_CONSTRUCTION = 876
    FINAL_CONSTRUCTION = 877
    CREDIT_NOTE = 381
    DEPOSIT_CREDIT_NOTE = 503

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes back what another document bills."""
        return self in _CREDIT_NOTES


# A tuple finds a member by identity; the hash that a set asks for is slow.
_CREDIT_NOTES: Final = (InvoiceKind.CREDIT_NOTE, InvoiceKind.DEPOSIT_CREDIT_NOTE)


@unique
class CreditEffect(Worded):
    """What becomes of work whose bill is credited.

    PRICE_REDUCTION: it stands, and costs less. CANCEL: it is not wanted any more. Neither is billed
    again. REBILL: it waits for the decision to bill it again or to cancel it.
    """

    PRICE_REDUCTION = "price reduction"
    REBILL = "to be billed again"
    CANCEL = "cancelled"


def check_effect(kind: InvoiceKind, effect: CreditEffect | None) -> None:
    """Refuse a credit note without an effect on the work, and any other document with one."""
    if kind.is_credit_note is (effect is None):
        raise ArgumentsError(
            "only a credit note has an effect, and each has one",
            expected="effect=CreditEffect... on a credit note, None on others",
            got=Words(f"{effect} on {kind.name}"),
        )
