"""A plan beside what is released after it: money fills both by due date, as everywhere."""

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Credited,
    DueAmount,
    DueRule,
    EventOccurred,
    Installment,
    InvoiceFact,
    Payment,
    PaymentTerms,
    PlanAgreed,
    Recovered,
    RetainageReleased,
    Reversed,
    WrittenOff,
    invoice_status,
)
from tests.unit.bills import NET_30, bill, eur, filled, june, may

PLAN = PlanAgreed([DueAmount(june(11), eur(450)), DueAmount(june(21), eur(450))], on=june(1))


def paid(amount: int, day: int) -> Payment:
    return Payment(eur(amount), on=june(day))


def released(amount: int, day: int, due: int) -> RetainageReleased:
    return RetainageReleased(eur(amount), june(due), on=june(day))


def shown(*facts: InvoiceFact, terms: PaymentTerms = NET_30, day: int = 30) -> str:
    """Return the instalments of a bill of 1,000.00 that holds 100.00, at the end of June."""
    told = bill(1000, *facts, held=eur(100), terms=terms)
    money = invoice_status(told, as_of=june(day))
    assert money.paid + money.credited + money.loss + money.open + money.retained == eur(1000)
    return filled(told, june(day))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            [released(100, 5, 9), paid(500, 6)], ", p100, p400 o50, o450", id="before all of it"
        ),
        pytest.param(
            [released(100, 5, 15), paid(500, 6)], ", p50 o50, p450, o450", id="between its parts"
        ),
        pytest.param(
            [released(100, 5, 15), paid(560, 6)], ", p100, p450, p10 o440", id="before the second"
        ),
        pytest.param(
            [released(100, 5, 25), paid(910, 6)], ", p10 o90, p450, p450", id="after all of it"
        ),
        pytest.param(
            [released(100, 5, 11), paid(500, 6)], ", p100, p400 o50, o450", id="with its first part"
        ),
        pytest.param(
            [paid(500, 4), released(100, 5, 9)], ", o100, p450, p50 o400", id="once money was there"
        ),
        pytest.param(
            [paid(500, 4), released(100, 5, 9), paid(120, 6)],
            ", p100, p450, p70 o380",
            id="once money was there, and more comes",
        ),
        pytest.param(
            [released(100, 5, 9), paid(500, 5)], ", p100, p400 o50, o450", id="first on its day"
        ),
        pytest.param(
            [paid(500, 5), released(100, 5, 9)], ", o100, p450, p50 o400", id="last on its day"
        ),
        pytest.param(
            [released(40, 5, 9), released(60, 6, 15), paid(500, 7)],
            ", p40, p10 o50, p450, o450",
            id="twice",
        ),
        pytest.param(
            [paid(960, 4), released(40, 5, 9)], ", o40, p60, p450, p450", id="of what is left"
        ),
        pytest.param([paid(960, 4)], ", p60 h40, p450, p450", id="of nothing"),
        pytest.param(
            [released(40, 5, 9), paid(960, 7)],
            ", p40, p20 h40, p450, p450",
            id="in part, and more than is due comes",
        ),
        pytest.param(
            [released(100, 5, 9), Credited(eur(500), "N", on=june(6))],
            ", c100, c400 o50, o450",
            id="and a credit",
        ),
        pytest.param(
            [
                released(100, 5, 9),
                WrittenOff(eur(500), on=june(6)),
                Recovered(eur(150), on=june(7)),
            ],
            ", p100, p50 w350 o50, o450",
            id="and a bad debt, of which 150 come",
        ),
        pytest.param(
            [paid(500, 4), Credited(eur(10), "N", on=june(5)), paid(20, 6)],
            ", h100, p450, p70 c10 o370",
            id="no release",
        ),
    ],
)
def test_after_a_plan_money_fills_by_due_date(facts: list[InvoiceFact], expected: str):
    assert shown(PLAN, *facts) == expected


def test_what_was_released_before_a_plan_is_in_it():
    whole = PlanAgreed([DueAmount(june(11), eur(400)), DueAmount(june(21), eur(540))], on=june(1))
    early = RetainageReleased(eur(40), june(9), on=may(20))
    assert shown(early, whole, paid(500, 6)) == ", , h60, p400, p100 o440"
    assert shown(early, whole, released(60, 5, 9), paid(500, 6)) == ", , p60, p400, p40 o500"


def test_credits_that_take_the_place_of_cash_under_a_plan_take_the_last_first():
    late = Credited(eur(400), "N", on=june(8))
    told = [PLAN, late, paid(700, 6)]
    assert shown(*told) == ", c100, p450, p150 c300"


TWO = PaymentTerms(
    [Installment(eur(500), DueRule((AddDays(14),))), Installment(REST, DueRule((AddDays(152),)))]
)
SMALL = PlanAgreed([DueAmount(june(11), eur(200))], on=june(1))


@pytest.mark.parametrize(
    ("cash", "expected"),
    [
        (0, "o500, o200, h100, o200"),
        (600, "p500, o200, h100, p100 o100"),
        (750, "p500, p50 o150, h100, p200"),
    ],
)
def test_what_a_bounce_leaves_out_of_a_plan_is_filled_by_its_own_dates(cash: int, expected: str):
    early = Payment(eur(700), on=may(4))
    told = [early, SMALL, Reversed(early, "bounced", on=june(5))]
    assert shown(*told, *([paid(cash, 6)] if cash else []), terms=TWO) == expected


def test_an_event_dates_what_a_bounce_leaves_out():
    waits = PaymentTerms([Installment(eur(500), after="a"), Installment(REST, DueRule())])
    early = Payment(eur(800), on=may(4))
    small = PlanAgreed([DueAmount(june(11), eur(100))], on=june(1))
    bounced = [early, small, Reversed(early, "bounced", on=june(5))]
    came = EventOccurred("a", on=june(7))
    # 400 due in May, 400 that wait, and the plan.
    assert shown(*bounced, paid(550, 8), terms=waits) == "p50 o350, p400, h100, p100"
    assert shown(*bounced, came, paid(550, 8), terms=waits) == "p150 o250, p400, h100, o100"
