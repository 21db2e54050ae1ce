"""How a locale writes the digits of a number: groups, point, and what stands around them.

Patterns and signs are CLDR's, through Babel; the digits are put in here. Babel itself takes quotes
out of its finished text, and with them each second of the apostrophes that group thousands in
Switzerland.
"""

import re
from collections.abc import Callable
from typing import Final

import attrs
import babel
from babel.numbers import NumberPattern, get_decimal_symbol, get_group_symbol

from milestone_invoicing.money.exact import int_text

_QUOTED: Final = re.compile("'((?:[^']|'')*)'")
_BY_THREE: Final = (3, 3)
_SHORT_BITS: Final = 2000  # below the least limit of the interpreter for printing an int


@attrs.frozen
class NumberTemplate:
    """What stands around and between the digits of a number.

    Attributes:
        positive: what stands before and after the digits.
        negative: the same for numbers below zero.
        groups: how many digits the group next to the point has, and each of the others.
        group: between two groups.
        point: before the decimals.
        digits: how many decimals there are.
    """

    positive: tuple[str, str]
    negative: tuple[str, str]
    groups: tuple[int, int]
    group: str
    point: str
    digits: int

    def filled(self, units: int) -> str:
        """Return the text of so many units of the last decimal."""
        head, tail = self.positive
        if units < 0:
            head, tail = self.negative
            units = -units
        if self.groups != _BY_THREE or units.bit_length() > _SHORT_BITS:
            return head + self._by_hand(units) + tail
        # Nearly all numbers: the interpreter groups by three faster than any loop.
        if not self.digits:
            return head + f"{units:,}".replace(",", self.group) + tail
        whole, part = divmod(units, 10**self.digits)
        grouped = f"{whole:,}".replace(",", self.group)
        return f"{head}{grouped}{self.point}{part:0{self.digits}}{tail}"

    def within(self, before: str, after: str) -> "NumberTemplate":
        """Return the template with a text before and one after all that it writes."""
        return self._around(lambda head, tail: (before + head, tail + after))

    def apart_from(self, code: str) -> "NumberTemplate":
        """Return the template with a space between digits and a code: ABC2 and 5 are not ABC25."""
        return self._around(
            lambda head, tail: (
                f"{head}\u00a0" if head.endswith(code) else head,
                f"\u00a0{tail}" if tail.startswith(code) else tail,
            )
        )

    def _around(self, change: Callable[[str, str], tuple[str, str]]) -> "NumberTemplate":
        return attrs.evolve(self, positive=change(*self.positive), negative=change(*self.negative))

    def _by_hand(self, units: int) -> str:
        """Group the whole part of a number of any length, in groups of any size."""
        text = int_text(units).rjust(self.digits + 1, "0")
        end = len(text) - self.digits
        nearest, others = self.groups
        last = max(end - nearest, 0)  # where the group next to the point begins
        first = last % others
        starts = [*range(first, last, others), last]
        parts = [text[:first]] if first else []
        parts += [text[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
        return self.group.join(parts) + (self.point + text[end:] if self.digits else "")


def template_of(
    pattern: NumberPattern, locale: babel.Locale, digits: int, *, sign: str = ""
) -> NumberTemplate:
    """Return the template of a pattern of CLDR's, with *digits* decimals whatever it says.

    Args:
        pattern: a pattern of *locale*.
        locale: whose signs stand between the digits.
        digits: how many decimals there are.
        sign: stands where the pattern has the sign of a currency.
    """
    texts = [
        (_literal(pattern.prefix[below], sign), _literal(pattern.suffix[below], sign))
        for below in (False, True)
    ]
    return NumberTemplate(
        positive=texts[0],
        negative=texts[1],
        groups=pattern.grouping,
        group=get_group_symbol(locale),
        point=get_decimal_symbol(locale),
        digits=digits,
    )


def _literal(text: str, sign: str) -> str:
    """Return what a part of a pattern stands for: quotes enclose text, and two of them are one."""
    return _QUOTED.sub(lambda found: found[1].replace("''", "'") or "'", text).replace("¤", sign)
