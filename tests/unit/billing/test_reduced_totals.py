"""Totals with early discounts: what is reducible, and what a tax always reduced leaves untaxed."""

from collections.abc import Sequence

import attrs
import pytest

from milestone_invoicing import (
    REST,
    Adjustment,
    CreditEffect,
    DiscountTax,
    EarlyDiscount,
    Installment,
    Invoice,
    Line,
    PaymentTerms,
    Percent,
    StatedTotals,
    Tax,
    TaxCategory,
    TaxedAmount,
    TaxSubtotal,
    check,
    check_stated,
    credit_note,
    discount_state,
    document_allowances,
    document_charges,
    tax_reduction,
    totals,
    without_tax,
)
from milestone_invoicing.errors import WrongTypeError
from tests.unit.bills import ACME, eur, may

IF_TAKEN, NOT_REDUCED, ALWAYS = DiscountTax
NO_TAX = Tax.outside_scope()
S21, S6, S2H = Tax.standard(21), Tax.standard(6), Tax.standard("2.5")
E0 = Tax(TaxCategory.E, Percent(0))


def of(amount: str | int, tax: Tax = NO_TAX, *, discountable: bool = True) -> Line:
    net = eur(amount)
    sign = -1 if net.minor < 0 else 1
    return Line("Work", sign, abs(net), tax=tax, discountable=discountable)


def issued(lines: Sequence[Line], *levels: EarlyDiscount) -> Invoice:
    terms = PaymentTerms.net(30, discounts=levels)
    return Invoice("1", may(1), ACME, lines, terms=terms)


def always(percent: str | int, days: int = 10) -> EarlyDiscount:
    return EarlyDiscount(percent, days, ALWAYS)


@pytest.mark.parametrize(
    ("tax", "payable", "settles", "of_tax"),
    [
        pytest.param(IF_TAKEN, "121.00", "118.58", "0.42", id="reduced if taken: 118.58 or 121"),
        pytest.param(NOT_REDUCED, "121.00", "119.00", "0", id="not reduced: 119 or 121"),
        pytest.param(ALWAYS, "120.58", "118.58", "0", id="always reduced: 118.58 or 120.58"),
    ],
)
def test_100_and_21_percent_with_2_percent(
    tax: DiscountTax, payable: str, settles: str, of_tax: str
):
    invoice = issued([of(100, S21)], EarlyDiscount(2, 10, tax))
    state = discount_state(invoice, as_of=may(1))
    assert (invoice.payable, state.settles) == (eur(payable), eur(settles))
    assert state.offers[0].tax_discount == eur(of_tax)


def test_1500_and_15_percent_and_a_levy_with_10_percent():
    lines = [of(1500, Tax.standard(15)), of("0.05", discountable=False)]
    state = discount_state(issued(lines, EarlyDiscount(10, 7)), as_of=may(1))
    (offer,) = state.offers
    assert (state.settles, offer.discount) == (eur("1552.55"), eur("172.50"))
    assert (offer.discount - offer.tax_discount, offer.tax_discount) == (eur(150), eur("22.50"))


