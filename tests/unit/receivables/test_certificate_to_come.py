"""What only lacks the certificate of a withheld tax: open, in no report late, and in no letter.

1,210.00 of 1 May, due on the 31st, of which 150.00 is withheld; 2 % until the 11th is 24.20.
"""

from collections.abc import Sequence
from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    AgingBasis,
    Credited,
    Disputed,
    DueAmount,
    DueDateExtended,
    DueRule,
    EarlyDiscount,
    Flag,
    Installment,
    Invoice,
    InvoiceFact,
    LatePolicy,
    Line,
    Payment,
    PaymentTerms,
    Percent,
    Period,
    PlanAgreed,
    Promised,
    Reminded,
    RetainageReleased,
    Sent,
    Tax,
    Withheld,
    age,
    collection_metrics,
    due_items,
    invoice_status,
    late_charge,
    payment_plan,
    receivables_summary,
    roll_forward,
    statement,
    suggest_matches,
)
from tests.unit.bills import ACME, eur, july, june, may

TWO_TEN = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
HALVES = PaymentTerms(
    [Installment(Percent(50), DueRule([AddDays(days)])) for days in (15, 30)],
)
APART = PaymentTerms(
    [
        Installment(REST, DueRule([AddDays(days)]), discounts=[EarlyDiscount(2, 10)])
        for days in (15, 30)
    ],
)


def bill(*facts: InvoiceFact, terms: PaymentTerms = TWO_TEN, held: int | None = None) -> Invoice:
    return Invoice(
        "1",
        may(1),
        ACME,
        [Line("Audit", 1, eur(1000), tax=Tax.standard(21))],
        terms=terms,
        withheld=[Adjustment(eur(150), reason="Withholding tax")],
        held=None if held is None else eur(held),
        facts=[Sent(on=may(1)), *facts],
    )


def paid(amount: str | int, on: date) -> Payment:
    return Payment(eur(amount), on=on)


@pytest.mark.parametrize(
    ("invoice", "late", "waiting", "open_"),
    [
        pytest.param(bill(), "1060", "150", "1210", id="1210 = 1060 + 150"),
        pytest.param(bill(paid("1035.80", may(11))), "0", "150", "150", id="150 = 0 + 150"),
        pytest.param(bill(paid(1000, may(13))), "60", "150", "210", id="210 = 60 + 150"),
        pytest.param(
            bill(Withheld(eur(100), on=may(9))), "1060", "50", "1110", id="1110 = 1060 + 50"
        ),
        pytest.param(
            bill(paid(1060, may(30)), Withheld(eur(150), on=june(1))), "0", "0", "0", id="0 = 0 + 0"
        ),
        pytest.param(
            bill(Withheld(eur(200), on=may(9))), "1010", "0", "1010", id="1210 - 200 = 1010 + 0"
        ),
        pytest.param(
            bill(Credited(eur(605), "N", on=may(9))), "530", "75", "605", id="605 = 530 + 75"
        ),
        pytest.param(bill(held=121), "939", "150", "1089", id="1210 - 121 held = 939 + 150"),
        pytest.param(
            bill(paid(939, may(30)), RetainageReleased(eur(121), june(5), on=june(1)), held=121),
            "121",
            "150",
            "271",
            id="271 = 121 released + 150",
        ),
        pytest.param(bill(terms=HALVES), "1060", "150", "1210", id="605 + 605 = 605 + 455 + 150"),
        pytest.param(
            bill(paid("517.90", may(11)), paid("517.90", may(11)), terms=APART),
            "0",
            "150",
            "150",
            id="2 x 605 = 2 x (517.90 + 12.10 + 75)",
        ),
    ],
)
def test_every_report_calls_the_same_cash_late(
    invoice: Invoice, late: str, waiting: str, open_: str
):
    on = june(10)
    status = invoice_status(invoice, as_of=on)
    assert (status.overdue, status.to_chase, status.open) == (eur(late), eur(late), eur(open_))
    period = Period.through(may(1), on)
    retained = status.retained
    for row in receivables_summary([invoice], as_of=on).totals:
        assert (row.overdue, row.undated, row.open) == (eur(late), eur(waiting), eur(open_))
        assert row.overdue_invoices == int(late != "0")
    for aged in (
        *age([invoice], as_of=on).rows,
        *statement(ACME, [invoice], since=may(1), until=on).aging.rows,
        *age(
            statement(ACME, [invoice], since=may(1), until=on).accounts[0].open_items, as_of=on
        ).rows,
    ):
        assert (aged.overdue, aged.undated) == (eur(late), eur(waiting))
        assert aged.balance - aged.retained == eur(open_)
    for each in collection_metrics([invoice], period=period):
        assert (each.overdue, each.closing, each.retained) == (eur(late), eur(open_), retained)


