"""How well invoices were collected in a period: every figure of the glossary, by any key."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import unique
from fractions import Fraction
from typing import TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.errors import WrongTypeError
from milestone_invoicing.money import Currency, Money, Percent
from milestone_invoicing.receivables.metrics.balances import Balances
from milestone_invoicing.receivables.metrics.formulas import (
    collection_effectiveness,
    count_back_dso,
    days_sales_outstanding,
    mean_days,
)
from milestone_invoicing.receivables.ownership import owner_of
from milestone_invoicing.receivables.rows import row_order
from milestone_invoicing.timing import Period


@unique
class MetricsBy(Worded):
    """What metrics are grouped by: the client's key, who looks after it, its terms, its project."""

    CLIENT = "client"
    OWNER = "owner"
    TERMS = "terms"
    PROJECT = "project"


GroupedBy: TypeAlias = MetricsBy | Callable[[Invoice], Hashable]


@attrs.frozen
class CollectionMetrics(Answer):
    """How well the invoices of one group and currency were collected in a period.

    All amounts are with tax, net of credit notes, retainage apart; all days are exact. A figure is
    None where it would divide by nothing.

    Attributes:
        period: the days.
        key: of the group; None for all.
        currency: of all amounts.
        opening: receivables on the day before the period.
        billed: what was billed in it, less what was credited and voided.
        closing: receivables on its last day. Credit not applied yet is taken off.
        overdue: what of them is past its due date, as extended; what only lacks the certificate of
            a withheld tax never is. Credit not applied yet is taken off what is current, and what
            it exceeds that by off this.
        retained: what is held and not released; in no other figure.
        collected: cash that was applied in the period, less what bounced or came free in it; so
            periods add up.
        count_back_dso: days of the latest sales that the closing receivables are; months are
            counted back from the last day. None where they are more than was ever billed.
        weighted_days_to_pay: sum(amount x (paid on - issued on)) / sum(amount) over cash applied in
            the period; credits and write-offs excluded.
        days_beyond_terms: sum(amount x max(paid on - due, 0)) / sum(amount) over the same cash, by
            the due dates first agreed. What had none is left out.
        average_days_late: sum(amount x (paid on - due)) / sum(amount), the signed version.
    """

    period: Period
    key: Hashable
    currency: Currency
    opening: Money
    billed: Money
    closing: Money
    overdue: Money
    retained: Money
    collected: Money
    count_back_dso: Fraction | None
    weighted_days_to_pay: Fraction | None
    days_beyond_terms: Fraction | None
    average_days_late: Fraction | None

    @property
    def current(self) -> Money:
        """What of the closing receivables is not overdue, or waits for event or certificate."""
        return self.closing - self.overdue

    @property
    def days_sales_outstanding(self) -> Fraction | None:
        """DSO: closing / billed x days; None without sales."""
        return days_sales_outstanding(self.closing, self.billed, days=self.period.days)

    @property
    def best_possible_dso(self) -> Fraction | None:
        """Current / billed x days: the DSO if nothing were overdue."""
        return days_sales_outstanding(self.current, self.billed, days=self.period.days)

    @property
    def average_days_delinquent(self) -> Fraction | None:
        """DSO - best possible DSO: what being overdue adds to it."""
        return days_sales_outstanding(self.overdue, self.billed, days=self.period.days)

    @property
    def collection_effectiveness(self) -> Percent | None:
        """CEI: (opening + billed - closing) / (opening + billed - current) x 100."""
        return collection_effectiveness(
            opening=self.opening, billed=self.billed, closing=self.closing, current=self.current
        )


def collection_metrics(
    invoices: Iterable[Invoice], *, period: Period, by: GroupedBy | None = None
) -> tuple[CollectionMetrics, ...]:
    """Return how well invoices were collected in a period, by group and currency.

    What is dated after the last day of the period is invisible, so that a past period gives what
    it gave then. Drafts, voids and invoices of zero are in no figure, and a group of which there
    are no figures is left out. Cash that is applied to nothing is not netted.

    Args:
        invoices: with their credit notes, in any order.
        period: its end is exclusive; ``Period.through(first, last)`` counts the last day in.
        by: what to group by, or a function that gives the key of an invoice. An owner is that of
            the last day.

    Order: by currency code, then by the text of the key, None first.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError: an argument of another type, or a key that cannot be one: a list, say.

    Example:
        >>> def bill(number, amount, paid_on):
        ...     line = Line("Work", 1, Money.of(amount, "EUR"))
        ...     bill = Invoice(
        ...         number,
        ...         date(2026, 1, 1),
        ...         Party("acme", "Acme"),
        ...         [line],
        ...         terms=PaymentTerms.net(30),
        ...     )
        ...     return bill.record(Payment(bill.payable, on=paid_on))
        >>> bills = [bill("1", 600, date(2026, 1, 21)), bill("2", 400, date(2026, 2, 15))]
        >>> quarter = Period(date(2026, 1, 1), date(2026, 4, 1))
        >>> (found,) = collection_metrics(bills, period=quarter, by=MetricsBy.CLIENT)
        >>> days = (found.weighted_days_to_pay, found.days_beyond_terms, found.average_days_late)
        >>> found.key, [str(each) for each in days]
        ('acme', ['30', '6', '0'])

    Source: the figures of credit management; the glossary in the reference has each formula.
    """
    require_type(period, Period, "the period")
    key_of = _key_of(by, period.last)
    groups: dict[tuple[Currency, Hashable], list[Invoice]] = {}
    for invoice in books_of(invoices):
        key = key_of(invoice)
        _require_hashable(key)
        groups.setdefault((invoice.currency, key), []).append(invoice)
    found = (_metrics(*group, bills, period) for group, bills in groups.items())
    return tuple(
        sorted(filter(_has_figures, found), key=lambda each: row_order(each.key, each.currency))
    )


