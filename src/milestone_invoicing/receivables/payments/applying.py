"""How one payment is set against many invoices of a client, and what is left over of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_text, require_type
from milestone_invoicing.billing import Invoice, LateCharged, Payment
from milestone_invoicing.billing.account.books import Books, books_of
from milestone_invoicing.billing.account.position import InvoicePosition
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.errors import ArgumentsError, PaymentError, Words
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.receivables.late_charges.charges import LateCharge
from milestone_invoicing.receivables.payments.claims import charged_facts, claims_of
from milestone_invoicing.receivables.payments.debts import Debt, debt_of, require_one_client
from milestone_invoicing.receivables.payments.on_account import OnAccount
from milestone_invoicing.receivables.payments.spreading import (
    PaymentOrder,
    by_due_date,
    by_size,
    in_proportion,
)


@attrs.frozen
class AppliedPayment(Answer):
    """What became of one payment: its amount = facts + to_charges + left_over, to the minor unit.

    Attributes:
        payment: what came in, as if it were for one invoice; it is recorded on none.
        order: by which debts it went.
        facts: what is recorded, by the number of the invoice, in the order of the invoices.
        invoices: all invoices that were given, in their order, with the facts recorded.
        to_charges: what went to claims that no invoice bills, as they were named.
        charged: what is recorded of it, by the number of the invoice whose late payment it is for.
        left_over: what nothing took.
        reasons: why, for people.
    """

    payment: Payment
    order: PaymentOrder
    facts: tuple[tuple[str, Payment], ...]
    invoices: tuple[Invoice, ...]
    to_charges: tuple[tuple[str, Money], ...]
    charged: tuple[tuple[str, LateCharged], ...]
    left_over: Money
    reasons: tuple[Reason, ...]

    def on_account(self, party: str | None = None) -> OnAccount | None:
        """Return what is left over as money on account of a client; None if nothing is.

        Args:
            party: the key of the client; by default that of the invoices.

        Raises:
            ArgumentsError: no party is given, and there is no invoice to tell.
            BlankTextError: the party is blank.

        Example:
            >>> applied = apply_payment(Money.of(50, "EUR"), [], as_of=date(2026, 5, 9))
            >>> str(applied.on_account("acme").unapplied(as_of=date(2026, 5, 9)))
            'EUR 50.00'
        """
        if party is not None:
            require_text(party, "the party of money on account")
        if not self.left_over:
            return None
        keys = [party] if party is not None else [each.buyer.key for each in self.invoices[:1]]
        if not keys:
            raise ArgumentsError(
                "nothing says whose money it is", expected="the key of a client", got=party
            )
        return OnAccount(keys[0], self.left_over, self.payment.on, self.payment.reference or "")


def apply_payment(  # noqa: PLR0913  # one keyword per thing that a bank line says or leaves open
    amount: Money,
    invoices: Sequence[Invoice],
    *,
    as_of: date,
    order: PaymentOrder = PaymentOrder.OLDEST_DUE,
    instructed: Mapping[str, Money] | None = None,
    charges: Mapping[str, LateCharge | Money] | None = None,
    take_discounts: bool = True,
    method: str | None = None,
    reference: str | None = None,
    recorded_on: date | None = None,
) -> AppliedPayment:
    """Return what one payment settles of many invoices, and what is left over of it.

    No invoice gets more than is open on the day of the payment, nor more than what was recorded of
    later days leaves room for. Drafts, voids, credit notes and invoices issued after that day get
    nothing, and neither does what is held. The order decides how much an invoice gets; within an
    invoice its cash fills the instalments as ``due_items`` says. Nothing is left over while
    something is open, but where the client instructed less, or later records need the room.

    Args:
        amount: what came in, above zero.
        invoices: of one client, in the currency of *amount*; their order decides nothing.
        as_of: the value day of the payment, that day included; facts and issue dates after it are
            invisible, except that they leave less room.
        order: which debts are settled first.
        instructed: for AS_INSTRUCTED, how much each invoice gets, by its number.
        charges: for CHARGES_FIRST, what is claimed for late payment on no invoice: a
            ``LateCharge``, whose compensation and fee are costs, or an amount, which is costs. All
            costs come first, then all interest, each in the order given. What goes to a
            ``LateCharge``, or to a name that is an invoice's number, is recorded on that invoice as
            ``LateCharged``, so that its next late charge deducts it.
        take_discounts: whether an early discount that holds on the day is taken: then the invoice
            gets the cash that settles it, beside the tax that the client withholds, and the rest
            goes on. Cash that nothing else needs gives discounts back, and pays what was to be
            certified, by issue date, then by number: who pays all takes none. Otherwise all that
            is open is paid. What the client instructed is paid as it said.
        method: of each ``Payment``, in words.
        reference: of the bank line.
        recorded_on: the day on which it became known, if later.

    Rounding: none, but in PRO_RATA, where a unit goes to the largest fraction.

    Raises:
        PaymentError: the invoices are of several clients; or more is instructed than came in, or
            than an invoice has open.
        ArgumentsError: *instructed* or *charges* without their order, or the order AS_INSTRUCTED
            without *instructed*.
        UnknownInvoiceError: no invoice has an instructed number.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice or an amount is in another currency.
        NumberRangeError: an amount is not above zero.
        BlankTextError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> bills = [
        ...     Invoice(number, date(2026, month, 1), Party("acme", "Acme"), [line])
        ...     for number, month in (("1", 4), ("2", 5))
        ... ]
        >>> applied = apply_payment(Money.of(1200, "EUR"), bills, as_of=date(2026, 5, 9))
        >>> [(number, str(fact.amount)) for number, fact in applied.facts]
        [('1', 'EUR 1000.00'), ('2', 'EUR 200.00')]
        >>> [str(invoice_status(each, as_of=date(2026, 5, 9)).open) for each in applied.invoices]
        ['EUR 0.00', 'EUR 800.00']

    Source: costs, then interest, then the principal as in section 367 of the German civil code
    (BGB); the other orders are a convention of this library.
    """
    require_date(as_of, "as_of")
    whole = Payment(amount, method, reference, on=as_of, recorded_on=recorded_on)
    require_type(order, PaymentOrder, "the order of payment")
    require_type(take_discounts, bool, "take_discounts")
    known = books_of(invoices)
    require_one_client(known, amount)
    _check_arguments(order, instructed, charges)
    taken = take_discounts and order is not PaymentOrder.AS_INSTRUCTED
    found = (debt_of(each, as_of, take_discounts=taken) for each in known)
    debts = [debt for debt in found if debt is not None]
    to_charges: dict[str, int] = {}
    if order is PaymentOrder.AS_INSTRUCTED:
        given = _as_instructed(instructed or {}, amount, known, debts)
    else:
        given, to_charges = _spread(amount, debts, order, claims_of(charges or {}, amount))
        left = amount.minor - sum(given.values()) - sum(to_charges.values())
        if take_discounts and left:
            given = _given_back(given, left, known, as_of)
    charged = charged_facts(whole, known, charges or {}, to_charges)
    return _applied(whole, order, known, given, to_charges=to_charges, charged=charged)


def _check_arguments(order: PaymentOrder, instructed: object, charges: object) -> None:
    """Refuse instructions and claims that the order would pass over, and an order without them."""
    for given, name, needs, optional in (
        (instructed, "instructed", PaymentOrder.AS_INSTRUCTED, False),
        (charges, "charges", PaymentOrder.CHARGES_FIRST, True),
    ):
        require_type(given, (Mapping, type(None)), name)
        fits = given is None or order is needs
        if not fits or (given is None and order is needs and not optional):
            raise ArgumentsError(
                f"{name} and the order of payment do not go together",
                expected=f"{name}=... with order=PaymentOrder.{needs.name}",
                got=Words(f"{'none' if given is None else 'some'} with {order.name}"),
            )


def _as_instructed(
    instructed: Mapping[str, Money],
    amount: Money,
    known: Books,
    debts: Sequence[Debt],
) -> dict[str, int]:
    """Return what the client said, if there is so much, on its invoices and in all."""
    rooms = {debt.number: Money(debt.cash, amount.currency) for debt in debts}
    zero = Money.zero(amount.currency)
    for number, part in instructed.items():
        require_amount(part, f"what is instructed for {number!r}")
        known.numbered(number)
        if part > rooms.get(number, zero):
            raise PaymentError(
                f"more is instructed for {number!r} than it has open",
                expected=f"at most {rooms.get(number, zero)}",
                got=part,
            )
    total = Money.total(instructed.values(), currency=amount.currency)
    if total > amount:
        raise PaymentError(
            "more is instructed than came in", expected=f"at most {amount}", got=total
        )
    return {number: part.minor for number, part in instructed.items()}


def _spread(
    amount: Money, debts: Sequence[Debt], order: PaymentOrder, claims: Sequence[tuple[str, int]]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return what each debt gets by an order of ours, and what claims get before them."""
    if order is PaymentOrder.PRO_RATA:
        return in_proportion(amount.minor, debts, amount.currency), {}
    if order is PaymentOrder.LARGEST:
        return by_size(amount.minor, debts), {}
    if order is PaymentOrder.OLDEST_DUE:
        return by_due_date(amount.minor, debts), {}
    given = by_due_date(amount.minor, [debt for debt in debts if debt.is_charge])
    left = amount.minor - sum(given.values())
    to_charges: dict[str, int] = {}
    for name, part in waterfall(left, claims):
        to_charges[name] = to_charges.get(name, 0) + part
    left -= sum(to_charges.values())
    return given | by_due_date(left, [debt for debt in debts if not debt.is_charge]), to_charges


