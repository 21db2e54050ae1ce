"""The eight templates: their shares, and that each makes a schedule."""

from datetime import date

import pytest

from milestone_invoicing import (
    ON_APPROVAL,
    ON_SIGNING,
    REST,
    Milestone,
    Money,
    PaymentTerms,
    Percent,
    Remainder,
    Template,
)

MAY_4 = date(2026, 5, 4)
PERCENTS = {
    Template.SOFTWARE: (25, 25, 50),
    Template.FREELANCE_DESIGN: (30, 30, 40),
    Template.CONSTRUCTION: (20, 30, 30, 20),
    Template.UX_DESIGN: (40, 30, 30),
}
EVEN = {
    Template.MARKETING: 3,
    Template.CONSULTING: 3,
    Template.WEBSITE_REDESIGN: 4,
    Template.VIDEO_PRODUCTION: 3,
}


def test_there_are_eight():
    assert set(Template) == {*PERCENTS, *EVEN}
    assert len(Template) == 8


@pytest.mark.parametrize(
    ("template", "shares"),
    PERCENTS.items(),
    ids=[f"{template.value} = {'/'.join(map(str, n))}" for template, n in PERCENTS.items()],
)
def test_those_of_practice_have_percents(template: Template, shares: tuple[int, ...]):
    assert tuple(milestone.share for milestone in template.milestones) == tuple(
        map(Percent, shares)
    )


@pytest.mark.parametrize(
    ("template", "parts"),
    EVEN.items(),
    ids=[f"{template.value} in {parts}" for template, parts in EVEN.items()],
)
def test_the_others_have_even_shares(template: Template, parts: int):
    assert [milestone.share for milestone in template.milestones] == [REST] * parts


@pytest.mark.parametrize("template", Template, ids=lambda template: template.value)
def test_each_makes_a_schedule_of_deliverables(template: Template):
    schedule = template.schedule(Money.of("10000.01", "EUR"))
    assert schedule.milestones == template.milestones
    assert Money.total(schedule.amounts(as_of=MAY_4), currency="EUR") == schedule.total
    assert all(milestone.deliverable == milestone.title for milestone in schedule.milestones)


def test_only_the_first_of_ux_design_is_billed_on_signing():
    triggers = {
        (milestone.key, milestone.trigger)
        for template in Template
        for milestone in template.milestones
        if milestone.trigger is not ON_APPROVAL
    }
    assert triggers == {("signing", ON_SIGNING)}


def test_what_the_caller_says_reaches_the_schedule():
    terms = PaymentTerms.net(14)
    schedule = Template.MARKETING.schedule(
        Money.of(100, "EUR"), signed_on=MAY_4, remainder=Remainder.LAST, terms=terms
    )
    assert (schedule.signed_on, schedule.remainder, schedule.terms) == (
        MAY_4,
        Remainder.LAST,
        terms,
    )
    assert [amount.minor for amount in schedule.amounts(as_of=MAY_4)] == [3333, 3333, 3334]


def test_the_stages_are_plain_milestones():
    assert all(type(stage) is Milestone for each in Template for stage in each.milestones)
    assert [stage.title for stage in Template.CONSTRUCTION.milestones] == [
        "Permits",
        "Foundation poured",
        "Frame",
        "Final inspection",
    ]
