"""One payment over many invoices: worked cases of each order, boundary days, and refusals."""

from collections.abc import Mapping
from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    ArgumentsError,
    BlankTextError,
    Credited,
    CreditEffect,
    CurrencyMismatchError,
    DateTypeError,
    DueAmount,
    DueDateExtended,
    DueRule,
    DuplicateNumberError,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceKind,
    LateCharge,
    Money,
    NumberRangeError,
    Party,
    Payment,
    PaymentError,
    PaymentOrder,
    PaymentTerms,
    Percent,
    PlanAgreed,
    RetainageReleased,
    Reversed,
    UnknownInvoiceError,
    Voided,
    WrittenOff,
    WrongTypeError,
    apply_payment,
    due_items,
    invoice_status,
    late_fee_line,
)
from tests.unit.bills import ACME, april, bill, eur, july, june, may

ORDERS = [order for order in PaymentOrder if order is not PaymentOrder.AS_INSTRUCTED]
HALVES = PaymentTerms(
    [
        Installment(Percent(50), DueRule((AddDays(14),))),
        Installment(Percent(50), DueRule((AddDays(60),))),
    ]
)
TWO_TEN = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
# 1,000 due 31 May; 600 due 15 and 15 June; 300 due 14 July.
BILLS = (
    bill(1000, number="B"),
    bill(600, number="A", terms=HALVES),
    bill(300, number="C", issued_on=june(14)),
)
# The instalments are due on 15 May (A), 31 May (B), 30 June (A), 14 July (C).


TODAY = june(20)


def given(amount: int | str, bills: object = BILLS, day: date = TODAY, **how: object) -> dict:
    """Return what each invoice gets, and what is left over as ''."""
    applied = apply_payment(eur(amount), bills, as_of=day, **how)
    assert [each.number for each in applied.invoices] == [each.number for each in bills]
    found = {number: str(fact.amount.amount) for number, fact in applied.facts}
    return {**found, **({"": str(applied.left_over.amount)} if applied.left_over else {})}


@pytest.mark.parametrize(
    ("order", "amount", "expected"),
    [
        pytest.param("OLDEST_DUE", 100, {"A": "100.00"}, id="100 to A, due 15 May"),
        pytest.param("OLDEST_DUE", 301, {"B": "1.00", "A": "300.00"}, id="301 = 300 A + 1 B"),
        pytest.param(
            "OLDEST_DUE", 1400, {"B": "1000.00", "A": "400.00"}, id="300 A + 1000 B + 100 A"
        ),
        pytest.param(
            "OLDEST_DUE",
            2000,
            {"B": "1000.00", "A": "600.00", "C": "300.00", "": "100.00"},
            id="2000 - 1900 = 100",
        ),
        pytest.param("LARGEST", 1000, {"B": "1000.00"}, id="1000 to B"),
        pytest.param("LARGEST", 1700, {"B": "1000.00", "A": "600.00", "C": "100.00"}, id="B A C"),
        pytest.param(
            "PRO_RATA", 190, {"B": "100.00", "A": "60.00", "C": "30.00"}, id="190 of 1900, a tenth"
        ),
        pytest.param(
            # 10 : 6 : 3 of 1.00 is 0.526 0.316 0.158; two units go to .9 of C and .6 of B
            "PRO_RATA",
            "1.00",
            {"B": "0.53", "A": "0.31", "C": "0.16"},
            id="1.00 = .53 + .31 + .16",
        ),
        pytest.param(
            "PRO_RATA",
            2000,
            {"B": "1000.00", "A": "600.00", "C": "300.00", "": "100.00"},
            id="never more than is open",
        ),
        pytest.param("CHARGES_FIRST", 301, {"B": "1.00", "A": "300.00"}, id="no charges: by date"),
    ],
)
def test_an_order_decides_what_is_settled(order: str, amount: int, expected: dict[str, str]):
    assert given(amount, order=PaymentOrder[order]) == expected


