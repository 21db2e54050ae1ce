"""Compensation once a plan is agreed: once for each instalment as first agreed."""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    DueAmount,
    DueDateExtended,
    DueRule,
    Installment,
    Invoice,
    InvoiceFact,
    LatePolicy,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    PlanAgreed,
    ReferenceRates,
    RetainageReleased,
    Reversed,
    late_charge,
    payment_plan,
)
from milestone_invoicing.receivables.late_charges.arrears import owed_by_day, runs
from tests.unit.bills import NET_30, bill, eur, july, june, may

RATES = ReferenceRates.half_yearly(date(2026, 1, 1), [4, 4, 4, 4])
STATUTORY = LatePolicy.uk_statutory(RATES)


def test_a_plan_of_twelve_missed_parts_makes_no_compensation():
    line = Line("Work", 1, Money.of(1200, "GBP"))
    late = Invoice("1", may(1), Party("acme", "Acme"), [line], terms=NET_30)
    plan = payment_plan(late, 12, on=june(10), first_due_on=june(30), day=31)
    charge = late_charge(late.record(plan), STATUTORY, as_of=date(2027, 6, 30))
    assert charge.compensation == Money.of(70, "GBP")
    assert len({span.installment for span in charge.spans}) == 13
    assert [str(each) for each in charge.reasons if "compensation" in str(each)] == [
        "instalment 1: compensation GBP 70.00 for GBP 1200.00 late"
    ]


TIERS = LatePolicy(0, compensation=[(eur(0), eur(40)), (eur(600), eur(50)), (eur(1000), eur(70))])
# 600.00 due on 31 May, 400.00 due on 30 June.
TWO = PaymentTerms(
    [
        Installment(Percent(60), DueRule((AddDays(30),))),
        Installment(Percent(40), DueRule((AddDays(60),))),
    ]
)
LONG_AFTER = date(2027, 6, 30)


def plan(on: date, *parts: tuple[date, int]) -> PlanAgreed:
    return PlanAgreed([DueAmount(day, eur(amount)) for day, amount in parts], on=on)


HALVES_IN_JULY = (july(1), 500), (july(31), 500)
PAID_IN_PLAN = [Payment(eur(500), on=july(1)), Payment(eur(500), on=july(31))]


