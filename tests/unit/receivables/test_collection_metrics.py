"""Metrics of a period: what counts into each figure, from which day, and for which group."""

import re
from datetime import date, timedelta
from fractions import Fraction

import attrs
import pytest

from milestone_invoicing import (
    Applied,
    Assigned,
    CollectionMetrics,
    Credited,
    CreditEffect,
    DueDateExtended,
    Installment,
    Invoice,
    InvoiceKind,
    Line,
    MetricsBy,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Period,
    Recurrence,
    RetainageReleased,
    Reversed,
    Tax,
    Voided,
    WrittenOff,
    collection_metrics,
    collection_series,
)
from milestone_invoicing.errors import DuplicateNumberError, WrongTypeError
from tests.unit.bills import ACME, april, bill, eur, july, june, may

QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))
MAY = Period(may(1), june(1))
BOLT = Party("bolt", "Bolt")


def paid(amount: int, on: date) -> Payment:
    return Payment(eur(amount), on=on)


def note(amount: int, on: date, *facts: object, number: str = "N", **parts: object) -> Invoice:
    line = Line("Work", -1, eur(amount), tax=Tax.outside_scope())
    kind = InvoiceKind.CREDIT_NOTE
    effect = CreditEffect.PRICE_REDUCTION
    return Invoice(number, on, ACME, [line], kind=kind, effect=effect, facts=facts, **parts)


def of_may(*bills: Invoice) -> CollectionMetrics:
    (found,) = collection_metrics(bills, period=MAY)
    return found


def figures(found: CollectionMetrics) -> tuple[int, ...]:
    amounts = (found.opening, found.billed, found.closing, found.overdue, found.retained)
    return tuple(int(each.amount) for each in (*amounts, found.collected))


def test_the_glossary_is_what_four_invoices_of_a_quarter_give():
    # opening 100, billed 180 + 45 + 75 = 300, closing 45 + 75 = 120, of which 45 was due 3 March.
    issued = {"A": date(2025, 12, 1), "B": date(2026, 1, 5), "C": date(2026, 2, 1)}
    bills = [
        bill(100, paid(100, date(2026, 1, 10)), number="A", issued_on=issued["A"]),
        bill(180, paid(180, date(2026, 2, 1)), number="B", issued_on=issued["B"]),
        bill(45, number="C", issued_on=issued["C"]),
        bill(75, number="D", issued_on=date(2026, 3, 20)),
    ]
    (found,) = collection_metrics(bills, period=QUARTER)
    assert figures(found) == (100, 300, 120, 45, 0, 280)
    assert found.current == eur(75)
    assert found.days_sales_outstanding == 36
    assert found.best_possible_dso == Fraction("22.5")
    assert found.average_days_delinquent == Fraction("13.5")
    assert found.collection_effectiveness == Percent(Fraction(28000, 325))
    assert found.count_back_dso == 31 + 28  # 75 of March and 45 of February
    assert (found.period, found.key, found.currency.code) == (QUARTER, None, "EUR")


def test_a_month_that_is_not_filled_counts_in_part():
    bills = [bill(40, number="A", issued_on=april(3)), bill(60, number="B", issued_on=may(2))]
    part = bills[0].record(paid(10, may(5)))
    assert of_may(part, bills[1]).count_back_dso == 31 + Fraction(30 * 30, 40)


def test_counting_back_starts_with_the_last_day_and_passes_months_without_sales():
    found = bill(10, issued_on=date(2026, 3, 15))
    (metrics,) = collection_metrics([found], period=Period.through(may(1), may(10)))
    assert metrics.count_back_dso == 10 + 30 + 31
    later = bill(500, number="2", issued_on=may(11))
    assert collection_metrics([found, later], period=metrics.period) == (metrics,)
    assert metrics.days_sales_outstanding is None


def test_counting_back_may_end_on_the_day_it_begins():
    (found,) = collection_metrics([bill()], period=Period.through(may(1), may(1)))
    assert found.count_back_dso == 1