def test_by_due_date_is_the_default():
    assert given(301) == given(301, order=PaymentOrder.OLDEST_DUE)


TWINS = (
    bill(10, number="2", issued_on=may(2), terms=PaymentTerms.net(29)),
    bill(10, number="1", issued_on=may(2), terms=PaymentTerms.net(29)),
    bill(10, number="3"),
)


@pytest.mark.parametrize(
    ("order", "amount", "expected"),
    [
        ("OLDEST_DUE", 15, {"3": "10.00", "1": "5.00"}),
        ("LARGEST", 15, {"3": "10.00", "1": "5.00"}),
        ("PRO_RATA", "0.01", {"3": "0.01"}),
        ("PRO_RATA", "0.02", {"1": "0.01", "3": "0.01"}),
    ],
)
def test_ties_go_by_issue_date_then_by_number(order: str, amount: str, expected: dict[str, str]):
    for bills in (TWINS, TWINS[::-1]):
        assert given(amount, bills, order=PaymentOrder[order]) == expected


def test_an_extension_and_a_plan_move_the_order():
    extended = BILLS[1].record(DueDateExtended(july(31), "asked", 1, on=may(20)))
    assert given(300, (BILLS[0], extended)) == {"B": "300.00"}
    assert given(300, (BILLS[0], extended), may(19)) == {"A": "300.00"}
    planned = BILLS[0].record(PlanAgreed([DueAmount(july(1), eur(1000))], on=june(1)))
    assert given(700, (planned, BILLS[1])) == {"B": "100.00", "A": "600.00"}


def test_what_waits_comes_last_and_what_is_held_gets_nothing():
    waiting = bill(50, number="W", terms=PaymentTerms([Installment(Percent(100), after="x")]))
    held = bill(100, number="H", held=eur(10), issued_on=june(1))
    assert given(140, (waiting, held)) == {"W": "50.00", "H": "90.00"}
    assert given(100, (waiting, held)) == {"W": "10.00", "H": "90.00"}
    assert given(141, (waiting, held), order=PaymentOrder.LARGEST)[""] == "1.00"
    released = held.record(RetainageReleased(eur(10), june(20), on=june(20)))
    assert given(110, (released,), june(19)) == {"H": "90.00", "": "20.00"}
    assert given(110, (released,), june(20)) == {"H": "100.00", "": "10.00"}


NOTE = attrs.evolve(
    bill(-100, number="N"), kind=InvoiceKind.CREDIT_NOTE, effect=CreditEffect.PRICE_REDUCTION
)
NEVER = {
    "a draft": bill(100, number=None),
    "a draft with a number": bill(100, number="D", issued_on=None),
    "a void": bill(100, Voided("x", on=may(2)), number="V"),
    "a void of a later day": bill(100, Voided("x", on=june(21)), number="V"),
    "a credit note": NOTE,
    "issued the day after": bill(100, number="L", issued_on=june(21)),
    "paid": bill(100, Payment(eur(100), on=may(2)), number="P"),
    "written off": bill(100, WrittenOff(eur(100), on=may(2)), number="W"),
    "a bill of zero": bill(0, number="Z"),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("never", NEVER.values(), ids=NEVER)
def test_some_are_never_paid(never: Invoice, order: PaymentOrder):
    applied = apply_payment(eur(50), [never], as_of=june(20), order=order)
    assert (applied.facts, applied.left_over, applied.invoices) == ((), eur(50), (never,))


LATER_CREDIT = Credited(eur(700), "N", on=june(25))
BOUNCED = Payment(eur(800), on=may(2))


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        pytest.param([Payment(eur(400), on=june(25))], june(20), "600.00", id="400 paid later"),
        pytest.param([LATER_CREDIT], june(20), "300.00", id="1000 - 700 credited later"),
        pytest.param([LATER_CREDIT], june(25), "300.00", id="credited that day"),
        pytest.param(
            [BOUNCED, Reversed(BOUNCED, "x", on=june(21))],
            june(20),
            "200.00",
            id="800 bounce the day after",
        ),
        pytest.param(
            [BOUNCED, Reversed(BOUNCED, "x", on=june(20))], june(20), "1000.00", id="that day"
        ),
        pytest.param([Payment(eur(1000), on=june(25))], june(20), None, id="all paid later"),
    ],
)
def test_what_is_recorded_of_later_days_leaves_less_room(
    facts: list[Payment], day: date, expected: str | None
):
    bills = (bill(1000, *facts, number="1"),)
    got = given(5000, bills, day)
    assert got.get("1") == expected
    (told,) = apply_payment(eur(5000), bills, as_of=day).invoices
    assert not invoice_status(told, as_of=july(31)).unapplied


