"""A payment: what settles is its amount; what came in and what the bank took stand beside it."""

import pytest

from milestone_invoicing import (
    CurrencyMismatchError,
    Money,
    NumberRangeError,
    Payment,
    WrongTypeError,
    invoice_status,
)
from tests.unit.bills import bill, eur, may

USD_440 = Money.of(440, "USD")


def paid(received: Money | None = None, fee: Money | None = None) -> Payment:
    return Payment(eur(400), received=received, fee=fee, on=may(9))


@pytest.mark.parametrize(
    ("received", "fee"),
    [
        pytest.param(None, eur(0), id="a fee of nothing"),
        pytest.param(None, eur(400), id="a fee that takes all"),
        pytest.param(USD_440, None, id="440 USD for 400 EUR"),
        pytest.param(USD_440, eur("6.60"), id="a fee in the currency of the amount"),
        pytest.param(USD_440, USD_440, id="a fee in the currency of what came in"),
    ],
)
def test_only_the_amount_settles(received: Money | None, fee: Money | None):
    told = bill(1000, paid(received, fee))
    status = invoice_status(told, as_of=may(9))
    assert (status.paid, status.open) == (eur(400), eur(600))
    assert (told.facts[0].received, told.facts[0].fee) == (received, fee)


@pytest.mark.parametrize(
    ("received", "fee", "error", "match"),
    [
        (Money.of(0, "USD"), None, NumberRangeError, "what came in is not above zero"),
        (-USD_440, None, NumberRangeError, "what came in is not above zero"),
        (
            eur(400),
            None,
            CurrencyMismatchError,
            "the currency of the amount: expected another currency than EUR, got EUR 400.00; what",
        ),
        ("440", None, WrongTypeError, "the amount of what came in"),
        (None, "6.60", WrongTypeError, "the fee of a payment"),
        (None, eur("400.01"), NumberRangeError, "no part of its payment: expected zero to EUR 400"),
        (None, eur("-0.01"), NumberRangeError, "expected zero to EUR 400.00, got EUR -0.01"),
        (USD_440, Money.of("440.01", "USD"), NumberRangeError, "expected zero to USD 440.00"),
        (None, USD_440, CurrencyMismatchError, "than its payment: expected EUR, got USD"),
        (USD_440, Money.of(1, "GBP"), CurrencyMismatchError, "expected EUR or USD, got GBP 1.00"),
    ],
)
def test_what_cannot_have_come_in_is_refused(
    received: Money, fee: Money, error: type[Exception], match: str
):
    with pytest.raises(error, match=match):
        paid(received, fee)
