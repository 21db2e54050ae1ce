"""What states are called in English, Dutch and French; it knows no numbers and no tables."""

from typing import Final, TypeAlias

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
    Timeliness.NOTHING_OPEN: "niets open",
    Timeliness.NOT_DUE: "nog niet te betalen",
    Timeliness.DUE: "te betalen",
    Timeliness.OVERDUE: "achterstallig",
    StatusLabel.VOID: "geannuleerd",
    StatusLabel.DRAFT: "concept",
    StatusLabel.CREDIT_OPEN: "tegoed open",
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
    SettlementState.PART_PAID: "payée en partie",
    SettlementState.NOTHING_DUE: "rien à payer",
    SettlementState.OVERPAID: "trop-perçu",
    SettlementState.PAID: "payée",
    Timeliness.NOTHING_OPEN: "soldée",
    Timeliness.NOT_DUE: "non échue",
    Timeliness.DUE: "à payer",
    Timeliness.OVERDUE: "en retard",
    StatusLabel.VOID: "annulée",
    StatusLabel.DRAFT: "brouillon",
    StatusLabel.CREDIT_OPEN: "avoir ouvert",
    StatusLabel.PAID: "payée",
    StatusLabel.OVERDUE: "en retard",
    StatusLabel.DUE: "à payer",
    StatusLabel.PART_PAID: "payée en partie",
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
    BillingState.PART_INVOICED: "facturé en partie",
    BillingState.INVOICED: "facturé",
    BillingState.PAID: "payé",
    BillingState.NEEDS_DECISION: "à décider",
    MilestoneLabel.NEEDS_DECISION: "à décider",
    MilestoneLabel.PAID: "payé",
    MilestoneLabel.INVOICED: "facturé",
    MilestoneLabel.PART_INVOICED: "facturé en partie",
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
        "Amount": "Bedrag",
        "Balance": "Saldo",
        "Buyer": "Koper",
        "Client": "Klant",
        "Current": "Niet vervallen",
        "Description": "Omschrijving",
        "Draft": "Concept",
        "Due": "Te betalen op",
        "Installment": "Termijn",
        "Invoice": "Factuur",
        "Invoiced when": "Te factureren",
        "Issued on": "Factuurdatum",
        "Milestone": "Mijlpaal",
        "Net": "Netto",
        "Open": "Openstaand",
        "Payable": "Te betalen",
        "Price": "Prijs",
        "Quantity": "Aantal",
        "Seller": "Verkoper",
        "Share": "Aandeel",
        "Status": "Status",
        "Tax": "Btw",
        "Total": "Totaal",
        "Total without tax": "Totaal zonder btw",
        "Unapplied": "Niet toegewezen",
        "Undated": "Zonder datum",
        "With tax": "Met btw",
        "Without tax": "Zonder btw",
        "agreed": "overeengekomen",
        "awaiting decision": "te beslissen",
        "cancelled": "geschrapt",
        "invoiced": "gefactureerd",
        "not yet invoiced": "nog niet gefactureerd",
        "on": "op",
        "open": "open",
        "paid": "betaald",
        "payable": "te betalen",
        "progress": "voortgang",
        "rest": "rest",
    },
    "fr": {
        "Amount": "Montant",
        "Balance": "Solde",
        "Buyer": "Acheteur",
        "Client": "Client",
        "Current": "Non échu",
        "Description": "Désignation",
        "Draft": "Brouillon",
        "Due": "Échéance",
        "Installment": "Tranche",
        "Invoice": "Facture",
        "Invoiced when": "Facturable",
        "Issued on": "Date de facture",
        "Milestone": "Jalon",
        "Net": "Net",
        "Open": "Ouvert",
        "Payable": "À payer",
        "Price": "Prix",
        "Quantity": "Quantité",
        "Seller": "Vendeur",
        "Share": "Part",
        "Status": "Statut",
        "Tax": "TVA",
        "Total": "Total",
        "Total without tax": "Total hors taxes",
        "Unapplied": "Non imputé",
        "Undated": "Sans date",
        "With tax": "Avec TVA",
        "Without tax": "Hors taxes",
        "agreed": "convenu",
        "awaiting decision": "à décider",
        "cancelled": "abandonné",
        "invoiced": "facturé",
        "not yet invoiced": "non facturé",
        "on": "le",
        "open": "ouvert",
        "paid": "payé",
        "payable": "à payer",
        "progress": "d'avancement",
        "rest": "reste",
    },
}


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
    labels = _LANGUAGES.get(known_locale(locale).language, {})
    return labels.get(member, str(member.value))


def trigger_label(trigger: AnyTrigger, *, locale: str) -> str:
    """Return what makes a milestone billable, in the language of *locale*.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a trigger.

    Example:
        >>> trigger_label(AtProgress(Percent(50)), locale="nl")
        '50% voortgang'
    """
    if isinstance(trigger, OnDate):
        return f"{word('on', locale)} {format_date(trigger.date, locale=locale)}"
    if isinstance(trigger, AtProgress):
        return f"{format_percent(trigger.percent, locale=locale)} {word('progress', locale)}"
    return label(trigger, locale=locale)


def word(english: str, locale: str) -> str:
    """Return a title or word of the tables; English where there is no translation."""
    return _WORDS.get(known_locale(locale).language, {}).get(english, english)
