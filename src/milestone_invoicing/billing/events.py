"""How the events of a contract reach its bills, drafts among them; it knows no amounts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.account.books import Books, books_of
from milestone_invoicing.billing.history.invoice_facts import Voided
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import ContractFact, Schedule
from milestone_invoicing.contract.events import event_of
from milestone_invoicing.facts import of_kind


def record_events(schedule: Schedule, invoices: Iterable[Invoice]) -> Books:
    """Return *invoices* with the events of their contract on each whose terms wait for them.

    Each gets those events, and reversals of them, that it has not got, with their own days; a void
    gets none. What came before a bill is drafted stands on its draft already.

    Args:
        schedule: the contract, with what ``record_event`` recorded.
        invoices: of the contract, drafts among them; their order stays.

    Raises:
        ImpossibleFactError: an event came by another record of the invoice already.
        NothingToReverseError: an invoice has no equal event that the contract takes back.
        DateRangeError, CalendarRangeError, DueBeforeStartError: the terms lead to no due date.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError: an argument of another type.

    Example:
        >>> terms = PaymentTerms([Installment(REST, after="completion")])
        >>> schedule = Schedule(Money.of(1000, "EUR"), [Milestone("a", "Audit", REST)], terms=terms)
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), milestone="a")
        >>> bill = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=terms)
        >>> schedule = schedule.record_event(EventOccurred("completion", on=date(2026, 9, 1)))
        >>> (bill,) = record_events(schedule, [bill])
        >>> str(due_items(bill, as_of=date(2026, 9, 1))[0].due_on)
        '2026-09-01'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    known = books_of(invoices)
    return Books(
        bill
        if of_kind(bill.facts, Voided)
        else bill.record(*_missing(bill, schedule.contract_facts))
        for bill in known
    )


def with_events(draft: Invoice, schedule: Schedule, *, as_of: date = date.max) -> Invoice:
    """Return a draft with what its contract records by a day of the events that it waits for."""
    facts = [fact for fact in schedule.contract_facts if fact.on <= as_of]
    found = tuple(_missing(draft, facts))
    return draft if found == draft.facts else attrs.evolve(draft, facts=found)


def _missing(bill: Invoice, facts: Sequence[ContractFact]) -> Iterator[ContractFact]:
    """Yield those of a contract's facts that a bill waits for and has not got, one by one."""
    known = list(bill.facts)
    for fact in facts:
        if fact in known:
            known.remove(fact)
        elif event_of(fact) in bill.terms.events:
            yield fact
