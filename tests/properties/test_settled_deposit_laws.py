"""Laws of deposits settled by any means: all bills are the contract, net, tax and gross."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    Credited,
    CreditEffect,
    DeductedAs,
    DepositNotSettledError,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Retainage,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Rounding,
    Schedule,
    Tax,
    Withheld,
    WriteOffReason,
    WrittenOff,
    check,
    check_draft,
    check_invoices,
    contract_position,
    credit_note,
    deposit_amount,
    deposits_left,
    draft_deposit,
    draft_invoice,
    issue,
    ready_to_invoice,
    round_ratio,
    start_gate,
)
from milestone_invoicing.findings import Severity
from tests.properties.advance_lives import BUYER, contracts, day, each_tax, paid, several_deposits
from tests.properties.agreements import EUR

LATEST = day(99)
DISCOUNT = PaymentTerms.net(30, discounts=[EarlyDiscount(Percent(2), 10)])


RULES = [
    Retainage.flat(10),
    Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED),
    Retainage([RetainageStep(20), RetainageStep(5, after=Percent(50))], cap=Percent(8)),
    Retainage([RetainageStep(10), RetainageStep(2, after=Percent(50))], gives_back=True),
    Retainage([RetainageStep(0), RetainageStep(60, after=Percent(50))], gives_back=True),
    Retainage(
        [RetainageStep(10), RetainageStep(0, after=Percent(50))], scope=RetainageScope.MILESTONE
    ),
]


def eur(minor: int) -> Money:
    return Money(minor, EUR)


@st.composite
def rounded(draw: st.DrawFn, deposit: Invoice) -> Invoice:
    """Return a deposit with a rounding amount, or none; something stays payable."""
    rest = max(draw(st.integers(-30, 30)), 1 - deposit.payable.minor)
    return attrs.evolve(deposit, rounding_amount=eur(rest)) if rest else deposit


@st.composite
def settled(draw: st.DrawFn, deposit: Invoice, *, whole: bool = True) -> Invoice:
    """Return a deposit and what settles it: cash, and some of all other means.

    What the client withholds has its certificate, that of a part, or none yet. Unless *whole*,
    something may be lost or still to come.
    """
    deposit = draw(rounded(deposit))
    if draw(st.integers(0, 4)) == 0:
        deposit = attrs.evolve(deposit, terms=DISCOUNT)
        assert deposit.claim is not None
        off = sum(offer.discount.minor for offer in deposit.claim.offers(()))
        return deposit.record(Payment(eur(deposit.payable.minor - off), on=day(1)))
    payable = deposit.payable.minor
    withheld = draw(st.integers(0, payable // 3))
    certified = draw(st.sampled_from([0, withheld // 2, withheld]))
    credit = draw(st.integers(0, payable // 4))
    small = draw(st.integers(0, min(3, payable // 6)))
    lost = 0 if whole else draw(st.integers(0, payable // 6))
    # What is credited takes its part of what is withheld along.
    kept_of_rest = round_ratio(withheld * (payable - credit), payable, Rounding.HALF_UP)
    cash = payable - max(kept_of_rest, certified) - credit - small - lost
    if not whole:
        cash = draw(st.integers(0, cash))
    if withheld:
        kept = [Adjustment(eur(withheld), "income tax")]
        deposit = attrs.evolve(deposit, withheld=kept)
    facts = [
        (certified, lambda amount: Withheld(amount, on=day(1))),
        (credit, lambda amount: Credited(amount, "CN-X", on=day(1))),
        (small, lambda amount: WrittenOff(amount, WriteOffReason.SMALL_DIFFERENCE, on=day(1))),
        (lost, lambda amount: WrittenOff(amount, on=day(1))),
        (cash, lambda amount: Payment(amount, on=day(1))),
    ]
    return deposit.record(*(fact(eur(minor)) for minor, fact in facts if minor))


@st.composite
def lives(draw: st.DrawFn, *, whole: bool = True) -> tuple[Schedule, list[Invoice], list[Invoice]]:
    """Return a contract, its deposits as settled with all its bills, and the bills without any.

    What no bill could take off goes back by credit notes.
    """
    schedule, taxes = draw(contracts()), draw(st.lists(each_tax, min_size=1, max_size=3))
    deposits = [draw(settled(each, whole=whole)) for each in draw(several_deposits())]
    bills = _all_billed(schedule, deposits, taxes)
    for place, deposit in enumerate(deposits):
        state = deposits_left(bills, as_of=LATEST)[place]
        if state.deducted != state.asked:
            rest = credit_note(deposit, effect=CreditEffect.CANCEL, as_of=date.max, invoices=bills)
            bills.append(issue(rest, number=f"CN-{place}", on=day(3)))
    return schedule, bills, _all_billed(attrs.evolve(schedule, deposit=None), [], taxes)


def _all_billed(
    schedule: Schedule, deposits: Sequence[Invoice], taxes: Sequence[Tax]
) -> list[Invoice]:
    bills = list(deposits)
    for place, key in enumerate(schedule.keys):
        tax = taxes[place % len(taxes)]
        draft = draft_invoice(schedule, key, invoices=bills, as_of=day(2), buyer=BUYER, tax=tax)
        bills.append(issue(draft, number=str(place), on=day(2)))
    return bills


def sums(bills: Iterable[Invoice]) -> Counter[tuple[str, str]]:
    """Return net and tax by tax, in minor units; what is zero is left out."""
    found: Counter[tuple[str, str]] = Counter()
    for group in (group for bill in bills for group in bill.totals.breakdown):
        found[str(group.tax), "net"] += group.base.minor
        found[str(group.tax), "tax"] += group.amount.minor
    return Counter({name: amount for name, amount in found.items() if amount})


def is_deposit(bill: Invoice) -> bool:
    return bill.kind in {InvoiceKind.DEPOSIT, InvoiceKind.DEPOSIT_CREDIT_NOTE}


@given(lives(whole=False))
def test_all_bills_are_the_contract_net_tax_and_gross_however_deposits_were_settled(
    life: tuple[Schedule, list[Invoice], list[Invoice]],
):
    schedule, bills, plain = life
    assert schedule.deposit is not None
    if schedule.deposit.deducted_as is DeductedAs.LINES:
        assert sums(bills) == sums(plain)
    else:  # the bills show all of the work, and the deposits stand beside them
        assert sums(each for each in bills if not is_deposit(each)) == sums(plain)
    payable = sum(bill.payable.minor - bill.totals.rounding_minor for bill in bills)
    assert payable == sum(bill.payable.minor for bill in plain)


@given(lives())
def test_a_deposit_that_is_settled_in_full_comes_off_with_its_own_amounts(
    life: tuple[Schedule, list[Invoice], list[Invoice]],
):
    _, bills, _ = life
    for state in deposits_left(bills, as_of=LATEST):
        assert (state.left.minor, state.groups) == (0, ())
        # What is open is tax that the credit notes withhold no longer, and they settle it.
        assert state.to_come == state.open <= state.credited
        assert state.received == state.deducted + state.owed
    assert not [
        f for f in check_invoices(bills, as_of=LATEST) if f.code.startswith(("over", "ded"))
    ]


@given(lives(whole=False))
def test_no_bill_takes_off_what_is_lost_or_still_to_come(
    life: tuple[Schedule, list[Invoice], list[Invoice]],
):
    _, bills, _ = life
    for state in deposits_left(bills, as_of=LATEST):
        assert state.received == state.deducted + state.owed + state.left
        assert 0 <= state.deducted.minor <= state.received.minor
        assert state.left.minor >= 0
    errors = [f for f in check_invoices(bills, as_of=LATEST) if f.severity is Severity.ERROR]
    # The credit that settles a part of a deposit here is of a note that is not among the bills.
    assert {finding.code for finding in errors} <= {"unknown_note"}


@given(lives())
def test_what_the_client_settles_in_all_is_the_contract(
    life: tuple[Schedule, list[Invoice], list[Invoice]],
):
    schedule, bills, _ = life
    known = [each if is_deposit(each) else paid(each, 4) for each in bills]
    found = contract_position(schedule, known, as_of=LATEST).net
    assert (found.paid, found.unassigned) == (schedule.total, eur(0))


@given(lives())
def test_the_gate_is_open_once_a_deposit_is_settled_by_any_means(
    life: tuple[Schedule, list[Invoice], list[Invoice]],
):
    schedule, bills, _ = life
    assert schedule.deposit is not None
    # No more than what was billed as a deposit is agreed.
    agreed = sum(each.totals.tax_exclusive.minor for each in bills if is_deposit(each))
    if agreed > 0:
        deposit = attrs.evolve(schedule.deposit, share=eur(agreed), before_start=True)
        gated = attrs.evolve(schedule, deposit=attrs.evolve(deposit, with_tax=False))
        gate = start_gate(gated, bills, as_of=LATEST)
        assert gate.is_open
        assert gate.received == gate.required


# --- what is said of a deposit --------------------------------------------------------------------


@given(contracts(), st.sampled_from([None, *RULES]))
def test_a_schedule_says_before_what_draft_and_books_say_after(
    schedule: Schedule, rule: Retainage | None
):
    assert schedule.deposit is not None
    share = attrs.evolve(schedule.deposit, share=Percent(60), with_tax=False)
    schedule = attrs.evolve(schedule, deposit=share, retainage=rule)
    assume(deposit_amount(schedule))
    asked = draft_deposit(schedule, invoices=[], buyer=BUYER)
    first = issue(asked, number="D-1", on=day(0))
    for deposit, code in ((paid(first), "deposit_left_over"), (first, "deposit_still_claimed")):
        *before, last = _all_billed(schedule, [deposit], [Tax.outside_scope()])
        (state,) = deposits_left([*before, last], as_of=LATEST)
        found = state.left.minor > 0 or state.open.minor > 0
        said = [
            check_invoices([*before, last], as_of=LATEST, schedule=schedule),
            check_draft(last, schedule, invoices=before, as_of=LATEST),
        ]
        assert [[each.code for each in each_of] for each_of in said] == [[code] * found] * 2
        if deposit is not first:
            planned = [each.code for each in check(schedule) if each.code == code]
            assert planned == [code] * found


@given(contracts())
def test_no_bill_is_drafted_before_a_deposit_that_comes_first(schedule: Schedule):
    assert schedule.deposit is not None
    before = attrs.evolve(schedule.deposit, before_start=True)
    gated = attrs.evolve(schedule, deposit=before)
    assume(deposit_amount(gated))
    asked = draft_deposit(gated, invoices=[], buyer=BUYER)
    first = issue(asked, number="D-1", on=day(0))
    key = gated.keys[0]
    ask = {"as_of": day(2), "buyer": BUYER}
    with pytest.raises(DepositNotSettledError, match="D-1") as caught:
        draft_invoice(gated, key, invoices=[first], **ask)
    assert caught.value.deposits == ("D-1",)
    assert ready_to_invoice(gated, [first], as_of=day(2)) == ()
    plain = draft_invoice(schedule, key, invoices=[paid(first)], **ask)
    assert draft_invoice(gated, key, invoices=[paid(first)], **ask) == plain
