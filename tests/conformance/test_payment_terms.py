"""Due dates, amounts and discounts of other systems.

A case that contradicts our convention is listed by its id with the reason.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    AddMonths,
    Currency,
    DayOfMonth,
    DiscountTax,
    DueRule,
    DueStep,
    EarlyDiscount,
    EndOfMonth,
    Installment,
    InstallmentShare,
    Money,
    NextDayOfMonth,
    PaymentTerms,
    Percent,
    PercentOfRest,
    PercentOfUntaxed,
    Period,
    Rounding,
    SameDay,
    Season,
    SkipClosedPeriods,
    TaxedAmount,
)
from milestone_invoicing.display import describe
from milestone_invoicing.errors import SharesError
from tests.conformance.shared_cases import case_id, cases

Rule = dict[str, Any]
Steps = tuple[DueStep, ...]
REDUCED = DiscountTax.REDUCED_IF_TAKEN

OURS = {
    "PT055": "two instalments under one rule are refused; here they are two parts due on one day",
}


def _then_day_of_next_month(rule: Rule) -> Steps:
    """Days, month end, and then a day of the next month; day 0 is the month end itself."""
    ahead = (DayOfMonth(rule["day_of_next_month"], 1),) if rule["day_of_next_month"] else ()
    return (AddDays(rule["days"]), EndOfMonth(), *ahead)


KINDS: dict[str, Callable[[Rule], Steps]] = {
    "net_days": lambda rule: (AddDays(rule["days"]),),
    "net_weeks": lambda rule: (AddDays(7 * rule["weeks"]),),
    "end_of_month": lambda _: (EndOfMonth(same_day=SameDay.MOVE),),
    "end_of_month_then_days": lambda rule: (EndOfMonth(), AddDays(rule["days"])),
    "end_of_month_then_months": lambda rule: (EndOfMonth(rule["months"]),),
    "end_of_following_month": lambda rule: (EndOfMonth(rule.get("months", 1)),),
    "day_of_current_month": lambda rule: (DayOfMonth(rule["day_of_month"]),),
    "day_of_following_month": lambda rule: (DayOfMonth(rule["day_of_month"], 1),),
    "first_of_next_month": lambda _: (DayOfMonth(1, 1),),
    "next_day_of_month": lambda rule: (NextDayOfMonth([rule["day_of_month"]], SameDay.MOVE),),
    "days_then_next_day_of_month": lambda rule: (
        AddDays(rule["days"]),
        NextDayOfMonth([rule["day_of_month"]]),
    ),
    "days_then_end_of_month_then_day_of_next_month": _then_day_of_next_month,
}


def steps(rule: Rule) -> Steps:
    """Read one rule: a kind, or months and then days; then payment days and closed days."""
    if "kind" in rule:
        found = KINDS[rule["kind"]](rule)
    else:
        months = (AddMonths(rule["months"]),) if "months" in rule else ()
        day = (DayOfMonth(rule["day_of_month"]),) if "day_of_month" in rule else ()
        found = (*months, *day, AddDays(rule.get("days", 0)))
    if "payment_days" in rule:
        found = (*found, NextDayOfMonth(rule["payment_days"]))
    closed = [*_seasons(rule), *_postponed(rule)]
    return (*found, SkipClosedPeriods(closed)) if closed else found


def _seasons(rule: Rule) -> list[Season]:
    ends = [
        [int(number) for day in pair for number in day.split("-")]
        for pair in rule.get("closed_periods_mm_dd", ())
    ]
    return [Season(*numbers) for numbers in ends]


def _postponed(rule: Rule) -> list[Period]:
    """Read holidays, each with the day to which it postpones."""
    days = rule.get("holidays", {}).items()
    return [Period(date.fromisoformat(day), date.fromisoformat(to)) for day, to in days]


def terms_of(case: Rule) -> PaymentTerms:
    rule = case["rule"]
    currency = case["currency"] if (case["currency"] or "").isupper() else "EUR"
    options = {}
    if "cash_rounding" in rule:
        cash = rule["cash_rounding"]
        options["step"] = Money.of(cash["step"], currency)
        options["step_rounding"] = Rounding[cash["direction"].upper().replace("-", "_")]
    if "lines" not in rule:
        return PaymentTerms([Installment(REST, DueRule(steps(rule)))], discounts(rule), **options)
    parts = [installment(line, currency) for line in rule["lines"]]
    if rule.get("remainder") == "last line whatever its type":
        parts[-1] = Installment(REST, parts[-1].due)
    return PaymentTerms(parts, sequential=rule.get("sequential", False), **options)


def installment(line: Rule, currency: str) -> Installment:
    """Read one line; an order is placed on the day of the invoice, other events are waited for."""
    trigger = line.get("trigger")
    after = None if trigger in {None, "order_date"} else trigger
    due = line.get("due", {"days": line.get("days", 0)})
    return Installment(share(line, currency), DueRule(steps(due)), after=after)


def share(line: Rule, currency: str) -> InstallmentShare:
    if "percent" in line:
        return Percent(line["percent"])
    if "percent_of_remainder" in line:
        return PercentOfRest(line["percent_of_remainder"])
    if "percent_of_untaxed" in line:
        return PercentOfUntaxed(line["percent_of_untaxed"])
    return Money.of(line["fixed"], currency) if "fixed" in line else REST


def discounts(rule: Rule) -> list[EarlyDiscount]:
    given = rule.get("early_discount", {"percent": "0"})
    if given["percent"] == "0":
        return []
    tax = DiscountTax.NOT_REDUCED if given.get("tax_mode") == "excluded" else REDUCED
    return [EarlyDiscount(given["percent"], given["days"], tax)]


def parameters() -> list[Any]:
    """Return the cases, those that we do not follow marked with their reason."""
    rows = []
    for case in cases("payment_terms"):
        reason = OURS.get(case["id"])
        marks = [pytest.mark.skip(reason=reason)] if reason else []
        rows.append(pytest.param(case, id=case_id(case), marks=marks))
    return rows


def asked(case: Rule) -> tuple[Money, date, Money]:
    """Return the payable, the issue date and the untaxed amount that a case asks about."""
    code = case["currency"] or "EUR"
    currency = Currency.of(code) if code.isupper() else Currency.of("EUR")
    payable = Money.of(case["total"] or "100.00", currency)
    untaxed = Money.of(case["rule"].get("untaxed", payable.amount), currency)
    return payable, date.fromisoformat(case["invoice_date"]), untaxed


@pytest.mark.parametrize("case", parameters())
def test_payment_terms(case: Rule):
    if "error" in case:
        with pytest.raises(SharesError, match="of the payable over"):
            terms_of(case)
        return
    payable, issued_on, untaxed = asked(case)
    parts = terms_of(case).due(payable, issued_on, untaxed=untaxed)
    dates = [part.due_on.isoformat() if part.due_on else None for part in parts]
    assert dates == [part["date"] for part in case["expected"]]
    for part, expected in zip(parts, case["expected"], strict=True):
        if expected["amount"] is not None:
            assert part.amount == Money.of(expected["amount"], payable.currency)


@pytest.mark.parametrize("case", parameters())
def test_the_discounts_of_payment_terms(case: Rule):
    for expected in case["expected"][:1]:
        payable, issued_on, untaxed = asked(case)
        reducible = TaxedAmount(untaxed, payable - untaxed)
        offers = terms_of(case).offers(payable, issued_on, untaxed=untaxed, reducible=reducible)
        until = offers[0].until.isoformat() if offers else None
        assert expected.get("discount_date", until) == until
        pays = str(offers[0].pays.amount) if offers else None
        assert expected.get("discounted_amount", pays) == pays


@pytest.mark.parametrize("case", parameters())
def test_every_due_date_is_explained_to_the_day(case: Rule):
    for _ in case["expected"][:1]:
        payable, issued_on, untaxed = asked(case)
        terms = terms_of(case)
        due = terms.due(payable, issued_on, untaxed=untaxed)
        for walk, part in zip(terms.explain(issued_on), due, strict=False):
            assert not payable or (walk[-1][1] if walk else part.due_on) == part.due_on


def test_what_we_do_not_follow_is_there():
    known = {case["id"] for case in cases("payment_terms")}
    assert set(OURS) <= known


@pytest.mark.parametrize("locale", ["en", "nl", "fr", "de"])
@pytest.mark.parametrize("case", parameters())
def test_terms_of_every_kind_are_printed_and_read_back(case: Rule, locale: str):
    for _ in case["expected"][:1]:
        payable, issued_on, untaxed = asked(case)
        terms = terms_of(case)
        told = describe(terms, locale=locale)
        rules = [part.due for part in terms.installments]
        if any(isinstance(step, SkipClosedPeriods) for rule in rules for step in rule.steps):
            continue  # closed periods are told, but not which
        read = PaymentTerms.parse(told)
        assert read.due(payable, issued_on, untaxed=untaxed) == terms.due(
            payable, issued_on, untaxed=untaxed
        )
        assert read.discounts == terms.discounts
