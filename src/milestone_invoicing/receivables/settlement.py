"""What has come in for an invoice and what that leaves open, with the parts it was due in."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import (
    Applied,
    Credited,
    DueDateExtended,
    Invoice,
    Payment,
    PlanAgreed,
    Recovered,
    Refunded,
    Voided,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.claim import Claim, taken_last, to_certify
from milestone_invoicing.billing.history.filling import Filling, fill, lapsing, left_over
from milestone_invoicing.billing.history.invoice_facts import minor_sum
from milestone_invoicing.billing.history.planning import plan_in_force, under_plan
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.facts import Fact, of_kind, standing
from milestone_invoicing.money import Money

_OTHER_THAN_CASH: Final = (Refunded, Credited, Applied, Withheld, WrittenOff, Recovered)


@attrs.frozen
class Settlement:
    """Where the money of one invoice is, with tax; nothing is counted twice.

    payable = paid + discount + credited + withheld + written_off + retained + open, and
    received = paid + unapplied + refunded, as long as the payable is not negative. A negative
    payable, of a credit note say, is money the client is owed: received - payable = applied +
    refunded + unapplied - discount.

    Attributes:
        payable: what the invoice claims; zero for a draft and a void.
        received: all cash that came in, recoveries included.
        refunded: what of it went back.
        paid: what of the cash is applied to it.
        discount: what early discounts took off; of a credit note, below zero, what of them lapses.
        credited: what credit notes took off.
        withheld: what the client paid to the state for the seller.
        written_off: what is given up, less what was recovered.
        retained: what is held and not released, as far as it is outstanding.
        open: what may still be collected, never below zero.
        applied: of a credit note, what was set against invoices.
        unapplied: what is left over for the client, never below zero.
    """

    payable: Money
    received: Money
    refunded: Money
    paid: Money
    discount: Money
    credited: Money
    withheld: Money
    written_off: Money
    retained: Money
    open: Money
    applied: Money
    unapplied: Money

    @property
    def outstanding(self) -> Money:
        """What is open or retained."""
        return self.open + self.retained

    @property
    def balance(self) -> Money:
        """What is outstanding, less what is left over for the client."""
        return self.outstanding - self.unapplied


@attrs.frozen
class DueItem(Answer):
    """One instalment of an invoice as it stands on a day.

    amount = paid + discount + credited + withheld + written_off + retained + open

    Attributes:
        installment: its number, counting from 1: those of the terms in definition order, then
            what was released of retainage, then what is still held.
        agreed_on: the due date first agreed; None while it waits for its event or release.
        due_on: the due date as extended; None while it waits.
        amount: what it is in all.
        paid: what of it is paid.
        discount: what an early discount took off.
        credited: what credit notes took off.
        withheld: what the client paid to the state.
        written_off: what is given up.
        retained: what of it is held and not released.
        open: what of it is open.
        to_certify: what of ``open`` the client is still to pay to the state, and waits for its
            certificate alone; it has no due date. It is taken from what is due last, but where
            instalments have early discounts of their own, from each its part.
        extension: the extension that moved the date; None if none did.
        after: the event that it waits for, or waited for.
        held: whether it is retainage that is not released yet.
        plan: the payment plan of which it is an instalment; None for all others.
    """

    installment: int
    agreed_on: date | None
    due_on: date | None
    amount: Money
    paid: Money
    discount: Money
    credited: Money
    withheld: Money
    written_off: Money
    retained: Money
    open: Money
    extension: DueDateExtended | None = None
    after: str | None = None
    held: bool = False
    plan: PlanAgreed | None = None
    to_certify: Money = attrs.field(
        default=attrs.Factory(lambda item: Money.zero(item.amount.currency), takes_self=True)
    )

    @property
    def cash(self) -> Money:
        """What of ``open`` is to come as cash, and is late once its due date has passed."""
        return self.open - self.to_certify


def settle(invoice: Invoice, as_of: date) -> Settlement:
    """Return where the money of *invoice* is on a day; payments before the issue date count."""
    facts = standing(invoice.facts, as_of)
    claim = _claim(invoice, facts, as_of)
    plain = not any(isinstance(fact, _OTHER_THAN_CASH) for fact in facts)
    received = minor_sum(facts, Payment, Recovered)
    if claim is None or claim.payable.minor < 0 or (plain and not claim.order_matters):
        return _plainly_settled(invoice, facts, claim, received, as_of)
    filling = fill(claim, facts)
    return _boxed(
        invoice,
        payable=claim.payable.minor,
        received=received,
        refunded=minor_sum(facts, Refunded),
        paid=sum(filling.paid),
        discount=sum(filling.discounts),
        credited=sum(filling.credited),
        withheld=sum(filling.withheld),
        written_off=sum(filling.written_off),
        retained=filling.retained,
        open=filling.open,
        unapplied=filling.excess,
    )


def _plainly_settled(
    invoice: Invoice, facts: Sequence[Fact], claim: Claim | None, received: int, as_of: date
) -> Settlement:
    """Return the settlement where cash is all that counts, or nothing is claimed."""
    payable = 0 if claim is None else claim.payable.minor
    paid = min(received, max(payable, 0))
    back = minor_sum(facts, Refunded)
    over, lapsed = received - back - paid, 0
    if claim is not None and payable < 0:
        over, lapsed = left_over(claim, facts, as_of), lapsing(claim, facts)
    return _boxed(
        invoice,
        payable=payable,
        received=received,
        refunded=back,
        paid=paid,
        discount=-lapsed,
        open=max(payable, 0) - paid,
        applied=minor_sum(facts, Applied),
        unapplied=over,
    )


def _boxed(invoice: Invoice, **minors: int) -> Settlement:
    """Return the settlement of so many minor units, and nothing of what is not named."""
    currency = invoice.currency
    return Settlement(*(Money(minors.get(name, 0), currency) for name in _COLUMNS))


_COLUMNS: Final = tuple(field.name for field in attrs.fields(Settlement))


def _claim(invoice: Invoice, facts: Sequence[Fact], as_of: date) -> Claim | None:
    """Return what is claimed on a day, if anything is."""
    return invoice.claim if invoice.is_issued(as_of) and not of_kind(facts, Voided) else None


def cash_to_come(claim: Claim | None, facts: Sequence[Fact], minor: int) -> int:
    """Return what of so much that is open comes as cash, by *facts* that stand, in minor units.

    What the client will pay to the state for the seller does not. It is open until its certificate
    is recorded as ``Withheld``. What is credited takes its part of it along.
    """
    if claim is None:
        return minor
    settled = minor_sum(facts, Credited), minor_sum(facts, Withheld)
    left = to_certify(claim.withheld.minor, claim.payable.minor, *settled)
    return max(minor - left, 0)


def due_items(invoice: Invoice, *, as_of: date) -> tuple[DueItem, ...]:
    """Return the instalments of *invoice* on a day, in definition order, as extended and paid.

    The money of a day fills the instalments by due date as agreed, definition order on ties, those
    that wait for an event or for a release last; so neither an extension nor an event moves money
    already applied. Facts of one day count as recorded, whatever settles by them. An early
    discount is taken on the day on which the cash reaches the discounted amount, and is then what
    the client left off. An extension counts from its own day on, that day included, and so does an
    event. From the day of a payment plan on, each instalment is as large as what had settled it by
    then, and the plan's own stand behind them all; what moves since fills those by their due
    dates, together with what is released since. A draft, a void and a bill of a negative amount
    have no items; a bill of zero has one, on its issue date.

    What the client pays to the state for the seller is open until its certificate is recorded as
    ``Withheld``, but is no cash that may be late: it is ``to_certify``.

    Raises:
        WrongTypeError: not an Invoice.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1",
        ...     date(2026, 5, 1),
        ...     Party("acme", "Acme"),
        ...     [line],
        ...     terms=PaymentTerms.monthly(2, first_days=14),
        ... )
        >>> paid = invoice.record(Payment(Money.of(600, "EUR"), on=date(2026, 5, 9)))
        >>> [
        ...     (str(item.due_on), str(item.open))
        ...     for item in due_items(paid, as_of=date(2026, 5, 10))
        ... ]
        [('2026-05-15', 'EUR 0.00'), ('2026-06-15', 'EUR 400.00')]

    Source: convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_date(as_of, "as_of")
    return tuple(_items(invoice, as_of, planned=True))


