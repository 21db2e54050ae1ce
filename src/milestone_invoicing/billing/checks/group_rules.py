"""Whether stated tax groups have the base and the tax of their parts; none too many or few."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from milestone_invoicing.billing.checks.categories import rules_of
from milestone_invoicing.billing.checks.stated import StatedTotals
from milestone_invoicing.billing.checks.sums import Entry, Parts, bases_of, tax_of
from milestone_invoicing.billing.checks.totals_rules import difference
from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money

# These have a group for each rate; the others have one for all.
_BY_RATE: Final = {TaxCategory.S, TaxCategory.L, TaxCategory.M}
# From this rate on it rounds to a whole point, as validators round.
_LEAST_RATE: Final = Fraction(1, 200)


def groups_found(parts: Parts, stated: StatedTotals, *, tolerant: bool) -> Iterator[Finding]:
    """Yield what is wrong with the groups: those that are there, then those that are missing."""
    unit = 10**stated.currency.digits if tolerant else 1
    bases = bases_of(parts.entries)
    if not stated.breakdown:
        message = "there is no tax breakdown: state base and tax of each group"
        yield Finding("breakdown", "BR-CO-18", message, Severity.ERROR)
        return
    for place, group in enumerate(stated.breakdown):
        path = f"breakdown[{place}]"
        yield from _base(path, group, bases, unit)
        yield from _tax(path, group, parts.entries, unit)
    yield from _doubled(stated)
    yield from _missing(stated, parts.entries, unit if tolerant else 0)


def _base(path: str, group: TaxSubtotal, bases: Mapping[Tax, int], unit: int) -> Iterator[Finding]:
    tax, rules = group.tax.group, rules_of(group.tax)
    if tax.category in _BY_RATE and all(each.category != tax.category for each in bases):
        message = f"nothing on the document has a tax of category {tax.category_code}"
        yield Finding(path, f"{rules}-01", message, Severity.ERROR)
        return
    right = bases.get(tax, 0)
    limit = unit if tax.category in _BY_RATE or not rules else 1
    if abs(group.base.minor - right) >= limit:
        code = f"{rules}-08" if rules else "group_base"
        words = f"the sum of lines - allowances + charges with {tax}"
        yield difference((f"{path}.base", code), group.base, right, words)


def _tax(path: str, group: TaxSubtotal, entries: tuple[Entry, ...], unit: int) -> Iterator[Finding]:
    tax, rules = group.tax.group, rules_of(group.tax)
    given = [each for each in entries if each.tax == tax and each.given_tax is not None]
    right = _right_tax(group.base.minor, tax, given)
    off = abs(group.amount.minor - right)
    words = "base x rate" if not given else "base x rate, and the tax that lines give"
    # Without a rate the general rule looks at whole units of the currency, rounded.
    if off >= (unit if tax.has_rate else (unit + 1) // 2):
        yield difference((f"{path}.amount", "BR-CO-17"), group.amount, right, words)
    elif given:
        yield from _given(path, group, unit)
    if off < unit:
        yield from _refused(path, group, Severity.ERROR if off else Severity.WARNING)
    if rules and off >= (unit if tax.category in _BY_RATE else 1):
        yield difference((f"{path}.amount", f"{rules}-09"), group.amount, right, words)


def _right_tax(base: int, tax: Tax, given: Sequence[Entry]) -> int:
    """Return base x rate, where *given* entries have the tax that they give instead."""
    of_given = sum(each.net for each in given)
    return tax_of(base - of_given, tax) + sum(each.given_tax or 0 for each in given)


def _refused(path: str, group: TaxSubtotal, severity: Severity) -> Iterator[Finding]:
    """Yield a tax that no validator lets pass, however right it is.

    Their test of the general rule rounds the rate to whole points first. Where that is zero, it
    wants a tax that rounds to zero whole units of the currency.
    """
    rate, whole = group.tax.rate, 10**group.amount.currency.digits
    if rate is None or not group.tax.has_rate or rate.fraction >= _LEAST_RATE:
        return
    if 2 * abs(group.amount.minor) >= whole:
        message = (
            f"validators refuse {group.amount} at {group.tax}, since the rate rounds to zero"
            " whole points: show this tax in another way"
        )
        yield Finding(f"{path}.amount", "BR-CO-17", message, severity)


def _given(path: str, group: TaxSubtotal, unit: int) -> Iterator[Finding]:
    """Compare a group, whose lines give tax of their own, with the plain rule.

    Anybody else's check does that too, and lets pass what is less than one unit of the currency.
    """
    right = tax_of(group.base.minor, group.tax)
    off, whole = abs(group.amount.minor - right), 10**group.amount.currency.digits
    if off >= min(unit, whole):
        # One unit of a currency without decimals is what a cent is elsewhere.
        severity = Severity.ERROR if off >= max(whole, 2) else Severity.WARNING
        words = "base x rate, since lines give their own tax"
        yield difference(
            (f"{path}.amount", "BR-CO-17"), group.amount, right, words, severity=severity
        )


def _doubled(stated: StatedTotals) -> Iterator[Finding]:
    """Yield the taxes that have more than one group."""
    counts = Counter(group.tax.group for group in stated.breakdown)
    for each, count in counts.items():
        if count > 1:
            rules, number = rules_of(each), "08" if each.category in _BY_RATE else "01"
            code = f"{rules}-{number}" if rules else "group_base"
            message = f"tax {each} has more than one group"
            yield Finding("breakdown", code, message, Severity.ERROR)


def _missing(stated: StatedTotals, entries: tuple[Entry, ...], less: int) -> Iterator[Finding]:
    """Yield the taxes without a group.

    A group of *less* than that may be left out, once another of its category stands: the rule that
    asks for groups asks for one of each category, and the others look at those that are stated.
    """
    there = {group.tax.group for group in stated.breakdown}
    for tax, base in bases_of(entries).items():
        if tax not in there:
            rules = rules_of(tax)
            alone = all(each.category != tax.category for each in there)
            by_rate = tax.category in _BY_RATE or not rules
            given = [each for each in entries if each.tax == tax and each.given_tax is not None]
            if by_rate and not alone and max(abs(base), abs(_right_tax(base, tax, given))) < less:
                continue
            code = f"{rules}-{'01' if alone else '08'}" if rules else "group_base"
            amount = Money(base, stated.currency)
            message = f"no group states {amount} of tax {tax}"
            yield Finding("breakdown", code, message, Severity.ERROR)