def test_later_cash_may_not_be_driven_into_what_is_held():
    told = bill(1000, Payment(eur(700), on=june(25)), number="1", held=eur(100))
    assert given(900, (told,)) == {"1": "200.00", "": "700.00"}


def discounted(*facts: Payment) -> tuple[Invoice, Invoice]:
    return bill(1000, *facts, number="D", terms=TWO_TEN), bill(500, number="E", issued_on=may(2))


@pytest.mark.parametrize(
    ("amount", "day", "take", "expected"),
    [
        pytest.param(980, may(11), True, {"D": "980.00"}, id="980 settle on the last day"),
        pytest.param(1000, may(11), True, {"D": "980.00", "E": "20.00"}, id="20 go on"),
        pytest.param(979, may(11), True, {"D": "979.00"}, id="979 do not"),
        pytest.param(1000, may(12), True, {"D": "1000.00"}, id="the day after nothing is off"),
        pytest.param(1000, may(11), False, {"D": "1000.00"}, id="not taken"),
        pytest.param(1480, may(11), True, {"D": "980.00", "E": "500.00"}, id="all, less 20"),
        pytest.param(1490, may(11), True, {"D": "990.00", "E": "500.00"}, id="10 given back"),
        pytest.param(1500, may(11), True, {"D": "1000.00", "E": "500.00"}, id="who pays all"),
        pytest.param(
            1501, may(11), True, {"D": "1000.00", "E": "500.00", "": "1.00"}, id="1 too much"
        ),
    ],
)
def test_no_more_cash_goes_into_what_is_settled_by_less(
    amount: int, day: date, take: bool, expected: dict[str, str]
):
    assert given(amount, discounted(), day, take_discounts=take) == expected


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_takes_discounts(order: PaymentOrder):
    applied = apply_payment(eur(1480), discounted(), as_of=may(11), order=order)
    assert not applied.left_over
    (item,) = due_items(applied.invoices[0], as_of=may(11))
    assert (item.paid, item.discount, item.open) == (eur(980), eur(20), eur(0))


def test_a_discount_of_an_instalment_is_left_off_it_alone():
    own = [
        Installment(Percent(50), DueRule((AddDays(14),)), discounts=[EarlyDiscount(2, 10)]),
        Installment(Percent(50), DueRule((AddDays(30),))),
    ]
    told = (bill(1000, number="1", terms=PaymentTerms(own)), bill(100, number="2"))
    assert given(1000, told, may(11)) == {"1": "990.00", "2": "10.00"}
    assert given(490, told, may(11), order=PaymentOrder.LARGEST) == {"1": "490.00"}
    planned = told[0].record(PlanAgreed([DueAmount(june(1), eur(1000))], on=may(2)))
    assert given(1090, (planned, told[1]), may(11)) == {"1": "990.00", "2": "100.00"}
    between = bill(100, number="2", terms=PaymentTerms.net(20))
    assert given(495, (told[0], between), may(11)) == {"1": "490.00", "2": "5.00"}