def collection_series(
    invoices: Iterable[Invoice], *, periods: Iterable[Period], by: GroupedBy | None = None
) -> tuple[CollectionMetrics, ...]:
    """Return ``collection_metrics`` of one period after the other, in the order given.

    Args:
        invoices: with their credit notes, in any order.
        periods: such as ``Recurrence.monthly(date(2026, 1, 1), times=12).periods()``.
        by: as for ``collection_metrics``.

    Raises: as ``collection_metrics``.

    Example:
        >>> months = Recurrence.monthly(date(2026, 1, 1), times=3).periods()
        >>> collection_series([], periods=months)
        ()

    Source: convention of this library.
    """
    known = books_of(invoices)
    stretches = tuple_of(periods, Period, "periods")
    return tuple(
        each for period in stretches for each in collection_metrics(known, period=period, by=by)
    )


def _key_of(by: GroupedBy | None, last: date) -> Callable[[Invoice], Hashable]:
    if by is MetricsBy.CLIENT:
        return lambda invoice: invoice.buyer.key
    if by is MetricsBy.OWNER:
        return lambda invoice: owner_of(invoice, as_of=last)
    if by is MetricsBy.TERMS:
        return lambda invoice: invoice.terms
    if by is MetricsBy.PROJECT:
        return lambda invoice: invoice.project
    if by is None:
        return lambda _: None
    if not callable(by):
        raise WrongTypeError(
            "what metrics are grouped by is of the wrong type",
            expected="MetricsBy, a function or None",
            got=by,
        )
    return by


def _require_hashable(key: object) -> None:
    """Refuse a key by which nothing can be grouped; a tuple that holds a list is none either."""
    try:
        hash(key)
    except TypeError:
        raise WrongTypeError(
            "the key of a group is of the wrong type",
            expected="a text or another hashable value",
            got=key,
        ) from None


def _metrics(
    currency: Currency, key: Hashable, bills: Iterable[Invoice], period: Period
) -> CollectionMetrics:
    found = [each for bill in bills if (each := Balances.of(bill, period)) is not None]
    changes = [change for each in found for change in each.billed]
    cash = [part for each in found for part in each.cash]
    late = [(minor, days) for minor, _, days in cash if days is not None]
    closing = Money(sum(each.closing for each in found), currency)
    past_due = min(sum(each.overdue for each in found), closing.minor)
    months = _months_back(changes, period.last, currency)
    return CollectionMetrics(
        period=period,
        key=key,
        currency=currency,
        opening=Money(sum(each.opening for each in found), currency),
        billed=Money(sum(minor for day, minor in changes if day in period), currency),
        closing=closing,
        overdue=Money(max(past_due, 0), currency),
        retained=Money(sum(each.retained for each in found), currency),
        collected=Money(sum(each.collected for each in found), currency),
        count_back_dso=count_back_dso(closing, months),
        weighted_days_to_pay=mean_days([(minor, days) for minor, days, _ in cash]),
        days_beyond_terms=mean_days([(minor, max(days, 0)) for minor, days in late]),
        average_days_late=mean_days(late),
    )


def _months_back(
    changes: Sequence[tuple[date, int]], last: date, currency: Currency
) -> Iterator[tuple[Money, int]]:
    """Yield what was billed in each calendar month and its days, the last one first."""
    first = min((day for day, _ in changes), default=last)
    sums: dict[date, int] = {}
    for day, minor in changes:
        month = day.replace(day=1)
        sums[month] = sums.get(month, 0) + minor
    while last >= first:
        month = last.replace(day=1)
        yield Money(sums.get(month, 0), currency), last.day
        if month == date.min:
            return
        last = month - timedelta(1)


def _has_figures(found: CollectionMetrics) -> bool:
    amounts = (found.opening, found.billed, found.closing, found.retained, found.collected)
    return any(amount.minor for amount in amounts)
