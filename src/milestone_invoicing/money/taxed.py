"""How amounts with their tax are split so that rows and columns both add up; it knows no rates."""

from collections.abc import Iterable, Sequence

import attrs

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.errors import NoWeightsError
from milestone_invoicing.money.allocation import Remainder, Weighting, allocate
from milestone_invoicing.money.money import Money, require_one_currency


@attrs.frozen
class TaxedAmount:
    """A net amount and its tax, of one tax rate; ``gross`` is their sum.

    Raises:
        WrongTypeError: net or tax is not Money.
        CurrencyMismatchError: they are in different currencies.

    Example:
        >>> str(TaxedAmount(Money.of(100, "EUR"), Money.of(21, "EUR")).gross)
        'EUR 121.00'

    Source: the columns of a tax breakdown (EN 16931 BG-23).
    """

    net: Money
    tax: Money

    def __attrs_post_init__(self) -> None:
        """Check that the two can be added."""
        require_type(self.net, Money, "the net amount")
        require_one_currency(self.net, self.tax)

    @property
    def gross(self) -> Money:
        """Net and tax together."""
        return self.net + self.tax


def split_with_tax(
    amounts: Iterable[TaxedAmount],
    weights: Sequence[Weighting],
    *,
    remainder: Remainder = Remainder.LARGEST,
) -> tuple[tuple[TaxedAmount, ...], ...]:
    """Split the amounts of one document into parts: instalments, a part credit, a recoupment.

    For each rate, gross and tax are allocated and net is what lies between, so that in each part
    net and tax make the gross, and over all parts each column makes its total. Tax is split here,
    not computed anew: for a document of its own, tax is base times rate.

    Args:
        amounts: one for each tax rate of the document.
        weights: one for each part, as for ``allocate``.
        remainder: who gets the units left over, in each column.

    Returns:
        For each weight a tuple, with one amount for each of *amounts*.

    Units: whole minor units. Sign: negated amounts give the negated parts.

    Raises:
        NoWeightsError, NegativeWeightError, AllWeightsZeroError, RemainderSignError: as
            ``allocate``; NoWeightsError also without any amounts.
        CurrencyMismatchError: the amounts are in different currencies.
        WrongTypeError: an amount is no TaxedAmount.

    Example:
        >>> document = [TaxedAmount(Money.of("82.64", "EUR"), Money.of("17.36", "EUR"))]
        >>> parts = split_with_tax(document, (1, 1, 1))
        >>> [
        ...     f"{part.net} + {part.tax} = {part.gross}" for (part,) in parts
        ... ]  # doctest: +NORMALIZE_WHITESPACE
        ['EUR 27.55 + EUR 5.79 = EUR 33.34',
         'EUR 27.54 + EUR 5.79 = EUR 33.33',
         'EUR 27.55 + EUR 5.78 = EUR 33.33']

    Source: convention of this library.
    """
    documents = tuple_of(amounts, TaxedAmount, "amounts")
    if not documents:
        raise NoWeightsError("there is no amount", expected="at least one amount", got=documents)
    for amount in documents:
        require_one_currency(documents[0].net, amount.net)
    columns = [_split(amount, weights, remainder) for amount in documents]
    return tuple(zip(*columns, strict=True))


def _split(
    amount: TaxedAmount, weights: Sequence[Weighting], remainder: Remainder
) -> list[TaxedAmount]:
    gross = allocate(amount.gross, weights, remainder=remainder)
    tax = allocate(amount.tax, weights, remainder=remainder)
    return [TaxedAmount(g - t, t) for g, t in zip(gross, tax, strict=True)]
