"""Which periods are not billed, or twice: boundary days, gaps, voids, credits, whose lines."""

import re
from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    CreditEffect,
    Invoice,
    InvoiceKind,
    Line,
    Party,
    Period,
    PeriodBilling,
    Proration,
    Recurrence,
    RecurrenceRule,
    Retainer,
    Voided,
    credit_note,
    issue,
    missing_invoices,
    retainer_lines,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    DateTypeError,
    DuplicateNumberError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, eur, july, june, line, may

BOLT = Party("bolt", "Bolt")
MONTHS = Recurrence.monthly(may(1))
SUPPORT = Retainer("Support", eur(900), MONTHS)
MAY = Period.through(may(1), may(31))
JUNE = Period.through(june(1), june(30))


def billed(number: str, days: Period, *facts, of: Retainer = SUPPORT, on: date = may(1)) -> Invoice:  # noqa: B008  # a date never changes
    return Invoice(number, on, ACME, retainer_lines(of, days), facts=facts)


def told(*bills: Invoice, as_of: date, of: Retainer | Recurrence = SUPPORT, ahead: bool = True):
    """Return the first day, missing and doubled stretches of each period."""
    return [
        (str(each.period.start), [*map(str, each.missing)], [*map(str, each.doubled)])
        for each in missing_invoices(of, bills, as_of=as_of, ahead=ahead)
    ]


def whole(month: str, last: int) -> tuple[str, list[str], list[str]]:
    return f"2026-{month}-01", [f"2026-{month}-01 to 2026-{month}-{last}"], []


@pytest.mark.parametrize(
    ("as_of", "ahead", "periods"),
    [
        (april(30), True, []),
        (may(1), True, ["05"]),
        (may(31), True, ["05"]),
        (june(1), True, ["05", "06"]),
        (may(31), False, []),
        (june(1), False, ["05"]),
        (june(30), False, ["05"]),
        (july(1), False, ["05", "06"]),
    ],
    ids=str,
)
def test_a_period_is_expected_from_its_first_day_or_after_its_last(as_of, ahead, periods):
    months = {"05": 31, "06": 30}
    expected = [whole(month, months[month]) for month in periods]
    assert told(as_of=as_of, ahead=ahead) == expected
    assert told(as_of=as_of, ahead=ahead, of=MONTHS) == expected


def test_what_is_billed_is_not_missing_from_its_issue_on():
    invoice = billed("1", MAY, on=may(4))
    assert told(invoice, as_of=may(3)) == [whole("05", 31)]
    assert told(invoice, as_of=may(4)) == []
    assert told(invoice, as_of=june(1)) == [whole("06", 30)]
    assert told(billed("1", Period(may(1), july(1))), as_of=june(1)) == []


def test_a_void_bills_nothing_from_its_day_on():
    invoice = billed("1", MAY, Voided("x", on=may(9)))
    assert told(invoice, as_of=may(8)) == []
    assert told(invoice, as_of=may(9)) == [whole("05", 31)]


def test_a_part_leaves_a_gap_and_days_of_two_bills_are_doubled():
    part = billed("1", Period.through(may(5), may(20)))
    (found,) = missing_invoices(SUPPORT, [part], as_of=may(31))
    assert found == PeriodBilling(
        MAY, ("1",), (Period(may(1), may(5)), Period(may(21), june(1))), ()
    )
    assert not found.is_missing
    rest = billed("2", Period.through(may(18), may(31)))
    assert told(part, rest, as_of=may(31)) == [
        ("2026-05-01", ["2026-05-01 to 2026-05-04"], ["2026-05-18 to 2026-05-20"])
    ]
    (found,) = missing_invoices(SUPPORT, [rest, part], as_of=may(31))
    assert found.invoices == ("2", "1")
    third = billed("3", MAY)
    assert told(billed("1", MAY), billed("2", MAY), third, as_of=may(31)) == [
        ("2026-05-01", [], ["2026-05-01 to 2026-05-31"])
    ]


def test_days_that_are_doubled_in_different_ways_are_one_stretch_where_they_meet():
    early, late = Period.through(may(1), may(10)), Period.through(may(15), may(31))
    short = Period.through(may(20), may(25))
    bills = [billed(str(n), days) for n, days in enumerate([late, late, short])]
    missing = ["2026-05-01 to 2026-05-14"]
    assert told(*bills, as_of=may(31)) == [
        ("2026-05-01", missing, ["2026-05-15 to 2026-05-31"]),
    ]
    bills += [billed(str(n), early) for n in (3, 4)]
    assert told(*bills, as_of=may(31)) == [
        (
            "2026-05-01",
            ["2026-05-11 to 2026-05-14"],
            ["2026-05-01 to 2026-05-10", "2026-05-15 to 2026-05-31"],
        )
    ]


