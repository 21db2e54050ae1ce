"""Which lines take back how much of an invoice: of each kind what is left, net and tax apart.

A part is credited with its part of the tax: of what is left, by what is left, so that the last
credit takes exactly the rest, whatever was rounded before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Final, TypeAlias

import attrs

from milestone_invoicing.billing.advances.deposits import left_groups
from milestone_invoicing.billing.document.apportioning import (
    line_taxes,
    part_of_whole,
    parts_by_weight,
)
from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.entries import UNTAXED
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.document.totals import totals_of
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.errors import CreditError, Words
from milestone_invoicing.money import Money, Rounding
from milestone_invoicing.money.exact import decimal_value

Number: TypeAlias = int | Decimal | str
# What lines of one kind share: milestone, tax, what they deduct, whether they are retainage, and
# the reason of an allowance or charge of the whole document.
_Slot: TypeAlias = tuple[str | None, Tax, str | None, bool, str]


_Left: TypeAlias = Mapping[_Slot, tuple[int, int]]

_SAME: Final = {field.name for field in attrs.fields(Line)} - {
    "quantity",
    "allowances",
    "charges",
    "tax_amount",
}


def credited_lines(
    invoice: Invoice,
    earlier: Sequence[Invoice],
    *,
    deducted: Sequence[TaxSubtotal],
    amount: Money | None,
    net: Money | None,
    quantities: Mapping[int, Number] | None,
    milestone: str | None,
) -> tuple[Line, ...]:
    """Return lines that take back a part of an invoice, or all that *earlier* notes left of it.

    What bills *deducted* for a deposit is not left of its invoice.
    """
    left = _not_deducted(invoice, earlier, deducted) if deducted else _left(invoice, earlier)
    asked = left if milestone is None else _of_milestone(left, milestone)
    if not any(map(any, asked.values())):
        which = f"{invoice}" if milestone is None else f"no lines of milestone {milestone!r}"
        raise CreditError(
            "nothing is left to credit",
            expected="an invoice, or lines of a milestone, with something left",
            got=Words(which),
        )
    if quantities is not None:
        lines = tuple(_by_quantity(invoice, earlier, dict(left), quantities))
        lines = (*lines, *_with_quantities(invoice, left, lines))
    else:
        parts = _parts(asked, amount, net)
        lines = tuple(_line(slot, *part, invoice) for slot, part in parts if any(part))
    _require_within(lines, sum(map(sum, left.values())))
    return lines


def minus(quantity: Decimal) -> Decimal:
    """Return the other sign; the minus of Decimal would round to the context's precision."""
    return quantity.copy_negate() if quantity else quantity


def _slot(line: Line, invoice: Invoice) -> _Slot:
    """Return the kind of a line of an invoice, or of a note that credits it.

    A note takes an allowance or charge back with a line of its reason.
    """
    plain = line.milestone is None and line.deducts is None and not line.retainage
    several = (*invoice.allowances, *invoice.charges) if plain else ()
    reason = line.description if any(each.reason == line.description for each in several) else ""
    return line.milestone, line.tax, line.deducts, line.retainage, reason


def _left(invoice: Invoice, earlier: Iterable[Invoice]) -> dict[_Slot, tuple[int, int]]:
    """Return net and tax that are left of each kind of lines, in minor units."""
    left = {_slot(line, invoice): (0, 0) for line in invoice.entries}
    for document in (invoice, *earlier):
        for line, tax in line_taxes(document.entries, document.totals.breakdown):
            slot = _slot(line, invoice)
            net, taxed = left.get(slot, (0, 0))
            left[slot] = (net + line.net_minor, taxed + tax)
    return _without_what_cancels(left)


def _without_what_cancels(left: _Left) -> dict[_Slot, tuple[int, int]]:
    """Return what is left without the milestones that a bill to date shows and takes off again.

    No credit is of them. The units by which net and tax of a rate differ go with other work.
    """
    shown = {slot[0] for slot in left if slot[0] is not None and slot[2] is not None}
    gone = {key for key in shown if not sum(left[slot][0] for slot in left if slot[0] == key)}
    kept = [slot for slot in left if slot[0] is not None and slot[0] not in gone]
    found = {slot: (0, 0) if slot[0] in gone else part for slot, part in left.items()}
    for tax in dict.fromkeys(slot[1] for slot in left if slot[0] in gone):
        parts = [left[slot] for slot in left if slot[0] in gone and slot[1] == tax]
        net, taxed = (sum(column) for column in zip(*parts, strict=True))
        host = _host(found, kept, tax, net, taxed)
        if host is not None:
            found[host] = _plus(found.get(host, (0, 0)), net, taxed)
        elif net or taxed:
            return dict(left)
    return found


def _host(found: _Left, kept: Sequence[_Slot], tax: Tax, net: int, taxed: int) -> _Slot | None:
    """Return a slot of work of a tax that so much more may go with, as a line can say it."""
    own = [slot for slot in kept if slot[1] == tax]
    for host in (*own, *((slot[0], tax, None, False, "") for slot in kept[:1])):
        of_host, of_tax = _plus(found.get(host, (0, 0)), net, taxed)
        if of_host * of_tax >= 0:
            return host
    return None


