"""What stands beside the label: disputes, promises, who collects; with boundary days."""

from datetime import date

import pytest

from milestone_invoicing import (
    REST,
    Credited,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    EarlyDiscount,
    Flag,
    HandedOver,
    Invoice,
    InvoiceFact,
    InvoiceStatus,
    Milestone,
    Payment,
    PaymentTerms,
    Promised,
    Recovered,
    Reversed,
    Schedule,
    Sent,
    StatusLabel,
    Voided,
    Withheld,
    WrittenOff,
    invoice_status,
    what_changed,
)
from milestone_invoicing.display import status_text
from milestone_invoicing.errors import ImpossibleFactError
from tests.unit.bills import bill, eur, july, june, may

SENT = Sent(on=may(1))
DISPUTE = Disputed("two days too many", eur(250), on=june(5))
ALL = Disputed("not ours", on=june(5))


def asked(day: date, *facts: InvoiceFact, **options: object) -> InvoiceStatus:
    return invoice_status(bill(1000, SENT, *facts, **options), as_of=day)


def paid(amount: int | str, day: int) -> Payment:
    return Payment(eur(amount), on=june(day))


def resolved(day: int) -> DisputeResolved:
    return DisputeResolved(DisputeOutcome.REJECTED, on=june(day))


@pytest.mark.parametrize(
    ("facts", "day", "open_", "to_chase", "disputed"),
    [
        ([], 10, 1000, 1000, False),
        ([DISPUTE], 4, 1000, 1000, False),
        ([DISPUTE], 5, 1000, 750, True),
        ([DISPUTE, Disputed("y", eur(100), on=june(6))], 6, 1000, 650, True),
        ([ALL], 5, 1000, 0, True),
        ([DISPUTE, ALL], 5, 1000, 0, True),
        ([DISPUTE, resolved(8)], 7, 1000, 750, True),
        ([DISPUTE, resolved(8)], 8, 1000, 1000, False),
        ([DISPUTE, ALL, resolved(8)], 8, 1000, 1000, False),
        ([DISPUTE, resolved(8), Disputed("y", eur(9), on=june(8))], 8, 1000, 991, True),
        ([DISPUTE, paid(700, 6)], 6, 300, 50, True),
        ([DISPUTE, paid(750, 6)], 6, 250, 0, True),
        ([DISPUTE, paid(751, 6)], 6, 249, 0, True),
        ([DISPUTE, paid(1000, 6)], 5, 1000, 750, True),
        ([DISPUTE, paid(1000, 6)], 6, 0, 0, False),
        ([DISPUTE, Credited(eur(250), "N", on=june(9)), resolved(9)], 9, 750, 750, False),
        ([DISPUTE, Reversed(DISPUTE, "typed twice", on=june(7))], 6, 1000, 750, True),
        ([DISPUTE, Reversed(DISPUTE, "typed twice", on=june(7))], 7, 1000, 1000, False),
        ([DISPUTE, paid(1000, 6), Reversed(paid(1000, 6), "bounced", on=june(9))], 9, 1000, 750, 1),
        ([DISPUTE, WrittenOff(eur(1000), on=june(9))], 9, 0, 0, False),
    ],
)
def test_a_dispute_leaves_less_to_chase(
    facts: list[InvoiceFact], day: int, open_: int, to_chase: int, *, disputed: bool
):
    status = asked(june(day), *facts)
    assert (status.open, status.to_chase) == (eur(open_), eur(to_chase))
    assert (Flag.DISPUTED in status.flags) is bool(disputed)


def test_a_dispute_may_be_about_what_is_held():
    held = asked(june(6), paid(900, 2), Disputed("x", eur(40), on=june(5)), held=eur(100))
    assert held.label is StatusLabel.RETAINED
    assert (held.open, held.to_chase, held.flags) == (eur(0), eur(0), {Flag.DISPUTED})


def test_a_dispute_moves_no_date():
    plain, told = asked(june(10)), asked(june(10), ALL)
    assert (told.label, told.days_overdue, told.overdue) == (StatusLabel.OVERDUE, 10, eur(1000))
    assert plain.next_change is told.next_change is None


def promised(
    pay_on: int = 15, amount: int | None = None, on: int = 5, known: int | None = None
) -> Promised:
    return Promised(
        june(pay_on),
        None if amount is None else eur(amount),
        on=june(on),
        recorded_on=None if known is None else june(known),
    )


