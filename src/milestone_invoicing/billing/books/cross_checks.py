"""Whether invoices that name each other agree; it looks at all of a set, and corrects nothing."""

from collections.abc import Iterable
from datetime import date

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.billing.books.credit_checks import (
    lapse_findings,
    note_findings,
    preceding_findings,
    side_findings,
)
from milestone_invoicing.billing.books.deposit_checks import deduction_findings, deposit_findings
from milestone_invoicing.billing.books.entered import EnteredBills
from milestone_invoicing.billing.books.sequences import twice
from milestone_invoicing.billing.books.unrecouped import rest_findings
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import Schedule
from milestone_invoicing.findings import Finding


def check_invoices(
    invoices: Iterable[Invoice], *, as_of: date, schedule: Schedule | None = None
) -> tuple[Finding, ...]:
    """Return where invoices do not agree with the ones that they name; nothing is raised for it.

    ========================= ======== =========================================================
    code                      severity found when
    ========================= ======== =========================================================
    ``number_twice``          error    two documents have one number
    ``unknown_preceding``     warning  a preceding number that no issued invoice has; a note,
                                       unless a credit note names it
    ``note_client``           error    a credit note is for another client than its invoice
    ``note_currency``         error    a credit note is in another currency than its invoice
    ``note_of_void``          warning  a credit note of a void invoice is not void
    ``over_credited``         error    credit notes take back more than their invoice bills
    ``discount_lapses``       warning  of what credit notes take back, another discount was taken
                                       than they say
    ``credit_client``         error    a credit is set against an invoice of another client
    ``credit_differs``        error    amount or day of a credit differ on note and invoice
    ``applied_alone``         error    ``Applied`` on a note without ``Credited`` on the invoice
    ``credited_alone``        error    ``Credited`` on an invoice without ``Applied`` on the note
    ``unknown_invoice``       error    ``Applied`` to an invoice that is not there
    ``unknown_note``          error    ``Credited`` from a note that is not there
    ``deducted_unknown``      error    a bill takes off a deposit, or bill, that is not there
    ``deducted_void``         error    a bill takes off a void
    ``deducted_client``       error    a bill takes off what another client was billed
    ``deducted_currency``     error    a bill takes off what was billed in another currency
    ``deducted_kind``         warning  a bill takes off as a deposit what is no deposit invoice
    ``over_deducted``         error    bills take off more of a deposit than it asks for
    ``deducted_unreceived``   warning  bills take off more of a deposit than was received, which
                                       the deposit invoice still claims
    ``deducted_tax``          error    what bills take off is no part of the deposit's own groups
    ``deposit_still_claimed`` warning  bills took off all that was received of a deposit, or work is
                                       billed and nothing was received, and its rest is open, which
                                       the last bill asks for once more
    ``deposit_left_over``     warning  a part of what was received for a deposit is left, and the
                                       last bill that takes it off has no room for it
    ========================= ======== =========================================================

    Not looked at are drafts, what is issued after *as_of*, and facts after it. A credit note of a
    void counts as void with it. A bill whose credit notes give back what it took off takes nothing
    off. What a number names is the first invoice of that number that is not void.

    Args:
        invoices: all of a seller, a client or a contract, in any order; what is left out of them
            is reported where another document names it.
        as_of: the day.
        schedule: the contract, if all *invoices* are of it. Then a deposit that is open or left is
            found once nothing is left to bill; and one that comes off the last bill is not found
            before.

    Rounding: none; amounts are compared to the unit, those of notes and deposits with tax.
    Order: numbers, references, credit notes, discounts, both sides of credits, what is taken off,
    what is left; each in the order of the invoices.

    Raises:
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> one_side = Credited(Money.of(100, "EUR"), "CN-1", on=date(2026, 5, 9))
        >>> for finding in check_invoices([invoice.record(one_side)], as_of=date(2026, 5, 9)):
        ...     print(finding.path, finding.code)
        invoices.2026-01.facts unknown_note

    Source: convention of this library.
    """
    require_type(schedule, (Schedule, type(None)), "the schedule")
    known = tuple_of(invoices, Invoice, "invoices")
    books = EnteredBills.on(known, as_of)
    return (
        *twice(known),
        *preceding_findings(books),
        *note_findings(books),
        *lapse_findings(books),
        *side_findings(books),
        *deduction_findings(books),
        *deposit_findings(books),
        *rest_findings(books, schedule),
    )
