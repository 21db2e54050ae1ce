"""The laws of bills to date: their taxes add up to that of the whole, whatever they bill."""

from collections.abc import Sequence
from datetime import date

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    CreditEffect,
    Currency,
    DeductedAs,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    NetPosition,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Recoupment,
    ReleaseOn,
    Retainage,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Schedule,
    Severity,
    Tax,
    Voided,
    check,
    contract_position,
    credit_note,
    deposit_amount,
    draft_deposit,
    draft_invoice,
    draft_release,
    issue,
    retainage_state,
)
from milestone_invoicing.errors import CreditError

EUR = Currency.of("EUR")
DAY = date(2026, 5, 4)
ACME = Party("acme", "Acme")
RATES = (Tax.standard("2.5"), Tax.standard(21), Tax.standard(25), Tax.outside_scope())
NET_30 = PaymentTerms.net(30)
ALWAYS = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])
RETAINAGES = st.builds(
    Retainage,
    st.sampled_from(
        [[RetainageStep(10)], [RetainageStep(40), RetainageStep(5, after=Percent(50))]]
    ),
    mode=st.just(RetainageMode.UNBILLED),
    scope=st.sampled_from(RetainageScope),
    release=st.just(ReleaseOn.COMPLETION),
)
amounts = st.integers(1, 10**5) | st.integers(1, 40)


def contract(
    worth: Sequence[int], deposit: Deposit | None = None, retainage: Retainage | None = None
) -> Schedule:
    milestones = [
        Milestone(f"m{place}", f"Part {place}", Money(minor, EUR), trigger=ON_SIGNING)
        for place, minor in enumerate(worth)
    ]
    return Schedule(
        Money(sum(worth), EUR), milestones, signed_on=DAY, deposit=deposit, retainage=retainage
    )


@attrs.frozen
class Life:
    """The bills and notes of a contract, its schedule, and the tax of each milestone."""

    schedule: Schedule
    bills: tuple[Invoice, ...]
    taxes: tuple[Tax, ...]
    terms: PaymentTerms


@st.composite
def lives(draw: st.DrawFn, *, deposits: bool = True) -> Life:
    """Return a contract whose milestones are billed in parts, credited and voided in between.

    Some bills on the way are ordinary ones. The last ones bill all that is left, to date: the
    last milestone is billed by the last of them only. What bills left off is released on the way
    and in the end.
    """
    worth = draw(st.lists(amounts, min_size=2, max_size=4))
    taxes = tuple(draw(st.sampled_from(RATES)) for _ in worth)
    terms = draw(st.sampled_from([NET_30, NET_30, ALWAYS]))
    deposit = None
    if deposits and draw(st.booleans()):
        deposit = Deposit(
            Percent(draw(st.integers(1, 60))),
            recoup=draw(st.sampled_from(Recoupment)),
            deducted_as=draw(st.sampled_from(DeductedAs)),
        )
    retainage = draw(st.none() | RETAINAGES) if deposits else None
    schedule, bills = contract(worth, deposit, retainage), list[Invoice]()
    if deposit is not None:
        assume(deposit_amount(schedule).minor)
        asked = draft_deposit(schedule, invoices=[], buyer=ACME, tax=taxes[-1], terms=NET_30)
        paid = issue(asked, number="D", on=DAY).record(Payment(asked.payable, on=DAY))
        bills.append(paid)
    for _ in range(draw(st.integers(0, 6))):
        bills = draw(steps(schedule, bills, taxes, terms))
    for place, key in enumerate(schedule.keys):
        for again in (True, False):
            bills = billed(schedule, bills, key, taxes[place], terms, rebill=again)
        if draw(st.booleans()):
            bills = released(schedule, bills, terms, draw(st.none() | amounts))
    bills = released(schedule, bills, terms)
    return Life(schedule, tuple(bills), taxes, terms)


