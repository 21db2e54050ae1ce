"""The formulas of collection, on plain amounts and days; it knows no invoices and no dates."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from milestone_invoicing._checks import require_int, require_type, tuple_of
from milestone_invoicing.errors import NumberRangeError, Words, WrongTypeError
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.money.money import require_one_currency


def days_sales_outstanding(receivables: Money, billed: Money, *, days: int) -> Fraction | None:
    """Return receivables / billed x days: how many days of sales are not paid; None without sales.

    With current receivables only it is the best possible DSO, and the difference of the two is
    the average days delinquent.

    Args:
        receivables: what is open at the end, with tax, net of credit notes, retainage apart.
        billed: what was billed in the period, counted the same way; zero or less is no sales.
        days: of the period, one or more.

    Returns the exact number of days; nothing is rounded.

    Raises:
        CurrencyMismatchError: the amounts are in different currencies.
        NumberTypeError, NumberRangeError: *days* is no int of at least one.
        WrongTypeError: no money.

    Example:
        >>> all_open, current, billed = (Money.of(n, "EUR") for n in (120_000, 75_000, 300_000))
        >>> dso = days_sales_outstanding(all_open, billed, days=90)
        >>> best = days_sales_outstanding(current, billed, days=90)
        >>> str(dso), str(best), str(dso - best)
        ('36', '45/2', '27/2')

    Source: days sales outstanding by the usual balance formula of credit management.
    """
    _require_amounts(receivables, billed)
    require_int(days, "the days of a period", at_least=1)
    if billed.minor <= 0:
        return None
    return Fraction(receivables.minor * days, billed.minor)


def count_back_dso(receivables: Money, billed: Iterable[tuple[Money, int]]) -> Fraction | None:
    """Return how many days of the latest sales the receivables are; None if sales do not reach.

    Receivables are taken off the sales of the last stretch, then of the one before, and so on: a
    stretch that they fill counts with all its days, the last one in part. So it looks at when
    sales were made, and suits lumpy milestones better than the balance formula. Receivables of zero
    or less are no days. A stretch in which more was credited than billed adds to what is left.

    Args:
        receivables: what is open at the end, with tax, net of credit notes, retainage apart.
        billed: what was billed in each stretch and its days, the last stretch first.

    Raises:
        CurrencyMismatchError: the amounts are in different currencies.
        NumberTypeError, NumberRangeError: the days of a stretch are no int of at least one.
        WrongTypeError: no money.

    Example:
        >>> months = [(Money.of(80, "EUR"), 30), (Money.of(100, "EUR"), 31)]
        >>> str(count_back_dso(Money.of(120, "EUR"), months))  # 30 + 40 / 100 x 31
        '212/5'

    Source: the count-back (exhaustion) method of credit management.
    """
    require_type(receivables, Money, "receivables")
    left, counted = receivables.minor, Fraction(0)
    for amount, days in _pairs(billed, "sales with their days"):
        _require_amounts(receivables, amount)
        require_int(days, "the days of a stretch", at_least=1)
        if left <= 0 or amount.minor > left:
            return counted + (Fraction(left * days, amount.minor) if left > 0 else 0)
        left -= amount.minor
        counted += days
    return counted if left <= 0 else None


def collection_effectiveness(
    *, opening: Money, billed: Money, closing: Money, current: Money
) -> Percent | None:
    """Return the collection effectiveness index: what was collected of what could be.

    (opening + billed - closing) / (opening + billed - current) x 100; None where nothing was to
    be collected. 100 % means that nothing is overdue at the end.

    Args:
        opening: receivables before the period.
        billed: what was billed in it.
        closing: receivables at its end.
        current: those of them that are not overdue.

    Raises:
        CurrencyMismatchError: the amounts are in different currencies.
        WrongTypeError: no money.

    Example:
        >>> opening, billed, closing, current = (Money.of(n, "EUR") for n in (100, 300, 120, 75))
        >>> index = collection_effectiveness(
        ...     opening=opening, billed=billed, closing=closing, current=current
        ... )
        >>> round(index.points, 2) == Fraction("86.15")
        True

    Source: the collection effectiveness index (CEI) of credit management.
    """
    _require_amounts(opening, billed, closing, current)
    could = opening.minor + billed.minor - current.minor
    if could <= 0:
        return None
    return Percent(Fraction(opening.minor + billed.minor - closing.minor, could) * 100)


def weighted_days(parts: Iterable[tuple[Money, int]]) -> Fraction | None:
    """Return sum(amount x days) / sum(amount), exact; None of nothing.

    Args:
        parts: amounts of zero or more, and the days of each, which may be below zero.

    Raises:
        CurrencyMismatchError: the amounts are in different currencies.
        NumberRangeError: an amount is below zero.
        NumberTypeError: days are no int.
        WrongTypeError: no money, or no pairs.

    Example:
        >>> paid = [(Money.of(600, "EUR"), 20), (Money.of(400, "EUR"), 45)]
        >>> terms = 30
        >>> str(weighted_days(paid))  # days to pay
        '30'
        >>> str(weighted_days((amount, max(days - terms, 0)) for amount, days in paid))  # beyond
        '6'
        >>> str(weighted_days((amount, days - terms) for amount, days in paid))  # late
        '0'

    Source: the weighted average of credit management.
    """
    known = _pairs(parts, "amounts with their days")
    _require_amounts(*(amount for amount, _ in known))
    for amount, days in known:
        if amount.minor < 0:
            raise NumberRangeError(
                "an amount of a mean is below zero", expected="zero or more", got=amount
            )
        require_int(days, "days")
    return mean_days([(amount.minor, days) for amount, days in known])


def mean_days(parts: Sequence[tuple[int, int]]) -> Fraction | None:
    """Return the mean of days, weighted by minor units; None if these come to nothing.

    Example:
        >>> mean_days([(1, 10), (3, 2)])
        Fraction(4, 1)
    """
    whole = sum(minor for minor, _ in parts)
    return Fraction(sum(minor * days for minor, days in parts), whole) if whole else None


def _pairs(values: Iterable[tuple[Money, int]], name: str) -> tuple[tuple[Money, int], ...]:
    """Refuse what is no collection of pairs."""
    pairs = tuple_of(values, tuple, name)
    for pair in pairs:
        if len(pair) != _PAIR:
            raise WrongTypeError(
                f"{name} are no pairs", expected="(Money, days) each", got=Words(str(pair))
            )
    return pairs


_PAIR: Final = 2


def _require_amounts(*amounts: Money) -> None:
    """Refuse what is no money, or of several currencies."""
    for amount in amounts:
        require_type(amount, Money, "an amount")
        require_one_currency(amounts[0], amount)
