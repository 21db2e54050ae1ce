"""What states are called in four languages; every member of every labelled enum has its words."""

import re
from datetime import date
from enum import Enum
from typing import get_args

import pytest

from milestone_invoicing import (
    AgeBy,
    AgingBasis,
    AtProgress,
    BillingWay,
    DayCount,
    DiscountStage,
    DocumentState,
    EarnedBy,
    FixingDay,
    Flag,
    ForecastPeriod,
    MetricsBy,
    MilestoneLabel,
    OnDate,
    Outside,
    PaymentOrder,
    Percent,
    RateReading,
    ReminderAnchor,
    SettlementState,
    StatusLabel,
    Trigger,
    UnknownLocaleError,
    WorkState,
    WrongTypeError,
    receivables,
)
from milestone_invoicing.display import Labelled, label, trigger_label
from milestone_invoicing.display.labels import (
    _LANGUAGES,
    _WORDS,
    headed,
    language_of_labels,
    row_name,
    word,
)

ENUMS = get_args(Labelled)
# What somebody chooses is no state that anybody is shown.
CHOICES = {
    AgeBy,
    AgingBasis,
    BillingWay,
    DayCount,
    EarnedBy,
    FixingDay,
    ForecastPeriod,
    MetricsBy,
    PaymentOrder,
    RateReading,
    ReminderAnchor,
}
MEMBERS = [member for enum in ENUMS for member in enum]
each_member = pytest.mark.parametrize("member", MEMBERS, ids=str)


@each_member
def test_english_is_the_value_itself(member: Labelled):
    assert label(member, locale="en_GB") == member.value


@each_member
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_every_member_has_a_label(member: Labelled, language: str):
    assert member in _LANGUAGES[language], f"give {member!r} a label in its language"
    assert label(member, locale=language).strip()


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_there_is_no_label_of_something_else(language: str):
    assert set(_LANGUAGES[language]) == set(MEMBERS)


def test_every_state_of_receivables_and_of_work_has_labels():
    found = {getattr(receivables, name) for name in receivables.__all__}
    states = {cls for cls in found if isinstance(cls, type) and issubclass(cls, Enum)}
    assert set(ENUMS) == (states - CHOICES) | {WorkState, Trigger}


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_no_two_members_of_one_enum_are_called_alike(enum: type[Enum], language: str):
    called = [label(member, locale=language) for member in enum]
    assert len(set(called)) == len(called)


def test_every_title_is_in_every_language():
    assert set(_WORDS) == set(_LANGUAGES)
    assert {frozenset(words) for words in _WORDS.values()} == {frozenset(_WORDS["nl"])}
    assert all(text.strip() for words in _WORDS.values() for text in words.values())


@pytest.mark.parametrize(
    ("member", "english", "dutch", "french", "german"),
    [
        (StatusLabel.OVERDUE, "overdue", "achterstallig", "en retard", "überfällig"),
        (StatusLabel.PAID, "paid", "betaald", "payée", "bezahlt"),
        (MilestoneLabel.PAID, "paid", "betaald", "payé", "bezahlt"),  # le jalon, la facture
        (
            MilestoneLabel.READY,
            "ready to invoice",
            "te factureren",
            "à facturer",
            "abrechnungsreif",
        ),
        (
            SettlementState.PART_PAID,
            "part paid",
            "deels betaald",
            "partiellement payée",
            "teilweise bezahlt",
        ),
        (DocumentState.VOID, "void", "geannuleerd", "annulée", "storniert"),
        (Flag.EXTENDED, "extended", "uitstel verleend", "délai accordé", "Frist verlängert"),
        (Flag.DISPUTED, "disputed", "betwist", "contestée", "bestritten"),
        (
            Flag.PROMISE_BROKEN,
            "promise broken",
            "toezegging niet nagekomen",
            "promesse non tenue",
            "Zusage nicht eingehalten",
        ),
        (WorkState.DELIVERED, "delivered", "opgeleverd", "livré", "geliefert"),
        (Trigger.ON_APPROVAL, "on approval", "bij goedkeuring", "à l'approbation", "bei Abnahme"),
        (
            Outside.BEYOND,
            "beyond",
            "na de laatste dag",
            "au-delà du dernier jour",
            "nach dem letzten Tag",
        ),
        (DiscountStage.TAKEN, "taken", "korting genomen", "escompte pris", "Skonto gezogen"),
    ],
    ids=str,
)
def test_a_state_is_called(member: Labelled, english: str, dutch: str, french: str, german: str):
    called = [label(member, locale=locale) for locale in ("en", "nl_BE", "fr-CA", "de_AT")]
    assert called == [english, dutch, french, german]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("nl_NL", "nl"),
        ("fr_CH", "fr"),
        ("en_AU", "en"),
        ("de_CH", "de"),
        ("ja", "en"),
        ("ar", "en"),
    ],
)
def test_a_locale_reads_labels_in(locale: str, language: str):
    assert language_of_labels(locale) == language
    assert label(StatusLabel.OVERDUE, locale=locale) == label(StatusLabel.OVERDUE, locale=language)
    assert word("Milestone", locale) == word("Milestone", language)


