"""The laws of plans that are made from parts, and of what a bank line may be for."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Invoice,
    Money,
    OnAccount,
    apply_on_account,
    due_items,
    payment_plans,
    suggest_matches,
)
from milestone_invoicing.errors import PaymentError
from milestone_invoicing.receivables.payments.bank_lines import named_in, words_of
from tests.positions import position_on
from tests.properties.collected_bills import collected_bills
from tests.properties.paid_bills import AMOUNTS, DAYS, bills_of_one
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR

bills = bills_of_one()
numbers = st.from_regex(r"[A-Z]{0,3}-?[0-9]{1,4}(/[0-9]{1,3})?", fullmatch=True)


@given(bills, DAYS, st.integers(1, 12))
def test_a_plan_over_many_sums_to_what_is_open_of_each(found: list[Invoice], on: date, parts: int):
    opens = {bill.number: position_on(bill, on).open for bill in found}
    total = Money.total(opens.values(), currency=EUR)
    try:
        plans = payment_plans(found, parts, on=on, first_due_on=on.replace(year=2027))
    except PaymentError:
        assert total.minor < parts
        return
    assert {number: plan.total for number, plan in plans} == {
        number: left for number, left in opens.items() if left
    }
    days = sorted({part.due_on for _, plan in plans for part in plan.installments})
    assert len(days) == parts
    for number, plan in plans:
        bill = next(bill for bill in found if bill.number == number)
        if bill.is_void:  # by a later day; then nothing but money may be recorded
            continue
        told = bill.record(plan)
        planned = [item for item in due_items(told, as_of=on) if item.plan is plan]
        assert sum(item.open.minor for item in planned) == plan.total.minor


@given(collected_bills(), AMOUNTS, DAYS, DAYS)
def test_money_on_account_stands_in_one_place_on_each_day(
    bill: Invoice, amount: Money, came: date, on: date
):
    money = OnAccount(PARTIES[0].key, amount, came)
    try:
        left, (told,) = apply_on_account(money, [bill], "1", on=on)
    except PaymentError:
        return
    for each in (came, on, day(90)):
        before = money.unapplied(as_of=each) + position_on(bill, each).received
        assert left.unapplied(as_of=each) + position_on(told, each).received == before
        assert position_on(told, each).unapplied == position_on(bill, each).unapplied


@given(bills, AMOUNTS, DAYS, st.randoms(use_true_random=False))
def test_what_is_suggested_does_not_depend_on_the_order_and_is_open_or_paid(
    found: list[Invoice], amount: Money, on: date, random
):
    text = "n0 and N 1"
    matches = suggest_matches(amount, text, found, as_of=on)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert suggest_matches(amount, text, shuffled, as_of=on) == matches
    assert [match.score for match in matches] == sorted(
        (match.score for match in matches), reverse=True
    )
    by_number = {bill.number: bill for bill in found}
    for match in matches:
        opens = [position_on(by_number[number], on).open for number in match.numbers]
        assert match.open == Money.total(opens, currency=EUR)
        assert match.already_paid is not all(opens)


@given(numbers, st.sampled_from(["{}", "pays {}, thanks", "x {} 99 y"]))
def test_a_number_is_found_in_what_people_make_of_it(number: str, text: str):
    for written in (number, number.lower(), number.replace("-", " "), number.replace("/", " / ")):
        assert number in named_in([number], words_of(text.format(written)))
