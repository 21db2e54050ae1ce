"""Exact money and its division; this room knows nothing of dates, contracts or invoices."""

from milestone_invoicing.money.allocation import Remainder, Weighting, allocate, split_evenly
from milestone_invoicing.money.currency import Currency
from milestone_invoicing.money.money import Money
from milestone_invoicing.money.percent import Percent
from milestone_invoicing.money.price import Price
from milestone_invoicing.money.rounding import Rounding, round_ratio

__all__ = [
    "Currency",
    "Money",
    "Percent",
    "Price",
    "Remainder",
    "Rounding",
    "Weighting",
    "allocate",
    "round_ratio",
    "split_evenly",
]
