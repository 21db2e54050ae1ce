"""Strategies for contracts with deposits, and lives in which they are paid and taken off."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    CreditEffect,
    DeductedAs,
    Deposit,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Party,
    Payment,
    Percent,
    Recoupment,
    Refunded,
    Reversed,
    Schedule,
    Tax,
    Voided,
    Weight,
    apply_credit,
    credit_note,
    draft_invoice,
    issue,
    milestone_billing,
    record,
)
from milestone_invoicing.errors import (
    CreditError,
    ImpossibleFactError,
    NeedsDecisionError,
    NothingToReverseError,
    OverbillingError,
)
from tests.properties.agreements import EUR

BUYER = Party("acme", "Acme")
START = date(2026, 5, 1)
TAXES = (Tax.standard(21), Tax.standard(9), Tax.standard("2.5"), Tax.outside_scope())

each_tax = st.sampled_from(TAXES)
each_percent = st.integers(1, 1000).map(lambda tenths: Percent(f"{tenths}e-1"))
cents = st.integers(1, 3000)


def day(number: int) -> date:
    return START + timedelta(number)


@st.composite
def contracts(draw: st.DrawFn, *, deposit: bool = True) -> Schedule:
    """Draw contracts of up to four milestones, all of them ready, with a rule for deposits."""
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    rule = Deposit(
        draw(each_percent),
        recoup=draw(st.sampled_from([*Recoupment, Recoupment.FIRST_BILLS])),
        cap=draw(st.none() | each_percent),
        deducted_as=draw(st.sampled_from(DeductedAs)),
    )
    return Schedule(
        Money(draw(st.integers(len(weights) * 9, 10_000)), EUR),
        [
            Milestone(f"m{place}", "Part", Weight(weight), trigger=ON_SIGNING)
            for place, weight in enumerate(weights)
        ],
        signed_on=START,
        deposit=rule if deposit else None,
    )


@st.composite
def deposits(draw: st.DrawFn, number: str = "D-1") -> Invoice:
    """Draw deposit invoices of the first day, with up to two rates; some are priced with tax."""
    lines = []
    for tax in draw(st.lists(each_tax, min_size=1, max_size=2, unique=True)):
        own = (
            Money(draw(st.integers(0, 300)), EUR) if tax.has_rate and draw(st.booleans()) else None
        )
        lines.append(Line("Deposit", 1, Money(draw(cents), EUR), tax=tax, tax_amount=own))
    return Invoice(number, START, BUYER, lines, kind=InvoiceKind.DEPOSIT)


@st.composite
def several_deposits(draw: st.DrawFn) -> tuple[Invoice, ...]:
    count = draw(st.integers(1, 3))
    return tuple(draw(deposits(f"D-{number}")) for number in range(1, count + 1))


def paid(invoice: Invoice, number: int = 1) -> Invoice:
    """Return an invoice with all of it paid on a day."""
    if invoice.payable.minor <= 0:
        return invoice
    return invoice.record(Payment(invoice.payable, on=day(number)))


@attrs.define
class Life:
    """A contract and its invoices; what cannot happen is left out."""

    schedule: Schedule
    invoices: tuple[Invoice, ...]
    today: int = 1
    count: int = 0
    bounced: bool = False

    def _one(self, at: int, fits: Callable[[Invoice], bool]) -> Invoice | None:
        found = [each for each in self.invoices if each.number and fits(each)]
        return found[at % len(found)] if found else None

    def _add(self, draft: Invoice) -> None:
        self.count += 1
        self.invoices = (*self.invoices, issue(draft, number=f"N-{self.count}", on=day(self.today)))

    def pay(self, at: int, minor: int) -> None:
        bill = self._one(at, lambda each: each.payable.minor > 0)
        if bill:
            amount = bill.payable if minor % 2 else Money(minor, EUR)
            fact = Payment(amount, on=day(self.today))
            self.invoices = record(self.invoices, str(bill.number), fact)

    def bounce(self, at: int, minor: int) -> None:
        bill = self._one(at, lambda each: any(isinstance(f, Payment) for f in each.facts))
        if bill:
            payment = next(fact for fact in bill.facts if isinstance(fact, Payment))
            fact = Reversed(payment, "bounced", on=day(self.today))
            self.invoices = record(self.invoices, str(bill.number), fact)
            self.bounced = True

    def bill(self, at: int, minor: int) -> None:
        self._add(self._draft(at, minor))

    def draft(self, at: int, minor: int) -> None:
        self.invoices = (*self.invoices, self._draft(at, minor))

    def _draft(self, at: int, minor: int) -> Invoice:
        key = self.schedule.keys[at % len(self.schedule.keys)]
        terms = milestone_billing(self.schedule, key, self.invoices, as_of=day(self.today))
        again = not terms.not_yet_invoiced and bool(terms.awaiting_decision)
        return draft_invoice(
            self.schedule,
            key,
            invoices=self.invoices,
            as_of=day(self.today),
            buyer=BUYER,
            tax=TAXES[at % len(TAXES)],
            portion=Money(minor, EUR) if minor % 3 == 0 else None,
            rebill=again,
        )

    def void(self, at: int, minor: int) -> None:
        # What is credited is not voided too: less than nothing would be billed.
        notes = [each for each in self.invoices if each.kind.is_credit_note and not each.is_void]
        named = {number for note in notes for number in note.preceding}
        bill = self._one(at, lambda each: not each.is_void and each.number not in named)
        if bill:
            fact = Voided("typo", on=day(self.today))
            self.invoices = record(self.invoices, str(bill.number), fact)

    def credit(self, at: int, minor: int) -> None:
        bill = self._one(at, lambda each: not each.is_void and not each.kind.is_credit_note)
        if bill:
            self._add(
                credit_note(
                    bill,
                    effect=list(CreditEffect)[minor % 3],
                    as_of=date.max,
                    invoices=self.invoices,
                    amount=Money(minor, EUR) if minor % 2 else None,
                )
            )

    def apply(self, at: int, minor: int) -> None:
        note = self._one(at, lambda each: each.payable.minor < 0)
        bill = self._one(minor, lambda each: each.payable.minor > 0)
        if note and bill:
            self.invoices = apply_credit(
                self.invoices, str(note.number), str(bill.number), on=day(self.today)
            )

    def refund(self, at: int, minor: int) -> None:
        note = self._one(at, lambda each: each.payable.minor < 0)
        if note:
            fact = Refunded(-note.payable, on=day(self.today))
            self.invoices = record(self.invoices, str(note.number), fact)


STEPS = ("bill", "bill", "bill", "pay", "credit", "draft", "bounce", "void", "apply", "refund")
each_step = st.tuples(st.sampled_from(STEPS), st.integers(0, 7), cents, st.integers(0, 2))
REFUSED = (
    CreditError,
    ImpossibleFactError,
    NeedsDecisionError,
    NothingToReverseError,
    OverbillingError,
)


@st.composite
def lives(draw: st.DrawFn, *, steps: Sequence[str] = STEPS) -> Life:
    """Draw lives in the order of their days; what is refused does not happen."""
    schedule = draw(contracts())
    # Half of the deposits are paid at once, so that there is something to take off.
    advances = [paid(each) if draw(st.booleans()) else each for each in draw(several_deposits())]
    life = Life(schedule, tuple(advances))
    count = draw(st.integers(2, 14))
    for name, at, minor, later in draw(st.lists(each_step, min_size=count, max_size=count)):
        life.today += later
        if name in steps:
            try:
                getattr(life, name)(at, minor)
            except REFUSED:
                continue
    return life