def test_a_discount_of_the_whole_is_left_off_the_last_instalments():
    terms = attrs.evolve(HALVES, discounts=[EarlyDiscount(60, 10)])
    told = (bill(100, number="1", terms=terms), bill(100, number="2"))
    assert given(50, told, may(11)) == {"1": "40.00", "2": "10.00"}


def test_a_later_payment_that_takes_the_discount_leaves_less_room():
    told = (bill(1000, Payment(eur(500), on=may(9)), number="1", terms=TWO_TEN),)
    both = (*told, bill(100, number="2"))
    assert given(500, both, may(5)) == {"1": "480.00", "2": "20.00"}
    assert given(1000, told, may(5)) == {"1": "500.00", "": "500.00"}
    assert given(1000, told, may(12)) == {"1": "500.00", "": "500.00"}


def test_a_later_payment_behind_the_window_leaves_what_no_discount_takes_off():
    told = (bill(1000, Payment(eur(300), on=may(12)), number="1", terms=TWO_TEN),)
    assert given(1000, told, may(11)) == {"1": "700.00", "": "300.00"}
    assert given(699, told, may(11)) == {"1": "699.00"}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param(300, {"1": "700.00"}, id="300 to come leave room for 700"),
        pytest.param(301, {"1": "699.00", "2": "1.00"}, id="301 leave room for 699, and 1 goes on"),
    ],
)
def test_what_a_later_payment_leaves_no_room_for_goes_on(later: int, expected: dict[str, str]):
    told = bill(1000, Payment(eur(later), on=may(12)), number="1", terms=TWO_TEN)
    assert given(700, (told, bill(100, number="2")), may(11)) == expected


def test_a_discount_of_one_cent_that_is_out_of_reach_leaves_room_for_it():
    # 0.99 would settle it, but for the 0.50 to come; then 0.50 goes in, and not 0.49.
    one_percent = PaymentTerms.net(30, discounts=[EarlyDiscount(1, 10)])
    told = bill("1.00", Payment(eur("0.50"), on=may(12)), number="1", terms=one_percent)
    both = (told, bill(1, number="2"))
    assert given("0.50", both, may(11)) == {"1": "0.50"}
    assert given("1.00", both, may(11)) == {"1": "0.50", "2": "0.50"}


def test_a_write_off_of_the_day_may_put_a_discount_out_of_reach():
    told = (bill(1000, WrittenOff(eur(100), on=may(9)), number="1", terms=TWO_TEN),)
    assert given(1000, told, may(9)) == {"1": "900.00", "": "100.00"}


def test_a_discount_that_all_that_is_open_fits_into_needs_some_cash():
    told = (bill(1000, WrittenOff(eur(985), on=may(8)), number="1", terms=TWO_TEN),)
    assert given(100, told, may(9)) == {"1": "15.00", "": "85.00"}


def test_without_discounts_what_is_held_gets_no_cash_either():
    own = PaymentTerms([Installment(Percent(100), discounts=[EarlyDiscount(2, 10)])])
    told = (bill(1000, number="1", terms=own, held=eur(500)),)
    # Beyond 490 the discount is taken by itself, and cash would go on to what is held.
    assert given(500, told, may(9), take_discounts=False) == {"1": "490.00", "": "10.00"}


FEES = attrs.evolve(
    bill(1, number="F", issued_on=june(15)), lines=[late_fee_line("Interest", eur(30))]
)


def charge(interest: int, compensation: int, fee: int) -> LateCharge:
    amounts = (eur(each) for each in (interest, compensation, fee))
    return LateCharge("B", june(20), (), *amounts, ())


