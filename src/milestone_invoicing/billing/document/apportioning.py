"""Which part of a document's tax goes with each line, and with a part of what is left of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.money import Money, Rounding, TaxedAmount, round_ratio
from milestone_invoicing.money.running_totals import running_parts


def line_taxes(
    lines: Sequence[Line], breakdown: Iterable[TaxSubtotal]
) -> Iterator[tuple[Line, int]]:
    """Yield each line with its part of the tax of its group, by running totals over the group.

    Each is the tax on the running total less the tax before it. So the parts sum to the tax of the
    group, and none is off its own rate by more than a unit, even where lines cancel each other out.
    Retainage comes last: all else has the tax that it would have without.
    """
    entries = sorted(lines, key=attrgetter("retainage"))
    for group in breakdown:
        own = [line for line in entries if line.tax.group == group.tax]
        nets = (line.net_minor for line in own if line.tax_amount is None)
        taxes = running_parts(nets, group.tax.on)
        for line in own:
            yield line, next(taxes) if line.tax_amount is None else line.tax_amount.minor


def part_of_whole(amount: int, part: int, whole: int) -> int:
    """Return what of an amount goes with a part of a whole, half up; nothing of nothing."""
    return round_ratio(amount * part, whole, Rounding.HALF_UP) if whole else 0


def parts_by_weight(amount: int, weights: Iterable[int]) -> Iterator[int]:
    """Yield the part of an amount for each weight, by running totals; nothing of no weight."""
    known = tuple(weights)
    whole = sum(known)
    return running_parts(known, lambda so_far: part_of_whole(amount, so_far, whole))


def taken_of(left: Mapping[Tax, TaxedAmount], gross: Money) -> dict[Tax, TaxedAmount]:
    """Return net and tax of so much with tax, out of what is left of each tax group.

    By running totals over the groups; the tax of a group goes with its part of what is left, so
    that taking all takes exactly what is left.
    """
    amounts = parts_by_weight(gross.minor, (part.gross.minor for part in left.values()))
    taken: dict[Tax, TaxedAmount] = {}
    for (tax, part), amount in zip(left.items(), amounts, strict=True):
        taxed = part_of_whole(part.tax.minor, amount, part.gross.minor)
        taken[tax] = TaxedAmount(
            Money(amount - taxed, gross.currency), Money(taxed, gross.currency)
        )
    return taken
