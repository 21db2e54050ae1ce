"""Draws bills that may be reminded of, and policies of few steps of every kind."""

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    AddDays,
    Audience,
    DueDateExtended,
    DueRule,
    EndOfMonth,
    Invoice,
    Money,
    Payment,
    ReminderAnchor,
    ReminderPolicy,
    ReminderPolicyError,
    ReminderStep,
    Sent,
    Voided,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.properties.collected_bills import collected_bills
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR

_RULES = [DueRule((AddDays(5), EndOfMonth())), DueRule()]
_SINCE_LAST = ReminderAnchor.LAST_REMINDER


@st.composite
def reminded_bills(draw: st.DrawFn, *, number: str = "1") -> Invoice:
    """Return invoices, most of them sent, with all that may happen to them."""
    invoice = attrs.evolve(draw(collected_bills()), number=number)
    for on, kind in draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=3)):
        extended = DueDateExtended(day(on + 5 * kind), "x", on=day(on))
        fact = Voided("x", on=day(on)) if kind == 0 else extended
        invoice = _recorded(invoice, fact)
    if draw(st.integers(0, 9)):
        sent = Sent(on=invoice.issued_on + (day(draw(st.integers(0, 5))) - day(0)))
        invoice = _recorded(invoice, sent)
    return invoice


def _recorded(invoice: Invoice, fact: Sent | Voided | DueDateExtended | Payment) -> Invoice:
    try:
        return invoice.record(fact)
    except ImpossibleFactError:
        return invoice


@st.composite
def _steps(draw: st.DrawFn, level: int, days: int) -> ReminderStep:
    anchor = draw(st.sampled_from([*ReminderAnchor, ReminderAnchor.DUE_DATE]))
    if draw(st.integers(0, 5)) == 0:
        after = draw(st.sampled_from(_RULES))
    else:
        after = max(1, abs(days)) if anchor is _SINCE_LAST else days
    return ReminderStep(
        after,
        draw(st.sampled_from(Audience)),
        level=level,
        anchor=anchor,
        least=draw(st.sampled_from([(), (), Money(300, EUR)])),
        quiet_days=draw(st.none() | st.integers(0, 4)),
        repeat_every=draw(st.none() | st.integers(1, 9)),
    )


@st.composite
def policies(draw: st.DrawFn) -> ReminderPolicy:
    """Return policies of one to four steps; without what does not fit the step before."""
    found: tuple[ReminderStep, ...] = ()
    one_at_a_time, apart = draw(st.booleans()), draw(st.sampled_from([1, 1, 3]))
    policy = None
    for level, days in enumerate(sorted(draw(st.lists(st.integers(-4, 20), max_size=4))), 1):
        step = draw(_steps(level, days))
        try:
            policy = ReminderPolicy((*found, step), one_at_a_time=one_at_a_time, days_apart=apart)
        except ReminderPolicyError:
            continue
        found = policy.steps
    return policy or ReminderPolicy.standard()
