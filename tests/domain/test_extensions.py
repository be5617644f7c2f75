"""Who goes on in the next cycle, by what each person said."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.extensions import NO, YES, decide
from mentor_ispe.domain.groups import GroupRules
from mentor_ispe.domain.seats import Seat

PAIR = GroupRules("One-on-One", 1, 1)
GROUP = GroupRules("Group", 2, 6)
CIRCLE = GroupRules("Peer Circle", 3, 10)

said = st.sampled_from([YES, NO, ""])
MENTORS = st.integers(1, 2)


def answer(profile: str, name: str, role: str, goes_on: str) -> Seat:
	return Seat(profile, role, "Active", profile=profile, full_name=name, goes_on=goes_on)


@st.composite
def groups(draw):
	"""The rules of a program and what the people of one of its groups said."""
	rules = draw(st.sampled_from([PAIR, GROUP, CIRCLE]))
	members = 1 if rules is PAIR else draw(st.integers(1, rules.size_max))
	answers = [answer(f"m{n}", f"Same Name {n % 2}", "Mentee", draw(said)) for n in range(members)]
	if rules.has_mentor:
		mentors = [answer(f"mentor {n}", "Same Name 0", "Mentor", draw(said)) for n in range(draw(MENTORS))]
		answers = [*mentors, *answers]
	return answers, rules


def enough(answers, rules) -> bool:
	yes = [each for each in answers if each.goes_on == YES]
	mentor = any(each.is_mentor for each in yes) or not rules.has_mentor
	return mentor and sum(not each.is_mentor for each in yes) >= rules.size_min


@given(groups(), st.booleans())
def test_only_those_who_said_yes_go_on(group, closed):
	answers, rules = group
	decision = decide(answers, rules, closed)
	assert all(each.goes_on == YES for each in decision.goes_on)
	assert not (decision.goes_on and decision.why_not)


@given(groups())
def test_when_the_time_is_over_it_is_decided_one_way_or_the_other(group):
	answers, rules = group
	decision = decide(answers, rules, closed=True)
	assert bool(decision.goes_on) == enough(answers, rules)
	assert bool(decision.why_not) != bool(decision.goes_on)
	assert set(decision.goes_on) <= {each for each in answers if each.goes_on == YES}
	if decision.goes_on:
		assert len(decision.goes_on) == sum(each.goes_on == YES for each in answers)


@given(groups())
def test_before_that_it_is_made_only_when_everyone_says_yes(group):
	answers, rules = group
	decision = decide(answers, rules, closed=False)
	everyone = all(each.goes_on == YES for each in answers)
	assert bool(decision.goes_on) == (everyone and enough(answers, rules))


@given(groups())
def test_what_is_hopeless_stays_hopeless_whatever_the_others_say(group):
	answers, rules = group
	if decide(answers, rules, closed=False).why_not:
		later = [replace(each, goes_on=each.goes_on or YES) for each in answers]
		assert not decide(later, rules, closed=True).goes_on


def test_a_group_whose_mentor_is_gone_does_not_go_on():
	decision = decide([answer("a", "A", "Mentee", YES), answer("b", "B", "Mentee", YES)], GROUP, True)
	assert decision.why_not.code == "no_mentor"