PAID_600 = paid(600, 2)
LATE_600 = Payment(eur(600), on=june(2), recorded_on=june(6))


def bounced(day: int, known: int | None = None) -> Reversed:
    return Reversed(
        PAID_600, "bounced", on=june(day), recorded_on=None if known is None else june(known)
    )


OWN, BROKEN = Flag.PROMISED, Flag.PROMISE_BROKEN


@pytest.mark.parametrize(
    ("facts", "day", "flag"),
    [
        ([promised()], 4, None),
        ([promised()], 5, OWN),
        ([promised()], 15, OWN),
        ([promised()], 16, BROKEN),
        ([promised(5)], 5, OWN),
        ([promised(5)], 6, BROKEN),
        ([promised(), paid(999, 10)], 15, OWN),
        ([promised(), paid(999, 10)], 16, BROKEN),
        ([promised(), paid(1000, 10)], 10, None),
        ([promised(15, 600), paid(600, 10)], 9, OWN),
        ([promised(15, 600), paid(600, 10)], 10, None),
        ([promised(15, 600), paid(600, 10)], 16, None),
        ([promised(15, 600), paid("599.99", 10)], 16, BROKEN),
        ([promised(15, 600), paid(300, 10), paid(300, 15)], 16, None),
        ([promised(15, 600), paid(600, 18)], 17, BROKEN),
        ([promised(15, 600), paid(600, 18)], 18, None),
        ([paid(400, 4), promised(15, 600)], 16, BROKEN),
        ([paid(400, 5), promised(15, 600)], 16, BROKEN),
        ([paid(400, 4), promised(), paid("599.99", 10)], 16, BROKEN),
        ([paid(400, 5), promised(), paid(599, 10)], 16, BROKEN),
        ([promised(15, 600), paid(600, 5)], 16, None),
        ([promised(15, 600), Withheld(eur(600), on=june(9))], 16, None),
        ([promised(15, 600), Credited(eur(600), "N", on=june(9))], 16, BROKEN),
        ([promised(), Credited(eur(1000), "N", on=june(9))], 16, None),
        ([promised(), WrittenOff(eur(1000), on=june(9))], 16, None),
        (
            [
                WrittenOff(eur(500), on=june(2)),
                promised(15, 400),
                Recovered(eur(400), on=june(9)),
            ],
            16,
            None,
        ),
        ([promised(15, 600), paid(600, 9), Reversed(paid(600, 9), "x", on=june(12))], 11, None),
        ([promised(15, 600), paid(600, 9), Reversed(paid(600, 9), "x", on=june(12))], 12, OWN),
        ([promised(15, 600), paid(600, 9), Reversed(paid(600, 9), "x", on=june(12))], 16, BROKEN),
        ([promised(), promised(20, None, 10)], 16, OWN),
        ([promised(), promised(20, None, 10)], 21, BROKEN),
        ([promised(), promised(20, None, 16)], 16, OWN),
        ([promised(20), promised(12, None, 10)], 13, BROKEN),
        ([promised(20, 600), paid(600, 6), promised(25, 400, 10)], 21, OWN),
        ([promised(), Reversed(promised(), "misheard", on=june(8))], 16, None),
        # All was 400; that the 600 bounce later changes nothing about it.
        ([PAID_600, promised(), bounced(8)], 8, OWN),
        ([PAID_600, promised(), bounced(8)], 16, BROKEN),
        ([PAID_600, promised(), bounced(8), paid(400, 10)], 9, OWN),
        ([PAID_600, promised(), bounced(8), paid(400, 10)], 10, None),
        ([PAID_600, promised(), bounced(8), paid(400, 10)], 16, None),
        ([PAID_600, promised(), bounced(8), paid("399.99", 10)], 16, BROKEN),
        ([PAID_600, promised(), bounced(5), paid(400, 10)], 16, None),
        ([PAID_600, bounced(5), promised(), paid(400, 10)], 16, BROKEN),
        ([PAID_600, bounced(4), promised(), paid(400, 10)], 16, BROKEN),
        ([PAID_600, bounced(4, 6), promised(), paid(400, 10)], 16, None),
        ([PAID_600, bounced(4, 5), promised(), paid(400, 10)], 16, BROKEN),
        ([LATE_600, promised(), paid(400, 10)], 16, None),  # nothing is outstanding
        ([LATE_600, promised(), paid(399, 10)], 16, BROKEN),
        ([LATE_600, promised(), Reversed(LATE_600, "x", on=june(8)), paid(400, 10)], 16, BROKEN),
        (
            [LATE_600, promised(known=5), Reversed(LATE_600, "x", on=june(8)), paid(400, 10)],
            16,
            BROKEN,
        ),
        (
            [LATE_600, promised(known=6), Reversed(LATE_600, "x", on=june(8)), paid(400, 10)],
            16,
            None,
        ),
        (
            [
                promised(),
                PAID_600,
                Reversed(promised(), "x", on=june(5)),
                promised(),
                bounced(8),
                paid(400, 10),
            ],
            16,
            None,
        ),
        ([promised(), Reversed(promised(), "x", on=june(5)), paid(600, 5), promised()], 16, BROKEN),
        (
            [
                promised(),
                Reversed(promised(), "x", on=june(5)),
                paid(600, 5),
                promised(),
                paid(300, 9),
                Reversed(paid(600, 5), "x", on=june(9)),
                paid(100, 10),
            ],
            16,
            None,
        ),
    ],
)
def test_a_promise_runs_and_is_broken(facts: list[InvoiceFact], day: int, flag: Flag | None):
    status = asked(june(day), *facts)
    assert status.flags & {OWN, BROKEN} == ({flag} if flag else set())


