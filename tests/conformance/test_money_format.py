"""Amounts as other libraries print them from CLDR, read from ``../shared/cases``."""

from typing import Any

import pytest

from milestone_invoicing import Currency, Money, PrecisionError, Rounding
from milestone_invoicing.display import format_money
from tests.conformance.shared_cases import case_id, cases

CASES = cases("money_format")
# Options that format_money does not have, each with the reason.
OTHER_OPTIONS = {
    "currency_digits": "not built yet",
    "decimal_quantization": "not built yet",
    "format_type": "not built yet",
    "pattern": "not built yet",
    "fraction_digits": "not built yet where the digits are not the currency's own",
}
# A case whose amount is finer than its currency: Money takes it with a rounding only.
FINER = {"python-babel/babel tests/test_numbers.py:298": Rounding.HALF_UP}


def own_digits(case: dict[str, Any]) -> bool:
    """Say whether a case shows the decimals of its currency, and asks for nothing else."""
    options = case.get("options", {})
    digits = Currency.of(case["currency"]).digits
    return set(options) <= {"fraction_digits"} and options.get("fraction_digits", digits) == digits


EXPRESSED = [case for case in CASES if own_digits(case)]
OTHERS = [case for case in CASES if not own_digits(case)]


@pytest.mark.parametrize("case", EXPRESSED, ids=case_id)
def test_an_amount_reads_as_elsewhere(case: dict[str, Any]):
    rounding = FINER.get(case["source"])
    amount = Money.of(case["amount"], case["currency"], rounding=rounding)
    assert format_money(amount, locale=case["locale"]) == case["expected"]


@pytest.mark.parametrize("source", FINER)
def test_an_amount_that_is_rounded_elsewhere_is_refused_without_a_rounding(source: str):
    (case,) = (case for case in EXPRESSED if case["source"] == source)
    with pytest.raises(PrecisionError, match="an amount is finer than its currency"):
        Money.of(case["amount"], case["currency"])


@pytest.mark.parametrize("case", OTHERS, ids=case_id)
def test_every_other_case_asks_for_an_option_that_is_not_built_yet(case: dict[str, Any]):
    assert set(case["options"]) & set(OTHER_OPTIONS)


def test_every_listed_option_is_among_the_cases():
    assert {option for case in OTHERS for option in case["options"]} == set(OTHER_OPTIONS)
