"""The laws of statements: opening and movements make the closing balance, of any two days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Money,
    MovementKind,
    Statement,
    StatementAccount,
    age,
    invoice_status,
    statement,
)
from tests.properties.client_books import Books, books
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST

BOOKS = books()
DAYS = st.integers(-6, LAST + 15)
STRETCHES = st.lists(DAYS, min_size=2, max_size=2).map(sorted)


def asked(told: Books, since: int, until: int) -> Statement:
    bills, money = told
    return statement("acme", bills, since=day(since), until=day(until), on_account=money)


def balance(told: Books, on: date) -> int:
    """Return what the client owes on a day by the statuses of its invoices."""
    bills, money = told
    known = [invoice_status(each, as_of=on) for each in bills if each.buyer.key == "acme"]
    owed = sum((each.open + each.retained - each.unapplied).minor for each in known)
    return owed - sum(each.unapplied(as_of=on).minor for each in money)


def only(found: Statement) -> StatementAccount:
    """Return the one account, or one without anything."""
    zero = Money.zero(EUR)
    return next(iter(found.accounts), StatementAccount(EUR, zero, (), zero, zero, ()))


@given(BOOKS, STRETCHES)
def test_opening_and_movements_are_the_closing_balance_and_that_is_what_statuses_say(
    told: Books, days: list[int]
):
    since, until = days
    account = only(asked(told, since, until))
    assert account.opening.minor == balance(told, day(since) - timedelta(1))
    assert account.closing.minor == balance(told, day(until))
    moved = sum(each.amount.minor for each in account.movements)
    assert account.opening.minor + moved == account.closing.minor


@given(BOOKS, STRETCHES)
def test_the_balance_after_the_last_movement_of_a_day_is_that_of_the_day(
    told: Books, days: list[int]
):
    account = only(asked(told, *days))
    running = account.opening
    for each in account.movements:
        running += each.amount
        assert each.balance == running
        assert not (each.amount and each.applied)
    for on, after in {each.on: each.balance for each in account.movements}.items():
        assert after.minor == balance(told, on)


@given(BOOKS, STRETCHES, DAYS)
def test_two_statements_that_meet_add_up_to_the_one_over_both(
    told: Books, days: list[int], between: int
):
    since, until = days
    between = min(max(between, since), until)
    whole = only(asked(told, since, until))
    first = only(asked(told, since, between))
    if between == until:
        assert first == whole
        return
    second = only(asked(told, between + 1, until))
    assert first.movements + second.movements == whole.movements
    assert (first.opening, first.closing) == (whole.opening, second.opening)
    assert (second.closing, second.open_items) == (whole.closing, whole.open_items)


@given(BOOKS, DAYS)
def test_what_is_open_and_what_is_retained_is_the_balance_and_the_aging_says_the_same(
    told: Books, on: int
):
    found = asked(told, on, on)
    account = only(found)
    items = sum(each.open.minor for each in account.open_items)
    assert items + account.retained.minor == account.closing.minor
    rows = found.aging.rows
    assert sum(row.balance.minor for row in rows) == account.closing.minor
    again = age(account.open_items, as_of=day(on)).rows
    for column in (lambda row: row.buckets, lambda row: row.unapplied, lambda row: row.undated):
        assert [*filter(any_owed, map(column, again))] == [*filter(any_owed, map(column, rows))]


def any_owed(column: Money | tuple[Money, ...]) -> bool:
    return any(column) if isinstance(column, tuple) else bool(column)


@given(BOOKS, STRETCHES, st.randoms(use_true_random=False))
def test_the_order_of_invoices_and_of_other_clients_changes_nothing(told, days, random):
    bills, money = told
    mixed = random.sample(bills, len(bills))
    own = [each for each in bills if each.buyer.key == "acme"]
    assert asked((mixed, money), *days) == asked(told, *days) == asked((own, money), *days)


@given(BOOKS)
def test_each_payment_credit_and_refund_is_told_once_or_set_against_its_other_side(told: Books):
    account = only(asked(told, -30, LAST + 60))
    facts = [each.fact for each in account.movements if each.fact is not None]
    assert len(facts) == len({id(fact) for fact in facts})
    inside = [each for each in account.movements if each.applied]
    kinds = {MovementKind.CREDIT_APPLIED, MovementKind.ON_ACCOUNT_APPLIED, MovementKind.REVERSAL}
    assert {each.kind for each in inside} <= kinds
