"""How much of the work is retained, step by step; it knows no amounts, caps or invoices."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.errors import RetainageError, Words
from milestone_invoicing.money import Percent
from milestone_invoicing.money.percent import as_percent


@attrs.frozen
class RetainageStep:
    """So many percent retained, from a progress or from an event on.

    Args:
        percent: what is retained; a Percent, or its points as an exact number.
        after: the progress that has to be exceeded, as a Percent, or an event in words.

    Raises:
        RetainageError: the percentage is not from 0 % to 100 %, or the progress not from 0 % to
            below 100 %.
        BlankTextError: the event is blank.
        WrongTypeError: *after* is neither a Percent nor a text.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError, ZeroDivisorError:
            no exact and sensible percentage.

    Example:
        >>> str(RetainageStep(5, after=Percent(50))), str(RetainageStep(2, after="delivery"))
        ('5% after 50%', '2% after delivery')

    Source: convention of this library.
    """

    percent: Percent = attrs.field(converter=as_percent)
    after: Percent | str = attrs.field(default=Percent(0), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check both."""
        require_part(self.percent, "the retained percentage")
        if isinstance(self.after, str):
            require_text(self.after, "the event of a retainage step")
            return
        require_type(self.after, (Percent, str), "after")
        if not 0 <= self.after.fraction < 1:
            raise RetainageError(
                "a retainage step never begins",
                expected="after=Percent from 0% to below 100%, or an event in words",
                got=self.after,
            )

    def __str__(self) -> str:
        """Return ``5% after 50%``, or the percentage alone where it counts from the start."""
        return str(self.percent) + ("" if self.after == Percent(0) else f" after {self.after}")


def require_part(percent: Percent, name: str) -> None:
    """Refuse what is not from 0 % to 100 %."""
    if not 0 <= percent.fraction <= 1:
        raise RetainageError(f"{name} is out of range", expected="0% to 100%", got=percent)


def _starts(steps: Sequence[RetainageStep]) -> list[tuple[Fraction, RetainageStep]]:
    """Return the steps after a progress, and after which part of the whole each begins."""
    return [(step.after.fraction, step) for step in steps if isinstance(step.after, Percent)]


def reached(done: int, worth: int, steps: Sequence[RetainageStep]) -> RetainageStep:
    """Return the step that holds for what is done last; at the edge it is the earlier one."""
    begun = [step for after, step in _starts(steps)[1:] if done > after * worth]
    return begun[-1] if begun else steps[0]


def banded(done: int, worth: int, steps: Sequence[RetainageStep]) -> Fraction:
    """Return what is retained if each part of the work keeps the percentage of its own step."""
    starts = _starts(steps)
    whole = Fraction(done)
    ends = [*(after * worth for after, _ in starts[1:]), whole]
    retained = Fraction(0)
    for (after, step), end in zip(starts, ends, strict=True):
        retained += step.percent.fraction * max(min(whole, end) - after * worth, Fraction(0))
    return retained


def check_steps(steps: Sequence[RetainageStep]) -> None:
    """Refuse steps that do not say of all work how much is retained of it, or say it twice."""
    if not steps or steps[0].after != Percent(0):
        raise RetainageError(
            "the steps of a retainage do not start at once",
            expected="a first step that counts from the start",
            got=steps,
            hint="give RetainageStep(0) for work of which nothing is retained",
        )
    events = [step.after for step in steps if isinstance(step.after, str)]
    rising = [step.after for step in steps if isinstance(step.after, Percent)]
    in_order = all(before < after for before, after in pairwise(rising))
    if (
        not in_order
        or len(set(events)) < len(events)
        or [*rising, *events] != [step.after for step in steps]
    ):
        raise RetainageError(
            "the steps of a retainage are out of order",
            expected="rising progress, then different events",
            got=Words(", ".join(map(str, steps))),
        )
