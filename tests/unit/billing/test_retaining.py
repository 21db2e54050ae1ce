"""What bills retain: the rule to date, both modes, what frees it; amounts worked out by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AddDays,
    Applied,
    Credited,
    CreditEffect,
    DiscountTax,
    DropMilestone,
    DueRule,
    EarlyDiscount,
    Invoice,
    Line,
    Milestone,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Refunded,
    ReleaseOn,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageReleased,
    RetainageScope,
    RetainageState,
    RetainageStep,
    Reversed,
    Schedule,
    Tax,
    Trigger,
    Voided,
    WrittenOff,
    apply_credit,
    credit_note,
    draft_invoice,
    draft_release,
    due_items,
    issue,
    record,
    release_retainage,
    retainage_state,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NotReadyError,
    NumberRangeError,
    RetainageError,
    WrongTypeError,
)
from tests.unit.bills import ACME, bill, eur, july, june, line, may
from tests.unit.orders import order
from tests.unit.work import approve, cancel, deliver

HELD, UNBILLED = RetainageMode
NET, GROSS = RetainageBase
MAY_31 = may(31)
S21, S9 = Tax.standard(21), Tax.standard(9)
TEN, TEN_THEN_FIVE = (
    [RetainageStep(10)],
    [RetainageStep(10), RetainageStep(5, after=Percent(50))],
)


def contract(steps: Sequence[RetainageStep] = TEN, **rule: Any) -> Schedule:
    """Return a contract of 600 and 400, both to be billed at once."""
    return Schedule(
        eur(1000),
        [
            Milestone("a", "Audit", eur(600), trigger=Trigger.ON_SIGNING),
            Milestone("b", "Books", eur(400), trigger=Trigger.ON_SIGNING),
        ],
        signed_on=may(1),
        retainage=Retainage(steps, **rule),
    )


def drafted(
    schedule: Schedule, key: str, known: Sequence[Invoice] = (), *, day: int = 1, **options: Any
) -> Invoice:
    options = {"tax": S21, **options}
    return draft_invoice(schedule, key, invoices=known, as_of=may(day), buyer=ACME, **options)


def billed(schedule: Schedule, *parts: tuple[str, int], tax: Tax = S21) -> tuple[Invoice, ...]:
    """Return one bill of each part, on 1 May, 2 May and so on."""
    known: tuple[Invoice, ...] = ()
    for day, (key, portion) in enumerate(parts, start=1):
        draft = drafted(schedule, key, known, day=day, portion=eur(portion), tax=tax)
        known = (*known, issue(draft, number=str(day), on=may(day)))
    return known


def kept(bills: Sequence[Invoice]) -> list[str]:
    """Return what each bill keeps back, held or left off, as decimal text."""
    return [
        str(
            each.held.amount
            if each.held
            else -sum(ln.net.amount for ln in each.lines if ln.retainage)
        )
        for each in bills
    ]


def on(schedule: Schedule, bills: Sequence[Invoice], day: date = MAY_31) -> RetainageState:
    return retainage_state(schedule, bills, as_of=day)


def figures(state: RetainageState) -> tuple[str, ...]:
    """Return due to be held, retained, released, held and to release, as decimal text."""
    return tuple(
        str(each.amount)
        for each in (
            state.due_to_be_held,
            state.retained,
            state.released,
            state.held,
            state.to_release,
        )
    )


# What each bill retains.

THREE = (("a", 300), ("b", 400), ("a", 300))
MOST_75 = {"cap": Percent("7.5")}
RETAINED = {
    "10% of 300, 400, 300": (TEN, {}, ["30.00", "40.00", "30.00"]),
    "left off, 10% of 300, 400, 300": (TEN, {"mode": UNBILLED}, ["30.00", "40.00", "30.00"]),
    "10% of 363, 484, 363": (TEN, {"base": GROSS}, ["36.30", "48.40", "36.30"]),
    "left off is net: 10% of 300, 400, 300": (
        TEN, {"base": GROSS, "mode": UNBILLED}, ["30.00", "40.00", "30.00"]),
    # To date 30; 50 + 5% of 200 = 60; 50 + 5% of 500 = 75.
    "10% of 300 and 200, 5% of 200 and 300": (TEN_THEN_FIVE, {}, ["30.00", "30.00", "15.00"]),
    # To date 30; 5% of 700 = 35; 5% of 1000 = 50.
    "10% of 300, then 5% of all": (TEN_THEN_FIVE, {"gives_back": True}, ["30.00", "5.00", "15.00"]),
    # Of a: 300 is half of 600; of b all is above half at once: 10% of 200 and 5% of 200.
    "each milestone by itself": (
        TEN_THEN_FIVE, {"scope": RetainageScope.MILESTONE}, ["30.00", "30.00", "15.00"]),
    "at most 7.5% of 1000": (TEN, MOST_75, ["30.00", "40.00", "5.00"]),
    "at most 50": (TEN, {"cap": eur(50)}, ["30.00", "20.00", "0"]),
    "at most 7.5% of 1210": (TEN, {"base": GROSS, **MOST_75}, ["36.30", "48.40", "6.05"]),
    "at most 7.5% of 600 and of 400": (
        TEN, {"scope": RetainageScope.MILESTONE, **MOST_75}, ["30.00", "30.00", "15.00"]),
    "nothing of all": ([RetainageStep(0)], {}, ["0", "0", "0"]),
    "all of all": ([RetainageStep(100)], {}, ["300.00", "400.00", "300.00"]),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "rule", "expected"), RETAINED.values(), ids=RETAINED)
def test_each_bill_retains_the_figure_to_date_less_what_is_retained(
    steps: Sequence[RetainageStep], rule: dict[str, Any], expected: list[str]
):
    assert kept(billed(contract(steps, **rule), *THREE)) == expected


@pytest.mark.parametrize("cumulative", [False, True])
def test_of_amounts_with_tax_the_tax_is_as_a_discount_always_reduces_it(cumulative: bool):
    # 600 + 21 % of 588 is 723.48, and 1,000 + 21 % of 980 is 1,205.80.
    always = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])
    known: list[Invoice] = []
    for key in "ab":
        draft = drafted(contract(base=GROSS), key, known, terms=always, cumulative=cumulative)
        known.append(issue(draft, number=key, on=may(1)))
    assert kept(known) == ["72.35", "48.23"]
    state = retainage_state(contract(base=GROSS), known, as_of=may(2))
    assert (state.due_to_be_held, state.held) == (eur("120.58"), eur("120.58"))


def test_payable_now_is_what_is_billed_less_what_is_held():
    schedule = attrs.evolve(
        contract(), milestones=[Milestone("a", "Audit", eur(1000), trigger=Trigger.ON_SIGNING)]
    )
    draft = drafted(schedule, "a")
    assert (draft.totals.tax, draft.payable, draft.held) == (eur(210), eur(1210), eur(100))
    (now, later) = issue(draft, number="1", on=may(1)).installments
    assert (now.amount, now.due_on) == (eur(1110), may(1))
    assert (later.amount, later.due_on, later.held) == (eur(100), None, True)


def test_what_is_left_off_is_a_line_without_milestone_that_lowers_the_tax():
    draft = drafted(contract(mode=UNBILLED), "a")
    work, off = draft.lines
    assert (work.net, work.milestone, work.retainage) == (eur(600), "a", False)
    assert off == Line("Retainage: Audit", -1, eur(60), tax=S21, retainage=True)
    assert (draft.held, draft.totals.tax, draft.payable) == (None, eur("113.40"), eur("653.40"))


def test_the_cents_of_the_rule_do_not_drift():
    # 0.05 of 0.10 in ten bills of a cent: half up of 0.005 x n is 1 1 2 2 3 3 4 4 5 5 cents.
    schedule = Schedule(
        eur("0.10"),
        [Milestone("a", "Audit", eur("0.10"), trigger=Trigger.ON_SIGNING)],
        signed_on=may(1),
        retainage=Retainage.flat(50),
    )
    known: tuple[Invoice, ...] = ()
    for day in range(1, 11):
        draft = drafted(schedule, "a", known, day=day, portion=eur("0.01"))
        known = (*known, issue(draft, number=str(day), on=may(day)))
    assert kept(known) == ["0.01", "0"] * 5


def test_a_step_on_gross_begins_only_once_its_progress_is_exceeded():
    # 30.03 of 100.10 is 30%; with tax 36.34 of 121.1333, which is rounded up: 10% of 36.34.
    steps = [RetainageStep(10), RetainageStep(5, after=Percent(30))]
    schedule = Schedule(
        eur("100.10"),
        [Milestone("a", "Audit", eur("100.10"), trigger=Trigger.ON_SIGNING)],
        signed_on=may(1),
        retainage=Retainage(steps, base=GROSS, gives_back=True),
    )
    assert drafted(schedule, "a", portion=eur("30.03")).held == eur("3.63")
    # 30.04 is 36.35 with tax, 5% of which is 1.8175.
    assert drafted(schedule, "a", portion=eur("30.04")).held == eur("1.82")


def test_a_bill_never_retains_more_than_itself_and_the_next_makes_up_for_it():
    # Nothing until half, then 90% of all: to date 0, 540, 900; the second bill is 100 with tax 121.
    steps = [RetainageStep(0), RetainageStep(90, after=Percent(50))]
    parts = (("a", 500), ("a", 100), ("b", 400))
    assert kept(billed(contract(steps, gives_back=True), *parts)) == ["0", "121.00", "484.00"]
    off = billed(contract(steps, gives_back=True, mode=UNBILLED), *parts)
    assert kept(off) == ["0", "100.00", "400.00"]
    assert off[1].payable == eur(0)


def test_a_void_retains_nothing_and_a_draft_is_reserved_for():
    schedule = contract(cap=eur(50))
    first = issue(drafted(schedule, "a"), number="1", on=may(1))
    assert first.held == eur(50)
    assert drafted(schedule, "b", [first]).held is None
    assert drafted(schedule, "b", [drafted(schedule, "a")]).held is None
    void = first.record(Voided("wrong", on=may(3)))
    assert drafted(schedule, "b", [void], day=3).held == eur(40)
    assert figures(on(schedule, [void], may(2)))[1] == "50.00"
    assert figures(on(schedule, [void], may(3)))[1] == "0.00"


def test_work_that_is_worth_nothing_any_more_retains_nothing():
    schedule = contract(scope=RetainageScope.MILESTONE)
    dropped = schedule.apply(order(DropMilestone("b"), on=may(2)), billed={})
    known = billed(schedule, ("a", 300))
    assert on(dropped, known).due_to_be_held == eur(30)


def test_what_a_bill_holds_is_divided_by_what_it_bills_of_each_milestone():
    # 0.10 of 0.01 and 0.09 is 0.01 and 0.09: of neither is more held than the rule retains.
    schedule = Schedule(
        eur("0.10"),
        [Milestone("a", "A", eur("0.01")), Milestone("b", "B", REST)],
        retainage=Retainage([RetainageStep(100)], scope=RetainageScope.MILESTONE),
    )
    lines = [line("0.01", milestone="a"), line("0.09", milestone="b")]
    bills = [Invoice("1", may(1), ACME, lines, held=eur("0.10"))]
    assert figures(on(schedule, bills)) == ("0.10", "0.10", "0.00", "0.10", "0.00")


# What is released, and what is not retained again.


def test_what_a_lower_step_gives_back_is_to_be_released():
    schedule = contract(TEN_THEN_FIVE, gives_back=True)
    known = billed(schedule, ("a", 500))
    assert figures(on(schedule, known)) == ("50.00", "50.00", "0.00", "50.00", "0.00")
    known = billed(schedule, ("a", 500), ("b", 100))
    # 5% of 600 is 30, and 50 are held.
    assert kept(known) == ["50.00", "0"]
    assert figures(on(schedule, known)) == ("30.00", "50.00", "0.00", "50.00", "20.00")
    # Given back or not, all bills together hold 5% of 1000 in the end.
    rest = drafted(schedule, "b", known, day=9)
    assert rest.held is None or rest.held == eur(0)
    given = release_retainage(known, on=may(5), due_on=may(20), amount=eur(20))
    assert figures(on(schedule, given)) == ("30.00", "50.00", "20.00", "30.00", "0.00")
    assert drafted(schedule, "b", given, day=9).held == eur(15)  # 5% of 900, less 30


@pytest.mark.parametrize("gives_back", [False, True])
@pytest.mark.parametrize("mode", RetainageMode)
def test_what_is_released_ahead_of_the_rule_is_not_retained_again(
    mode: RetainageMode, *, gives_back: bool
):
    schedule = contract(mode=mode, gives_back=gives_back)
    known = billed(schedule, ("a", 600))
    if mode is HELD:
        known = release_retainage(known, on=may(2), due_on=may(9))
    else:
        draft = draft_release(schedule, invoices=known, as_of=may(2), buyer=ACME)
        known = (*known, issue(draft, number="R", on=may(2)))
    assert figures(on(schedule, known)) == ("60.00", "60.00", "60.00", "0.00", "0.00")
    assert kept([drafted(schedule, "b", known, day=3)]) == ["40.00"]


def test_releases_take_the_first_invoice_first():
    schedule = contract()
    known = release_retainage(billed(schedule, *THREE), on=may(10), due_on=may(31), amount=eur(50))
    facts = [[(fact.amount, fact.due_on) for fact in each.facts] for each in known]
    assert facts == [[(eur(30), may(31))], [(eur(20), may(31))], []]
    assert figures(on(schedule, known, may(9)))[2:4] == ("0.00", "100.00")
    assert figures(on(schedule, known, may(10)))[2:4] == ("50.00", "50.00")
    rest = release_retainage(known, on=may(11), due_on=may(11))
    assert figures(on(schedule, rest, may(11)))[2:4] == ("100.00", "0.00")
    assert [item.due_on for item in due_items(rest[1], as_of=may(11))] == [may(2), may(31), may(11)]


SETTLED = {
    "paid early": (Payment(eur(726), on=may(3)), "0.00"),
    "half of it paid early": (Payment(eur(696), on=may(3)), "30.00"),
    "written off": (WrittenOff(eur(726), on=may(3)), "0.00"),
    "what is due paid": (Payment(eur(666), on=may(3)), "60.00"),
}


@pytest.mark.parametrize(("fact", "held"), SETTLED.values(), ids=SETTLED)
def test_what_is_settled_is_not_held_any_more(fact: Any, held: str):
    schedule = contract()
    known = record(billed(schedule, ("a", 600)), "1", fact)
    state = on(schedule, known)
    assert figures(state)[3] == held
    assert state.retained == state.released + state.held
    assert drafted(schedule, "b", known, day=4).held == eur(40)


# Credit notes in between.

AGAIN, LESS = CreditEffect.REBILL, CreditEffect.PRICE_REDUCTION


@pytest.mark.parametrize("mode", RetainageMode)
def test_a_whole_credit_takes_all_back_and_the_second_bill_retains_the_same(mode: RetainageMode):
    schedule = contract(mode=mode)
    (first,) = billed(schedule, ("a", 600))
    note = issue(credit_note(first, effect=AGAIN, as_of=may(31)), number="N", on=may(3))
    assert figures(on(schedule, [first, note], may(2)))[1] == "60.00"
    assert figures(on(schedule, [first, note], may(3))) == ("0.00",) * 5
    again = drafted(schedule, "a", [first, note], day=3, rebill=True)
    assert (again.totals, again.held) == (first.totals, first.held)


def test_a_part_takes_what_is_due_first_and_what_is_held_last():
    schedule = contract()
    (first,) = billed(schedule, ("a", 600))  # 726.00, of which 60.00 are held
    one = credit_note(first, effect=AGAIN, as_of=may(31), amount=eur(666))
    assert one.held is None
    more = credit_note(first, effect=AGAIN, as_of=may(31), amount=eur("666.01"))
    assert more.held == eur("-0.01")
    notes = [issue(more, number="N", on=may(3))]
    rest = credit_note(first, effect=AGAIN, as_of=may(31), invoices=notes)
    assert (rest.payable, rest.held) == (eur("-59.99"), eur("-59.99"))
    assert figures(on(schedule, [first, *notes]))[1:4] == ("59.99", "0.00", "59.99")
    known = apply_credit([first, *notes], "N", "1", on=may(4))
    assert known[0].facts == (Credited(eur("666.01"), "N", on=may(4)),)
    assert known[1].facts == (Applied(eur("666.01"), "1", on=may(4)),)
    assert figures(on(schedule, known))[1:4] == ("59.99", "0.00", "59.99")


def test_what_is_held_beyond_the_rule_after_a_credit_is_to_be_released_or_used_up():
    schedule = contract()
    known = billed(schedule, ("a", 600))
    note = credit_note(known[0], effect=AGAIN, as_of=may(31), net=eur(200))
    known = (*known, issue(note, number="N", on=may(3)))
    # 10% of 400 is 40.
    assert figures(on(schedule, known)) == ("40.00", "60.00", "0.00", "60.00", "20.00")
    assert kept([drafted(schedule, "b", known, day=4)]) == ["20.00"]  # 80 to date, 60 retained
    given = release_retainage(known, on=may(3), due_on=may(3), amount=eur(20))
    assert kept([drafted(schedule, "b", given, day=4)]) == ["40.00"]


def test_a_bill_that_held_less_than_the_rule_gives_nothing_back_when_it_is_released():
    schedule = contract()
    less = attrs.evolve(billed(schedule, ("a", 200))[0], held=eur(5))
    given = release_retainage([less], on=may(3), due_on=may(3), amount=eur(5))
    # 10% of 600 is 60, of which 5 were retained.
    assert kept([drafted(schedule, "b", given, day=4)]) == ["55.00"]


def test_a_release_that_was_billed_is_credited_by_itself():
    schedule = contract(mode=UNBILLED)
    (first,) = billed(schedule, ("a", 600))
    draft = draft_release(schedule, invoices=[first], as_of=may(2), buyer=ACME)
    release = issue(draft, number="R", on=may(2))
    note = issue(credit_note(first, effect=AGAIN, as_of=may(31)), number="N", on=may(3))
    assert figures(on(schedule, [first, release, note]))[1:4] == ("0.00", "60.00", "-60.00")
    back = issue(credit_note(release, effect=LESS, as_of=may(31)), number="NR", on=may(3))
    assert figures(on(schedule, [first, release, note, back])) == ("0.00",) * 5


def test_all_that_is_held_is_released_whole_while_a_credit_waits_to_be_set_off():
    schedule = contract([RetainageStep(100)])
    known = billed(schedule, ("a", 600), tax=Tax.outside_scope())
    note = issue(
        credit_note(known[0], effect=LESS, as_of=may(31), amount=eur(200)), number="N", on=may(2)
    )
    known = (*known, note)
    assert figures(on(schedule, known))[3] == "400.00"
    released = release_retainage(known, on=may(3), due_on=may(3))
    assert released[0].facts == (RetainageReleased(eur(600), may(3), on=may(3)),)
    assert figures(on(schedule, released))[3] == "0.00"
    for each in (released, apply_credit(released, "N", "1", on=may(4))):
        assert figures(on(schedule, each))[1:4] == ("400.00", "400.00", "0.00")
    part = release_retainage(known, on=may(3), due_on=may(3), amount=eur(400))
    assert part[0].facts == (RetainageReleased(eur(400), may(3), on=may(3)),)


# When the contract releases it.

DAY_60 = DueRule([AddDays(60)])
APPROVED = (deliver(3), approve(4))


def completed(schedule: Schedule, *keys: str) -> Schedule:
    for key in keys:
        schedule = schedule.record(key, *APPROVED)
    return schedule


@pytest.mark.parametrize("mode", RetainageMode)
def test_it_is_released_some_days_after_the_work_has_ended(mode: RetainageMode):
    schedule = contract(mode=mode, release=DAY_60)
    known = billed(schedule, *THREE)
    assert on(schedule, known, july(31)).release_on is None
    done = completed(schedule, "a", "b")  # on 4 May; 60 days later is 3 July
    assert on(done, known, may(3)).release_on is None
    states = [on(done, known, day) for day in (may(4), july(2), july(3))]
    assert [state.release_on for state in states] == [july(3)] * 3
    assert [state.to_release for state in states] == [eur(0), eur(0), eur(100)]


def test_it_is_released_on_completion_or_by_a_fact_alone():
    known = billed(contract(), *THREE)
    for release, day in ((ReleaseOn.COMPLETION, may(4)), (ReleaseOn.FACT, None)):
        state = on(completed(contract(release=release), "a", "b"), known)
        assert state.release_on == day
        assert state.to_release == (eur(100) if day else eur(0))
    gone = contract(release=ReleaseOn.COMPLETION).record("a", cancel(5)).record("b", cancel(6))
    assert on(gone, known).release_on == may(6)


@pytest.mark.parametrize("mode", RetainageMode)
def test_a_bill_retains_nothing_from_the_day_on_which_the_end_of_the_work_releases_all(
    mode: RetainageMode,
):
    schedule = completed(contract(mode=mode, release=ReleaseOn.COMPLETION), "a", "b")  # on 4 May
    first = issue(drafted(schedule, "a", day=3), number="1", on=may(3))
    assert kept([first, drafted(schedule, "b", [first], day=3)]) == ["60.00", "40.00"]
    assert kept([first, drafted(schedule, "b", [first], day=4)]) == ["60.00", "0"]
    open_end = completed(contract(mode=mode, release=ReleaseOn.COMPLETION), "a")
    assert kept([drafted(open_end, "b", day=4)]) == ["40.00"]


@pytest.mark.parametrize("mode", RetainageMode)
def test_a_bill_retains_nothing_of_a_milestone_that_has_ended_and_the_next_does_not_catch_up(
    mode: RetainageMode,
):
    rule = {"mode": mode, "release": ReleaseOn.COMPLETION, "scope": RetainageScope.MILESTONE}
    schedule = completed(contract(**rule), "b")  # on 4 May
    part = issue(drafted(schedule, "b", portion=eur(100), day=3), number="1", on=may(3))
    rest = issue(drafted(schedule, "b", [part], day=4), number="2", on=may(4))
    whole = issue(drafted(schedule, "a", [part, rest], day=4), number="3", on=may(4))
    assert kept([part, rest, whole]) == ["10.00", "0", "60.00"]
    assert figures(on(schedule, [part, rest, whole])) == (
        ("100.00", "70.00", "0.00", "70.00", "10.00")
    )


def test_what_was_released_of_an_ended_milestone_is_not_retained_of_the_next():
    rule = {"release": ReleaseOn.COMPLETION, "scope": RetainageScope.MILESTONE}
    schedule = completed(contract(**rule), "b")  # on 4 May
    part = issue(drafted(schedule, "b", portion=eur(100), day=3), number="1", on=may(3))
    bills = release_retainage([part], on=may(4), due_on=may(4))
    bills = (*bills, issue(drafted(schedule, "b", bills, day=4), number="2", on=may(4)))
    assert kept([*bills, drafted(schedule, "a", bills, day=4)]) == ["10.00", "0", "60.00"]


@pytest.mark.parametrize("mode", RetainageMode)
def test_each_milestone_is_released_by_its_own_end(mode: RetainageMode):
    schedule = contract(mode=mode, release=DAY_60, scope=RetainageScope.MILESTONE)
    known = billed(schedule, *THREE)
    done = completed(schedule, "b")
    assert on(done, known, july(2)).to_release == eur(0)
    state = on(done, known, july(3))
    assert (state.to_release, state.held, state.release_on) == (eur(40), eur(100), None)
    all_done = completed(done, "a")
    assert on(all_done, known, july(3)).release_on == july(3)
    assert on(all_done, known, july(3)).to_release == eur(100)


def test_what_was_released_is_first_that_of_ended_milestones():
    schedule = contract(mode=UNBILLED, release=DAY_60, scope=RetainageScope.MILESTONE)
    known = billed(schedule, *THREE)
    draft = draft_release(schedule, invoices=known, as_of=may(5), buyer=ACME, amount=eur(30))
    known = (*known, issue(draft, number="R", on=may(5)))
    assert on(completed(schedule, "b"), known, july(3)).to_release == eur(10)


def test_what_belongs_to_no_milestone_waits_for_the_end_of_all():
    schedule = contract(release=DAY_60, scope=RetainageScope.MILESTONE)
    other = bill(500, held=eur(50), number="X")
    assert on(completed(schedule, "b"), [other], july(3)).to_release == eur(0)
    assert on(completed(schedule, "a", "b"), [other], july(3)).to_release == eur(50)


def test_an_invoice_of_two_milestones_divides_what_it_holds_by_their_work():
    schedule = contract(release=DAY_60, scope=RetainageScope.MILESTONE)
    work = [Line("A", 1, eur(600), milestone="a"), Line("B", 1, eur(400), milestone="b")]
    both = Invoice("1", may(1), ACME, work, held=eur("99.99"))
    done = completed(schedule, "b")
    # 59.994 and 39.996, by running totals.
    assert on(done, [both], july(3)).to_release == eur("40.00")


# The bill of a release.


def test_a_release_carries_the_tax_with_which_it_was_left_off():
    schedule = contract(mode=UNBILLED)
    first = issue(drafted(schedule, "a"), number="1", on=may(1))
    second = issue(drafted(schedule, "b", [first], tax=S9), number="2", on=may(2))
    known = [first, second]
    whole = draft_release(schedule, invoices=known, as_of=may(2), buyer=ACME)
    assert [(ln.net, ln.tax, ln.retainage, ln.milestone) for ln in whole.lines] == [
        (eur(60), S21, True, None),
        (eur(40), S9, True, None),
    ]
    # 12.60 + 3.60
    assert (whole.payable, whole.preceding) == (eur("116.20"), ())
    part = draft_release(schedule, invoices=known, as_of=may(2), buyer=ACME, amount=eur("0.01"))
    assert [(ln.net, ln.tax) for ln in part.lines] == [(eur("0.01"), S21)]
    given = draft_release(
        schedule, invoices=known, as_of=may(2), buyer=ACME, tax=S9, title="Rest", seller=ACME
    )
    assert [(ln.description, ln.net, ln.tax) for ln in given.lines] == [("Rest", eur(100), S9)]
    # All was released at 9%, so that 60 are left at 21% and -60 at 9%: nothing in all.
    with pytest.raises(RetainageError, match="so much is not left off"):
        draft_release(schedule, invoices=[*known, given], as_of=may(2), buyer=ACME)
    most = draft_release(schedule, invoices=known, as_of=may(2), buyer=ACME, tax=S9, amount=eur(70))
    rest = draft_release(schedule, invoices=[*known, most], as_of=may(2), buyer=ACME)
    assert [(ln.net, ln.tax) for ln in rest.lines] == [(eur(30), S21)]


def test_what_is_not_billed_yet_is_not_released():
    schedule = contract(mode=UNBILLED)
    known = billed(schedule, ("a", 300), ("b", 400))
    draft = drafted(schedule, "a", known, day=3)
    for day, left in ((1, 30), (2, 70), (3, 70)):
        release = draft_release(schedule, invoices=[*known, draft], as_of=may(day), buyer=ACME)
        assert release.totals.tax_exclusive == eur(left)
    later = issue(release, number="R", on=june(1))
    with pytest.raises(RetainageError, match=r"above zero and at most EUR 0\.00, got EUR 0\.00"):
        draft_release(schedule, invoices=[*known, later], as_of=may(2), buyer=ACME)


def test_terms_of_a_release_are_those_of_the_schedule():
    known = billed(contract(mode=UNBILLED), ("a", 300))
    release = draft_release(contract(mode=UNBILLED), invoices=known, as_of=may(2), buyer=ACME)
    assert release.terms == bill(terms=release.terms).terms
    assert release.is_draft


# Refusals.


def test_a_line_of_retainage_is_no_work_of_a_milestone():
    message = "^retainage is no work of a milestone: expected milestone=None, got 'a'$"
    with pytest.raises(ArgumentsError, match=message):
        Line("Retainage", -1, eur(5), milestone="a", retainage=True)
    with pytest.raises(WrongTypeError, match=r"^retainage is of the wrong type"):
        Line("Retainage", -1, eur(5), retainage="yes")


PLAIN = attrs.evolve(contract(), retainage=None)
ONE = billed(contract(), ("a", 600))
OFF = billed(contract(mode=UNBILLED), ("a", 600))
REFUSED_STATES = {
    "no rule": (
        (PLAIN, ()), {}, NotReadyError,
        "no retainage is agreed: expected a schedule with a retainage, got .*, without one; give "),
    "no schedule": (("x", ()), {}, WrongTypeError, "the schedule is of the wrong type"),
    "no date": ((contract(), ()), {"as_of": "now"}, DateTypeError, "as_of is not a plain date"),
    "one number": ((contract(), (*ONE, *ONE)), {}, DuplicateNumberError, "two invoices have one"),
    "dollars": (
        (contract(), [Invoice("1", may(1), ACME, [Line("W", 1, Money.of(1, "USD"))])]), {},
        CurrencyMismatchError, "USD"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "changed", "error", "message"), REFUSED_STATES.values(), ids=REFUSED_STATES
)
def test_no_state(
    given: Any, changed: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        retainage_state(*given, **{"as_of": may(9), **changed})


DOLLARS = Invoice("2", may(1), ACME, [Line("W", 1, Money.of(9, "USD"))], held=Money.of(1, "USD"))
REFUSED_RELEASES = {
    "nothing held": (OFF, {}, RetainageError, "^nothing is held on these inv.* got nothing held$"),
    "a cent too much": (
        ONE, {"amount": eur("60.01")}, RetainageError,
        r"^so much is not held .*: expected above zero and at most EUR 60\.00, got EUR 60\.01$"),
    "a draft holds nothing": ([drafted(contract(), "a")], {}, RetainageError, "nothing held"),
    "a void holds nothing": (
        record(ONE, "1", Voided("x", on=may(2))), {}, RetainageError, "nothing held"),
    "released already": (
        release_retainage(ONE, on=may(2), due_on=may(2)), {}, RetainageError, "nothing held"),
    "zero": (ONE, {"amount": eur(0)}, RetainageError, r"expected above zero.*, got EUR 0\.00"),
    "less than zero": (ONE, {"amount": eur(-1)}, RetainageError, r"got EUR -1\.00"),
    "a number": (ONE, {"amount": 1}, WrongTypeError, "the amount of a release is of the wrong"),
    "dollars": (ONE, {"amount": Money.of(1, "USD")}, CurrencyMismatchError, "USD"),
    "before its issue": (
        ONE, {"on": date(2026, 4, 30)}, ImpossibleFactError,
        "RetainageReleased on 2026-04-30 is impossible: expected a day from the issue date"),
    "due before": (ONE, {"due_on": may(8)}, NumberRangeError, "due before it is released"),
    "two currencies": (
        [*ONE, DOLLARS], {}, CurrencyMismatchError, "USD"),
    "one number": ((*ONE, *ONE), {}, DuplicateNumberError, "two invoices have one number"),
    "no invoice": (["x"], {}, WrongTypeError, "invoices"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "changed", "error", "message"), REFUSED_RELEASES.values(), ids=REFUSED_RELEASES
)
def test_no_release(
    known: Any, changed: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        release_retainage(known, **{"on": may(9), "due_on": may(9), **changed})


REFUSED_DRAFTS = {
    "no rule": (PLAIN, {}, NotReadyError, "no retainage is agreed"),
    "nothing left off": (
        contract(), {"invoices": ONE}, RetainageError,
        "so much is not left off the bills of this contract: .* release what is held on invoices"),
    "a cent too much": (
        contract(), {"amount": eur("60.01")}, RetainageError,
        r"expected above zero and at most EUR 60\.00, got EUR 60\.01$"),
    "zero": (contract(), {"amount": eur(0)}, RetainageError, r"got EUR 0\.00"),
    "dollars": (contract(), {"amount": Money.of(1, "USD")}, CurrencyMismatchError, "USD"),
    "a number": (contract(), {"amount": 1}, WrongTypeError, "the amount of a release is of the"),
    "no date": (contract(), {"as_of": "now"}, DateTypeError, "as_of is not a plain date"),
    "no tax": (contract(), {"tax": 21}, WrongTypeError, "the tax is of the wrong type"),
    "no schedule": ("x", {}, WrongTypeError, "the schedule is of the wrong type"),
    "no title": (contract(), {"title": " "}, BlankTextError, "the description of a line is blank"),
    "one number": (contract(), {"invoices": (*OFF, *OFF)}, DuplicateNumberError, "two invoices"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("schedule", "changed", "error", "message"), REFUSED_DRAFTS.values(), ids=REFUSED_DRAFTS
)
def test_no_draft_of_a_release(
    schedule: Any, changed: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        draft_release(schedule, **{"invoices": OFF, "as_of": may(9), "buyer": ACME, **changed})


def test_no_more_is_released_than_is_held_on_any_day():
    (first,) = ONE
    early = RetainageReleased(eur(60), june(9), on=may(2))
    taken_back = first.record(early, Reversed(early, "too early", on=may(5)))
    message = r"RetainageReleased on 2026-05-03 is impossible: expected at most EUR 0\.00, which is"
    with pytest.raises(ImpossibleFactError, match=message):
        taken_back.record(RetainageReleased(eur(1), june(9), on=may(3)))
    again = taken_back.record(RetainageReleased(eur(60), june(9), on=may(5)))
    assert on(contract(), [again], may(5)).held == eur(0)


@pytest.mark.parametrize(
    ("cash", "amount", "due", "held"),
    [
        pytest.param(950, None, 50, 0, id="50 of 100 paid early, all the rest released"),
        pytest.param(940, None, 60, 0, id="40 of 100 paid early, all the rest released"),
        pytest.param(950, 30, 30, 20, id="50 of 100 paid early, 30 released"),
        pytest.param(900, 30, 30, 70, id="nothing paid early, 30 released"),
    ],
)
def test_what_is_released_falls_due_whatever_was_paid_early(
    cash: int, amount: int | None, due: int, held: int
):
    paid = bill(1000, Payment(eur(cash), on=may(2)), held=eur(100))
    asked = None if amount is None else eur(amount)
    (released,) = release_retainage([paid], on=may(9), due_on=may(20), amount=asked)
    items = due_items(released, as_of=may(9))
    assert sum((item.open for item in items), eur(0)) == eur(due)
    assert sum((item.retained for item in items), eur(0)) == eur(held)


@pytest.mark.parametrize(
    ("held", "now"),
    [(None, 1000), (eur(0), 1000), (eur(100), 900), (eur(1000), 0)],
    ids=["1000", "1000 - 0", "1000 - 100", "1000 - 1000"],
)
def test_what_is_payable_now_is_without_what_is_held(held: Money | None, now: int):
    assert bill(1000, held=held).payable_now == eur(now)


@pytest.mark.parametrize(
    ("fact", "held"),
    [
        pytest.param(None, 0, id="a note of the whole that waits"),
        pytest.param(Applied(eur(1000), "1", on=may(4)), 0, id="a note set against its own bill"),
        pytest.param(Applied(eur(1000), "9", on=may(4)), 100, id="a note set against another one"),
        pytest.param(Refunded(eur(1000), on=may(4)), 100, id="a note that was paid out"),
        pytest.param(Refunded(eur(40), on=may(4)), 40, id="a note of which 40 were paid out"),
    ],
)
def test_what_a_note_took_elsewhere_stays_held(fact: Any, held: int):
    invoice = bill(1000, held=eur(100))
    note = issue(credit_note(invoice, effect=AGAIN, as_of=may(3)), number="N", on=may(3))
    if fact is not None:
        note = note.record(fact)
    if not held:
        with pytest.raises(RetainageError, match="nothing is held on these invoices"):
            release_retainage([invoice, note], on=may(9), due_on=may(9), amount=eur(1))
        return
    released, _ = release_retainage([invoice, note], on=may(9), due_on=may(9), amount=eur(held))
    assert due_items(released, as_of=may(9))[1].open == eur(held)


# 893.89 and 21 % is 1,081.61 in two bills of 540.80 and 540.81; 2049/152 % of it is 145.80.
@pytest.mark.parametrize(
    ("cap", "held"),
    [
        pytest.param(Percent("2049/152"), ["145.80", None], id="2049/152% of 1081.61 = 145.80"),
        pytest.param(None, ["146.02", "146.01"], id="27% of 1081.61 = 292.03"),
    ],
)
def test_a_cap_in_percent_of_amounts_with_tax_is_never_a_unit_too_much(
    cap: Percent | None, held: list[str | None]
):
    rule = Retainage([RetainageStep(Percent(27))], base=RetainageBase.GROSS, cap=cap)
    milestone = Milestone("a", "A", REST, trigger=ON_SIGNING)
    schedule = Schedule(eur("893.89"), [milestone], signed_on=may(1), retainage=rule)
    known: list[Invoice] = []
    for number, part in (("1", "446.94"), ("2", "446.95")):
        draft = draft_invoice(
            schedule, "a", invoices=known, as_of=may(2), buyer=ACME, tax=S21, portion=eur(part)
        )
        known.append(issue(draft, number=number, on=may(2)))
    assert [bill.held for bill in known] == [each and eur(each) for each in held]
