"""What was billed or paid as charges is deducted from the next charge."""

from datetime import date
from fractions import Fraction

import pytest

from milestone_invoicing import (
    AddDays,
    CurrencyMismatchError,
    DayCount,
    DueRule,
    Installment,
    Invoice,
    LateCharge,
    LateCharged,
    LatePolicy,
    Money,
    NumberRangeError,
    Payment,
    PaymentOrder,
    PaymentTerms,
    Percent,
    Reversed,
    Voided,
    apply_payment,
    late_charge,
)
from tests.unit.bills import bill, eur, july, june, may

# Of 1,000.00 each day costs exactly 0.10; 40 days of it on 10 July, 62 on 1 August.
POLICY = LatePolicy("3.65", compensation=eur(40), fee=eur(7))
AUGUST = date(2026, 8, 1)


def charged(amount: str, day: date | None = None) -> LateCharged:
    return LateCharged(eur(amount), "2", on=day or july(10))


@pytest.mark.parametrize(
    ("facts", "costs", "interest"),
    [
        pytest.param([], "47.00", "6.20", id="nothing = 47 + 62 x 0.10"),
        pytest.param([charged("46.99")], "0.01", "6.20", id="46.99 of costs"),
        pytest.param([charged("47.00")], "0.00", "6.20", id="47.00 are the costs"),
        pytest.param([charged("47.01")], "0.00", "6.19", id="then interest"),
        pytest.param([charged("51.00")], "0.00", "2.20", id="the charge of 10 July"),
        pytest.param([charged("53.20")], "0.00", "0.00", id="all"),
        pytest.param([charged("53.21")], "0.00", "-0.01", id="a cent goes back"),
        pytest.param([charged("1.00"), charged("2.00", july(11))], "44.00", "6.20", id="1 + 2"),
        pytest.param([charged("47.00", AUGUST)], "0.00", "6.20", id="of that day"),
        pytest.param([charged("47.00", date(2026, 8, 2))], "47.00", "6.20", id="of the next day"),
    ],
)
def test_what_was_charged_is_deducted_from_costs_then_from_interest(
    facts: list[LateCharged], costs: str, interest: str
):
    charge = late_charge(bill(1000, *facts), POLICY, as_of=AUGUST)
    assert (charge.costs_left, charge.interest_left) == (eur(costs), eur(interest))
    assert charge.total == charge.costs_left + charge.interest_left
    assert (charge.compensation + charge.fee, charge.interest) == (eur(47), eur("6.20"))


def test_a_charge_gives_the_fact_that_it_is_billed_and_the_next_begins_at_zero():
    late = bill(1000)
    first = late_charge(late, POLICY, as_of=july(10))
    fact = first.fact("2026-031")
    assert fact == LateCharged(eur("51.00"), "2026-031", on=july(10))
    assert first.fact(on=july(11)) == LateCharged(eur("51.00"), on=july(11))
    billed = late.record(fact)
    again = late_charge(billed, POLICY, as_of=july(10))
    assert (again.total, again.charged, again.reasons[-1].facts) == (eur(0), eur(51), (fact,))
    assert str(again.reasons[-1]) == "charged before EUR 51.00"
    assert late_charge(billed, POLICY, as_of=july(11)).total == eur("0.10")
    with pytest.raises(
        NumberRangeError, match=r"a late charge is not above zero: expected .* 0\.00"
    ):
        again.fact()


def test_what_was_charged_by_mistake_is_taken_back():
    fact = charged("51.00")
    back = bill(1000, fact, Reversed(fact, "entered by mistake", on=july(12)))
    found = [late_charge(back, POLICY, as_of=july(day)).charged for day in (9, 10, 11, 12)]
    assert found == [eur(0), eur(51), eur(51), eur(0)]


def test_what_was_charged_for_a_void_goes_back():
    void = bill(1000, charged("51.00"), Voided("x", on=july(20)))
    charge = late_charge(void, POLICY, as_of=AUGUST)
    assert (charge.total, charge.costs_left, charge.interest_left) == (eur(-51), eur(0), eur(-51))
    applied = apply_payment(
        eur(10), [void], as_of=AUGUST, order=PaymentOrder.CHARGES_FIRST, charges={"1": charge}
    )
    assert (applied.to_charges, applied.left_over) == ((), eur(10))


