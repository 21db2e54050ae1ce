"""Exact money and its division; this room knows nothing of dates, contracts or invoices."""

from milestone_invoicing.money.allocation import (
    Remainder,
    Weighting,
    allocate,
    split_evenly,
    spread,
)
from milestone_invoicing.money.currency import Currency
from milestone_invoicing.money.limits import LimitedParts, allocate_up_to
from milestone_invoicing.money.money import Money
from milestone_invoicing.money.percent import Percent
from milestone_invoicing.money.price import Price
from milestone_invoicing.money.rounding import Rounding, round_ratio
from milestone_invoicing.money.taxed import TaxedAmount, split_with_tax

__all__ = [
    "Currency",
    "LimitedParts",
    "Money",
    "Percent",
    "Price",
    "Remainder",
    "Rounding",
    "TaxedAmount",
    "Weighting",
    "allocate",
    "allocate_up_to",
    "round_ratio",
    "split_evenly",
    "split_with_tax",
    "spread",
]
