"""How payment terms are read: openings, spaces, discounts, shares, amounts, steps, sequences."""

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    DiscountBase,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    EndOfMonth,
    Installment,
    PaymentTerms,
    Percent,
)
from milestone_invoicing.contract.terms.words import EXAMPLES

NET_30 = PaymentTerms.net(30)
RULE_30 = DueRule((AddDays(30),))
TWO_TEN = EarlyDiscount(2, 10)
_, PAYABLE, BILLED, NET_TO_PAY = DiscountBase
NOT_REDUCED, ALWAYS_REDUCED = DiscountTax.NOT_REDUCED, DiscountTax.ALWAYS_REDUCED


def part(points: int | str, days: int = 0, after: str | None = None) -> Installment:
    """Return an instalment of a percentage; without days it is due at once."""
    rule = DueRule((AddDays(days),) if days else ())
    return Installment(Percent(points), rule, after=after)


HALVES = [part(50), part(50, 30)]


@pytest.mark.parametrize(
    "text",
    [
        "Payment terms: net 30", "payment terms net 30", "Terms: 30 days", "Payment: net 30",
        "Payment due net 30", "Due: 30 days", "due in 30 days", "Payable in 30 days",
        "PAYMENT TERMS: DUE IN 30 DAYS", "Betaling: 30 dagen", "Te betalen binnen 30 dagen",
        "te betalen: 30 dagen netto", "Paiement : 30 jours", "À payer sous 30 jours",
        "à payer : 30 jours", "a payer: 30 jours", "A PAYER SOUS 30 JOURS", "Zahlung: 30 Tage",
        "Zahlbar in 30 Tagen", "zahlbar: 30 Tage netto", "Payment terms: payment: due in 30 days.",
    ],
)  # fmt: skip
def test_what_a_sentence_opens_with_says_nothing(text: str):
    assert PaymentTerms.parse(text) == NET_30


@pytest.mark.parametrize(
    "text",
    [
        " net 30 ", "net 30.", "net 30 ...", "net  30", "net\t30", "net\n30", "\nnet 30\n",
        "net\u00a030", "net\u202f30",
    ],
    ids=ascii,
)  # fmt: skip
def test_spaces_and_dots_behind_say_nothing(text: str):
    assert PaymentTerms.parse(text) == NET_30


def test_a_text_of_10000_characters_is_read():
    assert PaymentTerms.parse("net 30".ljust(10_000)) == NET_30


def test_accents_in_two_characters_are_accents():
    assert PaymentTerms.parse("A\u0300 RE\u0301CEPTION") == PaymentTerms()
    assert PaymentTerms.parse("a\u0300 re\u0301ception") == PaymentTerms()


SLASHED = {
    "2/10 net 30": [(2, 10)],
    "2/10 Net 30.": [(2, 10)],
    "2/10, net 30": [(2, 10)],
    "2/10; net 30": [(2, 10)],
    "2/10 n/30": [(2, 10)],
    "2/10 days, net 30 days": [(2, 10)],
    "2/10, 1/20, n/30": [(2, 10), (1, 20)],
    "3/5, 2/10; 1/20 net 30": [(3, 5), (2, 10), (1, 20)],
    "2% 10, net 30": [(2, 10)],
    "2 % 10 net 30": [(2, 10)],
    "2% 10 days, n/30": [(2, 10)],
    "2 percent 10, net 30": [(2, 10)],
    "1.5/10 net 30": [("1.5", 10)],
    "1,5/10 net 30": [("1.5", 10)],
    "2.5% 10, net 30": [("2.5", 10)],
    "2/0 net 30": [(2, 0)],
    "2/10 30 days": [(2, 10)],
    "Terms: 2/10, net 30": [(2, 10)],
    "2/10 net 30, 1% discount within 20 days": [(2, 10), (1, 20)],
}


@pytest.mark.parametrize(("text", "levels"), SLASHED.items(), ids=SLASHED)
def test_discounts_with_a_slash_are_read(text: str, levels: list[tuple[int | str, int]]):
    discounts = [EarlyDiscount(percent, days) for percent, days in levels]
    assert PaymentTerms.parse(text) == PaymentTerms.net(30, discounts=discounts)