REDUCED = {
    "2% of 100 at 21%": ([of(100, S21)], [always(2)], [(E0, "2", "0"), (S21, "98", "20.58")]),
    "2% of -100 at 21%": (
        [of(-100, S21)], [always(2)], [(E0, "-2", "0"), (S21, "-98", "-20.58")]),
    "2% of 0.25 = 0.005 = 0.01": (
        [of("0.25", S21)], [always(2)], [(E0, "0.01", "0"), (S21, "0.24", "0.05")]),
    "2% of 0.24 = 0.0048 = 0": (
        [of("0.24", S21)], [always(2)], [(S21, "0.24", "0.05")]),
    "the largest of two levels": (
        [of(100, S21)], [always(1, 20), always(3, 5)], [(E0, "3", "0"), (S21, "97", "20.37")]),
    "with an exempt line": (
        [of(50, E0), of(100, S21)], [always(2)], [(E0, "52", "0"), (S21, "98", "20.58")]),
    "an untaxed line has no tax to reduce": ([of(50)], [always(2)], [(NO_TAX, "50", "0")]),
    "a line that is not reduced": (
        [of(50, S21, discountable=False), of(100, S21)], [always(2)],
        [(E0, "2", "0"), (S21, "148", "31.08")]),
    "only a line that is not reduced": (
        [of(50, S21, discountable=False)], [always(2)], [(S21, "50", "10.50")]),
    "2% of 0.30 = 0.006 = 0.01, 2% of 0.60 = 0.012 = 0.01: 0.01 and nothing": (
        [of("0.30", S21), of("0.30", S6)], [always(2)],
        [(E0, "0.01", "0"), (S6, "0.29", "0.02"), (S21, "0.30", "0.06")]),
    "2% of 0.20 = 0.004 = 0, 2% of 0.40 = 0.008 = 0.01: nothing and 0.01": (
        [of("0.20", S21), of("0.20", S6)], [always(2)],
        [(E0, "0.01", "0"), (S6, "0.20", "0.01"), (S21, "0.19", "0.04")]),
    "a price of 121 with 21%": (
        without_tax([of(121, S21)]), [always(2)], [(E0, "2", "0"), (S21, "98", "20.58")]),
    "a price of -121 with 21%": (
        without_tax([of(-121, S21)]), [always(2)], [(E0, "-2", "0"), (S21, "-98", "-20.58")]),
    "prices of 121 with 21% and 10.60 with 6%": (
        without_tax([of(121, S21), of("10.60", S6)]), [always(2)],
        [(E0, "2.20", "0"), (S6, "9.80", "0.59"), (S21, "98", "20.58")]),
    "a price with tax beside one without": (
        [*without_tax([of(121, S21)]), of(100, S21)], [always(2)],
        [(E0, "4", "0"), (S21, "196", "41.16")]),
    "a tax amount that is not the rate's: 2.75 - 2.5% of 2": (
        [Line("Work", 1, eur(100), tax=S2H, tax_amount=eur("2.75"))], [always(2)],
        [(E0, "2", "0"), (S2H, "98", "2.70")]),
    "a price with tax that is not reduced": (
        without_tax([of(121, S21, discountable=False)]), [always(2)], [(S21, "100", "21")]),
    "what takes a bill off with its own tax was reduced there": (
        [of(100, S21), Line("Less 1", -1, eur(49), tax=S21, tax_amount=eur("-10.29"), deducts="1")],
        [always(2)], [(E0, "2", "0"), (S21, "49", "10.29")]),
    "what is taken off at the rate of the group is reduced with it": (
        [of(100, S21), Line("Less 1", -1, eur(49), tax=S21, deducts="1")],
        [always(2)], [(E0, "1.02", "0"), (S21, "49.98", "10.50")]),
    "reduced if taken: as it is": (
        [of(100, S21)], [EarlyDiscount(2, 10)], [(S21, "100", "21")]),
    "not reduced: as it is": (
        [of(100, S21)], [EarlyDiscount(2, 10, NOT_REDUCED)], [(S21, "100", "21")]),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "levels", "groups"), REDUCED.values(), ids=REDUCED)
def test_the_breakdown(lines: list[Line], levels: list[EarlyDiscount], groups):
    found = totals(issued(lines, *levels))
    expected = [TaxSubtotal(tax, eur(base), eur(amount)) for tax, base, amount in groups]
    assert [attrs.evolve(group, reasons=()) for group in found.breakdown] == expected
    reasons = {group.reasons for group in found.breakdown if group.tax == E0}
    moved = len(groups) > len({line.tax for line in lines})
    assert reasons <= {("Discount for early payment",), ()}
    assert not moved or reasons == {("Discount for early payment",)}
    assert found.line_total == found.tax_exclusive == sum(line.net for line in lines)
    assert found.payable == found.tax_exclusive + sum(group.amount for group in expected)
    ties = {"BR-CO-11", "BR-CO-12", "BR-CO-17", "BR-S-08", "BR-E-08"}
    wrong = [each for each in check(issued(lines, *levels), tolerant=True) if each.code in ties]
    assert not wrong


