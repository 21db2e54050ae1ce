"""How the shares of payment terms are read: rests, weights, percents, amounts, multiples."""

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueRule,
    Installment,
    InstallmentShare,
    Money,
    PaymentTerms,
    Percent,
    PercentOfRest,
    PercentOfUntaxed,
    Rounding,
    Weight,
)
from milestone_invoicing.contract.terms.words import LANGUAGES

RULE_30 = DueRule((AddDays(30),))


def money(amount: str, currency: str = "EUR") -> Money:
    return Money.of(amount, currency)


@pytest.mark.parametrize(
    "rest",
    [
        "the rest", "rest", "Rest", "the balance", "balance", "the remainder", "remainder",
        "de rest", "het restant", "restant", "le reste", "reste", "le solde", "solde", "LE SOLDE",
        "der Rest", "Restbetrag", "1 part of the rest", "1 deel van de rest", "1 part du reste",
        "1 Teil des Rests",
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule", ["in 30 days", "30 dagen", "sous 30 jours", "in 30 Tagen"])
def test_a_rest_is_read(rest: str, rule: str):
    expected = PaymentTerms([Installment(Percent(50)), Installment(REST, RULE_30)])
    assert PaymentTerms.parse(f"50% now, {rest} {rule}") == expected
    assert PaymentTerms.parse(f"50%; {rest} {rule}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "50% on order and the rest in 30 days", "50% ON ORDER AND THE REST IN 30 DAYS",
        "50% bij opdracht en de rest binnen 30 dagen",
        "50 % à la commande et le reste à 30 jours", "50 % à la commande et le solde à 30 jours",
        "50 % bei Auftrag und der Rest in 30 Tagen",
    ],
)  # fmt: skip
def test_a_rest_behind_and_is_read(text: str):
    expected = PaymentTerms([Installment(Percent(50)), Installment(REST, RULE_30)])
    assert PaymentTerms.parse(text) == expected


def test_a_rest_alone_is_a_rest_of_all_and_due_at_once():
    assert PaymentTerms.parse("the rest") == PaymentTerms([Installment(REST)])


SHARES: dict[str, InstallmentShare] = {
    "2 parts of the rest": Weight(2),
    "2 delen van de rest": Weight(2),
    "2 parts du reste": Weight(2),
    "2 Teile des Rests": Weight(2),
    "1000000 parts of the rest": Weight(1_000_000),
    "999999999999999999 parts of the rest": Weight(10**18 - 1),
    "50% of the rest": PercentOfRest(50),
    "12,5 % van de rest": PercentOfRest("12.5"),
    "50 % du reste": PercentOfRest(50),
    "100/3% des Rests": PercentOfRest("100/3"),
    "40% of the net amount": PercentOfUntaxed(40),
    "40 percent of the net amount": PercentOfUntaxed(40),
    "40% van het nettobedrag": PercentOfUntaxed(40),
    "40 % du montant HT": PercentOfUntaxed(40),
    "40 % du montant ht": PercentOfUntaxed(40),
    "40 % des Nettobetrags": PercentOfUntaxed(40),
    "40%": Percent(40),
    "12.5 %": Percent("12.5"),
    "12,5 procent": Percent("12.5"),
    "%40": Percent(40),
    "%12,5": Percent("12.5"),
    "%50 of the rest": PercentOfRest(50),
    "12,50 pour cent": Percent("12.5"),
    "12,5 prozent": Percent("12.5"),
    "100/3%": Percent("100/3"),
    "0%": Percent(0),
    "EUR 250": money("250"),
    "250 EUR": money("250"),
    "EUR250": money("250"),
    "250EUR": money("250"),
    "EUR 0": money("0"),
    "EUR 0.05": money("0.05"),
    "EUR 1,25": money("1.25"),
    "EUR 1.25": money("1.25"),
    "EUR 1250": money("1250"),
    "EUR 1250,00": money("1250"),
    "EUR 1,250.00": money("1250"),
    "EUR 1.250,00": money("1250"),
    "EUR 1,234,567.89": money("1234567.89"),
    "EUR 1.234.567,89": money("1234567.89"),
    "EUR 1,234,567": money("1234567"),
    "EUR 12,34,567.00": money("1234567"),
    "EUR 1,2": money("1.2"),
    "1 250,00 EUR": money("1250"),
    "1 250 EUR": money("1250"),
    "1\u00a0250,00\u00a0EUR": money("1250"),
    "1\u202f234\u202f567,89 EUR": money("1234567.89"),
    "CHF 1'250.00": money("1250", "CHF"),
    "CHF 1\u2019250": money("1250", "CHF"),
    "JPY 1250": money("1250", "JPY"),
    "JPY 1,250": money("1250", "JPY"),
    "JPY 1.250.000": money("1250000", "JPY"),
    "KWD 1.250": money("1.250", "KWD"),
    "KWD 1,250.500": money("1250.5", "KWD"),
    "CLF 1.2345": money("1.2345", "CLF"),
}


@pytest.mark.parametrize(("text", "share"), SHARES.items(), ids=SHARES)
def test_a_share_is_read(text: str, share: InstallmentShare):
    expected = PaymentTerms([Installment(share), Installment(REST, RULE_30)])
    assert PaymentTerms.parse(f"{text}; the rest in 30 days") == expected
    assert PaymentTerms.parse(f"{text} on receipt; the rest in 30 days") == expected


def test_a_comma_within_an_amount_parts_no_clauses():
    expected = PaymentTerms([Installment(money("1.25")), Installment(REST, RULE_30)])
    assert PaymentTerms.parse("EUR 1,25 now, the rest in 30 days") == expected


FIVE_CENTS, TENS = money("0.05", "CHF"), money("10")
STEPS: dict[str, tuple[Money, Rounding]] = {
    "in multiples of CHF 0.05": (FIVE_CENTS, Rounding.HALF_UP),
    "in multiples of 0.05 CHF": (FIVE_CENTS, Rounding.HALF_UP),
    "IN MULTIPLES OF CHF 0.05": (FIVE_CENTS, Rounding.HALF_UP),
    "in multiples of EUR 10 rounded up": (TENS, Rounding.UP),
    "in multiples of EUR 10 Rounded Up": (TENS, Rounding.UP),
    "IN MULTIPLES OF EUR 10 ROUNDED UP": (TENS, Rounding.UP),
    "in multiples of EUR 10 rounded down": (TENS, Rounding.DOWN),
    "in multiples of EUR 10 rounded to the ceiling": (TENS, Rounding.CEILING),
    "in multiples of EUR 10 rounded to the floor": (TENS, Rounding.FLOOR),
    "in multiples of EUR 10 with halves rounded down": (TENS, Rounding.HALF_DOWN),
    "in multiples of EUR 10 with halves rounded to even": (TENS, Rounding.HALF_EVEN),
    "in veelvouden van CHF 0,05": (FIVE_CENTS, Rounding.HALF_UP),
    "in veelvouden van EUR 10,00 naar boven afgerond": (TENS, Rounding.UP),
    "in veelvouden van EUR 10 naar beneden afgerond": (TENS, Rounding.DOWN),
    "in veelvouden van EUR 10 naar plus oneindig afgerond": (TENS, Rounding.CEILING),
    "in veelvouden van EUR 10 naar min oneindig afgerond": (TENS, Rounding.FLOOR),
    "in veelvouden van EUR 10 met halven naar beneden afgerond": (TENS, Rounding.HALF_DOWN),
    "in veelvouden van EUR 10 met halven op even afgerond": (TENS, Rounding.HALF_EVEN),
    "en multiples de CHF 0,05": (FIVE_CENTS, Rounding.HALF_UP),
    "en multiples de EUR 10 arrondis vers le haut": (TENS, Rounding.UP),
    "en multiples de EUR 10 arrondis vers le bas": (TENS, Rounding.DOWN),
    "en multiples de EUR 10 arrondis vers plus l\u2019infini": (TENS, Rounding.CEILING),
    "en multiples de EUR 10 arrondis vers moins l'infini": (TENS, Rounding.FLOOR),
    "en multiples de EUR 10 les demis arrondis vers le bas": (TENS, Rounding.HALF_DOWN),
    "en multiples de EUR 10 les demis arrondis au pair": (TENS, Rounding.HALF_EVEN),
    "in Vielfachen von CHF 0,05": (FIVE_CENTS, Rounding.HALF_UP),
    "in Vielfachen von EUR 10 aufgerundet": (TENS, Rounding.UP),
    "in Vielfachen von EUR 10 abgerundet": (TENS, Rounding.DOWN),
    "in Vielfachen von EUR 10 nach plus unendlich gerundet": (TENS, Rounding.CEILING),
    "in Vielfachen von EUR 10 nach minus unendlich gerundet": (TENS, Rounding.FLOOR),
    "in Vielfachen von EUR 10 H\u00e4lften abgerundet": (TENS, Rounding.HALF_DOWN),
    "in Vielfachen von EUR 10 Halften abgerundet": (TENS, Rounding.HALF_DOWN),
    "in Vielfachen von EUR 10 H\u00e4lften auf gerade gerundet": (TENS, Rounding.HALF_EVEN),
}


@pytest.mark.parametrize(("text", "step"), STEPS.items(), ids=STEPS)
@pytest.mark.parametrize("given", ["50% now; the rest now; {}", "50% now, {}, the rest now"])
def test_a_step_is_read(text: str, step: tuple[Money, Rounding], given: str):
    parts = [Installment(Percent(50)), Installment(REST)]
    expected = PaymentTerms(parts, step=step[0], step_rounding=step[1])
    assert PaymentTerms.parse(given.format(text)) == expected


def test_each_rounding_of_each_language_has_a_row():
    roundings = [words for each in LANGUAGES.values() for words in each.roundings.values()]
    read = [text.replace("\u2019", "'") for text in STEPS]
    assert [words for words in roundings if not any(text.endswith(words) for text in read)] == []
