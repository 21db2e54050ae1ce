"""How late each client pays as a rule, and who is late habitually; it knows no open money."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_int, require_optional_date
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Currency, Money, Rounding, round_ratio
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.receivables.applied_cash import applied_cash
from milestone_invoicing.receivables.metrics.formulas import mean_days
from milestone_invoicing.receivables.rows import row_order


@attrs.frozen
class PaymentHabit(Answer):
    """How one client pays in one currency.

    Attributes:
        party: the key of the client.
        currency: of what was paid.
        invoices: how many invoices the cash was for.
        paid: the cash behind it, with tax.
        days_late: sum(amount x (paid on - due)) / sum(amount), by the due dates first agreed;
            below zero if the client pays early. Exact.
        reasons: the figures in words.
    """

    party: str
    currency: Currency
    invoices: int
    paid: Money
    days_late: Fraction
    reasons: tuple[Reason, ...]


def average_delay(
    invoices: Iterable[Invoice], *, as_of: date, since: date | None = None
) -> Fraction | None:
    """Return how many days late these invoices were paid, weighted by amount; None if none was.

    Cash is what is looked at, by the due dates first agreed: what is still open is not late in it
    yet, and what had no due date is left out. Below zero is early. Exact.

    Args:
        invoices: of one currency, in any order.
        as_of: the last day on which cash counts.
        since: the first day; None counts all.

    Raises:
        CurrencyMismatchError: the invoices are in different currencies.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> bill = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> bill = bill.record(Payment(Money.of(1000, "EUR"), on=date(2026, 5, 8)))
        >>> average_delay([bill], as_of=date(2026, 5, 31))
        Fraction(7, 1)

    Source: average days late of credit management.
    """
    require_date(as_of, "as_of")
    require_optional_date(since, "since")
    known = books_of(invoices)
    for each in known:
        require_one_currency(known[0].payable, each.payable)
    return mean_days([part for each in known for part in _late(each, as_of, since)])


def payment_habits(
    invoices: Iterable[Invoice], *, as_of: date, since: date | None = None
) -> tuple[PaymentHabit, ...]:
    """Return how late each client pays that paid anything, by currency code and client.

    The figures are those of ``average_delay``.

    Args:
        invoices: of any clients and currencies.
        as_of: the last day on which cash counts.
        since: the first day; None counts all.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> bill = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> bill = bill.record(Payment(Money.of(1000, "EUR"), on=date(2026, 5, 8)))
        >>> [(each.party, str(each.days_late)) for each in payment_habits([bill], as_of=date.max)]
        [('acme', '7')]

    Source: average days late of credit management, by client.
    """
    require_date(as_of, "as_of")
    require_optional_date(since, "since")
    cash: dict[tuple[str, Currency], list[list[tuple[int, int]]]] = {}
    for invoice in books_of(invoices):
        parts = list(_late(invoice, as_of, since))
        if parts:
            cash.setdefault((invoice.buyer.key, invoice.currency), []).append(parts)
    found = sorted(cash, key=lambda at: row_order(*at))
    return tuple(_habit(*key, cash[key]) for key in found)


def habitually_late(
    invoices: Iterable[Invoice],
    *,
    as_of: date,
    since: date | None = None,
    more_than: int = 7,
    at_least: int = 3,
) -> tuple[PaymentHabit, ...]:
    """Return the clients that pay late as a rule, the latest first, each with the reason.

    Args:
        invoices: of any clients and currencies.
        as_of: the last day on which cash counts.
        since: the first day; None counts all.
        more_than: days late on average; exactly so many are no habit.
        at_least: invoices that cash came for; with fewer there is no habit yet.

    Raises:
        DuplicateNumberError: two invoices have one number.
        NumberTypeError, NumberRangeError: *more_than* or *at_least* is no int, or the latter is
            below one.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> bill = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> bill = bill.record(Payment(Money.of(1000, "EUR"), on=date(2026, 5, 9)))
        >>> (late,) = habitually_late([bill], as_of=date(2026, 5, 31), at_least=1)
        >>> str(late.reasons[0])
        'paid 8.0 days late on average, EUR 1000.00 on 1 invoice'

    Source: convention of this library.
    """
    require_int(more_than, "more_than")
    require_int(at_least, "at_least", at_least=1)
    found = payment_habits(invoices, as_of=as_of, since=since)
    late = (each for each in found if each.days_late > more_than and each.invoices >= at_least)
    return tuple(sorted(late, key=lambda each: -each.days_late))


def _late(invoice: Invoice, as_of: date, since: date | None) -> Iterator[tuple[int, int]]:
    """Yield minor units of cash and how many days after its due date each was applied."""
    for each in applied_cash(invoice, as_of):
        if each.due_on is not None and (since is None or each.on >= since):
            yield each.minor, (each.on - each.due_on).days


def _habit(
    party: str, currency: Currency, cash: Sequence[Sequence[tuple[int, int]]]
) -> PaymentHabit:
    parts = [part for each in cash for part in each]
    paid = Money(sum(minor for minor, _ in parts), currency)
    days_late = mean_days(parts) or Fraction(0)
    number = f"{len(cash)} invoice{'' if len(cash) == 1 else 's'}"
    rule = f"paid {_in_words(days_late)} on average, {paid} on {number}"
    return PaymentHabit(party, currency, len(cash), paid, days_late, (Reason(rule),))


def _in_words(days: Fraction) -> str:
    """Return ``6.5 days late``, half up to one decimal."""
    tenths = round_ratio(abs(days.numerator) * 10, days.denominator, Rounding.HALF_UP)
    return f"{tenths // 10}.{tenths % 10} days {'early' if days < 0 else 'late'}"
