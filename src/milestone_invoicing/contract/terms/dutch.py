"""The words of payment terms in Dutch."""

from typing import Final

from milestone_invoicing.contract.terms.discounts import DiscountBase, DiscountTax
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.money import Rounding

DUTCH: Final = Language(
    due="Te betalen",
    marks=(":", ";"),
    then="dan",
    after="na",
    given="met",
    together="en",
    one_by_one="na elkaar",
    alternative="of",
    ordinals={None: "e"},
    shares={
        "rest": "de rest",
        "weight": "{n} [deel|delen] van de rest",
        "of rest": "{p} van de rest",
        "of untaxed": "{p} van het nettobedrag",
    },
    discount="{p} korting binnen {n} [dag|dagen]",
    taxes={
        DiscountTax.NOT_REDUCED: "(btw niet verlaagd)",
        DiscountTax.ALWAYS_REDUCED: "(btw altijd verlaagd)",
    },
    bases={
        DiscountBase.PAYABLE: "(inhouding inbegrepen)",
        DiscountBase.BILLED: "(over het hele factuurbedrag)",
        DiscountBase.NET_TO_PAY: "(zonder ingehouden belasting)",
    },
    multiples="in veelvouden van {step}",
    roundings={
        Rounding.UP: "naar boven afgerond",
        Rounding.DOWN: "naar beneden afgerond",
        Rounding.CEILING: "naar plus oneindig afgerond",
        Rounding.FLOOR: "naar min oneindig afgerond",
        Rounding.HALF_DOWN: "met halven naar beneden afgerond",
        Rounding.HALF_EVEN: "met halven op even afgerond",
    },
    phrases={
        "receipt": "bij ontvangst",
        "days": "binnen {n} [dag|dagen]",
        "days later": "{n} [dag|dagen] later",
        "days after": "{n} [dag|dagen]",
        "days earlier": "{n} [dag|dagen] eerder",
        "months": "binnen {n} [maand|maanden]",
        "months later": "{n} [maand|maanden] later",
        "months after": "{n} [maand|maanden]",
        "months earlier": "{n} [maand|maanden] eerder",
        "month end": "aan het einde van de maand",
        "next month end": "aan het einde van de volgende maand",
        "month end ahead": "aan het einde van de maand {n} [maand|maanden] verder",
        "month end before": "aan het einde van de maand {n} [maand|maanden] terug",
        "month end after": "op het eerste maandeinde daarna",
        "day": "op de {a} van de maand",
        "day of next month": "op de {a} van de volgende maand",
        "day ahead": "op de {a} van de maand {n} [maand|maanden] verder",
        "day before": "op de {a} van de maand {n} [maand|maanden] terug",
        "next day": "op de eerstvolgende {days}",
        "next day after": "op de eerstvolgende {days} daarna",
        "proximo": "op de {a} van de volgende maand met afsluitdag op de {b}",
        "proximo, month end": "op de {a} van de volgende maand met afsluitdag op het maandeinde",
        "proximo, before month end": (
            "op de {a} van de volgende maand met afsluitdag {n} [dag|dagen] voor het maandeinde"
        ),
        "following": "zo nodig op de eerstvolgende werkdag",
        "modified_following": "zo nodig op een werkdag van die maand, liefst een latere",
        "preceding": "zo nodig op de werkdag ervoor",
        "modified_preceding": "zo nodig op een werkdag van die maand, liefst een eerdere",
        "unadjusted": "werkdag of niet",
        "closed": "zo nodig na de sluitingsperioden",
    },
    shorthand=(
        (
            r"(?:betaling )?bij (?:ontvangst|opdracht|bestelling)(?: van (?:de )?factuur)?",
            "receipt",
        ),
        (r"direct|onmiddellijk|contant|per omgaande|vooraf", "receipt"),
        (r"netto {n}", "days"),
        (r"(?:netto )?{n} dag(?:en)?(?: netto)?", "days"),
        (r"(?:binnen )?{n} dag(?:en)? (?:na )?(?:de )?factuurdatum", "days"),
        (r"(?:binnen )?{n} we(?:ek|ken)", "weeks"),
        (r"{n} maand(?:en)?", "months"),
        (r"einde? (?:van de )?maand", "month end"),
        (r"einde? (?:van de )?volgende maand", "next month end"),
        (r"{n} dag(?:en)?(?: netto)? einde? (?:van de )?maand", "days, month end"),
        (r"einde? (?:van de )?maand ?(?:\+|plus) ?{n}(?: dag(?:en)?)?", "month end, days"),
        (r"{n} dag(?:en)? na (?:het )?einde? (?:van de )?maand", "month end, days"),
        (r"(?:de )?{a} van de volgende maand", "day of next month"),
        (r"(?:de )?eerstvolgende {days}", "next day"),
    ),
    offers=(
        r"{p} (?:betalings)?korting (?:bij betaling )?(?:binnen )?{n} dag(?:en)?",
        r"(?:binnen )?{n} dag(?:en)? {p} (?:betalings)?korting",
    ),
    happenings="oplevering|levering|goedkeuring|acceptatie",
    events=(r"bij (?:de )?{event}", r"(?:{rule} )?na (?:de )?{event}"),
)
