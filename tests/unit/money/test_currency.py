"""Currency: the ISO 4217 table, currencies of one's own, and what is refused."""

import copy
import pickle
from decimal import Decimal
from types import MappingProxyType

import pytest
from babel.numbers import get_currency_precision

from milestone_invoicing import (
    Currency,
    CurrencyDefinitionError,
    MilestoneInvoicingError,
    NoMinorUnitError,
    UnknownCurrencyError,
    WrongTypeError,
)
from milestone_invoicing.money._iso4217 import AMENDMENT, AMENDMENT_DATE, TABLE

# A new amendment of ISO 4217 is a changelog entry, and changes what is pinned here.
NOT_TWO = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
NONE = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"
# What CLDR says people use is not what ISO 4217 says, and changes: CLDR 47 has two digits for HUF,
# IDR and COP and none for RSD, CLDR 49 the other way round.
CLDR_DIFFERS = "AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK RSD SOS SYP YER"


def test_the_codes_whose_minor_unit_is_not_two_are_these_26():
    listed = {
        code: digits for code, (digits, _) in TABLE.items() if digits is not None and digits != 2
    }
    assert listed == {code: digits for digits, codes in NOT_TWO.items() for code in codes.split()}
    assert len(listed) == 26


def test_the_codes_without_a_minor_unit_are_these():
    assert sorted(code for code, (digits, _) in TABLE.items() if digits is None) == NONE.split()


def test_the_table_says_which_amendment_it_follows():
    assert (AMENDMENT, AMENDMENT_DATE, len(TABLE)) == (180, "2025-09-22", 178)


def test_the_table_is_sorted_and_cannot_be_changed():
    assert list(TABLE) == sorted(TABLE)
    assert isinstance(TABLE, MappingProxyType)
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in TABLE)
    assert all(name and name == name.strip() for _, name in TABLE.values())


@pytest.mark.parametrize("code", CLDR_DIFFERS.split())
def test_the_minor_unit_is_that_of_iso_where_cldr_differs(code: str):
    assert Currency.of(code).digits == (3 if code == "IQD" else 2)


def test_cldr_still_differs_from_iso():
    # It comes nearer to ISO or moves away with each release; that it differs at all is why no
    # digits are read from it.
    differing = {
        code
        for code, (digits, _) in TABLE.items()
        if digits is not None and get_currency_precision(code) != digits
    }
    assert {"AFN", "IQD", "IRR", "LBP"} <= differing
    assert not {"EUR", "USD", "GBP", "JPY", "KWD"} & differing


@pytest.mark.parametrize(
    ("code", "digits", "name"),
    [
        pytest.param("EUR", 2, "Euro", id="EUR has 2"),
        pytest.param("JPY", 0, "Yen", id="JPY has 0"),
        pytest.param("KWD", 3, "Kuwaiti Dinar", id="KWD has 3"),
        pytest.param("CLF", 4, "Unidad de Fomento", id="CLF has 4"),
    ],
)
def test_a_listed_currency_is_looked_up(code: str, digits: int, name: str):
    currency = Currency.of(code)
    assert (currency.code, currency.minor_units, currency.digits) == (code, digits, digits)
    assert (currency.name, currency.is_listed) == (name, True)
    assert (str(currency), repr(currency)) == (code, f"Currency.of('{code}')")


def test_a_listed_currency_is_one_value():
    assert Currency.of("EUR") is Currency.of("EUR")
    assert Currency.of(Currency.of("EUR")) is Currency.of("EUR")
    assert Currency("EUR", 2) == Currency.of("EUR")
    assert pickle.loads(pickle.dumps(Currency("EUR", 2))) is Currency.of("EUR")


def test_a_currency_of_ones_own():
    own = Currency("BTC", 8)
    assert (own.code, own.minor_units, own.digits, own.name) == ("BTC", 8, 8, "BTC")
    assert not own.is_listed
    assert (str(own), repr(own)) == ("BTC", "Currency('BTC', 8)")
    assert own == Currency("BTC", 8) != Currency("BTC", 7)
    assert len({own, Currency("BTC", 8), Currency("BTC", 7), Currency("BTD", 8)}) == 3
    assert pickle.loads(pickle.dumps(own)) == own
    assert copy.copy(own) is copy.deepcopy(own) is own


