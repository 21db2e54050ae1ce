"""In which order one payment is set against many debts; it knows integers, and no invoices."""

from collections.abc import Iterable, Sequence
from enum import unique

from milestone_invoicing._worded import Worded
from milestone_invoicing.money import Currency, Money, allocate_up_to
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.receivables.payments.debts import Debt
from milestone_invoicing.timing.order import undated_last


@unique
class PaymentOrder(Worded):
    """Which debts a payment settles first.

    OLDEST_DUE: instalment by instalment, by due date as extended or planned, those without a date
    last; ties by issue date, then by number.
    LARGEST: invoice by invoice, the largest open amount first; ties by issue date, then by number.
    PRO_RATA: all at once, in proportion to what is open; a unit left over goes to the largest
    fraction, on ties to the earlier issue date, then to the lower number.
    AS_INSTRUCTED: as the client said, and no more.
    CHARGES_FIRST: what bills costs and interest of late payment, then claims of costs, then claims
    of interest, then all others, each by OLDEST_DUE.
    """

    OLDEST_DUE = "oldest due first"
    LARGEST = "largest first"
    PRO_RATA = "in proportion"
    AS_INSTRUCTED = "as instructed"
    CHARGES_FIRST = "charges first"


def by_due_date(minor: int, debts: Iterable[Debt]) -> dict[str, int]:
    """Return what each debt gets of an amount, filled instalment by instalment."""
    parts = sorted(
        (undated_last(due_on), debt.issued_on, debt.number, cash)
        for debt in debts
        for due_on, cash in debt.parts
    )
    given: dict[str, int] = {}
    for number, part in waterfall(minor, ((number, cash) for _, _, number, cash in parts)):
        given[number] = given.get(number, 0) + part
    return given


def by_size(minor: int, debts: Iterable[Debt]) -> dict[str, int]:
    """Return what each debt gets of an amount, the largest filled first."""
    largest = sorted(debts, key=lambda debt: (-debt.open, debt.issued_on, debt.number))
    return dict(waterfall(minor, ((debt.number, debt.cash) for debt in largest)))


def in_proportion(minor: int, debts: Sequence[Debt], currency: Currency) -> dict[str, int]:
    """Return what each debt gets of an amount, in proportion to what is open, within its room."""
    payable = [debt for debt in debts if debt.cash]
    if not payable:
        return {}
    payable.sort(key=lambda debt: (debt.issued_on, debt.number))
    limits = [Money(debt.cash, currency) for debt in payable]
    found = allocate_up_to(Money(minor, currency), limits, weights=[debt.open for debt in payable])
    numbers = (debt.number for debt in payable)
    return {number: part.minor for number, part in zip(numbers, found.parts, strict=True)}