@st.composite
def steps(
    draw: st.DrawFn,
    schedule: Schedule,
    bills: list[Invoice],
    taxes: tuple[Tax, ...],
    terms: PaymentTerms,
) -> list[Invoice]:
    """Return the bills with one more, with a credit note on one, or with one that is void."""
    works = [bill for bill in bills if bill.number != "D" and not bill.is_void]
    step = draw(st.sampled_from(["bill", "bill", "bill", "note", "void", "release"]))
    if step == "release":
        return released(schedule, bills, terms, draw(st.none() | amounts))
    if step == "bill" or not works:
        place = draw(st.integers(0, len(taxes) - 2))
        most = schedule.amount(schedule.keys[place], as_of=DAY).minor
        options = {
            "cumulative": draw(st.sampled_from([True, True, False])),
            "portion": Money(draw(st.integers(1, most)), EUR),
        }
        key = schedule.keys[place]
        return billed(schedule, bills, key, taxes[place], terms, **options)
    bill = draw(st.sampled_from(works))
    if step == "void" and not bill.kind.is_credit_note:
        if any(each.kind.is_credit_note for each in works if bill.number in each.preceding):
            return bills
        void = bill.record(Voided("typo", on=DAY))
        return [void if each is bill else each for each in bills]
    try:
        draft = credit_note(
            bill,
            effect=draw(st.sampled_from(CreditEffect)),
            as_of=DAY,
            invoices=bills,
            net=Money(draw(st.integers(1, max(bill.totals.tax_exclusive.minor, 1))), EUR),
        )
    except CreditError:
        return bills
    return [*bills, issue(draft, number=f"N{len(bills)}", on=DAY)]


def billed(
    schedule: Schedule,
    bills: list[Invoice],
    key: str,
    tax: Tax,
    terms: PaymentTerms,
    *,
    cumulative: bool = True,
    rebill: bool = False,
    portion: Money | None = None,
) -> list[Invoice]:
    """Return the bills with one of so much of a milestone, or of all that is left."""
    of_key = {row.key: row for row in contract_position(schedule, bills, as_of=DAY).milestones}[key]
    left = of_key.awaiting_decision if rebill else of_key.not_yet_invoiced
    if not left:
        return bills
    draft = draft_invoice(
        schedule,
        key,
        invoices=bills,
        as_of=DAY,
        buyer=ACME,
        tax=tax,
        terms=terms,
        cumulative=cumulative,
        rebill=rebill,
        portion=left if portion is None else min(portion, left),
    )
    return [*bills, issue(draft, number=str(len(bills)), on=DAY)]


def released(
    schedule: Schedule, bills: list[Invoice], terms: PaymentTerms, most: int | None = None
) -> list[Invoice]:
    """Return the bills with a release of so much, or of all that is left off."""
    if schedule.retainage is None:
        return bills
    held = retainage_state(schedule, bills, as_of=DAY).held.minor
    if held <= 0:
        return bills
    draft = draft_release(
        schedule,
        invoices=bills,
        as_of=DAY,
        buyer=ACME,
        terms=terms,
        amount=Money(min(held, most or held), EUR),
    )
    return [*bills, issue(draft, number=f"R{len(bills)}", on=DAY)]


def of_work(bills: Sequence[Invoice]) -> dict[Tax, tuple[int, int]]:
    """Return net and tax of each group of the bills that stand, without any deposit."""
    sums: dict[Tax, tuple[int, int]] = {}
    for bill in standing(bills):
        if bill.kind is InvoiceKind.DEPOSIT:
            continue
        zero = Money(0, EUR)
        off = (
            (line.tax.group, -line.net, -(line.tax_amount or zero))
            for line in bill.lines
            if line.deducts is not None and line.milestone is None
        )
        of_groups = ((group.tax, group.base, group.amount) for group in bill.totals.breakdown)
        for tax, net, taxed in (*of_groups, *off):
            before = sums.get(tax, (0, 0))
            sums[tax] = before[0] + net.minor, before[1] + taxed.minor
    return {tax: part for tax, part in sums.items() if any(part)}


