"""What an early discount is a percentage of: what is still to be paid, unless the terms differ."""

import itertools
from collections.abc import Iterable

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    CreditEffect,
    DeductedAs,
    Deposit,
    DiscountBase,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    Line,
    Milestone,
    Money,
    OnDate,
    Payment,
    PaymentTerms,
    Percent,
    Prepaid,
    Recoupment,
    RetainageReleased,
    Schedule,
    SettlementState,
    Tax,
    TaxSubtotal,
    credit_note,
    discount_state,
    draft_deposit,
    draft_invoice,
    invoice_status,
    issue,
)
from milestone_invoicing.display import invoice_text
from tests.unit.bills import ACME, eur, june, may

IF_TAKEN, NOT_REDUCED, ALWAYS = DiscountTax
NOW, PAYABLE, BILLED, NET_TO_PAY = DiscountBase
S19, S7 = Tax.standard(19), Tax.standard(7)


def off(tax: DiscountTax = IF_TAKEN, base: DiscountBase = NOW, *, percent: int = 3) -> PaymentTerms:
    return PaymentTerms.net(30, discounts=[EarlyDiscount(percent, 14, tax, base=base)])


def on_instalments(count: int) -> PaymentTerms:
    rules = (DueRule([AddDays(14 * number)]) for number in range(1, count + 1))
    level = EarlyDiscount(3, 14)
    return PaymentTerms([Installment(REST, rule, discounts=[level]) for rule in rules])


def bills_of(
    terms: PaymentTerms,
    deducted_as: DeductedAs = DeductedAs.PREPAID,
    recoup: Recoupment = Recoupment.AT_END,
    shares: Iterable[int] = (100,),
    *,
    cumulative: bool = False,
) -> list[Invoice]:
    """Return the bills of 10,000.00 + 19 %, of which 6,000.00 is a deposit, each paid in time.

    With several shares each is a milestone; cumulatively they are parts of one.
    """
    names = ("one",) if cumulative else tuple(f"part {number}" for number, _ in enumerate(shares))
    parts = (100,) if cumulative else tuple(shares)
    trigger = OnDate(may(1))
    schedule = Schedule(
        eur(10_000),
        [
            Milestone(name, name, Percent(share), trigger=trigger)
            for name, share in zip(names, parts, strict=True)
        ],
        terms=terms,
        deposit=Deposit(eur(6000), recoup=recoup, deducted_as=deducted_as),
    )
    draft = draft_deposit(schedule, invoices=[], buyer=ACME, tax=S19)
    bills = [_paid(issue(draft, number="D", on=may(1)))]
    steps = itertools.accumulate(shares)
    for number, to_date in enumerate(steps):
        draft = draft_invoice(
            schedule,
            names[0] if cumulative else names[number],
            invoices=bills,
            as_of=may(3),
            buyer=ACME,
            tax=S19,
            up_to=Percent(to_date) if cumulative else None,
            cumulative=cumulative,
        )
        bills.append(_paid(issue(draft, number=f"B-{number}", on=may(3))))
    return bills


def _paid(bill: Invoice) -> Invoice:
    """Return the bill, settled by what its printout asks for in time."""
    state = discount_state(bill, as_of=may(3))
    text = invoice_text(bill, locale="en", as_of=may(3))
    if not state.settles:
        return bill
    assert f"Paid by {'May 15' if bill.number == 'D' else 'May 17'}, 2026: €" in text
    assert f"€{state.settles.amount:,}" in text
    paid = bill.record(Payment(state.settles, on=may(3)))
    status = invoice_status(paid, as_of=may(3))
    assert (status.settlement, status.discount) == (SettlementState.PAID, state.available)
    return paid


def offered(bills: Iterable[Invoice]) -> list[str]:
    """Return what the first level takes off each bill, and all of them."""
    found = [
        Money.total(
            (offer.discount for offer in discount_state(bill, as_of=may(3)).offers),
            currency="EUR",
        )
        for bill in bills
    ]
    return [str(each.amount) for each in (*found, Money.total(found, currency="EUR"))]