@pytest.mark.parametrize(
    ("pay_on", "day", "expected"),
    [
        (june(15), june(5), june(16)),
        (june(15), june(15), june(16)),
        (june(15), june(16), None),
        (date(9999, 12, 31), june(5), None),
        (date(9999, 12, 30), june(5), date(9999, 12, 31)),
    ],
)
def test_the_day_after_a_promise_is_foreseen(pay_on: date, day: date, expected: date | None):
    assert asked(day, Promised(pay_on, on=june(5))).next_change == expected


def test_what_comes_first_is_foreseen_first():
    early, late = Promised(may(20), on=may(5)), Promised(june(9), on=may(5))
    assert asked(may(10), early).next_change == may(21)
    assert asked(may(21), early).next_change == may(31)
    assert asked(may(10), late).next_change == may(31)
    assert asked(june(1), late).next_change == june(10)


def test_a_promise_that_is_kept_foresees_nothing():
    assert asked(june(10), promised(15, 600), paid(600, 10)).next_change is None


def test_a_discount_may_help_to_keep_a_promise():
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    told = bill(
        1000, SENT, Promised(may(11), on=may(5)), Payment(eur(980), on=may(11)), terms=terms
    )
    assert invoice_status(told, as_of=may(12)).flags == frozenset()


def test_a_promise_is_about_what_is_open_and_not_what_is_held():
    told = bill(1000, SENT, promised(), paid(900, 9), held=eur(100))
    assert invoice_status(told, as_of=june(16)).flags == frozenset()


@pytest.mark.parametrize(
    ("facts", "day", "flag"),
    [
        ([promised(15, 1000), paid(900, 9)], 15, OWN),
        ([promised(15, 1000), paid(900, 9)], 16, BROKEN),
        ([promised(15, 1000), paid(900, 9), paid(100, 18)], 17, BROKEN),
        ([promised(15, 1000), paid(900, 9), paid(100, 18)], 18, None),
        (
            [paid(500, 2), promised(), paid(300, 9), Credited(eur(100), "N", on=june(10))],
            16,
            BROKEN,
        ),
        ([promised(), Credited(eur(900), "N", on=june(9))], 15, OWN),
        ([promised(), Credited(eur(900), "N", on=june(9))], 16, BROKEN),
        ([promised(), WrittenOff(eur(900), on=june(9))], 16, BROKEN),
        ([promised(), WrittenOff(eur(1000), on=june(9))], 16, None),
        ([paid(900, 2), promised(15, 100)], 16, BROKEN),
        ([paid(900, 2), promised(15, 100), paid(100, 15)], 16, None),
    ],
)
def test_a_promise_stays_broken_while_only_held_money_is_outstanding(
    facts: list[InvoiceFact], day: int, flag: Flag | None
):
    status = asked(june(day), *facts, held=eur(100))
    assert status.open == eur(0)
    assert status.flags == ({flag} if flag else set())
    assert status.next_change == (june(16) if flag is OWN else None)