def test_a_part_payment_of_costs_first_is_not_charged_again():
    late, other = bill(1000), bill(300, number="2", issued_on=july(1))
    first = late_charge(late, POLICY, as_of=july(10))
    applied = apply_payment(
        eur(551),
        [late, other],
        as_of=july(10),
        order=PaymentOrder.CHARGES_FIRST,
        charges={"late payment of 1": first},
        reference="17/3",
        recorded_on=july(13),
    )
    fact = LateCharged(eur(51), "17/3", on=july(10), recorded_on=july(13))
    assert applied.to_charges == (("late payment of 1", eur(51)),)
    assert applied.charged == (("1", fact),)
    assert fact in applied.invoices[0].facts
    assert applied.invoices[1] is other
    # 22 days of 0.05 since, for 500.00.
    charge = late_charge(applied.invoices[0], POLICY, as_of=AUGUST)
    assert (charge.total, charge.costs_left, charge.interest_left) == (
        eur("1.10"),
        eur(0),
        eur("1.10"),
    )
    rest = apply_payment(
        eur(10),
        applied.invoices[:1],
        as_of=AUGUST,
        order=PaymentOrder.CHARGES_FIRST,
        charges={"1": charge},
    )
    assert rest.to_charges == (("1", eur("1.10")),)
    assert str(rest.facts[0][1].amount) == "EUR 8.90"


def given(charges: dict[str, LateCharge | Money], *bills: Invoice, amount: int = 60) -> dict:
    applied = apply_payment(
        eur(amount), bills, as_of=july(10), order=PaymentOrder.CHARGES_FIRST, charges=charges
    )
    assert [each.facts for each in applied.invoices] == [
        (
            *each.facts,
            *(fact for number, fact in applied.facts if number == each.number),
            *(fact for number, fact in applied.charged if number == each.number),
        )
        for each in bills
    ]
    return {number: str(fact.amount.amount) for number, fact in applied.charged}


LATE = bill(1000)
OF_LATE = late_charge(LATE, POLICY, as_of=july(10))


@pytest.mark.parametrize(
    ("charges", "bills", "expected"),
    [
        pytest.param({"1": OF_LATE}, [LATE], {"1": "51.00"}, id="by its number"),
        pytest.param({"x": OF_LATE}, [LATE], {"1": "51.00"}, id="by the number of the charge"),
        pytest.param({"1": eur(30)}, [LATE], {"1": "30.00"}, id="an amount, by its name"),
        pytest.param({"dunning": eur(30)}, [LATE], {}, id="an amount of no invoice"),
        pytest.param({"1": eur(5), "x": OF_LATE}, [LATE], {"1": "56.00"}, id="both = 5 + 51"),
        pytest.param({"1": OF_LATE}, [bill(5, number="2")], {}, id="of an invoice not given"),
        pytest.param({"1": eur(5)}, [bill(issued_on=july(11))], {}, id="of one issued later"),
        pytest.param({"1": eur(5)}, [bill(1000, Voided("x", on=july(12)))], {}, id="of a void"),
    ],
)
def test_what_is_paid_is_recorded_on_the_invoice_that_was_late(
    charges: dict[str, LateCharge | Money], bills: list[Invoice], expected: dict[str, str]
):
    assert given(charges, *bills) == expected


MONTHLY = LatePolicy(12, day_count=DayCount.THIRTY_360, compound_months=1, fee=eur(7))
# 30/360: 10.00 in June, and in July 1 % of 1,000.00 and of what June left.


