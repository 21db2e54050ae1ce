"""What is released falls due, and no more is released than is still held."""

import pytest

from milestone_invoicing import (
    AddDays,
    Credited,
    DueRule,
    Installment,
    Invoice,
    InvoiceFact,
    PaymentTerms,
    Percent,
    RetainageReleased,
    Reversed,
    Voided,
    Withheld,
    WrittenOff,
    invoice_status,
    release_retainage,
)
from milestone_invoicing.errors import DateTypeError, ImpossibleFactError, RetainageError
from tests.unit.bills import NET_30, bill, eur, filled, june, may
from tests.unit.receivables.test_order_of_one_day import credited, paid

WAITS = PaymentTerms([Installment(Percent(100), DueRule((AddDays(30),)), after="a")])


def released(amount: int | str, day: int = 10, due: int = 25) -> RetainageReleased:
    return RetainageReleased(eur(amount), may(due), on=may(day))


def held(*facts: InvoiceFact, terms: PaymentTerms = NET_30) -> Invoice:
    """Return a bill of 1,000.00 that holds 100.00."""
    return bill(1000, *facts, held=eur(100), terms=terms)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([paid(960), released(40)], "p900, o40, p60"),
        ([paid(960), released(30)], "p900, o30, p60 h10"),
        ([credited(960), released(40)], "c900, o40, c60"),
        ([paid(500), Withheld(eur(460), on=may(6)), released(40)], "p500 t400, o40, t60"),
        ([WrittenOff(eur(960), on=may(5)), released(40)], "w900, o40, w60"),
        ([paid(930), released(30), released(40, 11)], "p900, o30, o40, p30"),
        ([paid(930), released(30), paid(50, 11), released(20, 12)], "p900, p30, o20, p50"),
        ([released(40), paid(920, 11), released(60, 12)], "p880 o20, p40, o60"),
        ([released(100), paid(960, 11)], "p860 o40, p100"),
        ([released(100), paid(960, 5)], "p900, p60 o40"),
        ([released(60), released(40, 12), paid(960, 5)], "p900, p20 o40, p40"),
        ([released(60), released(40, 12), paid(960, 11)], "p900, p60, o40"),
        ([paid(960, 10), released(40)], "p900, o40, p60"),
        ([released(40), paid(960, 10)], "p900, p40, p20 h40"),
        ([released(40), paid(960, 10), released(40)], "p900, p40, o40, p20"),
    ],
)
def test_what_is_released_falls_due_whatever_was_settled_before(
    facts: list[InvoiceFact], expected: str
):
    assert filled(held(*facts), may(20)) == expected


def test_what_waits_for_an_event_is_settled_before_what_is_held():
    assert filled(held(paid(950), released(50), terms=WAITS), may(20)) == "p900, o50, p50"
    assert filled(held(released(50), paid(100, 11), terms=WAITS), may(20)) == "p50 o850, p50, h50"


@pytest.mark.parametrize(
    ("facts", "most"),
    [
        ([], "100.00"),
        ([paid(900)], "100.00"),
        ([paid(960)], "40.00"),
        ([paid(1000)], "0.00"),
        ([paid(960), released(30)], "10.00"),
        ([paid(960), released(40)], "0.00"),
        ([paid(960), paid(20, 10)], "20.00"),
        ([paid(960), paid(20, 11)], "40.00"),
        ([credited(960)], "40.00"),
        ([paid(960), Reversed(paid(960), "bounced", on=may(10))], "100.00"),
        ([paid(960), Reversed(paid(960), "bounced", on=may(11))], "40.00"),
        ([released(70, 12)], "30.00"),
        ([paid(960, 11), released(40, 12)], "60.00"),
        ([paid(960), released(40, 12)], "40.00"),
        ([paid(990), Reversed(paid(990), "bounced", on=may(11)), released(95, 12)], "5.00"),
        ([released(70, 9), Reversed(released(70, 9), "early", on=may(11))], "30.00"),
    ],
)
def test_a_release_is_at_most_what_is_still_held(facts: list[InvoiceFact], most: str):
    told = held(*facts)
    message = rf"^RetainageReleased on 2026-05-10 .*: expected at most EUR {most}, which is held"
    cent = eur("0.01")
    with pytest.raises(ImpossibleFactError, match=message):
        told.record(released((eur(most) + cent).amount))
    if eur(most):
        before = invoice_status(told, as_of=may(10))
        after = invoice_status(told.record(released(most)), as_of=may(10))
        assert (after.open - before.open, before.retained - after.retained) == (eur(most),) * 2


