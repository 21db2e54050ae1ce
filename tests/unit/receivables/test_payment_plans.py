"""Payment plans: which instalments stand on a day, and what became of the plan since."""

from datetime import date

import pytest

from milestone_invoicing import (
    AddDays,
    Credited,
    DiscountStage,
    DueAmount,
    DueDateExtended,
    DueRule,
    EarlyDiscount,
    Flag,
    Installment,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    PlanAgreed,
    Recovered,
    RetainageReleased,
    Reversed,
    Sent,
    StatusLabel,
    Withheld,
    WrittenOff,
    age,
    discount_state,
    due_items,
    invoice_status,
)
from milestone_invoicing.display import invoice_text
from tests.unit.bills import bill, eur, july, june, may

SENT = Sent(on=may(1))
# 500 due 15 May, 500 due 31 May.
HALVES = PaymentTerms(
    [
        Installment(Percent(50), DueRule((AddDays(14),))),
        Installment(Percent(50), DueRule((AddDays(30),))),
    ]
)


def halves(*facts: InvoiceFact, held: Money | None = None) -> Invoice:
    return bill(1000, SENT, *facts, terms=HALVES, held=held)


def paid(amount: int, on: date) -> Payment:
    return Payment(eur(amount), on=on)


def plan(*parts: tuple[date, int], on: date = date(2026, 6, 10)) -> PlanAgreed:
    return PlanAgreed([DueAmount(due_on, eur(amount)) for due_on, amount in parts], on=on)