def test_all_that_is_open_is_nothing_while_only_held_money_is_outstanding():
    told = bill(1000, SENT, paid(900, 2), held=eur(100))
    message = (
        r"^Promised on 2026-06-05 is impossible: expected at most EUR 0\.00, which is open, "
        r"got all of nothing; state the amount of what is held$"
    )
    with pytest.raises(ImpossibleFactError, match=message):
        told.record(promised())
    with pytest.raises(
        ImpossibleFactError, match=r"at most EUR 100\.00, which is outstanding, got"
    ):
        told.record(Promised(june(15), eur("100.01"), on=june(5)))


def test_a_status_says_how_much_was_promised_as_known_then():
    told = bill(1000, SENT, PAID_600, promised(), bounced(8), paid(100, 9))
    reason = invoice_status(told, as_of=june(10)).reasons[-1]
    assert (
        str(reason) == "promised on 2026-06-05: EUR 400.00 by 2026-06-15, of which EUR 100.00 came"
    )


AGENCY = HandedOver("Collectors Ltd", eur(40), on=june(20))


@pytest.mark.parametrize(
    ("facts", "day", "flags"),
    [
        ([AGENCY], june(19), set()),
        ([AGENCY], june(20), {Flag.HANDED_OVER}),
        ([AGENCY, Payment(eur(1000), on=july(1))], june(30), {Flag.HANDED_OVER}),
        ([AGENCY, Payment(eur(1000), on=july(1))], july(1), set()),
        ([AGENCY, Reversed(AGENCY, "taken back", on=july(1))], july(1), set()),
        ([AGENCY, ALL, promised()], june(20), {Flag.HANDED_OVER, Flag.DISPUTED, BROKEN}),
    ],
)
def test_what_is_handed_over_stays_so_until_it_is_paid(
    facts: list[InvoiceFact], day: date, flags: set[Flag]
):
    assert asked(day, *facts).flags == flags


def test_handing_over_costs_the_client_nothing():
    assert asked(june(20), AGENCY).open == eur(1000)


def test_a_void_ends_what_was_said():
    told = bill(1000, SENT, ALL, promised(), AGENCY, Voided("wrong client", on=june(20)))
    status = invoice_status(told, as_of=june(20))
    assert (status.flags, status.to_chase, status.next_change) == (frozenset(), eur(0), None)


def test_each_flag_says_why():
    second = HandedOver("a court", on=june(21))
    told = bill(1000, SENT, DISPUTE, ALL, promised(15, 600), paid(200, 9), AGENCY, second)
    reasons = invoice_status(told, as_of=june(21)).reasons[3:]
    assert [(str(reason), reason.facts) for reason in reasons] == [
        ("disputed since 2026-06-05: EUR 250.00 (two days too many)", (DISPUTE,)),
        ("disputed since 2026-06-05: all (not ours)", (ALL,)),
        ("handed over on 2026-06-21 to a court", (second,)),
        (
            "promised on 2026-06-05: EUR 600.00 by 2026-06-15, of which EUR 200.00 came",
            (promised(15, 600),),
        ),
    ]


def test_people_read_flags_beside_the_label():
    status = asked(june(16), DISPUTE, promised())
    assert [status_text(status, locale=locale) for locale in ("en", "nl")] == [
        "overdue (16 days), disputed, promise broken",
        "achterstallig (16 dagen), betwist, toezegging niet nagekomen",
    ]


def test_a_change_of_flags_is_told_beside_the_label_which_stays():
    schedule = Schedule(eur(1000), [Milestone("a", "Audit", REST)])
    told: Invoice = bill(1000, SENT, Promised(may(20), on=may(5)))
    changes = what_changed(schedule, [told], since=may(2), until=june(30))
    assert [
        (each.on, each.before, each.after, {*each.raised}, {*each.lowered}) for each in changes
    ] == [
        (may(5), StatusLabel.SENT, StatusLabel.SENT, {Flag.PROMISED}, set()),
        (may(21), StatusLabel.SENT, StatusLabel.SENT, {Flag.PROMISE_BROKEN}, {Flag.PROMISED}),
        (may(31), StatusLabel.SENT, StatusLabel.DUE, set(), set()),
        (june(1), StatusLabel.DUE, StatusLabel.OVERDUE, set(), set()),
    ]
