"""How amounts and percentages are read from texts about payment terms; it knows no terms."""

import re
from fractions import Fraction
from typing import Final

from milestone_invoicing.errors import NumberTooLargeError, UnknownCurrencyError
from milestone_invoicing.money import Currency, Money, Percent

# A space parts thousands only where the code of the currency says where the amount ends: in
# "EUR 5 100 days" it parts the amount from what follows.
_APART: Final = r"[0-9]{1,3}(?:'[0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
_SPACED: Final = rf"[0-9]{{1,3}}(?: [0-9]{{3}})+(?:[.,][0-9]+)?|{_APART}"
# An amount begins where its digits do: looked for from each of them, many would take their square.
_START: Final = r"(?<![0-9])(?<![0-9][.,'])"
AMOUNT: Final = re.compile(
    rf"(?P<before>[A-Z]{{3}}) ?(?P<x>{_APART})|{_START}(?P<y>{_SPACED}) ?(?P<behind>[A-Z]{{3}})"
)
MONEY: Final = re.compile(rf"(?:{AMOUNT.pattern})(?: (?P<rule>.+))?")
_MOST_DIGITS: Final = 600  # below the least limit of the interpreter for int(text)
_THOUSAND: Final = 3  # digits behind a mark of thousands


def whole_read(written: str) -> int:
    """Return digits as a number, whatever else stands between them.

    Raises:
        NumberTooLargeError: they are absurdly many.

    Example:
        >>> whole_read("20th")
        20
    """
    digits = re.sub(r"[^0-9]", "", written).lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS:
        raise NumberTooLargeError(
            "a number in payment terms is absurdly large", expected="a 64-bit int", got=written
        )
    return int(digits)


def percent_read(written: str) -> Percent:
    """Return ``2,5%``, ``2.5%`` or ``100/3%`` as a percentage.

    Example:
        >>> percent_read("2,5%")
        Percent('2.5')
    """
    return Percent(written.rstrip("%").replace(",", "."))


def fraction_read(written: str) -> Percent | None:
    """Return ``1/3`` as a percentage of the whole; None if it is no part of one.

    Example:
        >>> fraction_read("1/3")
        Percent('100/3')
    """
    part, whole = map(whole_read, written.split("/"))
    return Percent(Fraction(100 * part, whole)) if 0 < part < whole else None


def money_read(match: re.Match[str]) -> Money | None:
    """Return the amount of a match; None without a currency, or if it may be either of two.

    Raises:
        PrecisionError: it is finer than its currency.
        NoMinorUnitError: the code has no minor unit.

    Example:
        >>> str(money_read(MONEY.fullmatch("1.250,00 EUR")))
        'EUR 1250.00'
        >>> print(money_read(MONEY.fullmatch("EUR 1,250")))
        None
    """
    try:
        currency = Currency.of(match["before"] or match["behind"])
    except UnknownCurrencyError:
        return None
    number = _number(re.sub("[ ']", "", match["x"] or match["y"]), currency.digits)
    return None if number is None else Money.of(number, currency)


def _number(written: str, digits: int) -> str | None:
    """Return a number with a decimal point; None if a mark in it may stand for something else."""
    *groups, last = re.split("[.,]", written)
    marks = re.findall("[.,]", written)
    if not marks:
        return written
    if len(marks) == 1:
        as_thousands = _are_thousands([*groups, last]) and groups[0] != "0"
        if not as_thousands or digits == _THOUSAND:
            return f"{groups[0]}.{last}"
        return groups[0] + last if digits == 0 else None
    thousands, decimals = ([*groups, last], "") if len({*marks}) == 1 else (groups, f".{last}")
    apart = len({*marks[: len(thousands) - 1]}) == 1
    return "".join(thousands) + decimals if apart and _are_thousands(thousands) else None


def _are_thousands(groups: list[str]) -> bool:
    """Say whether digits are grouped by three, or as in India by two before the last three."""
    first, *middle, last = groups
    regular = all(len(group) in {_THOUSAND - 1, _THOUSAND} for group in middle)
    return len(first) <= _THOUSAND and len(last) == _THOUSAND and regular
