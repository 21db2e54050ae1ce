"""How far the tax of single documents is from that of their sum, in worked cases."""

from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import (
    DateTypeError,
    DeductedAs,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    GroupDrift,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Percent,
    Tax,
    TaxCategory,
    TaxDrift,
    Voided,
    WrongTypeError,
    tax_drift,
)
from tests.unit.advances import S9, S21, asked, billed, contract, credited, pay
from tests.unit.bills import ACME, eur, line, may

S2_5 = Tax.standard("2.5")
FREE = Tax.outside_scope()


def taxed(*lines: Line, number: str = "1", day: int = 1) -> Invoice:
    return Invoice(number, may(day), ACME, lines)


def bills(*amounts: str, tax: Tax = S2_5) -> list[Invoice]:
    """Return an invoice of each net amount."""
    return [taxed(line(each, tax=tax), number=str(n)) for n, each in enumerate(amounts, 1)]


def figures(group: GroupDrift) -> tuple[str, ...]:
    """Return net, billed, whole and drift."""
    parts = (group.net, group.billed, group.whole, group.drift)
    return tuple(str(part.amount) for part in parts)


def only(invoices: list[Invoice], day: int = 31) -> GroupDrift:
    (group,) = tax_drift(invoices, as_of=may(day)).groups
    return group


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["333.33"], ("333.33", "8.33", "8.33", "0.00")),
        (["333.33", "333.33", "333.34"], ("1000.00", "24.99", "25.00", "-0.01")),
        (["0.20", "0.20"], ("0.40", "0.02", "0.01", "0.01")),  # half up, twice
        (["0.20", "0.20", "0.20"], ("0.60", "0.03", "0.02", "0.01")),  # 0.015 is half up too
        (["0.19", "0.19"], ("0.38", "0.00", "0.01", "-0.01")),
        (["-0.20", "-0.20"], ("-0.40", "-0.02", "-0.01", "-0.01")),
        (["0.20", "-0.20"], ("0.00", "0.00", "0.00", "0.00")),
        (["0.20"] * 10, ("2.00", "0.10", "0.05", "0.05")),
    ],
    ids=lambda column: "+".join(column[:3]) if isinstance(column, list) else column[-1],
)
def test_a_drift_is_what_is_billed_less_the_tax_of_the_whole(
    amounts: list[str], expected: tuple[str, ...]
):
    group = only(bills(*amounts))
    assert figures(group) == expected
    assert (group.tax, group.documents, group.stated) == (S2_5, len(amounts), 0)


def test_groups_stand_by_currency_category_and_rate_with_a_total_of_each_currency():
    luxury = Tax(TaxCategory.L, Percent(7))
    usd = taxed(Line("Work", 1, Money.of(10, "USD"), tax=S21), number="3")
    found = tax_drift(
        [
            usd,
            taxed(line(100, tax=S21), line(50, tax=FREE), line(1, tax=S9)),
            taxed(line(100, tax=luxury), line(100, tax=S21), number="2"),
        ],
        as_of=may(31),
    )
    rows = [(str(each.tax), str(each.net), each.documents) for each in found.groups]
    assert rows == [
        ("L 7%", "EUR 100.00", 1),
        ("O", "EUR 50.00", 1),
        ("S 9%", "EUR 1.00", 1),
        ("S 21%", "EUR 200.00", 2),
        ("S 21%", "USD 10.00", 1),
    ]
    euros, dollars = found.totals
    assert figures(euros) == ("351.00", "49.09", "49.09", "0.00")
    assert (euros.tax, euros.documents, euros.stated) == (None, 2, 0)
    assert (str(dollars.net), dollars.documents) == ("USD 10.00", 1)


def test_of_nothing_there_is_nothing():
    assert tax_drift([], as_of=may(31)) == TaxDrift(may(31), (), ())
    assert tax_drift(bills("1"), as_of=date(2026, 4, 30)).totals == ()


def test_what_counts_is_issued_and_not_void():
    one, two = bills("0.20", "0.20")
    later = attrs.evolve(two, issued_on=may(5))
    assert figures(only([one, later], 4))[0] == "0.20"
    assert figures(only([one, later], 5))[0] == "0.40"
    void = later.record(Voided("wrong", on=may(7)))
    assert figures(only([one, void], 6))[0] == "0.40"
    assert figures(only([one, void], 7))[0] == "0.20"
    assert figures(only([one, attrs.evolve(two, number=None)]))[0] == "0.20"


def test_a_credit_note_counts_unless_its_invoice_is_void():
    invoice = taxed(line("333.33", tax=S2_5), day=2)
    note = credited(invoice, amount=eur(100))
    group = only([invoice, note])
    assert figures(group) == ("235.77", "5.89", "5.89", "0.00")
    assert (group.documents, group.stated) == (2, 1)
    void = invoice.record(Voided("wrong", on=may(20)))
    assert tax_drift([void, note], as_of=may(31)).groups == ()


@pytest.mark.parametrize("way", DeductedAs, ids=str)
def test_a_deposit_counts_once_whichever_way_it_is_taken_off(way: DeductedAs):
    # 100.00 with its tax is 82.64 and 17.36; the rate would say 17.35.
    schedule = contract(Deposit(eur(100), with_tax=True, deducted_as=way), parts=(100,))
    deposit = asked(schedule, pay(100, 3))
    assert figures(only([deposit])) == ("82.64", "17.36", "17.35", "0.01")
    final = billed(schedule, "a", [deposit], "1")
    group = only([deposit, final])
    assert figures(group) == ("1000.00", "210.00", "210.00", "0.00")
    assert (group.documents, group.stated) == (2, 2)
    (total,) = tax_drift([deposit, final], as_of=may(31)).totals
    assert (total.documents, total.stated) == (2, 2)


def test_what_is_prepaid_of_another_rate_is_taken_off_that_rate():
    schedule = contract(Deposit(Percent(30)), parts=(100,))
    deposit = asked(schedule, pay(327, 3), tax=S9)
    found = tax_drift([deposit, billed(schedule, "a", [deposit], "1")], as_of=may(31))
    rows = [(str(each.tax), *figures(each), each.documents, each.stated) for each in found.groups]
    assert rows == [
        ("S 9%", "0.00", "0.00", "0.00", "0.00", 2, 1),
        ("S 21%", "1000.00", "210.00", "210.00", "0.00", 1, 0),
    ]
    (total,) = found.totals
    assert (total.documents, total.stated) == (2, 1)


def test_what_an_early_discount_leaves_untaxed_is_a_group_of_its_own():
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])
    bill = attrs.evolve(taxed(line(100, tax=S21)), terms=terms)
    found = tax_drift([bill], as_of=may(31)).groups
    assert [(str(each.tax), figures(each)[:3]) for each in found] == [
        ("E 0%", ("2.00", "0.00", "0.00")),
        ("S 21%", ("98.00", "20.58", "20.58")),
    ]


def test_a_number_that_stands_twice_counts_twice():
    (one,) = bills("0.20")
    assert only([one, one]).documents == 2


def test_arguments_of_another_type_are_refused():
    with pytest.raises(DateTypeError, match="as_of is not a plain date"):
        tax_drift([], as_of=datetime(2026, 5, 31))
    with pytest.raises(WrongTypeError, match="invoices is not a collection"):
        tax_drift("1", as_of=may(31))
