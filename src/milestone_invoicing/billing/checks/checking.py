"""What is wrong with one schedule or one invoice, all at once; it looks at no other."""

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.checks.audit import own_figures_found
from milestone_invoicing.billing.checks.categories import categories_found
from milestone_invoicing.billing.checks.contents import HEAD_RULES, lines_found
from milestone_invoicing.billing.checks.parties import PARTY_RULES
from milestone_invoicing.billing.checks.rules import broken
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import Schedule
from milestone_invoicing.contract.checks import (
    DEFAULT_GAP,
    DEFAULT_LEAST,
    DEFAULT_MOST,
    check_schedule,
)
from milestone_invoicing.errors import ArgumentsError
from milestone_invoicing.findings import Finding
from milestone_invoicing.money import Percent


def check(
    value: Schedule | Invoice,
    *,
    tolerant: bool = False,
    most: Percent | None = None,
    least: Percent | None = None,
    longest_gap: int | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong or risky in a schedule or an invoice, all findings at once.

    **A schedule** is looked at as it stands after its last change order:

    ========================= ======== =========================================================
    code                      severity found when
    ========================= ======== =========================================================
    ``no_deliverable``        warning  a milestone does not say what is handed over
    ``no_deadline``           warning  neither a day of delivery nor a day of billing is agreed
    ``over_half``             warning  one milestone is worth more than *most* of the total
    ``long_gap``              warning  more than *longest_gap* days lie between two planned bills
    ``unbounded_exposure``    warning  work goes on while the client may leave it unapproved, and
                                       silence is no approval
    ``small_last``            note     the last milestone is worth less than *least* of the total
    ``deposit_not_awaited``   note     nothing holds bills back while the deposit is not paid
    ``deposit_left_over``     warning  bills of the milestones, in their order, cannot take all of
                                       the deposit off; an amount with tax is not looked at
    ========================= ======== =========================================================

    **An invoice** is judged by the rules of EN 16931 under their ids, such as ``BR-S-02``: errors.
    What invoices show by custom and this one does not is a warning or a note under a word, such as
    ``no_bank_account``. Its totals are computed a second time and compared. On a draft, number and
    issue date are warnings (BR-02, BR-03), and all else is judged as on an invoice. All codes are
    in ``docs/reference/invoice-checks.md``.

    Args:
        value: a schedule or an invoice; of an invoice, its facts do not matter.
        tolerant: of an invoice: whether to let pass that a tax group, whose lines give their own
            tax, is off its base x rate by less than one unit of the currency (BR-CO-17), as the
            validators of the standard do. Otherwise that is a warning.
        most: of a schedule: of the total, for one milestone; exactly so much is fine. By default a
            half.
        least: of a schedule: of the total, for the last one; exactly so much is fine. By default
            5 %.
        longest_gap: of a schedule: in days; exactly so many are fine. By default 90.

    Order: of a schedule, milestone by milestone, then what concerns them together; of an invoice,
    head, parties, lines, tax categories, figures.

    Raises:
        ArgumentsError: an argument of a schedule with an invoice, or the other way round.
        NumberTypeError, NumberRangeError: *longest_gap* is no int of at least one.
        WrongTypeError: neither schedule nor invoice, or an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), unit="C62", tax=Tax.standard(21))
        >>> seller = Party(
        ...     "me",
        ...     "Eve",
        ...     address=["Dam 1"],
        ...     country="NL",
        ...     legal_id="90001234",
        ...     contact="eve@example.com",
        ...     bank_account="NL91ABNA0417164300",
        ... )
        >>> buyer = Party("acme", "Acme", address=["Markt 2"], country="NL", contact="Jan")
        >>> invoice = Invoice(
        ...     "1",
        ...     date(2026, 5, 1),
        ...     buyer,
        ...     [line],
        ...     seller=seller,
        ...     terms=PaymentTerms.net(30),
        ... )
        >>> print(*check(invoice))
        error: seller.tax_id: S: the seller needs a tax identifier: fill in tax_id (BR-S-02)

    Source: EN 16931 for the codes that start with BR; all others are a convention of this library.
    """
    require_type(value, (Schedule, Invoice), "what is checked")
    require_type(tolerant, bool, "tolerant")
    if isinstance(value, Schedule):
        _refuse("a schedule", tolerant=tolerant or None)
        return check_schedule(
            value,
            most=DEFAULT_MOST if most is None else most,
            least=DEFAULT_LEAST if least is None else least,
            longest_gap=DEFAULT_GAP if longest_gap is None else longest_gap,
        )
    _refuse("an invoice", most=most, least=least, longest_gap=longest_gap)
    return (
        *broken(HEAD_RULES, value),
        *broken(PARTY_RULES, value),
        *lines_found(value),
        *categories_found(value),
        *own_figures_found(value, tolerant=tolerant),
    )


def _refuse(what: str, **arguments: object) -> None:
    """Refuse arguments that mean nothing here, since none is dropped in silence."""
    for name, given in arguments.items():
        if given is not None:
            raise ArgumentsError(
                f"{what} is checked without {name}", expected=f"no {name}", got=given
            )