def items_by_terms(invoice: Invoice, as_of: date) -> tuple[DueItem, ...]:
    """Return the instalments as if there were no plan: by those early discounts are offered."""
    return tuple(_items(invoice, as_of, planned=False))


def _items(invoice: Invoice, as_of: date, *, planned: bool) -> Iterator[DueItem]:
    facts = standing(invoice.facts, as_of)
    claim = _claim(invoice, facts, as_of)
    if claim is not None:
        yield from items_after(claim, facts, planned=planned)


def items_after(claim: Claim, facts: Sequence[Fact], *, planned: bool = True) -> Iterator[DueItem]:
    """Yield the instalments of a claim as *facts* leave them, which stand and are in order."""
    items = _filled(claim, facts, planned=planned)
    yield from _to_be_certified(claim, facts, tuple(items)) if claim.withheld else items


def _filled(claim: Claim, facts: Sequence[Fact], *, planned: bool) -> Iterator[DueItem]:
    if claim.payable.minor < 0:
        return
    filling = fill(claim, facts)
    extensions = of_kind(facts, DueDateExtended)
    found = plan_in_force(facts) if planned else None
    divided = filling
    if found:
        divided = under_plan(claim, filling, found[0], facts, len(found[1]))
    for number in range(1, len(filling.parts) + 1):
        yield _item(number, divided, _extension(claim, number, extensions, facts))
    if found:
        plan, before = found
        since = of_kind(facts[len(before) :], DueDateExtended)
        for number in range(len(filling.parts) + 1, len(divided.parts) + 1):
            extension = _extension_of_plan(divided.parts[number - 1], since)
            yield attrs.evolve(_item(number, divided, extension), plan=plan)


