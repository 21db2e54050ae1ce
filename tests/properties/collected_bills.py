"""Draws what is said about the money of an invoice, as far as its facts allow it."""

from collections.abc import Callable

from hypothesis import strategies as st

from milestone_invoicing import (
    Assigned,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    DueAmount,
    FollowedUp,
    HandedOver,
    Invoice,
    InvoiceFact,
    LateCharged,
    Line,
    Money,
    Payment,
    PlanAgreed,
    Promised,
    Reminded,
    Reversed,
    split_evenly,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.positions import position_on
from tests.properties.receivable_items import PARTIES, day, terms
from tests.properties.settled_bills import EUR, LAST

_Drawn = tuple[str, int, int, int]


def _plan(invoice: Invoice, on: int, parts: int, days: int) -> InvoiceFact | None:
    """Return a plan of what is open on a day, as then known."""
    left = position_on(invoice, day(on)).open
    if not left:
        return None
    amounts = [amount for amount in split_evenly(left, 1 + parts % 3) if amount]
    dues = [DueAmount(day(on + days * n), amount) for n, amount in enumerate(amounts)]
    return PlanAgreed(dues, on=day(on))


def _some(n: int) -> Money | None:
    return Money(n, EUR) if n else None


_SAY: dict[str, Callable[[Invoice, int, int, int], InvoiceFact | None]] = {
    "disputed": lambda _, on, n, __: Disputed("x", _some(n), on=day(on)),
    "resolved": lambda _, on, __, ___: DisputeResolved(DisputeOutcome.SETTLED, on=day(on)),
    "promised": lambda _, on, n, days: Promised(day(on + days), _some(n), on=day(on)),
    "plan": _plan,
    "reminded": lambda _, on, n, __: Reminded(1 + n, "client", on=day(on)),
    "spoken": lambda _, on, __, ___: FollowedUp("Eve", on=day(on)),
    "assigned": lambda _, on, n, __: Assigned(f"Dana {n}", on=day(on)),
    "handed": lambda _, on, __, ___: HandedOver("x", on=day(on)),
    "charged": lambda _, on, n, __: LateCharged(Money(1 + n, EUR), on=day(on)),
}
_OFTEN = ["disputed", "resolved", "promised", "promised", "plan", "plan", "handed"]
MEANT = st.tuples(
    st.sampled_from([*_SAY, *_OFTEN]),
    st.integers(0, LAST),
    st.integers(0, 300),
    st.integers(0, 20),
)


def said(invoice: Invoice, meant: list[_Drawn]) -> Invoice:
    """Return *invoice* with those of *meant* recorded that can be so."""
    for kind, on, n, days in meant:
        fact = _SAY[kind](invoice, on, n, days)
        try:
            invoice = invoice.record(*([fact] if fact else []))
        except ImpossibleFactError:
            continue
    return invoice


@st.composite
def collected_bills(draw: st.DrawFn) -> Invoice:
    """Return invoices that were paid and talked about in turn, some of it taken back."""
    line = Line("Work", 1, Money(draw(st.integers(1, 1000)), EUR))
    invoice = Invoice("1", day(draw(st.integers(0, 10))), PARTIES[0], [line], terms=draw(terms()))
    for kind in draw(st.lists(st.sampled_from(["paid", "said", "said", "back"]), max_size=7)):
        on = draw(st.integers(0, LAST))
        if kind == "said":
            invoice = said(invoice, [draw(MEANT)])
        elif kind == "paid":
            invoice = invoice.record(Payment(Money(draw(st.integers(1, 500)), EUR), on=day(on)))
        else:
            known = [fact for fact in invoice.facts if not isinstance(fact, Reversed)]
            if known:
                back = Reversed(draw(st.sampled_from(known)), "x", on=day(on))
                invoice = _taken_back(invoice, back)
    return invoice


def _taken_back(invoice: Invoice, back: Reversed) -> Invoice:
    try:
        return invoice.record(back)
    except (ImpossibleFactError, NothingToReverseError):
        return invoice
