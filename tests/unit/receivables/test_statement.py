"""Statements of a client: each kind of movement, boundary days, what moves inside, refusals."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    AgingBuckets,
    Applied,
    Credited,
    CreditEffect,
    EarlyDiscount,
    Invoice,
    InvoiceFact,
    Money,
    MovementKind,
    OnAccount,
    Party,
    Payment,
    PaymentTerms,
    Recovered,
    Refunded,
    Reversed,
    Sent,
    StatementAccount,
    Voided,
    Withheld,
    WrittenOff,
    apply_credit,
    credit_note,
    issue,
    statement,
)
from milestone_invoicing.errors import (
    BlankTextError,
    DateRangeError,
    DateTypeError,
    DuplicateNumberError,
    PeriodError,
    UnknownClientError,
    WrongTypeError,
)
from milestone_invoicing.receivables.accounts.movements import steps_of
from tests.unit.bills import ACME, april, bill, eur, june, line, may

MAY = {"since": may(1), "until": may(31)}


def account(*bills: Invoice, on_account=(), **days: date) -> StatementAccount:
    told = statement("acme", bills, on_account=on_account, **(days or MAY))
    (found,) = told.accounts
    return found


def told(*bills: Invoice, **asked) -> list[str]:
    """Return the movements as ``day kind number reference amount balance``, signed."""
    return [
        f"{each.on:%d.%m.} {each.kind} {each.number} {each.reference}".strip()
        + f": {each.amount.amount:+} = {each.balance.amount}"
        + (f" [{each.applied.amount}]" if each.applied else "")
        for each in account(*bills, **asked).movements
    ]


def paid(amount: int, on: date, reference: str = "bank") -> Payment:
    return Payment(eur(amount), reference=reference, on=on)


PAID = paid(400, may(9))
LOST = WrittenOff(eur(1000), on=may(20))
ROWS: dict[str, tuple[list[InvoiceFact], list[str]]] = {
    "an issue is told": ([], []),
    "1000 - 400 = 600": ([PAID], ["09.05. payment 1 bank: -400.00 = 600.00"]),
    "1000 - 1400 + 400 = 0": (
        [paid(1400, may(9)), Refunded(eur(400), "bank", "r", on=may(12))],
        ["09.05. payment 1 bank: -1400.00 = -400.00", "12.05. refund 1 r: +400.00 = 0.00"],
    ),
    "1000 - 400 + 400 = 1000": (
        [PAID, Reversed(PAID, "bounced", on=may(12))],
        [
            "09.05. payment 1 bank: -400.00 = 600.00",
            "12.05. reversal 1 bounced: +400.00 = 1000.00",
        ],
    ),
    "1000 - 150 = 850": (
        [Withheld(eur(150), "W-17", on=may(9))],
        ["09.05. tax withheld 1 W-17: -150.00 = 850.00"],
    ),
    "1000 - 1000 = 0": ([LOST], ["20.05. write-off 1: -1000.00 = 0.00"]),
    "1000 - 1000 + 300 - 300 = 0": (
        [LOST, Recovered(eur(300), "late", on=may(25))],
        [
            "20.05. write-off 1: -1000.00 = 0.00",
            "25.05. write-off 1: +300.00 = 300.00",
            "25.05. recovery 1 late: -300.00 = 0.00",
        ],
    ),
    "1000 - 1000 + 1000 = 1000": (
        [LOST, Reversed(LOST, "x", on=may(25))],
        ["20.05. write-off 1: -1000.00 = 0.00", "25.05. write-off 1: +1000.00 = 1000.00"],
    ),
    "1000 - 1000 for a void = 0": (
        [Voided("wrong client", on=may(3))],
        ["03.05. void 1 wrong client: -1000.00 = 0.00"],
    ),
    "a credit without its note takes off its amount": (
        [Credited(eur(250), "CN-9", on=may(9))],
        ["09.05. credit applied 1 CN-9: -250.00 = 750.00"],
    ),
    "what moves no money is not told": ([Sent(on=may(2))], []),
    "two payments of one day are two": (
        [paid(100, may(9), "a"), paid(200, may(9), "b")],
        ["09.05. payment 1 a: -100.00 = 900.00", "09.05. payment 1 b: -200.00 = 700.00"],
    ),
}


@pytest.mark.parametrize(("facts", "expected"), ROWS.values(), ids=ROWS)
def test_each_movement_is_told_with_its_sign(facts: list[InvoiceFact], expected: list[str]):
    assert told(bill(1000, *facts)) == ["01.05. invoice 1: +1000.00 = 1000.00", *expected]


def test_a_write_off_of_the_day_before_is_in_the_opening_alone():
    lost = bill(1000, WrittenOff(eur(100), on=may(9)), paid(400, may(12)))
    assert told(lost, since=may(10), until=may(31)) == ["12.05. payment 1 bank: -400.00 = 500.00"]
    assert told(lost, since=may(9), until=may(31))[0].startswith("09.05. write-off 1: -100.00")


def test_a_method_is_the_reference_of_a_payment_without_one_and_a_fact_stands_behind():
    cash = Payment(eur(5), "cash", on=may(9))
    issued, movement = account(bill(1000, cash)).movements
    assert (issued.reference, issued.fact) == ("", None)
    assert (movement.reference, movement.fact) == ("cash", cash)
    bare = Payment(eur(5), on=may(9))
    assert account(bill(1000, bare)).movements[1].reference == ""
    recovered = Recovered(eur(1), on=may(30))
    assert account(bill(1000, LOST, recovered)).movements[3].reference == ""


def test_a_discount_is_told_on_the_day_it_is_taken_and_comes_back_with_the_payment():
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    pay = paid(980, may(11))
    back = Reversed(pay, "bounced", on=may(20))
    assert told(bill(1000, pay, back, terms=terms)) == [
        "01.05. invoice 1: +1000.00 = 1000.00",
        "11.05. payment 1 bank: -980.00 = 20.00",
        "11.05. discount 1: -20.00 = 0.00",
        "20.05. reversal 1 bounced: +980.00 = 980.00",
        "20.05. discount 1: +20.00 = 1000.00",
    ]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (may(1), may(10), 0),
        (may(1), may(11), 1),
        (may(11), may(11), 1),
        (may(11), may(31), 1),
        (may(12), may(31), 0),
    ],
    ids=str,
)
def test_a_discount_is_told_on_its_day_alone(since: date, until: date, expected: int):
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    moved = account(bill(1000, paid(980, may(11)), terms=terms), since=since, until=until).movements
    assert sum(each.kind is MovementKind.DISCOUNT for each in moved) == expected


def test_a_discount_of_what_came_before_the_issue_is_told_on_the_issue_date():
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    assert told(bill(1000, paid(980, april(20)), terms=terms)) == [
        "01.05. invoice 1: +1000.00 = 20.00",
        "01.05. discount 1: -20.00 = 0.00",
    ]


def test_what_happens_on_one_day_is_told_as_it_was_recorded():
    assert told(bill(1000, PAID, Reversed(PAID, "x", on=may(9)), paid(10, may(9), "b")))[1:] == [
        "09.05. payment 1 bank: -400.00 = 600.00",
        "09.05. reversal 1 x: +400.00 = 1000.00",
        "09.05. payment 1 b: -10.00 = 990.00",
    ]
    cent = eur("0.01")
    small = bill("0.01", WrittenOff(cent, on=may(2)), Recovered(cent, on=may(3)))
    assert told(small)[2:] == [
        "03.05. write-off 1: +0.01 = 0.01",
        "03.05. recovery 1: -0.01 = 0.00",
    ]


def credited(*facts: InvoiceFact) -> tuple[Invoice, ...]:
    """Return an invoice of 1,000.00 and a note of 300.00 on it, both issued."""
    invoice = bill(1000)
    draft = credit_note(invoice, effect=CreditEffect.PRICE_REDUCTION, as_of=may(5), amount=eur(300))
    return invoice, issue(draft, number="CN-1", on=may(5)).record(*facts)


def test_a_credit_note_takes_its_amount_off_when_issued_and_moves_nothing_when_set_off():
    both = apply_credit(credited(), "CN-1", "1", on=may(7), amount=eur(200))
    assert told(*both) == [
        "01.05. invoice 1: +1000.00 = 1000.00",
        "05.05. credit note CN-1: -300.00 = 700.00",
        "07.05. credit applied 1 CN-1: +0.00 = 700.00 [200.00]",
    ]
    found = account(*both)
    assert [(each.reference, str(each.open.amount)) for each in found.open_items] == [
        ("1", "800.00"),
        ("CN-1", "-100.00"),
    ]


def test_each_side_finds_one_other_side_and_no_more():
    both = apply_credit(credited(), "CN-1", "1", on=may(7), amount=eur(50))
    both = apply_credit(both, "CN-1", "1", on=may(7), amount=eur(50))
    invoice, note = both
    assert [each[-9:] for each in told(*both)[2:]] == ["0 [50.00]", "0 [50.00]"]
    twice = invoice.record(Credited(eur(50), "CN-1", on=may(7)))
    assert told(twice, note)[2:] == [
        "07.05. credit applied 1 CN-1: +0.00 = 700.00 [50.00]",
        "07.05. credit applied 1 CN-1: +0.00 = 700.00 [50.00]",
        "07.05. credit applied 1 CN-1: -50.00 = 650.00",
    ]


@pytest.mark.parametrize(
    "credit",
    [
        Credited(eur(201), "CN-1", on=may(7)),
        Credited(eur(200), "CN-2", on=may(7)),
        Credited(eur(200), "CN-1", on=may(8)),
    ],
    ids=["another amount", "another note", "another day"],
)
def test_records_that_do_not_match_move_the_balance_by_themselves(credit: Credited):
    invoice, note = credited(Applied(eur(200), "1", on=may(7)))
    inside = [each.applied for each in account(invoice.record(credit), note).movements]
    assert not any(inside)


def test_what_is_applied_to_an_unknown_invoice_is_told_on_the_note():
    _, note = credited(Applied(eur(200), "7", on=may(7)))
    assert told(note) == [
        "05.05. credit note CN-1: -300.00 = -300.00",
        "07.05. credit applied CN-1 7: +200.00 = -100.00",
    ]


def test_money_on_account_counts_when_it_comes_and_moves_nothing_when_applied():
    use = Applied(eur(300), "1", on=may(12))
    money = OnAccount("acme", eur(500), may(4), "bank 17", [use])
    assert told(bill(1000, paid(300, may(12), "b")), on_account=[money]) == [
        "01.05. invoice 1: +1000.00 = 1000.00",
        "04.05. on account None bank 17: -500.00 = 500.00",
        "12.05. on account applied 1 b: +0.00 = 500.00 [300.00]",
    ]
    # Without its payment, the record is one of its own.
    assert told(bill(1000), on_account=[money])[2:] == [
        "12.05. on account applied None 1: +300.00 = 800.00"
    ]


def test_money_on_account_that_is_taken_back_on_both_sides_moves_nothing():
    use, pay = Applied(eur(300), "1", on=may(12)), paid(300, may(12))
    money = OnAccount("acme", eur(500), may(4), "bank 17", [use])
    money = money.record(Reversed(use, "wrong", on=may(14)), Refunded(eur(500), "bank", on=may(15)))
    invoice = bill(1000, pay, Reversed(pay, "wrong", on=may(14)))
    assert told(invoice, on_account=[money])[2:] == [
        "12.05. on account applied 1 bank: +0.00 = 500.00 [300.00]",
        "14.05. reversal 1 wrong: +0.00 = 500.00 [-300.00]",
        "15.05. refund None bank: +500.00 = 1000.00",
    ]


def test_new_documents_stand_first_on_their_day_then_numbers_count():
    first = bill(100, paid(10, may(4)), number="2")
    second = bill(200, number="3", issued_on=may(4))
    third = bill(300, paid(30, may(4)), number="1")
    assert [each[:18] for each in told(first, second, third)] == [
        "01.05. invoice 1: ",
        "01.05. invoice 2: ",
        "04.05. invoice 3: ",
        "04.05. payment 1 b",
        "04.05. payment 2 b",
    ]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (april(1), april(30), ("0.00", 0, "0.00")),
        (april(30), may(1), ("0.00", 1, "1000.00")),
        (may(1), may(8), ("0.00", 1, "1000.00")),
        (may(2), may(9), ("1000.00", 1, "600.00")),
        (may(9), may(9), ("1000.00", 1, "600.00")),
        (may(10), may(31), ("600.00", 0, "600.00")),
    ],
    ids=str,
)
def test_both_days_count_and_the_opening_is_of_the_evening_before(since, until, expected):
    found = statement("acme", [bill(1000, PAID)], since=since, until=until).accounts
    if not found:
        assert (since, expected) == (april(1), ("0.00", 0, "0.00"))  # nothing is dated that early
        return
    (one,) = found
    opening, moved, closing = expected
    assert (str(one.opening.amount), len(one.movements), str(one.closing.amount)) == (
        opening,
        moved,
        closing,
    )


def test_a_payment_before_the_issue_is_the_clients_until_then():
    early = bill(1000, paid(400, april(20)))
    found = account(early, since=april(1), until=april(30))
    assert (found.closing, found.open_items[0].open) == (eur(-400), eur(-400))
    assert found.open_items[0].issued_on is None
    assert told(early)[0] == "01.05. invoice 1: +1000.00 = 600.00"


def test_retained_money_is_owed_and_shown_apart():
    found = account(bill(1000, PAID, held=eur(100)))
    assert (found.closing, found.retained) == (eur(600), eur(100))
    assert [(str(each.due_on), each.open) for each in found.open_items] == [
        ("2026-05-31", eur(500))
    ]


def test_what_is_open_is_listed_by_due_date_and_aged_and_what_is_paid_is_not():
    terms = PaymentTerms.monthly(2, first_days=10)
    bills = [
        bill(1000, terms=terms, number="9"),
        bill(50, number="2", terms=PaymentTerms.net(20)),
        bill(70, paid(70, may(2)), number="3"),
    ]
    money = OnAccount("acme", eur(30), may(4), "bank")
    used_up = OnAccount("acme", eur(9), may(4), "x", [Refunded(eur(9), on=may(5))])
    asked = statement(
        ACME,
        bills,
        since=may(1),
        until=june(5),
        on_account=[money, used_up],
        buckets=AgingBuckets((20,)),
    )
    (found,) = asked.accounts
    assert [(each.reference, str(each.due_on), each.open) for each in found.open_items] == [
        ("9", "2026-05-11", eur(500)),
        ("2", "2026-05-21", eur(50)),
        ("9", "2026-06-11", eur(500)),
        ("bank", "None", eur(-30)),
    ]
    (row,) = asked.aging.rows
    assert (row.key, row.current, row.buckets) == ("acme", eur(500), (eur(50), eur(500)))
    assert (row.unapplied, row.balance) == (eur(-30), found.closing)


def test_currencies_and_clients_stay_apart_and_drafts_are_left_out():
    dollars = Invoice("5", may(2), ACME, [line()]).record()
    other = bill(7, number="6", buyer=Party("bolt", "Bolt"))
    yen = OnAccount("acme", Money.of(5, "JPY"), may(4))
    draft = bill(8, number=None, issued_on=None)
    asked = statement(ACME, [dollars, other, draft], on_account=[yen], **MAY)
    assert asked.party == "acme"
    assert [(str(each.currency), str(each.closing)) for each in asked.accounts] == [
        ("EUR", "EUR 1000.00"),
        ("JPY", "JPY -5"),
    ]
    foreign = OnAccount("bolt", eur(5), may(4))
    assert len(statement(ACME, [dollars], on_account=[foreign], **MAY).accounts) == 1
    later = statement(ACME, [dollars], on_account=[yen], since=april(1), until=may(1))
    assert later.accounts == ()
    (came,) = statement(ACME, [], on_account=[yen], since=may(4), until=may(4)).accounts
    assert str(came.closing) == "JPY -5"
    early = bill(1000, paid(1, april(20)))
    (came,) = statement(ACME, [early], since=april(1), until=april(20)).accounts
    assert came.closing == eur(-1)
    assert statement(ACME, [early], since=april(1), until=april(19)).accounts == ()


def test_a_draft_moves_nothing():
    drafts = [bill(8, number=None), bill(8, issued_on=None)]
    assert steps_of(drafts, [], may(1), may(31)) == ()


def of(key: str, name: str, number: str) -> Invoice:
    return bill(1, number=number, buyer=Party(key, name))


NAMED = [
    of("acme", "Acme Ltd", "1"),
    of("acme-nl", "Acme Nederland BV", "2"),
    of("x7", "Bolt", "3"),
]


@pytest.mark.parametrize(
    ("party", "nearest"),
    [
        ("Acme Ltd", ("acme", "acme-nl")),
        ("ACME LTD", ("acme", "acme-nl")),
        ("acmee", ("acme", "acme-nl")),
        ("acme-n", ("acme-nl", "acme")),
        ("bolt", ("x7",)),
        ("deltas", ("delta",)),
        ("zzz", ()),
        (Party("bolt", "Bolt"), ("x7",)),
    ],
    ids=str,
)
def test_a_client_that_nobody_knows_is_refused_with_the_nearest_keys(
    party: Party | str, nearest: tuple[str, ...]
):
    money = OnAccount("delta", eur(5), may(4))
    for bills in (NAMED, NAMED[::-1]):
        with pytest.raises(UnknownClientError, match="no invoice and no money") as caught:
            statement(party, bills, on_account=[money], **MAY)
        assert caught.value.nearest == nearest


def test_at_most_three_keys_are_told_and_those_of_one_name_by_key():
    clients = [of(key, "Acme", key) for key in ("d", "b", "a", "c")]
    with pytest.raises(UnknownClientError, match="such as 'a' or 'b' or 'c', got 'Acme'") as caught:
        statement("Acme", clients, **MAY)
    assert caught.value.nearest == ("a", "b", "c")


def test_a_client_whose_key_differs_in_capitals_alone_is_another_one():
    two = [of("acme", "Acme", "1"), of("ACME", "Acme", "2")]
    for key, number in (("acme", "1"), ("ACME", "2")):
        (found,) = statement(key, two, **MAY).accounts
        assert [each.number for each in found.movements] == [number]


def test_a_client_of_whom_anything_is_there_is_known():
    draft = bill(8, number=None, issued_on=None)
    later = bill(9, number="9", issued_on=june(1))
    for bills in ([], [*NAMED[1:], draft], [*NAMED[1:], later]):
        assert statement("acme", bills, **MAY).accounts == ()
    money = OnAccount("acme", eur(5), june(1))
    assert statement("acme", NAMED[1:], on_account=[money], **MAY).accounts == ()


REFUSED = {
    "a name for a key": (
        lambda: statement("Acme Ltd", NAMED, **MAY),
        UnknownClientError,
        (
            "no invoice and no money on account is of this client: expected the key of one of the "
            "clients, such as 'acme' or 'acme-nl', got 'Acme Ltd'"
        ),
    ),
    "nobody alike": (
        lambda: statement("zzz", [], on_account=[OnAccount("acme", eur(5), may(4))], **MAY),
        UnknownClientError,
        (
            "no invoice and no money on account is of this client: expected the key of one of the "
            "clients, got 'zzz'"
        ),
    ),
    "no client": (
        lambda: statement(7, [], **MAY),
        WrongTypeError,
        "the client is of the wrong type: expected Party or str, got 7",
    ),
    "a blank key": (
        lambda: statement(" ", [], **MAY),
        BlankTextError,
        "the key of the client is blank: expected some text, got ' '",
    ),
    "backwards": (
        lambda: statement("acme", [], since=may(2), until=may(1)),
        PeriodError,
        "a stretch ends before it starts: expected 2026-05-02 or later, got 2026-05-01",
    ),
    "a time": (
        lambda: statement("acme", [], since=may(2), until=datetime(2026, 5, 2)),
        DateTypeError,
        (
            "until is not a plain date: expected datetime.date, got 2026-05-02 00:00:00; "
            "call .date() on a datetime"
        ),
    ),
    "the first day of all": (
        lambda: statement("acme", [], since=date.min, until=may(2)),
        DateRangeError,
        "a step of days from 0001-01-01 leads to no date: expected a step that stays ",
    ),
    "two of one number": (
        lambda: statement("acme", [bill(), bill()], **MAY),
        DuplicateNumberError,
        "two invoices have one number: expected unique numbers, got '1'",
    ),
    "invoices that are none": (
        lambda: statement("acme", ["x"], **MAY),
        WrongTypeError,
        "invoices[0] is of the wrong type: expected Invoice, got 'x'",
    ),
    "money that is none": (
        lambda: statement("acme", [], on_account=["x"], **MAY),
        WrongTypeError,
        "the money on account[0] is of the wrong type: expected OnAccount, got 'x'",
    ),
    "buckets that are none": (
        lambda: statement("acme", [], buckets=(30,), **MAY),
        WrongTypeError,
        "buckets is of the wrong type: expected AgingBuckets or None, got (30,)",
    ),
}


@pytest.mark.parametrize(("ask", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        ask()