def test_a_whole_period_without_a_bill_is_missing():
    (found,) = missing_invoices(SUPPORT, [], as_of=may(1))
    assert (found.is_missing, found.invoices) == (True, ())


def test_only_days_of_use_are_expected():
    used = Retainer("Support", eur(900), MONTHS, first=may(10), last=june(15))
    assert told(of=used, as_of=may(9)) == []
    assert told(of=used, as_of=may(10)) == [("2026-05-10", ["2026-05-10 to 2026-05-31"], [])]
    assert told(of=used, as_of=june(15), ahead=False)[1:] == []
    assert told(of=used, as_of=june(16), ahead=False)[1:] == [
        ("2026-06-01", ["2026-06-01 to 2026-06-15"], [])
    ]
    assert told(billed("1", Period(may(1), july(1)), of=used), of=used, as_of=july(31)) == []
    ended = Recurrence.monthly(may(1), times=1)
    assert told(of=ended, as_of=july(31)) == [whole("05", 31)]


def test_a_started_period_that_is_charged_whole_is_billed_whole():
    flat = Retainer("Support", eur(900), MONTHS, first=may(10), proration=Proration.NONE)
    invoice = billed("1", Period.through(may(10), may(12)), of=flat)
    assert told(invoice, of=flat, as_of=may(31)) == []


@pytest.mark.parametrize(
    ("effect", "missing"),
    [
        (CreditEffect.REBILL, [whole("05", 31)]),
        (CreditEffect.CANCEL, []),
        (CreditEffect.PRICE_REDUCTION, []),
    ],
    ids=str,
)
def test_a_credit_that_is_to_be_billed_again_bills_its_days_once_less(effect, missing):
    invoice = billed("1", MAY)
    note = issue(credit_note(invoice, effect=effect, as_of=may(9)), number="C", on=may(9))
    assert told(invoice, note, as_of=may(9)) == missing
    assert told(invoice, note, as_of=may(8)) == []
    assert told(invoice, note, billed("2", MAY), as_of=may(9)) == (
        [] if missing else [("2026-05-01", [], ["2026-05-01 to 2026-05-31"])]
    )


def test_days_are_open_again_once_all_of_them_is_credited():
    invoice = billed("1", MAY)
    known = [invoice]
    for number, amount, day in (("C1", 10, 9), ("C2", 889, 10), ("C3", 1, 11)):
        draft = credit_note(
            invoice,
            effect=CreditEffect.REBILL,
            as_of=may(day),
            invoices=known,
            amount=eur(amount),
        )
        known.append(issue(draft, number=number, on=may(day)))
    assert [told(*known, as_of=may(day)) for day in (9, 10, 11)] == [[], [], [whole("05", 31)]]


def test_two_lines_of_the_same_days_are_credited_both():
    twice = Invoice("1", may(1), ACME, [*retainer_lines(SUPPORT, MAY)] * 2)
    assert told(twice, as_of=may(9)) == [("2026-05-01", [], ["2026-05-01 to 2026-05-31"])]
    note = issue(
        credit_note(twice, effect=CreditEffect.REBILL, as_of=may(9)), number="C", on=may(9)
    )
    assert told(twice, note, as_of=may(9)) == [whole("05", 31)]


def service(words: str, days: Period | None = MAY) -> Invoice:
    return Invoice("1", may(1), ACME, [Line(words, 1, eur(5), period=days)])


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("Support", True),
        ("Support 2026-05-01 - 2026-05-31", True),
        ("Support 2026-05-01 - 2026-05-31 (31/31)", True),
        ("Support 2026-06-01 - 2026-06-30", False),
        ("Support plus", False),
        ("Hosting", False),
    ],
)
def test_of_a_retainer_its_own_lines_count_and_of_a_recurrence_all(words: str, counts: bool):
    assert (told(service(words), as_of=may(1)) == []) is counts
    assert told(service(words), as_of=may(1), of=MONTHS) == []


def test_a_line_without_a_period_has_that_of_its_invoice_if_it_has_one():
    assert told(service("Support", None), as_of=may(1)) == [whole("05", 31)]
    stated = Invoice("1", may(1), ACME, [line()], period=MAY)
    assert told(stated, as_of=may(1), of=MONTHS) == []
    assert told(stated, as_of=may(1)) == [whole("05", 31)]
    own = Invoice("1", may(1), ACME, [Line("Work", 1, eur(5), period=JUNE)], period=MAY)
    assert told(own, as_of=may(1), of=MONTHS) == [whole("05", 31)]


def test_drafts_bill_nothing():
    draft = Invoice(None, None, ACME, retainer_lines(SUPPORT, MAY))
    assert told(draft, as_of=may(1)) == [whole("05", 31)]
    assert draft.kind is InvoiceKind.INVOICE


