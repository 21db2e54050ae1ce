"""What many facts cost, counted in calls, which no clock and no load of a machine changes."""

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    Credited,
    Currency,
    Disputed,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    Refunded,
    RetainageReleased,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.fact_checks import check_new_facts
from milestone_invoicing.billing.history.filling import fill
from tests.unit.bills import ACME, claim_of, may

EUR = Currency.of("EUR")
TEN, FIVE = Money(10, EUR), Money(5, EUR)
MANY = 60


def day(number: int) -> date:
    return may(1) + timedelta(number)


def bill(minor: int, **fields: object) -> Invoice:
    return Invoice("1", may(1), ACME, [Line("Work", 1, Money(minor, EUR))], **fields)


def parts(count: int) -> PaymentTerms:
    """Return terms of so many instalments, each due a day after the one before it."""
    return PaymentTerms([Installment(REST, DueRule((AddDays(n),))) for n in range(count)])


def each(*makers: Callable[[date], InvoiceFact]) -> Callable[[int], Iterator[InvoiceFact]]:
    """Return how to make facts of so many days, in the order of their days."""
    return lambda count: (make(day(n)) for n in range(count) for make in makers)


def withheld(on: date) -> InvoiceFact:
    return Withheld(TEN, on=on)


def paid(on: date) -> InvoiceFact:
    return Payment(TEN, on=on)


def released(on: date) -> InvoiceFact:
    return RetainageReleased(TEN, on + timedelta(2), on=on)


WORKS: dict[str, tuple[Callable[[int], Invoice], Callable[[int], Iterator[InvoiceFact]]]] = {
    "withheld": (lambda n: bill(20 * n), each(withheld)),
    "withheld as agreed, and paid": (
        lambda n: bill(20 * n, withheld=[Adjustment(Percent(50), "tax")]),
        each(withheld, paid),
    ),
    "released of retainage": (lambda n: bill(20 * n, held=Money(10 * n, EUR)), each(released)),
    "released and paid": (
        lambda n: bill(10 * n + 1, held=Money(10 * n, EUR)),
        each(released, paid),
    ),
    "instalments paid": (lambda n: bill(10 * n, terms=parts(n)), each(paid)),
    "instalments credited": (
        lambda n: bill(10 * n, terms=parts(n)),
        each(lambda on: Credited(TEN, "N", on=on)),
    ),
    "paid with a discount": (
        lambda n: bill(20 * n, terms=PaymentTerms.net(9999, discounts=[EarlyDiscount(2, 9000)])),
        each(paid),
    ),
    "written off and recovered": (
        lambda n: bill(20 * n),
        each(lambda on: WrittenOff(TEN, on=on), lambda on: Recovered(FIVE, on=on)),
    ),
    "paid too much, and refunded": (
        lambda _: bill(1),
        each(paid, lambda on: Refunded(FIVE, on=on + timedelta(999))),
    ),
    "disputed": (lambda n: bill(10 * n), each(lambda on: Disputed("x", TEN, on=on))),
}


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called while something is worked out."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("make", "tell"), WORKS.values(), ids=WORKS)
def test_twice_as_many_facts_take_twice_as_many_calls(
    make: Callable[[int], Invoice], tell: Callable[[int], Iterator[InvoiceFact]]
):
    def cost(count: int) -> list[int]:
        claim = claim_of(make(count))
        facts = sorted(tell(count), key=lambda fact: fact.on)
        fill(claim, facts[:1])  # what a claim works out once
        works = (lambda: check_new_facts((), facts, claim), lambda: fill(claim, facts))
        return [calls(work) for work in works]

    for few, some, many in zip(*map(cost, (MANY, 2 * MANY, 4 * MANY)), strict=True):
        assert many - some <= 2.1 * (some - few)


def test_one_more_payment_on_many_facts_asks_nothing_of_them():
    claim = claim_of(bill(20 * MANY))
    told = [*each(withheld)(MANY)]
    one = calls(lambda: check_new_facts(told, [Payment(TEN, on=day(MANY))], claim))
    assert one <= 8 * MANY
    assert calls(lambda: check_new_facts((), told, claim)) > 10 * one


def test_who_extends_which_instalment_is_worked_out_once_also_where_nobody_does():
    reading = bill(1000).reading(may(4))
    assert reading.extensions is reading.extensions
