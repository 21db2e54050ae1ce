"""What lines add up to: net, tax per group, and what is payable; it knows no dates or facts.

Tax is per (category, rate) group, on the sum of the group, never per line; each group is rounded
half up once. Lines that carry a tax amount of their own add that to their group instead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from milestone_invoicing._checks import require_text, require_type, tuple_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.errors import NoLinesError
from milestone_invoicing.money import Money, Percent, Rounding, TaxedAmount, round_ratio
from milestone_invoicing.money.money import require_one_currency

_EXEMPT: Final = Tax(TaxCategory.E, Percent(0))


@attrs.frozen
class TaxSubtotal:
    """One group of the tax breakdown (BG-23).

    Attributes:
        tax: category (BT-118) and rate (BT-119).
        base: the sum of its lines' net amounts (BT-116).
        amount: base x rate, rounded half up (BT-117), or as the lines say; zero without a rate.

    Raises:
        WrongTypeError: a part is of another type.
        CurrencyMismatchError: the amounts are in different currencies.
    """

    tax: Tax
    base: Money
    amount: Money

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.tax, Tax, "the tax of a group")
        require_type(self.base, Money, "the base of a tax group")
        require_one_currency(self.base, self.amount)

    @property
    def gross(self) -> Money:
        """Base and tax together."""
        return self.base + self.amount


def _groups(values: Iterable[TaxSubtotal]) -> tuple[TaxSubtotal, ...]:
    return tuple_of(values, TaxSubtotal, "the tax groups of what is prepaid")


@attrs.frozen
class Prepaid:
    """What of a deposit an invoice deducts: exactly amounts of the deposit's own invoice.

    Args:
        number: of the deposit invoice.
        groups: net and tax by tax, as on that invoice, or the part of it that is deducted.

    Raises:
        NoLinesError: there are no groups.
        BlankTextError, WrongTypeError: a part is of another type, or the number is blank.
        CurrencyMismatchError: two groups are in different currencies.

    Example:
        >>> net, tax = Money.of("82.64", "EUR"), Money.of("17.36", "EUR")
        >>> str(Prepaid("D-1", [TaxSubtotal(Tax.standard(21), net, tax)]).gross)
        'EUR 100.00'

    Source: EN 16931 paid amount (BT-113); its tax split is a convention of this library.
    """

    number: str
    groups: tuple[TaxSubtotal, ...] = attrs.field(converter=_groups)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.number, "the number of the deposit invoice")
        if not self.groups:
            raise NoLinesError(
                "nothing is deducted", expected="at least one tax group", got=self.groups
            )
        for group in self.groups:
            require_one_currency(self.groups[0].base, group.base)

    @property
    def gross(self) -> Money:
        """What is deducted, with tax."""
        first = self.groups[0].base
        return Money.total((group.gross for group in self.groups), currency=first.currency)


@attrs.frozen
class Totals:
    """The totals of a document, in the order of EN 16931 (BG-22).

    Attributes:
        line_total: sum of line net amounts (BT-106).
        tax_exclusive: total without tax (BT-109).
        breakdown: the tax groups, by category and rate (BG-23).
        tax: total tax, the sum of the groups (BT-110).
        tax_inclusive: total with tax (BT-112).
        prepaid: deposits deducted, with tax (BT-113).
        payable: amount due for payment (BT-115).
    """

    line_total: Money
    tax_exclusive: Money
    breakdown: tuple[TaxSubtotal, ...]
    tax: Money
    tax_inclusive: Money
    prepaid: Money
    payable: Money


def totals_of(
    lines: Sequence[Line],
    untaxed_percent: Percent | None = None,
    prepaid: Sequence[Prepaid] = (),
) -> Totals:
    """Return the totals of one or more *lines* of one currency.

    Args:
        lines: the lines.
        untaxed_percent: the part of what is discountable that is left without tax, since an early
            discount always reduces the tax base. It stands in a group of its own, exempt. Lines
            with a tax amount of their own are not reduced.
        prepaid: what is deducted; it changes no tax.

    Raises:
        CurrencyMismatchError: two amounts are in different currencies.

    Example:
        >>> lines = [Line("Design", 1, Money.of("0.02", "EUR"), tax=Tax.standard(21))] * 3
        >>> str(totals_of(lines).tax)  # per line it would be nothing at all
        'EUR 0.01'

    Source: EN 16931 BR-CO-10, BR-CO-13, BR-CO-14, BR-CO-15, BR-CO-16, BR-CO-17.
    """
    currency = lines[0].net.currency
    bases = _bases(line for line in lines if line.tax_amount is None)
    if untaxed_percent is not None:
        _leave_untaxed(bases, lines, untaxed_percent)
    breakdown = _breakdown(lines, bases)
    net = Money.total((group.base for group in breakdown), currency=currency)
    tax = Money.total((group.amount for group in breakdown), currency=currency)
    deducted = Money.total((each.gross for each in prepaid), currency=currency)
    return Totals(
        line_total=net,
        tax_exclusive=net,
        breakdown=breakdown,
        tax=tax,
        tax_inclusive=net + tax,
        prepaid=deducted,
        payable=net + tax - deducted,
    )


def reducible_of(lines: Sequence[Line]) -> TaxedAmount:
    """Return net and tax of the discountable among *lines*, the tax per group and once rounded."""
    reducible = [line for line in lines if line.discountable]
    currency = lines[0].net.currency
    groups = _breakdown(reducible, _bases(line for line in reducible if line.tax_amount is None))
    return TaxedAmount(
        Money.total((group.base for group in groups), currency=currency),
        Money.total((group.amount for group in groups), currency=currency),
    )


def _bases(lines: Iterable[Line]) -> dict[Tax, Money]:
    """Return the sum of the net amounts of each tax group."""
    bases: dict[Tax, Money] = {}
    for line in lines:
        bases[line.tax] = bases[line.tax] + line.net if line.tax in bases else line.net
    return bases


def _breakdown(lines: Sequence[Line], computed: Mapping[Tax, Money]) -> tuple[TaxSubtotal, ...]:
    """Return the tax groups: by rate on what is *computed*, and as given on the other lines."""
    groups = {tax: _subtotal(tax, base) for tax, base in computed.items()}
    for line in lines:
        if line.tax_amount is not None:
            group = groups.get(line.tax)
            own = TaxSubtotal(line.tax, line.net, line.tax_amount)
            groups[line.tax] = own if group is None else _joined(group, own)
    return tuple(groups[tax] for tax in sorted(groups, key=_group_order))


def _joined(one: TaxSubtotal, other: TaxSubtotal) -> TaxSubtotal:
    return TaxSubtotal(one.tax, one.base + other.base, one.amount + other.amount)


def _leave_untaxed(bases: dict[Tax, Money], lines: Sequence[Line], percent: Percent) -> None:
    """Move a part of each taxed group to the exempt one, by running totals over the groups."""
    reducible = _bases(line for line in lines if line.discountable and line.tax_amount is None)
    running = before = Money.zero(lines[0].net.currency)
    for tax in sorted(reducible, key=_group_order):
        if not tax.has_rate:
            continue
        running += reducible[tax]
        after = running.times(percent, rounding=Rounding.HALF_UP)
        part, before = after - before, after
        if part:
            bases[tax] -= part
            bases[_EXEMPT] = bases[_EXEMPT] + part if _EXEMPT in bases else part


def _subtotal(tax: Tax, base: Money) -> TaxSubtotal:
    rate = tax.rate
    amount = base.times(rate, rounding=Rounding.HALF_UP) if rate else Money.zero(base.currency)
    return TaxSubtotal(tax, base, amount)


def _group_order(tax: Tax) -> tuple[object, ...]:
    """Order groups by category, then by rate, so that the order of lines does not matter."""
    return tax.category.value, tax.rate.fraction if tax.rate else 0


def line_taxes(
    lines: Sequence[Line], breakdown: Iterable[TaxSubtotal]
) -> Iterator[tuple[Line, int]]:
    """Yield each line with its part of the tax of its group, by running totals over the group.

    Lines that cancel each other out have no tax to divide: each then has that of its rate.
    """
    for group in breakdown:
        of_group = [line for line in lines if line.tax == group.tax]
        own = sum(line.tax_amount.minor for line in of_group if line.tax_amount is not None)
        base = sum(line.net.minor for line in of_group if line.tax_amount is None)
        running = before = 0
        for line in of_group:
            if line.tax_amount is not None:
                yield line, line.tax_amount.minor
                continue
            running += line.net.minor
            if base:
                after = part_of_whole(group.amount.minor - own, running, base)
            else:
                after = _subtotal(group.tax, Money(running, line.net.currency)).amount.minor
            yield line, after - before
            before = after


def part_of_whole(amount: int, part: int, whole: int) -> int:
    """Return what of an amount goes with a part of a whole, half up; nothing of nothing."""
    return round_ratio(amount * part, whole, Rounding.HALF_UP) if whole else 0


def taken_of(left: Mapping[Tax, TaxedAmount], gross: Money) -> dict[Tax, TaxedAmount]:
    """Return net and tax of so much with tax, out of what is left of each tax group.

    By running totals over the groups; the tax of a group goes with its part of what is left, so
    that taking all takes exactly what is left.
    """
    whole = sum(part.gross.minor for part in left.values())
    running = before = 0
    taken: dict[Tax, TaxedAmount] = {}
    for tax, part in left.items():
        running += part.gross.minor
        after = part_of_whole(gross.minor, running, whole)
        taxed = part_of_whole(part.tax.minor, after - before, part.gross.minor)
        taken[tax] = TaxedAmount(
            Money(after - before - taxed, gross.currency), Money(taxed, gross.currency)
        )
        before = after
    return taken
