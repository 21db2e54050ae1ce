"""Draws contracts with a retainage, and the bills of all their work, in parts and in any order."""

from fractions import Fraction

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    Currency,
    Invoice,
    Milestone,
    Money,
    Party,
    Percent,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Schedule,
    Tax,
    draft_invoice,
    issue,
)
from milestone_invoicing.testing import percents
from tests.properties.receivable_items import day

EUR = Currency.of("EUR")
BUYER = Party("acme", "Acme")
S21 = Tax.standard(21)
LAST = 40
RATES = percents(max_points=100)


@st.composite
def rules(draw: st.DrawFn, mode: RetainageMode | None = None) -> Retainage:
    """Return rules with steps that rise or fall, of all kinds but the release."""
    after = sorted(draw(st.sets(st.integers(1, 99), max_size=2)))
    steps = [RetainageStep(draw(RATES))]
    steps += [RetainageStep(draw(RATES), after=Percent(points)) for points in after]
    return Retainage(
        steps,
        base=draw(st.sampled_from(RetainageBase)),
        cap=draw(st.none() | percents(max_points=20)),
        mode=mode or draw(st.sampled_from(RetainageMode)),
        gives_back=draw(st.booleans()),
        scope=draw(st.sampled_from(RetainageScope)),
    )


@st.composite
def contracts(draw: st.DrawFn, mode: RetainageMode | None = None) -> Schedule:
    """Return contracts of one to three milestones that may be billed at once."""
    worths = draw(st.lists(st.integers(1, 10**5), min_size=1, max_size=3))
    milestones = [
        Milestone(key, key, Money(worth, EUR), trigger=ON_SIGNING)
        for key, worth in zip("abc", worths, strict=False)
    ]
    total = Money(sum(worths), EUR)
    return Schedule(total, milestones, signed_on=day(0), retainage=draw(rules(mode)))


@st.composite
def portions(draw: st.DrawFn, schedule: Schedule) -> list[tuple[str, Money]]:
    """Return all work of a contract cut into portions, in some order."""
    parts = []
    for key in schedule.keys:
        left = schedule.amount(key, as_of=day(0)).minor
        while left:
            part = draw(st.sampled_from([left, max(left // 2, 1)]) | st.integers(1, left))
            part = left if sum(each == key for each, _ in parts) == 3 else part
            parts.append((key, Money(part, EUR)))
            left -= part
    return draw(st.permutations(parts))


def billed(
    schedule: Schedule, parts: list[tuple[str, Money]], invoices: tuple[Invoice, ...] = ()
) -> tuple[Invoice, ...]:
    """Return *invoices* and one more for each portion, a day apart."""
    for key, part in parts:
        on = day(len(invoices))
        draft = draft_invoice(
            schedule, key, invoices=invoices, as_of=on, buyer=BUYER, tax=S21, portion=part
        )
        invoices = (*invoices, issue(draft, number=str(len(invoices) + 1), on=on))
    return invoices


def without(schedule: Schedule) -> Schedule:
    """Return the contract without its retainage."""
    return attrs.evolve(schedule, retainage=None)


def kept_on(invoice: Invoice) -> Money:
    """Return what one bill keeps back: held, or left off."""
    left_off = (-line.net for line in invoice.lines if line.retainage)
    return Money.total((invoice.held or Money.zero("EUR"), *left_off), currency="EUR")


def never_falls(schedule: Schedule) -> bool:
    """Say whether more work never means less retainage, so that nothing is ever given back."""
    rule = schedule.retainage
    assert rule is not None
    rates = [step.percent.fraction for step in rule.steps]
    return not rule.gives_back or (rates == sorted(rates) and max(rates) == min(rates))


def exact(schedule: Schedule, parts: list[tuple[str, Money]]) -> int:
    """Return what the rule retains of all work, worked out apart: in minor units, tax included."""
    rule = schedule.retainage
    assert rule is not None
    gross = rule.base is RetainageBase.GROSS and rule.mode is RetainageMode.HELD
    if rule.scope is RetainageScope.CONTRACT:
        works = [[part for _, part in parts]]
    else:
        works = [[part for each, part in parts if each == key] for key in schedule.keys]
    retained = 0
    for work in works:
        worth = sum(part.minor for part in work)
        if gross:
            taxes = [Fraction(part.minor * 21, 100) for part in work]
            worth += sum(int(tax + Fraction(1, 2)) for tax in taxes)
        bounds = [Fraction(0), *(step.after.fraction for step in rule.steps[1:]), Fraction(1)]
        rates = [step.percent.fraction for step in rule.steps]
        if rule.gives_back:
            amount = worth * rates[-1]
        else:
            bands = zip(bounds, bounds[1:], rates, strict=False)
            amount = sum((worth * (to - since) * rate for since, to, rate in bands), Fraction(0))
        kept = int(amount + Fraction(1, 2))
        if isinstance(rule.cap, Percent):
            kept = min(kept, int(worth * rule.cap.fraction + Fraction(1, 2)))
        retained += kept
    return retained
