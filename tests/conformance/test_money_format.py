"""Amounts as other libraries print them from CLDR, read from ``../shared/cases``.

Their options are ours by other names: ``fraction_digits`` is ``decimals``, a number that keeps its
own digits is a ``Price``, ``format_type`` is the style, and a pattern without a currency is
``format_number``. An amount finer than its currency is a ``Price`` here.
"""

from importlib.metadata import version
from typing import Any

import pytest

from milestone_invoicing import Currency, Money, PrecisionError, Price, Rounding
from milestone_invoicing.display import MoneyStyle, format_money, format_number, format_price
from tests.conformance.shared_cases import case_id, cases

CASES = cases("money_format")
STYLES = {"accounting": MoneyStyle.ACCOUNTING, "name": MoneyStyle.NAME}
# A case that rounds without being told to: here Money asks for the rounding.
ROUNDED = {"python-babel/babel tests/test_numbers.py:298": Rounding.HALF_UP}
# Since which Babel a locale writes as the cases do: CLDR 44 put the sign of Norwegian amounts last.
SINCE = {"no": (2, 15)}
INSTALLED = tuple(map(int, version("babel").split(".")[:2]))
KNOWN_OPTIONS = {
    "currency_digits",
    "decimal_quantization",
    "format_type",
    "fraction_digits",
    "pattern",
}


def shown(case: dict[str, Any]) -> str:
    """Return what this library prints for *case*."""
    options, locale = case.get("options", {}), case["locale"]
    if "pattern" in options:
        return format_number(case["amount"], locale=locale)
    if options.get("decimal_quantization") is False:
        return format_price(Price(case["amount"], case["currency"]), locale=locale)
    decimals = options.get("fraction_digits")
    style = STYLES.get(options.get("format_type"), MoneyStyle.STANDARD)
    if finer(case) and case["source"] not in ROUNDED:
        price = Price(case["amount"], case["currency"])
        return format_price(price, locale=locale, decimals=decimals)
    amount = Money.of(case["amount"], case["currency"], rounding=ROUNDED.get(case["source"]))
    return format_money(amount, locale=locale, style=style, decimals=decimals)


def finer(case: dict[str, Any]) -> bool:
    """Say whether the amount of *case* is finer than its currency."""
    places = len(case["amount"].partition(".")[2].rstrip("0"))
    return places > Currency.of(case["currency"]).digits


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_an_amount_reads_as_elsewhere(case: dict[str, Any]):
    if SINCE.get(case["locale"], INSTALLED) > INSTALLED:
        pytest.skip("the cases have a later CLDR")
    assert shown(case) == case["expected"]


def test_every_option_of_the_cases_is_known():
    assert {option for case in CASES for option in case.get("options", ())} == KNOWN_OPTIONS
    formats = {case["options"].get("format_type") for case in CASES if "options" in case}
    assert formats == {*STYLES, None}


@pytest.mark.parametrize("source", ROUNDED)
def test_an_amount_that_is_rounded_elsewhere_is_refused_without_a_rounding(source: str):
    (case,) = (case for case in CASES if case["source"] == source)
    with pytest.raises(PrecisionError, match="an amount is finer than its currency"):
        Money.of(case["amount"], case["currency"])