def listed(invoice: Invoice) -> list[tuple[str, str, str]]:
    """Return the allowances, then the charges of the document: sign, tax and amount."""
    return [
        (sign, str(each.tax), str(each.amount_on(invoice.totals.line_total).amount))
        for sign, several in (("-", document_allowances(invoice)), ("+", document_charges(invoice)))
        for each in several
    ]


PAIRS = {
    "one tax": ([of(100, S21)], [("-", "S 21%", "2.00"), ("+", "E 0%", "2.00")]),
    "a price with tax": (
        without_tax([of(121, S21)]), [("-", "S 21%", "2.00"), ("+", "E 0%", "2.00")]),
    "one allowance for each tax, one charge": (
        [of(100, S21), of(50, S6), of(25, S21)],
        [("-", "S 6%", "1.00"), ("-", "S 21%", "2.50"), ("+", "E 0%", "3.50")]),
    "of either sign": (
        [of(100, S21), of(-50, S6)],
        [("-", "S 6%", "-1.00"), ("-", "S 21%", "2.00"), ("+", "E 0%", "1.00")]),
    "a tax of which nothing moves": (
        [of("0.20", S6), of("0.20", S21)], [("-", "S 21%", "0.01"), ("+", "E 0%", "0.01")]),
    "what moves may come to nothing": (
        [of("0.25", S21), of("-0.25", S21), of("0.25", S6), of("-0.30", S6)],
        [("+", "E 0%", "0.00")]),
    "nothing moves": ([of("0.20", S21)], []),
    "nothing is taxed": ([of(100)], []),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), PAIRS.values(), ids=PAIRS)
def test_the_reduction_is_an_allowance_in_each_group_and_one_exempt_charge(
    lines: list[Line], expected: list[tuple[str, str, str]]
):
    invoice = issued(lines, always(2))
    assert listed(invoice) == expected
    found = totals(invoice)
    off, on = ([each for each in expected if each[0] == sign] for sign in "-+")
    assert found.allowance_total == sum((eur(each[2]) for each in off), eur(0))
    assert found.charge_total == sum((eur(each[2]) for each in on), eur(0))
    assert found.line_total == found.tax_exclusive == sum(line.net for line in lines)
    pair = [each for several in tax_reduction(invoice) for each in several]
    assert not any(each.discountable for each in pair)
    reasons = {each.reason for each in pair}
    assert reasons <= {"Discount for early payment"}
    # Anybody who adds up what is listed comes to the same groups.
    stated = StatedTotals.of(invoice)
    of_document = {"allowances": document_allowances(invoice), "charges": document_charges(invoice)}
    assert check_stated(invoice.lines, stated, **of_document) == ()


def test_without_its_pair_the_groups_of_a_reduction_have_no_parts():
    invoice = issued([of(100, S21)], always(2))
    found = check_stated(invoice.lines, StatedTotals.of(invoice))
    codes = [each.code for each in found]
    assert codes == ["BR-CO-11", "BR-CO-12", "BR-E-08", "BR-S-08"]


def test_the_reduction_stands_beside_what_is_off_the_document():
    off = Adjustment(Percent(10), "Season")
    invoice = attrs.evolve(issued([of(100, S21), of(50, S6)], always(2)), allowances=[off])
    assert listed(invoice) == [
        ("-", "S 6%", "5.00"),
        ("-", "S 21%", "10.00"),
        ("-", "S 6%", "0.90"),
        ("-", "S 21%", "1.80"),
        ("+", "E 0%", "2.70"),
    ]
    assert totals(invoice).allowance_total == eur("17.70")
    assert totals(invoice).tax == eur("2.65") + eur("18.52")  # 6% of 44.10, 21% of 88.20


