"""What facts of one day leave for the next one, whichever of them came first."""

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Credited,
    DueRule,
    EventOccurred,
    Installment,
    InvoiceFact,
    Payment,
    PaymentTerms,
    Percent,
    Refunded,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.balance import Balance
from milestone_invoicing.billing.history.ledger import CREDITED, PAID
from tests.unit.bills import bill, claim_of, eur, may

NET_30 = DueRule((AddDays(30),))
# 50 wait for "a", 50 are due on 31 May: once it came, those that waited are due first.
WAITS = PaymentTerms([Installment(Percent(50), after="a"), Installment(REST, NET_30)])
# 50 are due on 16 May, 50 on the 31st.
HALVES = PaymentTerms(
    [Installment(Percent(50), DueRule((AddDays(15),))), Installment(REST, NET_30)]
)


def paid(amount: int, day: int = 2) -> Payment:
    return Payment(eur(amount), on=may(day))


def back(amount: int, day: int = 2) -> Refunded:
    return Refunded(eur(amount), on=may(day))


def credited(amount: int, day: int = 2) -> Credited:
    return Credited(eur(amount), "N", on=may(day))


# Of a bill of 100: what is outstanding, and left over, once each fact is recorded.
ROWS: dict[str, tuple[list[InvoiceFact], list[tuple[int, int]]]] = {
    "130 came, 10 and 20 go back later": (
        [paid(130), back(10, 3), back(20, 3)], [(0, 30), (0, 20), (0, 0)]),
    "130 came, 10 and 25 go back at once: 95 were for it": (
        [paid(130), back(10), back(25)], [(0, 30), (0, 20), (5, 0)]),
    "30 went back of 130 before, and 7 come on that day": (
        [paid(130), back(30, 3), paid(7, 3)], [(0, 30), (0, 0), (0, 7)]),
    "5 too much come on the day on which 20 went back": (
        [paid(120), back(20, 3), paid(5, 3)], [(0, 20), (0, 0), (0, 5)]),
    "40 came, 40 credited, 10 of the 40 go back": (
        [paid(40), credited(40), back(10)], [(60, 0), (20, 0), (30, 0)]),
    "two payments of one day are two payments": (
        [paid(40), paid(70)], [(60, 0), (0, 10)]),
    "withheld, written off and paid": (
        [Withheld(eur(10), on=may(2)), WrittenOff(eur(20), on=may(2)), paid(75)],
        [(90, 0), (70, 0), (0, 5)]),
}  # fmt: skip


def left(balance: Balance) -> tuple[int, int]:
    return balance.outstanding // 100, balance.left_over(may(9)) // 100


@pytest.mark.parametrize(("facts", "expected"), ROWS.values(), ids=ROWS)
def test_a_balance_advanced_fact_by_fact_is_that_of_all_facts(
    facts: list[InvoiceFact], expected: list[tuple[int, int]]
):
    claim = claim_of(bill(100))
    balance = Balance(claim)
    assert left(balance) == (100, 0)
    for place, fact in enumerate(facts):
        balance.record(fact)
        assert left(balance) == expected[place] == left(Balance.of(claim, facts[: place + 1]))


@pytest.mark.parametrize(
    ("facts", "paid_", "credited_"),
    [
        pytest.param(
            [paid(50), back(50), credited(60), paid(30)],
            [30, 0],
            [20, 40],
            id="50 - 50 + 30 = 30, the first of which came before the credit",
        ),
        pytest.param(
            [paid(50), back(50, 3), credited(60, 4), paid(30, 4)],
            [40, 0],
            [10, 50],
            id="50 - 10 = 40: they went back later, 60 credited = 50 + 10 in their place",
        ),
    ],
)
def test_each_instalment_has_what_all_facts_of_its_day_leave(
    facts: list[InvoiceFact], paid_: list[int], credited_: list[int]
):
    balance = Balance(claim_of(bill(100, terms=HALVES)))
    for fact in facts:
        balance.record(fact)
        columns = balance.account.ledger.columns
    found = [[minor // 100 for minor in columns[kind][:2]] for kind in (PAID, CREDITED)]
    assert found == [paid_, credited_]


@pytest.mark.parametrize(
    ("day", "got"),
    [
        pytest.param(2, [50, 10], id="on the day of the cash: first, whatever was recorded first"),
        pytest.param(3, [10, 50], id="a day later: the cash stays where it was"),
    ],
)
def test_an_event_dates_its_day_from_the_start(day: int, got: list[int]):
    balance = Balance(claim_of(bill(100, terms=WAITS)))
    balance.record(paid(60))
    assert balance.account.ledger.columns[PAID][:2] == [1000, 5000]
    balance.record(EventOccurred("a", on=may(day)))
    assert [minor // 100 for minor in balance.account.ledger.columns[PAID][:2]] == got
    assert balance.account.parts[0].due_on == may(day)