def rows(invoice: Invoice, day: date) -> list[tuple[str, int, int, int]]:
    """Return due date, amount, what settled it and what is open, in euros, of each item."""
    items = due_items(invoice, as_of=day)
    assert sum(item.amount.minor for item in items) == invoice.payable.minor
    assert [item.installment for item in items] == [*range(1, len(items) + 1)]
    found = []
    for item in items:
        means = (item.paid, item.discount, item.credited, item.withheld, item.written_off)
        settled = sum(means, eur(0))
        assert item.amount == settled + item.retained + item.open
        euros = (each.minor // 100 for each in (item.amount, settled, item.open))
        found.append((f"{item.due_on:%d.%m}" if item.due_on else "-", *euros))
    return found


MONTHLY = plan((july(1), 300), (july(31), 300))
TOLD = halves(paid(400, may(20)), MONTHLY, paid(350, july(2)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (june(9), [("15.05", 500, 400, 100), ("31.05", 500, 0, 500)]),
        (
            june(10),
            [
                ("15.05", 400, 400, 0),
                ("31.05", 0, 0, 0),
                ("01.07", 300, 0, 300),
                ("31.07", 300, 0, 300),
            ],
        ),
        (
            july(2),
            [
                ("15.05", 400, 400, 0),
                ("31.05", 0, 0, 0),
                ("01.07", 300, 300, 0),
                ("31.07", 300, 50, 250),
            ],
        ),
    ],
)
def test_a_plan_has_its_own_dates_from_its_day_on(day: date, expected: list[tuple[str, int]]):
    assert rows(TOLD, day) == expected


@pytest.mark.parametrize(
    ("day", "label", "days", "overdue", "next_change", "planned"),
    [
        (june(9), StatusLabel.OVERDUE, 25, 600, None, False),
        (june(10), StatusLabel.PART_PAID, 0, 0, july(1), True),
        (july(1), StatusLabel.DUE, 0, 0, july(2), True),
        (july(2), StatusLabel.PART_PAID, 0, 0, july(31), True),
        (date(2026, 8, 1), StatusLabel.OVERDUE, 1, 250, None, True),
    ],
)
def test_the_status_goes_by_the_plan(
    day: date,
    label: StatusLabel,
    days: int,
    overdue: int,
    next_change: date | None,
    *,
    planned: bool,
):
    status = invoice_status(TOLD, as_of=day)
    assert (status.label, status.days_overdue, status.overdue) == (label, days, eur(overdue))
    assert (status.next_change, Flag.PLAN in status.flags) == (next_change, planned)


def test_an_instalment_of_a_plan_knows_its_plan():
    *own, first, second = due_items(TOLD, as_of=july(2))
    assert [item.plan for item in own] == [None, None]
    assert first.plan is second.plan is MONTHLY
    assert (first.agreed_on, first.held, first.after) == (july(1), False, None)
    reason = invoice_status(TOLD, as_of=july(2)).reasons[-1]
    assert str(reason) == "oldest open instalment 4: EUR 250.00 by 2026-07-31 (by plan: 2026-07-31)"
    assert reason.facts == (MONTHLY,)


def test_a_plan_that_is_paid_is_no_flag():
    done = TOLD.record(paid(250, july(9)))
    assert invoice_status(done, as_of=july(9)).flags == frozenset()


def test_a_plan_is_filled_by_due_date_whatever_its_order():
    told = halves(plan((july(31), 600), (july(1), 300), (july(31), 100)), paid(900, july(1)))
    assert rows(told, july(1))[2:] == [
        ("31.07", 600, 600, 0),
        ("01.07", 300, 300, 0),
        ("31.07", 100, 0, 100),
    ]


WHOLE = plan((july(1), 400), (july(31), 600))


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ([paid(500, june(12))], {"paid": (400, 100)}),
        ([Credited(eur(500), "N", on=june(12))], {"credited": (400, 100)}),
        ([Withheld(eur(500), on=june(12))], {"withheld": (400, 100)}),
        ([WrittenOff(eur(500), on=june(12))], {"written_off": (400, 100)}),
        (
            [Credited(eur(100), "N", on=june(12)), paid(350, june(14))],
            {"paid": (300, 50), "credited": (100, 0)},
        ),
        (
            [WrittenOff(eur(500), on=june(12)), Recovered(eur(300), on=june(14))],
            {"paid": (300, 0), "written_off": (100, 100)},
        ),
    ],
)
def test_all_that_settles_fills_a_plan(
    facts: list[InvoiceFact], columns: dict[str, tuple[int, int]]
):
    told = bill(1000, WHOLE, *facts)
    assert sum(row[3] for row in rows(told, july(1))) == settled_open(told)
    items = due_items(told, as_of=july(1))[1:]
    for name, amounts in columns.items():
        assert tuple(getattr(item, name).minor // 100 for item in items) == amounts


def settled_open(invoice: Invoice) -> int:
    return invoice_status(invoice, as_of=july(1)).open.minor // 100


def test_what_was_settled_in_other_ways_before_a_plan_stays_where_it_was():
    before = [
        Withheld(eur(50), on=may(2)),
        Credited(eur(100), "N", on=may(3)),
        paid(200, may(4)),
        WrittenOff(eur(250), on=may(5)),
    ]
    told = halves(*before, plan((july(1), 400)), Recovered(eur(100), on=june(20)))
    first, second, planned = due_items(told, as_of=june(10))
    assert (
        first.amount
        == eur(500)
        == first.withheld + first.credited + first.paid + (first.written_off)
    )
    assert (second.amount, second.written_off, planned.open) == (eur(100), eur(100), eur(400))
    later = due_items(told, as_of=june(20))
    assert sum(item.written_off.minor for item in later) == eur(150).minor
    assert sum(item.paid.minor for item in later) == eur(300).minor
    assert later[-1].open == eur(400)


MONTHLY_ALL = plan((july(1), 500), (july(31), 500))
BOUNCED, LARGE = paid(400, may(4)), paid(700, may(4))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            [MONTHLY_ALL, paid(400, may(20))],
            [
                ("15.05", 0, 0, 0),
                ("31.05", 0, 0, 0),
                ("01.07", 500, 400, 100),
                ("31.07", 500, 0, 500),
            ],
            id="400 dated back before a plan of 1000 pay its first instalment",
        ),
        pytest.param(
            [paid(300, may(4)), plan((july(1), 700)), paid(400, may(20))],
            [("15.05", 300, 300, 0), ("31.05", 0, 0, 0), ("01.07", 700, 400, 300)],
            id="400 dated back beside 300",
        ),
        pytest.param(
            [BOUNCED, plan((july(1), 600)), Reversed(BOUNCED, "x", on=june(12))],
            [("15.05", 400, 0, 400), ("31.05", 0, 0, 0), ("01.07", 600, 0, 600)],
            id="400 that bounced are no part of the plan",
        ),
        pytest.param(
            [
                BOUNCED,
                plan((july(1), 600)),
                Reversed(BOUNCED, "x", on=june(12)),
                paid(450, june(13)),
            ],
            [("15.05", 400, 400, 0), ("31.05", 0, 0, 0), ("01.07", 600, 50, 550)],
            id="then 450 pay what is due first",
        ),
        pytest.param(
            [
                LARGE,
                plan((july(1), 300)),
                Reversed(LARGE, "x", on=june(12)),
            ],
            [("15.05", 500, 0, 500), ("31.05", 200, 0, 200), ("01.07", 300, 0, 300)],
            id="700 that bounced are due as they were, oldest first",
        ),
        pytest.param(
            [MONTHLY_ALL, plan((july(9), 1000), on=june(20))],
            [("15.05", 0, 0, 0), ("31.05", 0, 0, 0), ("09.07", 1000, 0, 1000)],
            id="a later plan takes the place of the earlier",
        ),
        pytest.param(
            [MONTHLY_ALL, paid(600, june(15)), plan((july(9), 400), on=june(20))],
            [("15.05", 500, 500, 0), ("31.05", 100, 100, 0), ("09.07", 400, 0, 400)],
            id="what the earlier plan got stays with the terms",
        ),
        pytest.param(
            [MONTHLY_ALL, Reversed(MONTHLY_ALL, "not signed", on=june(20))],
            [("15.05", 500, 0, 500), ("31.05", 500, 0, 500)],
            id="a plan taken back",
        ),
        pytest.param(
            [paid(400, june(10)), plan((july(1), 600))],
            [("15.05", 400, 400, 0), ("31.05", 0, 0, 0), ("01.07", 600, 0, 600)],
            id="what came on the day of the plan before it stays",
        ),
        pytest.param(
            [MONTHLY_ALL, paid(400, june(10))],
            [
                ("15.05", 0, 0, 0),
                ("31.05", 0, 0, 0),
                ("01.07", 500, 400, 100),
                ("31.07", 500, 0, 500),
            ],
            id="what came on the day of the plan after it fills the plan",
        ),
    ],
)
def test_whatever_is_recorded_late_the_plan_adds_up(
    facts: list[InvoiceFact], expected: list[tuple[str, int, int, int]]
):
    assert rows(halves(*facts), june(30)) == expected


