"""The words of payment terms in French."""

from typing import Final

from milestone_invoicing.contract.terms.discounts import DiscountBase, DiscountTax
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.money import Rounding

FRENCH: Final = Language(
    due="À payer",
    marks=("\N{NO-BREAK SPACE}:", "\N{NO-BREAK SPACE};"),
    then="puis",
    after="après",
    given="avec",
    together="et",
    one_by_one="l'un après l'autre",
    alternative="ou",
    ordinals={1: "er", None: ""},
    date="{nth} {month} {year}",
    months=(
        ("janvier", "janv"),
        ("février", "févr", "fév"),
        ("mars",),
        ("avril", "avr"),
        ("mai",),
        ("juin",),
        ("juillet", "juil"),
        ("août",),
        ("septembre", "sept"),
        ("octobre", "oct"),
        ("novembre", "nov"),
        ("décembre", "déc"),
    ),
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
    bases={
        DiscountBase.PAYABLE: "(retenue de garantie comprise)",
        DiscountBase.BILLED: "(sur tout le montant facturé)",
        DiscountBase.NET_TO_PAY: "(hors impôt retenu)",
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
        "days after": "{n} [jour|jours]",
        "days earlier": "{n} [jour|jours] plus tôt",
        "months": "sous {n} mois",
        "months later": "{n} mois plus tard",
        "months after": "{n} mois",
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
        "date": "le {date}",
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
        (r"comptant|immédiat(?:ement)?|à la (?:commande|signature)", "receipt"),
        (
            (
                r"(?:net )?(?:à |sous )?{n} jours?(?: nets?)?"
                r"(?: (?:date de facture|date d'émission|après la (?:date de )?facture"
                r"|à réception de (?:la )?facture))?"
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
        (r"(?:(?:échéance|exigible|au plus tard) )?(?:le|au|pour le) {date}", "date"),
    ),
    offers=(
        r"{p} (?:d')?escompte (?:(?:si|pour) paiement )?(?:sous |à |en |dans les )?{n} jours?",
        r"escompte (?:de )?{p} (?:(?:si|pour) paiement )?(?:sous |à |en |dans les )?{n} jours?",
    ),
    happenings="livraison|achèvement|validation|acceptation",
    events=(r"à (?:la |l'){event}", r"(?:{rule} )?après (?:la |l')?{event}"),
)
