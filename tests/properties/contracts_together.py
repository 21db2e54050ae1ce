"""Draws contracts with deposit, discount, withholding, rounding and retainage at once, and lives.

A life bills all of a contract, settles each bill as its printout asks, and gives back what is left.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    Adjustment,
    CreditEffect,
    Currency,
    DeductedAs,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Milestone,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Recoupment,
    Refunded,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageStep,
    Schedule,
    Sent,
    Tax,
    Withheld,
    WriteOffReason,
    WrittenOff,
    apply_credit,
    credit_note,
    deposits_left,
    discount_state,
    draft_deposit,
    draft_invoice,
    draft_release,
    invoice_status,
    issue,
    record,
    release_retainage,
    round_payable,
)
from milestone_invoicing.errors import (
    CreditError,
    NumberRangeError,
    OverbillingError,
    RetainageError,
)

EUR = Currency.of("EUR")
ACME = Party("acme", "Acme")
START = date(2026, 5, 4)
LATEST = START + timedelta(400)
WINDOWS = (5, 10)
CREDITED = ("all credited", "part credited")  # before it is settled
CREDITED_LATE = ("all credited late", "part credited late")
MEANS = ("at once", "in time", "late", "in parts", "written off", *CREDITED, *CREDITED_LATE)
CERTIFICATES = ("before", "after", "last")

_Part = TypeVar("_Part")


def eur(minor: int) -> Money:
    return Money(minor, EUR)


def day(number: int) -> date:
    return START + timedelta(number)


@attrs.frozen
class Agreement:
    """What is agreed, and how each document is settled.

    Attributes:
        worth: of each milestone, in minor units.
        taxes: of the milestones, in turn; the first is that of the deposit.
        deposit: or None.
        discounts: one level, two or none.
        withheld: the percentage of each net total that the client withholds, or None.
        step: of cash, in minor units, or None.
        retainage: or None.
        cumulative: whether bills show all work to date.
        halves: whether each milestone is billed in two parts.
        means: how each document is settled, in turn.
        certificates: when that of what is withheld comes, in turn.
    """

    worth: tuple[int, ...]
    taxes: tuple[Tax, ...]
    deposit: Deposit | None = None
    discounts: tuple[EarlyDiscount, ...] = ()
    withheld: Percent | None = None
    step: int | None = None
    retainage: Retainage | None = None
    cumulative: bool = False
    halves: bool = False
    means: tuple[str, ...] = ("at once",)
    certificates: tuple[str, ...] = ("last",)

    @property
    def schedule(self) -> Schedule:
        """The contract; all of its milestones are ready."""
        return Schedule(
            eur(sum(self.worth)),
            [
                Milestone(f"m{place}", f"Part {place}", eur(minor), trigger=ON_SIGNING)
                for place, minor in enumerate(self.worth)
            ],
            signed_on=START,
            deposit=self.deposit,
            retainage=self.retainage,
            terms=self.terms,
        )

    @property
    def terms(self) -> PaymentTerms:
        """Due in 30 days, with the discounts."""
        return PaymentTerms.net(30, discounts=self.discounts)

    def tax(self, place: int) -> Tax:
        """Return the tax of a milestone."""
        return self.taxes[place % len(self.taxes)]


_percents = st.integers(1, 600).map(lambda tenths: Percent(f"{tenths}e-1"))
_deposits = st.builds(
    Deposit,
    _percents,
    recoup=st.sampled_from(Recoupment),
    cap=st.none() | _percents,
    deducted_as=st.sampled_from(DeductedAs),
)
_retainages = st.builds(
    Retainage,
    st.sampled_from(
        [[RetainageStep(10)], [RetainageStep(20), RetainageStep(5, after=Percent(50))]]
    ),
    base=st.sampled_from(RetainageBase),
    mode=st.sampled_from(RetainageMode),
)
TAXES = (Tax.standard(19), Tax.standard(7), Tax.standard("2.5"), Tax.outside_scope())


@st.composite
def _discounts(draw: st.DrawFn) -> tuple[EarlyDiscount, ...]:
    tax = draw(st.sampled_from(DiscountTax))
    percents = draw(
        st.lists(st.integers(1, 9), min_size=draw(st.integers(0, 2)), max_size=2, unique=True)
    )
    days = WINDOWS[: len(percents)]
    return tuple(
        EarlyDiscount(*pair, tax) for pair in zip(sorted(percents)[::-1], days, strict=True)
    )


def _often(found: st.SearchStrategy[_Part]) -> st.SearchStrategy[_Part | None]:
    """Draw something two times out of three, so that often all parts come together."""
    return st.one_of(st.none(), found, found)


def agreements() -> st.SearchStrategy[Agreement]:
    """Return agreements of one to four milestones, with any of the parts or none."""

    def some(items: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(items), min_size=1, max_size=4).map(tuple)

    return st.builds(
        Agreement,
        st.lists(st.integers(1, 300) | st.integers(1_000, 10**6), min_size=1, max_size=4).map(
            tuple
        ),
        st.lists(st.sampled_from(TAXES), min_size=1, max_size=2, unique=True).map(tuple),
        deposit=_often(_deposits),
        discounts=_discounts(),
        withheld=_often(st.integers(1, 25).map(Percent)),
        step=_often(st.sampled_from([5, 100])),
        retainage=_often(_retainages),
        cumulative=st.booleans(),
        halves=st.booleans(),
        means=some(MEANS),
        certificates=some(CERTIFICATES),
    )


@attrs.define
class Life:
    """A contract and its documents so far, in the order of their days."""

    agreed: Agreement
    bills: tuple[Invoice, ...] = ()
    printed: tuple[Invoice, ...] = ()
    today: int = 0

    def live(self) -> "Life":
        """Bill and settle all of the contract, and return it; some certificates are to come."""
        schedule = self.agreed.schedule
        if schedule.deposit is not None:
            with suppress(OverbillingError):  # a deposit of nothing
                draft = draft_deposit(schedule, invoices=[], buyer=ACME, tax=self.agreed.tax(0))
                self._bill(draft, "D")
        for place, minor in enumerate(self.agreed.worth):
            portions = [minor // 2] if self.agreed.halves and minor > 1 else []
            for portion in [*portions, None]:
                self._work(place, portion)
        self._give_back_deposits()
        self._release()
        return self

    def certify(self) -> "Life":
        """Record each certificate that is still to come, and return the life."""
        for bill in self.bills:
            if not bill.kind.is_credit_note:
                self._certify_one(str(bill.number))
        return self

    def _work(self, place: int, portion: int | None) -> None:
        """Bill a part of a milestone, or what is left; once more, if that was credited for it."""
        for rebill in (False, True):
            draft = draft_invoice(
                self.agreed.schedule,
                f"m{place}",
                invoices=self.bills,
                as_of=day(self.today),
                buyer=ACME,
                tax=self.agreed.tax(place),
                cumulative=self.agreed.cumulative,
                portion=None if rebill or portion is None else eur(portion),
                rebill=rebill,
            )
            number = f"{place}-{portion or 'rest'}{'-again' if rebill else ''}"
            if not self._bill(draft, number, may_credit=not rebill):
                break

    def _bill(self, draft: Invoice, number: str, *, may_credit: bool = False) -> bool:
        """Issue and settle a draft; say whether it was credited, to be billed again."""
        place = len(self.printed)
        means = self.agreed.means[place % len(self.agreed.means)]
        certificate = self.agreed.certificates[place % len(self.agreed.certificates)]
        if self.agreed.withheld is not None:
            kept = Adjustment(self.agreed.withheld, reason="Income tax")
            draft = attrs.evolve(draft, withheld=[kept])
        if self.agreed.step is not None:
            with suppress(NumberRangeError):  # all of it is held
                draft = round_payable(draft, eur(self.agreed.step))
        bill = issue(draft, number=number, on=day(self.today)).record(Sent(on=day(self.today)))
        self.printed += (bill,)
        self.bills = (*self.bills, bill)
        credited = False
        whole = means.startswith("all")
        if may_credit and means in CREDITED:
            credited = self._credit(number, CreditEffect.REBILL, whole=whole)
        self._settle(number, means, certificate)
        if may_credit and means in CREDITED_LATE:
            credited = self._credit(number, CreditEffect.REBILL, whole=whole)
        self.today += 1
        return credited

    def one(self, number: str) -> Invoice:
        """Return the document of a number as it stands."""
        return next(bill for bill in self.bills if bill.number == number)

    def _record(self, number: str, *facts: Payment | Withheld | WrittenOff | Refunded) -> None:
        self.bills = record(self.bills, number, *facts)

    def _settle(self, number: str, means: str, certificate: str) -> None:
        """Settle a bill as its printout asks on the day that its means say."""
        if certificate == "before":
            self._certify_one(number)
        if means == "in time":
            self.today += WINDOWS[0]
        elif means in {"late", "written off"}:
            self.today += WINDOWS[1] + 1
        asked = discount_state(self.one(number), as_of=day(self.today)).settles.minor
        if means == "in parts" and asked > 1:
            self._record(number, Payment(eur(asked // 2), on=day(self.today)))
            asked = discount_state(self.one(number), as_of=day(self.today)).settles.minor
        if means == "written off" and asked > 1:
            little = WrittenOff(eur(1), WriteOffReason.SMALL_DIFFERENCE, on=day(self.today))
            self._record(number, little)
            asked -= 1
        if asked > 0:
            self._record(number, Payment(eur(asked), on=day(self.today)))
        if certificate == "after":
            self._certify_one(number)

    def _certify_one(self, number: str) -> None:
        """Record the certificate of all that a bill says is withheld and nothing covers yet."""
        bill = self.one(number)
        status = invoice_status(bill, as_of=day(self.today))
        left = min(bill.totals.withheld_minor - status.withheld.minor, status.open.minor)
        if left > 0:
            self._record(number, Withheld(eur(left), on=day(self.today)))

    def _credit(self, number: str, effect: CreditEffect, *, whole: bool) -> bool:
        """Credit all that is left of a bill, or a part; say whether any work is to be billed again.

        What the note does not settle of its bill goes back.
        """
        bill, on = self.one(number), day(self.today)
        part = None if whole else eur(bill.payable.minor // 3)
        if part is not None and not part:
            return False
        try:
            draft = credit_note(bill, effect=effect, as_of=on, invoices=self.bills, amount=part)
        except CreditError:
            return False
        name = f"CN-{number}"
        self.bills = (*self.bills, issue(draft, number=name, on=on))
        if draft.payable.minor < 0 and invoice_status(bill, as_of=on).open:
            with suppress(CreditError):  # a part too small to take any of what is to be certified
                self.bills = apply_credit(self.bills, name, number, on=on)
        back = invoice_status(self.one(name), as_of=on).unapplied
        if back:
            self._record(name, Refunded(back, on=on))
        return any(line.milestone and line.net for line in draft.lines)

    def _give_back_deposits(self) -> None:
        for state in deposits_left(self.bills, as_of=day(self.today)):
            if state.left:
                self._credit(state.number, CreditEffect.CANCEL, whole=True)

    def _release(self) -> None:
        """Release all that is retained, and settle it."""
        rule = self.agreed.retainage
        if rule is None:
            return
        try:
            if rule.mode is RetainageMode.UNBILLED:
                draft = draft_release(
                    self.agreed.schedule, invoices=self.bills, as_of=day(self.today), buyer=ACME
                )
                self._bill(draft, "R")
                return
            self.bills = release_retainage(
                self.bills, on=day(self.today), due_on=day(self.today + 30)
            )
        except RetainageError:  # nothing is retained
            return
        for bill in self.bills:
            if bill.held and not bill.kind.is_credit_note:
                self._settle(str(bill.number), "late", "last")


def amounts_of(
    bills: Iterable[Invoice], kind: type[Payment | Refunded | Withheld | WrittenOff]
) -> int:
    """Return the sum of all facts of a kind, in minor units."""
    facts = (fact for bill in bills for fact in bill.facts)
    return sum(fact.amount.minor for fact in facts if isinstance(fact, kind))