def test_what_is_held_is_no_part_of_a_plan():
    told = halves(plan((july(1), 900)), held=eur(100))
    assert rows(told, june(10)) == [
        ("15.05", 0, 0, 0),
        ("31.05", 0, 0, 0),
        ("-", 100, 0, 0),
        ("01.07", 900, 0, 900),
    ]
    released = told.record(RetainageReleased(eur(100), june(30), on=june(20)))
    assert rows(released, june(20))[2:] == [("30.06", 100, 0, 100), ("01.07", 900, 0, 900)]
    status = invoice_status(released, as_of=july(1))
    assert (status.label, status.overdue, status.flags) == (
        StatusLabel.OVERDUE,
        eur(100),
        {Flag.PLAN},
    )


def test_what_was_released_and_is_not_may_shrink_a_plan():
    released = RetainageReleased(eur(100), june(30), on=june(5))
    told = halves(
        released,
        plan((july(1), 500), (july(31), 500)),
        Reversed(released, "not yet", on=june(12)),
        held=eur(100),
    )
    assert rows(told, june(12)) == [
        ("15.05", 0, 0, 0),
        ("31.05", 0, 0, 0),
        ("-", 100, 0, 0),
        ("01.07", 500, 0, 500),
        ("31.07", 400, 0, 400),
    ]


