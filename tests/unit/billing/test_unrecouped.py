"""Deposits that nobody paid or that no bill can take off, said at schedule, draft and books."""

from datetime import datetime
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    CreditEffect,
    DeductedAs,
    Deposit,
    Finding,
    Invoice,
    Milestone,
    Money,
    Percent,
    Recoupment,
    Retainage,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Schedule,
    Severity,
    Voided,
    apply_credit,
    check,
    check_draft,
    check_invoices,
    issue,
)
from milestone_invoicing.errors import (
    DateTypeError,
    DuplicateNumberError,
    MilestoneInvoicingError,
    WrongTypeError,
)
from tests.unit.advances import asked, billed, contract, credited, pay, work
from tests.unit.bills import eur, line, may

PRO_RATA, FIRST, AT_END = Recoupment.PRO_RATA, Recoupment.FIRST_BILLS, Recoupment.AT_END
THIRTY = Percent(30)


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [each.code for each in found if each.code.startswith("deposit")]


# --- the schedule ---------------------------------------------------------------------------------


def planned(
    share: Percent | Money, parts: Any, *, retainage: Retainage | None = None, **options: Any
) -> Schedule:
    deposit = Deposit(share, before_start=True, **options)
    return attrs.evolve(contract(deposit, parts), retainage=retainage)


TEN = Retainage.flat(10)
UNBILLED = Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED)
LOWER = Retainage([RetainageStep(10), RetainageStep(0, after=Percent(50))], gives_back=True)
RISING = Retainage([RetainageStep(0), RetainageStep(60, after=Percent(50))], gives_back=True)
EACH = Retainage(
    [RetainageStep(10), RetainageStep(0, after=Percent(50))], scope=RetainageScope.MILESTONE
)


@pytest.mark.parametrize(
    ("schedule", "taken"),
    [
        pytest.param(planned(THIRTY, [70, 30]), None, id="300 off the last 300"),
        pytest.param(planned(eur("300.01"), [70, 30]), "300.00", id="300.01 off the last 300"),
        pytest.param(planned(THIRTY, [75, 25]), "250.00", id="300 off the last 250"),
        pytest.param(planned(THIRTY, [75, 25], recoup=PRO_RATA), None, id="225 + 75"),
        pytest.param(planned(THIRTY, [75, 25], recoup=FIRST), None, id="300 + 0"),
        pytest.param(
            planned(THIRTY, [50, 45, 5], recoup=FIRST, cap=Percent(20)),
            "240.00",
            id="300 by 20% of 500 and 450, then 50",
        ),
        pytest.param(
            planned(Percent(26), [50, 40, 10], recoup=PRO_RATA, cap=Percent(20)),
            None,
            id="260 by 100 + 80 + 80 of 100",
        ),
        pytest.param(
            planned(Percent(29), [50, 40, 10], recoup=PRO_RATA, cap=Percent(20)),
            "280.00",
            id="290 by 100 + 80 + 100",
        ),
        pytest.param(
            planned(Percent(100), [60, 40], recoup=PRO_RATA, retainage=TEN),
            "900.00",
            id="1000 off 540 and 360, the rest retained",
        ),
        pytest.param(
            planned(Percent(100), [60, 40], recoup=FIRST, retainage=UNBILLED),
            "900.00",
            id="1000 off 540 and 360, the rest left off",
        ),
        pytest.param(
            planned(Percent(40), [60, 40], retainage=LOWER), None, id="400 off 400: 10% given back"
        ),
        pytest.param(
            planned(THIRTY, [40, 20, 40], retainage=RISING),
            "0.00",
            id="of 1000 600 are retained: 200 of 200, then 400 of 400",
        ),
        pytest.param(
            planned(Percent(40), [60, 40], retainage=EACH),
            "380.00",
            id="400 off 380: 10% of half of it",
        ),
        pytest.param(
            planned(eur(900), [75, 25], with_tax=True), None, id="with tax of a rate not known"
        ),
    ],
)
def test_a_schedule_says_what_of_a_deposit_bills_can_take_off(
    schedule: Schedule, taken: str | None
):
    found = [each for each in check(schedule) if each.code == "deposit_left_over"]
    if taken is None:
        assert found == []
    else:
        amount = schedule.deposit and schedule.deposit.amount_of(schedule.total)
        message = f"bills can take off EUR {taken} of {amount}: recoup it earlier, or agree less"
        assert found == [Finding("deposit", "deposit_left_over", message, Severity.WARNING)]