@pytest.mark.parametrize(
    ("amount", "expected", "to_charges"),
    [
        pytest.param(30, {"F": "30.00"}, [], id="billed charges"),
        pytest.param(75, {"F": "30.00"}, [("B", 45)], id="40 + 5 costs of B"),
        pytest.param(80, {"F": "30.00"}, [("B", 45), ("A", 5)], id="5 costs of A"),
        pytest.param(90, {"F": "30.00"}, [("B", 45), ("A", 15)], id="15 costs of A"),
        pytest.param(110, {"F": "30.00"}, [("B", 65), ("A", 15)], id="then 20 interest of B"),
        pytest.param(111, {"F": "30.00", "A": "1.00"}, [("B", 65), ("A", 15)], id="principal"),
    ],
)
def test_costs_come_first_then_interest_then_the_principal(
    amount: int, expected: dict[str, str], to_charges: list[tuple[str, int]]
):
    applied = apply_payment(
        eur(amount),
        (*BILLS, FEES),
        as_of=june(20),
        order=PaymentOrder.CHARGES_FIRST,
        charges={"B": charge(20, 40, 5), "A": eur(15), "C": charge(0, 0, 0)},
    )
    assert {number: str(fact.amount.amount) for number, fact in applied.facts} == expected
    assert applied.to_charges == tuple((name, eur(minor)) for name, minor in to_charges)
    paid = sum(fact.amount.minor for _, fact in applied.facts)
    assert paid + sum(part.minor for _, part in applied.to_charges) == eur(amount).minor


def test_a_bill_with_a_charge_among_its_lines_is_not_one():
    mixed = attrs.evolve(FEES, lines=[*FEES.lines, *bill(100).lines])
    order = PaymentOrder.CHARGES_FIRST
    assert given(10, (*BILLS, FEES), order=order) == {"F": "10.00"}
    assert given(10, (*BILLS, mixed), order=order) == {"A": "10.00"}


def test_the_client_may_say_what_it_pays():
    said = {"C": eur(300), "A": eur(100)}
    how = {"order": PaymentOrder.AS_INSTRUCTED, "instructed": said}
    assert given(450, **how) == {"A": "100.00", "C": "300.00", "": "50.00"}
    assert given(400, **how) == {"A": "100.00", "C": "300.00"}
    how["instructed"] = {"D": eur(1000)}
    assert given(1000, discounted(), may(11), **how) == {"D": "1000.00"}


@pytest.mark.parametrize(
    ("said", "error", "match"),
    [
        ({"C": eur("300.01")}, PaymentError, "for 'C' than it has open: expected at most EUR 300"),
        ({"N": eur(1)}, PaymentError, r"for 'N' .* expected at most EUR 0.00, got EUR 1.00"),
        (
            {"B": eur(400), "A": eur("100.01")},
            PaymentError,
            "than came in: expected at most EUR 500.00, got EUR 500.01",
        ),
        ({"X": eur(1)}, UnknownInvoiceError, "no invoice has this number"),
        ({"B": eur(0)}, NumberRangeError, "what is instructed for 'B' is not above zero"),
        ({"B": Money.of(1, "USD")}, CurrencyMismatchError, "USD"),
        ({"B": 1}, WrongTypeError, "what is instructed for 'B'"),
        ([("B", eur(1))], WrongTypeError, "instructed is of the wrong type"),
    ],
)
def test_what_cannot_be_instructed_is_refused(
    said: Mapping[str, Money], error: type[Exception], match: str
):
    with pytest.raises(error, match=match):
        given(500, (*BILLS, NOTE), order=PaymentOrder.AS_INSTRUCTED, instructed=said)