def test_counting_back_ends_where_the_calendar_begins():
    first = bill(10, issued_on=date.min)
    (found,) = collection_metrics([first], period=Period.through(date.min, date(1, 1, 31)))
    assert (found.count_back_dso, found.opening) == (31, eur(0))
    more = bill(10, Credited(eur(4), "N", on=date.min), issued_on=date.min)
    other = note(4, date.min, Applied(eur(4), "X", on=date.min))
    (found,) = collection_metrics(
        [first, more, other][::2], period=Period.through(date.min, may(1))
    )
    assert found.count_back_dso is None  # 10 open, and 6 billed


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        pytest.param(bill(), (0, 1000, 1000, 0, 0, 0), id="issued on the first day"),
        pytest.param(
            bill(issued_on=april(30)), (1000, 0, 1000, 1000, 0, 0), id="issued the day before"
        ),
        pytest.param(bill(issued_on=may(31)), (0, 1000, 1000, 0, 0, 0), id="issued on the last"),
        *(
            pytest.param(
                bill(1000, paid(400, on), issued_on=april(1)), expected, id=f"400 paid on {on}"
            )
            for on, expected in (
                (april(30), (600, 0, 600, 600, 0, 0)),
                (may(1), (1000, 0, 600, 600, 0, 400)),
                (may(31), (1000, 0, 600, 600, 0, 400)),
                (june(1), (1000, 0, 1000, 1000, 0, 0)),
            )
        ),
        pytest.param(
            bill(issued_on=april(30), terms=PaymentTerms.net(31)),
            (1000, 0, 1000, 0, 0, 0),
            id="due on the last day is current",
        ),
        pytest.param(
            bill(1000, DueDateExtended(june(5), "x", on=may(20)), issued_on=april(1)),
            (1000, 0, 1000, 0, 0, 0),
            id="extended is current",
        ),
        pytest.param(
            bill(1000, paid(400, may(31))), (0, 1000, 600, 0, 0, 400), id="paid on the last day"
        ),
        pytest.param(
            bill(1000, paid(400, june(1))), (0, 1000, 1000, 0, 0, 0), id="paid a day later"
        ),
        pytest.param(
            bill(1000, paid(400, april(30)), issued_on=april(2)),
            (600, 0, 600, 600, 0, 0),
            id="paid a day before",
        ),
        pytest.param(
            bill(1000, paid(1200, may(9))), (0, 1000, 0, 0, 0, 1000), id="1200 paid: 1000 applied"
        ),
        pytest.param(
            bill(1000, WrittenOff(eur(300), on=may(9)), paid(700, may(8))),
            (0, 1000, 0, 0, 0, 700),
            id="a write-off collects nothing",
        ),
        pytest.param(
            bill(1000, Voided("x", on=may(20)), issued_on=april(20)),
            (1000, -1000, 0, 0, 0, 0),
            id="a void takes back on its day",
        ),
        pytest.param(
            bill(1000, held=eur(100)), (0, 900, 900, 0, 100, 0), id="100 of 1000 held: 900 billed"
        ),
        pytest.param(
            bill(
                1000,
                RetainageReleased(eur(60), may(20), on=may(10)),
                paid(900, april(9)),
                held=eur(100),
                issued_on=april(1),
            ),
            (0, 60, 60, 60, 40, 0),
            id="60 of what is held released: billed then",
        ),
        pytest.param(
            bill(1000, paid(960, may(8)), held=eur(100)),
            (0, 960, 0, 0, 40, 960),
            id="60 of what is held paid: billed then",
        ),
        pytest.param(
            bill(
                1000,
                paid(960, may(8)),
                RetainageReleased(eur(40), may(20), on=may(10)),
                held=eur(100),
            ),
            (0, 1000, 40, 40, 0, 960),
            id="60 of what is held paid, 40 released",
        ),
        pytest.param(
            bill(
                1000,
                paid(960, may(8)),
                Reversed(paid(960, may(8)), "bounced", on=may(20)),
                held=eur(100),
            ),
            (0, 900, 900, 0, 100, 0),
            id="60 of what is held paid, which bounced",
        ),
        pytest.param(
            bill(1000, paid(960, april(9)), held=eur(100), issued_on=april(1)),
            (0, 0, 0, 0, 40, 0),
            id="60 of what is held paid before",
        ),
    ],
)
def test_an_invoice_counts_into(invoice: Invoice, expected: tuple[int, ...]):
    assert figures(of_may(invoice)) == expected


