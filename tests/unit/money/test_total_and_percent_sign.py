"""What a total says of items that are none, and what the sign of a percentage may follow."""

from collections.abc import Iterator

import pytest

from milestone_invoicing import (
    Currency,
    CurrencyMismatchError,
    Money,
    NoMinorUnitError,
    NumberFormatError,
    Percent,
    Price,
    WrongTypeError,
)

EUR = Currency.of("EUR")
ONE = Money.of(1, "EUR")


def failing(*items: Money) -> Iterator[Money]:
    """Yield amounts, then fail as code of a caller may."""
    yield from items
    None.amount  # noqa: B018  # the mistake that must stay the caller's


@pytest.mark.parametrize("before", [(), (ONE,), (ONE, ONE)], ids=len)
def test_a_mistake_of_the_caller_stays_the_callers(before: tuple[Money, ...]):
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'amount'"):
        Money.total(failing(*before), currency="EUR")


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(item, id=repr(item))
        for item in (Price(1, "EUR"), Price(1, "USD"), EUR, 1, None, "EUR 1.00", Money)
    ],
)
@pytest.mark.parametrize("before", [(), (ONE,)], ids=["first", "second"])
def test_what_is_no_amount_is_not_added_up(item: object, before: tuple[Money, ...]):
    with pytest.raises(WrongTypeError, match=" is of the wrong type: expected Money, got "):
        Money.total([*before, item], currency="EUR")


def test_an_amount_in_another_currency_is_not_added_up():
    message = "amounts are in different currencies: expected EUR, got USD 1.00"
    with pytest.raises(CurrencyMismatchError, match=message):
        Money.total([ONE, Money.of(1, "USD")], currency="EUR")
    twin = Money(1, Currency("BTC", 8))
    with pytest.raises(CurrencyMismatchError, match="expected BTC with 6 decimal places, got"):
        Money.total([twin], currency=Currency("BTC", 6))


def test_a_total_in_a_code_without_a_minor_unit_is_refused():
    with pytest.raises(NoMinorUnitError, match="XAU has no minor unit"):
        Money.total([], currency="XAU")
    with pytest.raises(NoMinorUnitError, match="XAU has no minor unit"):
        Money.of(1, "XAU")


@pytest.mark.parametrize(
    ("text", "points"),
    [("30%", "30"), ("-7.5%", "-7.5"), ("100/3%", "100/3"), ("0%", "0"), ("1e1%", "10")],
)
def test_a_percentage_may_end_in_its_sign(text: str, points: str):
    assert Percent(text) == Percent(points)


@pytest.mark.parametrize("text", ["%", "%%", "30%%", "30 %", "30\N{NO-BREAK SPACE}%", "%30", "3%0"])
def test_the_sign_of_a_percentage_follows_the_number_at_once_and_once(text: str):
    with pytest.raises(NumberFormatError, match=r"^a percentage does not read as a number: "):
        Percent(text)
