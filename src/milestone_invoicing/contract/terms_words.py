"""The words of payment terms in English, Dutch, French and German; it reads and prints nothing.

A phrase says one step of a due rule. In it ``{n}`` is a number, ``{a}`` and ``{b}`` are days of
the month as ordinals, ``{days}`` several of them, and ``[one|many]`` follows the number. The same
phrases are printed and read, so that what is printed can be read back. The shorthand beside them is
only read: regular expressions with the same places for numbers, in which case and accents do not
matter.
"""

from typing import Final, TypeAlias

import attrs

from milestone_invoicing.contract.discounts import DiscountTax
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
        one_by_one: for instalments that count from one another.
        alternative: between days of which one is meant.
        ordinals: the endings of some ordinals, and of all others under None.
        shares: the shares that are no plain percentage or amount.
        discount: a percentage ``{p}`` within ``{n}`` days.
        taxes: what a discount does to the tax, if it is not reduced only when taken.
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
    one_by_one: str
    alternative: str
    ordinals: dict[int | None, str]
    shares: Phrases
    discount: str
    taxes: dict[DiscountTax, str]
    multiples: str
    roundings: dict[Rounding, str]
    phrases: Phrases
    shorthand: Shorthand
    offers: tuple[str, ...]
    happenings: str
    events: tuple[str, ...]


_ENGLISH_ORDINALS: Final[dict[int | None, str]] = {
    None: "th",
    **{
        number: ending
        for last, ending in ((1, "st"), (2, "nd"), (3, "rd"))
        for number in range(last, 1000, 10)
        if number % 100 - last != 10  # noqa: PLR2004  # eleventh, twelfth and thirteenth
    },
}

_ENGLISH: Final = Language(
    due="Due",
    marks=(":", ";"),
    then="then",
    after="after",
    given="with",
    one_by_one="one after another",
    alternative="or",
    ordinals=_ENGLISH_ORDINALS,
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
        "days earlier": "{n} [day|days] earlier",
        "months": "in {n} [month|months]",
        "months later": "{n} [month|months] later",
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
        "next day": "on the next {days}",
        "next day after": "on the next {days} strictly after",
        "proximo": "on the {a} proximo with cutoff on the {b}",
        "proximo, month end": "on the {a} proximo with cutoff at the month end",
        "proximo, before month end": (
            "on the {a} proximo with cutoff {n} [day|days] before the month end"
        ),
        "following": "moved to the next business day if need be",
        "modified_following": "moved to a business day of that month, if need be a later one",
        "preceding": "moved to the business day before if need be",
        "modified_preceding": "moved to a business day of that month, if need be an earlier one",
        "unadjusted": "business day or not",
        "closed": "moved past closed periods if need be",
    },
    shorthand=(
        (r"(?:due )?(?:up)?on (?:receipt|order|invoice|issue)(?: of (?:the )?invoice)?", "receipt"),
        (r"(?:due )?(?:immediate(?:ly)?|now|at once|in cash|cash)", "receipt"),
        (r"(?:net ?|n/|net in ){n}(?: days?)?", "days"),
        (r"(?:within )?{n} days?(?: net)?", "days"),
        (
            r"(?:in |within )?{n} days? (?:after|from|of) (?:the )?(?:invoice|issue)(?: date)?",
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
        (r"(?:eom|end of (?:the )?month) after {n} days?", "days, month end"),
        (r"{n} days? (?:eom|end of (?:the )?month),? (?:on )?the {a}", "days, month end, day"),
        (r"{n} days? (?:on )?the next {days}", "days, next day"),
        (
            (
                r"(?:on )?(?:the )?{a} (?:of )?(?:the )?"
                r"(?:month following|(?:following|next) month)(?: (?:the )?invoice(?: date)?)?"
            ),
            "day of next month",
        ),
        (r"(?:prox(?:imo)?|mfi) {a}", "day of next month"),
        (r"{a} (?:prox(?:imo)?|mfi)", "day of next month"),
        (r"(?:the )?next {days}", "next day"),
        (r"prox(?:imo)? {a} cutoff {b}", "proximo"),
        (r"{a} prox(?:imo)? cutoff {b}", "proximo"),
        (r"prox(?:imo)? {a} cutoff (?:eom|month end)", "proximo, month end"),
        (r"prox(?:imo)? {a} cutoff -{n}", "proximo, before month end"),
    ),
    offers=(
        r"{p} (?:discount |off )?if paid (?:with)?in {n} days?",
        r"{p} (?:discount|off)(?: in| within)? {n} days?",
    ),
    happenings="delivery|completion|approval|acceptance",
    events=(r"(?:up)?on (?:the )?{event}", r"(?:{rule} )?after (?:the )?{event}"),
)

