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
        ("credited", -net.credited),
        ("awaiting decision", net.awaiting_decision),
        ("not yet invoiced", net.not_yet_invoiced),
        ("cancelled", net.cancelled),
    ]
    with_tax = [
        ("payable", gross.payable),
        ("paid", gross.paid),
        ("discount", gross.discount),
        ("credited", gross.credited),
        ("withheld", gross.withheld),
        ("written off", gross.written_off),
        ("retained", gross.retained),
        ("open", gross.open),
    ]
    lines = [_sum("Without tax", without_tax, locale), _sum("With tax", with_tax, locale)]
    if gross.unapplied:
        unapplied = format_money(gross.unapplied, locale=locale)
        lines.append(headed(word("Unapplied", locale), unapplied, locale))
    return "\n".join(lines)


def _sum(title: str, terms: Sequence[tuple[str, Money]], locale: str) -> str:
    """Return ``title: whole = part - part + part``, the parts that are not zero."""
    whole, *parts = terms
    equation = _term(whole, locale)
    for number, part in enumerate(part for part in parts if part[1]):
        sign = "-" if part[1].minor < 0 else "+"
        equation += f" {sign if number else '='} {_term(part, locale)}"
    return headed(word(title, locale), equation, locale)


def _term(term: tuple[str, Money], locale: str) -> str:
    name, amount = term
    return f"{word(name, locale)} {format_money(abs(amount), locale=locale)}"