def test_one_retainer_of_several_clients_is_asked_about_client_by_client():
    acme, bolt = (
        Invoice(number, may(1), buyer, retainer_lines(SUPPORT, MAY))
        for number, buyer in (("1", ACME), ("2", BOLT))
    )
    for party, number in ((ACME, "1"), ("acme", "1"), (BOLT, "2"), ("bolt", "2")):
        assert missing_invoices(SUPPORT, [acme, bolt], as_of=may(31), party=party) == ()
        (june_alone,) = missing_invoices(SUPPORT, [acme, bolt], as_of=june(1), party=party)
        assert june_alone.period == JUNE
        twice = [acme, bolt, attrs.evolve(acme, number="3"), attrs.evolve(bolt, number="4")]
        (doubled,) = missing_invoices(SUPPORT, twice, as_of=may(31), party=party)
        assert (doubled.doubled, doubled.invoices[0]) == ((MAY,), number)
    (never,) = missing_invoices(SUPPORT, [acme, bolt], as_of=may(31), party="crow")
    assert never.is_missing


@pytest.mark.parametrize(
    "other",
    [
        Invoice("2", may(2), BOLT, retainer_lines(SUPPORT, MAY)),
        Invoice("2", may(1), BOLT, retainer_lines(SUPPORT, MAY), facts=[Voided("x", on=may(1))]),
        Invoice(None, None, BOLT, retainer_lines(SUPPORT, MAY)),
        Invoice("2", may(1), BOLT, [Line("Hosting", 1, eur(5), period=MAY)]),
    ],
    ids=["later", "void", "draft", "something else"],
)
def test_other_clients_whose_invoices_bill_nothing_of_it_do_not_matter(other: Invoice):
    assert told(billed("1", MAY), other, as_of=may(1)) == []


@pytest.mark.parametrize("of", [SUPPORT, MONTHS], ids=["retainer", "recurrence"])
def test_lines_of_two_clients_are_not_mixed(of: Retainer | Recurrence):
    other = Invoice("2", may(1), BOLT, retainer_lines(SUPPORT, MAY))
    message = (
        "lines of several clients bill these periods: "
        "expected invoices of one client, got acme, bolt; pass party="
    )
    with pytest.raises(ArgumentsError, match=f"^{message}$"):
        missing_invoices(of, [other, billed("1", MAY)], as_of=may(1))


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (
            lambda: missing_invoices("x", [], as_of=may(1)),
            WrongTypeError,
            (
                "what is billed by periods is of the wrong type: "
                "expected Retainer or Recurrence or RecurrenceRule, got 'x'"
            ),
        ),
        (
            lambda: missing_invoices(SUPPORT, [], as_of=None),
            DateTypeError,
            "as_of is not a plain date: expected datetime.date, got None",
        ),
        (
            lambda: missing_invoices(SUPPORT, [], as_of=may(1), ahead=1),
            WrongTypeError,
            "ahead is of the wrong type: expected bool, got 1",
        ),
        (
            lambda: missing_invoices(SUPPORT, [bill(), bill()], as_of=may(1)),
            DuplicateNumberError,
            "two invoices have one number: expected unique numbers, got '1'",
        ),
        (
            lambda: missing_invoices(SUPPORT, [], as_of=may(1), party=1),
            WrongTypeError,
            "the client is of the wrong type: expected Party or str, got 1",
        ),
        (
            lambda: missing_invoices(SUPPORT, [], as_of=may(1), party=""),
            BlankTextError,
            "the key of the client is blank: expected some text, got ''",
        ),
    ],
    ids=["no retainer", "no date", "no bool", "two of one number", "no client", "blank"],
)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()


def test_the_periods_of_a_rule_are_missed_like_those_of_a_recurrence():
    # The last business days of March and April 2026 are the 31st and the 30th.
    rule = RecurrenceRule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 3, 15))
    missing = ("2026-04-30", ["2026-04-30 to 2026-05-28"], [])
    first = ("2026-03-31", ["2026-03-31 to 2026-04-29"], [])
    assert told(of=rule, as_of=date(2026, 3, 30)) == []
    assert told(of=rule, as_of=april(30)) == [first, missing]
    assert told(of=rule, as_of=april(29), ahead=False) == []
    assert told(of=rule, as_of=april(30), ahead=False) == [first]
    retainer = Retainer("Support", eur(900), rule)
    paid = billed("1", Period.through(date(2026, 3, 1), april(29)), of=retainer, on=april(1))
    assert told(paid, of=retainer, as_of=april(30)) == [missing]
    assert told(paid, of=rule, as_of=april(30)) == [missing]