def standing(bills: Sequence[Invoice]) -> list[Invoice]:
    voids = {bill.number for bill in bills if bill.is_void}
    return [
        bill
        for bill in bills
        if not bill.is_void and not (bill.kind.is_credit_note and voids & set(bill.preceding))
    ]


def at_once(life: Life) -> dict[Tax, tuple[int, int]]:
    """Return the same of one document for all that is billed of each milestone in the end."""
    works = standing(life.bills)
    lines = [
        Line("Work", 1 if net.minor >= 0 else -1, abs(net), tax=tax)
        for key, tax in zip(life.schedule.keys, life.taxes, strict=True)
        for net in [Money.total((bill.net_of(key) for bill in works), currency=EUR)]
    ]
    return of_work([Invoice(None, None, ACME, lines, terms=life.terms)])


@given(lives())
def test_the_taxes_of_bills_to_date_are_those_of_the_whole_contract_at_once(life: Life):
    assert of_work(life.bills) == at_once(life)


@given(
    st.lists(amounts, min_size=1, max_size=8),
    st.sampled_from(RATES),
    RETAINAGES,
)
def test_after_each_bill_to_date_the_tax_is_that_of_what_is_billed_less_what_is_left_off(
    worth: list[int], tax: Tax, retainage: Retainage
):
    schedule, bills = contract(worth, None, retainage), list[Invoice]()
    for key in schedule.keys:
        bills = billed(schedule, bills, key, tax, NET_30)
        net, taxed = of_work(bills).get(tax, (0, 0))
        # A unit, where less is to be left off than was; the next bill takes it up.
        assert abs(taxed - tax.on(net)) <= 1
    bills = released(schedule, bills, NET_30)
    assert of_work(bills)[tax] == (sum(worth), tax.on(sum(worth)))


@given(lives())
def test_a_bill_to_date_adds_to_no_other_milestone_and_checks_find_nothing_in_it(life: Life):
    for bill in life.bills:
        keys = {line.milestone for line in bill.lines if line.deducts is None}
        billed = [key for key in keys if key and bill.net_of(key)]
        assert len(billed) <= 1 or bill.kind.is_credit_note
        found = [each for each in check(bill, tolerant=True) if each.severity is Severity.ERROR]
        assert not [each for each in found if each.code.startswith(("BR-CO-1", "PEPPOL"))]
    assert all(not row.not_yet_invoiced for row in rows(life))


def rows(life: Life) -> Sequence[NetPosition]:
    return contract_position(life.schedule, life.bills, as_of=DAY).milestones


@given(lives(deposits=False), st.data())
def test_credits_of_a_bill_to_date_are_of_what_it_adds(life: Life, data: st.DataObject):
    bill = next(bill for bill in reversed(life.bills) if not bill.kind.is_credit_note)
    keys = [key for key in life.schedule.keys if bill.net_of(key)]
    notes: list[Invoice] = []
    for way in data.draw(st.lists(st.sampled_from(["net", "amount"]), max_size=3)):
        most = bill.totals.tax_exclusive + sum(
            (note.totals.tax_exclusive for note in notes), bill.payable * 0
        )
        part = Money(data.draw(st.integers(1, max(most.minor, 1))), EUR)
        try:
            draft = credit_note(
                bill, effect=CreditEffect.CANCEL, as_of=DAY, invoices=notes, **{way: part}
            )
        except CreditError:
            continue
        notes.append(issue(draft, number=f"C{len(notes)}", on=DAY))
    if notes:
        try:
            rest = credit_note(bill, effect=CreditEffect.CANCEL, as_of=DAY, invoices=notes)
            notes.append(issue(rest, number="C", on=DAY))
        except CreditError:
            pass
        assert sum(note.payable.minor for note in notes) == -bill.payable.minor
    for note in notes:
        assert all(not note.net_of(key) for key in life.schedule.keys if key not in keys)
