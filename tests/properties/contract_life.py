"""Law 7, after any sequence of work, change orders, bills, voids, payments, credits and losses.

Each life is also kept as plain rows of numbers and days, and what is left is counted from those
rows day by day; the library has to say the same, and to refuse what the rows leave no room for.
"""

from collections.abc import Callable
from datetime import date

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from milestone_invoicing import (
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    Approved,
    Books,
    Cancelled,
    Change,
    ChangeOrder,
    ChangeTotal,
    CreditEffect,
    Currency,
    Delivered,
    DependencyPolicy,
    DueDateExtended,
    EarnedBy,
    Fact,
    Flag,
    Invoice,
    Milestone,
    Money,
    NetPosition,
    OnDate,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    ProgressReported,
    Refunded,
    Rejected,
    Reprice,
    Reversed,
    Rounding,
    Schedule,
    Sent,
    Started,
    Tax,
    Transition,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    age,
    apply_credit,
    billed_net,
    contract_position,
    credit_note,
    draft_invoice,
    due_items,
    invoice_status,
    issue,
    milestone_status,
    ready_to_invoice,
    record,
    round_ratio,
    what_changed,
    work_status,
)
from milestone_invoicing.billing.billed import billing_room, contract_room
from milestone_invoicing.errors import (
    BelowInvoicedError,
    ChangeOrderError,
    CreditError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NeedsDecisionError,
    NotReadyError,
    OverbillingError,
)
from tests.properties.receivable_items import day
from tests.properties.slow_contract import slow_position

BUYER = Party("acme", "Acme")
BUYER_CURRENCY = Currency.of("EUR")
LESS, AGAIN, GONE = CreditEffect
KEYS = ("a", "b", "c")
LAST = 40
"""The last day on which something is done."""
HORIZON = LAST + 10
"""A day after the last issue date that a life can have."""

each_key = st.sampled_from(KEYS)
each_day = st.integers(0, LAST)
each_wait = st.none() | st.integers(0, 5)
each_share = st.sampled_from(["20", "7", "12.5", "100/3", "50", "80", "100"]).map(Percent)


@attrs.define
class Bill:
    """A row of the ledger: an issued bill of one milestone."""

    key: str
    net: int
    gross: int
    issued: int
    again: bool
    void: int = 10**6
    received: list[tuple[int, int, int]] = attrs.field(factory=list)  # amount, from, until
    settled: list[tuple[int, int]] = attrs.field(factory=list)  # without cash: amount, from
    refunds: list[tuple[int, int]] = attrs.field(factory=list)  # amount, from
    applied: list[tuple[int, int]] = attrs.field(factory=list)  # amount, from
    effect: CreditEffect | None = None
    of: "Bill | None" = None
    lost: bool = False
    held: int = 0
    releases: list[tuple[int, int]] = attrs.field(factory=list)  # amount, from

    @property
    def ends(self) -> int:
        """When it is void; a note also when its bill is, from its own issue on."""
        return self.void if self.of is None else min(self.void, max(self.of.void, self.issued))

    def claims(self, on: int) -> bool:
        return self.issued <= on < self.ends

    def means(self, on: int) -> int:
        return sum(amount for amount, start in self.settled if start <= on)

    def refunded(self, on: int, *, early: bool) -> int:
        """Return what went back before the issue, which it took from, or since."""
        return sum(
            amount for amount, at in self.refunds if at <= on and (at < self.issued) is early
        )

    def payable(self, on: int) -> int:
        return max(self.gross, 0) if self.issued <= on < self.void else 0

    def paid(self, on: int) -> int:
        cash = self.cash(on) - self.refunded(on, early=True)
        return max(min(cash, self.payable(on) - self.means(on)), 0)

    def left_over(self, on: int) -> int:
        granted = max(-self.gross, 0) if self.issued <= on < self.void else 0
        applied = sum(amount for amount, at in self.applied if at <= on)
        back = self.refunded(on, early=True) + self.refunded(on, early=False)
        return self.cash(on) - back - self.paid(on) + granted - applied

    def may_refund(self, amount: int, on: int) -> bool:
        """Say whether so much is there to go back, on the day and on all later ones."""
        days = range(on, HORIZON)
        if on >= self.issued:
            return amount <= min(self.left_over(later) for later in days)
        self.refunds.append((amount, on))
        least = min(self.left_over(later) for later in days)
        self.refunds.pop()
        return least >= 0

    def outstanding(self, on: int) -> int:
        return self.payable(on) - self.means(on) - self.paid(on)

    def retained(self, on: int) -> int:
        released = sum(amount for amount, start in self.releases if start <= on)
        return max(min(self.held - released, self.outstanding(on)), 0)

    def cash(self, on: int) -> int:
        return sum(amount for amount, start, end in self.received if start <= on < end)


