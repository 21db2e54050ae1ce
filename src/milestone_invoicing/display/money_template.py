"""The shape of amounts in one locale and currency, learnt from what Babel writes.

Babel takes a pattern apart for each amount. Here its output for a few amounts is taken apart once:
what stands before and after the digits, the signs between them, and from where on they are grouped.
A template is used only if it writes a list of trial amounts exactly as Babel does; where digits are
grouped in another way, or the code has digits of its own, there is none, and Babel is asked.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

import attrs

from milestone_invoicing.money.exact import decimal_text

LARGEST_BITS: Final = 2000  # below the least limit of the interpreter for printing an int

_WHOLE: Final = (0, 1, 9, 10, 123, 999, 1000, 1234, 9999, 10_000, 12_345, 987_654, 1_234_567_890)
_FIRST_GROUPED: Final = (1000, 10_000)


@attrs.frozen
class MoneyTemplate:
    """What stands around and between the digits of an amount.

    Attributes:
        positive: what stands before and after the digits.
        negative: the same for amounts below zero.
        group: between groups of three digits.
        grouped_from: the least whole number that is grouped.
        point: before the minor units.
        digits: how many digits the minor units have.
    """

    positive: tuple[str, str]
    negative: tuple[str, str]
    group: str
    grouped_from: int
    point: str
    digits: int

    def filled(self, minor: int) -> str:
        """Return the text of an amount of at most ``LARGEST_BITS`` in minor units."""
        head, tail = self.positive
        if minor < 0:
            head, tail = self.negative
            minor = -minor
        if not self.digits:
            return head + self._grouped(minor) + tail
        whole, part = divmod(minor, 10**self.digits)
        return f"{head}{self._grouped(whole)}{self.point}{part:0{self.digits}}{tail}"

    def _grouped(self, whole: int) -> str:
        if whole < self.grouped_from:
            return str(whole)
        return f"{whole:,}".replace(",", self.group)


def learnt(write: Callable[[Decimal], str], digits: int) -> MoneyTemplate | None:
    """Return the template that writes as *write* does, or None if there is none.

    Args:
        write: the text of an amount in major units.
        digits: how many digits the minor units have.
    """
    for grouped_from in _FIRST_GROUPED:
        template = _guess(write, digits, grouped_from)
        if all(template.filled(minor) == write(_major(minor, digits)) for minor in _trials(digits)):
            return template
    return None


def _guess(write: Callable[[Decimal], str], digits: int, grouped_from: int) -> MoneyTemplate:
    """Take 1 and -1 and 12,345 apart by the digits in them."""
    one, minus, grouped = (write(_major(whole * 10**digits, digits)) for whole in (1, -1, 12_345))
    head, _, rest = one.partition("1")
    before, _, after = minus.partition("1")
    point, zeros = rest.partition("0")[0], "0" * digits
    return MoneyTemplate(
        positive=(head, rest.removeprefix(point + zeros) if digits else rest),
        negative=(before, after.removeprefix(point + zeros) if digits else after),
        group=grouped.partition("12")[2].partition("345")[0],
        grouped_from=grouped_from,
        point=point if digits else "",
        digits=digits,
    )


def _trials(digits: int) -> Iterator[int]:
    """Yield amounts in minor units, of both signs, around each place where a group may begin."""
    for whole in _WHOLE:
        for part in {0, 1 % 10**digits, 10**digits - 1}:
            yield whole * 10**digits + part
            yield -whole * 10**digits - part


def _major(minor: int, digits: int) -> Decimal:
    return Decimal(decimal_text(minor, -digits))
