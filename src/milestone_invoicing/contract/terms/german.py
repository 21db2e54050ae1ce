"""The words of payment terms in German."""

from typing import Final

from milestone_invoicing.contract.terms.discounts import DiscountBase, DiscountTax
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.money import Rounding

GERMAN: Final = Language(
    due="Zahlbar",
    marks=(":", ";"),
    then="dann",
    after="nach",
    given="mit",
    together="und",
    one_by_one="nacheinander",
    alternative="oder",
    ordinals={None: "."},
    date="{nth} {month} {year}",
    months=(
        ("Januar", "Jan", "Jänner"),
        ("Februar", "Feb"),
        ("März", "Mrz"),
        ("April", "Apr"),
        ("Mai",),
        ("Juni", "Jun"),
        ("Juli", "Jul"),
        ("August", "Aug"),
        ("September", "Sept", "Sep"),
        ("Oktober", "Okt"),
        ("November", "Nov"),
        ("Dezember", "Dez"),
    ),
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
    bases={
        DiscountBase.PAYABLE: "(Einbehalt eingeschlossen)",
        DiscountBase.BILLED: "(auf den ganzen Rechnungsbetrag)",
        DiscountBase.NET_TO_PAY: "(ohne einbehaltene Steuer)",
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
        "days after": "{n} [Tag|Tage]",
        "days earlier": "{n} [Tag|Tage] früher",
        "months": "in {n} [Monat|Monaten]",
        "months later": "{n} [Monat|Monate] später",
        "months after": "{n} [Monat|Monate]",
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
        "date": "am {date}",
        "next day": "am nächsten {days}",
        "next day after": "am nächsten {days} danach",
        "proximo": "am {a} des Folgemonats mit Stichtag am {b}",
        "proximo, month end": "am {a} des Folgemonats mit Stichtag am Monatsende",
        "proximo, before month end": (
            "am {a} des Folgemonats mit Stichtag {n} [Tag|Tage] vor dem Monatsende"
        ),
        "following": "bei Bedarf am nächsten Geschäftstag",
        "modified_following": "bei Bedarf an einem Geschäftstag des Monats, lieber einem späteren",
        "preceding": "bei Bedarf am Geschäftstag davor",
        "modified_preceding": "bei Bedarf an einem Geschäftstag des Monats, lieber einem früheren",
        "unadjusted": "Geschäftstag oder nicht",
        "closed": "bei Bedarf nach den Schließzeiten",
    },
    shorthand=(
        (r"sofort(?: fällig| netto)?|bar|vorab", "receipt"),
        (r"bei (?:rechnungserhalt|auftrag(?:serteilung)?|bestellung)", "receipt"),
        (r"nach erhalt(?: der rechnung)?", "receipt"),
        (
            (
                r"(?:netto |in |innerhalb (?:von )?|binnen )?{n} tage?n?"
                r"(?: (?:rein )?netto| (?:nach|ab) rechnungsdatum"
                r"| nach (?:rechnungserhalt|erhalt der rechnung))?"
            ),
            "days",
        ),
        (r"netto {n}", "days"),
        (r"(?:rein )?netto {n} tage?", "days"),
        (r"(?:in |binnen )?{n} wochen?", "weeks"),
        (r"{n} monat(?:en|e)?", "months"),
        (r"(?:zum |am )?(?:monatsende|ende des monats|ultimo)", "month end"),
        (r"(?:zum |am )?ende des (?:folgemonats|nächsten monats)", "next month end"),
        (r"{n} tage?(?: netto)?(?: zum)? (?:monatsende|ende des monats|ultimo)", "days, month end"),
        (r"(?:monatsende|ultimo) ?(?:\+|plus) ?{n}(?: tage?)?", "month end, days"),
        (r"{n} tage? nach (?:dem )?monatsende", "month end, days"),
        (r"(?:zum |am |bis zum )?{a} des (?:folgemonats|nächsten monats)", "day of next month"),
        (r"(?:(?:fällig|spätestens) )?(?:am|zum|bis(?: zum| am)?) {date}", "date"),
    ),
    offers=(
        r"{p} skonto (?:bei zahlung )?(?:innerhalb (?:von )?|binnen |in )?{n} tage?n?",
        r"(?:innerhalb (?:von )?|binnen |in )?{n} tage?n? (?:mit )?{p} skonto",
    ),
    happenings="lieferung|abnahme|fertigstellung|freigabe",
    events=(r"bei (?:der )?{event}", r"(?:{rule} )?nach (?:der )?{event}"),
)