@pytest.mark.parametrize(
    "invoice",
    [
        bill(0),
        bill(number=None),
        bill(issued_on=june(1)),
        bill(1000, Voided("x", on=may(20)), issued_on=may(20)),
        bill(1000, paid(1000, april(9)), issued_on=april(1)),
    ],
    ids=["zero", "a draft", "issued later", "void on its day", "settled before"],
)
def test_what_moves_nothing_is_in_no_metric(invoice: Invoice):
    assert collection_metrics([invoice], period=MAY) == ()
    assert of_may(bill(number="2"), invoice) == of_may(bill(number="2"))


def test_amounts_are_with_tax():
    taxed = Invoice("1", may(1), ACME, [Line("Work", 1, eur(1000), tax=Tax.standard(21))])
    assert of_may(taxed).billed == eur(1210)


def test_a_credit_note_counts_against_sales_and_receivables_whether_it_is_applied_or_not():
    free = of_may(bill(), note(300, may(10)))
    applied = of_may(
        bill(1000, Credited(eur(300), "N", on=may(12))),
        note(300, may(10), Applied(eur(300), "1", on=may(12))),
    )
    assert figures(free) == figures(applied) == (0, 700, 700, 0, 0, 0)


def test_what_a_credit_note_takes_of_retainage_is_apart_too():
    whole = of_may(bill(held=eur(100)), note(1000, may(10), held=eur(-100)))
    assert figures(whole) == (0, 0, 0, 0, 100, 0)
    used = Applied(eur(950), "1", on=may(12))
    almost = of_may(
        bill(1000, Credited(eur(950), "N", on=may(12)), held=eur(100)),
        note(1000, may(10), used, held=eur(-100)),
    )
    assert figures(almost) == (0, 0, 0, 0, 50, 0)


def test_days_to_pay_count_from_the_issue_and_lateness_from_the_first_due_date():
    # 600 after 20 days, 400 after 45 by net 30: (12000 + 18000) / 1000, 400 x 15 / 1000, and
    # (600 x -10 + 400 x 15) / 1000; the extension changes none of them.
    later = DueDateExtended(may(30), "x", on=april(2))
    bills = [
        bill(600, paid(600, may(1)), number="A", issued_on=april(11)),
        bill(400, later, paid(400, may(16)), number="B", issued_on=april(1)),
    ]
    found = of_may(*bills)
    assert found.weighted_days_to_pay == 30
    assert found.days_beyond_terms == 6
    assert found.average_days_late == 0


def test_cash_from_before_the_issue_took_no_days():
    found = of_may(bill(1000, paid(1000, april(20)), issued_on=may(4)))
    assert (found.weighted_days_to_pay, found.average_days_late) == (0, -30)


def test_cash_without_a_due_date_is_in_no_lateness():
    terms = PaymentTerms([Installment(Percent(100), after="delivery")])
    found = of_may(bill(1000, paid(400, may(11)), terms=terms))
    assert found.weighted_days_to_pay == 10
    assert (found.days_beyond_terms, found.average_days_late) == (None, None)


def test_a_bounced_payment_never_came():
    first = paid(1000, may(4))
    again = bill(1000, first, Reversed(first, "bounced", on=may(8)), paid(600, may(11)))
    found = of_may(again)
    assert (found.collected, found.weighted_days_to_pay) == (eur(600), 10)


def test_cash_whose_place_a_credit_takes_is_the_last_that_came():
    # 300 on the 5th, 500 on the 7th, 900 credited on the 9th: 100 of the 300 stays applied.
    invoice = bill(1000, Credited(eur(900), "N", on=may(9))).record(
        paid(300, may(5)), paid(500, may(7))
    )
    found = of_may(invoice)
    assert (found.collected, found.weighted_days_to_pay) == (eur(100), 4)


GROUPED = [
    bill(1, number="1", issued_on=may(2)),
    attrs.evolve(bill(2, number="2", buyer=BOLT, terms=PaymentTerms.net(14)), project="p"),
    attrs.evolve(bill(4, Assigned("Dana", on=may(9)), number="3"), owner="Eve"),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (None, [(None, 7)]),
        (MetricsBy.CLIENT, [("acme", 5), ("bolt", 2)]),
        (MetricsBy.OWNER, [(None, 3), ("Dana", 4)]),
        (MetricsBy.PROJECT, [(None, 5), ("p", 2)]),
        (lambda invoice: invoice.issued_on, [(may(1), 6), (may(2), 1)]),
    ],
    ids=["none", "client", "owner", "project", "function"],
)
def test_metrics_are_by(by: object, expected: list[tuple[object, int]]):
    found = collection_metrics(GROUPED, period=MAY, by=by)
    assert [(each.key, int(each.billed.amount)) for each in found] == expected


