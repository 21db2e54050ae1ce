"""The words of payment terms in English."""

from typing import Final

from milestone_invoicing.contract.terms.discounts import DiscountBase, DiscountTax
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.money import Rounding

_ENGLISH_ORDINALS: Final[dict[int | None, str]] = {
    None: "th",
    **{
        number: ending
        for last, ending in ((1, "st"), (2, "nd"), (3, "rd"))
        for number in range(last, 1000, 10)
        if number % 100 - last != 10  # noqa: PLR2004  # eleventh, twelfth and thirteenth
    },
}

ENGLISH: Final = Language(
    due="Due",
    marks=(":", ";"),
    then="then",
    after="after",
    given="with a",
    together="and",
    one_by_one="one after another",
    alternative="or",
    ordinals=_ENGLISH_ORDINALS,
    date="{day} {month} {year}",
    months=(
        ("January", "Jan"),
        ("February", "Feb"),
        ("March", "Mar"),
        ("April", "Apr"),
        ("May",),
        ("June", "Jun"),
        ("July", "Jul"),
        ("August", "Aug"),
        ("September", "Sept", "Sep"),
        ("October", "Oct"),
        ("November", "Nov"),
        ("December", "Dec"),
    ),
    shares={
        "rest": "the rest",
        "weight": "{n} [part|parts] of the rest",
        "of rest": "{p} of the rest",
        "of untaxed": "{p} of the net amount",
    },
    discount="{p} discount within {n} [day|days]",
    taxes={
        DiscountTax.NOT_REDUCED: "(tax not reduced)",
        DiscountTax.ALWAYS_REDUCED: "(tax always reduced)",
    },
    bases={
        DiscountBase.PAYABLE: "(retainage included)",
        DiscountBase.BILLED: "(of all that is billed)",
        DiscountBase.NET_TO_PAY: "(less tax withheld)",
    },
    multiples="in multiples of {step}",
    roundings={
        Rounding.UP: "rounded up",
        Rounding.DOWN: "rounded down",
        Rounding.CEILING: "rounded to the ceiling",
        Rounding.FLOOR: "rounded to the floor",
        Rounding.HALF_DOWN: "with halves rounded down",
        Rounding.HALF_EVEN: "with halves rounded to even",
    },
    phrases={
        "receipt": "on receipt",
        "days": "in {n} [day|days]",
        "days later": "{n} [day|days] later",
        "days after": "{n} [day|days]",
        "days earlier": "{n} [day|days] earlier",
        "months": "in {n} [month|months]",
        "months later": "{n} [month|months] later",
        "months after": "{n} [month|months]",
        "months earlier": "{n} [month|months] earlier",
        "month end": "at the end of the month",
        "next month end": "at the end of the following month",
        "month end ahead": "at the end of the month {n} [month|months] ahead",
        "month end before": "at the end of the month {n} [month|months] before",
        "month end after": "at the first month end strictly after",
        "day": "on the {a} of the month",
        "day of next month": "on the {a} of the following month",
        "day ahead": "on the {a} of the month {n} [month|months] ahead",
        "day before": "on the {a} of the month {n} [month|months] before",
        "date": "on {date}",
        "next day": "on the next {days}",
        "next day after": "on the next {days} strictly after",
        "proximo": "on the {a} proximo with cutoff on the {b}",
        "proximo, month end": "on the {a} proximo with cutoff at the month end",
        "proximo, before month end": (
            "on the {a} proximo with cutoff {n} [day|days] before the month end"
        ),
        "following": "moved to the next business day if need be",
        "modified_following": "moved to a business day of that month, preferably a later one",
        "preceding": "moved to the business day before if need be",
        "modified_preceding": "moved to a business day of that month, preferably an earlier one",
        "unadjusted": "business day or not",
        "closed": "moved past closed periods if need be",
    },
    shorthand=(
        (r"(?:due )?(?:up)?on (?:receipt|order|invoice|issue)(?: of (?:the )?invoice)?", "receipt"),
        (r"(?:due )?(?:immediate(?:ly)?|now|at once|in cash|cash|up ?front)", "receipt"),
        (r"(?:up)?on signing", "receipt"),
        (r"(?:net(?: |-)?|n/|net in ){n}(?: days?)?", "days"),
        (r"(?:within )?{n} days?(?: net)?", "days"),
        (
            (
                r"(?:in |within |net )?{n} (?:days? )?(?:after|from|of) (?:the )?"
                r"(?:(?:receipt|date) of (?:the )?invoice|(?:invoice|issue)(?: date)?)"
            ),
            "days",
        ),
        (r"(?:in |within |net )?{n} weeks?", "weeks"),
        (r"(?:within |net )?{n} months?", "months"),
        (r"(?:at )?(?:the )?end of (?:the |this )?month|eom|(?:at )?month end", "month end"),
        (r"(?:at )?(?:the )?end of (?:the )?(?:next|following) month", "next month end"),
        (r"net monthly(?: account)?", "next month end"),
        (r"net {n} (?:days )?(?:eom|end of (?:the )?month)", "month end, days"),
        (r"(?:eom|end of (?:the )?month) ?(?:\+|plus) ?{n}(?: days?)?", "month end, days"),
        (
            r"{n} days? after (?:eom|(?:the )?(?:end of (?:the )?month|month end))",
            "month end, days",
        ),
        (
            r"(?:net )?{n} (?:days? )?from (?:eom|(?:the )?(?:end of (?:the )?month|month end))",
            "month end, days",
        ),
        (r"(?:eom|end of (?:the )?month) after {n} days?", "days, month end"),
        (r"{n} days? (?:eom|end of (?:the )?month) (?:on )?the {a}", "days, month end, day"),
        (r"{n} days? (?:on )?the next {days}", "days, next day"),
        (
            (
                r"(?:on |by )?(?:the )?{a} (?:of )?(?:the )?"
                r"(?:month following|(?:following|next) month)(?: (?:the )?invoice(?: date)?)?"
            ),
            "day of next month",
        ),
        (r"(?:prox(?:imo)?|mfi) {a}", "day of next month"),
        (r"(?:net )?{a} (?:prox(?:imo)?|mfi)", "day of next month"),
        (r"(?:the )?next {days}", "next day"),
        (r"prox(?:imo)? {a} cutoff {b}", "proximo"),
        (r"{a} prox(?:imo)? cutoff {b}", "proximo"),
        (r"prox(?:imo)? {a} cutoff (?:eom|month end)", "proximo, month end"),
        (r"prox(?:imo)? {a} cutoff -{n}", "proximo, before month end"),
        (r"(?:(?:on|by|(?:not|no) later than|on or before|at the latest on) )?{date}", "date"),
        (
            r"(?:(?:on|by|(?:not|no) later than|on or before|at the latest on) )?{us}",
            "date, month first",
        ),
    ),
    offers=(
        r"{p} (?:discount |off )?if paid (?:with)?in {n} days?",
        r"{p} (?:discount|off)(?: in| within)? {n} days?",
    ),
    happenings="delivery|completion|approval|acceptance",
    events=(r"(?:up)?on (?:the )?{event}", r"(?:{rule} )?after (?:the )?{event}"),
)