@pytest.mark.parametrize(
    ("invoice", "day", "late", "waiting"),
    [
        pytest.param(bill(terms=HALVES), may(20), [605, 455], [0, 150], id="from what is due last"),
        pytest.param(
            bill(DueDateExtended(june(20), "x", 1, on=may(9)), terms=HALVES),
            may(20),
            [455, 605],
            [150, 0],
            id="due last as extended",
        ),
        pytest.param(
            bill(paid(1100, may(9)), terms=HALVES), may(20), [0, 0], [0, 110], id="110 is less"
        ),
        pytest.param(
            bill(Credited(eur(1000), "N", on=may(9)), terms=HALVES),
            may(20),
            [0, "183.97"],
            [0, "26.03"],
            id="150 x 210 / 1210",
        ),
        pytest.param(
            bill(paid("517.90", may(11)), terms=APART), may(20), [0, 530], [75, 75], id="75 of each"
        ),
        pytest.param(
            bill(paid(605, may(13)), terms=APART), may(20), [0, 455], [75, 75], id="605 = 530 + 75"
        ),
        pytest.param(
            bill(Withheld(eur(100), on=may(9)), terms=APART),
            may(20),
            [530, 530],
            [0, 50],
            id="75 of the first certified, 25 of the second",
        ),
        pytest.param(
            bill(
                PlanAgreed(
                    [DueAmount(june(15), eur(605)), DueAmount(july(15), eur(605))], on=june(5)
                )
            ),
            june(10),
            [0, 605, 455],
            [0, 0, 150],
            id="from the last of a plan",
        ),
    ],
)
def test_it_is_taken_by_instalment(
    invoice: Invoice, day: date, late: Sequence[str | int], waiting: Sequence[str | int]
):
    items = due_items(invoice, as_of=day)
    assert [item.cash for item in items] == [eur(each) for each in late]
    assert [item.to_certify for item in items] == [eur(each) for each in waiting]
    assert [item.open for item in items] == [item.cash + item.to_certify for item in items]


def test_by_the_issue_date_it_ages_with_the_bill():
    (row,) = age([bill()], as_of=june(10), basis=AgingBasis.ISSUE_DATE).rows
    assert (row.undated, row.buckets[1]) == (eur(0), eur(1210))


@pytest.mark.parametrize(
    ("disputed", "late", "waiting", "apart"),
    [
        pytest.param(60, 1000, 150, 60, id="1060 - 60 + 150"),
        pytest.param(1060, 0, 150, 1060, id="all the cash"),
        pytest.param(1100, 0, 110, 1100, id="40 of the certificate too"),
        pytest.param(None, 0, 0, 1210, id="all"),
    ],
)
def test_cash_is_disputed_before_the_certificate(
    disputed: int | None, late: int, waiting: int, apart: int
):
    dispute = Disputed("x", None if disputed is None else eur(disputed), on=may(20))
    invoice = bill(dispute)
    (row,) = age([invoice], as_of=june(10), disputed_apart=True).rows
    assert (row.overdue, row.undated, row.disputed) == (eur(late), eur(waiting), eur(apart))
    assert invoice_status(invoice, as_of=june(10)).to_chase == eur(late)
    (summed,) = receivables_summary([invoice], as_of=june(10)).totals
    assert (summed.disputed, summed.overdue) == (eur(apart), eur(1060))


def test_of_two_instalments_the_certificate_is_disputed_from_the_end():
    invoice = bill(Disputed("x", eur(1100), on=may(20)), terms=APART)
    (row,) = age([invoice], as_of=june(10), disputed_apart=True).rows
    assert (row.overdue, row.undated, row.disputed) == (eur(0), eur(110), eur(1100))


