"""What facts of one day fill: as they were recorded, but for discounts its cash is one sum."""

import pytest

from milestone_invoicing import (
    AddDays,
    Credited,
    DueRule,
    EarlyDiscount,
    EventOccurred,
    Installment,
    InvoiceFact,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    Refunded,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.positions import position_on
from tests.unit.bills import april, bill, eur, filled, may

THREE = PaymentTerms(
    [Installment(eur(amount), DueRule((AddDays(10 + place),)))
     for place, amount in enumerate((60, 100, 40))]
)  # fmt: skip
TWO_TEN = EarlyDiscount(2, 10)
WHOLE = PaymentTerms.net(30, discounts=[TWO_TEN])
EACH = PaymentTerms([Installment(Percent(50), discounts=[TWO_TEN]) for _ in "ab"])


def paid(amount: int | str, day: int = 5) -> Payment:
    return Payment(eur(amount), on=may(day))


def credited(amount: int | str, day: int = 5) -> Credited:
    return Credited(eur(amount), "N", on=may(day))


def given_up(amount: int | str, day: int = 5) -> WrittenOff:
    return WrittenOff(eur(amount), on=may(day))


def withheld(amount: int | str, day: int = 5) -> Withheld:
    return Withheld(eur(amount), on=may(day))


def recovered(amount: int | str, day: int = 5) -> Recovered:
    return Recovered(eur(amount), on=may(day))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([paid(40), credited(100)], "p40 c20, c80 o20, o40"),
        ([credited(100), paid(40)], "c60, p40 c40 o20, o40"),
        ([paid(40, 4), credited(100)], "p40 c20, c80 o20, o40"),
        ([credited(100), paid(40, 4)], "p40 c20, c80 o20, o40"),
        ([paid(40), credited(100), paid(30)], "p40 c20, p20 c80, p10 o30"),
        ([paid(30), paid(10), credited(100)], "p40 c20, c80 o20, o40"),
        ([paid(40), withheld(100)], "p40 t20, t80 o20, o40"),
        ([withheld(100), paid(40)], "t60, p40 t40 o20, o40"),
        ([paid(40), withheld(50), credited(60)], "p40 t20, c60 t30 o10, o40"),
        ([credited(60), withheld(50), paid(40)], "c60, p40 t50 o10, o40"),
        ([given_up(50), paid(60)], "p10 w50, p50 o50, o40"),
        ([paid(60), given_up(50)], "p60, w50 o50, o40"),
        ([given_up(50), credited(60), paid(20)], "c10 w50, p20 c50 o30, o40"),
        ([given_up(70), paid(50), recovered(60)], "p60, p50 w10 o40, o40"),
        ([given_up(70), recovered(60), paid(50)], "p60, p50 w10 o40, o40"),
        ([paid(50), given_up(70), recovered(60)], "p60, p50 w10 o40, o40"),
        ([paid(40), credited(160), paid(10), Refunded(eur(10), on=may(5))],
         "p40 c20, c100, c40"),
        ([credited(160), paid(40), paid(10), Refunded(eur(10), on=may(5))],
         "c60, c100, p40"),
        ([credited(100, 1), Payment(eur(40), on=april(9))], "p40 c20, c80 o20, o40"),
        ([credited(100, 1), paid(40, 1)], "c60, p40 c40 o20, o40"),
    ],
)  # fmt: skip
def test_money_of_one_day_fills_as_it_was_recorded(facts: list[InvoiceFact], expected: str):
    told = bill(200, *facts, terms=THREE)
    assert filled(told, may(5)) == expected
    money = position_on(told, may(5))
    assert money.received == money.paid + money.unapplied + money.refunded


@pytest.mark.parametrize(
    ("terms", "facts", "expected"),
    [
        (WHOLE, [credited(200), paid(784)], "p784 d16 c200"),
        (WHOLE, [paid(784), credited(200)], "p784 d16 c200"),
        (WHOLE, [paid("783.99"), credited(200)], "p783.99 c200 o16.01"),
        (WHOLE, [withheld(150), paid(830)], "p830 d20 t150"),
        (WHOLE, [paid(830), withheld(150)], "p830 d20 t150"),
        (WHOLE, [paid(500), credited(200), paid(284)], "p784 d16 c200"),
        (WHOLE, [given_up(20), paid(970)], "p970 d10 w20"),
        (WHOLE, [paid(970), given_up(20)], "p970 w20 o10"),
        (WHOLE, [given_up(20), recovered(20), paid(960)], "p980 d20"),
        (WHOLE, [given_up(20), paid(960), recovered(20)], "p980 d20"),
        (WHOLE, [paid(980), paid(20)], "p1000"),
        (WHOLE, [paid(980), paid(5), paid(10), paid(15)], "p1000"),
        (WHOLE, [paid(400), credited(600), paid(590, 4)], "p400 c600"),
        (EACH, [credited(250), paid(490)], "p245 d5 c250, p245 o255"),
        (EACH, [paid(490), credited(250)], "p490 d10, c250 o250"),
        (EACH, [paid(490), credited(250), paid(245)], "p490 d10, p245 d5 c250"),
        (EACH, [paid(490), credited(250), paid(255)], "p500, p245 d5 c250"),
        (EACH, [paid(490), credited(250), paid(260)], "p500, p250 c250"),
        (EACH, [paid(480), credited(11)], "p480 d9 c11, o500"),
        (EACH, [paid(480), given_up(11)], "p480 w11 o9, o500"),
    ],
)
def test_for_a_discount_the_cash_of_one_day_counts_together(
    terms: PaymentTerms, facts: list[InvoiceFact], expected: str
):
    assert filled(bill(1000, *facts, terms=terms), may(5)) == expected


@pytest.mark.parametrize("cash", [[900], [882, 18], [880, 2, 18], [450, 450]], ids=str)
def test_who_pays_all_that_is_due_in_parts_takes_no_discount_and_pays_nothing_held(cash: list[int]):
    told = bill(1000, *map(paid, cash), terms=WHOLE, held=eur(100))
    assert filled(told, may(5)) == "p900, h100"


def test_a_discount_taken_that_day_stays_while_something_else_settles_what_is_held():
    told = bill(1000, paid(882), given_up(30), credited(20), terms=WHOLE, held=eur(100))
    assert filled(told, may(5)) == "p882 d18, c20 w30 h50"


def test_a_date_counts_for_all_the_money_of_its_day():
    waits = PaymentTerms(
        [Installment(Percent(50), after="a"), Installment(Percent(50), DueRule((AddDays(30),)))]
    )
    came = EventOccurred("a", on=may(5))
    for facts in ([came, paid(600)], [paid(600), came]):
        assert filled(bill(1000, *facts, terms=waits), may(5)) == "p500, p100 o400"


def test_refusals_go_by_the_same_order():
    first = bill(1000, credited(600), paid(600))
    assert position_on(first, may(5)).unapplied == eur(200)
    message = r"expected at most EUR 400\.00, which is outstanding, got EUR 600\.00$"
    with pytest.raises(ImpossibleFactError, match=message):
        bill(1000, paid(600), credited(600))
