"""What a language has to say about payment terms; the words themselves stand elsewhere.

A phrase says one step of a due rule. In it ``{n}`` is a number, ``{a}`` and ``{b}`` are days of
the month as ordinals, ``{days}`` several of them, ``{date}`` is a date, and ``[one|many]`` follows
the number. The same phrases are printed and read, so that what is printed can be read back. The
shorthand beside them is only read: regular expressions with the same places for numbers, in which
case and accents do not matter. In it ``{us}`` is a date with the month first.
"""

from typing import TypeAlias

import attrs

from milestone_invoicing.contract.terms.discounts import DiscountBase, DiscountTax
from milestone_invoicing.money import Rounding

Phrases: TypeAlias = dict[str, str]
Shorthand: TypeAlias = tuple[tuple[str, str], ...]


@attrs.frozen
class Language:
    """How one language says payment terms.

    Attributes:
        due: what a sentence begins with.
        marks: the colon and the semicolon, as the language sets them.
        then: between two steps.
        after: before the event that an instalment waits for.
        given: before the discount of an instalment.
        together: between two clauses.
        one_by_one: for instalments that count from one another.
        alternative: between days of which one is meant.
        ordinals: the endings of some ordinals, and of all others under None.
        date: a date, by its day as a number ``{day}`` or an ordinal ``{nth}``.
        months: the names of the months, each with what it is shortened to.
        shares: the shares that are no plain percentage or amount.
        discount: a percentage ``{p}`` within ``{n}`` days.
        taxes: what a discount does to the tax, if it is not reduced only when taken.
        bases: what a discount is a percentage of, if it is not what is payable now.
        multiples: amounts as multiples of ``{step}``.
        roundings: which multiple, if it is not the nearest.
        phrases: one for each kind of step.
        shorthand: what else people write, each with the kind of step that it means.
        offers: what else people write for a discount.
        happenings: events that need no quotation marks.
        events: how they are written, with the rule that counts from them under ``rule``.
    """

    due: str
    marks: tuple[str, str]
    then: str
    after: str
    given: str
    together: str
    one_by_one: str
    alternative: str
    ordinals: dict[int | None, str]
    date: str
    months: tuple[tuple[str, ...], ...]
    shares: Phrases
    discount: str
    taxes: dict[DiscountTax, str]
    bases: dict[DiscountBase, str]
    multiples: str
    roundings: dict[Rounding, str]
    phrases: Phrases
    shorthand: Shorthand
    offers: tuple[str, ...]
    happenings: str
    events: tuple[str, ...]