MAY_31 = OnDate(date(2026, 5, 31))
HALF = AtProgress(Percent("37.5"))


@pytest.mark.parametrize(
    ("trigger", "locale", "text"),
    [
        (Trigger.ON_SIGNING, "en", "on signing"),
        (Trigger.MANUAL, "nl", "na vrijgave"),
        (MAY_31, "en_GB", "on 31 May 2026"),
        (MAY_31, "nl", "op 31 mei 2026"),
        (MAY_31, "fr", "le 31 mai 2026"),
        (MAY_31, "de", "am 31.05.2026"),
        (HALF, "en", "at 37.5% progress"),
        (HALF, "nl", "bij 37,5% voortgang"),
        (HALF, "fr", "à 37,5\N{NO-BREAK SPACE}% d'avancement"),
    ],
    ids=str,
)
def test_a_trigger_reads(trigger: object, locale: str, text: str):
    assert trigger_label(trigger, locale=locale) == text


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "A: b"), ("nl", "A: b"), ("fr", "A\N{NO-BREAK SPACE}: b")]
)
def test_a_colon_stands_as_the_language_sets_it(locale: str, text: str):
    assert headed("A", "b", locale) == text


@pytest.mark.parametrize(
    ("key", "names", "name"),
    [
        ("acme", None, "acme"),
        ("acme", {}, "acme"),
        ("acme", {"acme": "Acme Ltd"}, "Acme Ltd"),
        ("acme", {"bolt": "Bolt"}, "acme"),
        (None, None, "niet toegewezen"),
        (None, {"acme": "Acme Ltd"}, "niet toegewezen"),
        (None, {None: "niemand"}, "niemand"),
        (7, None, "7"),
        (7, {7: "zeven"}, "zeven"),
    ],
    ids=str,
)
def test_a_row_is_called(key: object, names: object, name: str):
    assert row_name(key, names, "nl") == name


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "unassigned"),
        ("nl", "niet toegewezen"),
        ("fr", "non attribué"),
        ("de", "nicht zugewiesen"),
    ],
)
def test_what_has_no_key_is_called(locale: str, text: str):
    assert row_name(None, None, locale) == text


def test_a_name_that_is_no_text_is_refused():
    message = "the name of None is of the wrong type: expected str, got 7"
    with pytest.raises(WrongTypeError, match=f"^{message}$"):
        row_name(None, {None: 7}, "en")


@pytest.mark.parametrize("value", ["paid", None, EarnedBy.APPROVAL, MAY_31], ids=str)
def test_what_has_no_label_is_refused(value: object):
    message = "a value has no label: expected a state, label, flag or trigger, got "
    with pytest.raises(WrongTypeError, match=f"^{re.escape(message)}"):
        label(value, locale="en")


@pytest.mark.parametrize("value", ["on signing", None, StatusLabel.PAID], ids=str)
def test_what_is_no_trigger_is_refused(value: object):
    message = "the trigger is of the wrong type: expected Trigger or OnDate or AtProgress, got "
    with pytest.raises(WrongTypeError, match=f"^{re.escape(message)}"):
        trigger_label(value, locale="en")


@pytest.mark.parametrize(
    "call",
    [
        lambda locale: label(StatusLabel.PAID, locale=locale),
        lambda locale: trigger_label(Trigger.MANUAL, locale=locale),
        lambda locale: trigger_label(MAY_31, locale=locale),
        lambda locale: trigger_label(HALF, locale=locale),
    ],
    ids=["label", "trigger", "date", "progress"],
)
def test_an_unknown_locale_is_refused(call: object):
    message = 'a locale is not known: expected a CLDR locale such as "nl_NL" or "en", got \'xx\''
    with pytest.raises(UnknownLocaleError, match=f"^{re.escape(message)}$"):
        call("xx")
    with pytest.raises(WrongTypeError, match=r"^the locale is of the wrong type: expected str, "):
        call(None)
