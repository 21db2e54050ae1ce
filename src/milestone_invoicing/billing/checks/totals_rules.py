"""Whether stated totals follow from each other and from the parts; it knows no tax groups."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from milestone_invoicing.billing.checks.stated import StatedTotals
from milestone_invoicing.billing.checks.sums import Parts
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money

_ERROR: Final = Severity.ERROR
_LINE_NET: Final = "PEPPOL-EN16931-R120"


class _Sum(NamedTuple):
    """One rule: what a stated figure should be."""

    code: str
    figure: str
    words: str
    right: Callable[[Parts, StatedTotals], int]


def _lines(parts: Parts, _: StatedTotals) -> int:
    return sum(parts.nets)


def _allowances(parts: Parts, _: StatedTotals) -> int:
    return sum(parts.allowances)


def _charges(parts: Parts, _: StatedTotals) -> int:
    return sum(parts.charges)


def _without_tax(_: Parts, stated: StatedTotals) -> int:
    less = stated.minor("line_total") - stated.minor("allowance_total")
    return less + stated.minor("charge_total")


def _groups(_: Parts, stated: StatedTotals) -> int:
    return sum(group.amount.minor for group in stated.breakdown)


def _with_tax(_: Parts, stated: StatedTotals) -> int:
    return stated.minor("tax_exclusive") + stated.minor("tax")


def _to_pay(_: Parts, stated: StatedTotals) -> int:
    return stated.minor("tax_inclusive") - stated.minor("prepaid") + stated.minor("rounding")


_SUMS: Final = (
    _Sum("BR-CO-10", "line_total", "the sum of the lines", _lines),
    _Sum("BR-CO-11", "allowance_total", "the sum of the allowances", _allowances),
    _Sum("BR-CO-12", "charge_total", "the sum of the charges", _charges),
    _Sum("BR-CO-13", "tax_exclusive", "lines - allowances + charges", _without_tax),
    _Sum("BR-CO-14", "tax", "the sum of the tax groups", _groups),
    _Sum("BR-CO-15", "tax_inclusive", "the total without tax + tax", _with_tax),
    _Sum("BR-CO-16", "payable", "the total with tax - prepaid + rounding", _to_pay),
)


def difference(
    where: tuple[str, str], stated: Money, right: int, words: str, *, severity: Severity = _ERROR
) -> Finding:
    """Return the finding, by its path and code, that a figure is not what *words* lead to."""
    message = f"{stated} is not {words}, which is {Money(right, stated.currency)}"
    return Finding(*where, message, severity)


def totals_found(parts: Parts, stated: StatedTotals) -> Iterator[Finding]:
    """Yield the totals that do not follow; these rules have no tolerance."""
    for rule in _SUMS:
        # Without any group the missing breakdown is the finding.
        if rule.code == "BR-CO-14" and not stated.breakdown:
            continue
        right = rule.right(parts, stated)
        if stated.minor(rule.figure) != right:
            figure = Money(stated.minor(rule.figure), stated.currency)
            yield difference((rule.figure, rule.code), figure, right, rule.words)


def line_nets_found(parts: Parts, stated: StatedTotals, *, tolerant: bool) -> Iterator[Finding]:
    """Yield the lines whose net amount is not quantity x price, with allowances and charges.

    The rule of Peppol lets pass 0.02 beside the unrounded amount; rightly rounded always passes.
    """
    most = Fraction(2 * 10**stated.currency.digits, 100) if tolerant else 0
    rows = zip(stated.line_nets, parts.computed, parts.exact, strict=False)
    for place, (net, right, exact) in enumerate(rows):
        if net.minor != right and abs(net.minor - exact) > most:
            words = "quantity x price / base quantity - allowances + charges"
            yield difference((f"lines[{place}].net", _LINE_NET), net, right, words)
