"""Whether work may start, by the deposit that has to be paid before it."""

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.advances.deposits import (
    DepositState,
    deposit_states,
    not_billed,
)
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.taken_back import not_void
from milestone_invoicing.contract import Schedule
from milestone_invoicing.errors import DepositNotSettledError, Words
from milestone_invoicing.money import Money


@attrs.frozen
class StartGate(Answer):
    """Whether the deposit that has to be paid before the work is paid.

    Attributes:
        required: what has to be paid, with tax: what the deposit invoices ask for, less their
            credit notes and small differences written off; and what is not billed yet as agreed.
        received: what of it is paid, or settled by a discount, a credit, or tax that the client
            withholds.
        is_open: whether work may start.
    """

    required: Money
    received: Money
    is_open: bool


def start_gate(schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date) -> StartGate:
    """Return whether work may start on a day, by the deposit that is required before.

    It may where none is required. Else all of it has to be billed, and paid on that day or before;
    tax that the client is still to withhold counts, once all the rest is paid. While it may not,
    ``draft_invoice`` refuses to bill the work.
    What is credited for good (a price reduction, a cancellation) is no longer required; what is
    credited to be billed again is, and so is what is written off as a bad debt.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST)],
        ...     deposit=Deposit(Percent(30), before_start=True),
        ... )
        >>> gate = start_gate(schedule, [], as_of=date(2026, 5, 4))
        >>> gate.is_open, str(gate.required)
        (False, 'EUR 300.00')

    Source: "payment required before start"; convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    numbered = books_of(invoices)
    deposit = schedule.deposit
    zero = Money.zero(schedule.total.currency)
    if deposit is None or not deposit.before_start:
        return StartGate(zero, zero, is_open=True)
    issued = [bill for bill in not_void(numbered, as_of) if bill.is_issued(as_of)]
    left = max(not_billed(schedule, deposit, issued), zero)
    states = deposit_states(issued, as_of)
    required = max(sum((_required(state) for state in states), zero), zero) + left
    received = max(sum((_paid(state) for state in states), zero), zero)
    return StartGate(required, received, is_open=received >= required)


def _required(state: DepositState) -> Money:
    return state.payable - state.credited - state.small_differences


def _paid(state: DepositState) -> Money:
    """Return what is paid of a deposit, its rounding amount included, and not owed again."""
    return state.received + state.rounding - state.small_differences - state.owed


def require_started(schedule: Schedule, invoices: Sequence[Invoice], *, as_of: date) -> None:
    """Refuse to bill work that waits for the deposit.

    Raises:
        DepositNotSettledError: it has to be paid before the start, and is not.
    """
    gate = start_gate(schedule, invoices, as_of=as_of)
    if gate.is_open:
        return
    known = deposit_states([b for b in not_void(invoices, as_of) if b.is_issued(as_of)], as_of)
    numbers = tuple(state.number for state in known if _paid(state) < _required(state))
    on = f" on {' and '.join(numbers)}" if numbers else ""
    raise DepositNotSettledError(
        f"the deposit is not settled on {as_of}",
        expected=f"{gate.required} settled before the work is billed",
        got=Words(f"{gate.received}{on}"),
        hint=f"record Payment(amount, on=...){on}" if numbers else "bill it with draft_deposit",
        deposits=numbers,
    )
