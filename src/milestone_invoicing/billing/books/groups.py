"""What tax groups sum to, and whether an amount is a part of another; it knows no documents."""

from collections.abc import Iterable

from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.tax import Tax


def sums_by_tax(groups: Iterable[TaxSubtotal]) -> dict[Tax, tuple[int, int]]:
    """Return net and tax of each tax, in minor units of the one currency of *groups*."""
    sums: dict[Tax, tuple[int, int]] = {}
    for each in groups:
        net, tax = sums.get(each.tax, (0, 0))
        sums[each.tax] = (net + each.base.minor, tax + each.amount.minor)
    return sums


def is_part(part: int, whole: int) -> bool:
    """Say whether an amount is of the sign of the whole, and no more than it."""
    return part * whole >= 0 and abs(part) <= abs(whole)
