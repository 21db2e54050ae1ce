"""What a percentage is: an exact fraction of one; it knows no amounts and never rounds."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from milestone_invoicing._checks import is_a
from milestone_invoicing.errors import NumberTypeError
from milestone_invoicing.money.exact import ExactNumber, exact_fraction, fraction_text

_HUNDRED: Final = 100


@attrs.frozen(init=False, order=False, repr=False, weakref_slot=False)
class Percent:
    """An exact percentage: ``Percent(30)`` is 3/10 of something.

    Args:
        value: percent points as int, Decimal, Fraction or exact text ("33.3", "100/3"); a text may
            end in a percent sign, as ``str`` writes it.

    Attributes:
        fraction: the share of one, exact; 30 % is ``Fraction(3, 10)``.

    Raises:
        NumberTypeError: a float, a bool or another type.
        NumberFormatError, NotFiniteError, NumberTooLargeError, ZeroDivisorError: a text or
            number that has no exact and sensible value.

    Example:
        >>> Percent("33.3").fraction, str(Percent(25) + Percent("7.5%"))
        (Fraction(333, 1000), '32.5%')

    Source: convention of this library.
    """

    fraction: Fraction

    def __init__(self, value: ExactNumber) -> None:
        """Take percent points."""
        points = value.removesuffix("%") if is_a(value, str) else value
        if isinstance(points, float):
            raise NumberTypeError(
                "a percentage is not an exact number",
                expected="int, Decimal, Fraction or text",
                got=points,
                hint='write percent points: "21" is 21 %, and "0.21" about a fifth of one percent',
            )
        exact = exact_fraction(points, "a percentage")
        # In one step: dividing a fraction costs more than reading it.
        fraction = Fraction(exact.numerator, exact.denominator * _HUNDRED)
        object.__setattr__(self, "fraction", fraction)

    @property
    def points(self) -> Fraction:
        """The percent points: 30 for 30 %."""
        return self.fraction * _HUNDRED

    def __add__(self, other: "Percent") -> "Percent":
        """Return the exact sum; raise NumberTooLargeError past the digits of any number."""
        if not isinstance(other, Percent):
            return NotImplemented
        return Percent(self.points + other.points)

    def __sub__(self, other: "Percent") -> "Percent":
        """Return the exact difference; raise NumberTooLargeError as ``+`` does."""
        if not isinstance(other, Percent):
            return NotImplemented
        return Percent(self.points - other.points)

    def __neg__(self) -> "Percent":
        """Return the percentage of the other sign."""
        return Percent(-self.points)

    def __lt__(self, other: "Percent") -> bool:
        """Compare by value."""
        return self.fraction < other.fraction if isinstance(other, Percent) else NotImplemented

    def __le__(self, other: "Percent") -> bool:
        """Compare by value."""
        return self.fraction <= other.fraction if isinstance(other, Percent) else NotImplemented

    def __gt__(self, other: "Percent") -> bool:
        """Compare by value."""
        return self.fraction > other.fraction if isinstance(other, Percent) else NotImplemented

    def __ge__(self, other: "Percent") -> bool:
        """Compare by value."""
        return self.fraction >= other.fraction if isinstance(other, Percent) else NotImplemented

    def __str__(self) -> str:
        """Return ``33.3%``, or ``100/3%`` where no decimal is exact."""
        return f"{fraction_text(self.points)}%"

    def __format__(self, spec: str) -> str:
        """Format the text of ``str``, so that a column can be aligned: ``f"{value:>15}"``."""
        return format(str(self), spec)

    def __repr__(self) -> str:
        """Return the call that gives this value."""
        return f"Percent({fraction_text(self.points)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Come back through the constructor."""
        return Percent, (self.points,)


def as_percent(value: Percent | int | str | Decimal | Fraction) -> Percent:
    """Return a percentage as it is, and a number as percent points.

    Raises: as ``Percent``.

    Example:
        >>> as_percent("7.5") == as_percent(Percent("7.5"))
        True
    """
    if is_a(value, Percent):
        return value
    return Percent(value)  # type: ignore[arg-type]  # a Percent no more, which no guard can tell
