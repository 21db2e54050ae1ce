"""Which tax a line carries: a category and a rate; the arithmetic is per document, elsewhere."""

from enum import Enum, unique
from fractions import Fraction
from functools import cached_property
from typing import Final, Self

import attrs

from milestone_invoicing._checks import is_a, require_text, require_type
from milestone_invoicing.errors import TaxError, WrongTypeError
from milestone_invoicing.money import Percent, Weighting
from milestone_invoicing.money.percent import as_percent


@unique
class TaxCategory(Enum):
    """The tax categories of EN 16931, by their codes in UNTDID 5305.

    S standard rate, Z zero rated, E exempt, AE reverse charge, K intra-community supply,
    G export, O outside the scope of tax, L Canary Islands (IGIC), M Ceuta and Melilla (IPSI),
    B split payment (Italy).
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
    B = "B"


def _category(value: TaxCategory | str) -> TaxCategory | str:
    """Return the member of a known code, so that it does not matter how it is written."""
    known = isinstance(value, str) and value in TaxCategory.__members__
    return TaxCategory(value) if known else value


@attrs.frozen(cache_hash=True)
class Tax:
    """A tax category and its rate (BT-151, BT-152), and why there is none to pay.

    Args:
        category: a ``TaxCategory``, its code, or the code of a country that has a list of its own.
        rate: above zero for S; zero or more for L, M, B and codes of another list, which may have
            None too; None for O; zero for the others.
        reason: why no tax is asked for, for the reader (BT-120); only where the rate is not above
            zero.
        code: the same as a code of the VATEX list (BT-121).

    Raises:
        TaxError: the category does not allow the rate, or a reason stands beside a rate above zero.
        BlankTextError: a code of one's own is blank.
        WrongTypeError: not a category and a Percent.

    Example:
        >>> Tax.standard(21) == Tax(TaxCategory.S, Percent(21))
        True

    Source: EN 16931 rules BR-S-05, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05, BR-O-05, and
    BR-S-10 and BR-Z-10 for the reason.
    """

    category: TaxCategory | str = attrs.field(converter=_category)
    rate: Percent | None
    reason: str = attrs.field(default="", kw_only=True)
    code: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the category allows the rate, and the rate a reason."""
        require_type(self.category, (TaxCategory, str), "the tax category")
        if isinstance(self.category, str):
            require_text(self.category, "the tax category")
        if self.rate is not None and not is_a(self.rate, Percent):
            raise WrongTypeError(
                "the tax rate is of the wrong type",
                expected="Percent or None",
                got=self.rate,
                hint="write Percent(21)",
            )
        for name in ("reason", "code"):
            require_type(getattr(self, name), str, f"the exemption {name}")
        expected = _allowed_rate(self.category, self.rate)
        if expected:
            raise TaxError(
                f"tax category {self.category_code} does not allow this rate",
                expected=expected,
                got=self.rate,
            )
        if self.has_rate and (self.reason or self.code):
            raise TaxError(
                "a tax that is asked for has no reason why it is not",
                expected="no reason and no code beside a rate above zero",
                got=self.reason or self.code,
            )

    @classmethod
    def standard(cls, points: Weighting) -> Self:
        """Return the standard category at so many percent.

        Args:
            points: percent points, or a Percent.

        Raises:
            TaxError: not above zero.
            NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: as Percent.
        """
        return cls(TaxCategory.S, as_percent(points))

    @classmethod
    def outside_scope(cls, reason: str = "") -> Self:
        """Return the category for what is not subject to tax, and why, where that has to be said.

        Raises:
            WrongTypeError: the reason is no text.

        Example:
            >>> str(Tax.outside_scope())
            'O'

        Source: EN 16931 BR-O-05; BR-O-10 asks for the reason.
        """
        return cls(TaxCategory.O, None, reason=reason)

    @classmethod
    def exempt(cls, reason: str, *, code: str = "") -> Self:
        """Return the category for what the law exempts, and why.

        Raises:
            BlankTextError: the reason is blank.
            WrongTypeError: reason or code is no text.

        Example:
            >>> Tax.exempt("Article 132 of Directive 2006/112/EC", code="VATEX-EU-132").code
            'VATEX-EU-132'

        Source: EN 16931 BR-E-10.
        """
        require_text(reason, "the exemption reason")
        return cls(TaxCategory.E, Percent(0), reason=reason, code=code)

    @classmethod
    def reverse_charge(cls, reason: str = "Reverse charge", *, code: str = "VATEX-EU-AE") -> Self:
        """Return the category under which the buyer owes the tax, and why.

        Raises:
            BlankTextError: the reason is blank.
            WrongTypeError: reason or code is no text.

        Example:
            >>> str(Tax.reverse_charge()), Tax.reverse_charge().reason
            ('AE 0%', 'Reverse charge')

        Source: EN 16931 BR-AE-10; Directive 2006/112/EC, Article 226 (11a).
        """
        require_text(reason, "the exemption reason")
        return cls(TaxCategory.AE, Percent(0), reason=reason, code=code)

    @property
    def category_code(self) -> str:
        """The category as a code of UNTDID 5305, or of the country's own list."""
        return self.category if isinstance(self.category, str) else self.category.value

    @cached_property
    def group(self) -> "Tax":
        """The same without its reason: what the tax breakdown sums by.

        Example:
            >>> Tax.reverse_charge().group == Tax.reverse_charge("Building work").group
            True
        """
        if self.reason or self.code:
            return attrs.evolve(self, reason="", code="")
        return self

    @cached_property
    def order(self) -> tuple[str, bool, int, Fraction]:
        """What the groups of a tax breakdown are sorted by: category, then rate; none comes first.

        It is the same for taxes of one group, and for no others. Whole millionths of the rate
        stand before it: comparing fractions is slow.
        """
        rate = self.rate.fraction if self.rate else Fraction(0)
        whole = rate.numerator * 10**6 // rate.denominator
        return self.category_code, self.rate is not None, whole, rate

    def on(self, base: int) -> int:
        """Return the tax on so many minor units, half up; nothing without a rate."""
        twice, below = self._doubled
        # Twice the tax plus a half, in one division: totals ask for nothing else as often.
        above = base * twice
        if above >= 0:
            return (above + below) // (2 * below)
        return -((below - above) // (2 * below))

    @cached_property
    def _doubled(self) -> tuple[int, int]:
        """Twice the rate, as numerator and denominator."""
        above, below = self.rate.fraction.as_integer_ratio() if self.rate else (0, 1)
        return 2 * above, below

    @property
    def has_rate(self) -> bool:
        """Whether there is a rate, and above zero."""
        return self.rate is not None and self.rate.fraction > 0

    def __str__(self) -> str:
        """Return ``S 21%``, or the bare category where there is no rate."""
        code = self.category_code
        return code if self.rate is None else f"{code} {self.rate}"


_ANY_RATE: Final = {TaxCategory.L, TaxCategory.M, TaxCategory.B}


def _allowed_rate(category: TaxCategory | str, rate: Percent | None) -> str:
    """Return what rate the category wants, or an empty text if this one will do."""
    if category is TaxCategory.O:
        return "" if rate is None else "None"
    own = not isinstance(category, TaxCategory)
    if rate is None:
        return "" if own else "a rate of zero or more"
    if rate.fraction < 0:
        return "a rate of zero or more"
    if category is TaxCategory.S:
        return "" if rate.fraction > 0 else "a rate above zero"
    if own or category in _ANY_RATE or rate.fraction == 0:
        return ""
    return "a rate of zero"
