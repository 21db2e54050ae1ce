"""An invoice on a day in amounts: what every report says of it."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property, partial

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.due_item import DueItem
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money


@attrs.frozen(repr=False)
class InvoicePosition:
    """Where an invoice stands on a day; all amounts with tax, and nothing is counted twice.

    payable = paid + discount + credited + withheld + written_off + retained + open, open = to_come
    + to_certify, and received = paid + unapplied + refunded, as long as the payable is not
    negative. A negative payable, of a credit note say, is money the client is owed: received -
    payable = applied + refunded + unapplied - discount.

    Each figure is worked out when it is first asked for. The last position of an invoice is kept
    beside it, so that many questions about one day cost one reading.

    Args:
        invoice: the invoice, with its facts.
        as_of: the day; facts and issue dates after it are invisible.

    Raises:
        WrongTypeError: not an Invoice.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... ).record(Payment(Money.of(400, "EUR"), on=date(2026, 5, 9)))
        >>> position = InvoicePosition(invoice, as_of=date(2026, 5, 10))
        >>> position
        InvoicePosition(number='1', as_of=2026-05-10, payable=EUR 1000.00, open=EUR 600.00)
        >>> str(position.paid), [str(item.due_on) for item in position.items]
        ('EUR 400.00', ['2026-05-31'])

    Source: convention of this library.
    """

    invoice: Invoice
    as_of: date = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.invoice, Invoice, "the invoice")
        require_date(self.as_of, "as_of")

    @property
    def reading(self) -> Reading:
        """The same in minor units."""
        return self.invoice.reading(self.as_of)

    def __repr__(self) -> str:
        """Return number and day, and what is claimed and open."""
        return (
            f"{type(self).__name__}(number={self.invoice.number!r}, as_of={self.as_of},"
            f" payable={self.payable}, open={self.open})"
        )

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that stand, by value date."""
        return self.reading.facts

    @property
    def payable(self) -> Money:
        """What the invoice claims: below zero for a credit note, zero for a draft and a void."""
        return self._money(self.reading.payable)

    @property
    def received(self) -> Money:
        """All cash that came in, recoveries included."""
        return self._money(self.reading.received)

    @property
    def refunded(self) -> Money:
        """What of it went back."""
        return self._money(self.reading.refunded)

    @property
    def paid(self) -> Money:
        """What of the cash is applied to it."""
        return self._money(self.reading.paid)

    @property
    def discount(self) -> Money:
        """What early discounts took off; of a credit note, below zero, what of them lapses."""
        return self._money(self.reading.discount)

    @property
    def credited(self) -> Money:
        """What credit notes took off."""
        return self._money(self.reading.credited)

    @property
    def withheld(self) -> Money:
        """What the client paid to the state for the seller."""
        return self._money(self.reading.withheld)

    @property
    def written_off(self) -> Money:
        """What is given up, less what was recovered."""
        return self._money(self.reading.written_off)

    @property
    def retained(self) -> Money:
        """What is held and not released, as far as it is outstanding."""
        return self._money(self.reading.retained)

    @property
    def open(self) -> Money:
        """What may be collected, never below zero."""
        return self._money(self.reading.open)

    @property
    def to_come(self) -> Money:
        """What of the open amount comes as cash."""
        return self._money(self.reading.to_come)

    @property
    def to_certify(self) -> Money:
        """What of the open amount the client pays to the state, and certifies."""
        return self._money(self.reading.to_certify)

    @property
    def disputed(self) -> Money:
        """What of the open amount is disputed."""
        return self._money(self.reading.disputed)

    @property
    def applied(self) -> Money:
        """Of a credit note, what was set against invoices."""
        return self._money(self.reading.applied)

    @property
    def unapplied(self) -> Money:
        """What is left over for the client, never below zero."""
        return self._money(self.reading.unapplied)

    @property
    def outstanding(self) -> Money:
        """What is open or retained."""
        return self._money(self.reading.outstanding)

    @property
    def balance(self) -> Money:
        """What is outstanding, less what is left over for the client."""
        return self._money(self.reading.balance)

    @cached_property
    def items(self) -> tuple[DueItem, ...]:
        """The instalments, as ``due_items`` gives them."""
        return tuple(items_of(self.reading))

    def _money(self, minor: int) -> Money:
        return Money(minor, self.invoice.currency)


def items_of(reading: Reading) -> Iterator[DueItem]:
    """Yield the instalments in amounts, by their numbers."""
    divided, box = reading.divided, partial(Money, currency=reading.currency)
    by_terms = len(reading.filling.parts)
    plan = reading.plan[0] if reading.plan else None
    for place, part in enumerate(divided.parts):
        yield DueItem(
            installment=place + 1,
            agreed_on=part.due_on,
            due_on=reading.due_days[place],
            amount=part.amount,
            paid=box(divided.paid[place]),
            discount=box(divided.discounts[place]),
            credited=box(divided.credited[place]),
            withheld=box(divided.withheld[place]),
            written_off=box(divided.written_off[place]),
            retained=box(reading.retained_by_item[place]),
            open=box(reading.open_by_item[place]),
            extension=reading.extensions[place],
            after=part.after,
            held=part.held,
            plan=plan if place >= by_terms else None,
            to_certify=box(reading.certify_by_item[place]),
        )


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
    return InvoicePosition(invoice, as_of=as_of).items