@pytest.mark.parametrize(
    ("how", "error", "match"),
    [
        (
            {"instructed": {"B": eur(1)}},
            ArgumentsError,
            "instructed and the order .* with order=PaymentOrder.AS_INSTRUCTED, got some with OLD",
        ),
        ({"order": PaymentOrder.AS_INSTRUCTED}, ArgumentsError, "got none with AS_INSTRUCTED"),
        ({"charges": {"B": eur(1)}}, ArgumentsError, "charges and the order of payment do not"),
        ({"order": "oldest"}, WrongTypeError, "the order of payment"),
        ({"take_discounts": 1}, WrongTypeError, "take_discounts"),
        ({"bills": (*BILLS, BILLS[0])}, DuplicateNumberError, "two invoices have one number"),
        (
            {"bills": (*BILLS, bill(1, number="X", buyer=Party("bolt", "Bolt")))},
            PaymentError,
            "one payment or plan is of one client: expected invoices of 'acme', got 'bolt'",
        ),
        ({"amount": 0}, NumberRangeError, "a payment is not above zero"),
        ({"day": "2026-06-20"}, DateTypeError, "as_of is not a plain date"),
        ({"method": 1}, WrongTypeError, "the method of a payment"),
    ],
)
def test_what_makes_no_sense_is_refused(how: dict[str, object], error: type[Exception], match: str):
    with pytest.raises(error, match=match):
        given(how.pop("amount", 500), **how)


@pytest.mark.parametrize(
    ("charges", "error", "match"),
    [
        ({"B": eur(0)}, NumberRangeError, "a charge is not above zero"),
        ({"B": Money.of(1, "USD")}, CurrencyMismatchError, "USD"),
        ({"B": 5}, WrongTypeError, "a charge is of the wrong type: expected LateCharge or Money"),
        ({" ": eur(1)}, BlankTextError, "the name of a charge"),
    ],
)
def test_a_claim_that_is_none_is_refused(
    charges: dict[str, Money], error: type[Exception], match: str
):
    with pytest.raises(error, match=match):
        given(500, order=PaymentOrder.CHARGES_FIRST, charges=charges)


def test_a_payment_in_another_currency_is_refused():
    with pytest.raises(CurrencyMismatchError, match="USD"):
        apply_payment(Money.of(1, "USD"), BILLS, as_of=june(20))


def test_each_fact_has_what_the_bank_line_says():
    applied = apply_payment(
        eur(301),
        BILLS,
        as_of=june(20),
        method="bank",
        reference="17/3",
        recorded_on=june(22),
    )
    expected = Payment(eur(1), "bank", "17/3", on=june(20), recorded_on=june(22))
    assert applied.facts[0] == ("B", expected)
    assert applied.payment == attrs.evolve(expected, amount=eur(301))
    assert applied.invoices[0].facts == (expected,)
    assert applied.invoices[2] is BILLS[2]


def test_an_answer_says_why():
    applied = apply_payment(
        eur(2035),
        (*discounted(), FEES),
        as_of=june(20),
        order=PaymentOrder.CHARGES_FIRST,
        charges={"D": eur(5)},
    )
    assert [str(reason) for reason in applied.reasons] == [
        "D: EUR 1000.00 of EUR 1000.00 open, EUR 0.00 left",
        "E: EUR 500.00 of EUR 500.00 open, EUR 0.00 left",
        "F: EUR 30.00 of EUR 30.00 open, EUR 0.00 left",
        "D: EUR 5.00 of charges",
        "EUR 500.00 left over",
    ]
    assert applied.reasons[0].facts == (applied.facts[0][1],)


def test_what_is_left_over_may_stand_on_account():
    applied = apply_payment(eur(2000), BILLS, as_of=june(20), reference="17/3")
    money = applied.on_account()
    assert money is not None
    assert (money.party, money.amount, money.on) == (ACME.key, eur(100), june(20))
    assert money.reference == "17/3"
    other = applied.on_account("bolt")
    assert other is not None
    assert other.party == "bolt"


def test_nothing_left_over_is_no_money_on_account():
    assert apply_payment(eur(300), BILLS, as_of=june(20)).on_account() is None


def test_money_of_nobody_is_no_money_on_account():
    applied = apply_payment(eur(300), [], as_of=april(1))
    assert applied.left_over == eur(300)
    with pytest.raises(ArgumentsError, match="nothing says whose money it is"):
        applied.on_account()
    with pytest.raises(BlankTextError, match="the party of money on account"):
        applied.on_account(" ")
    assert applied.on_account("acme").reference == ""