@pytest.mark.parametrize(
    ("terms", "facts", "as_of", "compensation"),
    [
        pytest.param(NET_30, [], june(1), 70, id="late without a plan = 70"),
        pytest.param(
            NET_30, [plan(june(10), *HALVES_IN_JULY), *PAID_IN_PLAN], LONG_AFTER, 70, id="kept = 70"
        ),
        pytest.param(
            NET_30,
            [plan(may(20), *HALVES_IN_JULY), *PAID_IN_PLAN],
            LONG_AFTER,
            0,
            id="agreed in time and kept = 0",
        ),
        pytest.param(
            NET_30, [plan(may(20), *HALVES_IN_JULY)], july(1), 0, id="agreed in time, due = 0"
        ),
        pytest.param(
            NET_30,
            [plan(may(20), *HALVES_IN_JULY)],
            july(2),
            70,
            id="agreed in time, a part missed = 70 for 1000",
        ),
        pytest.param(
            NET_30,
            [Payment(eur(1), on=june(5)), plan(may(20), *HALVES_IN_JULY)],
            july(2),
            50,
            id="agreed in time, 999 open when missed = 50",
        ),
        pytest.param(
            NET_30,
            [plan(may(10), (may(20), 1000))],
            may(31),
            0,
            id="a plan before the due date = 0",
        ),
        pytest.param(
            NET_30, [plan(may(10), (may(20), 1000))], june(1), 70, id="until that is past = 70"
        ),
        pytest.param(
            NET_30,
            [plan(june(10), *HALVES_IN_JULY), plan(july(10), (july(20), 1000))],
            LONG_AFTER,
            70,
            id="two plans, all missed = 70",
        ),
        pytest.param(TWO, [], LONG_AFTER, 90, id="50 + 40 without a plan"),
        pytest.param(
            TWO, [plan(june(10), *HALVES_IN_JULY)], july(31), 50, id="500 of 600 missed = 50 alone"
        ),
        pytest.param(
            TWO,
            [plan(june(10), (july(1), 600), (july(31), 400))],
            july(31),
            50,
            id="600 of 600 missed = 50 alone",
        ),
        pytest.param(
            TWO,
            [plan(june(10), (july(1), 601), (july(31), 399))],
            july(2),
            90,
            id="601 missed = 50 + 40",
        ),
        pytest.param(
            TWO,
            [plan(june(10), *HALVES_IN_JULY)],
            date(2026, 8, 1),
            90,
            id="1000 missed = 50 + 40",
        ),
        pytest.param(
            TWO,
            [Payment(eur(600), on=may(31)), plan(june(10), (july(1), 100), (july(31), 300))],
            LONG_AFTER,
            40,
            id="the first paid in time, 400 missed = 40",
        ),
        pytest.param(
            TWO,
            [Payment(eur(550), on=june(5)), plan(june(10), (july(1), 50), (july(31), 400))],
            july(2),
            50,
            id="50 of the first missed = 50, when it was late first",
        ),
        pytest.param(
            PaymentTerms(
                [
                    Installment(Percent(60), DueRule((AddDays(30),))),
                    Installment(Percent(40), after="delivery"),
                ]
            ),
            [plan(june(10), *HALVES_IN_JULY)],
            LONG_AFTER,
            50,
            id="what waits for its event has none",
        ),
    ],
)
def test_compensation_is_due_once_for_each_instalment_as_first_agreed(
    terms: PaymentTerms, facts: list[InvoiceFact], as_of: date, compensation: int
):
    invoice = bill(1000, terms=terms).record(*facts)
    assert late_charge(invoice, TIERS, as_of=as_of).compensation == eur(compensation)


@pytest.mark.parametrize(("as_of", "compensation"), [(july(6), 0), (july(7), 70)])
def test_grace_holds_in_a_plan(as_of: date, compensation: int):
    invoice = bill(1000, plan(may(20), *HALVES_IN_JULY))
    policy = attrs.evolve(TIERS, grace_days=5)
    assert late_charge(invoice, policy, as_of=as_of).compensation == eur(compensation)


def test_what_a_plan_leaves_out_is_late_by_itself():
    paid = Payment(eur(100), on=may(9))
    invoice = bill(
        1000, paid, plan(june(10), (july(1), 900)), Reversed(paid, "bounced", on=may(10))
    )
    charge = late_charge(invoice, TIERS, as_of=july(10))
    assert [(span.installment, span.balance) for span in charge.spans] == [
        (1, eur(1000)),
        (1, eur(100)),
        (2, eur(900)),
    ]
    assert charge.compensation == eur(70)


def test_a_part_of_a_plan_is_one_run_though_a_release_moves_its_number():
    agreed = plan(june(10), (july(1), 500), (july(3), 400))
    held = bill(1000, agreed, held=eur(100))
    released = held.record(RetainageReleased(eur(40), date(2026, 12, 1), on=july(10)))
    owed = owed_by_day(released, july(20))
    found = list(runs(owed, grace_days=0, last_day=lambda due_on: due_on))
    assert [(run[0].installment, len(run), run[-1].until) for run in found] == [
        (1, 1, june(10)),
        (4, 1, july(20)),
        (5, 1, july(20)),
    ]
    ten_days = attrs.evolve(TIERS, grace_days=15, percent="3.65")
    assert late_charge(held, ten_days, as_of=july(20)).interest == eur("1.63")
    assert late_charge(released, ten_days, as_of=july(20)).interest == eur("1.63")


def test_an_extension_of_a_plan_moves_its_compensation():
    invoice = bill(
        1000,
        plan(may(20), *HALVES_IN_JULY),
        DueDateExtended(july(15), "asked", on=june(30)),
    )
    days = july(15), july(16)
    found = [late_charge(invoice, TIERS, as_of=day).compensation for day in days]
    assert found == [eur(0), eur(70)]
