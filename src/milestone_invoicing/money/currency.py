"""What a currency is: a code and how many digits its minor unit has; it knows no amounts."""

import re
from typing import Final

import attrs

from milestone_invoicing._checks import is_a, require_type
from milestone_invoicing.errors import (
    CurrencyDefinitionError,
    NoMinorUnitError,
    UnknownCurrencyError,
)
from milestone_invoicing.money._iso4217 import TABLE

_OWN_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{2,11}", re.ASCII)
_MOST_MINOR_UNITS: Final = 30


@attrs.frozen(repr=False, weakref_slot=False)
class Currency:
    """A currency: its code and the number of digits of its minor unit.

    ``Currency.of("EUR")`` reads the ISO 4217 table of this library. The constructor is for
    currencies of one's own, under codes that ISO does not use; an ISO code is accepted only
    with ISO's own minor unit.

    Args:
        code: three to twelve capital letters and digits, a letter first.
        minor_units: digits of the minor unit, 0 to 30; None for ISO codes that have none.

    Raises:
        CurrencyDefinitionError: the code cannot be written, or ISO 4217 says otherwise.

    Example:
        >>> Currency.of("JPY").minor_units, Currency("BTC", 8).code
        (0, 'BTC')

    Source: ISO 4217; currencies of one's own are a convention of this library.
    """

    code: str
    minor_units: int | None

    def __attrs_post_init__(self) -> None:
        """Hold the two against ISO 4217."""
        require_type(self.code, str, "currency code")
        listed = TABLE.get(self.code)
        if listed is not None:
            self._check_listed(listed[0])
        else:
            self._check_own()

    def _check_listed(self, minor_units: int | None) -> None:
        # 2.0, Decimal(2) and True equal an int and are none.
        if type(self.minor_units) is not type(minor_units) or self.minor_units != minor_units:
            raise CurrencyDefinitionError(
                f"{self.code} is defined by ISO 4217",
                expected=f"minor_units={minor_units}",
                got=self.minor_units,
                hint=f'use Currency.of("{self.code}"), or another code for a currency of your own',
            )

    def _check_own(self) -> None:
        if not _OWN_CODE.fullmatch(self.code):
            raise CurrencyDefinitionError(
                "a currency code cannot be written so",
                expected="3 to 12 capital letters and digits, a letter first",
                got=self.code,
            )
        if type(self.minor_units) is not int or not 0 <= self.minor_units <= _MOST_MINOR_UNITS:
            raise CurrencyDefinitionError(
                f"the minor unit of {self.code} has no such size",
                expected=f"0 to {_MOST_MINOR_UNITS} digits",
                got=self.minor_units,
            )

    @classmethod
    def of(cls, code: "str | Currency") -> "Currency":
        """Return the ISO 4217 currency of *code*; a currency is returned as it is.

        Codes are in capitals, as ISO writes them.

        Raises:
            UnknownCurrencyError: ISO 4217 does not list the code.
            WrongTypeError: *code* is neither a text nor a currency.

        Example:
            >>> Currency.of("EUR").name
            'Euro'
        """
        if is_a(code, str) and code in _ISO:
            return _ISO[code]
        require_type(code, (str, Currency), "currency")
        if isinstance(code, Currency):
            return code
        raise UnknownCurrencyError(
            "a currency is not in ISO 4217",
            expected="a current ISO 4217 code in capitals",
            got=code,
            hint=f'write "{code.upper()}"'
            if code.upper() in _ISO
            else "a currency of your own is Currency(code, minor_units)",
        )

    @property
    def is_listed(self) -> bool:
        """Whether ISO 4217 lists the code."""
        return self.code in TABLE

    @property
    def name(self) -> str:
        """The English name in ISO 4217; for a currency of one's own its code."""
        listed = TABLE.get(self.code)
        return listed[1] if listed else self.code

    @property
    def digits(self) -> int:
        """The digits of the minor unit, for currencies that amounts can be in.

        Raises:
            NoMinorUnitError: the code has no minor unit (XAU, XDR, XXX and the like).
        """
        if self.minor_units is None:
            raise NoMinorUnitError(
                f"{self.code} has no minor unit",
                expected="a currency that amounts can be counted in",
                got=self.code,
            )
        return self.minor_units

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    def __repr__(self) -> str:
        """Return the shortest call that gives this currency."""
        if self.is_listed:
            return f"Currency.of({self.code!r})"
        return f"Currency({self.code!r}, {self.minor_units})"

    def __reduce__(self) -> tuple[object, ...]:
        """Come back as the one interned value for ISO codes."""
        if self.is_listed:
            return _listed, (self.code,)
        return Currency, (self.code, self.minor_units)

    def __copy__(self) -> "Currency":
        """Return this value: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> "Currency":
        """Return this value: it cannot change."""
        return self


def currency_order(currency: Currency) -> tuple[str, int]:
    """Order currencies by code; currencies of one's own may share a code, not their digits."""
    return currency.code, currency.digits


_ISO: Final = {code: Currency(code, listed[0]) for code, listed in TABLE.items()}


def _listed(code: str) -> Currency:
    """Return the ISO 4217 currency of *code*, for ``pickle``.

    It is a function of the module: some picklers send a method along with all that it needs,
    instead of its name.
    """
    return Currency.of(code)
