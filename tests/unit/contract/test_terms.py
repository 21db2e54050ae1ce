"""Payment terms as equations: what is due when, of which payable."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    AddMonths,
    BusinessCalendar,
    DayOfMonth,
    DueAmount,
    DueRule,
    EndOfMonth,
    Installment,
    Money,
    PaymentTerms,
    Percent,
    Remainder,
    RollToBusinessDay,
    Weight,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateRangeError,
    DateTypeError,
    DueBeforeStartError,
    NumberRangeError,
    NumberTypeError,
    PaymentTermsError,
    RemainderSignError,
    SharesError,
    WrongTypeError,
)

NOON = datetime(2026, 5, 4, 12)
HUNDRED = Money.of(100, "EUR")
NET_30 = DueRule((AddDays(30),))
HALVES = PaymentTerms([Installment(Percent(50)), Installment(Percent(50), NET_30)])
RETAINER = PaymentTerms(
    [Installment(Percent(30)), Installment(Money.of(20, "EUR"), NET_30), Installment(REST, NET_30)]
)
FRIDAYS = PaymentTerms(
    [Installment(Percent(100), DueRule((AddDays(30), RollToBusinessDay(BusinessCalendar()))))]
)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def due(terms: PaymentTerms, payable: str, issued_on: str) -> list[tuple[str, str]]:
    parts = terms.due(eur(payable), date.fromisoformat(issued_on))
    return [(str(part.due_on), str(part.amount.amount)) for part in parts]


DATES = {
    "on receipt": (PaymentTerms.on_receipt(), "2026-05-04", "2026-05-04"),
    "no terms = on receipt": (PaymentTerms(), "2026-05-04", "2026-05-04"),
    "net 0 = on receipt": (PaymentTerms.net(0), "2026-05-04", "2026-05-04"),
    "net 30": (PaymentTerms.net(30), "2026-01-31", "2026-03-02"),
    "net 30, leap year": (PaymentTerms.net(30), "2028-01-31", "2028-03-01"),
    "EOM": (PaymentTerms.end_of_month(), "2026-05-04", "2026-05-31"),
    "EOM of a month end": (PaymentTerms.end_of_month(), "2026-05-31", "2026-05-31"),
    "EOM, February": (PaymentTerms.end_of_month(), "2028-02-01", "2028-02-29"),
    "30 days, then EOM": (PaymentTerms.end_of_month(first_days=30), "2026-01-31", "2026-03-31"),
    "EOM, then 30 days": (PaymentTerms.end_of_month(then_days=30), "2026-01-31", "2026-03-02"),
    "30 days, then EOM, on the edge": (
        PaymentTerms.end_of_month(first_days=30), "2026-05-01", "2026-05-31"),
    "30 days, then EOM, over the edge": (
        PaymentTerms.end_of_month(first_days=30), "2026-05-02", "2026-06-30"),
    "EOM, then 30 days, first of month": (
        PaymentTerms.end_of_month(then_days=30), "2026-05-01", "2026-06-30"),
    "EOM of the next month": (PaymentTerms.end_of_month(months=1), "2026-01-31", "2026-02-28"),
    "EOM of the next month, June": (
        PaymentTerms.end_of_month(months=1), "2026-06-30", "2026-07-31"),
    "10 days, EOM + 1, 5 days": (
        PaymentTerms.end_of_month(first_days=10, months=1, then_days=5),
        "2026-01-25", "2026-04-05"),
    "net 30, on a business day": (FRIDAYS, "2026-05-01", "2026-06-01"),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "issued_on", "expected"), DATES.values(), ids=DATES)
def test_when_all_of_it_is_due(terms: PaymentTerms, issued_on: str, expected: str):
    assert due(terms, "100", issued_on) == [(expected, "100.00")]


PARTS = {
    "100 in halves": (
        HALVES, "100", "2026-05-04", [("2026-05-04", "50.00"), ("2026-06-03", "50.00")]),
    "0.03 in halves: the last takes the balance": (
        HALVES, "0.03", "2026-05-04", [("2026-05-04", "0.02"), ("2026-06-03", "0.01")]),
    "-0.03 in halves: the mirror": (
        HALVES, "-0.03", "2026-05-04", [("2026-05-04", "-0.02"), ("2026-06-03", "-0.01")]),
    "0 in halves: one part on the day of issue": (
        HALVES, "0", "2026-05-04", [("2026-05-04", "0.00")]),
    "0 net 30: on the day of issue": (
        PaymentTerms.net(30), "0", "2026-05-04", [("2026-05-04", "0.00")]),
    "100 by 30 %, 20.00, rest": (
        RETAINER, "100", "2026-05-04",
        [("2026-05-04", "30.00"), ("2026-06-03", "20.00"), ("2026-06-03", "50.00")]),
    "-100 by 30 %, 20.00, rest": (
        RETAINER, "-100", "2026-05-04",
        [("2026-05-04", "-30.00"), ("2026-06-03", "-20.00"), ("2026-06-03", "-50.00")]),
    "100 in three months from Jan 31": (
        PaymentTerms.monthly(3), "100", "2026-01-31",
        [("2026-01-31", "33.33"), ("2026-02-28", "33.33"), ("2026-03-31", "33.34")]),
    "100 in two months, 30 days on": (
        PaymentTerms.monthly(2, first_days=30), "100", "2026-01-01",
        [("2026-01-31", "50.00"), ("2026-02-28", "50.00")]),
    "100 in one month": (PaymentTerms.monthly(1), "100", "2026-01-31", [("2026-01-31", "100.00")]),
    "in the order of definition, not of dates": (
        PaymentTerms([Installment(Percent(40), NET_30), Installment(Percent(60))]),
        "100", "2026-05-04", [("2026-06-03", "40.00"), ("2026-05-04", "60.00")]),
    "0.05 in three, LARGEST": (
        PaymentTerms([Installment(REST)] * 3, remainder=Remainder.LARGEST), "0.05", "2026-05-04",
        [("2026-05-04", "0.02"), ("2026-05-04", "0.02"), ("2026-05-04", "0.01")]),
    "0.05 in three, BALANCE": (
        PaymentTerms([Installment(REST)] * 3), "0.05", "2026-05-04",
        [("2026-05-04", "0.02"), ("2026-05-04", "0.02"), ("2026-05-04", "0.01")]),
    "nothing of it, then all": (
        PaymentTerms([Installment(Percent(0)), Installment(Percent(100), NET_30)]),
        "100", "2026-05-04", [("2026-05-04", "0.00"), ("2026-06-03", "100.00")]),
    "weights 1 and 3": (
        PaymentTerms([Installment(Weight(1)), Installment(Weight(3))]), "100", "2026-05-04",
        [("2026-05-04", "25.00"), ("2026-05-04", "75.00")]),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "payable", "issued_on", "expected"), PARTS.values(), ids=PARTS)
def test_what_is_due_when(terms: PaymentTerms, payable: str, issued_on: str, expected):
    assert due(terms, payable, issued_on) == expected


def test_what_is_due_is_a_value_of_day_and_amount():
    assert PaymentTerms.net(1).due(HUNDRED, date(2026, 5, 4)) == (
        DueAmount(date(2026, 5, 5), HUNDRED),
    )


RULES = {
    "EOM": (PaymentTerms.end_of_month(), (EndOfMonth(),)),
    "30 EOM": (PaymentTerms.end_of_month(first_days=30), (AddDays(30), EndOfMonth())),
    "EOM 1 + 30": (
        PaymentTerms.end_of_month(months=1, then_days=30), (EndOfMonth(1), AddDays(30))),
    "on receipt": (PaymentTerms.on_receipt(), ()),
    "monthly": (PaymentTerms.monthly(1, first_days=5), (AddDays(5), AddMonths(0))),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "steps"), RULES.values(), ids=RULES)
def test_presets_have_no_more_steps_than_they_need(terms: PaymentTerms, steps):
    assert terms.installments[0].due.steps == steps


def test_terms_hold_what_was_agreed():
    terms = PaymentTerms([Installment(REST)], note="thanks", methods=["bank"])
    assert (terms.note, terms.methods, terms.remainder) == ("thanks", ("bank",), Remainder.BALANCE)
    assert Installment(REST).due == DueRule()


REFUSALS = {
    "no instalments": (
        lambda: PaymentTerms([]), PaymentTermsError,
        ("payment terms have no instalments: expected at least one Installment, got (); "
        "payment on receipt is PaymentTerms.on_receipt()")),
    "90 %": (
        lambda: PaymentTerms([Installment(Percent(40)), Installment(Percent(50))]), SharesError,
        ("the instalments leave 10% of the payable over: expected 100% in all, got 90%; "
        "make one share REST")),
    "110 %": (
        lambda: PaymentTerms([Installment(Percent(60)), Installment(Percent(50))]), SharesError,
        "the shares ask for 10% more than the total: expected 100% in all, got 110%"),
    "110 % and the rest": (
        lambda: PaymentTerms([Installment(Percent(110)), Installment(REST)]), SharesError,
        "the shares ask for 10% more than the total: expected 100% in all, got 110%"),
    "an instalment alone": (
        lambda: PaymentTerms(Installment(REST)), WrongTypeError,
        "installments is not a collection: expected a list or tuple, got Installment("),
    "terms in words": (
        lambda: PaymentTerms("net 30"), WrongTypeError,
        "installments is not a collection: expected a list or tuple, got 'net 30'"),
    "a share among instalments": (
        lambda: PaymentTerms([Installment(Percent(50)), Percent(50)]), WrongTypeError,
        "installments[1] is of the wrong type: expected Installment, got 50%"),
    "remainder in words": (
        lambda: PaymentTerms(remainder="last"), WrongTypeError,
        "remainder is of the wrong type: expected Remainder, got 'last'"),
    "no note": (
        lambda: PaymentTerms(note=None), WrongTypeError,
        "note is of the wrong type: expected str, got None"),
    "methods in a text": (
        lambda: PaymentTerms(methods="bank"), WrongTypeError,
        "methods is not a collection: expected a list or tuple, got 'bank'"),
    "a number among methods": (
        lambda: PaymentTerms(methods=["bank", 5]), WrongTypeError,
        "methods[1] is of the wrong type: expected str, got 5"),
    "share 50": (
        lambda: Installment(50), WrongTypeError,
        ("the share of an instalment is of the wrong type: expected Percent or Money or Weight, "
        "got 50")),
    "share -1 %": (
        lambda: Installment(Percent(-1)), SharesError,
        "the share of an instalment is below zero: expected a share of zero or more, got -1%"),
    "due in 30": (
        lambda: Installment(REST, 30), WrongTypeError,
        "the due rule of an instalment is of the wrong type: expected DueRule, got 30"),
    "due in AddDays(30)": (
        lambda: Installment(REST, AddDays(30)), WrongTypeError,
        ("the due rule of an instalment is of the wrong type: expected DueRule, "
        "got AddDays(days=30)")),
    "net -1": (
        lambda: PaymentTerms.net(-1), NumberRangeError,
        "net days is too small: expected 0 or more, got -1"),
    "net 30.0": (
        lambda: PaymentTerms.net(30.0), NumberTypeError,
        "net days is not a whole number: expected int, got 30.0"),
    "net True": (
        lambda: PaymentTerms.net(True), NumberTypeError,
        "net days is not a whole number: expected int, got True"),
    "-1 days, then EOM": (
        lambda: PaymentTerms.end_of_month(first_days=-1), NumberRangeError,
        "first_days is too small: expected 0 or more, got -1"),
    "EOM of last month": (
        lambda: PaymentTerms.end_of_month(months=-1), NumberRangeError,
        "months is too small: expected 0 or more, got -1"),
    "EOM, then -1 days": (
        lambda: PaymentTerms.end_of_month(then_days=-1), NumberRangeError,
        "then_days is too small: expected 0 or more, got -1"),
    "no months": (
        lambda: PaymentTerms.monthly(0), NumberRangeError,
        "parts is too small: expected 1 or more, got 0"),
    "months from yesterday": (
        lambda: PaymentTerms.monthly(2, first_days=-1), NumberRangeError,
        "first_days is too small: expected 0 or more, got -1"),
    "of 100": (
        lambda: PaymentTerms().due(100, date(2026, 5, 4)), WrongTypeError,
        "the payable is of the wrong type: expected Money, got 100"),
    "issued on a datetime": (
        lambda: PaymentTerms().due(HUNDRED, NOON), DateTypeError,
        ("the issue date is not a plain date: expected datetime.date, got 2026-05-04 12:00:00; "
        "call .date() on a datetime")),
    "nothing, issued on a text": (
        lambda: PaymentTerms().due(Money.zero("EUR"), "2026-05-04"), DateTypeError,
        "the issue date is not a plain date: expected datetime.date, got '2026-05-04'"),
    "20.00 of 10": (
        lambda: RETAINER.due(eur("10"), date(2026, 5, 4)), SharesError,
        ("the shares ask for EUR 13.00 more than the total: expected EUR 10.00 in all, "
        "got EUR 23.00")),
    "20.00 alone of 100": (
        lambda: PaymentTerms([Installment(eur("20"))]).due(HUNDRED, date(2026, 5, 4)), SharesError,
        "the shares leave EUR 80.00 of the total over"),
    "20.00 EUR of dollars": (
        lambda: RETAINER.due(Money.of(100, "USD"), date(2026, 5, 4)), CurrencyMismatchError,
        "amounts are in different currencies"),
    "0.07 in twelve": (
        lambda: PaymentTerms.monthly(12).due(eur("0.07"), date(2026, 5, 4)), RemainderSignError,
        "the last part would have the wrong sign"),
    "net 1 on the last day": (
        lambda: PaymentTerms.net(1).due(HUNDRED, date.max), DateRangeError,
        "a step of days from 9999-12-31 leads to no date"),
    "the 10th, issued on the 11th": (
        lambda: PaymentTerms([Installment(REST, DueRule((DayOfMonth(10),)))]).due(
            HUNDRED, date(2026, 5, 11)),
        DueBeforeStartError,
        ("a due rule leads back in time: expected 2026-05-11 or later, got 2026-05-10; "
        "allow it with DueRule(..., may_precede=True)")),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        build()


def test_percents_that_miss_the_whole_carry_the_difference():
    with pytest.raises(SharesError, match="leave 10%") as caught:
        PaymentTerms([Installment(Percent(90))])
    assert caught.value.difference == Percent(10)
