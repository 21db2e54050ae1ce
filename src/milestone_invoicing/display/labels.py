"""What states are called in English, Dutch and French; it knows no numbers and no tables."""

from typing import Final, TypeAlias

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract import AnyTrigger, AtProgress, OnDate, Trigger, WorkState
from milestone_invoicing.display.formats import format_date, format_percent, known_locale
from milestone_invoicing.errors import WrongTypeError
from milestone_invoicing.receivables import (
    BillingState,
    DocumentState,
    Flag,
    MilestoneLabel,
    SettlementState,
    StatusLabel,
    Timeliness,
)

Labelled: TypeAlias = (
    BillingState
    | DocumentState
    | Flag
    | MilestoneLabel
    | SettlementState
    | StatusLabel
    | Timeliness
    | Trigger
    | WorkState
)

_ENGLISH: Final = "en"
# English is the text of the member itself. French agrees with "la facture" for invoices and with
# "le jalon" for milestones, so that one word may have two forms.
_DUTCH: Final[dict[Labelled, str]] = {
    DocumentState.DRAFT: "concept",
    DocumentState.ISSUED: "opgemaakt",
    DocumentState.SENT: "verzonden",
    DocumentState.VOID: "geannuleerd",
    SettlementState.UNPAID: "onbetaald",
    SettlementState.PART_PAID: "deels betaald",
    SettlementState.NOTHING_DUE: "niets te betalen",
    SettlementState.OVERPAID: "te veel betaald",
    SettlementState.PAID: "betaald",
    Timeliness.NOTHING_OPEN: "niets openstaand",
    Timeliness.NOT_DUE: "nog niet vervallen",
    Timeliness.DUE: "te betalen",
    Timeliness.OVERDUE: "achterstallig",
    StatusLabel.VOID: "geannuleerd",
    StatusLabel.DRAFT: "concept",
    StatusLabel.CREDIT_OPEN: "openstaand tegoed",
    StatusLabel.PAID: "betaald",
    StatusLabel.OVERDUE: "achterstallig",
    StatusLabel.DUE: "te betalen",
    StatusLabel.PART_PAID: "deels betaald",
    StatusLabel.SENT: "verzonden",
    StatusLabel.ISSUED: "opgemaakt",
    Flag.EXTENDED: "uitstel verleend",
    Flag.UNSENT: "niet verzonden",
    WorkState.PLANNED: "gepland",
    WorkState.IN_PROGRESS: "in uitvoering",
    WorkState.DELIVERED: "opgeleverd",
    WorkState.APPROVED: "goedgekeurd",
    WorkState.REJECTED: "afgekeurd",
    WorkState.CANCELLED: "geschrapt",
    BillingState.NOT_BILLABLE: "niet factureerbaar",
    BillingState.READY: "te factureren",
    BillingState.PART_INVOICED: "deels gefactureerd",
    BillingState.INVOICED: "gefactureerd",
    BillingState.PAID: "betaald",
    BillingState.NEEDS_DECISION: "beslissing nodig",
    MilestoneLabel.NEEDS_DECISION: "beslissing nodig",
    MilestoneLabel.PAID: "betaald",
    MilestoneLabel.INVOICED: "gefactureerd",
    MilestoneLabel.PART_INVOICED: "deels gefactureerd",
    MilestoneLabel.CANCELLED: "geschrapt",
    MilestoneLabel.READY: "te factureren",
    MilestoneLabel.LATE: "te laat",
    MilestoneLabel.APPROVED: "goedgekeurd",
    MilestoneLabel.DELIVERED: "opgeleverd",
    MilestoneLabel.REJECTED: "afgekeurd",
    MilestoneLabel.IN_PROGRESS: "in uitvoering",
    MilestoneLabel.PLANNED: "gepland",
    Trigger.ON_SIGNING: "bij ondertekening",
    Trigger.ON_START: "bij aanvang",
    Trigger.ON_DELIVERY: "bij oplevering",
    Trigger.ON_APPROVAL: "bij goedkeuring",
    Trigger.MANUAL: "na vrijgave",
}
_FRENCH: Final[dict[Labelled, str]] = {
    DocumentState.DRAFT: "brouillon",
    DocumentState.ISSUED: "émise",
    DocumentState.SENT: "envoyée",
    DocumentState.VOID: "annulée",
    SettlementState.UNPAID: "impayée",
    SettlementState.PART_PAID: "partiellement payée",
    SettlementState.NOTHING_DUE: "rien à payer",
    SettlementState.OVERPAID: "trop-perçu",
    SettlementState.PAID: "payée",
    Timeliness.NOTHING_OPEN: "aucun solde dû",
    Timeliness.NOT_DUE: "non échue",
    Timeliness.DUE: "à échéance",
    Timeliness.OVERDUE: "en retard",
    StatusLabel.VOID: "annulée",
    StatusLabel.DRAFT: "brouillon",
    StatusLabel.CREDIT_OPEN: "avoir non imputé",
    StatusLabel.PAID: "payée",
    StatusLabel.OVERDUE: "en retard",
    StatusLabel.DUE: "à échéance",
    StatusLabel.PART_PAID: "partiellement payée",
    StatusLabel.SENT: "envoyée",
    StatusLabel.ISSUED: "émise",
    Flag.EXTENDED: "délai accordé",
    Flag.UNSENT: "non envoyée",
    WorkState.PLANNED: "prévu",
    WorkState.IN_PROGRESS: "en cours",
    WorkState.DELIVERED: "livré",
    WorkState.APPROVED: "approuvé",
    WorkState.REJECTED: "refusé",
    WorkState.CANCELLED: "abandonné",
    BillingState.NOT_BILLABLE: "non facturable",
    BillingState.READY: "à facturer",
    BillingState.PART_INVOICED: "partiellement facturé",
    BillingState.INVOICED: "facturé",
    BillingState.PAID: "payé",
    BillingState.NEEDS_DECISION: "décision requise",
    MilestoneLabel.NEEDS_DECISION: "décision requise",
    MilestoneLabel.PAID: "payé",
    MilestoneLabel.INVOICED: "facturé",
    MilestoneLabel.PART_INVOICED: "partiellement facturé",
    MilestoneLabel.CANCELLED: "abandonné",
    MilestoneLabel.READY: "à facturer",
    MilestoneLabel.LATE: "en retard",
    MilestoneLabel.APPROVED: "approuvé",
    MilestoneLabel.DELIVERED: "livré",
    MilestoneLabel.REJECTED: "refusé",
    MilestoneLabel.IN_PROGRESS: "en cours",
    MilestoneLabel.PLANNED: "prévu",
    Trigger.ON_SIGNING: "à la signature",
    Trigger.ON_START: "au démarrage",
    Trigger.ON_DELIVERY: "à la livraison",
    Trigger.ON_APPROVAL: "à l'approbation",
    Trigger.MANUAL: "sur autorisation",
}
_LANGUAGES: Final[dict[str, dict[Labelled, str]]] = {"nl": _DUTCH, "fr": _FRENCH}

