"""Where a contract stands, as two sums that people can check: net by terms, gross by terms."""

from collections.abc import Sequence

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.labels import headed, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.money import Money
from milestone_invoicing.receivables import ContractPosition


def position_text(position: ContractPosition, *, locale: str) -> str:
    """Return the net and the gross terms of a contract as two sums; terms of zero are left out.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a ContractPosition.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> print(
        ...     position_text(contract_position(schedule, [], as_of=date(2026, 5, 1)), locale="en")
        ... )
        Without tax: agreed €900.00 = not yet invoiced €900.00
        With tax: payable €0.00
    """
    require_type(position, ContractPosition, "the position")
    net, gross = position.net, position.gross
    without_tax = [
        ("agreed", net.agreed),
        ("invoiced", net.invoiced),
        ("awaiting decision", net.awaiting_decision),
        ("not yet invoiced", net.not_yet_invoiced),
        ("cancelled", net.cancelled),
    ]
    with_tax = [
        ("payable", gross.payable),
        ("paid", gross.paid),
        ("discount", gross.discount),
        ("open", gross.open),
    ]
    lines = [_sum("Without tax", without_tax, locale), _sum("With tax", with_tax, locale)]
    if gross.unapplied:
        unapplied = format_money(gross.unapplied, locale=locale)
        lines.append(headed(word("Unapplied", locale), unapplied, locale))
    return "\n".join(lines)


def _sum(title: str, terms: Sequence[tuple[str, Money]], locale: str) -> str:
    """Return ``title: whole = part + part``."""
    whole, *parts = (
        f"{word(name, locale)} {format_money(amount, locale=locale)}"
        for name, amount in (terms[0], *(term for term in terms[1:] if term[1]))
    )
    equation = f"{whole} = {' + '.join(parts)}" if parts else whole
    return headed(word(title, locale), equation, locale)
