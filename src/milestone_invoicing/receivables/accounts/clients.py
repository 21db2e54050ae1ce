"""Which of the given invoices and money are one client's; it knows no amounts."""

from collections.abc import Iterable

from milestone_invoicing._checks import require_text, require_type, tuple_of
from milestone_invoicing.billing import Invoice, Party
from milestone_invoicing.billing.invoice import require_unique_numbers
from milestone_invoicing.receivables.payments.on_account import OnAccount


def key_of(party: Party | str) -> str:
    """Return the key of a client that is given as it is, or by its key.

    Raises:
        WrongTypeError, BlankTextError: neither a Party nor a key.
    """
    require_type(party, (Party, str), "the client")
    if isinstance(party, Party):
        return party.key
    require_text(party, "the key of the client")
    return party


def invoices_of(key: str, invoices: Iterable[Invoice]) -> tuple[Invoice, ...]:
    """Return the invoices of a client, drafts left out, by issue date and number.

    Raises:
        WrongTypeError: no collection, or an item is no Invoice.
        DuplicateNumberError: two invoices have one number.
    """
    known = require_unique_numbers(invoices)
    found = (each for each in known if each.buyer.key == key and not each.is_draft)
    return tuple(sorted(found, key=lambda each: (str(each.issued_on), str(each.number))))


def money_of(key: str, on_account: Iterable[OnAccount]) -> tuple[OnAccount, ...]:
    """Return a client's money on account, by the day it came and its reference.

    Raises:
        WrongTypeError: no collection, or an item is no OnAccount.
    """
    known = tuple_of(on_account, OnAccount, "the money on account")
    found = (each for each in known if each.party == key)
    return tuple(sorted(found, key=lambda each: (each.on, each.reference)))
