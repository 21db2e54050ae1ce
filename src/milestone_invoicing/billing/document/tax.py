"""Which tax a line carries: a category and a rate; the arithmetic is per document, elsewhere."""

from enum import Enum, unique

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.errors import TaxError
from milestone_invoicing.money import Percent, Weighting


@unique
class TaxCategory(Enum):
    """The tax categories of EN 16931, by their codes in UNTDID 5305.

    S standard rate, Z zero rated, E exempt, AE reverse charge, K intra-community supply,
    G export, O outside the scope of tax, L Canary Islands (IGIC), M Ceuta and Melilla (IPSI).
    """

    S = "S"
    Z = "Z"
    E = "E"
    AE = "AE"
    K = "K"
    G = "G"
    O = "O"  # noqa: E741  # the code of the standard
    L = "L"
    M = "M"


@attrs.frozen
class Tax:
    """A tax category and its rate (BT-151, BT-152).

    Args:
        category: a ``TaxCategory``.
        rate: above zero for S, zero or more for L and M, None for O, zero for the others.

    Raises:
        TaxError: the category does not allow the rate.
        WrongTypeError: not a category and a Percent.

    Example:
        >>> Tax.standard(21) == Tax(TaxCategory.S, Percent(21))
        True

    Source: EN 16931 rules BR-S-05, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05, BR-O-05.
    """

    category: TaxCategory
    rate: Percent | None

    def __attrs_post_init__(self) -> None:
        """Check that the category allows the rate."""
        require_type(self.category, TaxCategory, "the tax category")
        require_type(self.rate, (Percent, type(None)), "the tax rate")
        expected = _allowed_rate(self.category, self.rate)
        if expected:
            raise TaxError(
                f"tax category {self.category.value} does not allow this rate",
                expected=expected,
                got=self.rate,
            )

    @classmethod
    def standard(cls, points: Weighting) -> "Tax":
        """Return the standard category at so many percent.

        Args:
            points: percent points, or a Percent.

        Raises:
            TaxError: not above zero.
            NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: as Percent.
        """
        return cls(TaxCategory.S, points if isinstance(points, Percent) else Percent(points))

    @classmethod
    def outside_scope(cls) -> "Tax":
        """Return the category for what is not subject to tax.

        Example:
            >>> str(Tax.outside_scope())
            'O'
        """
        return cls(TaxCategory.O, None)

    @property
    def has_rate(self) -> bool:
        """Whether there is a rate, and above zero."""
        return self.rate is not None and self.rate.fraction > 0

    def __str__(self) -> str:
        """Return ``S 21%``, or the bare category where there is no rate."""
        return self.category.value if self.rate is None else f"{self.category.value} {self.rate}"


def _allowed_rate(category: TaxCategory, rate: Percent | None) -> str:
    """Return what rate the category wants, or an empty text if this one will do."""
    if category is TaxCategory.O:
        return "" if rate is None else "None"
    if rate is None or rate.fraction < 0:
        return "a rate of zero or more"
    if category is TaxCategory.S:
        return "" if rate.fraction > 0 else "a rate above zero"
    if category in {TaxCategory.L, TaxCategory.M} or rate.fraction == 0:
        return ""
    return "a rate of zero"