def test_what_is_off_the_document_may_not_be_reduced():
    off = Adjustment(Percent(10), "Season", discountable=False)
    invoice = attrs.evolve(issued([of(100, S21), of(50, S6)], always(2)), allowances=[off])
    assert [each.discountable for each in document_allowances(invoice)] == [False] * 4
    assert listed(invoice)[2:] == [
        ("-", "S 6%", "1.00"),
        ("-", "S 21%", "2.00"),
        ("+", "E 0%", "3.00"),
    ]
    codes = {each.code for each in check(invoice)}
    assert not codes & {"BR-CO-11", "BR-CO-12", "BR-CO-17", "BR-S-08", "BR-E-08"}


def test_other_documents_reduce_nothing():
    for invoice in (issued([of(100, S21)]), issued([of(100, S21)], EarlyDiscount(2, 10))):
        assert tax_reduction(invoice) == ((), ())
        assert document_allowances(invoice) == document_charges(invoice) == ()


def test_a_credit_note_mirrors_the_reduction():
    invoice = issued(without_tax([of(121, S21), of("10.60", S6)]), always(2))
    note = credit_note(invoice, effect=CreditEffect.CANCEL, as_of=may(9))
    assert note.totals == -invoice.totals
    assert listed(note) == [(sign, tax, f"-{amount}") for sign, tax, amount in listed(invoice)]
    parts: list[Invoice] = []
    for number, net in enumerate((50, 40, 20)):
        draft = credit_note(
            invoice, effect=CreditEffect.CANCEL, as_of=may(9), invoices=parts, net=eur(net)
        )
        parts.append(attrs.evolve(draft, number=f"N{number}", issued_on=may(9)))
    assert sum(part.payable.minor for part in parts) == -invoice.payable.minor
    by_tax = [sum(part.totals.tax.minor for part in parts), -invoice.totals.tax.minor]
    assert by_tax[0] == by_tax[1]


def test_the_checks_look_at_the_reduction_as_at_any_allowance_and_charge():
    codes = [each.code for each in check(issued([of(100, S21)], always(2)))]
    assert {"BR-S-02", "BR-S-03", "BR-E-04"} <= set(codes)
    assert not {"BR-E-02", "BR-E-10", "BR-CO-17"} & set(codes)


def test_a_draft_has_the_totals_of_its_terms():
    terms = PaymentTerms.net(30, discounts=[always(2)])
    draft = Invoice(None, None, ACME, [of(100, S21)], terms=terms)
    assert totals(draft).payable == eur("120.58")


def test_the_discount_of_an_instalment_changes_no_total():
    terms = PaymentTerms([Installment(REST, discounts=[EarlyDiscount(2, 10)])])
    assert Invoice("1", may(1), ACME, [of(100, S21)], terms=terms).payable == eur(121)


@pytest.mark.parametrize(
    ("lines", "net", "tax"),
    [
        pytest.param([of(100, S21)], "100", "21", id="all of it"),
        pytest.param([of(100, S21), of(50)], "150", "21", id="untaxed lines too"),
        pytest.param([of(100, S21), of(50, S21, discountable=False)], "100", "21", id="in part"),
        pytest.param([of(50, S21, discountable=False)], "0", "0", id="nothing"),
        pytest.param([of("0.02", S21)] * 3, "0.06", "0.01", id="tax per group, not per line"),
        pytest.param(
            [of("0.02", S21), of("0.02", S6)], "0.04", "0", id="0.0042 = 0 and 0.0012 = 0"
        ),
    ],
)
def test_what_an_early_discount_reduces(lines: list[Line], net: str, tax: str):
    assert issued(lines).reducible == TaxedAmount(eur(net), eur(tax))


def test_what_is_reducible_is_not_less_where_the_tax_is_always_reduced():
    assert issued([of(100, S21)], always(2)).reducible == TaxedAmount(eur(100), eur(21))


def test_lines_are_discountable_unless_told():
    assert Line("Work", 1, eur(5)).discountable is True
    with pytest.raises(
        WrongTypeError, match=r"^discountable is of the wrong type: expected bool, got 1$"
    ):
        Line("Work", 1, eur(5), discountable=1)