WAYS = [pytest.param(way, id=way.name) for way in DeductedAs]


@pytest.mark.parametrize("deducted_as", WAYS)
@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param(off(), ["214.20", "142.80", "357.00"], id="3% of 7140.00 + 4760.00"),
        pytest.param(off(NOT_REDUCED), ["180.00", "120.00", "300.00"], id="3% of 6000 + 4000"),
        pytest.param(off(ALWAYS), ["180.00", "120.00", "300.00"], id="3% of 6000 + 4000, always"),
        pytest.param(on_instalments(1), ["214.20", "142.80", "357.00"], id="on the instalment"),
        pytest.param(on_instalments(2), ["214.20", "142.80", "357.00"], id="on two instalments"),
        pytest.param(off(base=BILLED), ["214.20", "357.00", "571.20"], id="3% of all billed"),
        pytest.param(off(base=PAYABLE), ["214.20", "142.80", "357.00"], id="nothing is held"),
    ],
)
def test_a_deposit_deducted_is_left_out(
    terms: PaymentTerms, deducted_as: DeductedAs, expected: list[str]
):
    assert offered(bills_of(terms, deducted_as)) == expected


@pytest.mark.parametrize("deducted_as", WAYS)
@pytest.mark.parametrize("cumulative", [False, True], ids=["apart", "cumulative"])
@pytest.mark.parametrize(
    ("tax", "expected"),
    [
        (IF_TAKEN, ["214.20", "42.84", "28.56", "71.40", "357.00"]),
        (NOT_REDUCED, ["180.00", "36.00", "24.00", "60.00", "300.00"]),
        (ALWAYS, ["180.00", "36.00", "24.00", "60.00", "300.00"]),
    ],
    ids=["of 30/20/50 with tax", "of 30/20/50 net", "of 30/20/50 net, always"],
)
def test_bills_before_the_last_leave_their_part_of_it_out(
    tax: DiscountTax, expected: list[str], deducted_as: DeductedAs, *, cumulative: bool
):
    bills = bills_of(
        off(tax), deducted_as, Recoupment.PRO_RATA, (30, 20, 50), cumulative=cumulative
    )
    assert offered(bills) == expected


@pytest.mark.parametrize("deducted_as", WAYS)
def test_at_two_levels_each_is_of_what_is_still_to_be_paid(deducted_as: DeductedAs):
    levels = [EarlyDiscount(3, 14), EarlyDiscount(1, 21)]
    *_, last = bills_of(PaymentTerms.net(30, discounts=levels), deducted_as)
    offers = discount_state(attrs.evolve(last, facts=()), as_of=may(3)).offers
    assert [(o.amount, o.discount, o.pays) for o in offers] == [
        (eur(4760), eur("142.80"), eur("4617.20")),
        (eur(4760), eur("47.60"), eur("4712.40")),
    ]


def bill(
    terms: PaymentTerms,
    *,
    lines: Iterable[Line] = (Line("Work", 1, eur(10_000), tax=S19),),
    prepaid: int = 0,
    held: int = 0,
    withheld: int = 0,
) -> Invoice:
    """Return a bill of 11,900.00 of which so much net is prepaid, and so much with tax held."""
    part = TaxSubtotal(S19, eur(prepaid), eur(prepaid).times(S19.rate))  # type: ignore[arg-type]
    return Invoice(
        "1",
        may(1),
        ACME,
        lines,
        terms=terms,
        prepaid=[Prepaid("D", [part])] if prepaid else [],
        held=eur(held) if held else None,
        withheld=[Adjustment(eur(withheld), reason="Tax")] if withheld else [],
    )


MIXED = (
    Line("Work", 1, eur(6000), tax=S19),
    Line("Books", 1, eur(3000), tax=S7),
    Line("Freight", 1, eur(1000), tax=S19, discountable=False),
)
# fmt: off
SETTLES = {
    "11400.00 - 3% of 11400.00": (bill(off(), held=500), "342.00", "11058.00"),
    "11400.00 - 3% of 11400.00 of 10000.00 net":
        (bill(off(NOT_REDUCED), held=500), "287.39", "11112.61"),
    "11343.00 - 3% of 11343.00 of 10000.00 net of 11843.00":
        (bill(off(ALWAYS), held=500), "287.33", "11055.67"),
    "11400.00 - 3% of 11900.00": (bill(off(base=PAYABLE), held=500), "357.00", "11043.00"),
    "4260.00 - 3%": (bill(off(), prepaid=6000, held=500), "127.80", "4132.20"),
    "4260.00 - 3% of 4760.00":
        (bill(off(base=PAYABLE), prepaid=6000, held=500), "142.80", "4117.20"),
    "4260.00 - 3% of 11900.00":
        (bill(off(base=BILLED), prepaid=6000, held=500), "357.00", "3903.00"),
    "4260.00 - 3% of 3260.00":
        (bill(off(base=NET_TO_PAY), prepaid=6000, held=500, withheld=1000), "97.80", "3162.20"),
    "what is withheld stays inside: 4260.00 - 3%":
        (bill(off(), prepaid=6000, held=500, withheld=1000), "127.80", "3132.20"),
    "all withheld": (bill(off(base=NET_TO_PAY), withheld=11_900), "0.00", "0.00"),
    "all but 1.00 withheld": (bill(off(), withheld=11_899), "0.00", "1.00"),
    "two instalments, held 500": (bill(on_instalments(2), held=500), "342.00", "11058.00"),
    "11540.00 - 3% of 10350.00": (bill(off(), lines=MIXED), "310.50", "11229.50"),
    "9160.00 - 3% of 7970.00":
        (bill(off(), lines=MIXED, prepaid=2000), "239.10", "8920.90"),
    "9160.00 - 3% of 7000.00":
        (bill(off(NOT_REDUCED), lines=MIXED, prepaid=2000), "210.00", "8950.00"),
    "1000.00 of 11540.00 held: 3% of 10350.00 * 10540 / 11540":
        (bill(off(), lines=MIXED, held=1000), "283.59", "10256.41"),
    "more prepaid than discounts reduce":
        (bill(off(), lines=MIXED, prepaid=9000), "0.00", "830.00"),
    "all prepaid": (bill(off(), prepaid=10_000), "0.00", "0.00"),
}
# fmt: on


@pytest.mark.parametrize(("invoice", "available", "settles"), SETTLES.values(), ids=SETTLES)
def test_what_settles_in_time(invoice: Invoice, available: str, settles: str):
    state = discount_state(invoice, as_of=may(15))
    assert (state.available, state.settles) == (eur(available), eur(settles))
    if not state.settles:
        return
    paid = invoice.record(Payment(state.settles, on=may(15)))
    status = invoice_status(paid, as_of=june(1))
    withheld = invoice.totals.withheld
    assert (status.discount, status.open, status.unapplied) == (eur(available), withheld, eur(0))
    less = invoice.record(Payment(state.settles - eur("0.01"), on=may(15)))
    assert invoice_status(less, as_of=june(1)).open > withheld


def test_what_is_released_later_has_no_discount():
    paid = bill(off(), held=500).record(
        Payment(eur(11_058), on=may(15)), RetainageReleased(eur(500), june(1), on=may(20))
    )
    assert invoice_status(paid, as_of=may(20)).open == eur(500)
    assert discount_state(paid, as_of=may(15)).available == eur(0)


def test_a_final_bill_of_a_few_euros_has_its_part():
    # It was no discount but a mistake to offer 20.00 on 15.00.
    final = Invoice(
        "2",
        may(1),
        ACME,
        [Line("Work", 1, eur(1000)), Line("Less D", -1, eur(985), deducts="D", discountable=False)],
        terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)]),
    )
    assert discount_state(final, as_of=may(1)).settles == eur("14.70")


def test_what_a_credit_note_takes_back_is_the_mirror():
    final = bill(off(), lines=MIXED, prepaid=2000, held=500)
    note = credit_note(final, effect=CreditEffect.CANCEL, as_of=may(1))
    assert (note.reducible.net, note.reducible.tax) == (-final.reducible.net, -final.reducible.tax)
    assert note.totals == -final.totals
