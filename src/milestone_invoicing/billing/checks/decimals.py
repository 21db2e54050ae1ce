"""Whether amounts need more than the two decimals that EN 16931 prints; it adds nothing up."""

from collections.abc import Iterator, Sequence
from typing import Final

from milestone_invoicing.billing.checks.stated import StatedTotals
from milestone_invoicing.billing.checks.sums import Parts, amount_of, line_gross
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money

_DECIMALS: Final = 2
_TOTALS: Final = (
    ("BR-DEC-09", "line_total"),
    ("BR-DEC-10", "allowance_total"),
    ("BR-DEC-11", "charge_total"),
    ("BR-DEC-12", "tax_exclusive"),
    ("BR-DEC-13", "tax"),
    ("BR-DEC-14", "tax_inclusive"),
    ("BR-DEC-16", "prepaid"),
    ("BR-DEC-17", "rounding"),
    ("BR-DEC-18", "payable"),
)
_Amounts = Iterator[tuple[str, str, int]]


def decimals_found(
    lines: Sequence[Line],
    allowances: Sequence[Adjustment],
    charges: Sequence[Adjustment],
    parts: Parts,
    stated: StatedTotals,
) -> Iterator[Finding]:
    """Yield the amounts with a third decimal; only a currency of three or more can have one."""
    digits = stated.currency.digits
    if digits <= _DECIMALS:
        return
    step = 10 ** (digits - _DECIMALS)
    for code, path, minor in (
        *_of_lines(lines, parts),
        *_of_adjustments("allowances", ("BR-DEC-01", "BR-DEC-02"), allowances, parts.allowances),
        *_of_adjustments("charges", ("BR-DEC-05", "BR-DEC-06"), charges, parts.charges),
        *((code, name, stated.minor(name)) for code, name in _TOTALS),
        *_of_groups(stated),
    ):
        if minor % step:
            message = f"{Money(minor, stated.currency)} has more than {_DECIMALS} decimals"
            yield Finding(path, code, message, Severity.WARNING)


def _of_lines(lines: Sequence[Line], parts: Parts) -> _Amounts:
    for place, line in enumerate(lines):
        path = f"lines[{place}]"
        yield "BR-DEC-23", f"{path}.net", parts.nets[place]
        gross = line_gross(line)
        for name, codes, of in (
            ("allowances", ("BR-DEC-24", "BR-DEC-25"), line.allowances),
            ("charges", ("BR-DEC-27", "BR-DEC-28"), line.charges),
        ):
            amounts = [amount_of(each, gross) for each in of]
            yield from _of_adjustments(f"{path}.{name}", codes, of, amounts)


def _of_adjustments(
    path: str, codes: tuple[str, str], of: Sequence[Adjustment], amounts: Sequence[int]
) -> _Amounts:
    for place, (each, amount) in enumerate(zip(of, amounts, strict=True)):
        yield codes[0], f"{path}[{place}].amount", amount
        if each.base is not None:
            yield codes[1], f"{path}[{place}].base", each.base.minor


def _of_groups(stated: StatedTotals) -> _Amounts:
    for place, group in enumerate(stated.breakdown):
        yield "BR-DEC-19", f"breakdown[{place}].base", group.base.minor
        yield "BR-DEC-20", f"breakdown[{place}].amount", group.amount.minor