@pytest.mark.parametrize(
    ("facts", "interest"),
    [
        pytest.param([], ["1000", "1010", "1020.1"], id="nothing charged"),
        pytest.param([charged("7.00", june(30))], ["1000", "1010", "1020.1"], id="costs alone"),
        pytest.param([charged("12.00", june(30))], ["1000", "1005", "1015.05"], id="5 of interest"),
        pytest.param([charged("17.00", june(30))], ["1000", "1000", "1010"], id="10 of interest"),
        pytest.param(
            [charged("7.00", june(30)), charged("10.00", june(30))],
            ["1000", "1000", "1010"],
            id="7 + 10 on one day",
        ),
        pytest.param(
            [charged("3.00", may(20))], ["1000", "1010", "1020.1"], id="before it was late"
        ),
        pytest.param([charged("99.00", june(30))], ["1000", "1000", "1010"], id="too much"),
        pytest.param(
            [charged("14.50", june(15))],
            ["500", "500", "1005", "1015.05"],
            id="7.50, of which 5.00 have accrued",
        ),
        pytest.param(
            [charged("19.00", july(15))],
            ["1000", "505", "500", "1008.05"],
            id="12.00: June's 10.00 first, 2.00 of July's 5.05",
        ),
        pytest.param(
            [charged("24.50", july(15))],
            ["1000", "505", "500", "1005"],
            id="17.50, of which 15.05 have accrued",
        ),
    ],
)
def test_interest_that_was_charged_bears_none(facts: list[LateCharged], interest: list[str]):
    charge = late_charge(bill(1000, *facts), MONTHLY, as_of=date(2026, 8, 30))
    assert [span.interest for span in charge.spans] == [Fraction(each) for each in interest]


# 500.00 due on 31 May and 500.00 due on 30 June; the first is paid on 30 June, after 5.00.
TWO = PaymentTerms([Installment(Percent(50), DueRule((AddDays(days),))) for days in (30, 60)])


@pytest.mark.parametrize(
    ("amount", "last"),
    [
        pytest.param("12.00", "505", id="5.00 are of the first"),
        pytest.param("14.00", "503", id="then 2.00 of the second"),
        pytest.param("18.00", "500", id="and all of its 5.00"),
    ],
)
def test_interest_of_what_was_paid_before_is_charged_too(amount: str, last: str):
    paid = Payment(eur(500), on=june(30))
    invoice = bill(1000, paid, charged(amount, july(30)), terms=TWO)
    charge = late_charge(invoice, MONTHLY, as_of=date(2026, 8, 30))
    assert [(span.installment, span.interest) for span in charge.spans] == [
        (1, 500),
        (2, 500),
        (2, Fraction(last)),
    ]


def test_the_reasons_of_compounded_interest_add_up_to_the_total():
    policy = LatePolicy(12, compound_months=1, compensation=eur(40), fee=eur(7))
    invoice = bill("333.33", charged("5.00", july(2)))
    charge = late_charge(invoice, policy, as_of=date(2026, 9, 9))
    texts = [str(reason).removeprefix("instalment 1: ") for reason in charge.reasons]
    assert texts == [
        "EUR 333.33 at 12%, 30 days after 2026-05-31: EUR 3.29",
        "EUR 333.33 and EUR 3.29 of interest at 12%, 2 days after 2026-06-30: EUR 0.22",
        "EUR 333.33 and EUR 3.29 of interest at 12%, 29 days after 2026-07-02: EUR 3.21",
        "EUR 333.33 and EUR 6.72 of interest at 12%, 31 days after 2026-07-31: EUR 3.46",
        "EUR 333.33 and EUR 10.18 of interest at 12%, 9 days after 2026-08-31: EUR 1.02",
        "compensation EUR 40.00 for EUR 333.33 late",
        "fee EUR 7.00",
        "charged before EUR 5.00",
    ]
    parts = [eur(text.rsplit("EUR ", 1)[1]) for text in texts[:5]]
    assert Money.total(parts, currency=charge.total.currency) == charge.interest
    assert charge.total == charge.interest + eur(42)


def test_a_charge_in_another_currency_is_refused():
    dollars = LateCharged(Money.of(5, "USD"), on=july(10))
    with pytest.raises(CurrencyMismatchError, match=r"a late charge is in another currency"):
        bill(1000, dollars)
