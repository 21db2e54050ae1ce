"""The books of an agency for a year: forty clients, what was agreed with them, and what happened.

Thirty clients have a project in three milestones, ten pay a retainer each month. They pay as early
or late as they are used to; one disputes a bill, one bounces, one pays two bills at once and too
much, one needs a plan, and one never pays. All of it is recorded as it happens, day by day.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AddMonths,
    Approved,
    Books,
    CreditEffect,
    Delivered,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    HandedOver,
    Invoice,
    InvoiceFact,
    Milestone,
    Money,
    OnAccount,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Period,
    Recurrence,
    ReminderPolicy,
    Retainer,
    Reversed,
    Rounding,
    Schedule,
    Sent,
    Tax,
    WrittenOff,
    apply_credit,
    apply_on_account,
    apply_payment,
    credit_note,
    draft_invoice,
    due_reminders,
    invoice_status,
    issue,
    payment_plan,
    ready_to_invoice,
    retainer_lines,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
CLIENTS = tuple(Party(f"client-{number:02}", f"Client {number:02}") for number in range(1, 41))
OWNERS = ("Dana", "Eve", "Noor")
# How many days after the due date clients pay, in turn.
HABITS = (-2, 0, 0, 3, 6, 12, 25, 45)
POLICY = ReminderPolicy.standard()
BILLING_DAYS = (1, 15)


def terms_of(number: int) -> PaymentTerms:
    """Return net 14 or net 30, in turn."""
    return PaymentTerms.net(14 if number % 2 else 30)


def currency_of(number: int) -> str:
    """Return the currency of a client; four of them pay in dollars."""
    return "USD" if number in {9, 17, 25, 33} else "EUR"


def owner_of(number: int) -> str:
    """Return who looks after the bills of a client."""
    return OWNERS[number % len(OWNERS)]


def tax_of(number: int) -> Tax:
    """Return the tax of a client; abroad there is none."""
    return Tax.standard(21) if currency_of(number) == "EUR" else Tax.outside_scope()


def contract(number: int) -> Schedule:
    """Return the project of a client: 40 % on signing, 30 % after user testing, 30 % on delivery.

    It is signed in one of the first nine months. Work takes six weeks a milestone; every fifth
    project is ten days late. The client approves three days after it is delivered.
    """
    signed = date(2026, 1 + number % 9, 5 + 7 * (number % 3))
    late = timedelta(10 if number % 5 == 0 else 0)
    owner = owner_of(number)
    planned = {"test": signed + timedelta(42), "ship": signed + timedelta(84)}
    schedule = Schedule(
        Money.of(6000 + 500 * number, currency_of(number)),
        [
            Milestone("sign", "On signing", Percent(40), trigger=ON_SIGNING, owner=owner),
            Milestone(
                "test", "After user testing", Percent(30), due_on=planned["test"], owner=owner
            ),
            Milestone("ship", "On delivery", REST, due_on=planned["ship"], owner=owner),
        ],
        signed_on=signed,
        terms=terms_of(number),
    )
    for key, day in planned.items():
        ready = day + late
        schedule = schedule.record(
            key,
            Delivered(on=ready),
            Approved(CLIENTS[number - 1].name, on=ready + timedelta(3)),
        )
    return schedule


def retainer(number: int) -> Retainer:
    """Return the monthly support that a client pays ahead, from January, February or March on."""
    first = date(2026, 1 + number // 4 % 3, 1)
    fee = Money.of(800 + 50 * number, "EUR")
    return Retainer("Support", fee, Recurrence.monthly(first), first=first)


def has_retainer(number: int) -> bool:
    """Say whether a client pays a retainer; the others have a project."""
    return number % 4 == 0


class Agency:
    """All contracts, invoices and money on account, and what is still to be recorded by day."""

    def __init__(self) -> None:
        """Open the books with the contracts."""
        numbers = range(1, len(CLIENTS) + 1)
        self.schedules = {each: contract(each) for each in numbers if not has_retainer(each)}
        self.retainers = {each: retainer(each) for each in numbers if has_retainer(each)}
        self.invoices = Books()
        self.on_account: list[OnAccount] = []
        self.agenda: dict[date, list[Callable[[date], None]]] = defaultdict(list)

    def of_client(self, number: int) -> tuple[Invoice, ...]:
        """Return the invoices of a client."""
        key = CLIENTS[number - 1].key
        return self.invoices.of_client(key)

    def live_through(self, day: date) -> None:
        """Bill, do what is on the agenda, and remind on Mondays."""
        if day.day in BILLING_DAYS:
            self.bill(day)
        for happens in self.agenda.pop(day, ()):
            happens(day)
        if day.weekday() == 0:
            self.remind(day)

    def bill(self, day: date) -> None:
        """Bill what is ready of each project, and on the first of a month all retainers."""
        for number, schedule in self.schedules.items():
            for ready in ready_to_invoice(schedule, self.of_client(number), as_of=day):
                draft = draft_invoice(
                    schedule,
                    ready.key,
                    invoices=self.of_client(number),
                    as_of=day,
                    buyer=CLIENTS[number - 1],
                    tax=tax_of(number),
                )
                self.send(number, draft, day)
        if day.day == 1:
            self.bill_retainers(day)

    def bill_retainers(self, day: date) -> None:
        """Bill the month ahead of all retainers that have begun."""
        month = Period(day, AddMonths(1).apply(day))
        for number, agreed in self.retainers.items():
            lines = retainer_lines(agreed, month, tax=tax_of(number))
            if lines:
                owner, buyer = owner_of(number), CLIENTS[number - 1]
                draft = Invoice(None, None, buyer, lines, terms=terms_of(number), owner=owner)
                self.send(number, draft, day)

    def send(self, number: int, draft: Invoice, day: date) -> None:
        """Issue and send a draft, and put on the agenda how the client will pay it."""
        name = f"2026-{len(self.invoices) + 1:03}"
        invoice = issue(draft, number=name, on=day).record(Sent(on=day))
        self.invoices = self.invoices.add(invoice)
        due_on = max(part.due_on for part in invoice.installments if part.due_on)
        pays_on = due_on + timedelta(HABITS[number % len(HABITS)])
        nth = len(self.of_client(number))
        match number, nth:
            case 6, 1:
                self.then(due_on, lambda on: self.dispute(name, on))
            case 13, 1:
                self.then(pays_on, lambda on: self.bounce(name, on))
            case 19, 1:
                pass  # it is paid together with the next one
            case 19, 2:
                self.then(pays_on, lambda on: self.pay_all(number, on))
            case 19, 3:
                self.then(day + timedelta(5), lambda on: self.use_what_is_left(name, on))
                self.then(pays_on, lambda on: self.pay(name, on))
            case 23, 2:
                self.then(due_on + timedelta(45), lambda on: self.agree_on_a_plan(name, on))
            case 38, _:
                self.then(due_on + timedelta(60), lambda on: self.give_up(name, on))
            case _:
                self.then(pays_on, lambda on: self.pay(name, on))

    def then(self, day: date, happens: Callable[[date], None]) -> None:
        """Put something on the agenda."""
        self.agenda[day].append(happens)

    def invoice(self, name: str) -> Invoice:
        """Return the invoice of a number, as it is now."""
        return self.invoices.numbered(name)

    def record(self, name: str, *facts: InvoiceFact) -> None:
        """Record facts on the invoice of a number."""
        self.invoices = self.invoices.record(name, *facts)

    def pay(self, name: str, day: date) -> None:
        """Pay what is open of an invoice."""
        left = invoice_status(self.invoice(name), as_of=day).open
        if left:
            self.record(name, Payment(left, "bank", on=day))

    def dispute(self, name: str, day: date) -> None:
        """Dispute a tenth of an invoice, have it credited two weeks later, and pay the rest."""
        tenth = self.invoice(name).payable.times(Percent(10), rounding=Rounding.HALF_UP)
        self.record(name, Disputed("two days too many", tenth, on=day))

        def give_in(on: date) -> None:
            self.record(name, DisputeResolved(DisputeOutcome.UPHELD, on=on))
            note = credit_note(
                self.invoice(name), effect=CreditEffect.PRICE_REDUCTION, as_of=on, amount=tenth
            )
            number = f"2026-{len(self.invoices) + 1:03}"
            known = self.invoices.add(issue(note, number=number, on=on))
            self.invoices = apply_credit(known, number, name, on=on)

        self.then(day + timedelta(14), give_in)
        self.then(day + timedelta(20), lambda on: self.pay(name, on))

    def bounce(self, name: str, day: date) -> None:
        """Pay by a cheque that bounces, and again three weeks later."""
        cheque = Payment(invoice_status(self.invoice(name), as_of=day).open, "cheque", on=day)
        self.record(name, cheque)
        self.then(
            day + timedelta(5),
            lambda on: self.record(name, Reversed(cheque, "the cheque bounced", on=on)),
        )
        self.then(day + timedelta(21), lambda on: self.pay(name, on))

    def pay_all(self, number: int, day: date) -> None:
        """Pay all that a client owes in one transfer, and 100 too much, which is kept."""
        owed = self.of_client(number)
        opened = (invoice_status(each, as_of=day).open for each in owed)
        amount = Money.total(opened, currency="EUR") + Money.of(100, "EUR")
        applied = apply_payment(amount, owed, as_of=day, method="bank")
        for name, payment in applied.facts:
            self.record(name, payment)
        self.on_account += [each for each in [applied.on_account()] if each]

    def use_what_is_left(self, name: str, day: date) -> None:
        """Set money on account against a new invoice."""
        money, self.invoices = apply_on_account(self.on_account.pop(), self.invoices, name, on=day)
        self.on_account.append(money)

    def agree_on_a_plan(self, name: str, day: date) -> None:
        """Agree on three parts, a month apart, which are paid on their days."""
        plan = payment_plan(self.invoice(name), 3, on=day, first_due_on=day + timedelta(15))
        self.record(name, plan)
        for part in plan.installments:
            if part.due_on:
                self.then(part.due_on, partial(self.pay_part, name, part.amount))

    def pay_part(self, name: str, amount: Money, day: date) -> None:
        """Pay so much of an invoice."""
        self.record(name, Payment(amount, "bank", on=day))

    def give_up(self, name: str, day: date) -> None:
        """Hand an invoice over to a collection agency, and write it off four months later."""
        left = invoice_status(self.invoice(name), as_of=day).open
        self.record(name, HandedOver("Collect & Co", on=day))
        self.then(day + timedelta(120), lambda on: self.record(name, WrittenOff(left, on=on)))

    def remind(self, day: date) -> None:
        """Send the reminders of the week."""
        opened = [each for each in self.invoices if invoice_status(each, as_of=day).open]
        for reminder in due_reminders(opened, POLICY, as_of=day):
            self.record(reminder.number, reminder.fact())


def books() -> Agency:
    """Return the books at the end of the year."""
    kept = Agency()
    for number in range((LAST - FIRST).days + 1):
        kept.live_through(FIRST + timedelta(number))
    return kept