def _plus(part: tuple[int, int], net: int, taxed: int) -> tuple[int, int]:
    return part[0] + net, part[1] + taxed


def _not_deducted(
    deposit: Invoice, earlier: Sequence[Invoice], deducted: Sequence[TaxSubtotal]
) -> dict[_Slot, tuple[int, int]]:
    """Return net and tax that are left of the lines of a deposit of which bills took parts off."""
    left = {_slot(line, deposit): (0, 0) for line in deposit.entries}
    slots = {slot[1].group: slot for slot in reversed(left)}
    gross = Money.total(
        (
            *(document.totals.tax_inclusive for document in (deposit, *earlier)),
            *(-part.gross for part in deducted),
        ),
        currency=deposit.currency,
    )
    for group in left_groups([deposit, *earlier], deducted, gross):
        left[slots[group.tax]] = (group.base.minor, group.amount.minor)
    return left


def _of_milestone(
    left: Mapping[_Slot, tuple[int, int]], milestone: str
) -> dict[_Slot, tuple[int, int]]:
    """Return what is left of one milestone, and its part of what stands for the whole document.

    That is retainage, deposits taken off, allowances and charges. These name no milestone: they go
    with the work, in proportion to what is left of it.
    """
    found = {slot: part for slot, part in left.items() if slot[0] == milestone}
    for slot, (net, tax) in left.items():
        key, _, deducts, retainage, reason = slot
        if key is None and (retainage or reason or deducts is not None):
            works = {each: part[0] for each, part in left.items() if each[0] is not None}
            own = {each: part[0] for each, part in found.items() if each[0] is not None}
            part, whole = _share(slot, own, works)
            found[slot] = (part_of_whole(net, part, whole), part_of_whole(tax, part, whole))
    return found


def _share(slot: _Slot, own: Mapping[_Slot, int], works: Mapping[_Slot, int]) -> tuple[int, int]:
    """Return how much of how much work is credited, for a slot that goes with the work.

    It is that of its own tax, so that no more of a tax is taken back than was asked for; all work
    where its tax has none. Never below nothing nor more than all.
    """
    tax = slot[1].group
    of_tax = {each: net for each, net in works.items() if each[1].group == tax}
    chosen = of_tax if sum(of_tax.values()) else works
    whole = sum(chosen.values())
    part = sum(net for each, net in own.items() if each in chosen)
    return max(min(part, whole), 0), whole


def _parts(
    left: Mapping[_Slot, tuple[int, int]], amount: Money | None, net: Money | None
) -> Iterable[tuple[_Slot, tuple[int, int]]]:
    """Return net and tax that are credited of each kind of lines; all, if no amount is named."""
    if net is not None:
        return _by_net(left, net)
    return left.items() if amount is None else _by_gross(left, amount)


def _by_net(
    left: Mapping[_Slot, tuple[int, int]], net: Money
) -> Iterator[tuple[_Slot, tuple[int, int]]]:
    """Yield net and tax of each kind of lines, for a credit of so much without tax."""
    nets = [of_slot for of_slot, _ in left.values()]
    _require_left(net.minor, sum(nets), net)
    parts = parts_by_weight(net.minor, nets)
    for (slot, (of_slot, tax)), part in zip(left.items(), parts, strict=True):
        yield slot, (part, part_of_whole(tax, part, of_slot))


def _by_gross(
    left: Mapping[_Slot, tuple[int, int]], amount: Money
) -> Iterator[tuple[_Slot, tuple[int, int]]]:
    """Yield net and tax of each kind of lines, for a credit of so much with tax."""
    grosses = [net + tax for net, tax in left.values()]
    _require_left(amount.minor, sum(grosses), amount)
    parts = parts_by_weight(amount.minor, grosses)
    for (slot, (net, tax)), part in zip(left.items(), parts, strict=True):
        taxed = part_of_whole(tax, part, net + tax)
        yield slot, (part - taxed, taxed)


def _by_quantity(
    invoice: Invoice,
    earlier: Sequence[Invoice],
    left: dict[_Slot, tuple[int, int]],
    quantities: Mapping[int, Number],
) -> Iterator[Line]:
    """Yield the credited lines, each with its part of what is left of the tax of its kind."""
    if not quantities:
        raise CreditError("a credit is too small", expected="a quantity", got=quantities)
    if any(entry.tax is UNTAXED for entry in invoice.entries):
        raise CreditError(
            "an early discount leaves a part of each line untaxed",
            expected="amount, net or milestone, which credit both parts",
            got=Words("quantities"),
        )
    for place, quantity in quantities.items():
        if type(place) is not int or not 1 <= place <= len(invoice.lines):
            raise CreditError(
                "there is no such line", expected=f"1 to {len(invoice.lines)}", got=place
            )
        line = invoice.lines[place - 1]
        taken = _taken(line, decimal_value(quantity, "a quantity"), invoice, earlier)
        slot = _slot(line, invoice)
        net, tax = left[slot]
        part = taken.net.minor
        if part * net <= 0 or abs(part) > abs(net):
            _refuse(taken.net, Money(net, invoice.currency))
        taxed = part_of_whole(tax, part, net)
        left[slot] = (net - part, tax - taxed)
        yield attrs.evolve(
            taken, quantity=minus(taken.quantity), tax_amount=_tax_amount(line, -taxed, invoice)
        )