def extended(until: date, on: date) -> DueDateExtended:
    return DueDateExtended(until, "asked", on=on)


@pytest.mark.parametrize(
    ("extension", "due"),
    [
        pytest.param(extended(july(9), june(10)), ["09.07", "31.07"], id="past the first"),
        pytest.param(extended(july(31), june(11)), ["31.07", "31.07"], id="up to the second"),
        pytest.param(extended(date(2026, 8, 9), june(11)), ["09.08", "09.08"], id="past both"),
        pytest.param(extended(date(2026, 8, 9), june(9)), ["01.07", "31.07"], id="before the plan"),
    ],
)
def test_a_plan_may_be_extended_as_a_whole(extension: DueDateExtended, due: list[str]):
    told = halves(plan((july(1), 500), (july(31), 500)), extension)
    assert [row[0] for row in rows(told, june(20))[2:]] == due
    flags = invoice_status(told, as_of=june(20)).flags
    assert (Flag.EXTENDED in flags) is (extension.on >= june(10))


def test_the_last_extension_of_a_plan_has_the_word():
    told = halves(
        plan((july(1), 500), (july(31), 500)),
        extended(july(20), june(11)),
        extended(july(9), june(12)),
    )
    assert [row[0] for row in rows(told, june(20))[2:]] == ["09.07", "31.07"]
    first = due_items(told, as_of=june(20))[2]
    assert (first.agreed_on, first.extension) == (july(1), extended(july(9), june(12)))
    reason = invoice_status(told, as_of=june(20)).reasons[-1]
    assert str(reason).endswith("by 2026-07-09 (extended from 2026-07-01)")
    assert reason.facts == (first.plan, first.extension)


def test_one_extended_instalment_of_the_terms_does_not_reach_a_plan():
    own = DueDateExtended(date(2026, 8, 9), "asked", 1, on=june(20))
    told = halves(own, plan((july(1), 1000)))
    assert rows(told, june(20))[2:] == [("01.07", 1000, 0, 1000)]


def test_a_plan_takes_in_what_waits_for_an_event():
    terms = PaymentTerms([Installment(Percent(100), after="delivery")])
    told = bill(1000, SENT, plan((july(1), 1000)), terms=terms)
    assert [row.undated for row in age([told], as_of=june(9)).rows] == [eur(1000)]
    (row,) = age([told], as_of=july(2)).rows
    assert (row.undated, row.buckets[0]) == (eur(0), eur(1000))


def test_what_a_bounce_leaves_out_goes_by_the_dates_of_the_terms():
    own = [
        Installment(Percent(50), after="delivery"),
        Installment(Percent(50), DueRule((AddDays(30),))),
    ]
    payment = paid(300, may(4))
    told = bill(
        1000,
        payment,
        plan((july(1), 700)),
        Reversed(payment, "x", on=june(12)),
        terms=PaymentTerms(own),
    )
    assert rows(told, june(12)) == [("-", 0, 0, 0), ("31.05", 300, 0, 300), ("01.07", 700, 0, 700)]


def test_a_plan_takes_no_discount_away():
    terms = PaymentTerms(
        [Installment(Percent(50), discounts=[EarlyDiscount(2, 10)]), Installment(Percent(50))]
    )
    told = bill(1000, plan((june(1), 1000), on=may(2)), terms=terms)
    state = discount_state(told, as_of=may(11))
    assert (state.stage, state.available, state.settles) == (
        DiscountStage.AVAILABLE,
        eur(10),
        eur(990),
    )
    taken = told.record(paid(990, may(11)))
    (*_, item) = due_items(taken, as_of=may(11))
    assert (item.paid, item.discount, item.open) == (eur(990), eur(10), eur(0))


def test_a_plan_is_printed_without_what_it_replaced():
    text = invoice_text(TOLD, locale="en", as_of=july(2))
    assert "May 15, 2026" in text
    assert "May 31, 2026" not in text
    assert "Jul 31, 2026" in text