def _given_back(
    given: Mapping[str, int], left: int, known: Sequence[Invoice], day: date
) -> dict[str, int]:
    """Return what each debt gets when cash that is left over pays what discounts took off."""
    found = (debt_of(each, day, take_discounts=False) for each in known)
    debts = sorted(
        (debt for debt in found if debt is not None),
        key=lambda debt: (debt.issued_on, debt.number),
    )
    more = dict(given)
    limits = ((debt.number, debt.cash - more.get(debt.number, 0)) for debt in debts)
    for number, part in waterfall(left, limits):
        more[number] = more.get(number, 0) + part
    return more


def _applied(
    whole: Payment,
    order: PaymentOrder,
    known: Sequence[Invoice],
    given: Mapping[str, int],
    *,
    to_charges: Mapping[str, int],
    charged: Mapping[str, LateCharged],
) -> AppliedPayment:
    """Return the answer: what is recorded, in the order of the invoices."""
    currency = whole.amount.currency
    payments = {
        number: attrs.evolve(whole, amount=Money(minor, currency))
        for number, minor in given.items()
        if minor
    }
    paid = [(each, payments.get(each.number or "")) for each in known]
    named = tuple((name, Money(minor, currency)) for name, minor in to_charges.items())
    told: list[Invoice] = []
    for each, payment in paid:
        facts = [fact for fact in (payment, charged.get(each.number or "")) if fact is not None]
        told.append(each.record(*facts) if facts else each)
    used = sum(given.values()) + sum(to_charges.values())
    left_over = whole.amount - Money(used, currency)
    return AppliedPayment(
        payment=whole,
        order=order,
        facts=tuple((str(each.number), fact) for each, fact in paid if fact),
        invoices=tuple(told),
        to_charges=named,
        charged=tuple(charged.items()),
        left_over=left_over,
        reasons=tuple(_reasons(paid, told, named, left_over)),
    )


def _reasons(
    paid: Sequence[tuple[Invoice, Payment | None]],
    told: Sequence[Invoice],
    charged: Sequence[tuple[str, Money]],
    left_over: Money,
) -> Iterator[Reason]:
    """Yield what was open of each invoice that got something, and what is."""
    for (before, fact), after in zip(paid, told, strict=True):
        if fact is not None:
            was, now = (InvoicePosition(each, as_of=fact.on) for each in (before, after))
            taken = now.discount - was.discount
            off = f" and {taken} of discount" if taken else ""
            yield Reason(
                f"{before.number}: {fact.amount}{off} of {was.open} open, {now.open} left", (fact,)
            )
    for name, part in charged:
        yield Reason(f"{name}: {part} of charges")
    if left_over:
        yield Reason(f"{left_over} left over")
