"""How a ratio of integers becomes an integer; it knows no money and asks no context."""

from enum import Enum, unique
from typing import Final

from milestone_invoicing._checks import require_int, require_type
from milestone_invoicing.errors import ZeroDivisorError


@unique
class Rounding(Enum):
    """The seven ways to round, with the meaning Python's ``decimal`` gives the names.

    =========  ==== ==== ==== ==== ==== ====
    name        2.5  1.5  1.1 -1.1 -1.5 -2.5
    =========  ==== ==== ==== ==== ==== ====
    UP            3    2    2   -2   -2   -3
    DOWN          2    1    1   -1   -1   -2
    CEILING       3    2    2   -1   -1   -2
    FLOOR         2    1    1   -2   -2   -3
    HALF_UP       3    2    1   -1   -2   -3
    HALF_DOWN     2    1    1   -1   -1   -2
    HALF_EVEN     2    2    1   -1   -2   -2
    =========  ==== ==== ==== ==== ==== ====

    ``UP`` is away from zero and ``HALF_UP`` rounds ties away from zero, also below zero.

    Example:
        >>> round_ratio(-5, 2, Rounding.HALF_UP)
        -3
    """

    UP = "up"
    DOWN = "down"
    CEILING = "ceiling"
    FLOOR = "floor"
    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"

    @property
    def mirrored(self) -> "Rounding":
        """The rounding that gives the negated result for the negated number.

        CEILING and FLOOR swap; the others are their own mirror.

        Example:
            >>> Rounding.CEILING.mirrored
            <Rounding.FLOOR: 'floor'>
        """
        return _MIRRORED.get(self, self)


_HALF_UP: Final = Rounding.HALF_UP  # a plain name: attributes of an Enum are slow to look up
_MIRRORED: Final = {Rounding.CEILING: Rounding.FLOOR, Rounding.FLOOR: Rounding.CEILING}


def round_ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return *numerator* / *denominator* as the integer that *rounding* chooses.

    Units: plain integers; exact for any size.
    Sign: the ratio's sign counts, wherever it stands.

    Raises:
        ZeroDivisorError: *denominator* is zero.
        NumberTypeError: *numerator* or *denominator* is not an int (a bool is none).
        WrongTypeError: *rounding* is not a Rounding.

    Example:
        >>> round_ratio(1, 3, Rounding.UP), round_ratio(5, 2, Rounding.HALF_EVEN)
        (1, 2)

    Source: the General Decimal Arithmetic specification, which Python's ``decimal`` follows.
    """
    # One test for all three: splits call this once or twice for each part.
    if not (type(numerator) is type(denominator) is int and type(rounding) is Rounding):
        require_int(numerator, "the numerator")
        require_int(denominator, "the denominator")
        require_type(rounding, Rounding, "rounding")
    if denominator <= 0:
        if denominator == 0:
            raise ZeroDivisorError(
                "a ratio has no value", expected="a denominator other than zero", got=denominator
            )
        numerator, denominator = -numerator, -denominator
    return rounded(numerator, denominator, rounding)


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return what ``round_ratio`` does, for checked arguments and a denominator above zero."""
    if rounding is _HALF_UP:  # the rounding of all invoices: two steps are enough
        if numerator >= 0:
            return (2 * numerator + denominator) // (2 * denominator)
        return -((denominator - 2 * numerator) // (2 * denominator))
    below, rest = divmod(numerator, denominator)
    if rest and _goes_up(below, 2 * rest - denominator, rounding):
        return below + 1
    return below


def _goes_up(below: int, over_half: int, rounding: Rounding) -> bool:
    """Say whether a number between *below* and the next integer takes the next one.

    *over_half* is above, at or below zero as the number lies past, on or before the middle.
    """
    if rounding is Rounding.CEILING or rounding is Rounding.FLOOR:
        return rounding is Rounding.CEILING
    if rounding is Rounding.UP or rounding is Rounding.DOWN:
        return (below >= 0) is (rounding is Rounding.UP)
    if over_half:
        return over_half > 0
    # HALF_UP never comes here: a tie goes to the even neighbour, or towards zero.
    return below % 2 == 1 if rounding is Rounding.HALF_EVEN else below < 0
