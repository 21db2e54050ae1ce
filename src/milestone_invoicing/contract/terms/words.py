"""The languages in which payment terms are read and printed, and texts that need an explanation."""

from typing import Final

from milestone_invoicing.contract.terms.dutch import DUTCH
from milestone_invoicing.contract.terms.english import ENGLISH
from milestone_invoicing.contract.terms.french import FRENCH
from milestone_invoicing.contract.terms.german import GERMAN

LANGUAGES: Final = {"en": ENGLISH, "nl": DUTCH, "fr": FRENCH, "de": GERMAN}

_D: Final = "([0-9]{1,3})"  # days; more digits are a year
_DAYS: Final = "(?: (?:days|dagen|jours|tage))?"
# What people read in two ways, with what to write for each; the numbers stand in their order.
AMBIGUOUS: Final = (
    (
        r"([0-9]+) (?:days? )?(?:eom|end of (?:the )?month)",
        ("net {0} EOM", "{0} days then end of month"),
    ),
    (
        r"([0-9.,]+)/([0-9]+)[,;]? (.*(?:eom|end of (?:the )?month).*)",
        ("{2}; {0}% discount within {1} days",),
    ),
    (r"([0-9]+)/([0-9]+)", ("{0}/{1} net 30", "50% in {0} days, 50% in {1} days")),
    (
        rf"(?:net )?{_D}/{_D}/{_D}{_DAYS}",
        ("1/3 in {0} days, 1/3 in {1} days, 1/3 in {2} days",),
    ),
    (
        rf"(?:net )?{_D}/{_D}/{_D}/{_D}{_DAYS}",
        ("1/4 in {0} days, 1/4 in {1} days, 1/4 in {2} days, 1/4 in {3} days",),
    ),
    (
        r"(.* |)(0?[1-9]|1[0-2])[/-](0?[1-9]|1[0-2])[/-]([0-9]{4})",
        ("{0}{3}-{2:0>2}-{1:0>2}", "{0}{3}-{1:0>2}-{2:0>2}"),
    ),
    (
        r"(?:on |op |le |am )?(?:the |de )?([0-9]+)(?:st|nd|rd|th|e|er|\.)?",
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
    "30 days net",
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
    "1/3 on order, 2/3 on delivery",
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