def test_terms_are_a_key():
    found = collection_metrics(GROUPED, period=MAY, by=MetricsBy.TERMS)
    sums = {each.key: int(each.billed.amount) for each in found}
    assert sums == {PaymentTerms.net(30): 5, PaymentTerms.net(14): 2}


def test_keys_of_two_types_with_one_text_have_an_order():
    keys = iter((1, "1"))
    found = collection_metrics(GROUPED[:2], period=MAY, by=lambda _: next(keys))
    assert [each.key for each in found] == [1, "1"]


def test_currencies_stay_apart():
    dollars = Invoice("D", may(1), ACME, [Line("Work", 1, Money.of(5, "USD"))])
    found = collection_metrics([dollars, *GROUPED], period=MAY)
    assert [str(each.billed) for each in found] == ["EUR 7.00", "USD 5.00"]


def test_a_series_is_one_answer_per_period():
    months = Recurrence.monthly(april(1), times=3).periods()
    found = collection_series(GROUPED, periods=months, by=MetricsBy.PROJECT)
    whole = [collection_metrics(GROUPED, period=each, by=MetricsBy.PROJECT) for each in months]
    assert list(found) == [*whole[0], *whole[1], *whole[2]]
    assert [each.period for each in found] == [months[1]] * 2 + [months[2]] * 2


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: collection_metrics([], period=may(1)),
            WrongTypeError,
            "the period is of the wrong type: expected Period, got",
        ),
        (
            lambda: collection_metrics([], period=MAY, by="client"),
            WrongTypeError,
            "of the wrong type: expected MetricsBy, a function or None, got 'client'",
        ),
        (
            lambda: collection_metrics([bill()], period=MAY, by=lambda each: [each.number]),
            WrongTypeError,
            (
                "the key of a group is of the wrong type: "
                "expected a text or another hashable value, got ['1']"
            ),
        ),
        (
            lambda: collection_metrics([bill()], period=MAY, by=lambda each: ([each.number],)),
            WrongTypeError,
            "the key of a group is of the wrong type",
        ),
        (
            lambda: collection_metrics([1], period=MAY),
            WrongTypeError,
            "invoices[0] is of the wrong type: expected Invoice, got 1",
        ),
        (
            lambda: collection_metrics([bill(), bill()], period=MAY),
            DuplicateNumberError,
            "two invoices have one number: expected unique numbers, got '1'",
        ),
        (
            lambda: collection_series([], periods=[1]),
            WrongTypeError,
            "periods[0] is of the wrong type: expected Period, got 1",
        ),
    ],
    ids=["period", "by", "key", "key in key", "invoice", "twice", "periods"],
)
def test_what_makes_no_metrics_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()


def test_a_day_later_is_another_period():
    day = timedelta(1)
    moved = Period(MAY.start + day, MAY.end + day)
    (found,) = collection_metrics([bill()], period=moved)
    assert figures(found) == (1000, 0, 1000, 1000, 0, 0)


def test_what_bounced_is_taken_off_in_its_period_so_that_periods_add_up():
    cheque = Payment(eur(1000), on=may(30))
    told = bill(
        1000, cheque, Reversed(cheque, "bounced", on=june(8)), Payment(eur(1000), on=july(2))
    )
    months = [Period(may(1), june(1)), Period(june(1), july(1)), Period(july(1), date(2026, 8, 1))]
    found = [each for (each,) in (collection_metrics([told], period=month) for month in months)]
    assert [each.collected for each in found] == [eur(1000), eur(-1000), eur(1000)]
    assert [each.closing for each in found] == [eur(0), eur(1000), eur(0)]
    (whole,) = collection_metrics([told], period=Period(may(1), date(2026, 8, 1)))
    assert whole.collected == eur(1000)


def test_credit_beyond_what_is_current_is_taken_off_what_is_overdue():
    note = bill(-600, number="CN", issued_on=may(20))
    (found,) = collection_metrics([bill(), note], period=Period(may(1), july(1)))
    assert (found.closing, found.overdue, found.current) == (eur(400), eur(400), eur(0))
    assert found.best_possible_dso == 0
    (found,) = collection_metrics([note], period=Period(may(1), july(1)))
    assert (found.closing, found.overdue) == (eur(-600), eur(0))