def _to_be_certified(
    claim: Claim, facts: Sequence[Fact], items: Sequence[DueItem]
) -> Iterator[DueItem]:
    """Yield the instalments with what of each waits for its certificate alone."""
    open_ = sum(item.open.minor for item in items)
    waiting = taken_last(
        open_ - cash_to_come(claim, facts, open_),
        [item.open.minor for item in items],
        _certified_apart(claim, items),
        [item.due_on for item in items],
    )
    for item, minor in zip(items, waiting, strict=True):
        yield attrs.evolve(item, to_certify=Money(minor, claim.currency))


def _certified_apart(claim: Claim, items: Sequence[DueItem]) -> list[int]:
    """Return what the client withholds of each instalment by itself.

    That is so where instalments have early discounts of their own, which cash for all but its own
    part takes; else cash fills them all.
    """
    parts = claim.withheld_by_terms if claim.discounts_apart else ()
    apart = [
        to_certify(part, item.amount.minor, item.credited.minor, item.withheld.minor)
        for part, item in zip(parts, items, strict=False)
    ]
    return apart + [0] * (len(items) - len(apart))


def _extension_of_plan(part: DueAmount, since: Sequence[DueDateExtended]) -> DueDateExtended | None:
    """Return the last extension since the plan that reaches one of its instalments."""
    reaching = [
        each
        for each in since
        if each.installment is None and part.due_on and each.until > part.due_on
    ]
    return reaching[-1] if reaching else None


def _extension(
    claim: Claim, number: int, extensions: Sequence[DueDateExtended], facts: Sequence[Fact]
) -> DueDateExtended | None:
    """Return the last extension that reaches an instalment, which has the word.

    It reaches what had an earlier due date on its own day; what waited for its event then had none.
    """
    reached = None
    for extension in extensions:
        due_on = claim.parts(facts, extension.on)[number - 1].due_on
        if extension.installment in {None, number} and due_on and extension.until > due_on:
            reached = extension
    return reached


def _item(number: int, filling: Filling, extension: DueDateExtended | None) -> DueItem:
    """Return one instalment as filled and extended."""
    place = number - 1
    part, left = filling.parts[place], filling.left[place]
    currency = part.amount.currency
    return DueItem(
        installment=number,
        agreed_on=part.due_on,
        due_on=extension.until if extension else part.due_on,
        amount=part.amount,
        paid=Money(filling.paid[place], currency),
        discount=Money(filling.discounts[place], currency),
        credited=Money(filling.credited[place], currency),
        withheld=Money(filling.withheld[place], currency),
        written_off=Money(filling.written_off[place], currency),
        retained=Money(left if part.held else 0, currency),
        open=Money(0 if part.held else left, currency),
        extension=extension,
        after=part.after,
        held=part.held,
    )
