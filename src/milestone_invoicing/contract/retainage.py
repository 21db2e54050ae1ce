"""How much is retained of what is done, and what frees it; it knows no work, days or invoices."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import unique
from fractions import Fraction

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import (
    require_optional_date,
    require_type,
    tuple_of,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.contract.retainage_steps import (
    RetainageStep,
    banded,
    check_steps,
    reached,
    require_part,
)
from milestone_invoicing.errors import RetainageError, Words
from milestone_invoicing.money import Money, Percent, Rounding, round_ratio
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.percent import as_percent
from milestone_invoicing.timing import DueRule


@unique
class RetainageBase(Worded):
    """Whether percents are of the amount without tax (NET) or with it (GROSS)."""

    NET = "net"
    GROSS = "gross"


@unique
class RetainageMode(Worded):
    """How a bill shows what is retained.

    HELD: it is billed, with its tax, and falls due when it is released. UNBILLED: it is left off
    the bill until release, and the bill of the release carries its tax.
    """

    HELD = "held"
    UNBILLED = "unbilled"


@unique
class RetainageScope(Worded):
    """What progress, cap and completion are counted of: the whole contract, or each milestone."""

    CONTRACT = "contract"
    MILESTONE = "milestone"


@unique
class ReleaseOn(Worded):
    """What releases it: a fact that somebody records (FACT), or the end of the work (COMPLETION).

    The work has ended once each milestone is approved or cancelled.
    """

    FACT = "fact"
    COMPLETION = "completion"


def _steps(values: Iterable[RetainageStep]) -> tuple[RetainageStep, ...]:
    return tuple_of(values, RetainageStep, "the steps of a retainage")


@attrs.frozen
class Retained(Answer):
    """What is retained to date.

    Attributes:
        completed: of the work completed (line 5a of an application for payment).
        stored: of the materials stored (line 5b).

    Source: AIA G702, lines 5a and 5b.
    """

    completed: Money
    stored: Money

    @property
    def total(self) -> Money:
        """Both together (line 5)."""
        return self.completed + self.stored


@attrs.frozen
class Retainage:
    """The agreement to pay a part of what is done only later.

    Args:
        steps: the first counts from the start, those after a progress rise, and those after an
            event come last.
        base: whether percents are of amounts with or without tax.
        cap: no more than so much is retained, an amount or a percentage of what the work is worth.
        mode: how a bill shows it.
        gives_back: False: each part of the work keeps the percentage of its own step. True: a step
            holds for all that is done so far, so that a lower one gives some back.
        stored: a percentage of its own for stored materials; None: as for completed work.
        scope: what progress, cap and completion are counted of.
        release: what releases it; a DueRule is counted from the end of the work.

    From its event on a step after an event holds for all completed work, with *gives_back* or not.

    Raises:
        RetainageError: no steps, or steps that do not start at once or are out of order; a cap or
            percentage out of range; a cap in money for each milestone.
        WrongTypeError: a part is of another type.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError, ZeroDivisorError:
            *stored* is no exact and sensible percentage.

    Example:
        >>> str(Retainage([RetainageStep(10), RetainageStep(5, after=Percent(50))]))
        '10%, 5% after 50%'

    Source: article 5 of AIA A101 leaves the agreement to the parties; convention of this library.
    """

    steps: tuple[RetainageStep, ...] = attrs.field(converter=_steps)
    base: RetainageBase = attrs.field(default=RetainageBase.NET, kw_only=True)
    cap: Percent | Money | None = attrs.field(default=None, kw_only=True)
    mode: RetainageMode = attrs.field(default=RetainageMode.HELD, kw_only=True)
    gives_back: bool = attrs.field(default=False, kw_only=True)
    stored: Percent | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_percent), kw_only=True
    )
    scope: RetainageScope = attrs.field(default=RetainageScope.CONTRACT, kw_only=True)
    release: ReleaseOn | DueRule = attrs.field(default=ReleaseOn.FACT, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        require_type(self.base, RetainageBase, "the base of a retainage")
        require_type(self.cap, (Percent, Money, type(None)), "the cap of a retainage")
        require_type(self.mode, RetainageMode, "the mode of a retainage")
        require_type(self.gives_back, bool, "gives_back")
        require_type(self.scope, RetainageScope, "the scope of a retainage")
        require_type(self.release, (ReleaseOn, DueRule), "the release of a retainage")
        if self.stored is not None:
            require_part(self.stored, "the percentage of stored materials")
        _check_cap(self.cap, self.scope)
        check_steps(self.steps)

    @classmethod
    def flat(cls, percent: Percent | int | str | Decimal | Fraction) -> "Retainage":
        """Return one percentage of all work until it is released, with the other defaults.

        Raises: as ``RetainageStep``.

        Example:
            >>> Retainage.flat(10) == Retainage([RetainageStep(10)])
            True
        """
        return cls([RetainageStep(percent)])

    def __str__(self) -> str:
        """Return its steps: ``10%, 5% after 50%``."""
        return ", ".join(map(str, self.steps))

    @property
    def events(self) -> tuple[str, ...]:
        """The events that its last steps wait for, in their order."""
        return tuple(step.after for step in self.steps if isinstance(step.after, str))

    def on(
        self, completed: Money, stored: Money, *, of: Money, happened: Iterable[str] = ()
    ) -> Retained:
        """Return what is to be retained to date of work worth *of*.

        Progress is completed work and stored materials by *of*; a step begins once its progress is
        exceeded, so that reaching exactly 50 % still belongs to the step before. Without giving
        back, completed work fills the steps first and stored materials those after it.

        Both parts are rounded half up once, on the running total: what one bill retains is this
        figure less that of the bill before. At the cap, stored materials give way first. Amounts
        below zero give the mirror image.

        Args:
            completed: the work completed to date, on the base of the rule.
            stored: the materials presently stored.
            of: what the contract, or the milestone, is worth on the same base; its sign is not
                looked at.
            happened: those of its events that have come; the last of them in its order counts.

        Raises:
            RetainageError: amounts of different signs, work of something worth nothing, or an
                event that no step waits for.
            CurrencyMismatchError: an amount or the cap is in another currency.
            WrongTypeError: an argument of another type.

        Example:
            >>> rule = Retainage([RetainageStep(10), RetainageStep(5, after=Percent(50))])
            >>> worth, nothing = Money.of(1000, "EUR"), Money.zero("EUR")
            >>> [
            ...     str(rule.on(Money.of(done, "EUR"), nothing, of=worth).total)
            ...     for done in (500, 700, 1000)
            ... ]
            ['EUR 50.00', 'EUR 60.00', 'EUR 75.00']

        Source: AIA G702, lines 5a and 5b, and column G by C of G703 as the progress; the order
            within the steps is a convention of this library.
        """
        _check_work(completed, stored, of)
        step = self._since_event(tuple_of(happened, str, "happened"))
        sign = -1 if completed.minor + stored.minor < 0 else 1
        done, kept = self._exact(sign * completed.minor, sign * stored.minor, abs(of.minor), step)
        first, second = _half_up(done), _half_up(kept)
        most = self._most(of)
        if most is not None:
            first = min(first, most)
            second = min(second, most - first)
        return Retained(Money(sign * first, of.currency), Money(sign * second, of.currency))

    def released_on(self, completed_on: date | None) -> date | None:
        """Return the day on which it is released, the work having ended on *completed_on*.

        None where a fact releases it, or where the work has not ended.

        Raises:
            DateTypeError: not a plain date.
            DateRangeError, CalendarRangeError, DueBeforeStartError: as ``DueRule.due_on``.

        Example:
            >>> rule = Retainage([RetainageStep(10)], release=DueRule([AddDays(60)]))
            >>> rule.released_on(date(2026, 5, 4))
            datetime.date(2026, 7, 3)
        """
        require_optional_date(completed_on, "completed_on")
        if completed_on is None or self.release is ReleaseOn.FACT:
            return None
        if isinstance(self.release, DueRule):
            return self.release.due_on(completed_on)
        return completed_on

    def _since_event(self, happened: tuple[str, ...]) -> RetainageStep | None:
        """Return the last step whose event has come."""
        for event in happened:
            if event not in self.events:
                raise RetainageError(
                    "no step of the retainage waits for this event",
                    expected=" or ".join(self.events) or "no event",
                    got=event,
                )
        come = [step for step in self.steps if step.after in happened]
        return come[-1] if come else None

    def _exact(
        self, completed: int, stored: int, worth: int, step: RetainageStep | None
    ) -> tuple[Fraction, Fraction]:
        """Return what is retained of both, before any rounding."""
        all_done = completed + stored
        if step is None and not self.gives_back:
            first = banded(completed, worth, self.steps)
            second = banded(all_done, worth, self.steps) - first
        else:
            rate = (step or reached(all_done, worth, self.steps)).percent.fraction
            first, second = completed * rate, stored * rate
        return first, second if self.stored is None else stored * self.stored.fraction

    def _most(self, of: Money) -> int | None:
        """Return the cap in minor units, for work worth *of*."""
        if isinstance(self.cap, Money):
            require_one_currency(of, self.cap)
            return self.cap.minor
        return None if self.cap is None else _half_up(abs(of.minor) * self.cap.fraction)


def awaited_by(rule: Retainage, happened: Iterable[str]) -> tuple[str, ...]:
    """Return those events of a rule that are among what happened in its contract."""
    came = frozenset(happened)
    return tuple(event for event in rule.events if event in came)


def _half_up(exact: Fraction) -> int:
    return round_ratio(exact.numerator, exact.denominator, Rounding.HALF_UP)


def _check_work(completed: Money, stored: Money, of: Money) -> None:
    require_type(of, Money, "what the work is worth")
    require_one_currency(of, completed)
    require_one_currency(of, stored)
    if completed.minor * stored.minor < 0:
        raise RetainageError(
            "work and stored materials are of different signs",
            expected="both zero or more, or both zero or less",
            got=Words(f"{completed} and {stored}"),
        )
    if not of.minor and (completed.minor or stored.minor):
        raise RetainageError(
            "something is done of work that is worth nothing",
            expected="no work and no materials",
            got=completed + stored,
        )


def _check_cap(cap: Percent | Money | None, scope: RetainageScope) -> None:
    if isinstance(cap, Percent):
        require_part(cap, "the cap of a retainage")
    if isinstance(cap, Money) and cap.minor < 0:
        raise RetainageError(
            "the cap of a retainage is below zero", expected="zero or more", got=cap
        )
    if isinstance(cap, Money) and scope is RetainageScope.MILESTONE:
        raise RetainageError(
            "a cap in money cannot hold for each milestone", expected="a Percent of each", got=cap
        )
