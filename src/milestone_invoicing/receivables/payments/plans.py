"""How what is open is divided into a payment plan on regular days; it records nothing."""

from collections.abc import Sequence
from datetime import date

from milestone_invoicing._checks import require_date, require_type, tuple_of
from milestone_invoicing.billing import Invoice, PlanAgreed
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.errors import PaymentError, Words
from milestone_invoicing.money import Money, Remainder, split_evenly
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.waterfall import matched
from milestone_invoicing.receivables.payments.debts import (
    Debt,
    debt_of,
    require_one_client,
)
from milestone_invoicing.timing import Recurrence, RecurrenceUnit
from milestone_invoicing.timing.order import undated_last


def payment_plan(
    invoice: Invoice,
    parts: int | Sequence[Money],
    *,
    on: date,
    first_due_on: date,
    every: int = 1,
    unit: RecurrenceUnit = RecurrenceUnit.MONTHS,
    day: int | None = None,
    remainder: Remainder = Remainder.LARGEST,
) -> PlanAgreed:
    """Return the fact that what is open of *invoice* is paid in instalments on regular days.

    Record it on the invoice: ``invoice.record(plan)``. The instalments sum to what is open on the
    day of the plan, with what came that day, and without what is held.

    Args:
        invoice: the invoice, with its facts.
        parts: how many equal instalments; or their amounts, which sum to what is open.
        on: the day on which the plan is agreed; facts and issue dates after it are invisible.
        first_due_on: the day by which the first instalment is to be paid, *on* or later. The
            others count from it, never from the one before, so that a month end does not drift.
        every: how many units lie between two instalments.
        unit: months or weeks.
        day: for months, the day of the month aimed at, 31 for the last; by default that of the
            first instalment.
        remainder: who gets the units left over by equal parts; by default the first ones.

    Raises:
        PaymentError: nothing is open; a part would come to nothing, as where there are more parts
            than minor units; or the amounts do not sum to what is open.
        NumberRangeError: an amount is not above zero, a number is too small, or *first_due_on* is
            before *on*.
        RecurrenceError: *first_due_on* is not on *day*, or *day* goes with weeks.
        DateRangeError: the days go beyond year 9999.
        CurrencyMismatchError: an amount is in another currency.
        NumberTypeError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> plan = payment_plan(
        ...     invoice, 3, on=date(2026, 6, 10), first_due_on=date(2026, 6, 30), day=31
        ... )
        >>> [(str(part.due_on), str(part.amount)) for part in plan.installments]
        [('2026-06-30', 'EUR 333.34'), ('2026-07-31', 'EUR 333.33'), ('2026-08-31', 'EUR 333.33')]

    Source: convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    ((_, plan),) = payment_plans(
        [invoice],
        parts,
        on=on,
        first_due_on=first_due_on,
        every=every,
        unit=unit,
        day=day,
        remainder=remainder,
    )
    return plan


def payment_plans(
    invoices: Sequence[Invoice],
    parts: int | Sequence[Money],
    *,
    on: date,
    first_due_on: date,
    every: int = 1,
    unit: RecurrenceUnit = RecurrenceUnit.MONTHS,
    day: int | None = None,
    remainder: Remainder = Remainder.LARGEST,
) -> tuple[tuple[str, PlanAgreed], ...]:
    """Return one plan over many invoices, as the fact to record on each, by its number.

    The instalments sum to what is open of all. Each pays the invoice that is due first as far as
    it goes, then the next, so that an invoice has the instalments that fall to it. Invoices of
    which nothing is open have no plan; the others stand in the order in which they are paid.

    Args:
        invoices: of one client and one currency.
        parts: how many equal instalments; or their amounts, which sum to what is open of all.
        on: the day on which the plan is agreed.
        first_due_on: the day by which the first instalment is to be paid, *on* or later.
        every: how many units lie between two instalments.
        unit: months or weeks.
        day: for months, the day of the month aimed at.
        remainder: who gets the units left over by equal parts.

    Raises:
        PaymentError: as ``payment_plan``; or the invoices are of several clients.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice or an amount is in another currency.
        NumberRangeError, RecurrenceError, DateRangeError: as ``payment_plan``.
        NumberTypeError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> bills = [
        ...     Invoice(
        ...         number,
        ...         date(2026, month, 1),
        ...         Party("acme", "Acme"),
        ...         [Line("Work", 1, Money.of(500, "EUR"))],
        ...     )
        ...     for number, month in (("1", 4), ("2", 5))
        ... ]
        >>> plans = payment_plans(bills, 4, on=date(2026, 6, 10), first_due_on=date(2026, 7, 1))
        >>> [(number, len(plan.installments), str(plan.total)) for number, plan in plans]
        [('1', 2, 'EUR 500.00'), ('2', 2, 'EUR 500.00')]

    Source: convention of this library.
    """
    known = books_of(invoices)
    require_date(on, "on")
    debts = _open_debts(known, on)
    total = Money(sum(debt.open for debt in debts), known[0].currency)
    count = parts if isinstance(parts, int) else len(tuple_of(parts, Money, "parts"))
    # The days first: they bound how many parts there may be.
    days = Recurrence(first_due_on, every, unit, day=day, times=count).dates()
    amounts = _amounts(total, parts, remainder)
    return tuple(
        (number, PlanAgreed([DueAmount(days[place], part) for place, part in pieces], on=on))
        for number, pieces in _cut(debts, amounts).items()
    )


def _open_debts(known: Sequence[Invoice], on: date) -> list[Debt]:
    """Return what is open of the invoices, first due first."""
    if known:
        require_one_client(known, known[0].payable)
    found = (debt_of(each, on, take_discounts=False) for each in known)
    debts = [debt for debt in found if debt is not None and debt.open]
    if not debts:
        raise PaymentError(
            f"there is nothing to plan for on {on}",
            expected="an invoice with something open",
            got=Words(f"nothing open of {len(known)}"),
        )
    return sorted(
        debts, key=lambda debt: (undated_last(debt.parts[0][0]), debt.issued_on, debt.number)
    )


def _amounts(total: Money, parts: int | Sequence[Money], remainder: Remainder) -> Sequence[Money]:
    """Return the amounts of the instalments, which sum to what is open."""
    if not isinstance(parts, int):
        for part in parts:
            require_amount(part, "an instalment of a plan")
            require_one_currency(total, part)
        planned = Money.total(parts, currency=total.currency)
        if planned != total:
            raise PaymentError(
                "the instalments are not what is open", expected=f"{total} in all", got=planned
            )
        return parts
    amounts = split_evenly(total, parts, remainder=remainder)
    if not all(amounts):
        raise PaymentError(
            "there is not enough for so many instalments",
            expected=f"fewer parts of {total}",
            got=parts,
        )
    return amounts


def _cut(debts: Sequence[Debt], amounts: Sequence[Money]) -> dict[str, list[tuple[int, Money]]]:
    """Return for each invoice the instalments that fall to it, by their place."""
    opens = ((debt.number, debt.open) for debt in debts)
    pieces: dict[str, list[tuple[int, Money]]] = {debt.number: [] for debt in debts}
    for number, place, minor in matched(opens, enumerate(amount.minor for amount in amounts)):
        pieces[number].append((place, Money(minor, amounts[place].currency)))
    return pieces
