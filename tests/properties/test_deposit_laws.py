"""The laws of deposits: no cent is taken off twice, none is lost, and none is made by rounding."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    CreditEffect,
    DeductedAs,
    Deposit,
    DepositState,
    Invoice,
    Milestone,
    Money,
    Recoupment,
    Schedule,
    Tax,
    TaxSubtotal,
    contract_position,
    credit_note,
    deposits_left,
    draft_deposit,
    draft_invoice,
    issue,
    totals,
)
from milestone_invoicing.billing.document.apportioning import line_taxes
from tests.properties.advance_lives import (
    BUYER,
    START,
    STEPS,
    Life,
    cents,
    contracts,
    day,
    each_tax,
    lives,
    paid,
    several_deposits,
)
from tests.properties.agreements import EUR

Minor = Counter[tuple[str, str]]
LATEST = day(99)
# Money that bounces, or goes back while the deposit is open, may be missed by a bill before it.
NOTHING_GOES = [step for step in STEPS if step not in {"bounce", "apply", "refund"}]


def of_groups(groups: Iterable[TaxSubtotal]) -> Minor:
    """Return net and tax by tax, in minor units; what is zero is left out."""
    sums: Minor = Counter()
    for each in groups:
        sums[str(each.tax), "net"] += each.base.minor
        sums[str(each.tax), "tax"] += each.amount.minor
    return Counter({name: amount for name, amount in sums.items() if amount})


def deductions(bills: Iterable[Invoice], number: str) -> list[TaxSubtotal]:
    """Return what bills take off for a deposit, read from the bills themselves."""
    found: list[TaxSubtotal] = []
    for bill in bills:
        found += [g for prepaid in bill.prepaid if prepaid.number == number for g in prepaid.groups]
        found += [
            TaxSubtotal(line.tax, -line.net, -Money(tax, EUR))
            for line, tax in line_taxes(bill.lines, bill.totals.breakdown)
            if line.deducts == number and line.milestone is None
        ]
    return found


def all_billed(schedule: Schedule, deposits: Iterable[Invoice], taxes: list[Tax]) -> list[Invoice]:
    """Return the deposits with a bill of each milestone, in order, each after the one before."""
    bills = list(deposits)
    for place, key in enumerate(schedule.keys):
        draft = draft_invoice(
            schedule,
            key,
            invoices=bills,
            as_of=day(2),
            buyer=BUYER,
            tax=taxes[place % len(taxes)],
        )
        bills.append(issue(draft, number=str(place), on=day(2)))
    return bills


def standing(life: Life) -> list[Invoice]:
    return [bill for bill in life.invoices if not bill.is_void]


# --- any life -------------------------------------------------------------------------------------


@given(lives(), st.integers(0, 40))
def test_what_is_received_is_deducted_owed_or_left_on_every_day(life: Life, asked: int):
    for state in deposits_left(life.invoices, as_of=day(asked)):
        assert state.received == state.deducted + state.owed + state.left
        assert sum(group.gross.minor for group in state.groups) == state.left.minor
        assert 0 <= state.received.minor <= state.payable.minor
        assert state.owed.minor >= 0


@given(lives(steps=NOTHING_GOES))
def test_no_more_is_deducted_than_was_received_unless_money_went_back(life: Life):
    for state in deposits_left(life.invoices, as_of=LATEST):
        assert 0 <= state.deducted.minor <= state.received.minor
        assert state.left.minor >= 0


@given(lives())
def test_deposit_credit_and_deductions_sum_to_what_is_left_by_tax(life: Life):
    bills = standing(life)
    states = {state.number: state for state in deposits_left(life.invoices, as_of=LATEST)}
    for deposit in bills:
        state = states.get(str(deposit.number))
        if state is None:
            continue
        notes = [n for n in bills if n.kind.is_credit_note and deposit.number in n.preceding]
        asked = [group for each in (deposit, *notes) for group in each.totals.breakdown]
        taken = deductions(
            (b for b in bills if not (b.is_draft and b.kind.is_credit_note)), state.number
        )
        rest = of_groups(asked)
        rest.subtract(of_groups(taken))
        whole = sum(rest.values())
        assert state.deducted.minor == sum(of_groups(taken).values())
        if whole == state.left.minor >= 0:
            assert of_groups(state.groups) == Counter({k: v for k, v in rest.items() if v})
        else:
            assert state.left.minor < whole or state.left.minor < 0


@given(lives(), st.integers(0, 40))
def test_the_position_of_a_past_day_forgets_what_came_later(life: Life, asked: int):
    then = day(asked)
    known = [
        attrs.evolve(bill, facts=[fact for fact in bill.facts if fact.on <= then])
        for bill in life.invoices
        if bill.is_issued(then)
    ]
    now = contract_position(life.schedule, life.invoices, as_of=then)
    assert now.milestones == contract_position(life.schedule, known, as_of=then).milestones
    assert now.net == contract_position(life.schedule, known, as_of=then).net


@given(lives(), st.integers(0, 40))
def test_what_came_later_leaves_no_more_of_a_deposit_for_a_past_day(life: Life, asked: int):
    then = day(asked)
    known = [
        attrs.evolve(bill, facts=[fact for fact in bill.facts if fact.on <= then])
        for bill in life.invoices
        if bill.is_issued(then)
    ]
    before = {state.number: state.left for state in deposits_left(known, as_of=then)}
    for state in deposits_left(life.invoices, as_of=then):
        assert state.left <= before[state.number]


@given(lives(), st.integers(0, 40))
def test_the_terms_of_a_position_sum_up_whatever_is_taken_off(life: Life, asked: int):
    found = contract_position(life.schedule, life.invoices, as_of=day(asked))
    for row in (*found.milestones, found.net):
        terms = (row.billed, row.awaiting_decision, row.not_yet_invoiced, row.cancelled)
        assert row.agreed == sum(terms, Money.zero(EUR))
        assert row.exposure == row.earned - row.paid - row.unassigned
    assert sum(row.paid.minor for row in found.milestones) == found.net.paid.minor
    for bill in found.invoices:
        settled = bill.paid + bill.discount + bill.credited + bill.withheld + bill.written_off
        assert bill.payable == settled + bill.retained + bill.open


# --- whole contracts ------------------------------------------------------------------------------


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_with_all_paid_the_cash_is_the_gross_of_the_work_whichever_way_it_was_taken_off(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    bills = all_billed(schedule, map(paid, deposits), taxes)
    plain = all_billed(attrs.evolve(schedule, deposit=None), [], taxes)
    cash = sum(bill.payable.minor for bill in bills)
    left = sum(state.left.minor for state in deposits_left(bills, as_of=LATEST))
    assert cash - left == sum(bill.payable.minor for bill in plain)


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_with_all_paid_the_whole_contract_is_paid_net(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    # What is left of the deposits goes back by credit notes.
    bills = all_billed(schedule, map(paid, deposits), taxes)
    for place, deposit in enumerate(bills[: len(deposits)]):
        if deposits_left([deposit, *bills[len(deposits) :]], as_of=LATEST)[0].left:
            draft = credit_note(deposit, effect=CreditEffect.CANCEL, as_of=date.max, invoices=bills)
            bills.append(issue(draft, number=f"CN-{place}", on=day(3)))
    bills = [*bills[: len(deposits)], *(paid(bill, 4) for bill in bills[len(deposits) :])]
    found = contract_position(schedule, bills, as_of=LATEST).net
    assert (found.paid, found.unassigned) == (schedule.total, Money.zero(EUR))


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_of_a_deposit_that_is_used_up_the_deductions_are_its_own_amounts(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    bills = all_billed(schedule, map(paid, deposits), taxes)
    for deposit, state in zip(deposits, deposits_left(bills, as_of=LATEST), strict=True):
        taken = of_groups(deductions(bills, state.number))
        left = of_groups(state.groups)
        assert of_groups(totals(deposit).breakdown) == taken + left
        if not state.left:
            assert taken == of_groups(totals(deposit).breakdown)


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_each_way_to_show_a_deposit_leaves_the_same_to_pay(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    assert schedule.deposit is not None
    shown = [
        all_billed(
            attrs.evolve(schedule, deposit=attrs.evolve(schedule.deposit, deducted_as=way)),
            map(paid, deposits),
            taxes,
        )
        for way in DeductedAs
    ]
    assert [bill.payable for bill in shown[0]] == [bill.payable for bill in shown[1]]


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_a_capped_bill_is_reduced_by_no_more_than_its_cap_but_the_last(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    assert schedule.deposit is not None
    assume(schedule.deposit.cap is not None and schedule.deposit.recoup is not Recoupment.AT_END)
    bills = all_billed(schedule, map(paid, deposits), taxes)[len(deposits) :]
    plain = all_billed(attrs.evolve(schedule, deposit=None), [], taxes)
    assert schedule.deposit.cap is not None
    for bill, full in zip(bills[:-1], plain[:-1], strict=True):
        most = full.payable.minor * schedule.deposit.cap.fraction
        assert full.payable.minor - bill.payable.minor <= most + 1 / 2
    assert all(bill.payable.minor >= 0 for bill in bills)


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_a_mirrored_bill_gives_back_all_it_took(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    bills = all_billed(schedule, map(paid, deposits), taxes)
    before = deposits_left(bills[: len(deposits)], as_of=LATEST)
    for place, bill in enumerate(bills[len(deposits) :]):
        draft = credit_note(bill, effect=CreditEffect.REBILL, as_of=date.max)
        assert draft.payable == -bill.payable
        bills.append(issue(draft, number=f"CN-{place}", on=day(3)))
    assert [_figures(state) for state in deposits_left(bills, as_of=LATEST)] == [
        _figures(state) for state in before
    ]


def _figures(state: DepositState) -> tuple[object, ...]:
    return state.received, state.deducted, state.left, of_groups(state.groups)


@given(cents, each_tax)
def test_a_deposit_with_tax_asks_for_exactly_the_amount_agreed(minor: int, tax: Tax):
    deposit = Deposit(Money(minor, EUR), with_tax=True)
    schedule = attrs.evolve(_one_part(10_000), deposit=deposit)
    draft = draft_deposit(schedule, invoices=[], buyer=BUYER, tax=tax)
    assert draft.payable.minor == minor
    # The tax is that of the rate, taken out of the whole and rounded half up once.
    rate = tax.rate.fraction if tax.rate else 0
    assert abs(draft.totals.tax.minor - minor * rate / (1 + rate)) <= 1 / 2


# --- cumulative bills -----------------------------------------------------------------------------


def _one_part(minor: int) -> Schedule:
    milestones = [Milestone("m0", "Part", REST, trigger=ON_SIGNING)]
    return Schedule(Money(minor, EUR), milestones, signed_on=START)


@given(st.lists(st.tuples(cents, st.booleans()), min_size=1, max_size=6), each_tax)
def test_the_taxes_of_bills_to_date_are_that_of_the_whole(
    portions: list[tuple[int, bool]], tax: Tax
):
    # Some of the earlier bills may be ordinary ones; the last one shows all to date.
    schedule = _one_part(sum(minor for minor, _ in portions))
    bills: list[Invoice] = []
    for place, (minor, cumulative) in enumerate(portions):
        last = place == len(portions) - 1
        draft = draft_invoice(
            schedule,
            "m0",
            invoices=bills,
            as_of=START,
            buyer=BUYER,
            tax=tax,
            portion=Money(minor, EUR),
            cumulative=cumulative or last,
        )
        assert draft.totals.tax_exclusive.minor == minor
        bills.append(issue(draft, number=str(place), on=START))
    (whole,) = all_billed(schedule, [], [tax])
    assert sum(bill.totals.tax.minor for bill in bills) == whole.totals.tax.minor
    assert sum(bill.payable.minor for bill in bills) == whole.payable.minor


@given(st.lists(st.tuples(cents, each_tax), min_size=1, max_size=5))
def test_with_rates_that_change_bills_to_date_tax_the_whole_at_the_last_one(
    portions: list[tuple[int, Tax]],
):
    schedule = _one_part(sum(minor for minor, _ in portions))
    bills: list[Invoice] = []
    for place, (minor, tax) in enumerate(portions):
        draft = draft_invoice(
            schedule,
            "m0",
            invoices=bills,
            as_of=START,
            buyer=BUYER,
            tax=tax,
            portion=Money(minor, EUR),
            cumulative=True,
        )
        bills.append(issue(draft, number=str(place), on=START))
    (whole,) = all_billed(schedule, [], [portions[-1][1]])
    groups = of_groups(group for bill in bills for group in bill.totals.breakdown)
    assert groups == of_groups(whole.totals.breakdown)


def test_the_days_of_these_lives_end_before_the_latest():
    assert day(40) < LATEST < date.max