_DUTCH: Final = Language(
    due="Te betalen",
    marks=(":", ";"),
    then="dan",
    after="na",
    given="met",
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
        "days earlier": "{n} [dag|dagen] eerder",
        "months": "binnen {n} [maand|maanden]",
        "months later": "{n} [maand|maanden] later",
        "months earlier": "{n} [maand|maanden] eerder",
        "month end": "aan het einde van de maand",
        "next month end": "aan het einde van de volgende maand",
        "month end ahead": "aan het einde van de maand {n} [maand|maanden] verder",
        "month end before": "aan het einde van de maand {n} [maand|maanden] terug",
        "month end after": "aan het eerste maandeinde daarna",
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
        (r"direct|onmiddellijk|contant|per omgaande", "receipt"),
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

_FRENCH: Final = Language(
    due="À payer",
    marks=("\N{NO-BREAK SPACE}:", "\N{NO-BREAK SPACE};"),
    then="puis",
    after="après",
    given="avec",
    one_by_one="l'un après l'autre",
    alternative="ou",
    ordinals={1: "er", None: ""},
    shares={
        "rest": "le reste",
        "weight": "{n} [part|parts] du reste",
        "of rest": "{p} du reste",
        "of untaxed": "{p} du montant HT",
    },
    discount="{p} d'escompte sous {n} [jour|jours]",
    taxes={
        DiscountTax.NOT_REDUCED: "(TVA non réduite)",
        DiscountTax.ALWAYS_REDUCED: "(TVA toujours réduite)",
    },
    multiples="en multiples de {step}",
    roundings={
        Rounding.UP: "arrondis vers le haut",
        Rounding.DOWN: "arrondis vers le bas",
        Rounding.CEILING: "arrondis vers plus l'infini",
        Rounding.FLOOR: "arrondis vers moins l'infini",
        Rounding.HALF_DOWN: "les demis arrondis vers le bas",
        Rounding.HALF_EVEN: "les demis arrondis au pair",
    },
    phrases={
        "receipt": "à réception",
        "days": "sous {n} [jour|jours]",
        "days later": "{n} [jour|jours] plus tard",
        "days earlier": "{n} [jour|jours] plus tôt",
        "months": "sous {n} mois",
        "months later": "{n} mois plus tard",
        "months earlier": "{n} mois plus tôt",
        "month end": "à la fin du mois",
        "next month end": "à la fin du mois suivant",
        "month end ahead": "à la fin du mois {n} mois après",
        "month end before": "à la fin du mois {n} mois avant",
        "month end after": "à la première fin de mois strictement après",
        "day": "le {a} du mois",
        "day of next month": "le {a} du mois suivant",
        "day ahead": "le {a} du mois {n} mois après",
        "day before": "le {a} du mois {n} mois avant",
        "next day": "le prochain {days}",
        "next day after": "le prochain {days} strictement après",
        "proximo": "le {a} du mois suivant avec clôture le {b}",
        "proximo, month end": "le {a} du mois suivant avec clôture en fin de mois",
        "proximo, before month end": (
            "le {a} du mois suivant avec clôture {n} [jour|jours] avant la fin du mois"
        ),
        "following": "reporté si besoin au jour ouvré suivant",
        "modified_following": "reporté si besoin à un jour ouvré du mois, de préférence suivant",
        "preceding": "avancé si besoin au jour ouvré précédent",
        "modified_preceding": "avancé si besoin à un jour ouvré du mois, de préférence précédent",
        "unadjusted": "jour ouvré ou non",
        "closed": "reporté si besoin après les périodes de fermeture",
    },
    shorthand=(
        (r"(?:paiement )?à réception(?: de (?:la )?facture)?", "receipt"),
        (r"comptant|immédiat(?:ement)?|à la commande", "receipt"),
        (
            (
                r"(?:net )?(?:à |sous )?{n} jours?(?: nets?)?"
                r"(?: (?:date de facture|date d'émission|après la (?:date de )?facture))?"
            ),
            "days",
        ),
        (r"(?:à |sous )?{n} semaines?", "weeks"),
        (r"(?:à )?{n} mois", "months"),
        (r"fin (?:de|du) mois", "month end"),
        (r"fin (?:de|du) mois (?:suivant|prochain)", "next month end"),
        (r"(?:à |sous )?{n} jours?(?: nets?)? fin de mois", "days, month end"),
        (r"fin de mois ?(?:\+|plus|à)? ?{n}(?: jours?)?", "month end, days"),
        (r"{n} jours? après la fin du mois", "month end, days"),
        (r"(?:à |sous )?{n} jours?(?: nets?)? fin de mois le {a}", "days, month end, day"),
        (r"(?:à |sous )?{n} jours? le {days}", "days, next day"),
        (r"le {a} du mois prochain", "day of next month"),
    ),
    offers=(
        r"{p} (?:d')?escompte (?:(?:si|pour) paiement )?(?:sous |à |en |dans les )?{n} jours?",
        r"escompte (?:de )?{p} (?:(?:si|pour) paiement )?(?:sous |à |en |dans les )?{n} jours?",
    ),
    happenings="livraison|achèvement|validation|acceptation",
    events=(r"à (?:la |l'){event}", r"(?:{rule} )?après (?:la |l'){event}"),
)

_GERMAN: Final = Language(
    due="Zahlbar",
    marks=(":", ";"),
    then="dann",
    after="nach",
    given="mit",
    one_by_one="nacheinander",
    alternative="oder",
    ordinals={None: "."},
    shares={
        "rest": "der Rest",
        "weight": "{n} [Teil|Teile] des Rests",
        "of rest": "{p} des Rests",
        "of untaxed": "{p} des Nettobetrags",
    },
    discount="{p} Skonto innerhalb von {n} [Tag|Tagen]",
    taxes={
        DiscountTax.NOT_REDUCED: "(Steuer nicht gemindert)",
        DiscountTax.ALWAYS_REDUCED: "(Steuer immer gemindert)",
    },
    multiples="in Vielfachen von {step}",
    roundings={
        Rounding.UP: "aufgerundet",
        Rounding.DOWN: "abgerundet",
        Rounding.CEILING: "nach plus unendlich gerundet",
        Rounding.FLOOR: "nach minus unendlich gerundet",
        Rounding.HALF_DOWN: "Hälften abgerundet",
        Rounding.HALF_EVEN: "Hälften auf gerade gerundet",
    },
    phrases={
        "receipt": "bei Erhalt",
        "days": "in {n} [Tag|Tagen]",
        "days later": "{n} [Tag|Tage] später",
        "days earlier": "{n} [Tag|Tage] früher",
        "months": "in {n} [Monat|Monaten]",
        "months later": "{n} [Monat|Monate] später",
        "months earlier": "{n} [Monat|Monate] früher",
        "month end": "am Monatsende",
        "next month end": "am Ende des Folgemonats",
        "month end ahead": "am Ende des Monats {n} [Monat|Monate] danach",
        "month end before": "am Ende des Monats {n} [Monat|Monate] davor",
        "month end after": "am ersten Monatsende danach",
        "day": "am {a} des Monats",
        "day of next month": "am {a} des Folgemonats",
        "day ahead": "am {a} des Monats {n} [Monat|Monate] danach",
        "day before": "am {a} des Monats {n} [Monat|Monate] davor",
        "next day": "am nächsten {days}",
        "next day after": "am nächsten {days} danach",
        "proximo": "am {a} des Folgemonats mit Stichtag am {b}",
        "proximo, month end": "am {a} des Folgemonats mit Stichtag am Monatsende",
        "proximo, before month end": (
            "am {a} des Folgemonats mit Stichtag {n} [Tag|Tage] vor dem Monatsende"
        ),
        "following": "bei Bedarf am nächsten Werktag",
        "modified_following": "bei Bedarf an einem Werktag des Monats, lieber einem späteren",
        "preceding": "bei Bedarf am Werktag davor",
        "modified_preceding": "bei Bedarf an einem Werktag des Monats, lieber einem früheren",
        "unadjusted": "Werktag oder nicht",
        "closed": "bei Bedarf nach den Schließzeiten",
    },
    shorthand=(
        (r"sofort(?: fällig| netto)?|bar", "receipt"),
        (r"bei (?:rechnungserhalt|auftrag(?:serteilung)?|bestellung)", "receipt"),
        (r"nach erhalt(?: der rechnung)?", "receipt"),
        (
            (
                r"(?:netto |in |innerhalb (?:von )?|binnen )?{n} tage?n?"
                r"(?: (?:rein )?netto| (?:nach|ab) rechnungsdatum)?"
            ),
            "days",
        ),
        (r"netto {n}", "days"),
        (r"(?:in |binnen )?{n} wochen?", "weeks"),
        (r"{n} monat(?:en|e)?", "months"),
        (r"(?:zum |am )?(?:monatsende|ende des monats|ultimo)", "month end"),
        (r"(?:zum |am )?ende des (?:folgemonats|nächsten monats)", "next month end"),
        (r"{n} tage?(?: zum)? (?:monatsende|ende des monats|ultimo)", "days, month end"),
        (r"(?:monatsende|ultimo) ?(?:\+|plus) ?{n}(?: tage?)?", "month end, days"),
        (r"{n} tage? nach (?:dem )?monatsende", "month end, days"),
        (r"(?:zum |am )?{a} des (?:folgemonats|nächsten monats)", "day of next month"),
    ),
    offers=(
        r"{p} skonto (?:bei zahlung )?(?:innerhalb (?:von )?|binnen |in )?{n} tage?n?",
        r"(?:innerhalb (?:von )?|binnen |in )?{n} tage?n? (?:mit )?{p} skonto",
    ),
    happenings="lieferung|abnahme|fertigstellung|freigabe",
    events=(r"bei (?:der )?{event}", r"(?:{rule} )?nach (?:der )?{event}"),
)

LANGUAGES: Final = {"en": _ENGLISH, "nl": _DUTCH, "fr": _FRENCH, "de": _GERMAN}

# What people read in two ways, with what to write for each; the numbers stand in their order.
AMBIGUOUS: Final = (
    (
        r"(\d+) (?:days? )?(?:eom|end of (?:the )?month)",
        ("net {0} EOM", "{0} days then end of month"),
    ),
    (r"(\d+)/(\d+)", ("{0}/{1} net 30", "50% in {0} days, 50% in {1} days")),
    (
        r"(\d+)/(\d+)/(\d+)(?: (?:days|dagen|jours|tage))?",
        ("34% in {0} days, 33% in {1} days, 33% in {2} days",),
    ),
    (
        r"(?:on |op |le |am )?(?:the |de )?(\d+)(?:st|nd|rd|th|e|er|\.)?",
        ("net {0}", "next {0}th", "{0}th of the month following"),
    ),
)

# One of each kind, to name what is near a text that cannot be read.
EXAMPLES: Final = (
    "net 30",
    "on receipt",
    "2/10 net 30",
    "2/10, 1/20, net 30",
    "30 days",
    "2 weeks",
    "3 months",
    "end of month",
    "end of next month",
    "net 30 EOM",
    "EOM+15",
    "30 days then end of month",
    "20th of the month following",
    "next 5th or 20th",
    "prox 20 cutoff 15",
    "50% on order, 50% in 30 days",
    "30% on order, 70% on delivery",
    "50% on receipt, the rest in 30 days",
    "bij ontvangst",
    "14 dagen netto",
    "30 dagen einde maand",
    "einde maand + 30 dagen",
    "14 dagen netto, 2% korting binnen 8 dagen",
    "à réception",
    "30 jours net",
    "45 jours date de facture",
    "30 jours fin de mois",
    "30 jours fin de mois le 10",
    "fin de mois + 30 jours",
    "30 jours net, 2 % d'escompte sous 10 jours",
    "sofort",
    "30 Tage netto",
    "30 Tage netto, 2 % Skonto 10 Tage",
    "30 Tage zum Monatsende",
    "Monatsende + 30 Tage",
    "am 10. des Folgemonats",
)
