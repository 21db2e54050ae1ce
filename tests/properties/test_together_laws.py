"""The laws of a contract with deposit, discount, withholding, rounding and retainage at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from hypothesis import given

from milestone_invoicing import (
    DiscountTax,
    Invoice,
    Line,
    Money,
    Payment,
    Refunded,
    Severity,
    Tax,
    Withheld,
    WrittenOff,
    check_invoices,
    contract_position,
    deposits_left,
    discount_state,
    invoice_status,
    tax_drift,
)
from milestone_invoicing.display import format_date, format_money, invoice_text
from tests.properties.contracts_together import (
    ACME,
    LATEST,
    START,
    Agreement,
    Life,
    agreements,
    amounts_of,
    eur,
)


def sums(bills: Iterable[Invoice]) -> Counter[tuple[Tax, str]]:
    """Return net and tax by tax of all documents, what is prepaid taken off; none of nothing."""
    found: Counter[tuple[Tax, str]] = Counter()
    for bill in bills:
        prepaid = [group for each in bill.prepaid for group in each.groups]
        for sign, groups in ((1, bill.totals.breakdown), (-1, prepaid)):
            for group in groups:
                found[group.tax, "net"] += sign * group.base.minor
                found[group.tax, "tax"] += sign * group.amount.minor
    return Counter({name: minor for name, minor in found.items() if minor})


def at_once(agreed: Agreement) -> Invoice:
    """Return one bill of all the work."""
    lines = [
        Line(f"Part {place}", 1, eur(minor), tax=agreed.tax(place))
        for place, minor in enumerate(agreed.worth)
    ]
    return Invoice("all", START, ACME, lines, terms=agreed.terms)


@given(agreements())
def test_all_documents_sum_to_the_contract_net_tax_and_gross(agreed: Agreement):
    bills = Life(agreed).live().bills
    found, whole = sums(bills), sums([at_once(agreed)])
    net, tax = (
        sum(minor for (_, part), minor in found.items() if part == name) for name in ("net", "tax")
    )
    assert net == sum(agreed.worth)
    gross = sum(bill.payable.minor - bill.totals.rounding_minor for bill in bills)
    assert gross == net + tax
    if agreed.cumulative:
        assert found == whole
    always = any(each.tax is DiscountTax.ALWAYS_REDUCED for each in agreed.discounts)
    if not always:  # else each document leaves its own part untaxed, rounded by itself
        assert {k: v for k, v in found.items() if k[1] == "net"} == {
            k: v for k, v in whole.items() if k[1] == "net"
        }
    # A deposit and what is taken off for it, and a bill and the note of all of it, are mirrors.
    drifting = [bill for bill in bills if any(line.milestone for line in bill.lines)]
    drifting += [bill for bill in bills if bill.number == "R"]
    for group in tax_drift(bills, as_of=LATEST).groups:
        assert group.tax is not None
        rate = Fraction(0) if group.tax.rate is None else group.tax.rate.fraction
        assert found[group.tax, "net"] == group.net.minor
        assert found[group.tax, "tax"] == group.billed.minor
        assert 2 * abs(group.billed.minor - rate * group.net.minor) <= len(drifting)


def asks(sheet: str, title: str, amount: Money) -> bool:
    """Say whether a line of a printout starts with a title and ends with an amount."""
    end = format_money(amount, locale="en")
    return any(row.startswith(title) and row.endswith(f" {end}") for row in sheet.splitlines())


@given(agreements())
def test_what_settles_a_bill_is_what_its_printout_asks_for(agreed: Agreement):
    for bill in Life(agreed).live().printed:
        assert bill.issued_on is not None
        sheet = invoice_text(bill, locale="en")
        due = bill.issued_on + timedelta(30)
        asked = [
            (offer.until, offer.pays) for offer in discount_state(bill, as_of=bill.issued_on).offers
        ]
        for until, pays in asked:
            title = format_date(until, locale="en")
            assert asks(sheet, title, pays)
            assert asks(invoice_text(bill, locale="en", as_of=until), f"Paid by {title}:", pays)
        whole = bill.payable_now - bill.totals.withheld
        if whole.minor > 0:
            titles = ["Net to pay"] if bill.withheld else []
            for title in (*titles, format_date(due, locale="en")):
                assert asks(sheet, title, whole)
            asked.append((due, whole))
        for on, pays in asked:
            for short in range(min(2, pays.minor)):
                paid = bill.record(Payment(eur(pays.minor - short), on=on))
                assert discount_state(paid, as_of=on).settles == eur(short)
                status = invoice_status(paid, as_of=on)
                assert status.unapplied == eur(0)
                assert (status.open <= bill.totals.withheld) is (short == 0)


@given(agreements())
def test_what_the_client_settled_is_the_contract_and_nothing_is_left(agreed: Agreement):
    life = Life(agreed).live()
    for bill in life.bills:  # what is still to come is certificates
        assert discount_state(bill, as_of=LATEST).settles == eur(0)
    bills = life.certify().bills
    statuses = [invoice_status(bill, as_of=LATEST) for bill in bills]
    for status in statuses:
        assert (status.open, status.unapplied, status.retained) == (eur(0), eur(0), eur(0))
    for state in deposits_left(bills, as_of=LATEST):
        assert (state.left, state.open) == (eur(0), eur(0))
    cash = amounts_of(bills, Payment) - amounts_of(bills, Refunded)
    taken = sum(status.discount.minor for status in statuses)
    other = amounts_of(bills, Withheld) + amounts_of(bills, WrittenOff)
    rounding = sum(bill.totals.rounding_minor for bill in bills)
    found = sums(bills)
    assert cash + taken + other - rounding == sum(found.values())
    errors = [f for f in check_invoices(bills, as_of=LATEST) if f.severity is Severity.ERROR]
    assert not errors
    position = contract_position(agreed.schedule, bills, as_of=LATEST)
    assert (position.gross.open, position.gross.unapplied) == (eur(0), eur(0))
    assert position.net.not_yet_invoiced == position.net.awaiting_decision == eur(0)
