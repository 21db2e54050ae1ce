"""Laws 5 and 6: what stands on a day depends on the facts up to that day, and on nothing else."""

import pickle
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Fact, Reversed, as_known_on
from milestone_invoicing.errors import NothingToReverseError
from milestone_invoicing.facts import in_order, of_kind, standing
from tests.properties.agreements import BEGINNING, work_facts

DAYS = [BEGINNING + timedelta(n) for n in range(-1, 12)]
each_day = st.sampled_from(DAYS)
facts_of_any_day = st.lists(work_facts(), max_size=8)


@attrs.frozen
class Log:
    """A value that carries facts and nothing else."""

    facts: tuple[Fact, ...] = attrs.field(converter=tuple)


@st.composite
def logs(draw: st.DrawFn, *, apart: int = 0) -> list[Fact]:
    """Return facts in the order of their days, some of which reverse an earlier one that stands."""
    log: list[Fact] = []
    day = BEGINNING
    for _ in range(draw(st.integers(0, 6))):
        day += timedelta(draw(st.integers(apart, 2)))
        stands = standing(log, day)
        if stands and draw(st.booleans()):
            log.append(Reversed(draw(st.sampled_from(stands)), "mistake", on=day))
        else:
            log.append(attrs.evolve(draw(work_facts()), on=day))
    return log


@st.composite
def recorded(draw: st.DrawFn) -> Log:
    """Return facts of which some became known on another day than their own."""
    known = st.none() | each_day
    return Log([attrs.evolve(fact, recorded_on=draw(known)) for fact in draw(logs())])


def seen(facts: Sequence[Fact]) -> list[tuple[Fact, ...]]:
    return [standing(facts, day) for day in [*DAYS, date.max]]


@given(logs(), each_day, facts_of_any_day)
def test_facts_dated_later_change_nothing(log: list[Fact], day: date, more: list[Fact]):
    later = [attrs.evolve(fact, on=fact.on + (day - BEGINNING) + timedelta(1)) for fact in more]
    upto = [fact for fact in log if fact.on <= day]
    assert standing([*log, *later], day) == standing(log, day) == standing(upto, day)


@given(facts_of_any_day, each_day)
def test_what_stands_is_what_happened_by_then_in_order(facts: list[Fact], day: date):
    stands = standing(facts, day)
    assert all(fact.on <= day for fact in stands)
    assert [fact.on for fact in stands] == sorted(fact.on for fact in facts if fact.on <= day)
    assert Counter(stands) == Counter(fact for fact in facts if fact.on <= day)


@given(logs(apart=1), st.randoms(use_true_random=False))
def test_facts_of_different_days_may_be_recorded_in_any_order(log: list[Fact], random):
    shuffled = random.sample(log, len(log))
    assert seen(shuffled) == seen(log)


@given(logs(), st.randoms(use_true_random=False))
def test_facts_of_one_day_keep_their_order_however_days_are_recorded(log: list[Fact], random):
    days = random.sample(DAYS, len(DAYS))
    by_day = [fact for day in days for fact in log if fact.on == day]
    late = [fact for fact in log if fact.on not in days]
    assert seen([*late, *by_day]) == seen(log)


@given(st.lists(work_facts(), min_size=1, max_size=8), st.data(), st.integers(0, 3))
def test_a_reversal_hides_one_equal_fact_from_its_own_date_on(facts, data, wait: int):
    fact = data.draw(st.sampled_from(facts))
    reversal = Reversed(fact, "mistake", on=fact.on + timedelta(wait))
    for day in DAYS:
        before, after = Counter(standing(facts, day)), Counter(standing([*facts, reversal], day))
        hidden = Counter({fact: 1}) if day >= reversal.on else Counter()
        assert after == before - hidden


@given(facts_of_any_day, work_facts(), st.integers(0, 3))
def test_a_reversal_of_what_is_not_there_is_refused_from_its_own_date_on(
    facts, other: Fact, wait: int
):
    others = [fact for fact in facts if fact != other]
    reversal = Reversed(other, "mistake", on=other.on + timedelta(wait))
    for day in DAYS:
        if day < reversal.on:
            assert standing([*others, reversal], day) == standing(others, day)
        else:
            with pytest.raises(NothingToReverseError, match="there is nothing to reverse"):
                standing([*others, reversal], day)


@given(recorded(), each_day)
def test_what_was_known_is_what_was_recorded_by_then(log: Log, day: date):
    known = as_known_on(log, day)
    assert known.facts == tuple(fact for fact in log.facts if fact.known_on <= day)
    assert as_known_on(known, day) == known
    assert as_known_on(log, date.max) == log


@given(recorded(), each_day, each_day)
def test_knowledge_of_two_days_is_that_of_the_earlier(log: Log, one: date, other: date):
    assert as_known_on(as_known_on(log, one), other) == as_known_on(log, min(one, other))


@given(logs(), st.data())
def test_a_reversal_is_known_no_sooner_than_its_fact(log: list[Fact], data):
    known = {
        fact: data.draw(st.none() | each_day) for fact in log if not isinstance(fact, Reversed)
    }
    recorded_log = [
        attrs.evolve(fact, fact=attrs.evolve(fact.fact, recorded_on=known[fact.fact]))
        if isinstance(fact, Reversed)
        else attrs.evolve(fact, recorded_on=known[fact])
        for fact in log
    ]
    for day in DAYS:
        seen(as_known_on(Log(recorded_log), day).facts)  # never finds nothing to reverse


@given(facts_of_any_day)
def test_ordering_is_stable_and_loses_nothing(facts: list[Fact]):
    ordered = in_order(facts)
    assert Counter(ordered) == Counter(facts)
    assert in_order(ordered) == ordered
    for kind in {type(fact) for fact in facts}:
        assert of_kind(ordered, kind) == tuple(fact for fact in ordered if type(fact) is kind)


@given(work_facts(), st.none() | each_day)
def test_a_fact_survives_pickle(fact: Fact, known: date | None):
    fact = attrs.evolve(fact, recorded_on=known)
    twin = pickle.loads(pickle.dumps(fact))
    assert (twin, hash(twin)) == (fact, hash(fact))
