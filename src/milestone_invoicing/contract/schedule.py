"""What was agreed in all: a total, its milestones, and the facts recorded about both."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_optional_date,
    require_type,
    tuple_of,
)
from milestone_invoicing.contract.agreement import (
    Agreement,
    Agreements,
    AppliedOrder,
    with_checked,
)
from milestone_invoicing.contract.amending import applied, concerned
from milestone_invoicing.contract.change_orders import AddMilestone, ChangeOrder, ChangeTotal
from milestone_invoicing.contract.deposits import Deposit
from milestone_invoicing.contract.events import (
    CONTRACT_FACTS,
    NO_EVENTS,
    ContractFact,
    EventOccurred,
    Occurred,
    events_among,
)
from milestone_invoicing.contract.milestones import DependencyPolicy, Milestone
from milestone_invoicing.contract.retainage import Retainage
from milestone_invoicing.contract.shares import resolve_shares
from milestone_invoicing.contract.terms import PaymentTerms
from milestone_invoicing.contract.work_facts import MaterialsStored, WorkFact
from milestone_invoicing.contract.work_records import NO_WORK, Replay, WorkRecord
from milestone_invoicing.contract.work_state import WorkHistory, WorkState
from milestone_invoicing.errors import DuplicateKeyError, ScheduleError
from milestone_invoicing.facts import standing
from milestone_invoicing.money import Money, Remainder
from milestone_invoicing.money.money import require_one_currency


def _milestones(values: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return tuple_of(values, Milestone, "milestones")


def _orders(values: Iterable[AppliedOrder]) -> tuple[AppliedOrder, ...]:
    return tuple_of(values, AppliedOrder, "change_orders")


def _records(values: Iterable[WorkRecord]) -> tuple[WorkRecord, ...]:
    return tuple_of(values, WorkRecord, "facts")


@attrs.frozen
class Schedule:
    """A contract's total, net of tax, and the milestones that share it out exactly.

    Args:
        total: what was agreed in all, net of tax, zero or more.
        milestones: in the order of the contract; their keys are unique.
        signed_on: the day of signing, for milestones that may be invoiced from then on.
        remainder: who gets the units that are left over when the total does not divide.
        terms: payment terms of its invoices, where a milestone has none of its own.
        retainage: what of its bills is paid only later, if anything.
        deposit: what is paid before the work, and how bills take it off.
        dependencies: whether a milestone waits for those it depends on before it is invoiced.
        change_orders: what was changed since, as ``apply`` keeps it.
        facts: what happened, as ``record`` and ``record_event`` keep it.

    *total* and *milestones* are as first agreed; ask ``agreed_on`` for those of a day.

    Raises:
        ScheduleError: no milestones, or a total below zero.
        SharesError: the shares leave some of the total over or ask for more; says how much.
        DuplicateKeyError: two milestones of one key.
        DependencyError: a milestone depends on an unknown key, or in a circle on itself; the
            circle is shown.
        UnknownMilestoneError: a fact for a key that is not there.
        ChangeOrderError: change orders of one number, or out of their order.
        ImpossibleFactError, NothingToReverseError: facts that cannot have happened.
        CurrencyMismatchError: a fixed share, or the cap of the retainage, in another currency;
            or stored materials.
        RemainderSignError: under BALANCE the last part would have the wrong sign.
        WrongTypeError, DateTypeError: a part of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(5000, "USD"),
        ...     [
        ...         Milestone("sign", "On signing", Percent(40)),
        ...         Milestone("test", "After user testing", Percent(30)),
        ...         Milestone("ship", "On delivery", Percent(30)),
        ...     ],
        ... )
        >>> [str(amount) for amount in schedule.amounts(as_of=date(2026, 5, 1))]
        ['USD 2000.00', 'USD 1500.00', 'USD 1500.00']

    Source: milestone billing plans and schedules of values; convention of this library.
    """

    total: Money
    milestones: tuple[Milestone, ...] = attrs.field(converter=_milestones)
    signed_on: date | None = attrs.field(default=None, kw_only=True)
    remainder: Remainder = attrs.field(default=Remainder.LARGEST, kw_only=True)
    terms: PaymentTerms | None = attrs.field(default=None, kw_only=True)
    retainage: Retainage | None = attrs.field(default=None, kw_only=True)
    deposit: Deposit | None = attrs.field(default=None, kw_only=True)
    dependencies: DependencyPolicy = attrs.field(default=DependencyPolicy.FLAG, kw_only=True)
    change_orders: tuple[AppliedOrder, ...] = attrs.field(
        default=(), converter=_orders, kw_only=True
    )
    facts: tuple[WorkRecord, ...] = attrs.field(default=(), converter=_records, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        require_type(self.total, Money, "the total")
        require_optional_date(self.signed_on, "signed_on")
        require_type(self.remainder, Remainder, "remainder")
        require_type(self.deposit, (Deposit, type(None)), "the deposit of the schedule")
        require_type(self.terms, (PaymentTerms, type(None)), "the terms of the schedule")
        require_type(self.retainage, (Retainage, type(None)), "the retainage of the schedule")
        if self.deposit is not None and isinstance(self.deposit.share, Money):
            require_one_currency(self.total, self.deposit.share)
        if self.retainage is not None and isinstance(self.retainage.cap, Money):
            require_one_currency(self.total, self.retainage.cap)
        require_type(self.dependencies, DependencyPolicy, "dependencies")
        if self.total.minor < 0:
            raise ScheduleError(
                "a contract's total is below zero", expected="zero or more", got=self.total
            )
        if not self.milestones:
            raise ScheduleError(
                "a schedule has no milestones",
                expected="at least one Milestone",
                got=self.milestones,
                hint="one bill for all is a single milestone with share=REST",
            )
        self._agreed  # noqa: B018  # resolving the shares checks them, keys and change orders
        self._require_fit(self.facts)
        self._work  # noqa: B018  # replaying the facts checks them
        self._occurred  # noqa: B018  # as of the facts about work

    def _require_fit(self, records: Iterable[WorkRecord]) -> None:
        """Refuse a key that was never agreed, and stored materials in another currency."""
        for record in records:
            if record.key is not None:
                self.milestone(record.key)
            if isinstance(record.fact, MaterialsStored):
                require_one_currency(self.total, record.fact.amount)

    # These three find by key, so that a fact or a change order is checked against what it is about
    # alone: ``record``, ``record_event`` and ``apply`` give them to the new value, one step on.

    @cached_property
    def _agreed(self) -> Agreements:
        """What was agreed from which day on."""
        shares = [milestone.share for milestone in self.milestones]
        amounts = resolve_shares(self.total, shares, self.remainder)
        awaited = [event for each in (self.retainage, self.terms) if each for event in each.events]
        agreed = Agreements.first(Agreement(self.milestones, amounts), awaited)
        for order in self.change_orders:
            keys = dict.fromkeys((*order.after.places, *agreed.last.places))
            agreed = agreed.after(order, keys)
        return agreed

    @cached_property
    def _work(self) -> dict[str, Replay]:
        """The facts of each milestone that has any."""
        found: dict[str, list[WorkFact]] = {}
        for record in self.facts:
            if record.key is not None and not isinstance(record.fact, EventOccurred):
                found.setdefault(record.key, []).append(record.fact)
        return {
            key: NO_WORK.record(self._agreed.definitions(key), facts)
            for key, facts in found.items()
        }

    @cached_property
    def _occurred(self) -> Occurred:
        """The facts of the contract itself."""
        facts = [
            record.fact
            for record in self.facts
            if record.key is None and isinstance(record.fact, CONTRACT_FACTS)
        ]
        return NO_EVENTS.record(facts, self._agreed.events)

    def _advanced(self, **parts: Any) -> Self:  # noqa: ANN401  # parts of any type
        """Return the schedule one step further, of which all parts are checked."""
        if type(self) is not Schedule:  # one of a user's own may have more checks
            fields = {name: part for name, part in parts.items() if not name.startswith("_")}
            return attrs.evolve(self, **fields)
        same = {"_agreed": self._agreed, "_work": self._work, "_occurred": self._occurred}
        return with_checked(self, **{**same, **parts})

    def __str__(self) -> str:
        """Return ``3 milestones over EUR 5000.00``, by the last change order."""
        last = self.agreed_on(date.max)
        number = len(last.milestones)
        return f"{number} milestone{'' if number == 1 else 's'} over {last.total}"

    @property
    def original(self) -> Self:
        """The schedule as first agreed, without change orders and without facts."""
        return attrs.evolve(self, change_orders=(), facts=())

    def agreed_on(self, as_of: date) -> Agreement:
        """Return what is agreed on a day: milestones and amounts by the change orders until then.

        The day of a change order is included.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        require_date(as_of, "as_of")
        return self._agreed.on(as_of)

    def apply(self, order: ChangeOrder, *, billed: Mapping[str, Money]) -> Self:
        """Return the schedule with a change order, and what it makes of the amounts.

        The amounts that follow are kept with the order: they never change again, whatever is
        billed later.

        Args:
            order: dated on the day of the last one, or later.
            billed: what is billed net of each milestone by then, nothing of those that are left
                out; ``billed_net`` works it out from the invoices.

        Raises:
            BelowInvoicedError: a milestone, or the total, would fall below what is billed; carries
                ``credit``, the amount to credit first.
            ChangeOrderError: a change that cannot be made, or the order has the number of another,
                or an earlier date.
            UnknownMilestoneError: no milestone has a key of the order or of *billed*.
            DuplicateKeyError: a milestone is added under a key that is or was there.
            DependencyError: a milestone that is added depends on one that is not there before it.
            ImpossibleFactError: a fact of that day or later does not go with a new trigger.
            RemainderSignError: under BALANCE a last part would have the wrong sign.
            CurrencyMismatchError: an amount in another currency.
            WrongTypeError: an argument of another type.

        Example:
            >>> schedule = Schedule(
            ...     Money.of(1000, "EUR"),
            ...     [Milestone("a", "Audit", Percent(40)), Milestone("b", "Build", Percent(60))],
            ... )
            >>> order = ChangeOrder(
            ...     "CO-1", [ChangeTotal(Money.of(1300, "EUR"))], on=date(2026, 6, 1), reason="more"
            ... )
            >>> changed = schedule.apply(order, billed={"a": Money.of(400, "EUR")})
            >>> [str(amount) for amount in changed.amounts(as_of=date(2026, 6, 1))]
            ['EUR 400.00', 'EUR 900.00']

        Source: change orders; convention of this library.
        """
        require_type(order, ChangeOrder, "the change order")
        require_type(billed, Mapping, "billed")
        before = self._agreed.last
        _require_new_keys(self._agreed.by_key, order)
        made = applied(before, order, billed, self.remainder, self._cancelled_for(order))
        keys = concerned(order, before, made.after)
        agreed = self._agreed.after(made, keys)
        again = {
            key: NO_WORK.record(agreed.definitions(key), self._work[key].facts)
            for key in keys
            if key in self._work and self._work[key].day >= order.on
        }
        orders = (*self.change_orders, made)
        return self._advanced(change_orders=orders, _agreed=agreed, _work=self._work | again)

    def _cancelled_for(self, order: ChangeOrder) -> frozenset[str]:
        """Return the keys of milestones that take no part in a new total, if the order has one."""
        if not any(isinstance(change, ChangeTotal) for change in order.changes):
            return frozenset()
        histories = {key: self._history(self.milestone(key), order.on) for key in self._work}
        return frozenset(k for k, each in histories.items() if each.state is WorkState.CANCELLED)

    def amounts(self, *, as_of: date) -> tuple[Money, ...]:
        """Return what each milestone is worth on a day, in their order; they sum to the total.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        return self.agreed_on(as_of).amounts

    def amount(self, key: str, *, as_of: date) -> Money:
        """Return what the milestone *key* is worth on a day; zero while it is not agreed.

        Raises:
            UnknownMilestoneError: no milestone has that key on any day.
            DateTypeError: *as_of* is not a plain date.
        """
        self.milestone(key)
        amount = self.agreed_on(as_of).by_key.get(key)
        return Money.zero(self.total.currency) if amount is None else amount

    def milestone(self, key: str, *, as_of: date | None = None) -> Milestone:
        """Return the milestone of that key, as it was agreed on a day; by default, last.

        Where it is not agreed on that day, because it is added later or was dropped, it is the
        nearest that was agreed.

        Raises:
            UnknownMilestoneError: no milestone has it on any day.
        """
        require_optional_date(as_of, "as_of")
        return self._agreed.milestone(key, date.max if as_of is None else as_of)

    def facts_of(self, key: str) -> tuple[WorkFact, ...]:
        """Return the facts of one milestone, in the order they were recorded.

        Raises:
            UnknownMilestoneError: no milestone has that key.
        """
        self.milestone(key)
        return self._work.get(key, NO_WORK).facts

    def _history(self, milestone: Milestone, as_of: date) -> WorkHistory:
        """Return what the facts of a milestone until a day, and silence, amount to."""
        return self._work.get(milestone.key, NO_WORK).history(milestone, as_of)

    @property
    def contract_facts(self) -> tuple[ContractFact, ...]:
        """The facts of the contract itself, in the order they were recorded."""
        return self._occurred.facts

    @property
    def events(self) -> tuple[str, ...]:
        """The events that the contract waits for, each once.

        They are those of its retainage, of its terms, and of milestones' own terms, as ever agreed.
        """
        return tuple(self._agreed.events)

    def happened(self, *, as_of: date) -> dict[str, date]:
        """Return the events of the contract that have come by a day, each with its own day.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        require_date(as_of, "as_of")
        return events_among(standing(self.contract_facts, as_of))

    def record(self, key: str, *facts: WorkFact) -> Self:
        """Return the schedule with *facts* recorded for the milestone *key*.

        Facts may be recorded late: they count from their own date on, that day included, and
        among facts of one day the one recorded first is the earlier one.

        Raises:
            UnknownMilestoneError: no milestone has that key.
            ImpossibleFactError: a fact cannot have happened; says what is missing.
            NothingToReverseError: a reversal finds no equal earlier fact.
            CurrencyMismatchError: stored materials are in another currency.
            WrongTypeError: a value is no fact about work.

        Example:
            >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
            >>> schedule.record("a", Delivered(on=date(2026, 5, 4))).facts[0].key
            'a'
        """
        self.milestone(key)
        added = tuple(WorkRecord(key, fact) for fact in facts)
        self._require_fit(added)
        replay = self._work.get(key, NO_WORK).record(self._agreed.definitions(key), facts)
        return self._advanced(facts=self.facts + added, _work=self._work | {key: replay})

    def record_event(self, *facts: ContractFact) -> Self:
        """Return the schedule with events of the contract recorded, or taken back by ``Reversed``.

        From its day on, that day included, an event holds for the retainage, for applications for
        payment, and for the terms of each bill that is drafted; ``record_events`` brings it to the
        bills that were there before.

        Raises:
            ImpossibleFactError: nothing in the contract waits for the event, or it came already.
            NothingToReverseError: a reversal finds no equal earlier event.
            WrongTypeError: a value is no event, nor a reversal.

        Example:
            >>> rule = Retainage([RetainageStep(5), RetainageStep("2.5", after="completion")])
            >>> schedule = Schedule(
            ...     Money.of(900, "EUR"), [Milestone("a", "Audit", REST)], retainage=rule
            ... ).record_event(EventOccurred("completion", on=date(2026, 5, 4)))
            >>> schedule.happened(as_of=date(2026, 5, 3)), schedule.happened(as_of=date(2026, 5, 4))
            ({}, {'completion': datetime.date(2026, 5, 4)})
        """
        added = tuple(WorkRecord(None, fact) for fact in facts)
        occurred = self._occurred.record(facts, self._agreed.events)
        return self._advanced(facts=self.facts + added, _occurred=occurred)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that were ever agreed, in the order in which they came."""
        return tuple(self._agreed.by_key)

    @property
    def agreements(self) -> tuple[tuple[date, Agreement], ...]:
        """What was agreed from which day on: first from the earliest date, then by each order."""
        return self._agreed.steps

    def waits_since(self, key: str, *, as_of: date) -> date:
        """Return since when the milestone *key* has been agreed with the trigger it has on a day.

        The earliest date, where no change order gave it one.

        Raises:
            UnknownMilestoneError: no milestone has that key on any day.
            DateTypeError: *as_of* is not a plain date.
        """
        self.milestone(key, as_of=as_of)
        return self._agreed.waits_since(key, as_of)


def _require_new_keys(known: Container[str], order: ChangeOrder) -> None:
    """Refuse a milestone under a key that was used before: bills and facts of old would be its."""
    for change in order.changes:
        if isinstance(change, AddMilestone) and change.milestone.key in known:
            raise DuplicateKeyError(
                "a milestone is added under a key of another",
                expected="a key that was never used in this contract",
                got=change.milestone.key,
            )
