"""The laws of one day: facts count as recorded, whichever order they came in as much is left."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, permutations

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Credited,
    DueAmount,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    Recovered,
    Refunded,
    Withheld,
    WrittenOff,
    due_items,
)
from milestone_invoicing.errors import ImpossibleFactError
from milestone_invoicing.facts import Fact, standing
from tests.positions import position_on
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST, settled_bills
from tests.unit.bills import claim_of

AS_OF = st.integers(-2, LAST + 5).map(day)
BILLS = settled_bills()
NAMES = {
    Payment: "paid", Credited: "credited", Withheld: "withheld", WrittenOff: "written_off",
    Recovered: "paid",
}  # fmt: skip


def without_discounts(invoice: Invoice) -> Invoice:
    """Return the bill under terms that offer none, with no fact."""
    parts = [attrs.evolve(part, discounts=()) for part in invoice.terms.installments]
    terms = attrs.evolve(invoice.terms, discounts=(), installments=parts)
    return attrs.evolve(invoice, terms=terms, facts=())


def told(invoice: Invoice, facts: Sequence[InvoiceFact]) -> Invoice:
    """Return the bill with those of *facts* that it takes."""
    for fact in facts:
        try:
            invoice = invoice.record(fact)
        except (ImpossibleFactError, LookupError):
            continue
    return invoice


def places(parts: Sequence[DueAmount]) -> list[int]:
    """Return the places by due date; then what waits; then what is held, the first release last."""
    every = range(len(parts))
    dated = sorted(
        (place for place in every if parts[place].due_on), key=lambda place: parts[place].due_on
    )
    waiting = [place for place in every if not parts[place].due_on and not parts[place].held]
    held = [place for place in every if parts[place].held]
    return [*dated, *waiting, *reversed(held)]


def coins(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield the name of each minor unit of a day as recorded, without the cash that went back."""
    back = sum(fact.amount.minor for fact in facts if isinstance(fact, Refunded))
    units = [
        (type(fact), NAMES[type(fact)])
        for fact in facts
        if type(fact) in NAMES
        for _ in range(fact.amount.minor)
    ]
    for place in range(len(units) - 1, -1, -1):
        if back and units[place][0] is Payment:
            del units[place]
            back -= 1
    for kind, name in units:
        yield "recovered" if kind is Recovered else name


def filled_coin_by_coin(invoice: Invoice, as_of: date) -> list[list[str]]:
    """Return what each unit of each instalment is settled by."""
    claim, facts = claim_of(invoice), standing(invoice.facts, as_of)
    sizes = [part.amount.minor for part in claim.parts(facts)]
    got: list[list[str]] = [[] for _ in sizes]
    for on, of_day in groupby(facts, key=lambda fact: max(fact.on, claim.issued_on)):
        order = places(claim.parts(facts, on))
        for coin in coins(list(of_day)):
            lost = [place for place in order if "written_off" in got[place]]
            room = [place for place in order if len(got[place]) < sizes[place]]
            cash = [place for place in reversed(order) if "paid" in got[place]]
            if coin == "recovered" and lost:
                got[lost[0]].remove("written_off")
                got[lost[0]].append("paid")
            elif room:
                got[room[0]].append("paid" if coin == "recovered" else coin)
            elif coin not in {"paid", "recovered"} and cash:
                got[cash[0]].remove("paid")
                got[cash[0]].append(coin)
    return got


@given(BILLS, AS_OF)
def test_without_discounts_money_fills_coin_by_coin_as_it_was_recorded(
    invoice: Invoice, as_of: date
):
    plain = told(without_discounts(invoice), invoice.facts)
    items = due_items(plain, as_of=as_of)
    assume(items)
    expected = filled_coin_by_coin(plain, as_of)
    for name in ("paid", "credited", "withheld", "written_off"):
        assert [getattr(item, name).minor for item in items] == [
            coins.count(name) for coins in expected
        ]


AMOUNTS = st.integers(1, 300).map(lambda minor: Money(minor, EUR))
OF_ONE_DAY = st.lists(
    st.one_of(
        AMOUNTS.map(lambda amount: Payment(amount, on=day(12))),
        AMOUNTS.map(lambda amount: Credited(amount, "N", on=day(12))),
        AMOUNTS.map(lambda amount: Withheld(amount, on=day(12))),
        AMOUNTS.map(lambda amount: WrittenOff(amount, on=day(12))),
        AMOUNTS.map(lambda amount: Recovered(amount, on=day(12))),
        AMOUNTS.map(lambda amount: Refunded(amount, on=day(12))),
    ),
    min_size=2,
    max_size=4,
    unique=True,
)


@given(BILLS, OF_ONE_DAY)
def test_facts_of_one_day_leave_as_much_of_each_instalment_in_each_order_in_which_they_can_be(
    invoice: Invoice, facts: list[InvoiceFact]
):
    plain = told(without_discounts(invoice), invoice.facts)
    kept = told(plain, facts).facts[len(plain.facts) :]
    seen = set()
    for order in permutations(kept):
        mixed = told(plain, order)
        if len(mixed.facts) == len(plain.facts) + len(kept):
            for ahead in (12, 20):
                left = [
                    (item.installment, item.due_on, item.amount, item.open, item.retained)
                    for item in due_items(mixed, as_of=day(ahead))
                ]
                seen.add((ahead, position_on(mixed, day(ahead)), tuple(sorted(left, key=str))))
    assert len(seen) == 2


@given(settled_bills(), st.lists(AMOUNTS, min_size=2, max_size=4))
def test_cash_of_one_day_that_comes_together_or_in_parts_settles_and_leaves_off_the_same(
    invoice: Invoice, amounts: list[Money]
):
    whole = told(invoice, [Payment(Money.total(amounts, currency="EUR"), on=day(12))])
    parts = told(invoice, [Payment(each, str(n), on=day(12)) for n, each in enumerate(amounts)])
    for ahead in (12, 40):
        assert due_items(whole, as_of=day(ahead)) == due_items(parts, as_of=day(ahead))
        assert position_on(whole, day(ahead)) == position_on(parts, day(ahead))