@pytest.mark.parametrize(
    ("promised", "cash", "certified", "broken"),
    [
        pytest.param(None, 1060, 0, False, id="all: 1060 + 150 to certify"),
        pytest.param(None, 1060, 150, False, id="all: 1060 + 150 certified"),
        pytest.param(None, 1060, 100, False, id="all: 1060 + 100 + 50"),
        pytest.param(None, 1059, 0, True, id="all: 1 short"),
        pytest.param(1210, 1060, 0, False, id="1210 = 1060 + 150"),
        pytest.param(1060, 1060, 0, False, id="1060"),
        pytest.param(1000, 900, 0, True, id="1000 - 900"),
        pytest.param(1000, 900, 100, False, id="1000 = 900 + 100"),
    ],
)
def test_a_promise_is_kept_where_nothing_but_the_certificate_is_to_come(
    promised: int | None, cash: int, certified: int, *, broken: bool
):
    facts: list[InvoiceFact] = [
        Promised(june(5), None if promised is None else eur(promised), on=june(1)),
        paid(cash, june(5)),
    ]
    if certified:
        facts.append(Withheld(eur(certified), on=june(5)))
    status = invoice_status(bill(*facts), as_of=june(6))
    assert (Flag.PROMISE_BROKEN in status.flags) is broken


def test_a_credit_keeps_no_promise_whatever_is_to_certify():
    facts = [Promised(june(5), on=june(1)), Credited(eur(605), "N", on=june(2))]
    status = invoice_status(bill(*facts, paid(530, june(5))), as_of=june(6))
    assert (status.flags, status.to_chase) == ({Flag.PROMISE_BROKEN}, eur(0))


def test_a_promise_is_of_cash():
    invoice = bill(Promised(june(20), on=june(1)), paid(400, june(5)))
    (row,) = receivables_summary([invoice], as_of=june(10)).totals
    assert (row.promised, row.open) == (eur(660), eur(810))


@pytest.mark.parametrize(
    ("invoice", "spans"),
    [
        pytest.param(bill(paid("1035.80", may(11))), [], id="150 waits"),
        pytest.param(bill(paid(1000, may(13))), [60], id="210 - 150"),
        pytest.param(bill(paid(1000, june(5))), [1060, 60], id="1060, then 60"),
        pytest.param(
            bill(
                PlanAgreed([DueAmount(june(5), eur(600)), DueAmount(july(5), eur(610))], on=june(2))
            ),
            [1060, 600],
            id="1060, then 600 of the plan",
        ),
    ],
)
def test_no_interest_runs_on_it(invoice: Invoice, spans: list[int]):
    charge = late_charge(invoice, LatePolicy("8", compensation=eur(40)), as_of=june(10))
    assert [span.balance for span in charge.spans] == [eur(each) for each in spans]
    assert charge.compensation == eur(40 if spans else 0)


def test_the_reasons_of_a_status_say_the_cash():
    status = invoice_status(bill(paid(1000, may(13))), as_of=june(10))
    told = [str(reason) for reason in status.reasons]
    assert "oldest open instalment 1: EUR 60.00 by 2026-05-31 (agreed: 2026-05-31)" in told
    waiting = PaymentTerms.parse("on delivery")
    status = invoice_status(bill(terms=waiting), as_of=june(10))
    assert 'instalment 1: EUR 1060.00 waits for "delivery"' in map(str, status.reasons)


def test_a_roll_forward_moves_it_past_no_bucket():
    (row,) = roll_forward([bill(paid(1060, june(5)))], before=may(31), after=june(10))
    moves = [f"{each.source} -> {each.target}: {each.amount}" for each in row.moves]
    assert moves == ["current -> settled: EUR 1060.00", "undated -> undated: EUR 150.00"]


def test_a_bank_line_may_pay_an_instalment_without_it():
    later = attrs.evolve(bill(terms=HALVES), number="2026-17")
    (match,) = suggest_matches(eur(455), "2026-17", [later], as_of=may(9))
    assert "EUR 455.00 is an instalment" in map(str, match.reasons)


def test_a_letter_about_the_certificate_alone_was_about_its_instalment():
    reminded = bill(paid(1060, may(30)), Reminded(1, "client", on=june(3)))
    assert invoice_status(reminded, as_of=june(10)).overdue == eur(0)


def test_a_plan_of_the_certificate_to_come_is_150():
    plan = payment_plan(bill(paid(1060, may(30))), 1, on=june(10), first_due_on=july(1))
    assert plan.total == eur(150)
