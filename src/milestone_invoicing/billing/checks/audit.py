"""Whether the figures of a document tie, its own or somebody else's; it corrects none of them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.billing.checks.decimals import decimals_found
from milestone_invoicing.billing.checks.group_rules import groups_found
from milestone_invoicing.billing.checks.stated import StatedTotals
from milestone_invoicing.billing.checks.sums import Parts, discount_pair, half_up, parts_of
from milestone_invoicing.billing.checks.totals_rules import (
    difference,
    line_nets_found,
    totals_found,
)
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.breakdown import Prepaid
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.errors import ArgumentsError
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.money.money import require_one_currency


def check_stated(  # one keyword per part of a document
    lines: Iterable[Line],
    stated: StatedTotals,
    *,
    allowances: Iterable[Adjustment] = (),
    charges: Iterable[Adjustment] = (),
    prepaid: Iterable[Prepaid] = (),
    rounding_amount: Money | None = None,
    tolerant: bool = False,
) -> tuple[Finding, ...]:
    """Return where the printed figures of a document do not tie, each under the rule that fails.

    Stated figures are compared with stated figures wherever the standard does so: a wrong total is
    found where it is wrong, and what was rightly computed from it is not. Only the net amounts of
    lines, and amounts that are given as percentages, are computed here.

    A finding is an error; amounts with a third decimal (BR-DEC), and a right tax at a rate below
    0.5 % that validators refuse (BR-CO-17), are warnings. Reasons and identifiers are not looked
    at: ``check(invoice)`` does that. All codes are in ``docs/reference/invoice-checks.md``.

    Args:
        lines: with the tax, the allowances and the charges of each; none at all is a finding.
        stated: the printed figures.
        allowances: of the whole document; a finding if one has no tax, unless it is a percentage
            of all lines, which is spread over their taxes.
        charges: of the whole document, in the same way.
        prepaid: what was paid before, if its parts are known: they must sum to the stated figure.
        rounding_amount: what was agreed to be added, if it is known.
        tolerant: whether to let pass what the validators of the standard and of Peppol let pass,
            for documents of others: less than one unit of the currency (1.00) in base and tax of a
            group of category S, L or M (BR-S-08, BR-S-09 and their kin) and in BR-CO-17, less than
            half a unit in BR-CO-17 without a rate, and 0.02 in the net amount of a line, beside
            what it is before rounding. A group of less than one unit may be left out, if another
            of its category is there. Sums have no tolerance. Codes of a country's own list and
            split payments go as category S.

    Order: lines, allowances and charges, totals from top to bottom, tax groups, decimals.

    Rounding: exact figures are rounded half up to the minor unit, as in all documents here; a
    document in a currency of three decimals that was rounded to two needs *tolerant*.

    Raises:
        ArgumentsError: the number of stated net amounts is not that of the lines.
        CurrencyMismatchError: two amounts are in different currencies.
        WrongTypeError: an argument is of another type.

    Example:
        >>> def eur(amount):
        ...     return Money.of(amount, "EUR")
        >>> stated = StatedTotals(
        ...     line_total=eur(1000),
        ...     tax_exclusive=eur(1000),
        ...     tax=eur(210),
        ...     tax_inclusive=eur(1200),
        ...     payable=eur(1200),
        ...     breakdown=[TaxSubtotal(Tax.standard(21), eur(1000), eur(210))],
        ... )
        >>> lines = [Line("Audit", 10, eur(100), tax=Tax.standard(21))]
        >>> for finding in check_stated(lines, stated):
        ...     print(finding.code, finding.message)
        BR-CO-15 EUR 1200.00 is not the total without tax + tax, which is EUR 1210.00

    Source: EN 16931 BR-CO-10 to BR-CO-18, BR-S-01, -08, -09 and their kin, BR-DEC; tolerances as
    in its published validation rules for UBL; PEPPOL-EN16931-R120 for lines.
    """
    require_type(stated, StatedTotals, "the stated totals")
    require_type(tolerant, bool, "tolerant")
    require_type(rounding_amount, (Money, type(None)), "the rounding amount")
    of = tuple_of(lines, Line, "lines")
    off = tuple_of(allowances, Adjustment, "allowances")
    on = tuple_of(charges, Adjustment, "charges")
    paid = tuple_of(prepaid, Prepaid, "prepaid")
    _require_fitting(of, (*off, *on), stated)
    parts = parts_of(of, off, on, stated.line_nets)
    return (
        *_missing_parts(of, off, on),
        *_tied(parts, stated, tolerant=tolerant),
        *_given_figures(paid, rounding_amount, stated),
        *decimals_found(of, off, on, parts, stated),
    )


def own_figures_found(invoice: Invoice, *, tolerant: bool) -> Iterator[Finding]:
    """Yield where the totals of an invoice of this library differ from a second computation."""
    stated = StatedTotals.of(invoice)
    off, on = invoice.allowances, invoice.charges
    entries = parts_of(invoice.lines, off, on, ()).entries
    moved = discount_pair(entries, always_reduced(invoice.terms.discounts), invoice.currency)
    off, on = (*off, *moved[0]), (*on, *moved[1])
    parts = parts_of(invoice.lines, off, on, stated.line_nets)
    yield from _tied(parts, stated, tolerant=tolerant)
    yield from _given_figures(invoice.prepaid, invoice.rounding_amount, stated)
    yield from _accounting_tax(invoice)
    yield from decimals_found(invoice.lines, off, on, parts, stated)


def _require_fitting(
    lines: Sequence[Line], adjustments: Sequence[Adjustment], stated: StatedTotals
) -> None:
    zero = Money(0, stated.currency)
    for line in lines:
        require_one_currency(zero, Money(0, line.currency))
    for each in adjustments:
        each.amount_on(zero)
    if stated.line_nets and len(stated.line_nets) != len(lines):
        raise ArgumentsError(
            "each line has one stated net amount, or none has",
            expected=f"as many as lines ({len(lines)})",
            got=len(stated.line_nets),
        )


def _missing_parts(
    lines: Sequence[Line], allowances: Sequence[Adjustment], charges: Sequence[Adjustment]
) -> Iterator[Finding]:
    if not lines:
        yield Finding("lines", "BR-16", "there are no lines", Severity.ERROR)
    for name, code, of in (("allowances", "BR-32", allowances), ("charges", "BR-37", charges)):
        for place, each in enumerate(of):
            spread = isinstance(each.amount, Percent) and each.base is None
            if each.tax is None and not spread:
                message = "it is of the whole document, and has no tax: fill in tax"
                yield Finding(f"{name}[{place}].tax", code, message, Severity.ERROR)


def _tied(parts: Parts, stated: StatedTotals, *, tolerant: bool) -> Iterator[Finding]:
    yield from line_nets_found(parts, stated, tolerant=tolerant)
    yield from totals_found(parts, stated)
    yield from groups_found(parts, stated, tolerant=tolerant)


def _given_figures(
    prepaid: Sequence[Prepaid], rounding_amount: Money | None, stated: StatedTotals
) -> Iterator[Finding]:
    """Compare what is prepaid and rounded with its parts, where these are known."""
    for each in prepaid:
        require_one_currency(stated.payable, each.gross)
    right = sum(each.gross.minor for each in prepaid)
    if prepaid and stated.minor("prepaid") != right:
        figure = Money(stated.minor("prepaid"), stated.currency)
        yield difference(("prepaid", "prepaid_sum"), figure, right, "the sum of the deposits")
    if rounding_amount is not None:
        require_one_currency(stated.payable, rounding_amount)
        if stated.minor("rounding") != rounding_amount.minor:
            figure = Money(stated.minor("rounding"), stated.currency)
            right = rounding_amount.minor
            yield difference(("rounding", "rounding_amount"), figure, right, "the rounding amount")


def _accounting_tax(invoice: Invoice) -> Iterator[Finding]:
    """Compare the tax in the seller's currency with the tax of the invoice (BT-111)."""
    of, stated = invoice.tax_currency, invoice.totals.accounting_tax
    if of is not None and stated is not None:
        finer = Fraction(10**of.currency.digits, 10**invoice.currency.digits)
        right = half_up(invoice.totals.tax.minor * of.rate * finer)
        if stated.minor != right:
            yield difference(("tax_currency", "BR-53"), stated, right, "tax x exchange rate")