# Column titles and other words of the tables; English first, which is also their key.
_WORDS: Final[dict[str, dict[str, str]]] = {
    "nl": {
        "After": "Na",
        "Amount": "Bedrag",
        "Balance": "Saldo",
        "Buyer": "Klant",
        "Current": "Niet vervallen",
        "Description": "Omschrijving",
        "Discount": "Korting",
        "Draft": "Conceptfactuur",
        "Due": "Vervaldatum",
        "Invoice": "Factuur",
        "Invoiced when": "Factuurmoment",
        "Issued on": "Factuurdatum",
        "Milestone": "Mijlpaal",
        "Net": "Netto",
        "Open": "Openstaand",
        "Paid by": "Betaald uiterlijk",
        "Payable": "Factuurbedrag",
        "Pending": "In afwachting",
        "Preceding invoice": "Voorgaande factuur",
        "Price": "Prijs",
        "Quantity": "Aantal",
        "Seller": "Leverancier",
        "Share": "Aandeel",
        "Status": "Status",
        "Tax": "Btw",
        "To pay": "Te betalen",
        "Total": "Totaal",
        "Total without tax": "Totaal exclusief btw",
        "Unapplied": "Te verrekenen",
        "Undated": "Zonder vervaldatum",
        "With tax": "Inclusief btw",
        "Without tax": "Exclusief btw",
        "agreed": "overeengekomen",
        "at": "bij",
        "awaiting decision": "wacht op beslissing",
        "cancelled": "geschrapt",
        "exempt": "vrijgesteld",
        "export outside the EU": "uitvoer buiten de EU",
        "intra-Community supply": "intracommunautaire levering",
        "invoiced": "gefactureerd",
        "not yet invoiced": "nog te factureren",
        "on": "op",
        "open": "openstaand",
        "paid": "betaald",
        "payable": "gefactureerd",
        "progress": "voortgang",
        "rest": "rest",
        "reverse charge": "verlegd",
    },
    "fr": {
        "After": "Après",
        "Amount": "Montant",
        "Balance": "Solde",
        "Buyer": "Client",
        "Current": "Non échu",
        "Description": "Désignation",
        "Discount": "Escompte",
        "Draft": "Facture provisoire",
        "Due": "Échéance",
        "Invoice": "Facture",
        "Invoiced when": "Facturation",
        "Issued on": "Date d'émission",
        "Milestone": "Jalon",
        "Net": "Montant HT",
        "Open": "Reste dû",
        "Paid by": "Payé au plus tard",
        "Payable": "Net à payer",
        "Pending": "En attente",
        "Preceding invoice": "Facture antérieure",
        "Price": "Prix",
        "Quantity": "Quantité",
        "Seller": "Fournisseur",
        "Share": "Part",
        "Status": "Statut",
        "Tax": "TVA",
        "To pay": "À payer",
        "Total": "Total",
        "Total without tax": "Total HT",
        "Unapplied": "Non imputé",
        "Undated": "Sans échéance",
        "With tax": "TTC",
        "Without tax": "HT",
        "agreed": "convenu",
        "at": "à",
        "awaiting decision": "en attente de décision",
        "cancelled": "abandonné",
        "exempt": "exonération",
        "export outside the EU": "exportation hors UE",
        "intra-Community supply": "livraison intracommunautaire",
        "invoiced": "facturé",
        "not yet invoiced": "reste à facturer",
        "on": "le",
        "open": "reste dû",
        "paid": "payé",
        "payable": "facturé",
        "progress": "d'avancement",
        "rest": "reste",
        "reverse charge": "autoliquidation",
    },
}
# French sets a no-break space before a colon.
_COLONS: Final = {"fr": "\N{NO-BREAK SPACE}:"}


