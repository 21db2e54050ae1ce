"""The rules of the agency's books: who is billed in what, by whom, and how late they pay.

Source: made up. The figures of single clients are in ``test_agency_year``.
"""

import pytest

from milestone_invoicing import Money
from tests.examples.stories import script

BOOKS = script("agency_books")


def test_thirty_clients_have_a_project_and_ten_a_retainer():
    kept = BOOKS.Agency()
    assert (len(BOOKS.CLIENTS), len(kept.schedules), len(kept.retainers)) == (40, 30, 10)
    assert not set(kept.schedules) & set(kept.retainers)


@pytest.mark.parametrize("number", [1, 2, 9, 33, 39])
def test_a_project_is_40_30_and_30_percent(number: int):
    schedule = BOOKS.contract(number)
    total = Money.of(6000 + 500 * number, BOOKS.currency_of(number))
    first, *others = schedule.amounts(as_of=schedule.signed_on)
    assert first * 10 == total * 4
    assert [each * 10 for each in others] == [total * 3] * 2


def test_four_clients_pay_in_dollars_without_tax():
    abroad = [number for number in range(1, 41) if BOOKS.currency_of(number) == "USD"]
    assert abroad == [9, 17, 25, 33]
    assert not any(BOOKS.tax_of(number).has_rate for number in abroad)
    assert all(not BOOKS.has_retainer(number) for number in abroad)


def test_each_owner_has_clients():
    assert {BOOKS.owner_of(number) for number in range(1, 41)} == set(BOOKS.OWNERS)
