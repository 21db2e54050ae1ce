"""What the rule of a contract retains of the work that is billed; it knows no bill that retains."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.totals import totals_of
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import (
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    Schedule,
)
from milestone_invoicing.contract.retainage import awaited_by
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.money import Money, Percent, Rounding, round_ratio
from milestone_invoicing.money.money import made, require_one_currency

# A bill, and its lines of work.
_Work: TypeAlias = tuple[Invoice, Sequence[Line]]
_Works: TypeAlias = dict[str | None, list[_Work]]


def due_to_be_held(
    schedule: Schedule, rule: Retainage, bills: Sequence[Invoice], as_of: date
) -> dict[str | None, int]:
    """Return what the rule retains of all that *bills* bill, in all or of each milestone.

    Raises:
        CurrencyMismatchError: a bill is in another currency.
    """
    agreed = schedule.agreed_on(as_of)
    come = awaited_by(rule, schedule.happened(as_of=as_of))
    works = _works(schedule, rule, bills)
    if rule.scope is RetainageScope.CONTRACT:
        return {None: _by_rule(rule, works.get(None, ()), agreed.total, come)}
    return {
        key: _by_rule(rule, works.get(key, ()), worth, come) for key, worth in agreed.by_key.items()
    }


def dues_in_turn(
    schedule: Schedule, rule: Retainage, bills: Iterable[Invoice], as_of: date, key: str | None
) -> Iterator[int]:
    """Yield what the rule retains of the first of *bills*, then of the first two, and so on.

    That is of one milestone where each counts by itself, else in all, under None.
    """
    agreed = schedule.agreed_on(as_of)
    nothing = made(0, agreed.total.currency)
    worth = agreed.total if key is None else agreed.by_key.get(key, nothing)
    come = awaited_by(rule, schedule.happened(as_of=as_of))
    works: list[_Work] = []
    for bill in bills:
        works += _works(schedule, rule, [bill]).get(key, ())
        yield _by_rule(rule, works, worth, come)


def _works(schedule: Schedule, rule: Retainage, bills: Iterable[Invoice]) -> _Works:
    """Return of each bill the lines of its work, by milestone where each counts by itself.

    Raises:
        CurrencyMismatchError: a bill is in another currency.
    """
    whole = rule.scope is RetainageScope.CONTRACT
    works: _Works = {}
    for bill in bills:
        if bill.currency is not schedule.total.currency:
            require_one_currency(schedule.total, bill.payable)
        found: dict[str | None, list[Line]] = {}
        for line in bill.lines:
            if line.milestone is not None:
                found.setdefault(None if whole else line.milestone, []).append(line)
        for key, lines in found.items():
            works.setdefault(key, []).append((bill, lines))
    return works


def _by_rule(rule: Retainage, works: Sequence[_Work], worth: Money, come: Sequence[str]) -> int:
    """Return what is to be retained to date of the contract, or of one milestone of it."""
    currency = worth.currency
    net = sum(line.net_minor for _, lines in works for line in lines)
    if not worth or not net:
        return 0
    zero = made(0, currency)
    if rule.base is RetainageBase.NET or rule.mode is RetainageMode.UNBILLED:
        return rule.on(made(net, currency), zero, of=worth, happened=come).total.minor
    gross = sum(_with_tax(bill, lines) for bill, lines in works)
    # What is not billed yet is taken to be taxed as what is; rounded up, so that no step begins
    # before its progress is exceeded without tax.
    of = made(abs(round_ratio(gross * worth.minor, net, Rounding.UP)), currency)
    kept = rule.on(made(gross, currency), zero, of=of, happened=come).total.minor
    if isinstance(rule.cap, Percent):
        # A cap is of no more than what all of it will be with tax: the last bill knows the rest.
        least = made(abs(round_ratio(gross * worth.minor, net, Rounding.DOWN)), currency)
        cap = least.times(rule.cap, rounding=Rounding.HALF_UP).minor
        kept = max(min(kept, cap), -cap)
    return kept


def _with_tax(bill: Invoice, lines: Sequence[Line]) -> int:
    """Return what lines of a bill come to with their tax."""
    return totals_of(lines, always_reduced(bill.terms.discounts)).tax_inclusive.minor
