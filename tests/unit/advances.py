"""A contract of 1,000.00 with a deposit, for the tables about deposits; all work may be billed."""

from collections.abc import Sequence
from typing import Any

from milestone_invoicing import (
    ON_SIGNING,
    CreditEffect,
    Deposit,
    DepositState,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Payment,
    Percent,
    Schedule,
    Tax,
    credit_note,
    deposits_left,
    draft_deposit,
    draft_invoice,
    issue,
)
from tests.unit.bills import ACME, eur, may

S21, S9 = Tax.standard(21), Tax.standard(9)
THIRTY = Deposit(Percent(30))


def contract(deposit: Deposit | None = THIRTY, parts: Sequence[int] = (40, 35, 25)) -> Schedule:
    """Return a contract of 1,000.00 in *parts* percent: ``a``, ``b``, ``c`` ..., signed 1 May."""
    milestones = [
        Milestone(key, f"Part {key}", Percent(part), trigger=ON_SIGNING)
        for key, part in zip("abcdef", parts, strict=False)
    ]
    return Schedule(eur(1000), milestones, signed_on=may(1), deposit=deposit)


def pay(amount: str | int, day: int) -> Payment:
    return Payment(eur(amount), on=may(day))


def asked(schedule: Schedule, *facts: Any, number: str = "D-1", tax: Tax | None = S21) -> Invoice:
    """Return the deposit invoice of a contract, issued on 2 May."""
    draft = draft_deposit(schedule, invoices=[], buyer=ACME, tax=tax)
    return issue(draft, number=number, on=may(2)).record(*facts)


def deposit_of(*lines: Line, number: str = "D-1", paid: str | None = None) -> Invoice:
    """Return a deposit invoice of 2 May with these lines, paid on the 3rd in full unless told."""
    found = Invoice(number, may(2), ACME, lines, kind=InvoiceKind.DEPOSIT)
    amount = found.payable if paid is None else eur(paid)
    return found.record(Payment(amount, on=may(3))) if amount else found


def work(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], day: int = 10, **options: Any
) -> Invoice:
    """Return the draft that bills a part with 21 % tax, unless told."""
    options = {"tax": S21, "buyer": ACME} | options
    return draft_invoice(schedule, key, invoices=invoices, as_of=may(day), **options)


def billed(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], number: str, **options: Any
) -> Invoice:
    """Return the same, issued on 10 May."""
    return issue(work(schedule, key, invoices, **options), number=number, on=may(10))


def credited(
    invoice: Invoice,
    number: str = "CN",
    day: int = 12,
    effect: CreditEffect = CreditEffect.CANCEL,
    **options: Any,
) -> Invoice:
    """Return a credit note of an invoice, issued on the 12th."""
    return issue(
        credit_note(invoice, effect=effect, as_of=may(31), **options), number=number, on=may(day)
    )


def state(*invoices: Invoice, day: int = 31) -> DepositState:
    """Return what is left of the only deposit."""
    (found,) = deposits_left(invoices, as_of=may(day))
    return found


def amounts(found: DepositState) -> tuple[str, ...]:
    """Return received, deducted, owed and left."""
    parts: tuple[Money, ...] = (found.received, found.deducted, found.owed, found.left)
    return tuple(str(part.amount) for part in parts)


def groups(found: DepositState | Invoice) -> list[tuple[str, str, str]]:
    """Return tax, net and tax amount of what is left, or of what a bill takes off."""
    parts = found.groups if isinstance(found, DepositState) else taken_groups(found)
    return [(str(part.tax), str(part.base.amount), str(part.amount.amount)) for part in parts]


def taken_groups(bill: Invoice) -> list[Any]:
    return [group for prepaid in bill.prepaid for group in prepaid.groups]
