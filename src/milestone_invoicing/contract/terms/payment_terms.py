"""When an invoice is to be paid and in which parts; it knows no invoice, only its payable."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import attrs

from milestone_invoicing._checks import (
    Parts,
    require_date,
    require_int,
    require_type,
    tuple_of,
)
from milestone_invoicing.contract.shares import REST
from milestone_invoicing.contract.terms.discounts import (
    Discountable,
    DiscountOffer,
    EarlyDiscount,
    discounts_in_order,
)
from milestone_invoicing.contract.terms.installments import (
    DueAmount,
    Installment,
    check_shares,
    due_amount,
    installment_amounts,
    withheld_of,
)
from milestone_invoicing.errors import (
    DiscountError,
    NumberRangeError,
    PaymentTermsError,
    StepError,
)
from milestone_invoicing.money import Money, Percent, Remainder, Rounding, TaxedAmount
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.timing import AddDays, AddMonths, DueRule, DueStep, EndOfMonth

_MOST_MONTHS: Final = 12 * 9999  # in the years that a date can hold


_ALL: Final = Percent(100)
_PARTS: Final = Parts(
    sequential=(bool, "sequential"),
    step=((Money, type(None)), "the step"),
    step_rounding=(Rounding, "step_rounding"),
    remainder=(Remainder, "remainder"),
    note=(str, "note"),
)


@lru_cache(maxsize=128)
def _in_days(days: int) -> Installment:
    """Return all of it so many days after the issue; many invoices have the same terms."""
    return Installment(_ALL, DueRule((AddDays(days),)))


def _installments(values: Iterable[Installment]) -> tuple[Installment, ...]:
    return tuple_of(values, Installment, "installments")


def _methods(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "methods")


@attrs.frozen
class PaymentTerms:
    """When an invoice is to be paid: one or more instalments. The default is on receipt.

    Args:
        installments: in the order the contract names them.
        discounts: for paying the whole early, each level for longer and for less.
        sequential: whether each instalment counts from the due date of the one before it, and not
            from the issue date.
        step: amounts that are not fixed are multiples of it, such as CHF 0.05 or whole tens; the
            last one takes what the others leave.
        step_rounding: which multiple.
        remainder: who gets the units left over; by default the last takes the balance, as
            ERP systems do.
        note: text for the invoice.
        methods: accepted ways of payment, in words.

    Raises:
        PaymentTermsError: no instalments, a percent of what is left after a weight, or a step
            under another remainder policy than BALANCE.
        SharesError: percents alone that are not 100 %, or percents above it.
        DiscountError: the discounts do not go together.
        StepError: the step is not above zero.
        WrongTypeError: a part is of another type.

    Example:
        >>> terms = PaymentTerms.net(30)
        >>> [str(part.due_on) for part in terms.due(Money.of(100, "EUR"), date(2026, 5, 1))]
        ['2026-05-31']

    Source: EN 16931 BT-9 (due date) and BT-20 (terms); instalments are a convention of this
    library.
    """

    installments: tuple[Installment, ...] = attrs.field(
        default=(Installment(_ALL),), converter=_installments
    )
    discounts: tuple[EarlyDiscount, ...] = attrs.field(default=(), converter=discounts_in_order)
    sequential: bool = attrs.field(default=False, kw_only=True)
    step: Money | None = attrs.field(default=None, kw_only=True)
    step_rounding: Rounding = attrs.field(default=Rounding.HALF_UP, kw_only=True)
    remainder: Remainder = attrs.field(default=Remainder.BALANCE, kw_only=True)
    note: str = attrs.field(default="", kw_only=True)
    methods: tuple[str, ...] = attrs.field(default=(), converter=_methods, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check what can be checked before a payable is known."""
        _PARTS.require(self)
        if not self.installments:
            raise PaymentTermsError(
                "payment terms have no instalments",
                expected="at least one Installment",
                got=self.installments,
                hint="payment on receipt is PaymentTerms.on_receipt()",
            )
        check_shares([part.share for part in self.installments])
        self._check_step()
        if self.discounts and any(part.discounts for part in self.installments):
            raise DiscountError(
                "the whole and an instalment both have a discount",
                expected="discounts of the terms, or of their instalments",
                got=self.discounts,
            )

    def _check_step(self) -> None:
        if self.step is None:
            return
        if self.step.minor <= 0:
            raise StepError("a step is not above zero", expected="above zero", got=self.step)
        if self.remainder is not Remainder.BALANCE:
            raise PaymentTermsError(
                "with a step the last instalment takes the balance",
                expected=str(Remainder.BALANCE),
                got=self.remainder,
            )

    @classmethod
    def net(cls, days: int, *, discounts: Iterable[EarlyDiscount] = ()) -> "PaymentTerms":
        """Return terms that are due so many days after the issue date.

        Raises:
            NumberTypeError, NumberRangeError: *days* is not an int of zero or more.
            DiscountError: the discounts do not go together.

        Example:
            >>> PaymentTerms.net(30).installments[0].due
            DueRule(steps=(AddDays(days=30),), may_precede=False)
        """
        require_int(days, "net days", at_least=0)
        return cls((_in_days(days),), discounts)

    @classmethod
    def by(cls, *steps: DueStep) -> "PaymentTerms":
        """Return terms that are due in one part where *steps* lead from the issue date.

        Raises:
            WrongTypeError: a step is none of the step types.

        Example:
            >>> terms = PaymentTerms.by(AddDays(30), DayOfMonth(10, months=1))
            >>> str(terms.due(Money.of(1, "EUR"), date(2026, 5, 1))[0].due_on)
            '2026-06-10'
        """
        return cls((Installment(_ALL, DueRule(steps)),))

    @classmethod
    def parse(cls, text: str) -> "PaymentTerms":
        """Return the terms that *text* says, in English, Dutch, French or German.

        It reads the shorthand of invoices and every sentence that ``display.describe`` prints
        without business days and closed periods. "net 30 EOM" counts from the month end, as
        English trade does, "30 jours fin de mois" and its Dutch and German kin go on to the month
        end after the days. "30 days end of month" is refused, since people read it in both ways.
        "2/10" is a discount before days, and an exact share before an event, before what is due at
        once and beside other shares: "1/3 on order, 2/3 on delivery".
        Case, accents and spaces do not matter, but currencies are three capitals, and events that
        are not a delivery or the like stand in quotation marks.

        Raises:
            TermsTextError: the text reads as no payment terms; ``nearest`` names some that do.
            AmbiguousTermsError: people read it in several ways; ``nearest`` says each of them.
            BlankTextError, WrongTypeError: no text.
            SharesError, PaymentTermsError, DiscountError, StepError, PrecisionError,
                NoMinorUnitError, NumberRangeError, NumberTooLargeError, ZeroDivisorError: what it
                says is impossible.

        Example:
            >>> PaymentTerms.parse("2/10 net 30") == PaymentTerms.net(
            ...     30, discounts=[EarlyDiscount(2, 10)]
            ... )
            True
            >>> days_first = PaymentTerms.end_of_month(first_days=30)
            >>> PaymentTerms.parse("30 jours fin de mois") == days_first
            True

        Source: usage of the trade; the readings are a convention of this library.
        """
        # Whoever builds terms does not pay for the words of four languages.
        from milestone_invoicing.contract.terms.reading import read_terms  # noqa: PLC0415  # see above

        read = read_terms(text)
        return cls(
            read.installments,
            read.discounts,
            sequential=read.sequential,
            step=read.step,
            step_rounding=read.step_rounding,
        )

    @classmethod
    def on_receipt(cls) -> "PaymentTerms":
        """Return terms that are due on the issue date itself.

        Example:
            >>> PaymentTerms.on_receipt() == PaymentTerms()
            True
        """
        return cls()

    @classmethod
    def end_of_month(
        cls, *, first_days: int = 0, months: int = 0, then_days: int = 0
    ) -> "PaymentTerms":
        """Return terms around a month end, in the order the parameters stand.

        "30 days end of month" is ``first_days=30`` where the days come first and the month is
        then filled up, and ``then_days=30`` where they count from the end of the month of issue.

        Args:
            first_days: days added before going to the month end.
            months: how many months ahead the month end lies.
            then_days: days added after it.

        Raises:
            NumberTypeError, NumberRangeError: a number is not an int of zero or more.

        Example:
            >>> amount, issued = Money.of(1, "EUR"), date(2026, 1, 31)
            >>> str(PaymentTerms.end_of_month(first_days=30).due(amount, issued)[0].due_on)
            '2026-03-31'
            >>> str(PaymentTerms.end_of_month(then_days=30).due(amount, issued)[0].due_on)
            '2026-03-02'
            >>> str(PaymentTerms.end_of_month(months=1).due(amount, issued)[0].due_on)
            '2026-02-28'
        """
        require_int(first_days, "first_days", at_least=0)
        require_int(months, "months", at_least=0)
        require_int(then_days, "then_days", at_least=0)
        before = (AddDays(first_days),) if first_days else ()
        after = (AddDays(then_days),) if then_days else ()
        return cls.by(*before, EndOfMonth(months), *after)

    @classmethod
    def monthly(cls, parts: int, *, first_days: int = 0) -> "PaymentTerms":
        """Return equal instalments a month apart.

        Each date counts from the issue date, so that a month end never drifts.

        Args:
            parts: how many, one or more.
            first_days: days from issue to the first; the others lie whole months after it.

        Raises:
            NumberTypeError, NumberRangeError: a number is not an int, or is too small.

        Example:
            >>> parts = PaymentTerms.monthly(3).due(Money.of(100, "EUR"), date(2026, 1, 31))
            >>> [(str(part.due_on), str(part.amount)) for part in parts]
            [('2026-01-31', 'EUR 33.33'), ('2026-02-28', 'EUR 33.33'), ('2026-03-31', 'EUR 33.34')]
        """
        require_int(parts, "parts", at_least=1)
        if parts > _MOST_MONTHS:
            raise NumberRangeError(
                "there are not so many months", expected=f"at most {_MOST_MONTHS}", got=parts
            )
        require_int(first_days, "first_days", at_least=0)
        rules = (DueRule((AddDays(first_days), AddMonths(month))) for month in range(parts))
        return cls(tuple(Installment(REST, rule) for rule in rules))

    @property
    def events(self) -> tuple[str, ...]:
        """The events that instalments wait for, each once, in definition order."""
        return tuple(dict.fromkeys(part.after for part in self.installments if part.after))

    @property
    def untdid_4279(self) -> str | None:
        """The code of these terms in UNTDID 4279: instalments 21, on receipt 10, or by its rule."""
        first, *others = self.installments
        if others:
            return "21"
        return None if first.after and not first.due.steps else first.due.untdid_4279

    def due(
        self,
        payable: Money,
        issued_on: date,
        *,
        untaxed: Money | None = None,
        events: Mapping[str, date] | None = None,
    ) -> tuple[DueAmount, ...]:
        """Return what is due when: one value per instalment, summing to *payable*.

        Order: as the instalments are defined. A zero payable has one zero part, on the issue
        date. A negative payable gives the mirror image.

        Args:
            payable: the amount to pay, with tax.
            issued_on: the day from which the rules count.
            untaxed: the amount without tax, where a share is a percent of it.
            events: the dates of events that have happened. An instalment counts from its event,
                and has no due date without it; what that makes due before the invoice is there
                is due on the issue date.

        Raises:
            SharesError: fixed instalments do not fit this payable.
            CurrencyMismatchError: a fixed instalment is in another currency.
            RemainderSignError: the last part would have the wrong sign.
            PaymentTermsError: the untaxed amount is needed, or no instalment waits for an event.
            DateRangeError, CalendarRangeError, DueBeforeStartError: as ``DueRule.due_on``.
        """
        require_type(payable, Money, "the payable")
        require_type(untaxed, (Money, type(None)), "the untaxed amount")
        self._check_currencies(payable, untaxed)
        days = [due_on for _, due_on in self._counted(issued_on, events)]
        if not payable.minor:
            return (due_amount(issued_on, payable, None, False),)  # noqa: FBT003  # all parts
        amounts = installment_amounts(
            payable,
            [part.share for part in self.installments],
            untaxed=untaxed,
            remainder=self.remainder,
            step=self.step,
            step_rounding=self.step_rounding,
        )
        return tuple(
            due_amount(day, amount, part.after, False)  # noqa: FBT003  # all parts in their order
            for day, amount, part in zip(days, amounts, self.installments, strict=True)
        )

    def explain(
        self, issued_on: date, *, events: Mapping[str, date] | None = None
    ) -> tuple[tuple[tuple[DueStep, date], ...], ...]:
        """Return for each instalment the steps taken and the dates they reached.

        The last date is the due date. Without steps the instalment waits for its event, or is due
        on the day from which it counts: the issue date, also where its event came too early.

        Raises:
            PaymentTermsError, DateRangeError, CalendarRangeError, DueBeforeStartError: as ``due``.

        Example:
            >>> terms = PaymentTerms.end_of_month(first_days=30)
            >>> [str(day) for _, day in terms.explain(date(2026, 1, 31))[0]]
            ['2026-03-02', '2026-03-31']
        """
        counted = self._counted(issued_on, events)
        return tuple(
            () if start is None else part.due.explain(start)
            for part, (start, _) in zip(self.installments, counted, strict=True)
        )

    def offers(
        self,
        payable: Money,
        issued_on: date,
        *,
        reducible: TaxedAmount,
        billed: TaxedAmount | None = None,
        held: Money | None = None,
        withheld: Money | None = None,
        untaxed: Money | None = None,
        events: Mapping[str, date] | None = None,
    ) -> tuple[DiscountOffer, ...]:
        """Return what paying early would take off, by level and instalment.

        Nothing is offered where it comes to nothing, or would leave nothing to pay.

        Args:
            payable: the amount to pay now, with tax.
            issued_on: the day from which the days count.
            reducible: the part of what is payable, now or later, that discounts reduce, by net and
                tax: what is deducted is no part of it. An instalment has its share of it, and so
                has what is held.
            billed: the same with what is deducted; by default nothing is.
            held: what is payable later, once it is released; by default nothing is.
            withheld: what of the amount the client pays to the state; by default nothing. It
                settles, but is no cash.
            untaxed: as for ``due``.
            events: as for ``due``; an instalment that waits has no offer yet. The days count from
                the event, or from the issue date if that is later.

        Raises:
            As ``due``.

        Example:
            >>> price = TaxedAmount(Money.of(100, "EUR"), Money.of(21, "EUR"))
            >>> terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
            >>> offers = terms.offers(price.gross, date(2026, 5, 1), reducible=price)
            >>> [(str(offer.until), str(offer.pays)) for offer in offers]
            [('2026-05-11', 'EUR 118.58')]

        Source: convention of this library.
        """
        require_type(reducible, TaxedAmount, "what discounts reduce")
        require_type(billed, (TaxedAmount, type(None)), "what is billed")
        require_type(held, (Money, type(None)), "what is held")
        require_type(withheld, (Money, type(None)), "what is withheld")
        parts = self.due(payable, issued_on, untaxed=untaxed, events=events)
        if not payable.minor:
            return ()
        zero = Money.zero(payable.currency)
        bill = Discountable(payable, reducible, billed or reducible, held or zero, withheld or zero)
        for amount in (reducible.net, bill.billed.net, bill.held, bill.withheld):
            require_one_currency(payable, amount)
        known = events or {}
        counted: list[tuple[EarlyDiscount, date, Money, Money, int | None]] = [
            (level, issued_on, payable, bill.withheld, None) for level in self.discounts
        ]
        columns = (self.installments, parts, withheld_of(parts, bill.withheld))
        for number, (terms, part, less) in enumerate(zip(*columns, strict=True), start=1):
            event = issued_on if terms.after is None else known.get(terms.after)
            if event is not None:
                start = max(event, issued_on)
                counted += [(level, start, part.amount, less, number) for level in terms.discounts]
        found = (bill.offer(*each) for each in counted)
        return tuple(offer for offer in found if offer is not None)

    def _counted(
        self, issued_on: date, events: Mapping[str, date] | None
    ) -> Iterator[tuple[date | None, date | None]]:
        """Yield the day each instalment counts from and the day it is due, if it has them."""
        require_date(issued_on, "the issue date")
        known = self._known_events(events)
        previous: date | None = issued_on
        for part in self.installments:
            start = previous if self.sequential else issued_on
            if part.after is not None:
                start = known.get(part.after)
            previous = None if start is None else part.due.due_on(start)
            early = part.after is not None and previous is not None and previous < issued_on
            if early and not part.due.may_precede:
                start, previous = None, issued_on
            yield start, previous

    def _known_events(self, events: Mapping[str, date] | None) -> Mapping[str, date]:
        if events is None:
            return {}
        require_type(events, (Mapping, type(None)), "events")
        for event, day in events.items():
            if event not in self.events:
                raise PaymentTermsError(
                    "no instalment waits for this event",
                    expected=" or ".join(map(repr, self.events)) or "no events",
                    got=event,
                )
            require_date(day, f"the date of {event!r}")
        return events

    def _check_currencies(self, payable: Money, untaxed: Money | None) -> None:
        amounts = [part.share for part in self.installments if isinstance(part.share, Money)]
        for amount in (*amounts, untaxed, self.step):
            if amount is not None and amount.currency is not payable.currency:
                require_one_currency(payable, amount)
