"""The law of promises: what was promised is what was open as known then, whatever is told since."""

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Credited,
    Flag,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    Promised,
    Recovered,
    RetainageReleased,
    Reversed,
    Withheld,
    invoice_status,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from milestone_invoicing.facts import standing
from tests.positions import position_on
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST, settled_bills

SINCE = st.lists(
    st.tuples(
        st.sampled_from(["paid", "back", "late", "credited", "released"]),
        st.integers(0, LAST),
        st.integers(1, 400),
    ),
    max_size=5,
)
KEEPING = (Payment, Recovered, Withheld)


def told_since(invoice: Invoice, on: int, since: list[tuple[str, int, int]]) -> Invoice:
    """Return *invoice* with what is told after a day: money, or what takes earlier money back."""
    for kind, number, minor in since:
        later, amount = day(on + 1 + number % 10), Money(minor, EUR)
        moving = [fact for fact in invoice.facts if not isinstance(fact, (Reversed, Promised))]
        fact: InvoiceFact | None = {
            "paid": Payment(amount, on=later),
            "late": Payment(amount, on=day(min(number, on) - 1), recorded_on=later),
            "credited": Credited(amount, "N", on=later),
            "released": RetainageReleased(amount, later, on=later),
            "back": Reversed(moving[number % len(moving)], "x", on=later) if moving else None,
        }[kind]
        try:
            invoice = invoice.record(*([fact] if fact else []))
        except (ImpossibleFactError, NothingToReverseError):
            continue
    return invoice


@given(settled_bills(), st.integers(0, LAST), st.integers(0, 8), SINCE)
def test_a_promise_of_all_is_kept_by_the_money_that_was_open_on_its_day(
    bill: Invoice, on: int, wait: int, since: list[tuple[str, int, int]]
):
    then = attrs.evolve(bill, facts=[fact for fact in bill.facts if fact.on <= day(on)])
    promised = position_on(then, day(on)).open
    assume(promised)
    promise = Promised(day(on + wait), on=day(on))
    told = told_since(then.record(promise), on, since)
    for ahead in range(on, on + 15):
        stands = standing(told.facts, day(ahead))
        keeping = [fact for fact in stands if isinstance(fact, KEEPING) and fact.on > day(on)]
        came = Money.total((fact.amount for fact in keeping), currency="EUR")
        status = invoice_status(told, as_of=day(ahead))
        flag = Flag.PROMISE_BROKEN if ahead > on + wait else Flag.PROMISED
        over = came >= promised or not status.open + status.retained
        found = status.flags & {Flag.PROMISED, Flag.PROMISE_BROKEN}
        assert found == (set() if over else {flag})
        if not over:
            start = f"promised on {day(on)}: {promised} by {day(on + wait)}, of which {came} came"
            assert start in [str(reason) for reason in status.reasons]