def _with_quantities(
    invoice: Invoice, left: Mapping[_Slot, tuple[int, int]], lines: Iterable[Line]
) -> Iterator[Line]:
    """Yield what of the document's allowances and charges goes with single lines.

    Retainage and deposits that stand as lines do not: who names lines means these lines.
    """
    works = {slot: net for slot, (net, _) in left.items() if not any(slot[2:])}
    own: dict[_Slot, int] = {}
    for line in lines:
        slot = _slot(line, invoice)
        own[slot] = own.get(slot, 0) - line.net_minor
    for slot, (net, tax) in left.items():
        if slot[4]:
            share, whole = _share(slot, own, works)
            part = (part_of_whole(net, share, whole), part_of_whole(tax, share, whole))
            if any(part):
                yield _line(slot, *part, invoice)


def _taken(line: Line, quantity: Decimal, invoice: Invoice, earlier: Iterable[Invoice]) -> Line:
    """Return so many of a line; the last of them take the rest of its net amount.

    Lines that are alike are one stock. Of a line with allowances or charges a part of its net
    amount goes with each part of the quantity, by running totals: the price says that part, for
    that quantity.
    """
    sign = line.quantity.as_integer_ratio()[0]
    same = [
        other
        for other in invoice.lines
        if _alike(other, line) and other.quantity.as_integer_ratio()[0] * sign > 0
    ]
    before = [other for note in earlier for other in note.lines if _alike(other, line)]
    wanted = Fraction(quantity)
    billed = sum((Fraction(other.quantity) for other in same), Fraction(0))
    left = billed + sum((Fraction(other.quantity) for other in before), Fraction(0))
    plain = attrs.evolve(line, quantity=quantity, allowances=(), charges=(), tax_amount=None)
    net = sum(other.net_minor for other in same)
    rest = net + sum(other.net_minor for other in before)
    most = min(abs(left), abs(Fraction(line.quantity)))
    if wanted * sign <= 0 or abs(wanted) > most:
        _refuse(plain.net, Money(rest, invoice.currency))
    if line.allowances or line.charges:
        part = (
            rest
            - Money(net, invoice.currency)
            .times((left - wanted) / billed, rounding=Rounding.HALF_UP)
            .minor
        )
    elif wanted != left or rest == plain.net_minor:
        return plain
    else:
        part = rest
    return attrs.evolve(
        plain, price=Money(abs(part), invoice.currency), base_quantity=quantity.copy_abs()
    )


def _alike(line: Line, other: Line) -> bool:
    """Say whether a line, of the invoice or of a note, bills the same as *other* at its price."""
    adjusted = bool(other.allowances or other.charges)
    names = _SAME - {"price", "base_quantity"} if adjusted else _SAME
    if any(getattr(line, name) != getattr(other, name) for name in names):
        return False
    if not adjusted:
        return not (line.allowances or line.charges)
    # Of one net price, but for the cent by which a part may be off.
    off = line.net_minor * Fraction(other.quantity) - other.net_minor * Fraction(line.quantity)
    return abs(off) <= abs(Fraction(other.quantity))


def _tax_amount(line: Line, minor: int, invoice: Invoice) -> Money | None:
    return Money(minor, invoice.currency) if line.tax.has_rate else None


def _require_left(wanted: int, whole: int, shown: Money) -> None:
    if not 0 < wanted <= whole:
        _refuse(shown, Money(whole, shown.currency))


def _require_within(lines: Sequence[Line], left: int) -> None:
    """Refuse lines that take back more, with tax, than is left of the whole invoice."""
    totals = totals_of(lines)
    wanted = -totals.tax_inclusive.minor
    if wanted * left < 0 or abs(wanted) > abs(left):
        _refuse(-totals.tax_inclusive, Money(left, totals.payable.currency))


def _refuse(wanted: Money, left: Money) -> None:
    raise CreditError(
        "more is credited than is left",
        expected=f"at most {left}",
        got=wanted,
        left=left,
    )


def _line(slot: _Slot, net: int, tax: int, invoice: Invoice) -> Line:
    """Return a line that takes back so much of one kind of lines."""
    milestone, rate, deducts, retainage, _ = slot
    of_slot = (line for line in invoice.entries if _slot(line, invoice) == slot)
    of_milestone = (line for line in invoice.entries if line.milestone == milestone)
    first = next(chain(of_slot, of_milestone))
    line = Line(
        first.description,
        -1 if net > 0 else 1,
        Money(abs(net), invoice.currency),
        tax=rate,
        milestone=milestone,
        period=first.period,
        delivery=first.delivery,
        deducts=deducts,
        retainage=retainage,
    )
    return attrs.evolve(line, tax_amount=_tax_amount(line, -tax, invoice))