def test_a_schedule_says_that_bills_do_not_wait_for_the_deposit():
    (found,) = (f for f in check(contract(Deposit(THIRTY), [60, 40])) if "deposit" in f.code)
    assert found == Finding(
        "deposit.before_start",
        "deposit_not_awaited",
        "bills do not wait for it, and ask for it too while it is open: say before_start",
        Severity.NOTE,
    )
    assert codes(check(planned(THIRTY, [60, 40]))) == []
    assert codes(check(contract(None))) == []


def test_a_contract_worth_nothing_has_nothing_to_take_off():
    gate = Schedule(
        eur(0), [Milestone("a", "A", eur(0))], deposit=Deposit(eur(5), before_start=True)
    )
    assert codes(check(gate)) == []


def test_gates_are_no_bills_that_take_a_deposit_off():
    milestones = [Milestone("a", "A", eur(1000)), Milestone("gate", "Gate", eur(0))]
    agreed = Schedule(eur(1000), milestones, deposit=Deposit(THIRTY, before_start=True))
    assert codes(check(agreed)) == []


def test_what_is_agreed_is_a_part_of_the_total_rounded_half_up():
    assert Deposit(Percent(30)).amount_of(eur("0.05")) == eur("0.02")
    assert Deposit(eur(7)).amount_of(eur(1)) == eur(7)
    with pytest.raises(WrongTypeError, match="the total is of the wrong type"):
        Deposit(Percent(30)).amount_of(5)  # type: ignore[arg-type]


# --- the draft ------------------------------------------------------------------------------------

ONE = contract(Deposit(THIRTY), [100])


def drafted(schedule: Schedule, key: str, *invoices: Invoice) -> tuple[Finding, ...]:
    draft = work(schedule, key, invoices)
    found = check_draft(draft, schedule, invoices=invoices, as_of=may(10))
    # The draft may stand among the invoices: it is looked at once.
    assert check_draft(draft, schedule, invoices=[*invoices, draft], as_of=may(10)) == found
    return found


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([], ["deposit_still_claimed"], id="unpaid"),
        pytest.param([pay("362.99", 3)], ["deposit_still_claimed"], id="a cent open"),
        pytest.param([pay(363, 3)], [], id="paid"),
        pytest.param([pay(363, 11)], ["deposit_still_claimed"], id="paid later"),
    ],
)
def test_the_last_draft_says_that_a_deposit_is_open(facts: list[Any], expected: list[str]):
    assert codes(drafted(ONE, "a", asked(ONE, *facts))) == expected


def test_each_finding_about_a_draft_says_where_and_what_to_do():
    assert drafted(ONE, "a", asked(ONE)) == (
        Finding(
            "invoices.D-1",
            "deposit_still_claimed",
            "EUR 363.00 is still claimed, and the bills ask for it too: collect it before the last"
            " one, or credit it",
            Severity.WARNING,
        ),
    )
    schedule = contract(Deposit(THIRTY), [80, 20])
    deposit = asked(schedule, pay(363, 3))
    first = billed(schedule, "a", [deposit], "1")
    assert drafted(schedule, "b", deposit, first) == (
        Finding(
            "invoices.D-1",
            "deposit_left_over",
            "EUR 121.00 of EUR 363.00 is left, and no bill takes it off: credit it, and refund it"
            " or set it against another invoice",
            Severity.WARNING,
        ),
    )


@pytest.mark.parametrize(
    ("recoup", "expected"),
    [(AT_END, []), (PRO_RATA, [Severity.NOTE]), (FIRST, [Severity.NOTE])],
)
def test_a_draft_before_the_last_says_so_where_it_could_take_the_deposit_off(
    recoup: Recoupment, expected: list[Severity]
):
    schedule = contract(Deposit(THIRTY, recoup=recoup), [80, 20])
    deposit = asked(schedule)
    assert [each.severity for each in drafted(schedule, "a", deposit)] == expected
    first = billed(schedule, "a", [deposit], "1")
    assert [each.severity for each in drafted(schedule, "b", deposit, first)] == [Severity.WARNING]


