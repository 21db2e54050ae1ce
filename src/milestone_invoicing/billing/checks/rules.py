"""What a rule about an invoice is: a code, a place, words and a test; it knows no rule."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.findings import Finding, Severity


class Rule(NamedTuple):
    """One rule about a whole invoice."""

    code: str
    path: str
    message: str
    is_broken: Callable[[Invoice], bool]
    severity: Severity = Severity.ERROR


def broken(rules: Iterable[Rule], invoice: Invoice) -> Iterator[Finding]:
    """Yield a finding for each rule that the invoice breaks, in the order of the rules."""
    return (
        Finding(rule.path, rule.code, rule.message, rule.severity)
        for rule in rules
        if rule.is_broken(invoice)
    )