def label(member: Labelled, *, locale: str) -> str:
    """Return what a state is called in the language of *locale*.

    There are labels in English, Dutch and French; every other locale reads English.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a state that has a label.

    Example:
        >>> [label(StatusLabel.OVERDUE, locale=locale) for locale in ("en", "nl_BE", "fr_FR")]
        ['overdue', 'achterstallig', 'en retard']

    Source: convention of this library.
    """
    if not isinstance(member, Labelled):
        raise WrongTypeError(
            "a value has no label", expected="a state, label, flag or trigger", got=member
        )
    language = language_of_labels(locale)
    return str(member.value) if language == _ENGLISH else _LANGUAGES[language][member]


def trigger_label(trigger: AnyTrigger, *, locale: str) -> str:
    """Return what makes a milestone billable, in the language of *locale*.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a trigger.

    Example:
        >>> trigger_label(AtProgress(Percent(50)), locale="nl")
        'bij 50% voortgang'
    """
    require_type(trigger, (Trigger, OnDate, AtProgress), "the trigger")
    if isinstance(trigger, OnDate):
        return f"{word('on', locale)} {format_date(trigger.date, locale=locale)}"
    if isinstance(trigger, AtProgress):
        share = format_percent(trigger.percent, locale=locale)
        return f"{word('at', locale)} {share} {word('progress', locale)}"
    return label(trigger, locale=locale)


def word(english: str, locale: str) -> str:
    """Return a title or word of the tables; English in a language that has no words here."""
    language = language_of_labels(locale)
    return english if language == _ENGLISH else _WORDS[language][english]


def headed(title: str, text: str, locale: str) -> str:
    """Return ``title: text`` with the colon as the language sets it."""
    return f"{title}{_COLONS.get(language_of_labels(locale), ':')} {text}"


def language_of_labels(locale: str) -> str:
    """Return the language in which *locale* reads labels, so that what stands beside them fits."""
    language = known_locale(locale).language
    return language if language in _LANGUAGES else _ENGLISH