@pytest.mark.parametrize("amount", ["40.01", "41", "100"])
def test_of_40_that_are_held_no_more_is_released(amount: str):
    paid_early = held(paid(960))
    assert invoice_status(paid_early, as_of=may(10)).retained == eur(40)
    with pytest.raises(ImpossibleFactError, match=r"expected at most EUR 40\.00, which is held"):
        paid_early.record(released(amount))
    with pytest.raises(RetainageError, match=r"expected above zero and at most EUR 40\.00, got"):
        release_retainage([paid_early], on=may(10), due_on=may(25), amount=eur(amount))


def test_when_the_payment_bounces_what_was_released_is_due_and_no_more():
    told = held(paid(960), released(40), Reversed(paid(960), "bounced", on=june(5)))
    before, after = (invoice_status(told, as_of=june(day)) for day in (4, 5))
    assert (before.open, before.overdue, before.retained) == (eur(40), eur(40), eur(0))
    assert (after.open, after.overdue, after.retained) == (eur(940), eur(940), eur(60))
    again = told.record(RetainageReleased(eur(60), june(30), on=june(6)))
    assert invoice_status(again, as_of=june(6)).retained == eur(0)
    with pytest.raises(ImpossibleFactError, match=r"at most EUR 60\.00, which is held"):
        told.record(RetainageReleased(eur("60.01"), june(30), on=june(6)))


BOUNCED = held(paid(960), Reversed(paid(960), "bounced", on=may(20)))


@pytest.mark.parametrize(
    ("invoice", "day", "amount"),
    [
        (held(paid(960)), 10, 40),
        (held(paid(960, 12)), 10, 40),
        (BOUNCED, 10, 40),
        (BOUNCED, 20, 100),
        (held(paid(960), released(30)), 10, 10),
        (held(credited(960)), 10, 40),
    ],
    ids=["paid early", "paid later", "bounced later", "bounced", "30 released", "credited"],
)
def test_all_that_is_held_is_what_was_held_on_the_day_and_still_is(
    invoice: Invoice, day: int, amount: int
):
    (told,) = release_retainage([invoice], on=may(day), due_on=may(25))
    assert told.facts[-1] == RetainageReleased(eur(amount), may(25), on=may(day))


def test_what_was_settled_on_the_day_is_not_released():
    settled = held(paid(1000), Reversed(paid(1000), "bounced", on=may(20)))
    with pytest.raises(RetainageError, match=r"^nothing is held on these invoices: expected an"):
        release_retainage([settled], on=may(10), due_on=may(25))
    two = [settled, bill(500, held=eur(50), number="2")]
    first, second = release_retainage(two, on=may(10), due_on=may(25))
    assert (first, second.facts) == (settled, (released(50),))


def test_a_void_and_a_day_that_is_none_are_refused():
    with pytest.raises(ImpossibleFactError, match="after a void, got Voided on 2026-05-05"):
        held(Voided("x", on=may(5))).record(released(1))
    with pytest.raises(DateTypeError, match=r"^on is not a plain date"):
        release_retainage([held()], on="2026-05-10", due_on=may(25))


def test_a_credit_note_holds_nothing_that_may_be_released():
    note = bill(-1000, held=eur(-100))
    with pytest.raises(ImpossibleFactError, match=r"at most EUR 0\.00, which is held, got EUR 1"):
        note.record(released(1))


def test_credits_that_came_with_it_on_one_day_count_as_recorded():
    note = Credited(eur(960), "N", on=may(10))
    assert filled(held(note, released(40)), may(20)) == "c900, o40, c60"
    assert filled(held(released(40), note), may(20)) == "c900, c40, c20 h40"
