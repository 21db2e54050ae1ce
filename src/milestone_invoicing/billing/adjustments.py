"""Which allowances and charges a document lists, each with one tax; it adds nothing up."""

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.entries import discount_pair, entries_of, with_taxes
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract.terms.discounts import always_reduced


def document_allowances(invoice: Invoice) -> tuple[Adjustment, ...]:
    """Return the allowances of the whole document, each with one tax, as the standard lists them.

    A percentage without a tax stands as an amount for each tax of the lines. Last come those of an
    early discount that always reduces the tax. The total of allowances is their sum.

    Raises:
        WrongTypeError: not an invoice.

    Example:
        >>> lines = [Line("Audit", 1, Money.of(100, "EUR"), tax=Tax.standard(21))]
        >>> lines += [Line("Books", 1, Money.of(50, "EUR"), tax=Tax.standard(9))]
        >>> loyal = Adjustment(Percent(10), "Loyalty")
        >>> invoice = Invoice(None, None, Party("acme", "Acme"), lines, allowances=[loyal])
        >>> [(str(each.tax), str(each.amount)) for each in document_allowances(invoice)]
        [('S 9%', 'EUR 5.00'), ('S 21%', 'EUR 10.00')]

    Source: EN 16931 document level allowances (BG-20), BR-32, BR-CO-11.
    """
    reduced, _ = tax_reduction(invoice)
    return (*with_taxes(invoice.allowances, invoice.lines), *reduced)


def document_charges(invoice: Invoice) -> tuple[Adjustment, ...]:
    """Return the charges of the whole document in the same way.

    Raises:
        WrongTypeError: not an invoice.

    Example:
        >>> line = Line("Audit", 1, Money.of(100, "EUR"), tax=Tax.standard(21))
        >>> document_charges(Invoice(None, None, Party("acme", "Acme"), [line]))
        ()

    Source: EN 16931 document level charges (BG-21), BR-37, BR-CO-12.
    """
    _, exempt = tax_reduction(invoice)
    return (*with_taxes(invoice.charges, invoice.lines), *exempt)


def tax_reduction(
    invoice: Invoice,
) -> tuple[tuple[Adjustment, ...], tuple[Adjustment, ...]]:
    """Return the allowances and charges by which an early discount always reduces the tax.

    What it leaves untaxed goes off each taxed group, and on again as one exempt charge. There are
    none without such a discount.

    Raises:
        WrongTypeError: not an invoice.

    Example:
        >>> terms = PaymentTerms.net(
        ...     30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)]
        ... )
        >>> line = Line("Audit", 1, Money.of(100, "EUR"), tax=Tax.standard(21))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=terms)
        >>> off, on = tax_reduction(invoice)
        >>> [(str(each.tax), str(each.amount)) for each in (*off, *on)]
        [('S 21%', 'EUR 2.00'), ('E 0%', 'EUR 2.00')]

    Source: EN 16931 BR-S-08 and BR-E-08, by which a group is the sum of its parts; that a discount
    is shown so is a convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    untaxed = always_reduced(invoice.terms.discounts)
    parts = entries_of(invoice.lines, invoice.allowances, invoice.charges, untaxed)
    return discount_pair(parts.moved)