def test_a_deposit_without_one_in_the_contract_waits_for_the_last_draft():
    schedule = contract(None, [80, 20])
    stray = asked(contract())
    first = billed(schedule, "a", [stray], "1")
    assert codes(drafted(schedule, "a", stray)) == []
    assert codes(drafted(schedule, "b", stray, first)) == ["deposit_still_claimed"]


def test_what_a_note_grants_of_an_open_deposit_is_claimed_no_more():
    deposit = asked(ONE)
    note = credited(deposit, day=9)
    assert codes(drafted(ONE, "a", deposit, note)) == []
    both = apply_credit([deposit, note], "CN", "D-1", on=may(9))
    assert codes(drafted(ONE, "a", *both)) == []


def test_a_void_deposit_is_neither_claimed_nor_left():
    assert codes(drafted(ONE, "a", asked(ONE, Voided("typo", on=may(5))))) == []


def test_another_draft_takes_off_what_it_is_reserved_for():
    schedule = contract(Deposit(THIRTY, recoup=FIRST), [80, 20])
    deposit = asked(schedule, pay(363, 3))
    reserved = work(schedule, "a", [deposit])
    assert codes(drafted(schedule, "b", deposit, reserved)) == []


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"draft": 1}, WrongTypeError, "the draft is of the wrong type"),
        ({"schedule": 1}, WrongTypeError, "the schedule is of the wrong type"),
        ({"as_of": datetime(2026, 5, 1)}, DateTypeError, "as_of is not a plain date"),
        ({"invoices": 1}, WrongTypeError, "invoices is not a collection"),
        (
            {"invoices": [asked(ONE), asked(ONE)]},
            DuplicateNumberError,
            "two invoices have one number",
        ),
    ],
)
def test_drafts_of_other_things_are_refused(
    arguments: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    given: dict[str, Any] = {
        "draft": work(ONE, "a", []),
        "schedule": ONE,
        "invoices": [],
        "as_of": may(10),
    } | arguments
    with pytest.raises(error, match=message):
        check_draft(given.pop("draft"), given.pop("schedule"), **given)


# --- the books ------------------------------------------------------------------------------------


def bills_of(schedule: Schedule, *facts: Any, keys: str = "a") -> list[Invoice]:
    """Return the deposit with facts and the bills of these milestones, all issued by 10 May."""
    known = [asked(schedule, *facts)]
    for key in keys:
        known.append(billed(schedule, key, known, f"1-{key}"))
    return known


def in_books(known: list[Invoice], schedule: Schedule | None = None, day: int = 31) -> list[str]:
    return codes(check_invoices(known, as_of=may(day), schedule=schedule))


TWO = contract(Deposit(THIRTY), [80, 20])
TWO_FIRST = contract(Deposit(THIRTY, recoup=FIRST), [80, 20])
STILL, LEFT = "deposit_still_claimed", "deposit_left_over"


@pytest.mark.parametrize(
    ("known", "schedule", "alone", "with_contract"),
    [
        pytest.param(bills_of(ONE), ONE, [STILL], [STILL], id="unpaid beside the full bill"),
        pytest.param(bills_of(ONE, pay("0.01", 3)), ONE, [STILL], [STILL], id="a cent was paid"),
        pytest.param(bills_of(ONE, pay(363, 3)), ONE, [], [], id="paid"),
        pytest.param(bills_of(ONE, pay(363, 20)), ONE, [], [LEFT], id="paid after the bill"),
        pytest.param(
            bills_of(ONE, pay(100, 20)), ONE, [], [STILL, LEFT], id="paid in part after the bill"
        ),
        pytest.param(bills_of(TWO), TWO, [STILL], [], id="unpaid, and the last bill to come"),
        pytest.param(bills_of(TWO, keys="ab"), TWO, [STILL], [STILL], id="unpaid, two bills"),
        pytest.param(bills_of(TWO_FIRST), TWO_FIRST, [STILL], [STILL], id="unpaid, first bill"),
        pytest.param(
            bills_of(TWO, pay(363, 3), keys="ab"), TWO, [LEFT], [LEFT], id="last bill too small"
        ),
        pytest.param(bills_of(TWO, pay(363, 3)), TWO, [], [], id="the last bill is to come"),
        pytest.param(bills_of(ONE, keys=""), ONE, [], [], id="no work is billed"),
    ],
)
def test_books_say_what_of_a_deposit_is_claimed_beside_bills_or_left(
    known: list[Invoice], schedule: Schedule, alone: list[str], with_contract: list[str]
):
    assert in_books(known) == alone
    assert in_books(known, schedule) == with_contract


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_bill_that_a_deposit_covers_leaves_what_it_has_no_room_for(deducted_as: DeductedAs):
    agreed = Deposit(Percent(90), recoup=FIRST, deducted_as=deducted_as)
    schedule = contract(agreed, [80, 20])
    known = bills_of(schedule, pay(1089, 3))
    assert (in_books(known), in_books(known, schedule)) == ([LEFT], [])
    known.append(billed(schedule, "b", known, "1-b"))
    assert (in_books(known), in_books(known, schedule)) == ([], [])


def test_of_several_bills_the_last_issued_says_whether_there_is_room():
    agreed = Deposit(Percent(90), recoup=FIRST)
    schedule = contract(agreed, [80, 20])
    first, bill = bills_of(schedule, pay(1089, 3))
    draft = work(schedule, "b", [first, bill], day=12)
    second = issue(attrs.evolve(draft, prepaid=()), number="2", on=may(12))
    taken = attrs.evolve(
        bill.prepaid[0],
        groups=[attrs.evolve(g, base=eur(10), amount=eur("2.10")) for g in bill.prepaid[0].groups],
    )
    small = attrs.evolve(second, prepaid=[taken])
    for known in ([first, bill, small], [small, bill, first]):
        assert in_books(known) == []
    assert in_books([small, bill, first], day=11) == [LEFT]


def test_a_bill_that_gave_its_deduction_back_has_no_say():
    deposit, first = bills_of(TWO_FIRST, pay(363, 3))
    again = credited(first, effect=CreditEffect.REBILL)
    assert in_books([deposit, first, again]) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [STILL], id="the same client"),
        pytest.param({"project": "other"}, [], id="another project"),
        pytest.param({"issued_on": may(2)}, [STILL], id="on the day of the deposit"),
        pytest.param({"issued_on": may(1)}, [], id="before the deposit"),
        pytest.param({"lines": [line(1000)]}, [], id="no work of a contract"),
    ],
)
def test_work_billed_since_to_the_same_client_is_beside_the_deposit(
    change: dict[str, Any], expected: list[str]
):
    deposit, bill = bills_of(ONE)
    assert in_books([deposit, attrs.evolve(bill, **change)]) == expected


