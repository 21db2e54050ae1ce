"""In which order the rows of every report stand: by currency, then whose they are."""

from collections.abc import Hashable
from typing import TypeAlias

from milestone_invoicing.money import Currency
from milestone_invoicing.money.currency import currency_order

RowKey: TypeAlias = tuple[str | None, Currency]


def row_order(key: Hashable, currency: Currency) -> tuple[tuple[str, int], tuple[bool, str, str]]:
    """Order rows by currency and key, nobody first."""
    return currency_order(currency), key_order(key)


def key_order(key: Hashable) -> tuple[bool, str, str]:
    """Order keys by their text, None first; keys of several types need not compare."""
    return key is not None, str(key), type(key).__name__