def test_a_discount_with_a_slash_goes_with_any_rule():
    month_end = PaymentTerms.parse("2/10 end of next month")
    assert month_end == PaymentTerms(
        [Installment(Percent(100), DueRule((EndOfMonth(1),)))], [TWO_TEN]
    )
    halves = PaymentTerms.parse("2/10, 50% now, 50% in 30 days")
    assert halves == PaymentTerms(HALVES, [TWO_TEN])


TAXES = [
    ("net 30, 2% discount within 10 days (tax not reduced)", NOT_REDUCED),
    ("NET 30; 2% DISCOUNT WITHIN 10 DAYS (TAX NOT REDUCED)", NOT_REDUCED),
    ("net 30, 2% if paid in 10 days (tax always reduced)", ALWAYS_REDUCED),
    ("30 dagen, 2% korting binnen 10 dagen (btw niet verlaagd)", NOT_REDUCED),
    ("30 dagen, 2% korting binnen 10 dagen (btw altijd verlaagd)", ALWAYS_REDUCED),
    ("30 jours, 2 % d'escompte sous 10 jours (TVA non réduite)", NOT_REDUCED),
    ("30 jours, 2 % d'escompte sous 10 jours (tva non reduite)", NOT_REDUCED),
    ("30 jours, 2 % d'escompte sous 10 jours (TVA toujours réduite)", ALWAYS_REDUCED),
    ("30 Tage, 2 % Skonto 10 Tage (Steuer nicht gemindert)", NOT_REDUCED),
    ("30 Tage, 2 % Skonto 10 Tage (Steuer immer gemindert)", ALWAYS_REDUCED),
]


@pytest.mark.parametrize(("text", "tax"), TAXES, ids=[text for text, _ in TAXES])
def test_what_a_discount_does_to_the_tax_is_read(text: str, tax: DiscountTax):
    assert PaymentTerms.parse(text) == PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, tax)])


BASES = [
    ("net 30, 2% discount within 10 days (retainage included)", PAYABLE),
    ("NET 30; 2% IF PAID IN 10 DAYS (OF ALL THAT IS BILLED)", BILLED),
    ("net 30, 2% discount within 10 days (less tax withheld)", NET_TO_PAY),
    ("30 dagen, 2% korting binnen 10 dagen (inhouding inbegrepen)", PAYABLE),
    ("30 jours, 2 % d'escompte sous 10 jours (sur tout le montant facture)", BILLED),
    ("30 Tage, 2 % Skonto 10 Tage (ohne einbehaltene Steuer)", NET_TO_PAY),
]


@pytest.mark.parametrize(("text", "base"), BASES, ids=[text for text, _ in BASES])
def test_what_a_discount_is_a_percentage_of_is_read(text: str, base: DiscountBase):
    level = EarlyDiscount(2, 10, base=base)
    assert PaymentTerms.parse(text) == PaymentTerms.net(30, discounts=[level])
    untaxed = PaymentTerms.parse(text.replace(" (", " (tax not reduced) ("))
    assert untaxed == PaymentTerms.net(30, discounts=[attrs.evolve(level, tax=NOT_REDUCED)])


