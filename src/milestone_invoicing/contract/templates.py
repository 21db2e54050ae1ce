"""Schedules as they are often agreed, to start from; it knows titles and shares, no totals."""

from datetime import date
from enum import Enum
from typing import Final

from milestone_invoicing.contract.milestones import ON_APPROVAL, ON_SIGNING, AnyTrigger, Milestone
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.contract.shares import REST, Share
from milestone_invoicing.contract.terms import PaymentTerms
from milestone_invoicing.money import Money, Percent, Remainder


def _stage(key: str, title: str, share: Share, trigger: AnyTrigger = ON_APPROVAL) -> Milestone:
    return Milestone(key, title, share, deliverable=title, trigger=trigger)


_STAGES: Final = {
    "software": (
        _stage("sprint-1", "Sprint 1: MVP", Percent(25)),
        _stage("sprint-2", "Sprint 2: core features", Percent(25)),
        _stage("sprint-3", "Sprint 3: QA and deployment", Percent(50)),
    ),
    "freelance design": (
        _stage("mock-ups", "First mock-ups", Percent(30)),
        _stage("revisions", "Revisions", Percent(30)),
        _stage("final-assets", "Final assets", Percent(40)),
    ),
    "construction": (
        _stage("permits", "Permits", Percent(20)),
        _stage("foundation", "Foundation poured", Percent(30)),
        _stage("frame", "Frame", Percent(30)),
        _stage("inspection", "Final inspection", Percent(20)),
    ),
    "UX design": (
        _stage("signing", "On signing", Percent(40), ON_SIGNING),
        _stage("testing", "After user testing", Percent(30)),
        _stage("delivery", "On delivery", Percent(30)),
    ),
    "marketing": (
        _stage("strategy", "Strategy", REST),
        _stage("campaign", "Campaign launch", REST),
        _stage("report", "Results report", REST),
    ),
    "consulting": (
        _stage("assessment", "Assessment", REST),
        _stage("recommendations", "Recommendations", REST),
        _stage("implementation", "Implementation", REST),
    ),
    "website redesign": (
        _stage("discovery", "Discovery", REST),
        _stage("design", "Design", REST),
        _stage("build", "Build", REST),
        _stage("launch", "Launch", REST),
    ),
    "video production": (
        _stage("script", "Script and storyboard", REST),
        _stage("filming", "Filming", REST),
        _stage("final-cut", "Final cut", REST),
    ),
}


class Template(Enum):
    """Eight schedules to start from.

    SOFTWARE 25/25/50, FREELANCE_DESIGN 30/30/40, CONSTRUCTION 20/30/30/20 and UX_DESIGN 40/30/30
    have the percents of practice. MARKETING, CONSULTING and VIDEO_PRODUCTION in three and
    WEBSITE_REDESIGN in four have even shares, which are a convention of this library.

    Example:
        >>> schedule = Template.UX_DESIGN.schedule(Money.of(5000, "USD"))
        >>> [str(amount) for amount in schedule.amounts(as_of=date(2026, 5, 1))]
        ['USD 2000.00', 'USD 1500.00', 'USD 1500.00']
    """

    SOFTWARE = "software"
    FREELANCE_DESIGN = "freelance design"
    CONSTRUCTION = "construction"
    UX_DESIGN = "UX design"
    MARKETING = "marketing"
    CONSULTING = "consulting"
    WEBSITE_REDESIGN = "website redesign"
    VIDEO_PRODUCTION = "video production"

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones, to use as they are or to ``attrs.evolve``."""
        return _STAGES[self.value]

    def schedule(
        self,
        total: Money,
        *,
        signed_on: date | None = None,
        remainder: Remainder = Remainder.LARGEST,
        terms: PaymentTerms | None = None,
    ) -> Schedule:
        """Return the schedule of this template over *total*.

        Raises: as ``Schedule``.
        """
        return Schedule(
            total, self.milestones, signed_on=signed_on, remainder=remainder, terms=terms
        )
