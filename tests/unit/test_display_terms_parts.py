"""Instalments, discounts and whole payment terms as text, in four languages and elsewhere."""

import re

import pytest
from babel.numbers import get_group_symbol

from milestone_invoicing import (
    REST,
    AddDays,
    DiscountBase,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    Installment,
    InstallmentShare,
    Money,
    NextDayOfMonth,
    PaymentTerms,
    Percent,
    PercentOfRest,
    PercentOfUntaxed,
    Remainder,
    Rounding,
    UnknownLocaleError,
    Weight,
    WrongTypeError,
)
from milestone_invoicing.display import describe

LANGUAGES = ("en", "nl", "fr", "de")
RULE_30 = DueRule((AddDays(30),))
FIXED = Money.of(1250, "EUR")
Told = tuple[str, str, str, str]


def plain(text: str) -> str:
    """Return *text* with plain spaces, so that expected sentences can be typed."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def in_all(terms: object) -> Told:
    english, dutch, french, german = (describe(terms, locale=locale) for locale in LANGUAGES)
    return plain(english), plain(dutch), plain(french), plain(german)


SHARES: list[tuple[InstallmentShare, Told]] = [
    (Percent(50), ("50%", "50%", "50 %", "50 %")),
    (Percent("12.5"), ("12.5%", "12,5%", "12,5 %", "12,5 %")),
    (Percent("0.1234"), ("0.1234%", "0,1234%", "0,1234 %", "0,1234 %")),
    (Percent("100/3"), ("100/3%", "100/3%", "100/3%", "100/3%")),
    (FIXED, ("EUR 1,250.00", "EUR 1.250,00", "EUR 1 250,00", "EUR 1.250,00")),
    (Money.of(1250, "JPY"), ("JPY 1,250", "JPY 1.250", "JPY 1 250", "JPY 1.250")),
    (REST, ("the rest", "de rest", "le reste", "der Rest")),
    (Weight(2), (
        "2 parts of the rest", "2 delen van de rest", "2 parts du reste", "2 Teile des Rests")),
    (PercentOfRest(50), ("50% of the rest", "50% van de rest", "50 % du reste", "50 % des Rests")),
    (PercentOfUntaxed("12.5"), (
        "12.5% of the net amount", "12,5% van het nettobedrag", "12,5 % du montant HT",
        "12,5 % des Nettobetrags")),
]  # fmt: skip


@pytest.mark.parametrize(("share", "told"), SHARES, ids=[told[0] for _, told in SHARES])
def test_the_share_of_an_instalment_reads(share: InstallmentShare, told: Told):
    english, dutch, french, german = told
    assert in_all(Installment(share, RULE_30)) == (
        f"{english} in 30 days", f"{dutch} binnen 30 dagen", f"{french} sous 30 jours",
        f"{german} in 30 Tagen",
    )  # fmt: skip


DISCOUNTS: list[tuple[EarlyDiscount, Told]] = [
    (EarlyDiscount(2, 10), (
        "2% discount within 10 days", "2% korting binnen 10 dagen",
        "2 % d'escompte sous 10 jours", "2 % Skonto innerhalb von 10 Tagen")),
    (EarlyDiscount("2.5", 1), (
        "2.5% discount within 1 day", "2,5% korting binnen 1 dag",
        "2,5 % d'escompte sous 1 jour", "2,5 % Skonto innerhalb von 1 Tag")),
    (EarlyDiscount("100/3", 0, DiscountTax.NOT_REDUCED), (
        "100/3% discount within 0 days (tax not reduced)",
        "100/3% korting binnen 0 dagen (btw niet verlaagd)",
        "100/3% d'escompte sous 0 jours (TVA non réduite)",
        "100/3% Skonto innerhalb von 0 Tagen (Steuer nicht gemindert)")),
    (EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED), (
        "2% discount within 10 days (tax always reduced)",
        "2% korting binnen 10 dagen (btw altijd verlaagd)",
        "2 % d'escompte sous 10 jours (TVA toujours réduite)",
        "2 % Skonto innerhalb von 10 Tagen (Steuer immer gemindert)")),
    (EarlyDiscount(2, 10, base=DiscountBase.PAYABLE), (
        "2% discount within 10 days (retainage included)",
        "2% korting binnen 10 dagen (inhouding inbegrepen)",
        "2 % d'escompte sous 10 jours (retenue de garantie comprise)",
        "2 % Skonto innerhalb von 10 Tagen (Einbehalt eingeschlossen)")),
    (EarlyDiscount(2, 10, DiscountTax.NOT_REDUCED, base=DiscountBase.BILLED), (
        "2% discount within 10 days (tax not reduced) (of all that is billed)",
        "2% korting binnen 10 dagen (btw niet verlaagd) (over het hele factuurbedrag)",
        "2 % d'escompte sous 10 jours (TVA non réduite) (sur tout le montant facturé)",
        ("2 % Skonto innerhalb von 10 Tagen (Steuer nicht gemindert) "
        "(auf den ganzen Rechnungsbetrag)"))),
    (EarlyDiscount(2, 10, base=DiscountBase.NET_TO_PAY), (
        "2% discount within 10 days (less tax withheld)",
        "2% korting binnen 10 dagen (zonder ingehouden belasting)",
        "2 % d'escompte sous 10 jours (hors impôt retenu)",
        "2 % Skonto innerhalb von 10 Tagen (ohne einbehaltene Steuer)")),
]  # fmt: skip


@pytest.mark.parametrize(("level", "told"), DISCOUNTS, ids=[told[0] for _, told in DISCOUNTS])
def test_a_discount_reads(level: EarlyDiscount, told: Told):
    assert in_all(level) == told


HALVES = [Installment(Percent(50)), Installment(Percent(50), RULE_30)]
TERMS: dict[str, tuple[PaymentTerms, Told]] = {
    "on receipt": (PaymentTerms(), (
        "Due on receipt.", "Te betalen bij ontvangst.", "À payer à réception.",
        "Zahlbar bei Erhalt.")),
    "one percent of 100": (PaymentTerms.net(1), (
        "Due in 1 day.", "Te betalen binnen 1 dag.", "À payer sous 1 jour.",
        "Zahlbar in 1 Tag.")),
    "one weight is the whole": (PaymentTerms([Installment(Weight(3), RULE_30)]), (
        "Due in 30 days.", "Te betalen binnen 30 dagen.", "À payer sous 30 jours.",
        "Zahlbar in 30 Tagen.")),
    "one amount": (PaymentTerms([Installment(FIXED, RULE_30)]), (
        "Due EUR 1,250.00 in 30 days.", "Te betalen EUR 1.250,00 binnen 30 dagen.",
        "À payer EUR 1 250,00 sous 30 jours.", "Zahlbar EUR 1.250,00 in 30 Tagen.")),
    "one event": (PaymentTerms([Installment(REST, after="delivery")]), (
        'Due after "delivery".', 'Te betalen na "delivery".', 'À payer après "delivery".',
        'Zahlbar nach "delivery".')),
    "one with a discount of its own": (
        PaymentTerms([Installment(Percent(100), discounts=[EarlyDiscount(2, 10)])]), (
        "Due 100% on receipt with a 2% discount within 10 days.",
        "Te betalen 100% bij ontvangst met 2% korting binnen 10 dagen.",
        "À payer 100 % à réception avec 2 % d'escompte sous 10 jours.",
        "Zahlbar 100 % bei Erhalt mit 2 % Skonto innerhalb von 10 Tagen.")),
    "a dot stands once": (PaymentTerms.by(NextDayOfMonth((5, 20))), (
        "Due on the next 5th or 20th.", "Te betalen op de eerstvolgende 5e of 20e.",
        "À payer le prochain 5 ou 20.", "Zahlbar am nächsten 5. oder 20.")),
    "discounts": (
        PaymentTerms.net(30, discounts=[EarlyDiscount(1, 20), EarlyDiscount(2, 10)]), (
        "Due in 30 days; 2% discount within 10 days; 1% discount within 20 days.",
        "Te betalen binnen 30 dagen; 2% korting binnen 10 dagen; 1% korting binnen 20 dagen.",
        "À payer sous 30 jours ; 2 % d'escompte sous 10 jours ; 1 % d'escompte sous 20 jours.",
        ("Zahlbar in 30 Tagen; 2 % Skonto innerhalb von 10 Tagen; "
        "1 % Skonto innerhalb von 20 Tagen."))),
    "halves": (PaymentTerms(HALVES), (
        "Due: 50% on receipt; 50% in 30 days.",
        "Te betalen: 50% bij ontvangst; 50% binnen 30 dagen.",
        "À payer : 50 % à réception ; 50 % sous 30 jours.",
        "Zahlbar: 50 % bei Erhalt; 50 % in 30 Tagen.")),
    "a sequence": (PaymentTerms(HALVES, sequential=True), (
        "Due one after another: 50% on receipt; 50% in 30 days.",
        "Te betalen na elkaar: 50% bij ontvangst; 50% binnen 30 dagen.",
        "À payer l'un après l'autre : 50 % à réception ; 50 % sous 30 jours.",
        "Zahlbar nacheinander: 50 % bei Erhalt; 50 % in 30 Tagen.")),
    "a sequence of one": (PaymentTerms(sequential=True), (
        "Due on receipt.", "Te betalen bij ontvangst.", "À payer à réception.",
        "Zahlbar bei Erhalt.")),
    "a sequence of one amount": (
        PaymentTerms([Installment(FIXED, RULE_30)], sequential=True), (
        "Due EUR 1,250.00 in 30 days.", "Te betalen EUR 1.250,00 binnen 30 dagen.",
        "À payer EUR 1 250,00 sous 30 jours.", "Zahlbar EUR 1.250,00 in 30 Tagen.")),
    "one 30 days after an event": (PaymentTerms([Installment(REST, RULE_30, after="delivery")]), (
        'Due 30 days after "delivery".', 'Te betalen 30 dagen na "delivery".',
        'À payer 30 jours après "delivery".', 'Zahlbar 30 Tage nach "delivery".')),
    "a step": (PaymentTerms(HALVES, step=Money.of("0.05", "CHF")), (
        "Due: 50% on receipt; 50% in 30 days; in multiples of CHF 0.05.",
        "Te betalen: 50% bij ontvangst; 50% binnen 30 dagen; in veelvouden van CHF 0,05.",
        "À payer : 50 % à réception ; 50 % sous 30 jours ; en multiples de CHF 0,05.",
        "Zahlbar: 50 % bei Erhalt; 50 % in 30 Tagen; in Vielfachen von CHF 0,05.")),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "told"), TERMS.values(), ids=TERMS)
def test_terms_read(terms: PaymentTerms, told: Told):
    assert in_all(terms) == told


ROUNDINGS: dict[Rounding, Told] = {
    Rounding.HALF_UP: ("", "", "", ""),
    Rounding.UP: (
        " rounded up", " naar boven afgerond", " arrondis vers le haut", " aufgerundet"),
    Rounding.DOWN: (
        " rounded down", " naar beneden afgerond", " arrondis vers le bas", " abgerundet"),
    Rounding.CEILING: (
        " rounded to the ceiling", " naar plus oneindig afgerond",
        " arrondis vers plus l'infini", " nach plus unendlich gerundet"),
    Rounding.FLOOR: (
        " rounded to the floor", " naar min oneindig afgerond",
        " arrondis vers moins l'infini", " nach minus unendlich gerundet"),
    Rounding.HALF_DOWN: (
        " with halves rounded down", " met halven naar beneden afgerond",
        " les demis arrondis vers le bas", " Hälften abgerundet"),
    Rounding.HALF_EVEN: (
        " with halves rounded to even", " met halven op even afgerond",
        " les demis arrondis au pair", " Hälften auf gerade gerundet"),
}  # fmt: skip


@pytest.mark.parametrize("rounding", Rounding)
def test_a_rounding_reads(rounding: Rounding):
    english, dutch, french, german = ROUNDINGS[rounding]
    terms = PaymentTerms(step=Money.of(10, "EUR"), step_rounding=rounding)
    assert in_all(terms) == (
        f"Due on receipt; in multiples of EUR 10.00{english}.",
        f"Te betalen bij ontvangst; in veelvouden van EUR 10,00{dutch}.",
        f"À payer à réception ; en multiples de EUR 10,00{french}.",
        f"Zahlbar bei Erhalt; in Vielfachen von EUR 10,00{german}.",
    )


MIXED = PaymentTerms([Installment(Percent("12.5")), Installment(FIXED), Installment(REST, RULE_30)])
SWISS = get_group_symbol("de_CH")  # CLDR has changed it
ELSEWHERE = {
    "en_GB": "Due: 12.5% on receipt; EUR 1,250.00 on receipt; the rest in 30 days.",
    "sv": "Due: 12,5 % on receipt; EUR 1 250,00 on receipt; the rest in 30 days.",
    "tr": "Due: %12,5 on receipt; EUR 1.250,00 on receipt; the rest in 30 days.",
    "zh": "Due: 12.5% on receipt; EUR 1,250.00 on receipt; the rest in 30 days.",
    "nl-BE": (
        "Te betalen: 12,5% bij ontvangst; EUR 1.250,00 bij ontvangst; de rest binnen 30 dagen."
    ),
    "fr_FR": ("À payer : 12,5 % à réception ; EUR 1 250,00 à réception ; le reste sous 30 jours."),
    "de_CH": (f"Zahlbar: 12.5% bei Erhalt; EUR 1{SWISS}250.00 bei Erhalt; der Rest in 30 Tagen."),
}


@pytest.mark.parametrize(("locale", "told"), ELSEWHERE.items(), ids=ELSEWHERE)
def test_numbers_follow_the_locale_and_words_its_language(locale: str, told: str):
    assert plain(describe(MIXED, locale=locale)) == told


def test_french_sets_its_marks_and_signs_apart_by_spaces_that_do_not_break():
    told = describe(PaymentTerms(HALVES), locale="fr")
    assert told == (
        "À payer\N{NO-BREAK SPACE}: 50\N{NO-BREAK SPACE}% à réception\N{NO-BREAK SPACE}; "
        "50\N{NO-BREAK SPACE}% sous 30 jours."
    )


def test_note_methods_and_remainder_are_not_told():
    silent = PaymentTerms(HALVES, note="thanks", methods=["bank"], remainder=Remainder.LARGEST)
    assert in_all(silent) == in_all(PaymentTerms(HALVES))


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (
            lambda: describe("net 30", locale="en"),
            WrongTypeError,
            (
                "terms is of the wrong type: expected PaymentTerms or Installment or "
                "EarlyDiscount or DueRule or AddDays or AddMonths or EndOfMonth or DayOfMonth or "
                "FixedDate or NextDayOfMonth or Proximo or RollToBusinessDay or SkipClosedPeriods, "
                "got 'net 30'"
            ),
        ),
        (
            lambda: describe(PaymentTerms(), locale="xx"),
            UnknownLocaleError,
            'a locale is not known: expected a CLDR locale such as "nl_NL" or "en", got \'xx\'',
        ),
        (
            lambda: describe(PaymentTerms(), locale=None),
            WrongTypeError,
            "the locale is of the wrong type: expected str, got None",
        ),
    ],
    ids=["a text", "no such locale", "no locale"],
)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()


def test_the_words_of_a_language_are_asked_for_before_a_locale_that_is_not_known():
    with pytest.raises(WrongTypeError, match=r"^terms is of the wrong type: .*, got None$"):
        describe(None, locale="xx")