INSTALMENTS = {
    "50% on order, 50% in 30 days": HALVES,
    "50% on order; 50% in 30 days": HALVES,
    "50 % on order and 50 % in 30 days": HALVES,
    "50% NOW AND 50% IN 30 DAYS": HALVES,
    "50% CONTANT EN 50% BINNEN 30 DAGEN": HALVES,
    "50 % COMPTANT ET 50 % SOUS 30 JOURS": HALVES,
    "50 % SOFORT UND 50 % IN 30 TAGEN": HALVES,
    "50 PERCENT NOW, 50 Per Cent in 30 days": HALVES,
    "50 Procent contant, 50 PROCENT binnen 30 dagen": HALVES,
    "50 Pour Cent comptant, 50 POUR CENT sous 30 jours": HALVES,
    "50 Prozent sofort, 50 PROZENT in 30 Tagen": HALVES,
    "%50 on order, %50 in 30 days": HALVES,
    "50% bij opdracht, 50% binnen 30 dagen": HALVES,
    "50% bij opdracht en 50% binnen 30 dagen": HALVES,
    "50 % à la commande, 50 % à 30 jours": HALVES,
    "50 % à la commande et 50 % à 30 jours": HALVES,
    "50 % bei Auftrag, 50 % in 30 Tagen": HALVES,
    "50 % bei Auftrag und 50 % in 30 Tagen": HALVES,
    "30% on order, 70% 30 days after delivery": [part(30), part(70, 30, "delivery")],
    '30% on order, 70% after "letter of credit"': [part(30), part(70, 0, "letter of credit")],
    "50 % bei Auftrag, 50 % nach Lieferung": [part(50), part(50, 0, "Lieferung")],
    "50 % à la livraison, 50 % 10 jours après l'achèvement": [
        part(50, 0, "livraison"), part(50, 10, "achèvement")],
    "40% on order, 30% on delivery and 30% in 30 days": [
        part(40), part(30, 0, "delivery"), part(30, 30)],
    "%33.3 now, %33,3 in 5 days, %33.4 in 10 days": [
        part("33.3"), part("33.3", 5), part("33.4", 10)],
    "33.3% now, 33,3% in 5 days, 33.4% in 10 days": [
        part("33.3"), part("33.3", 5), part("33.4", 10)],
    "100/3% now; 200/3% in 30 days": [part("100/3"), part("200/3", 30)],
    "0% now, 100% in 30 days": [part(0), part(100, 30)],
    "100%": [part(100)],
    "50%; 50%": [part(50), part(50)],
}  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), INSTALMENTS.items(), ids=INSTALMENTS)
def test_instalments_are_read(text: str, parts: list[Installment]):
    assert PaymentTerms.parse(text) == PaymentTerms(parts)


GIVEN = {
    "50% now with 2% discount within 10 days; 50% now": [TWO_TEN],
    "50% NOW WITH 2% DISCOUNT WITHIN 10 DAYS; 50% NOW": [TWO_TEN],
    "50% now with a 2% discount within 10 days; 50% now": [TWO_TEN],
    "50% now With A 2 Percent discount within 10 days; 50% now": [TWO_TEN],
    "50% bij opdracht met 2% korting binnen 10 dagen; 50% direct": [TWO_TEN],
    "50% BIJ OPDRACHT MET 2% KORTING BINNEN 10 DAGEN; 50% DIRECT": [TWO_TEN],
    "50% COMPTANT AVEC 2 % D'ESCOMPTE SOUS 10 JOURS ; 50% COMPTANT": [TWO_TEN],
    "50% SOFORT MIT 2 % SKONTO 10 TAGE; 50% SOFORT": [TWO_TEN],
    "50% comptant avec 2 % d'escompte sous 10 jours ; 50% comptant": [TWO_TEN],
    "50% sofort mit 2 % Skonto 10 Tage; 50% sofort": [TWO_TEN],
    "50% sofort mit 2 % Skonto 10 Tage (Steuer nicht gemindert); 50% sofort": [
        EarlyDiscount(2, 10, NOT_REDUCED)],
    "50% now with 2% discount within 10 days with 1,5% discount within 20 days, 50% now": [
        TWO_TEN, EarlyDiscount("1.5", 20)],
    "50% now with 100/3% discount within 10 days; 50% now": [EarlyDiscount("100/3", 10)],
}  # fmt: skip


@pytest.mark.parametrize(("text", "discounts"), GIVEN.items(), ids=GIVEN)
def test_the_discount_of_one_instalment_is_read(text: str, discounts: list[EarlyDiscount]):
    first = Installment(Percent(50), discounts=discounts)
    assert PaymentTerms.parse(text) == PaymentTerms([first, part(50)])


@pytest.mark.parametrize(
    "text",
    [
        "one after another: 50%; 50% in 30 days",
        "Due one after another: 50% on receipt; 50% in 30 days.",
        "ONE AFTER ANOTHER : 50%; 50% in 30 days",
        "Te betalen na elkaar: 50% bij ontvangst; 50% binnen 30 dagen.",
        "À payer l'un après l'autre : 50 % à réception ; 50 % sous 30 jours.",
        "a payer l\u2019un apres l\u2019autre\u00a0: 50 % a reception ; 50 % sous 30 jours",
        "Zahlbar nacheinander: 50 % bei Erhalt; 50 % in 30 Tagen.",
    ],
)
def test_a_sequence_is_read(text: str):
    assert PaymentTerms.parse(text) == PaymentTerms(HALVES, sequential=True)


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_example_is_read(text: str):
    assert isinstance(PaymentTerms.parse(text), PaymentTerms)