@pytest.mark.parametrize("code", ["ABC", "A1C", "POINTS", "ABCDEFGHIJ12"])
@pytest.mark.parametrize("digits", [0, 30])
def test_an_own_code_has_three_to_twelve_characters_and_0_to_30_digits(code: str, digits: int):
    assert Currency(code, digits).digits == digits


@pytest.mark.parametrize(
    "code", ["", "AB", "ABCDEFGHIJ123", "1BC", "btc", "Btc", "B C", "BTC\n", "ÅBC", "A٣C"]
)
def test_another_own_code_is_refused(code: str):
    with pytest.raises(
        CurrencyDefinitionError,
        match=r"^a currency code cannot be written so: expected 3 to 12 capital letters and "
        "digits, a letter first, got '",
    ):
        Currency(code, 2)


@pytest.mark.parametrize("digits", [-1, 31, None, True, 2.0, Decimal(2), "2"])
def test_another_size_of_an_own_minor_unit_is_refused(digits: object):
    with pytest.raises(
        CurrencyDefinitionError,
        match=r"^the minor unit of BTC has no such size: expected 0 to 30 digits, got ",
    ):
        Currency("BTC", digits)


@pytest.mark.parametrize(
    ("code", "digits", "message"),
    [
        pytest.param("EUR", 3, "EUR is .*: expected minor_units=2, got 3", id="EUR is not 3"),
        pytest.param("EUR", None, "EUR is .*: expected minor_units=2, got None", id="EUR has one"),
        pytest.param(
            "EUR", 2.0, "EUR is .*: expected minor_units=2, got 2.0", id="EUR is no float"
        ),
        pytest.param(
            "JPY", False, "JPY is .*: expected minor_units=0, got False", id="JPY, a bool"
        ),
        pytest.param(
            "JPY",
            Decimal(0),
            r"JPY is .*: expected minor_units=0, got Decimal\('0'\)",
            id="Decimal",
        ),
        pytest.param("XAU", 2, "XAU is .*: expected minor_units=None, got 2", id="XAU has none"),
        pytest.param("XAU", 0, "XAU is .*: expected minor_units=None, got 0", id="none is not 0"),
    ],
)
def test_an_iso_code_with_another_minor_unit_is_refused(code: str, digits: object, message: str):
    with pytest.raises(CurrencyDefinitionError, match=f"^{message}") as raised:
        Currency(code, digits)
    assert raised.value.fact == f"{code} is defined by ISO 4217"
    assert raised.value.hint == (
        f'use Currency.of("{code}"), or another code for a currency of your own'
    )


@pytest.mark.parametrize("code", ["XXX", "XAU", "XDR"])
def test_a_code_without_a_minor_unit_is_known_and_not_counted_in(code: str):
    currency = Currency.of(code)
    assert currency.minor_units is None
    with pytest.raises(
        NoMinorUnitError,
        match=f"^{code} has no minor unit: expected a currency that amounts can be counted in, "
        f"got '{code}'$",
    ):
        _ = currency.digits


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: Currency.of("BGN"),
            UnknownCurrencyError,
            "a currency is not in ISO 4217: expected a current ISO 4217 code in capitals, "
            r"got 'BGN'; a currency of your own is Currency\(code, minor_units\)$",
            id="a withdrawn code",
        ),
        pytest.param(
            lambda: Currency.of("eur"),
            UnknownCurrencyError,
            "a currency is not in ISO 4217: .* got 'eur'; ",
            id="small letters",
        ),
        pytest.param(
            lambda: Currency.of(978),
            WrongTypeError,
            "currency is of the wrong type: expected str or Currency, got 978$",
            id="a numeric code",
        ),
        pytest.param(
            lambda: Currency.of(["EUR"]),
            WrongTypeError,
            r"currency is of the wrong type: expected str or Currency, got \['EUR'\]$",
            id="a list",
        ),
        pytest.param(
            lambda: Currency(978, 2),
            WrongTypeError,
            "currency code is of the wrong type: expected str, got 978$",
            id="a numeric code with digits",
        ),
    ],
)
def test_what_is_no_currency_is_refused(
    make: object, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}") as raised:
        make()
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
