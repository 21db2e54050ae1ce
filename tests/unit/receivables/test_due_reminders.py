"""What is to be sent on a day: steps, boundary days, pauses, levels, what is refused."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Assigned,
    Audience,
    Credited,
    CreditEffect,
    CurrencyMismatchError,
    DateTypeError,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    DueAmount,
    DueBeforeStartError,
    DueDateExtended,
    DuePart,
    DueRule,
    DuplicateNumberError,
    EndOfMonth,
    EventOccurred,
    FollowedUp,
    HandedOver,
    Installment,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    PeriodError,
    PlanAgreed,
    Promised,
    Reminded,
    Reminder,
    ReminderAnchor,
    ReminderPolicy,
    ReminderStep,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    Weight,
    WriteOffReason,
    WrittenOff,
    WrongTypeError,
    due_reminders,
    reminder_letters,
    reminder_plan,
)
from tests.unit.bills import ACME, bill, eur, july, june, line, may

STANDARD = ReminderPolicy.standard()
CLIENT = Audience.CLIENT
ISSUE, LAST = ReminderAnchor.ISSUE_DATE, ReminderAnchor.LAST_REMINDER
SENT = Sent(on=may(1))
PAID = Payment(eur(1000), on=june(5))
HALVES = PaymentTerms(
    [Installment(Percent(50), DueRule((AddDays(days),))) for days in (14, 44)]
)  # due on 15 May and 14 June


def sent(*facts: InvoiceFact, **others) -> Invoice:
    """Return an invoice of 1,000.00, sent on 1 May and due on the 31st."""
    return bill(1000, SENT, *facts, **others)


def told(level: int, on: date, audience: str = "client") -> Reminded:
    return Reminded(level, audience, on=on)


def step(after: int | DueRule, level: int, **others) -> ReminderStep:
    return ReminderStep(after, CLIENT, level=level, **others)


def levels(invoice: Invoice, day: date, policy: ReminderPolicy = STANDARD) -> list[int]:
    return [each.level for each in due_reminders([invoice], policy, as_of=day)]


def only(invoice: Invoice, day: date, policy: ReminderPolicy = STANDARD) -> Reminder:
    (found,) = due_reminders([invoice], policy, as_of=day)
    return found


FIRST_DAY, LAST_DAY = may(1), july(31)


def planned(
    invoice: Invoice, policy: ReminderPolicy, since: date = FIRST_DAY, until: date = LAST_DAY
) -> list[str]:
    plan = reminder_plan([invoice], policy, since=since, until=until)
    return [f"{each.on:%d %b} {each.level}" for each in plan]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (may(28), []),
        (may(29), [1]),
        (may(30), [1]),
        (may(31), [2]),
        (june(2), [2]),
        (june(3), [3]),
        (june(6), [3]),
        (june(7), [4]),
        (june(13), [4]),
        (june(14), [5]),
        (june(29), [5]),
        (june(30), [6]),
        (july(31), [6]),
    ],
)
def test_the_highest_step_reached_makes_up_for_all(day: date, expected: list[int]):
    assert levels(sent(), day) == expected


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ([told(3, june(3))], june(3), []),
        ([told(3, june(3))], june(6), []),
        ([told(3, june(3))], june(7), [4]),
        ([told(5, june(3))], june(14), []),
        ([told(5, june(3))], june(30), [6]),
        ([told(6, june(30))], july(31), []),
        ([told(9, june(1))], july(31), []),
        ([told(3, june(4))], june(3), [3]),  # dated later
        ([told(1, june(3), "somebody")], june(3), []),  # one a day, whoever got it
        ([told(1, june(3), "somebody")], june(4), [3]),
        ([told(4, june(3)), told(2, june(4))], june(7), []),  # the highest counts
        ([told(3, june(3)), Reversed(told(3, june(3)), "bounced", on=june(4))], june(3), []),
        ([told(3, june(3)), Reversed(told(3, june(3)), "bounced", on=june(4))], june(4), [3]),
    ],
)
def test_what_was_sent_is_not_sent_again_nor_anything_below(facts, day: date, expected):
    assert levels(sent(*facts), day) == expected


@pytest.mark.parametrize(
    ("invoice", "day", "expected"),
    [
        (bill(1000), june(3), []),  # never sent
        (bill(1000, Sent(on=june(3))), june(2), []),
        (bill(1000, Sent(on=june(3))), june(3), []),  # it speaks for itself
        (bill(1000, Sent(on=june(3))), june(4), [3]),
        (sent(Sent(on=june(3))), june(3), [3]),  # a copy is no first sending
        (bill(1000, number=None), june(3), []),
        (bill(1000, number="1", issued_on=None), june(3), []),
        (attrs.evolve(sent(), issued_on=june(9), facts=(Sent(on=june(9)),)), june(3), []),
        (bill(1000, Sent(on=may(1)), Voided("x", on=june(3))), june(2), [2]),
        (bill(1000, Sent(on=may(1)), Voided("x", on=june(3))), june(3), []),
        (bill(-1000, Sent(on=may(1))), june(3), []),
        (bill(0, Sent(on=may(1))), june(3), []),
        (sent(PAID), june(4), [3]),
        (sent(PAID), june(5), []),
        (sent(PAID, Reversed(PAID, "bounced", on=june(8))), june(7), []),
        (sent(PAID, Reversed(PAID, "bounced", on=june(8))), june(8), [4]),
        (sent(Credited(eur(1000), "N", on=june(3))), june(3), []),
        (sent(WrittenOff(eur(1000), WriteOffReason.BAD_DEBT, on=june(3))), june(3), []),
        (sent(Payment(eur("999.99"), on=june(1))), june(3), [3]),  # a cent is open
        (sent(Payment(eur(900), on=june(1)), held=eur(100)), june(3), []),
        (
            sent(
                Payment(eur(900), on=june(1)),
                RetainageReleased(eur(100), june(10), on=june(2)),
                held=eur(100),
            ),
            june(10),
            [2],
        ),
        (sent(terms=PaymentTerms([Installment(REST, after="delivery")])), june(30), []),
    ],
)
def test_what_is_reminded_of(invoice: Invoice, day: date, expected: list[int]):
    assert levels(invoice, day) == expected


def test_a_credit_note_is_not_reminded_of():
    note = Invoice(
        "2",
        may(1),
        ACME,
        [line(-1000)],
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.PRICE_REDUCTION,
    )
    assert levels(note.record(SENT), june(30)) == []


RESOLVED = DisputeResolved(DisputeOutcome.REJECTED, on=june(12))


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ([Disputed("x", on=june(3))], june(2), "1000.00"),
        ([Disputed("x", on=june(3))], june(3), None),
        ([Disputed("x", on=june(3)), RESOLVED], june(11), None),
        ([Disputed("x", on=june(3)), RESOLVED], june(12), "1000.00"),
        ([Disputed("x", eur(250), on=june(3))], june(3), "750.00"),
        ([Disputed("x", eur(250), on=june(3)), Payment(eur(750), on=june(4))], june(5), None),
        (
            [Disputed("x", eur(250), on=june(3)), Payment(eur("749.99"), on=june(4))],
            june(5),
            "0.01",
        ),
        ([Promised(june(15), on=june(5))], june(4), "1000.00"),
        ([Promised(june(15), on=june(5))], june(5), None),
        ([Promised(june(15), on=june(5))], june(15), None),
        ([Promised(june(15), on=june(5))], june(16), "1000.00"),
        ([Promised(june(15), eur(400), on=june(5))], june(10), None),
        (
            [Promised(june(15), eur(400), on=june(5)), Payment(eur(400), on=june(9))],
            june(10),
            "600.00",
        ),
        ([HandedOver("Collectors", on=june(3))], june(2), "1000.00"),
        ([HandedOver("Collectors", on=june(3))], june(3), None),
    ],
)
def test_disputes_promises_and_whoever_else_collects_pause(facts, day: date, expected: str | None):
    found = due_reminders([sent(*facts)], STANDARD, as_of=day)
    assert [str(each.amount) for each in found] == ([f"EUR {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("facts", "day", "due_on", "amount", "level"),
    [
        ([], may(13), may(15), 500, 1),
        ([], may(15), may(15), 500, 2),
        ([], june(13), may(15), 500, 5),
        ([], june(14), may(15), 1000, 6),  # the second is due as well
        ([Disputed("x", eur(300), on=may(20))], may(25), may(15), 500, 4),  # is due last
        ([Disputed("x", eur(700), on=may(20))], may(25), may(15), 300, 4),
        ([Payment(eur(500), on=may(20))], june(12), june(14), 500, 1),
        ([Payment(eur(400), on=may(20))], june(12), may(15), 100, 5),
        ([told(5, may(29)), Payment(eur(500), on=june(1))], june(12), june(14), 500, 1),
    ],
)
def test_the_oldest_open_instalment_decides(facts, day: date, due_on: date, amount, level: int):
    found = only(sent(*facts, terms=HALVES), day)
    assert (found.due_on, found.amount, found.level) == (due_on, eur(amount), level)
    assert found.days_past_due == (day - due_on).days


def due_after(*days: int) -> PaymentTerms:
    """Return terms of as many equal instalments, each due so many days after the issue date."""
    return PaymentTerms([Installment(Weight(1), DueRule((AddDays(each),))) for each in days])


def test_each_instalment_that_falls_due_brings_reminders_again():
    fallen = [date(2026, month, 19) for month in (1, 2, 3)]
    issued_on = date(2026, 1, 5)
    terms = due_after(*((each - issued_on).days for each in fallen))
    invoice = attrs.evolve(bill(3630, terms=terms), issued_on=issued_on).record(Sent(on=issued_on))
    plan = reminder_plan([invoice], STANDARD, since=issued_on, until=july(31))
    assert [
        f"{each.on:%d %b}: {each.level}, {each.amount.amount:f} of {each.about:%b}" for each in plan
    ] == [
        "17 Jan: 1, 1210.00 of Jan",
        "19 Jan: 2, 1210.00 of Jan",
        "22 Jan: 3, 1210.00 of Jan",
        "26 Jan: 4, 1210.00 of Jan",
        "02 Feb: 5, 1210.00 of Jan",
        "18 Feb: 6, 1210.00 of Jan",
        "19 Feb: 2, 2420.00 of Feb",
        "22 Feb: 3, 2420.00 of Feb",
        "26 Feb: 4, 2420.00 of Feb",
        "05 Mar: 5, 2420.00 of Feb",
        "19 Mar: 2, 3630.00 of Mar",
        "21 Mar: 6, 3630.00 of Feb",
        "22 Mar: 3, 3630.00 of Mar",
        "26 Mar: 4, 3630.00 of Mar",
        "02 Apr: 5, 3630.00 of Mar",
        "18 Apr: 6, 3630.00 of Mar",
    ]
    assert {each.due_on for each in plan} == {fallen[0]}
    late = [(each.count, each.final) for each in plan if each.audience is CLIENT and each.level > 2]
    assert late == [
        *((count, False) for count in (1, 2, 3, 5, 6, 7, 9, 10)),
        (11, True),  # the one before it would not have been the last
    ]


def test_each_instalment_of_a_plan_brings_reminders_again():
    parts = [DueAmount(june(5), eur(400)), DueAmount(june(25), eur(600))]
    agreed = sent(PlanAgreed(parts, on=june(1)))
    policy = ReminderPolicy.to_client(3, 10)
    assert planned(agreed, policy) == ["08 Jun 1", "15 Jun 2", "28 Jun 1", "05 Jul 2"]


@pytest.mark.parametrize(
    ("terms", "steps", "expected"),
    [
        # On 14 June both ladders have a new step: one letter, the higher level.
        (
            HALVES,
            STANDARD.steps,
            (
                "13 May 1, 15 May 2, 18 May 3, 22 May 4, 29 May 5, 14 Jun 6, "
                "17 Jun 3, 21 Jun 4, 28 Jun 5, 14 Jul 6"
            ),
        ),
        # What comes before a due date waits while an older instalment is late.
        (HALVES, [step(-7, 1), step(3, 2)], "08 May 1, 18 May 2, 14 Jun 1, 17 Jun 2"),
        (
            due_after(14, 19),
            ReminderPolicy.to_client(3, 7, 14).steps,
            "18 May 1, 22 May 2, 23 May 1, 27 May 2, 29 May 3, 03 Jun 3",
        ),
        (
            HALVES,
            [step(10, 1), step(5, 2, anchor=LAST), step(4, 3, anchor=LAST)],
            "25 May 1, 30 May 2, 03 Jun 3, 24 Jun 1, 29 Jun 2, 03 Jul 3",
        ),
        # Each letter asks for both; the days to the next one count from it.
        (
            due_after(14, 16),
            [step(5, 1), step(4, 2, anchor=LAST)],
            "20 May 1, 22 May 1, 26 May 2",
        ),
        (
            due_after(14, 16),
            [step(5, 1), step(2, 2, anchor=LAST)],
            "20 May 1, 22 May 2, 24 May 2",
        ),
        # Steps from the issue date have one ladder, that of the invoice.
        (HALVES, [step(40, 1, anchor=ISSUE)], "10 Jun 1"),
        (HALVES, [step(3, 1), step(48, 2, anchor=ISSUE)], "18 May 1, 17 Jun 1, 18 Jun 2"),
        (HALVES, [step(3, 1), step(45, 2, anchor=ISSUE)], "18 May 1, 15 Jun 2, 17 Jun 1"),
        (due_after(14, 14), [step(3, 1)], "18 May 1"),
    ],
)
def test_each_instalment_has_a_ladder_of_its_own(terms: PaymentTerms, steps, expected: str):
    assert planned(sent(terms=terms), ReminderPolicy(steps)) == expected.split(", ")


def test_what_repeats_goes_on_beside_the_steps_of_the_next_instalment():
    policy = ReminderPolicy([step(3, 1), step(10, 2, repeat_every=15)])
    found = planned(sent(terms=HALVES), policy, until=july(20))
    assert found == [
        "18 May 1",
        "25 May 2",
        "09 Jun 2",
        "17 Jun 1",
        "24 Jun 2",
        "09 Jul 2",
    ]


DOUBTED = Disputed("x", eur(500), on=may(20))  # all of the second half, which is due last


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        # A letter counts for a later instalment only as far as its own days allow.
        ([told(6, june(20))], june(20), []),
        ([told(6, june(20))], june(21), [4]),
        ([told(6, june(20)), Payment(eur(500), on=june(20))], june(21), [4]),
        ([told(6, june(20)), told(4, june(21))], june(27), []),
        ([told(6, june(20)), told(2, june(28))], june(29), [5]),
        ([told(5, june(13))], june(14), [6]),
        ([told(6, june(13))], june(14), [2]),  # it asked for the first alone
        ([told(6, june(13)), Payment(eur(500), on=june(13))], june(14), [2]),
        ([told(6, june(14))], june(16), []),
        # Nor for one that was disputed when it went out.
        ([told(6, june(14)), DOUBTED], june(30), []),
        ([told(6, june(29)), DOUBTED, RESOLVED], june(30), []),
        ([told(6, june(29)), DOUBTED, attrs.evolve(RESOLVED, on=june(30))], june(30), [5]),
        # Nor for one that was not open then.
        ([told(6, june(20)), Payment(eur(1000), on=may(9))], june(30), []),
        ([Disputed("x", on=june(1)), told(6, june(20)), RESOLVED], june(21), [4]),
    ],
)
def test_for_which_instalment_a_letter_counts(facts, day: date, expected: list[int]):
    assert levels(sent(*facts, terms=HALVES), day) == expected


def test_a_letter_about_all_that_was_disputed_counts_for_the_oldest_alone():
    facts = [Disputed("x", on=june(1)), told(6, june(29)), attrs.evolve(RESOLVED, on=june(30))]
    assert levels(sent(*facts, terms=HALVES), june(30)) == [5]


def test_of_instalments_that_reach_one_step_it_is_about_the_latest():
    late = only(sent(terms=HALVES), july(20))
    assert (late.level, late.about, late.due_on) == (6, june(14), may(15))
    early = only(sent(terms=HALVES), june(20))
    assert (early.level, early.about, early.due_on) == (6, may(15), may(15))
    assert str(early.reasons[0]) == (
        "level 6 to finance, 30 days after the due date: EUR 1000.00, "
        "of which EUR 500.00 due on 2026-05-15"
    )


def test_one_at_a_time_each_instalment_has_its_next_level():
    policy = ReminderPolicy([step(3, 1), step(5, 2), step(7, 3)], one_at_a_time=True)
    found = planned(sent(terms=HALVES), policy, since=june(20))
    assert found == ["20 Jun 1", "21 Jun 2", "22 Jun 3"]
    assert planned(sent(told(3, june(1)), terms=HALVES), policy, since=june(20)) == [
        "20 Jun 1",
        "21 Jun 2",
        "22 Jun 3",
    ]


@pytest.mark.parametrize(
    ("terms", "steps", "day", "final"),
    [
        (due_after(14), [step(3, 1), step(5, 2)], may(20), True),
        (HALVES, [step(3, 1), step(5, 2)], may(20), False),
        (HALVES, [step(3, 1), step(5, 2)], june(17), False),
        (HALVES, [step(3, 1), step(5, 2)], june(19), True),
        # It goes to the client once for the invoice, whatever falls due later.
        (HALVES, [step(20, 1, anchor=ISSUE), step(25, 2, anchor=ISSUE)], may(26), True),
        (HALVES, [step(3, 1), step(25, 2, anchor=ISSUE)], may(26), False),
        (HALVES, [step(3, 1), step(45, 2, anchor=ISSUE)], june(15), False),  # 17 June follows
        (due_after(14), [step(3, 1), step(25, 2, anchor=ISSUE)], may(26), True),
    ],
)
def test_the_last_letter_is_that_of_the_last_instalment(terms, steps, day: date, *, final: bool):
    plan = reminder_plan([sent(terms=terms)], ReminderPolicy(steps), since=may(1), until=july(31))
    assert [each.final for each in plan if each.on == day] == [final]


def test_what_is_disputed_is_no_later_instalment():
    plan = reminder_plan(
        [sent(DOUBTED, terms=HALVES)], ReminderPolicy.to_client(3, 9), since=may(1), until=july(31)
    )
    assert [(each.level, each.final) for each in plan] == [(1, False), (2, True)]


def test_a_reminder_has_a_part_for_each_due_date_that_it_asks_for():
    extended = DueDateExtended(may(20), "x", installment=1, on=may(2))
    invoice = sent(Disputed("x", eur(100), on=may(3)), extended, terms=due_after(14, 19, 30, 60))
    assert only(invoice, may(30)).parts == (DuePart(may(20), eur(500)),)
    assert only(invoice, may(31)).parts == (DuePart(may(20), eur(500)), DuePart(may(31), eur(250)))
    last = only(invoice, june(30))
    assert last.parts[2:] == (DuePart(june(30), eur(150)),)
    assert (last.due_on, last.amount) == (may(20), eur(900))


def test_all_that_is_open_stands_beside_what_is_asked_for():
    found = only(sent(Disputed("x", eur(300), on=may(20)), terms=HALVES), may(25))
    assert (found.amount, found.open) == (eur(500), eur(1000))


EXTENDED = DueDateExtended(june(20), "x", on=june(10))
LATER = PlanAgreed([DueAmount(june(25), eur(400)), DueAmount(july(25), eur(600))], on=june(10))


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ([told(4, june(7)), EXTENDED], june(9), []),
        ([told(4, june(7)), EXTENDED], june(17), []),
        ([told(4, june(7)), EXTENDED], june(18), [1]),
        ([told(4, june(7)), EXTENDED], june(23), [3]),
        ([told(4, june(7)), EXTENDED, Reversed(EXTENDED, "x", on=june(12))], june(12), []),
        ([told(4, june(7)), EXTENDED, Reversed(EXTENDED, "x", on=june(12))], june(14), [5]),
        ([told(4, june(7)), LATER], june(22), []),
        ([told(4, june(7)), LATER], june(23), [1]),
        ([told(4, june(7)), LATER, told(2, june(25))], june(28), [3]),
        ([told(4, june(7)), LATER, Payment(eur(400), on=june(25))], july(22), []),
        ([told(4, june(7)), LATER, Payment(eur(400), on=june(25))], july(23), [1]),
    ],
)
def test_a_new_date_to_pay_starts_with_the_first_level(facts, day: date, expected: list[int]):
    assert levels(sent(*facts), day) == expected


def test_what_was_paid_after_the_letter_of_that_day_does_not_change_what_it_was_about():
    letter, cash = told(5, may(29)), Payment(eur(500), on=may(29))
    assert levels(sent(letter, cash, terms=HALVES), june(12)) == [1]
    assert levels(sent(cash, letter, terms=HALVES), june(12)) == [1]


def test_a_letter_is_about_a_due_date_whether_or_not_it_was_sent_by_then():
    reminded = bill(1000, told(5, june(1)), Sent(on=june(5)))
    assert levels(reminded, june(14)) == []


def test_a_letter_from_before_the_first_step_counts_for_no_level():
    early = told(5, may(28))
    cash = Payment(eur(500), on=may(20))  # recorded late: the letter asked for the first half
    assert levels(sent(early, cash, terms=HALVES), june(12)) == [1]
    assert levels(sent(told(5, june(12)), cash, terms=HALVES), june(14)) == []


def test_a_payment_that_bounces_brings_the_old_date_back_with_its_levels():
    cash = Payment(eur(500), on=may(20))
    facts = [told(4, may(22) - timedelta(3)), cash, Reversed(cash, "bounced", on=june(5))]
    assert levels(sent(*facts, terms=HALVES), june(4)) == []
    assert levels(sent(*facts, terms=HALVES), june(5)) == [5]


@pytest.mark.parametrize(
    ("followed_up", "day", "expected"),
    [
        (None, june(10), [2]),
        (june(9), june(8), [1]),
        (june(10), june(10), [1]),
        (june(9), june(12), [1]),
        (june(9), june(13), [2]),
        (june(4), june(10), [2]),
    ],
)
def test_a_step_waits_while_somebody_has_just_followed_up(followed_up, day, expected: list[int]):
    facts = [FollowedUp("Dana", on=followed_up)] if followed_up else []
    policy = ReminderPolicy([step(3, 1), step(10, 2, quiet_days=3)])
    assert levels(sent(*facts), day, policy) == expected


def test_the_last_follow_up_counts():
    policy = ReminderPolicy([step(3, 1, quiet_days=0)])
    facts = [FollowedUp("Dana", on=june(5)), FollowedUp("Dana", on=june(4))]
    assert levels(sent(*facts), june(5), policy) == []
    assert levels(sent(*facts), june(6), policy) == [1]


@pytest.mark.parametrize(
    ("paid", "expected"),
    [("0.01", ["07 Jun 1", "14 Jun 2"]), (None, ["07 Jun 1", "14 Jun 3"])],
)
def test_large_amounts_take_another_step_on_the_same_day(paid: str | None, expected: list[str]):
    policy = ReminderPolicy([step(7, 1), step(14, 2), step(14, 3, least=eur(1000))])
    facts = [Payment(eur(paid), on=may(2))] if paid else []
    assert planned(sent(*facts), policy) == expected


def test_a_least_amount_may_be_reached_when_the_next_instalment_is_due():
    policy = ReminderPolicy([step(7, 1), step(14, 2, least=eur(501))])
    assert planned(sent(terms=HALVES), policy) == ["22 May 1", "14 Jun 2", "21 Jun 1", "28 Jun 2"]


def test_an_invoice_in_a_currency_without_a_least_amount_is_refused():
    policy = ReminderPolicy([step(7, 1, least=Money.of(5, "USD"))])
    with pytest.raises(CurrencyMismatchError, match="has no least amount in the currency of the"):
        due_reminders([sent()], policy, as_of=june(1))
    assert due_reminders([sent(PAID)], policy, as_of=june(5)) == ()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (ReminderPolicy.to_client(10, 20), ["10 Jun 1", "20 Jun 2"]),
        (
            ReminderPolicy([step(DueRule((AddDays(7), EndOfMonth())), 1)]),
            ["30 Jun 1"],
        ),
        (
            ReminderPolicy([step(5, 1, anchor=ISSUE), step(3, 2)]),
            ["06 May 1", "03 Jun 2"],
        ),
        (
            ReminderPolicy([step(10, 1), step(5, 2, anchor=LAST), step(9, 3, anchor=LAST)]),
            ["10 Jun 1", "15 Jun 2", "24 Jun 3"],
        ),
        (
            ReminderPolicy([step(10, 1), step(DueRule((EndOfMonth(),)), 2, anchor=LAST)]),
            ["10 Jun 1", "30 Jun 2"],
        ),
        (
            ReminderPolicy([step(3, 1, repeat_every=20)]),
            ["03 Jun 1", "23 Jun 1", "13 Jul 1"],
        ),
        (
            ReminderPolicy([step(3, 1, repeat_every=7), step(20, 2)]),
            ["03 Jun 1", "10 Jun 1", "17 Jun 1", "20 Jun 2"],
        ),
        (
            ReminderPolicy([step(3, 1), step(5, 2), step(7, 3)], days_apart=4),
            ["03 Jun 1", "07 Jun 3"],
        ),
        (
            ReminderPolicy([step(3, 1), step(5, 2), step(7, 3)], days_apart=4, one_at_a_time=True),
            ["03 Jun 1", "07 Jun 2", "11 Jun 3"],
        ),
        (
            # The middle step never applies, so that the last one does not wait for it.
            ReminderPolicy([step(3, 1), step(5, 2, least=eur(2000)), step(9, 3, anchor=LAST)]),
            ["03 Jun 1", "12 Jun 3"],
        ),
        (
            # It waits for the middle step, though nine days have passed before.
            ReminderPolicy([step(3, 1), step(25, 2), step(9, 3, anchor=LAST)]),
            ["03 Jun 1", "25 Jun 2", "04 Jul 3"],
        ),
    ],
)
def test_a_plan_of_every_kind_of_step(policy: ReminderPolicy, expected: list[str]):
    assert planned(sent(), policy) == expected


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ([], july(31), [1]),
        ([told(1, june(9))], july(31), [2]),
        ([told(2, june(9))], july(31), [3]),
        ([told(3, june(9))], july(31), []),
    ],
)
def test_one_at_a_time_is_the_next_level_not_the_highest(facts, day: date, expected: list[int]):
    policy = ReminderPolicy([step(3, 1), step(5, 2), step(7, 3)], one_at_a_time=True)
    assert levels(sent(*facts), day, policy) == expected


def test_one_at_a_time_a_step_that_waits_lets_no_higher_one_pass():
    policy = ReminderPolicy([step(3, 1, quiet_days=9), step(5, 2)], one_at_a_time=True)
    facts = [FollowedUp("Dana", on=june(1))]
    assert levels(sent(*facts), june(10), policy) == []
    assert levels(sent(*facts), june(11), policy) == [1]


def test_a_new_level_goes_before_one_that_repeats():
    steps = [step(3, 1, repeat_every=2), step(5, 2), step(6, 3)]
    for one_at_a_time, expected in ((False, [3]), (True, [2])):
        policy = ReminderPolicy(steps, one_at_a_time=one_at_a_time)
        assert levels(sent(told(1, june(3))), june(9), policy) == expected


@pytest.mark.parametrize(
    ("on", "day", "expected"),
    [
        (june(3), june(22), []),
        (june(3), june(23), [1]),
        (june(9), june(28), []),  # counted from the day it went out
        (june(9), june(29), [1]),
    ],
)
def test_a_repetition_counts_from_the_last_reminder(on: date, day: date, expected: list[int]):
    assert levels(sent(told(1, on)), day, ReminderPolicy([step(3, 1, repeat_every=20)])) == expected


def test_what_somebody_sent_above_all_levels_ends_the_repetition():
    policy = ReminderPolicy([step(3, 1, repeat_every=2)])
    assert levels(sent(told(2, june(3))), june(20), policy) == []


def test_steps_from_the_issue_date_do_not_start_again_with_the_next_instalment():
    policy = ReminderPolicy(
        [step(5, 1, anchor=ISSUE), step(10, 2, anchor=ISSUE), step(15, 3, anchor=ISSUE)]
    )
    facts = [told(1, may(6)), told(2, may(11)), Payment(eur(500), on=may(12))]
    assert levels(sent(*facts, terms=HALVES), may(13), policy) == []
    assert levels(sent(*facts, terms=HALVES), may(16), policy) == [3]


@pytest.mark.parametrize(
    ("day", "count", "final"),
    [
        (may(29), 1, False),
        (may(31), 1, False),
        (june(3), 1, False),
        (june(7), 2, False),
        (june(14), 3, True),
        (june(30), 1, False),
    ],
)
def test_a_reminder_knows_how_many_came_before(day: date, count: int, final: bool):
    plan = reminder_plan([sent()], STANDARD, since=may(1), until=july(31))
    (found,) = [each for each in plan if each.on == day]
    assert (found.count, found.final) == (count, final)


def test_the_first_is_never_the_last():
    assert only(sent(), june(20)).level == 5
    assert (only(sent(), june(20)).count, only(sent(), june(20)).final) == (1, False)


def test_what_repeats_is_never_the_last():
    policy = ReminderPolicy([step(3, 1, repeat_every=7)])
    plan = reminder_plan([sent()], policy, since=may(1), until=june(30))
    assert [(each.count, each.final) for each in plan] == [
        (1, False),
        (2, False),
        (3, False),
        (4, False),
    ]


def test_a_reminder_knows_its_facts_and_why():
    invoice = sent(
        told(2, may(31)),
        told(3, june(3)),
        Assigned("Dana", on=june(4)),
        Disputed("days", eur(250), on=june(5)),
    )
    found = only(invoice, june(8))
    assert (found.number, found.buyer, found.owner) == ("1", ACME, "Dana")
    assert (found.audience, found.level, found.on, found.due_on) == (CLIENT, 4, june(8), may(31))
    assert (found.days_past_due, found.amount, found.open) == (8, eur(750), eur(1000))
    assert [str(each) for each in found.reasons] == [
        "level 4 to client, 7 days after the due date: EUR 750.00 due on 2026-05-31",
        "last reminded on 2026-06-03: level 3 to client",
        "disputed since 2026-06-05: EUR 250.00 (days)",
    ]
    assert found.reasons[1].facts == (told(3, june(3)),)
    assert found.fact() == told(4, june(8))


def test_days_past_due_are_negative_before_the_due_date():
    assert [only(sent(), day).days_past_due for day in (may(29), may(31), june(1))] == [-2, 0, 1]


def test_reminders_stand_by_due_date_then_by_number():
    bills = [sent(number="3"), sent(number="2"), sent(number="4", terms=PaymentTerms.net(20))]
    found = due_reminders(bills, STANDARD, as_of=june(3))
    assert [each.number for each in found] == ["4", "2", "3"]
    plan = reminder_plan(bills, ReminderPolicy.to_client(3, 14), since=may(1), until=june(30))
    assert [(f"{each.on:%d %b}", each.number) for each in plan] == [
        ("24 May", "4"),
        ("03 Jun", "2"),
        ("03 Jun", "3"),
        ("04 Jun", "4"),
        ("14 Jun", "2"),
        ("14 Jun", "3"),
    ]


def test_a_plan_has_its_first_and_its_last_day():
    policy = ReminderPolicy.to_client(3)
    for since, until, expected in (
        (june(3), june(3), ["03 Jun 1"]),
        (june(2), june(2), []),
        (june(1), june(3), ["03 Jun 1"]),
        (june(4), june(5), ["04 Jun 1"]),
        (june(1), june(2), []),
    ):
        assert planned(sent(), policy, since, until) == expected


def test_a_step_beyond_the_last_day_keeps_none_before_it():
    policy = ReminderPolicy.to_client(3, 14)
    assert planned(sent(), policy, june(1), june(13)) == ["03 Jun 1"]
    assert planned(sent(), policy, june(1), june(14)) == ["03 Jun 1", "14 Jun 2"]


def test_a_plan_sees_what_is_dated_within_it():
    facts = [Promised(june(12), on=june(5)), Payment(eur(1000), on=june(20))]
    assert planned(sent(*facts), ReminderPolicy.to_client(3, 7, 25)) == ["03 Jun 1", "13 Jun 2"]


@pytest.mark.parametrize(
    ("facts", "quiet_days", "expected"),
    [
        ([Disputed("x", on=june(1)), RESOLVED], None, ["12 Jun 1"]),
        ([FollowedUp("Dana", on=june(3))], 0, ["04 Jun 1"]),
        ([FollowedUp("Dana", on=june(3))], 5, ["09 Jun 1"]),
    ],
)
def test_a_plan_goes_on_the_day_a_pause_ends(facts, quiet_days, expected: list[str]):
    assert planned(sent(*facts), ReminderPolicy([step(3, 1, quiet_days=quiet_days)])) == expected


def test_a_plan_starts_on_the_day_after_a_late_sending():
    late = bill(1000, Sent(on=june(9)))
    assert planned(late, ReminderPolicy.to_client(3)) == ["10 Jun 1"]


def test_reminders_are_apart_from_the_last_not_from_the_first():
    policy = ReminderPolicy([step(1, 1), step(2, 2), step(3, 3)], days_apart=4)
    facts = [told(1, june(1)), told(2, june(3))]
    assert levels(sent(*facts), june(6), policy) == []
    assert levels(sent(*facts), june(7), policy) == [3]


def test_a_plan_comes_to_an_instalment_once_its_event_has_occurred():
    parts = [Installment(Percent(50)), Installment(REST, after="delivery")]
    happened = [Payment(eur(500), on=may(2)), EventOccurred("delivery", on=june(9))]
    policy = ReminderPolicy.to_client(3)
    assert planned(sent(*happened, terms=PaymentTerms(parts)), policy) == ["12 Jun 1"]
    assert planned(sent(happened[0], terms=PaymentTerms(parts)), policy) == []


def test_a_plan_holds_back_as_long_as_somebody_follows_up():
    policy = ReminderPolicy([step(3, 1, quiet_days=2), step(30, 2)])
    facts = [FollowedUp("Dana", on=june(2)), FollowedUp("Dana", on=june(4))]
    assert planned(sent(*facts), policy) == ["07 Jun 1", "30 Jun 2"]


def test_a_plan_ends_with_the_calendar():
    policy = ReminderPolicy([step(3, 1, repeat_every=7)])
    late = date(9999, 12, 20)
    invoice = Invoice("1", late, ACME, [line()], facts=[Sent(on=late)])
    plan = reminder_plan([invoice], policy, since=late, until=date.max)
    assert [each.on.day for each in plan] == [23, 30]


def test_a_rule_that_leads_back_is_refused():
    policy = ReminderPolicy([step(DueRule((AddDays(-3),)), 1)])
    with pytest.raises(DueBeforeStartError, match="a due rule leads back in time"):
        due_reminders([sent()], policy, as_of=june(1))
    ahead = ReminderPolicy([step(DueRule((AddDays(-3),), may_precede=True), 1)])
    assert planned(sent(), ahead) == ["28 May 1"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: due_reminders([sent()], STANDARD, as_of=datetime(2026, 6, 1)),
            DateTypeError,
            "as_of is not a plain date",
        ),
        (
            lambda: due_reminders([sent()], STANDARD.steps, as_of=june(1)),
            WrongTypeError,
            "the policy is of the wrong type: expected ReminderPolicy",
        ),
        (
            lambda: due_reminders(sent(), STANDARD, as_of=june(1)),
            WrongTypeError,
            "invoices is not a collection",
        ),
        (
            lambda: due_reminders([sent(), sent()], STANDARD, as_of=june(1)),
            DuplicateNumberError,
            "two invoices have one number",
        ),
        (
            lambda: reminder_plan([], STANDARD, since=june(2), until=june(1)),
            PeriodError,
            "a stretch ends before it starts: expected 2026-06-02 or later",
        ),
        (
            lambda: reminder_plan([], STANDARD, since=None, until=june(1)),
            DateTypeError,
            "since is not a plain date",
        ),
        (
            lambda: reminder_plan([], STANDARD, since=june(1), until=None),
            DateTypeError,
            "until is not a plain date",
        ),
        (
            lambda: reminder_plan([], None, since=june(1), until=june(1)),
            WrongTypeError,
            "the policy is of the wrong type",
        ),
        (
            lambda: reminder_plan([sent(), sent()], STANDARD, since=june(1), until=june(1)),
            DuplicateNumberError,
            "two invoices have one number",
        ),
        (lambda: reminder_letters([sent()]), WrongTypeError, r"reminders\[0\] is of the wrong"),
    ],
)
def test_what_cannot_be_asked_is_refused(call, error, message: str):
    with pytest.raises(error, match=message):
        call()


def _of(number: str, buyer: str = "acme", currency: str = "EUR", **others) -> Reminder:
    found = only(sent(), june(3))
    changed = {
        "number": number,
        "buyer": attrs.evolve(ACME, key=buyer),
        "parts": (DuePart(may(31), Money.of(1, currency)),),
    }
    return attrs.evolve(found, **changed, **others)


INTERNAL = ReminderStep(3, Audience.OWNER, level=1)
FINANCE = ReminderStep(3, Audience.FINANCE, level=1)


@pytest.mark.parametrize(
    ("reminders", "letters"),
    [
        ([], []),
        ([_of("1"), _of("2")], ["12"]),
        ([_of("1"), _of("2", "bolt"), _of("3")], ["13", "2"]),
        ([_of("1"), _of("2", currency="USD")], ["1", "2"]),
        ([_of("1"), _of("2", on=june(4))], ["1", "2"]),
        ([_of("1"), _of("2", step=FINANCE)], ["1", "2"]),
        ([_of("1", owner="Dana"), _of("2", owner="Eve")], ["12"]),
        ([_of("1", owner="Dana", step=FINANCE), _of("2", owner="Eve", step=FINANCE)], ["12"]),
        ([_of("1", owner="Dana", step=INTERNAL), _of("2", owner="Eve", step=INTERNAL)], ["1", "2"]),
        ([_of("1", step=INTERNAL), _of("2", step=INTERNAL)], ["12"]),
    ],
)
def test_one_letter_for_each_reader_client_and_currency(reminders, letters: list[str]):
    found = reminder_letters(reminders)
    assert ["".join(str(each.number) for each in letter) for letter in found] == letters
