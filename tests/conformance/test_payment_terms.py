"""Due dates and amounts of other systems, for the rules that can be written so far.

A kind of rule that cannot be written yet is listed by what it lacks; a case that contradicts our
convention is listed by its id with the reason. Early discounts change no due date and no amount
due, so that their cases count here for those two only.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    AddMonths,
    BusinessCalendar,
    Currency,
    DayOfMonth,
    DueRule,
    DueStep,
    EndOfMonth,
    Installment,
    Money,
    PaymentTerms,
    Percent,
    RollConvention,
    RollToBusinessDay,
)
from milestone_invoicing.contract.shares import Share
from milestone_invoicing.errors import SharesError
from tests.conformance.shared_cases import case_id, cases

Rule = dict[str, Any]
Steps = tuple[DueStep, ...]

OURS = {
    "PT040": "the last of 70 % + 200 + 30 % is cut to fit; our shares cover the payable exactly",
    "PT055": "two instalments under one rule are refused; here they are two parts due on one day",
}
NOT_BUILT = {
    "days_then_next_day_of_month": "rule kind not built yet: the next of some days of the month",
    "next_day_of_month": "rule kind not built yet: the next of some days of the month",
    "end_of_month": "rule kind not built yet: a month end that moves on from itself",
    "milestone_breaks": "rule kind not built yet: instalments that wait for an event",
    "payment_days": "rule kind not built yet: the next of some days of the month",
    "closed_periods_mm_dd": "rule kind not built yet: closed periods",
    "cash_rounding": "amounts in multiples of a cash step are not built yet",
    "sequential": "instalments counted from the one before are not built yet",
    "percent_of_remainder": "a percent of what remains is not built yet",
    "percent_of_untaxed": "a percent of the untaxed amount is not built yet",
}


def _then_day_of_next_month(rule: Rule) -> Steps:
    """Days, month end, and then a day of the next month; day 0 is the month end itself."""
    ahead = (DayOfMonth(rule["day_of_next_month"], 1),) if rule["day_of_next_month"] else ()
    return (AddDays(rule["days"]), EndOfMonth(), *ahead)


KINDS: dict[str, Callable[[Rule], Steps]] = {
    "net_days": lambda rule: (AddDays(rule["days"]),),
    "net_weeks": lambda rule: (AddDays(7 * rule["weeks"]), *_holidays(rule)),
    "end_of_month_then_days": lambda rule: (EndOfMonth(), AddDays(rule["days"])),
    "end_of_month_then_months": lambda rule: (EndOfMonth(rule["months"]),),
    "end_of_following_month": lambda rule: (EndOfMonth(rule.get("months", 1)),),
    "day_of_current_month": lambda rule: (DayOfMonth(rule["day_of_month"]),),
    "day_of_following_month": lambda rule: (DayOfMonth(rule["day_of_month"], 1),),
    "first_of_next_month": lambda rule: (DayOfMonth(1, 1),),
    "days_then_end_of_month_then_day_of_next_month": _then_day_of_next_month,
}


def _holidays(rule: Rule) -> Steps:
    closed = [date.fromisoformat(day) for day in rule.get("holidays", ())]
    calendar = BusinessCalendar(weekend=(), holidays=closed)
    return (RollToBusinessDay(calendar, RollConvention.FOLLOWING),) if closed else ()


def not_built(rule: Rule) -> str:
    """Return why *rule* cannot be written yet, or an empty text."""
    words = [rule.get("kind"), *rule]
    for line in rule.get("lines", ()):
        words += [*line, *line.get("due", ()), line.get("due", {}).get("kind")]
    return next((NOT_BUILT[word] for word in words if word in NOT_BUILT), "")


def terms_of(case: Rule) -> PaymentTerms:
    rule = case["rule"]
    if rule["kind"] != "installments":
        return PaymentTerms([Installment(REST, DueRule(KINDS[rule["kind"]](rule)))])
    currency = case["currency"] or "EUR"
    lines = rule["lines"]
    return PaymentTerms([Installment(share(line, currency), due(line["due"])) for line in lines])


def share(line: Rule, currency: str) -> Share:
    if "percent" in line:
        return Percent(line["percent"])
    return Money.of(line["fixed"], currency) if "fixed" in line else REST


def due(rule: Rule) -> DueRule:
    """Read one line's rule: a kind, or months and then days."""
    if "kind" in rule:
        return DueRule(KINDS[rule["kind"]](rule))
    months = (AddMonths(rule["months"]),) if "months" in rule else ()
    return DueRule((*months, AddDays(rule.get("days", 0))))


def parameters() -> list[Any]:
    """Return the cases, those that we do not follow marked with their reason."""
    rows = []
    for case in cases("payment_terms"):
        reason = OURS.get(case["id"]) or not_built(case["rule"])
        marks = [pytest.mark.skip(reason=reason)] if reason else []
        rows.append(pytest.param(case, id=case_id(case), marks=marks))
    return rows


@pytest.mark.parametrize("case", parameters())
def test_payment_terms(case: Rule):
    if "error" in case["expected"] or "error" in case:
        with pytest.raises(SharesError, match="of the payable over"):
            terms_of(case)
        return
    code = case["currency"] or "EUR"
    currency = Currency.of(code) if code.isupper() else Currency.of("EUR")
    payable = Money.of(case["total"] or "100.00", currency)
    parts = terms_of(case).due(payable, date.fromisoformat(case["invoice_date"]))
    assert [part.due_on.isoformat() for part in parts] == [
        part["date"] for part in case["expected"]
    ]
    for part, expected in zip(parts, case["expected"], strict=True):
        if expected["amount"] is not None:
            assert part.amount == Money.of(expected["amount"], currency)


def test_what_we_do_not_follow_is_there():
    known = {case["id"] for case in cases("payment_terms")}
    assert set(OURS) <= known


def test_every_reason_is_needed():
    reasons = {not_built(case["rule"]) for case in cases("payment_terms")} - {""}
    assert reasons == set(NOT_BUILT.values())
    assert all(
        case["rule"]["kind"] in {*KINDS, *NOT_BUILT, "installments"}
        for case in cases("payment_terms")
    )
