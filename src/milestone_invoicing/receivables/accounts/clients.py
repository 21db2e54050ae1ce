"""Which of the given invoices and money are one client's; it knows no amounts."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from milestone_invoicing._checks import tuple_of
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.errors import UnknownClientError
from milestone_invoicing.receivables.payments.on_account import OnAccount

# How much of a key is looked at, and how many keys are told; comparing takes time.
_LOOKED_AT: Final = 80
_TOLD: Final = 3


def account_of(
    key: str, invoices: Iterable[Invoice], on_account: Iterable[OnAccount] = ()
) -> tuple[tuple[Invoice, ...], tuple[OnAccount, ...]]:
    """Return the invoices and the money on account of a client.

    Invoices come by issue date and number, drafts left out; money by the day it came and its
    reference.

    Raises:
        UnknownClientError: there are invoices or money, and all of other clients.
        WrongTypeError: no collection, or an item is no Invoice or OnAccount.
        DuplicateNumberError: two invoices have one number.
    """
    known = books_of(invoices)
    came = tuple_of(on_account, OnAccount, "the money on account")
    own, money = known.of_client(key), [each for each in came if each.party == key]
    if not own and not money:
        _refuse_unknown(key, known, came)
    bills = (each for each in own if not each.is_draft)
    return (
        tuple(sorted(bills, key=lambda each: (str(each.issued_on), str(each.number)))),
        tuple(sorted(money, key=lambda each: (each.on, each.reference))),
    )


def _refuse_unknown(key: str, invoices: Sequence[Invoice], money: Sequence[OnAccount]) -> None:
    """Refuse a key that nobody has; where there is nothing, anybody may be asked about."""
    keys = {each.buyer.key for each in invoices} | {each.party for each in money}
    if keys:
        names = [(each.buyer.name, each.buyer.key) for each in invoices]
        nearest = _nearest(key, [*names, *((each, each) for each in keys)])
        such = f", such as {' or '.join(map(repr, nearest))}" if nearest else ""
        raise UnknownClientError(
            "no invoice and no money on account is of this client",
            expected=f"the key of one of the clients{such}",
            got=key,
            nearest=nearest,
        )


def _nearest(key: str, called: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the keys of clients that are called much like *key*, the likest first."""
    keys: dict[str, set[str]] = {}
    for words, each in called:
        keys.setdefault(words[:_LOOKED_AT].casefold(), set()).add(each)
    found = get_close_matches(key[:_LOOKED_AT].casefold(), keys, n=2 * _TOLD)
    return tuple(dict.fromkeys(each for words in found for each in sorted(keys[words])))[:_TOLD]