def test_work_of_another_client_or_currency_is_not_beside_the_deposit():
    deposit, bill = bills_of(ONE)
    other = attrs.evolve(bill, buyer=attrs.evolve(bill.buyer, key="other"))
    assert in_books([deposit, other]) == []
    dollars = attrs.evolve(bill.lines[0], price=Money.of(5, "USD"))
    foreign = attrs.evolve(bill, number="2", lines=[dollars])
    assert in_books([deposit, foreign]) == []
    assert in_books([deposit, foreign], ONE) == []


def test_what_bills_took_off_though_it_never_came_is_not_beside_them():
    deposit, bill = bills_of(ONE, pay(363, 3))
    unpaid = attrs.evolve(deposit, facts=())
    found = check_invoices([unpaid, bill], as_of=may(31))
    assert [each.code for each in found] == ["deducted_unreceived"]


def test_work_that_is_credited_is_not_beside_the_deposit():
    deposit, bill = bills_of(ONE)
    assert in_books([deposit, bill, credited(bill)]) == []


def test_a_contract_is_not_billed_while_something_waits_for_a_decision():
    deposit, bill = bills_of(ONE, pay(363, 20))
    assert in_books([deposit, bill], ONE) == [LEFT]
    assert in_books([deposit, bill.record(Voided("typo", on=may(21)))], ONE) == []


def test_a_credit_note_without_its_invoice_leaves_the_contract_open():
    deposit, bill = bills_of(ONE, pay(363, 20))
    assert in_books([deposit, credited(bill)], ONE) == []


def test_a_milestone_billed_twice_is_billed():
    deposit, bill = bills_of(ONE, pay(363, 20))
    twice = attrs.evolve(bill, number="9")
    assert in_books([deposit, bill, twice], ONE) == [LEFT]
    assert in_books([deposit, bill, bill], ONE) == [LEFT]


def test_the_contract_of_books_is_a_schedule():
    with pytest.raises(WrongTypeError, match="the schedule is of the wrong type"):
        check_invoices([], as_of=may(1), schedule=1)  # type: ignore[arg-type]
