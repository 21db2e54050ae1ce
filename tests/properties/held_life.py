"""The same lives under contracts that take a deposit and retain a part of what they bill."""

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from milestone_invoicing import (
    AcceptedAfter,
    DeductedAs,
    DependencyPolicy,
    Deposit,
    Invoice,
    Money,
    Percent,
    Recoupment,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageReleased,
    RetainageScope,
    RetainageStep,
    contract_position,
    deposits_left,
    draft_deposit,
    draft_release,
    issue,
    release_retainage,
    retainage_state,
)
from milestone_invoicing.errors import ImpossibleFactError, OverbillingError, RetainageError
from tests.properties.contract_life import BUYER, HORIZON, LAST, Bill, ContractLife, each_day
from tests.properties.receivable_items import day

STEPS = ([RetainageStep(10)], [RetainageStep(20), RetainageStep(5, after=Percent(50))])
some_retainage = st.none() | st.builds(
    Retainage,
    st.sampled_from(STEPS),
    base=st.sampled_from(RetainageBase),
    mode=st.sampled_from(RetainageMode),
    scope=st.sampled_from(RetainageScope),
    gives_back=st.booleans(),
)
some_deposit = st.none() | st.builds(
    Deposit,
    st.sampled_from([Percent(10), Percent("100/3")]),
    recoup=st.sampled_from(Recoupment),
    cap=st.none() | st.just(Percent(50)),
    deducted_as=st.sampled_from(DeductedAs),
)


class HeldLife(ContractLife):
    """One contract with a deposit, with retainage, or with both."""

    @property
    def exact(self) -> bool:
        """What is left off is paid on a bill of its own."""
        rule = self.schedule.retainage
        return rule is None or rule.mode is RetainageMode.HELD

    @initialize(
        total=st.integers(1, 10**7),
        shares=st.tuples(st.integers(1, 60), st.integers(0, 39)),
        parts=st.integers(1, 3),
        taxed=st.booleans(),
        delivered=st.none() | st.integers(0, 10),
        deposit=some_deposit,
        retainage=some_retainage,
    )
    def sign(
        self,
        total: int,
        shares: tuple[int, int],
        parts: int,
        *,
        taxed: bool,
        delivered: int | None,
        deposit: Deposit | None,
        retainage: Retainage | None,
    ) -> None:
        super().sign(
            total,
            shares,
            parts,
            taxed=taxed,
            delivered=delivered,
            silence=AcceptedAfter(5),
            dependencies=DependencyPolicy.FLAG,
        )
        self.schedule = attrs.evolve(self.schedule, deposit=deposit, retainage=retainage)

    def credited_as(
        self, left: list[int], amount: Money | None, draft: Invoice, key: str
    ) -> tuple[int, int]:
        """Believe the note: what is held, deducted or left off goes with it."""
        return -draft.net_of(key).minor, -draft.payable.minor

    def add(self, draft: Invoice, on: int) -> None:
        """Issue what bills no milestone."""
        self.issued += 1
        self.invoices = (*self.invoices, issue(draft, number=str(self.issued), on=day(on)))
        self.bills[str(self.issued)] = Bill("", 0, draft.payable.minor, on, again=False)

    @precondition(lambda self: self.schedule.deposit is not None)
    @rule(on=each_day, paid=st.booleans())
    def take_a_deposit(self, on: int, *, paid: bool) -> None:
        try:
            draft = draft_deposit(self.schedule, invoices=self.invoices, buyer=BUYER, tax=self.tax)
        except OverbillingError:
            return
        self.add(draft, on)
        if paid and draft.payable:
            self.pay_one(str(self.issued), draft.payable.minor, on, None)

    @precondition(lambda self: self.schedule.retainage is not None)
    @rule(on=each_day, part=st.none() | st.integers(1, 3))
    def release(self, on: int, part: int | None) -> None:
        """Release what is held, or bill what was left off, whole or in part."""
        amount = None
        if part is not None:
            held = retainage_state(self.schedule, self.invoices, as_of=day(HORIZON)).held
            amount = Money(held.minor // part, held.currency)
        try:
            if self.schedule.retainage.mode is RetainageMode.HELD:
                self.invoices = release_retainage(
                    self.invoices, on=day(on), due_on=day(on + 5), amount=amount
                )
            else:
                draft = draft_release(
                    self.schedule,
                    invoices=self.invoices,
                    as_of=day(on),
                    buyer=BUYER,
                    tax=self.tax,
                    amount=amount,
                )
                self.add(draft, on)
        except (RetainageError, ImpossibleFactError):
            return
        for invoice in self.invoices:
            if not invoice.is_draft:
                self.bills[str(invoice.number)].releases = [
                    (fact.amount.minor, (fact.on - day(0)).days)
                    for fact in invoice.facts
                    if isinstance(fact, RetainageReleased)
                ]

    @rule(on=st.integers(0, LAST))
    def ask_what_is_held_and_left(self, on: int) -> None:
        if self.schedule.retainage is not None:
            state = retainage_state(self.schedule, self.invoices, as_of=day(on))
            assert state.retained == state.released + state.held
            assert state.to_release.minor >= 0
        for deposit in deposits_left(self.invoices, as_of=day(on)):
            assert deposit.left <= deposit.received
            assert deposit.received == deposit.deducted + deposit.owed + deposit.left
            assert sum(group.gross.minor for group in deposit.groups) == deposit.left.minor
        position = contract_position(self.schedule, self.invoices, as_of=day(on))
        for row in position.milestones:
            assert row.unassigned.minor == 0