class ContractLife(RuleBasedStateMachine):
    """One contract: what the library says of it, beside the ledger."""

    exact = True
    """Whether what is billed of a milestone is all that is ever paid for it."""

    @initialize(
        total=st.integers(1, 10**7),  # hundredths of a cent, rounded up
        shares=st.tuples(st.integers(1, 60), st.integers(0, 39)),
        parts=st.integers(1, 3),
        taxed=st.booleans(),
        delivered=st.none() | st.integers(0, 10),
        silence=st.none() | st.integers(1, 9).map(AcceptedAfter),
        dependencies=st.sampled_from(DependencyPolicy),
    )
    def sign(
        self,
        total: int,
        shares: tuple[int, int],
        parts: int,
        *,
        taxed: bool,
        delivered: int | None,
        silence: AcceptedAfter | None,
        dependencies: DependencyPolicy,
    ) -> None:
        self.schedule = Schedule(
            Money.of(f"{total}e-4", "EUR", rounding=Rounding.UP),
            [
                Milestone("a", "A", Percent(shares[0]), trigger=ON_SIGNING, accepted_after=silence),
                Milestone(
                    "b", "B", Percent(shares[1]), trigger=ON_DELIVERY, accepted_after=silence
                ),
                Milestone("c", "C", REST, trigger=OnDate(day(3)), depends_on=["b"]),
            ],
            signed_on=day(0),
            dependencies=dependencies,
            terms=PaymentTerms.monthly(parts, first_days=5),
        )
        amounts = self.schedule.amounts(as_of=day(0))
        first = {key: money.minor for key, money in zip(KEYS, amounts, strict=True)}
        self.agreements = [(-1000, first)]
        self.tax = Tax.standard(21) if taxed else Tax.outside_scope()
        self.invoices: tuple[Invoice, ...] = ()
        self.bills: dict[str, Bill] = {}
        self.drafts: list[tuple[Invoice, str, int, bool]] = []
        self.cancelled: dict[str, list[tuple[int, int]]] = {key: [] for key in KEYS}
        self.issued = 0
        self.fixed: set[str] = set()
        if delivered is not None:
            self.happens("b", Delivered(on=day(delivered)))

    # What the ledger says.

    def is_cancelled(self, key: str, on: int) -> bool:
        return any(start <= on < end for start, end in self.cancelled[key])

    def agreed(self, key: str, on: int) -> int:
        """Return what a milestone is worth on a day."""
        amounts = [rows for since, rows in self.agreements if since <= on]
        return amounts[-1].get(key, 0)

    def taken(self, key: str, on: int) -> int:
        """Return the most that is billed of a milestone from a day on, drafts included."""
        billed = max(self.billed(key, later) for later in range(on, HORIZON))
        return billed + self.drafted(key, again=False) + self.drafted(key, again=True)

    def rows(self, key: str) -> list[Bill]:
        return [row for row in self.bills.values() if row.key == key]

    def invoiced(self, key: str, on: int) -> int:
        return sum(row.net for row in self.rows(key) if row.effect is None and row.claims(on))

    def credited(self, key: str, on: int) -> int:
        return -sum(row.net for row in self.rows(key) if row.effect and row.claims(on))

    def billed(self, key: str, on: int) -> int:
        return self.invoiced(key, on) - self.credited(key, on)

    def closed(self, key: str, on: int) -> int:
        """Return what is credited and never billed again, or cancelled."""
        left = self.agreed(key, on) - self.billed(key, on)
        notes = [row for row in self.rows(key) if row.effect in {LESS, GONE} and row.claims(on)]
        return left if self.is_cancelled(key, on) else min(-sum(row.net for row in notes), left)

    def settled(self, key: str, on: int) -> int:
        """Return the most that is billed, or never will be, from a day on, drafts included."""
        days = range(on, HORIZON)
        most = max(self.billed(key, later) + self.closed(key, later) for later in days)
        return most + self.drafted(key, again=False) + self.drafted(key, again=True)

    def awaiting(self, key: str, on: int) -> int:
        if self.is_cancelled(key, on):
            return 0
        events: list[tuple[int, int, int, int]] = []
        for number, row in enumerate(self.bills.values()):
            opens = row.effect is AGAIN
            if row.key == key and (row.again or opens) and row.issued <= on:
                events.append((row.issued, number, int(opens), -row.net))
            if row.key == key and row.ends <= on and (opens or row.effect is None):
                events.append((row.ends, number, 1 + opens, row.net))
        waits = 0
        for *_, change in sorted(events):
            # A bill dated back may have taken what a later one was to bill again.
            waits = max(waits + change, 0)
        # A change order may leave less than waits: what it took needs no decision any more.
        left = self.agreed(key, on) - self.billed(key, on) - self.closed(key, on)
        return min(waits, left)

    def not_yet(self, key: str, on: int) -> int:
        if self.is_cancelled(key, on):
            return 0
        left = self.agreed(key, on) - self.billed(key, on) - self.closed(key, on)
        return left - self.awaiting(key, on)

    def drafted(self, key: str, *, again: bool) -> int:
        rows = (draft for draft, of, _, kind in self.drafts if (of, kind) == (key, again))
        return sum(draft.net_of(key).minor for draft in rows)

    def least(self, count: Callable[[str, int], int], key: str, start: int) -> int:
        return min(count(key, on) for on in range(start, HORIZON))

    # Work.

    @rule(
        key=each_key,
        on=each_day,
        kind=st.sampled_from(["start", "progress", "deliver", "approve", "reject"]),
        done=st.integers(0, 100),
    )
    def work(self, key: str, on: int, kind: str, done: int) -> None:
        facts: dict[str, Fact] = {
            "start": Started(on=day(on)),
            "progress": ProgressReported(Percent(done), on=day(on)),
            "deliver": Delivered(on=day(on)),
            "approve": Approved("eve", on=day(on)),
            "reject": Rejected("eve", "x", on=day(on)),
        }
        self.happens(key, facts[kind])

    def happens(self, key: str, fact: Fact) -> bool:
        try:
            self.schedule = self.schedule.record(key, fact)
        except ImpossibleFactError:
            return False
        return True

    @rule(key=each_key, on=each_day, until=st.none() | each_day, sure=st.integers(0, 5))
    def cancel(self, key: str, on: int, until: int | None, sure: int) -> None:
        if sure != 5:
            return  # most contracts are not cancelled
        fact = Cancelled("no need", on=day(on))
        if self.is_cancelled(key, on) or not self.happens(key, fact):
            return
        back = None if until is None or until < on else until
        if back is not None:
            assert self.happens(key, Reversed(fact, "needed", on=day(back)))
        self.cancelled[key].append((on, 10**6 if back is None else back))

    # Changes of what was agreed.

    @rule(key=each_key, later=st.integers(0, 9), share=each_share, more=st.booleans())
    def reprice(self, key: str, later: int, share: Percent, *, more: bool) -> None:
        """Make one milestone worth more, or less where its bills leave room."""
        on = min(max(self.agreements[-1][0], 0) + later, LAST)
        old = Money(self.agreed(key, on), self.schedule.total.currency)
        part = old.times(share, rounding=Rounding.HALF_UP)
        amount = old + part if more else old - part
        fits = amount.minor >= min(self.taken(key, on), self.agreed(key, on))
        if self.changes(on, Reprice(key, amount), fits=fits):
            self.agreements.append((on, {**self.agreements[-1][1], key: amount.minor}))

    @rule(later=st.integers(0, 9), more=st.integers(-(10**4), 10**4))
    def change_the_total(self, later: int, more: int) -> None:
        """Divide another total by what each milestone had left."""
        on = min(max(self.agreements[-1][0], 0) + later, LAST)
        rows = self.agreements[-1][1]
        keys = [key for key in KEYS if key not in self.fixed and not self.is_cancelled(key, on)]
        taken = {key: min(self.taken(key, on), rows[key]) for key in keys}
        total = max(sum(rows.values()) + more, 0)
        lefts = [rows[key] - taken[key] for key in keys]
        left = total - sum(rows[key] for key in KEYS if key not in keys) - sum(taken.values())
        fits = left >= 0 and (left == 0 or any(lefts))
        change = ChangeTotal(Money(total, self.schedule.total.currency))
        if self.changes(on, change, fits=fits):
            parts = largest_remainders(left, lefts)
            new = {key: taken[key] + part for key, part in zip(keys, parts, strict=True)}
            self.agreements.append((on, {**rows, **new}))

    def changes(self, on: int, change: Change, *, fits: bool) -> bool:
        """Apply a change order on a day, expecting it to be refused unless it *fits*."""
        billed = billed_net(self.schedule, self.invoices, as_of=day(on))
        number = str(len(self.schedule.change_orders))
        order = ChangeOrder(number, [change], on=day(on), reason="scope")
        try:
            self.schedule = self.schedule.apply(order, billed=billed)
        except (BelowInvoicedError, ChangeOrderError):
            assert not fits
            return False
        assert fits
        if isinstance(change, Reprice):
            self.fixed.add(change.key)
        return True

    # Bills.

    @rule(key=each_key, on=each_day, wait=each_wait, sure=st.integers(0, 3))
    def bill_the_rest(self, key: str, on: int, wait: int | None, sure: int) -> None:
        if sure != 3:
            return  # leave something for other bills
        self.bill(key, on, "whole", Percent(100), wait)

    @rule(key=each_key, on=each_day, share=each_share, wait=each_wait)
    def bill_a_part(self, key: str, on: int, share: Percent, wait: int | None) -> None:
        self.bill(key, on, "portion", share, wait)

    @rule(key=each_key, on=each_day, share=each_share, wait=each_wait)
    def bill_up_to(self, key: str, on: int, share: Percent, wait: int | None) -> None:
        self.bill(key, on, "up to", share, wait)

    @precondition(lambda self: self.reopened())
    @rule(data=st.data(), later=st.integers(-3, 9), share=st.none() | each_share, wait=each_wait)
    def bill_again(
        self, data: st.DataObject, later: int, share: Percent | None, wait: int | None
    ) -> None:
        """Bill what was voided again, around the day of the void."""
        key, void = data.draw(st.sampled_from(self.reopened()))
        how = "again" if share is None else "part again"
        self.bill(key, min(max(void + later, 0), LAST), how, share or Percent(100), wait)

    def reopened(self) -> list[tuple[str, int]]:
        """Return the milestones that something was taken back of, and the day."""
        found = {(row.key, row.void) for row in self.bills.values() if row.key and row.void <= LAST}
        found |= {
            (row.key, row.issued) for row in self.bills.values() if row.key and row.effect is AGAIN
        }
        return sorted(found)

    def bill(self, key: str, on: int, how: str, share: Percent, wait: int | None) -> None:
        """Draft a bill, expecting what the ledger says; with *wait*, issue it so many days on."""
        again = how.endswith("again")
        portion = Money(self.agreed(key, on), self.schedule.total.currency).times(
            share, rounding=Rounding.UP
        )
        expected = self.expected(key, on, how, share, portion.minor)
        try:
            draft = draft_invoice(
                self.schedule,
                key,
                invoices=self.invoices,
                as_of=day(on),
                buyer=BUYER,
                tax=self.tax,
                portion=portion if how in {"portion", "part again"} and portion else None,
                up_to=share if how == "up to" else None,
                rebill=again,
            )
        except MilestoneInvoicingError as error:
            outcome: object = type(error)
        else:
            outcome = draft.net_of(key).minor
        assert outcome == expected
        if isinstance(outcome, type):
            return
        self.drafts.append((draft, key, on, again))
        self.invoices = (*self.invoices, draft)
        if wait is not None:
            self.issue_draft(len(self.drafts) - 1, wait)

    def expected(
        self, key: str, on: int, how: str, share: Percent, portion: int
    ) -> int | type[MilestoneInvoicingError]:
        """Return the net amount of the draft, or the error that refuses it."""
        if work_status(self.schedule, key, as_of=day(on)).ready_since is None:
            return NotReadyError
        again = how.endswith("again")
        first = self.least(self.not_yet, key, on) - self.drafted(key, again=False)
        second = self.least(self.awaiting, key, on) - self.drafted(key, again=True)
        left = second if again else first
        if left <= 0:
            return NeedsDecisionError if not again and second > 0 else OverbillingError
        amount = left
        if how in {"portion", "part again"} and portion:
            amount = portion
        elif how == "up to":
            to_date = Money(self.agreed(key, on), self.schedule.total.currency)
            amount = to_date.times(share, rounding=Rounding.HALF_UP).minor - self.settled(key, on)
        return amount if 0 < amount <= left else OverbillingError

    def issue_draft(self, index: int, wait: int) -> None:
        draft, key, on, again = self.drafts.pop(index)
        self.issued += 1
        number = str(self.issued)
        invoice = issue(draft, number=number, on=day(on + wait))
        self.bills[number] = Bill(
            key,
            draft.net_of(key).minor,
            draft.payable.minor,
            on + wait,
            again,
            held=0 if draft.held is None else draft.held.minor,
        )
        at = next(i for i, other in enumerate(self.invoices) if other is draft)
        self.invoices = (*self.invoices[:at], invoice, *self.invoices[at + 1 :])

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), wait=st.integers(0, 5), tear_up=st.booleans())
    def decide_draft(self, data: st.DataObject, wait: int, *, tear_up: bool) -> None:
        index = data.draw(st.integers(0, len(self.drafts) - 1))
        if tear_up:
            draft = self.drafts.pop(index)[0]
            self.invoices = tuple(other for other in self.invoices if other is not draft)
        else:
            self.issue_draft(index, wait)

    # What happens to a bill.

    def tell(self, number: str, fact: Fact) -> bool:
        try:
            self.invoices = record(self.invoices, number, fact)
        except ImpossibleFactError:
            return False
        return True

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), on=each_day, more=st.none() | st.integers(20, 40))
    def send_or_extend(self, data: st.DataObject, on: int, more: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.bills)))
        extended = None if more is None else DueDateExtended(day(on + more), "asked", on=day(on))
        self.tell(number, extended or Sent(on=day(on)))

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), later=st.integers(0, 15), again=st.none() | each_share, wait=each_wait)
    def void(
        self, data: st.DataObject, later: int, again: Percent | None, wait: int | None
    ) -> None:
        """Void a bill or a note and, as one mostly does, bill some of it again at once."""
        number = data.draw(st.sampled_from(sorted(self.bills)))
        row = self.bills[number]
        on = min(row.issued + later, LAST)
        if row.effect is not None and not self.may_void(row, on):
            return  # the position would say that more is billed than was agreed, as it is
        if self.tell(number, Voided("wrong", on=day(on))):
            row.void = on
            if again is not None and row.key:
                self.bill(row.key, on, "again" if wait else "part again", again, wait)

    def may_void(self, note: Bill, on: int) -> bool:
        """Say whether what a note gave was not billed again, nor taken by a change order."""
        key, days = note.key, range(on, HORIZON)
        drafts = self.drafted(key, again=False) + self.drafted(key, again=True)
        left = min(self.agreed(key, later) - self.billed(key, later) for later in days)
        return left - drafts >= -note.net

    @precondition(lambda self: self.bills)
    @rule(
        data=st.data(),
        on=st.integers(-5, LAST),
        how=st.sampled_from(["a part", "too much", "by instalments"]),
        bounced_after=st.none() | st.integers(0, 10),
    )
    def pay(self, data: st.DataObject, on: int, how: str, bounced_after: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.bills)))
        invoice = next(other for other in self.invoices if other.number == number)
        gross = max(self.bills[number].gross, 1)
        amounts = {
            "a part": [max(gross // 3, 1)],
            "too much": [gross + 1],
            "by instalments": [part.amount.minor for part in invoice.installments],
        }
        for amount in (each for each in amounts[how] if each > 0):
            self.pay_one(number, amount, on, bounced_after)

    def pay_one(self, number: str, amount: int, on: int, bounced_after: int | None) -> None:
        rows = self.bills[number].received
        reference = str(len(rows))  # so that no payment equals another
        currency = self.schedule.total.currency
        payment = Payment(Money(amount, currency), None, reference, on=day(on))
        assert self.tell(number, payment)
        if bounced_after is None:
            rows.append((amount, on, 10**6))
        elif self.tell(number, Reversed(payment, "bounced", on=day(on + bounced_after))):
            rows.append((amount, on, on + bounced_after))
        else:  # what went back to the client since came from it
            assert self.bills[number].refunds
            rows.append((amount, on, 10**6))

    # What settles a bill without cash, and what goes back.

    @precondition(lambda self: any(row.effect is None for row in self.bills.values()))
    @rule(
        data=st.data(),
        later=st.integers(0, 12),
        effect=st.sampled_from(CreditEffect),
        part=st.none() | st.integers(1, 4),
        apply_on=st.none() | st.integers(0, 4),
    )
    def credit(
        self,
        data: st.DataObject,
        later: int,
        effect: CreditEffect,
        part: int | None,
        apply_on: int | None,
    ) -> None:
        """Credit a bill, whole or in part, and mostly set the note against it at once."""
        of = data.draw(st.sampled_from([n for n, row in self.bills.items() if not row.effect]))
        row = self.bills[of]
        invoice = next(other for other in self.invoices if other.number == of)
        on = max(row.issued, min(row.issued + later, LAST))
        notes = [each for each in self.bills.values() if each.of is row and each.void > on]
        left = [row.net + sum(n.net for n in notes), row.gross + sum(n.gross for n in notes)]
        amount = None if part is None else Money(max(left[1] // part, 1), BUYER_CURRENCY)
        try:
            draft = credit_note(
                invoice, effect=effect, as_of=day(on), invoices=self.invoices, amount=amount
            )
        except CreditError:
            assert row.void <= HORIZON or left[1] <= 0 or self.is_taken_off(of)
            return
        assert row.void > LAST
        net, gross = self.credited_as(left, amount, draft, row.key)
        self.issued += 1
        number = str(self.issued)
        self.invoices = (*self.invoices, issue(draft, number=number, on=day(on)))
        self.bills[number] = Bill(row.key, -net, -gross, on, again=False, effect=effect, of=row)
        if apply_on is not None:
            self.set_against(number, of, min(on + apply_on, LAST))

    def is_taken_off(self, number: str) -> bool:
        """Say whether bills took something off for a deposit, which then is not left of it."""
        prepaid = [each.number for bill in self.invoices for each in bill.prepaid]
        lines = [line.deducts for bill in self.invoices for line in bill.lines]
        return number in prepaid or number in lines

    def credited_as(
        self, left: list[int], amount: Money | None, draft: Invoice, key: str
    ) -> tuple[int, int]:
        """Return net and gross of a note, worked out from what is left."""
        gross = left[1] if amount is None else amount.minor
        tax = round_ratio((left[1] - left[0]) * gross, left[1], Rounding.HALF_UP)
        assert (-draft.net_of(key).minor, -draft.payable.minor) == (gross - tax, gross)
        return gross - tax, gross

    @precondition(lambda self: any(row.effect for row in self.bills.values()))
    @rule(data=st.data(), on=each_day)
    def set_against_another(self, data: st.DataObject, on: int) -> None:
        note = data.draw(st.sampled_from([n for n, row in self.bills.items() if row.effect]))
        of = data.draw(st.sampled_from([n for n, row in self.bills.items() if not row.effect]))
        self.set_against(note, of, on)

    def set_against(self, note: str, of: str, on: int) -> None:
        days = range(on, HORIZON)
        source, target = self.bills[note], self.bills[of]
        amount = min(
            *(source.left_over(later) for later in days),
            *(target.outstanding(later) for later in days),
        )
        dead = source.of is not None and source.of.void < HORIZON  # a note of a void
        try:
            known = apply_credit(self.invoices, note, of, on=day(on))
        except (CreditError, ImpossibleFactError):
            early = on < max(source.issued, target.issued)
            assert amount <= 0 or early or dead or min(source.void, target.void) < HORIZON
            return
        assert not dead
        self.invoices = known
        source.applied.append((amount, on))
        target.settled.append((amount, on))

    @precondition(lambda self: self.bills)
    @rule(
        data=st.data(),
        on=st.integers(-3, LAST),
        kind=st.sampled_from(["lost", "small", "withheld", "refunded"]),
        part=st.integers(1, 4),
        more=st.sampled_from([0, 0, 0, 1]),
    )
    def settle_without_cash(
        self, data: st.DataObject, on: int, kind: str, part: int, more: int
    ) -> None:
        """Write off, withhold or give back a part of what is there for it, or a cent too much."""
        number = data.draw(st.sampled_from(sorted(self.bills)))
        row = self.bills[number]
        count = row.left_over if kind == "refunded" else row.outstanding
        room = min(count(later) for later in range(on, HORIZON))
        amount = Money(max(room // part, 1) + more * room, BUYER_CURRENCY)
        facts: dict[str, Fact] = {
            "lost": WrittenOff(amount, on=day(on)),
            "small": WrittenOff(amount, WriteOffReason.SMALL_DIFFERENCE, on=day(on)),
            "withheld": Withheld(amount, on=day(on)),
            "refunded": Refunded(amount, on=day(on)),
        }
        told = self.tell(number, facts[kind])
        if kind == "refunded":
            assert told is row.may_refund(amount.minor, on)
            if told:
                row.refunds.append((amount.minor, on))
        else:
            after_void = row.void <= LAST
            assert told is (amount.minor <= room and on >= row.issued and not after_void)
            if told:
                row.settled.append((amount.minor, on))
                row.lost = row.lost or kind == "lost"

    # Questions.

    @rule(on=st.integers(-6, HORIZON))
    def ask(self, on: int) -> None:
        self.compare(on)

    @rule(on=each_day)
    def ask_what_is_ready(self, on: int) -> None:
        """What is listed as ready is what a draft bills, and nothing else can be drafted."""
        ready = ready_to_invoice(self.schedule, self.invoices, as_of=day(on))
        assert [each.since for each in ready] == sorted(each.since for each in ready)
        found = {each.key: each.amount.minor for each in ready}
        expected = {key: self.expected(key, on, "whole", Percent(100), 0) for key in KEYS}
        assert found == {key: net for key, net in expected.items() if isinstance(net, int)}

    @rule(since=st.integers(-2, LAST), length=st.integers(0, 8), cut=st.integers(0, 8))
    def ask_what_changed(self, since: int, length: int, cut: int) -> None:
        """Each day's labels are those of the day before, but for what is told of the day."""
        until, between = since + length, since + min(cut, length)

        def told(start: int, end: int) -> tuple[Transition, ...]:
            return what_changed(self.schedule, self.invoices, since=day(start), until=day(end))

        whole = told(since, until)
        assert whole == told(since, between) + told(between, until)
        states = self.states(since)
        for on in range(since + 1, until + 1):
            for each in whole:
                if each.on == day(on):
                    subject = each.milestone or f"invoice {each.invoice}"
                    before, flags = states[subject]
                    assert before is each.before
                    assert not each.raised & flags
                    assert each.lowered <= flags
                    assert each.before is not each.after or each.raised or each.lowered
                    states[subject] = each.after, flags - each.lowered | each.raised
            assert states == self.states(on)

    def states(self, on: int) -> dict[str, tuple[object, frozenset[Flag]]]:
        milestones: dict[str, tuple[object, frozenset[Flag]]] = {
            key: (
                milestone_status(self.schedule, key, self.invoices, as_of=day(on)).label,
                frozenset(),
            )
            for key in KEYS
        }
        numbered = [invoice for invoice in self.invoices if not invoice.is_draft]
        asked = (invoice_status(invoice, as_of=day(on)) for invoice in numbered)
        return milestones | {
            f"invoice {status.number}": (status.label, status.flags) for status in asked
        }

    def teardown(self) -> None:
        if hasattr(self, "schedule"):
            for on in (0, LAST // 2, LAST, HORIZON):
                self.compare(on)

    def compare(self, on: int) -> None:
        as_of = day(on)
        position = contract_position(self.schedule, self.invoices, as_of=as_of)
        assert position == slow_position(self.schedule, self.invoices, as_of=as_of)
        for row in position.milestones:
            self.compare_net(row, on)
        for name in (
            "agreed",
            "invoiced",
            "credited",
            "awaiting_decision",
            "not_yet_invoiced",
            "cancelled",
        ):
            column = sum(getattr(row, name).minor for row in position.milestones)
            assert getattr(position.net, name).minor == column
        assert position.net.agreed.minor == sum(self.agreed(key, on) for key in KEYS)
        self.compare_gross(position.invoices, on)
        balance = sum(row.balance.minor for row in age(self.invoices, as_of=as_of).rows)
        gross = position.gross
        assert balance == gross.open.minor + gross.retained.minor - gross.unapplied.minor
        earned = contract_position(
            self.schedule, self.invoices, as_of=as_of, earned_by=EarnedBy.PROGRESS
        )
        assert attrs.evolve(earned.net, earned=position.net.earned) == position.net
        assert earned == slow_position(
            self.schedule, self.invoices, as_of=as_of, earned_by=EarnedBy.PROGRESS
        )
        self.compare_replay(as_of, position)
        self.compare_room(as_of)

    def compare_room(self, as_of: date) -> None:
        """What is left and taken of the contract is the sum of its milestones, one by one."""
        books = Books(self.invoices)
        rooms = [billing_room(self.schedule, key, books, as_of) for key in KEYS]
        assert contract_room(self.schedule, books, as_of) == (
            sum(room.not_yet_invoiced + room.awaiting_decision for room in rooms),
            sum(room.taken for room in rooms),
        )

    def compare_net(self, row: NetPosition, on: int) -> None:
        key = str(row.key)
        found = (
            row.agreed.minor,
            row.invoiced.minor,
            row.credited.minor,
            row.awaiting_decision.minor,
            row.not_yet_invoiced.minor,
            row.cancelled.minor,
        )
        ledger = (
            self.agreed(key, on),
            self.invoiced(key, on),
            self.credited(key, on),
            self.awaiting(key, on),
            self.not_yet(key, on),
            self.closed(key, on),
        )
        assert found == ledger
        terms = (row.billed.minor, *found[3:])
        assert sum(terms) == self.agreed(key, on)
        assert min(terms) >= 0
        notes = any(bill.effect for bill in self.rows(key))
        if not notes:
            assert 0 <= row.paid.minor <= row.invoiced.minor
        assert row.earned.minor <= row.agreed.minor - row.cancelled.minor
        assert row.unbilled - row.in_advance == row.earned - row.billed
        status = milestone_status(self.schedule, key, self.invoices, as_of=day(on))
        assert (status.billing.value == "needs decision") is (row.awaiting_decision.minor > 0)
        means = any(bill.settled for bill in self.rows(key))
        if self.exact and status.billing.value == "paid" and not (notes or means):
            assert row.paid == row.invoiced

    def compare_gross(self, rows: object, on: int) -> None:
        found = {
            row.number: (row.payable.minor, row.paid.minor, row.open.minor, row.unapplied.minor)
            for row in rows
        }
        ledger: dict[str, tuple[int, ...]] = {}
        for number, bill in self.bills.items():
            unapplied, paid = bill.left_over(on), bill.paid(on)
            if bill.issued <= on or unapplied:
                payable = bill.payable(on)
                still_open = bill.outstanding(on) - bill.retained(on)
                ledger[number] = (payable, paid, still_open, unapplied)
        assert found == ledger
        for row in rows:
            means = (row.discount, row.credited, row.withheld, row.written_off, row.retained)
            assert sum(means, row.paid + row.open) == row.payable
        for invoice in self.invoices:
            status = invoice_status(invoice, as_of=day(on))
            items = due_items(invoice, as_of=day(on))
            assert sum(item.open.minor for item in items) == status.open.minor
            assert status.open.minor == ledger.get(str(invoice.number), (0, 0, 0))[2]

    def compare_replay(self, as_of: date, position: object) -> None:
        """What is dated later changes no answer about the day."""
        then = [
            attrs.evolve(one, facts=[fact for fact in one.facts if fact.on <= as_of])
            for one in self.invoices
            if one.is_issued(as_of) or any(fact.on <= as_of for fact in one.facts)
        ]
        work = [entry for entry in self.schedule.facts if entry.fact.on <= as_of]
        orders = [each for each in self.schedule.change_orders if each.order.on <= as_of]
        schedule = attrs.evolve(self.schedule, facts=work, change_orders=orders)
        assert contract_position(schedule, then, as_of=as_of) == position


def largest_remainders(total: int, weights: list[int]) -> list[int]:
    """Divide by hand: whole parts, then one unit each to the largest fractions, in order."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts
