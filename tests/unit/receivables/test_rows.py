"""The order of rows, which is the same in every report: currency, digits, nobody, key."""

from collections.abc import Callable, Iterable
from itertools import permutations

import pytest

from milestone_invoicing import (
    AgeBy,
    Currency,
    Invoice,
    Line,
    MetricsBy,
    Money,
    OnAccount,
    Party,
    Payment,
    PaymentTerms,
    Period,
    age,
    cash_forecast,
    collection_metrics,
    payment_habits,
    receivables_summary,
    roll_forward,
    statement,
)
from milestone_invoicing.receivables.rows import row_order
from tests.unit.bills import ACME, june, may

COINS = [Currency("COIN", 0), Currency("COIN", 2), Currency.of("EUR")]
BOLT = Party("bolt", "Bolt")


def test_rows_go_by_code_then_digits_then_nobody_first_then_key():
    keys = [None, 1, "1", "None", "b"]
    rows = [(key, coin) for coin in COINS for key in keys]
    mixed = rows[::-1]
    assert sorted(mixed, key=lambda at: row_order(*at)) == rows


def bill(number: str, buyer: Party, currency: Currency, owner: str | None) -> Invoice:
    lines = [Line("Work", 1, Money(500, currency))]
    fact = Payment(Money(100, currency), on=may(4))
    return Invoice(
        number, may(1), buyer, lines, terms=PaymentTerms.net(7), owner=owner, facts=[fact]
    )


BILLS = [
    bill(f"{coin}{coin.digits}-{buyer.key}-{owner}", buyer, coin, owner)
    for coin in COINS
    for buyer in (ACME, BOLT)
    for owner in (None, "Amy", "Zoe")
]
CLIENTS = [(key, coin) for coin in COINS for key in ("acme", "bolt")]
OWNERS = [(key, coin) for coin in COINS for key in (None, "Amy", "Zoe")]
STRETCH = {"before": may(1), "after": may(31)}
MAY = Period(may(1), june(1))


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (lambda bills: age(bills, as_of=may(31)).rows, CLIENTS),
        (lambda bills: age(bills, as_of=may(31), by=AgeBy.OWNER).rows, OWNERS),
        (lambda bills: roll_forward(bills, **STRETCH), CLIENTS),
        (lambda bills: roll_forward(bills, **STRETCH, by=AgeBy.OWNER), OWNERS),
        (lambda bills: receivables_summary(bills, as_of=may(31)).clients, CLIENTS),
        (lambda bills: receivables_summary(bills, as_of=may(31)).owners, OWNERS),
        (lambda bills: collection_metrics(bills, period=MAY, by=MetricsBy.CLIENT), CLIENTS),
        (lambda bills: collection_metrics(bills, period=MAY, by=MetricsBy.OWNER), OWNERS),
    ],
    ids=["age", "by owner", "roll", "roll by owner", "summary", "owners", "metrics", "by owners"],
)
def test_every_report_has_this_order(
    report: Callable[[Iterable[Invoice]], tuple], expected: list[tuple[str | None, Currency]]
):
    rows = report(BILLS[::-1])
    assert [(row.key, row.currency) for row in rows] == expected


def test_habits_have_it_too():
    habits = payment_habits(BILLS[::-1], as_of=may(31))
    assert [(each.party, each.currency) for each in habits] == CLIENTS


@pytest.mark.parametrize("coins", list(permutations(COINS)), ids=str)
def test_currencies_of_one_code_go_by_digits(coins: tuple[Currency, ...]):
    money = [OnAccount("acme", Money(1, coin), may(2)) for coin in coins]
    told = statement("acme", [], on_account=money, since=may(1), until=may(31))
    assert [each.currency for each in told.accounts] == COINS
    bills = [bill(str(n), ACME, coin, None) for n, coin in enumerate(coins)]
    found = cash_forecast([], bills, as_of=may(31), until=may(31))
    assert [each.currency for each in found.totals] == COINS
