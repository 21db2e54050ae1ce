"""The laws of document totals."""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Percent,
    Rounding,
    StatedTotals,
    Totals,
    check_stated,
    document_allowances,
    document_charges,
    totals,
)
from tests.architecture.environment import HOSTILE
from tests.properties.documents import documents, mirrored, quantities
from tests.properties.receivable_items import PARTIES, lines

LINES = st.lists(lines(negative=True), min_size=1, max_size=6)


def added(amounts: Iterable[Money]) -> Money:
    return Money.total(amounts, currency="EUR")


def added_up(found: list[Line]) -> Totals:
    return totals(Invoice(None, None, PARTIES[0], found))


def figures(found: Totals, sign: int = 1) -> list[object]:
    """Return every figure as Money, with the same or the other sign."""
    groups = [
        (each.tax, each.reasons, each.base * sign, each.amount * sign) for each in found.breakdown
    ]
    names = [name for name, kind in vars(Totals).items() if isinstance(kind, property)]
    moneys = {name: getattr(found, name) for name in names if not name.endswith("_minor")}
    assert len(moneys) == 12
    return [*groups, *((name, each and each * sign) for name, each in moneys.items())]


@given(documents())
def test_a_mirrored_document_has_the_negated_totals(document: Invoice):
    found = totals(mirrored(document))
    assert found == -totals(document)
    assert figures(found) == figures(totals(document), -1)


@given(documents(), st.data())
def test_the_order_of_lines_allowances_and_charges_does_not_matter(
    document: Invoice, data: st.DataObject
):
    names = ("lines", "allowances", "charges")
    shuffled = {name: data.draw(st.permutations(getattr(document, name))) for name in names}
    other = attrs.evolve(document, **shuffled)
    assert figures(totals(other)) == figures(totals(document))


@given(documents())
def test_each_total_is_the_sum_that_its_rule_says(document: Invoice):
    found, whole = totals(document), totals(document).line_total
    assert found.line_total == added(line.net for line in document.lines)
    assert found.allowance_total == added(each.amount_on(whole) for each in document.allowances)
    assert found.charge_total == added(each.amount_on(whole) for each in document.charges)
    assert found.tax_exclusive == found.line_total - found.allowance_total + found.charge_total
    assert found.tax_exclusive == added(group.base for group in found.breakdown)
    assert found.tax == added(group.amount for group in found.breakdown)
    assert found.tax_inclusive == found.tax_exclusive + found.tax
    assert found.prepaid == added(each.gross for each in document.prepaid)
    assert found.rounding == added([document.rounding_amount or Money.zero("EUR")])
    assert found.payable == found.tax_inclusive - found.prepaid + found.rounding
    groups = (group.base for each in document.prepaid for group in each.groups)
    base = found.tax_exclusive - added(groups)
    withheld = added(each.amount_on(base) for each in document.withheld)
    assert (found.withheld, found.net_to_pay) == (withheld, found.payable - withheld)


@given(documents())
def test_each_group_has_the_lines_allowances_and_charges_of_its_tax(document: Invoice):
    found = totals(document)
    entries = document.entries
    assert {group.tax for group in found.breakdown} == {entry.tax.group for entry in entries}
    for group in found.breakdown:
        own = [entry for entry in entries if entry.tax.group == group.tax]
        assert group.base == added(entry.net for entry in own)
        reasons = {entry.tax.reason for entry in own} - {""}
        assert group.reasons == tuple(sorted(reasons))


@given(documents())
def test_what_is_prepaid_rounded_or_withheld_changes_no_tax(document: Invoice):
    bare = attrs.evolve(document, prepaid=(), rounding_amount=None, withheld=())
    assert totals(bare).breakdown == totals(document).breakdown
    assert totals(bare).payable == totals(document).tax_inclusive


@given(documents(), st.data())
def test_splitting_a_line_changes_its_group_by_a_unit_of_net_at_most(
    document: Invoice, data: st.DataObject
):
    place = data.draw(st.integers(0, len(document.lines) - 1))
    line = attrs.evolve(document.lines[place], allowances=(), charges=())
    part = data.draw(quantities)
    two = [attrs.evolve(line, quantity=each) for each in (part, line.quantity - part)]
    rest = [*document.lines[:place], *document.lines[place + 1 :]]
    fixed = {
        name: [each for each in getattr(document, name) if isinstance(each.amount, Money)]
        for name in ("allowances", "charges")
    }
    one = totals(attrs.evolve(document, lines=[*rest, line], **fixed)).breakdown
    other = totals(attrs.evolve(document, lines=[*rest, *two], **fixed)).breakdown
    for before, after in zip(one, other, strict=True):
        # Two halves that are rounded apart may make one unit more or less than the whole.
        assert abs(after.base - before.base).minor <= (before.tax == line.tax.group)
        rate = before.tax.rate.fraction if before.tax.rate else 0
        assert abs(after.amount - before.amount).minor <= rate + 1
        if after.base == before.base:
            assert after.amount == before.amount


@given(LINES)
def test_the_tax_of_a_group_is_its_base_times_its_rate_rounded_half_up_once(found: list[Line]):
    for group in added_up(found).breakdown:
        exact = group.base.minor * (group.tax.rate.fraction if group.tax.rate else Fraction(0))
        assert abs(group.amount.minor - exact) <= Fraction(1, 2)
        if abs(group.amount.minor - exact) == Fraction(1, 2):
            assert abs(group.amount.minor) > abs(exact)


@given(LINES)
def test_each_line_is_in_the_group_of_its_tax_and_no_amount_is_lost(found: list[Line]):
    sums = added_up(found)
    assert {group.tax for group in sums.breakdown} == {line.tax for line in found}
    for group in sums.breakdown:
        of_group = (line.net for line in found if line.tax == group.tax)
        assert group.base == Money.total(of_group, currency="EUR")
    assert sums.line_total == sums.tax_exclusive
    assert sums.tax_exclusive == sum(group.base for group in sums.breakdown)
    assert sums.tax == sum(group.amount for group in sums.breakdown)
    assert sums.tax_exclusive + sums.tax == sums.tax_inclusive == sums.payable


@given(lines(negative=True))
def test_a_line_is_off_its_exact_amount_by_half_a_unit_at_most(line: Line):
    price = line.price.value * 100
    exact = Fraction(line.quantity) * price / Fraction(line.base_quantity)
    assert abs(line.net.minor - exact) <= Fraction(1, 2)
    if abs(line.net.minor - exact) == Fraction(1, 2):
        assert abs(line.net.minor) > abs(exact)


@given(LINES)
def test_the_ambient_decimal_context_changes_no_total(found: list[Line]):
    texts = [(f"{line.quantity:f}", line) for line in found]
    with localcontext(HOSTILE):
        hostile = added_up([attrs.evolve(line, quantity=text) for text, line in texts])
    assert hostile == added_up(found)
    assert all(isinstance(line.quantity, Decimal) for line in found)


# --- a percentage of all lines --------------------------------------------------------------------

PERCENTS = st.sampled_from([Percent(p) for p in (0, 1, "2.5", "33.3", 50, "100/3", 100)])


@given(LINES, PERCENTS, st.sampled_from(["allowances", "charges"]))
def test_a_percentage_of_all_lines_takes_the_same_part_of_each_tax(
    found: list[Line], percent: Percent, name: str
):
    plain = Invoice(None, None, PARTIES[0], found)
    spread = attrs.evolve(plain, **{name: [Adjustment(percent, "Loyal")]})
    sign = 1 if name == "charges" else -1
    # The parts make the percentage of all, to the unit.
    off = spread.totals.tax_exclusive - plain.totals.tax_exclusive
    whole = plain.totals.line_total.times(percent, rounding=Rounding.HALF_UP)
    assert off == whole * sign
    before = {group.tax: group.base.minor for group in plain.totals.breakdown}
    for group in spread.totals.breakdown:
        part = before[group.tax] * (1 + sign * percent.fraction)
        assert abs(group.base.minor - part) <= 1
        rate = group.tax.rate.fraction if group.tax.rate else 0
        assert abs(group.amount.minor - group.base.minor * rate) <= Fraction(1, 2)
    assert len(spread.totals.breakdown) == len(before)


@given(documents())
def test_what_the_standard_lists_makes_the_same_document(document: Invoice):
    always = EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)
    reduced = attrs.evolve(document, terms=PaymentTerms.net(30, discounts=[always]))
    for each in (document, reduced):
        off, on = document_allowances(each), document_charges(each)
        assert all(part.tax is not None for part in (*off, *on))
        listed = attrs.evolve(each, allowances=off, charges=on, terms=PaymentTerms())
        assert figures(listed.totals) == figures(each.totals)
        assert check_stated(each.lines, StatedTotals.of(each), allowances=off, charges=on) == ()
