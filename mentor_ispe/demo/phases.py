"""The cycles of the demo, one function each: first who plays, then what happens, day by day.

Casting comes first and always, so that a demo that goes on where it stopped has the same people in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mentor_ispe.demo import conversations
from mentor_ispe.demo.casting import JUNIOR, SENIOR, Casting, best_first
from mentor_ispe.demo.people import MENTEE_LOGIN, MENTOR_LOGIN, DemoPerson
from mentor_ispe.demo.played import PlayedCycle
from mentor_ispe.services.applications.commands import withdraw
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import ending

BEGINNERS = ("Student", "Recent Graduate", "Early Career")
FOCUS = (
	"Getting to know each other",
	"Goals for the year",
	"A difficult decision at work",
	"Asking for feedback",
)


def draft(cycle: PlayedCycle, casting: Casting) -> None:
	"""Next year's cycle of the chapter: planned, nobody can apply yet."""
	if not cycle.played:
		cycle.begin()


def open_(cycle: PlayedCycle, casting: Casting) -> None:
	"""Applications come in; a few are decided, most wait for the coordinator."""
	types = [row.membership_type for row in cycle.program.membership_types]
	mentors = casting.choose(6, SENIOR, membership_types=types)
	mentees = casting.choose(9, BEGINNERS, membership_types=types)
	if cycle.played:
		return
	cycle.begin()
	cycle.become("Open", cycle.plan["opens"])
	cycle.sign_up_all(mentors, "Mentor")
	cycle.sign_up_all(mentees, "Mentee")
	cycle.approve_all(mentors[:2], "Mentor", 0)
	cycle.approve_all(mentees[:3], "Mentee", 0)
	cycle.reject(
		mentees[3],
		"Mentee",
		0,
		"This time, places go to people who haven't had a mentor yet. Please apply again in the fall.",
	)


def matching(cycle: PlayedCycle, casting: Casting) -> None:
	"""Approved people wait; some are proposed to each other, with every kind of answer; a run for the rest."""
	mentor_login, mentee_login = casting.login(MENTOR_LOGIN), casting.login(MENTEE_LOGIN)
	mentors = [mentor_login, *casting.choose(11, SENIOR)]
	both = casting.choose(2, ["Mid-Level"])
	mentees = [mentee_login, *best_first(mentors[1:], casting.choose(16, JUNIOR, without=both))]
	if cycle.played:
		return
	cycle.begin()
	cycle.become("Open", cycle.plan["opens"])
	for index, mentor in enumerate(mentors):
		cycle.sign_up(mentor, "Mentor", -50 + index, seats_offered=3 if index == 0 else 1)
	cycle.sign_up_all(both, "Mentor", seats_offered=1)
	cycle.sign_up_all([*both, *mentees], "Mentee")
	cycle.approve_all([*mentors, *both], "Mentor", -11)
	cycle.approve_all([*both, *mentees[:-2]], "Mentee", -11)
	cycle.become("Matching", -10)

	for mentor, mentee in zip(mentors[1:4], mentees[1:4], strict=True):
		cycle.accept(cycle.propose(mentor, [mentee], -9), [mentee, mentor], -6)
	for mentor, mentee in zip(mentors[4:6], mentees[4:6], strict=True):
		cycle.accept(cycle.propose(mentor, [mentee], -7), [mentee], -5)
	declined = cycle.propose(mentors[6], [mentees[6]], -8)
	cycle.decline(declined, mentees[6], -6, "We worked together for years, and I'd like to meet someone new.")
	cycle.propose(mentors[7], [mentees[6]], -4)
	too_busy = cycle.propose(mentors[8], [mentees[7]], -8)
	cycle.decline(too_busy, mentors[8], -5, "A project was moved up, so I have no time before summer.")
	cycle.propose(mentor_login, [mentees[8]], -3)
	cycle.propose(mentors[9], [mentee_login], -3)
	cycle.match(0)


def running_groups(cycle: PlayedCycle, casting: Casting) -> None:
	"""Three international groups half-way through their year; the seat of one member is about to lapse."""
	mentors = [casting.login(MENTOR_LOGIN), *casting.choose(2, ["Executive", "Senior"])]
	groups = []
	for index in range(3):
		moderator = casting.choose(1, ["Mid-Level"])
		members = casting.choose(4, BEGINNERS)
		if index == 0:
			members = [
				casting.login(MENTEE_LOGIN),
				*members[:2],
				*casting.choose(1, JUNIOR, standings=["lapsed"]),
			]
		elif index == 1:
			members = [*members, *casting.choose(1, JUNIOR, standings=["grace"])]
		groups.append([*moderator, *members])
	if cycle.played:
		return
	cycle.begin()
	cycle.become("Open", cycle.plan["opens"])
	cycle.sign_up_all(mentors, "Mentor", seats_offered=6)
	for members in groups:
		cycle.sign_up(members[0], "Mentee", -230, willing_to_moderate=1)
		cycle.sign_up_all(members[1:], "Mentee")
	cycle.approve_all(mentors, "Mentor", -190)
	cycle.approve_all([person for members in groups for person in members], "Mentee", -190)
	cycle.become("Matching", -189)
	names = []
	for mentor, members, title in zip(
		mentors, groups, ("Across the Ocean", "Quality Circle", "New Horizons"), strict=True
	):
		group = cycle.propose(mentor, members, -175, moderator=members[0], title=title)
		cycle.accept(group, [mentor, *members], -165)
		cycle.start(
			group,
			[mentor, *members],
			-150,
			"We meet online once a month for an hour. If you can't come, tell the group two days before. "
			"What is said in the group stays in the group.",
		)
		names.append(group)
	cycle.become("Running", -150)
	for index, (group, mentor, members) in enumerate(zip(names, mentors, groups, strict=True)):
		conversations.talk(cycle, group, [mentor, *members], -149, conversations.GROUP)
		for number, day in enumerate((-145, -115, -100, -70, -40, -10)):
			absent = members[1 + number % 3] if number % 2 else None
			session = cycle.meet(group, day + index, FOCUS[number % len(FOCUS)], absent=absent)
			if number == 2:
				cycle.tell(
					members[2],
					"Session",
					group,
					day + index,
					"Good questions, and everyone spoke.",
					5,
					session,
				)
		cycle.meet(group, 12 + index, "A guest from the regulatory side")
		cycle.ask_for_feedback([group], -89)
		cycle.rate_sessions([mentor, *members[:-1]], -88)
		cycle.tell(
			members[0],
			"Group Update",
			group,
			-87,
			"We meet as planned. The group chooses the topics.",
			going="On Track",
		)
		cycle.remind_of_feedback(-75, -68, -61)
		cycle.ask_for_feedback([group], -27)
		cycle.rate_sessions(members[1:3], -26)
		if index < 2:  # the third group's update stays away
			cycle.tell(
				members[0],
				"Group Update",
				group,
				-25,
				"One of us changed jobs; everyone else is on board.",
				5,
				going="On Track" if index == 0 else "Needs Attention",
				staff_comment="" if index == 0 else "Two of us hardly ever speak. I could use some advice.",
			)
		cycle.tell(mentor, "Check-in", group, -24, "The group runs well on its own now.", 5)
	cycle.remind_of_feedback(-13, -6)
	cycle.tell(
		groups[1][2],
		"Success Story",
		names[1],
		-20,
		"The group helped me rehearse my first conference talk, and it went well.",
		5,
		may_publish=True,
	)
	cycle.look_at_health(names)


def running_pairs(cycle: PlayedCycle, casting: Casting) -> None:
	"""Six partnerships that collect credit; one didn't work out, and its mentee waits for another partner."""
	mentors = casting.choose(6, SENIOR)
	mentees: list[Any] = []
	for mentor in mentors:
		mentees += casting.choose(
			1, ["Early Career", "Mid-Level"], without=mentees, other_employer_than=mentor
		)
	if cycle.played:
		return
	groups = _pairs(cycle, mentors, mentees, proposed=-135, started=-120)
	for number, (group, mentor, mentee) in enumerate(zip(groups, mentors, mentees, strict=True)):
		conversations.talk(cycle, group, [mentor, mentee], -119, conversations.PAIR)
		for index, day in enumerate((-114, -84, -54, -24)):
			if number == 5 and day > -60:
				break
			place = f"Café near {mentor.profile['employer']}" if index % 2 == 0 else None
			cycle.meet(group, day + number, FOCUS[index], place=place, minutes=90)
		if number != 4:  # one mentee hasn't set a goal yet, and the credit is at risk
			cycle.set_goal(mentee, group, -110, done=1 + number % 2)
		if number < 5:
			cycle.meet(group, 6 + number, "Our goals and progress")
			cycle.ask_for_feedback([group], -58)
			cycle.tell(
				mentee,
				"Check-in",
				group,
				-57,
				"Worth the time. I tried two of the ideas at work.",
				going="On Track",
			)
			if number != 3:  # one mentor is reminded, and doesn't answer
				cycle.tell(mentor, "Check-in", group, -56, "My partner comes prepared.", 5)
	cycle.ask_for_feedback(groups[5:], -58)
	cycle.tell(
		mentees[5],
		"Check-in",
		groups[5],
		-57,
		"We can't find a time that works for both of us.",
		2,
		going="Not Working",
		staff_comment="I'd prefer someone in my time zone.",
	)
	with cycle.on(-50):
		ending.end_early(groups[5], "They live nine time zones apart and couldn't find a time to talk.")
	cycle.remind_of_feedback(-44, -37, -30)
	cycle.look_at_health(groups)


def completed_pairs(cycle: PlayedCycle, casting: Casting) -> None:
	"""Two partnerships that lasted six months: one has earned its credit, one forgot to look at its goals."""
	mentors = [casting.login(MENTOR_LOGIN), *casting.choose(1, SENIOR)]
	mentees: list[Any] = []
	for mentor in mentors:
		mentees += casting.choose(
			1, ["Early Career", "Mid-Level"], without=mentees, other_employer_than=mentor
		)
	if cycle.played:
		return
	groups = _pairs(cycle, mentors, mentees, proposed=-285, started=-270)
	for number, (group, mentor, mentee) in enumerate(zip(groups, mentors, mentees, strict=True)):
		goal = cycle.set_goal(mentee, group, -260)
		own = cycle.set_goal(mentor, group, -258, title="Ask more and answer less")
		for index in range(7):
			place = f"Café near {mentor.profile['employer']}" if index % 2 == 0 else None
			cycle.meet(group, -264 + 28 * index + number, FOCUS[index % len(FOCUS)], place=place, minutes=90)
		if number == 0:
			cycle.review(mentee, goal, -88, "Achieved", "I led the project, and I would do it again.")
			cycle.review(mentor, own, -87, "Partly Achieved", "On good days.")
	with cycle.on(-83):
		for group in groups:
			group_commands.complete(group)
	for group, mentee in zip(groups, mentees, strict=True):
		cycle.tell(mentee, "Closing", group, -82, "We met every month, and every meeting was worth it.", 5)
	cycle.become("Completed", -80)


def running_circle(cycle: PlayedCycle, casting: Casting) -> None:
	"""A circle of peers, without a mentor."""
	peers = casting.choose(7, [*JUNIOR, "Senior"], chapter="Boston Area")
	if cycle.played:
		return
	cycle.begin()
	cycle.become("Open", cycle.plan["opens"])
	cycle.sign_up_all(peers, "Mentee")
	cycle.approve_all(peers, "Mentee", -158)
	cycle.become("Matching", -157)
	group = cycle.propose(None, peers, -150, title="Charles River Circle")
	cycle.accept(group, peers, -145)
	cycle.start(group, peers, -130, "We take turns: each month, one of us hosts and brings a question.")
	cycle.become("Running", -130)
	for index, day in enumerate((-125, -95, -65, -35, -5)):
		cycle.meet(group, day, FOCUS[index % len(FOCUS)], absent=peers[index], place="Library, Boston")
	conversations.talk(cycle, group, peers, -3, conversations.CIRCLE)
	cycle.meet(group, 25, "Changing jobs without burning bridges", place="Library, Boston")
	cycle.ask_for_feedback([group], -38)
	cycle.tell(
		peers[0], "Group Update", group, -37, "All seven of us are still on board.", 5, going="On Track"
	)
	cycle.look_at_health([group])


def completed(cycle: PlayedCycle, casting: Casting) -> None:
	"""A cycle that ended: five pairs completed, one ended before its time, feedback is in."""
	types = [row.membership_type for row in cycle.program.membership_types]
	mentors = casting.choose(6, SENIOR, membership_types=types)
	mentees = best_first(mentors, casting.choose(6, BEGINNERS, membership_types=types))
	if cycle.played:
		return
	groups = _pairs(cycle, mentors, mentees, proposed=-292, started=-280, trained=True)
	for number, group in enumerate(groups):
		ended_early = number == 5
		for index, day in enumerate(
			(-274, -245, -215) if ended_early else (-274, -245, -215, -185, -155, -125)
		):
			cycle.meet(group, day + number, FOCUS[index % len(FOCUS)])
	cycle.tell(
		mentees[0],
		"Success Story",
		groups[0],
		-101,
		"With my mentor's questions in mind, I applied for a residency and got it.",
		5,
		may_publish=True,
	)
	with cycle.on(-200):
		ending.end_early(groups[5], "They reached their goals early and agreed to stop here.")
	with cycle.on(-98):
		for group in groups[:5]:
			group_commands.complete(group)
	cycle.ask_for_feedback(groups, -97)
	for group, mentor, mentee in zip(groups[:5], mentors, mentees, strict=False):
		cycle.tell(mentee, "Closing", group, -97, "I achieved what I wanted, and I know who to ask.", 5)
		cycle.tell(mentor, "Closing", group, -96, "I learned to listen more.", 4)
	cycle.become("Completed", -95)


def cancelled(cycle: PlayedCycle, casting: Casting) -> None:
	"""Too few signed up for a circle, so the cycle was called off."""
	peers = casting.choose(3, [*JUNIOR, "Senior"], chapter="Boston Area")
	if cycle.played:
		return
	cycle.begin()
	cycle.become("Open", cycle.plan["opens"])
	cycle.sign_up_all(peers, "Mentee")
	for person in peers:
		with cycle.on(-36):
			withdraw(
				"Mentee",
				cycle.application(person, "Mentee"),
				"The circle was cancelled because too few people signed up.",
			)
	cycle.become("Cancelled", -35)


# In the order of their casting, which a change of would give other people other parts.
PHASES: dict[str, Callable[[PlayedCycle, Casting], None]] = {
	"completed": completed,
	"completed_pairs": completed_pairs,
	"running_groups": running_groups,
	"running_pairs": running_pairs,
	"running_circle": running_circle,
	"matching": matching,
	"open": open_,
	"cancelled": cancelled,
	"draft": draft,
}


def _pairs(
	cycle: PlayedCycle,
	mentors: list[DemoPerson],
	mentees: list[DemoPerson],
	proposed: int,
	started: int,
	trained: bool = False,
) -> list[str]:
	"""Bring mentors and mentees of a new cycle together, one to one, and start; return the groups."""
	cycle.begin()
	cycle.become("Open", cycle.plan["opens"])
	cycle.sign_up_all(mentors, "Mentor")
	cycle.sign_up_all(mentees, "Mentee")
	decided = cycle.plan["closes"] + 2
	cycle.approve_all(mentors, "Mentor", decided)
	cycle.approve_all(mentees, "Mentee", decided)
	cycle.become("Matching", decided)
	groups = []
	for mentor, mentee in zip(mentors, mentees, strict=True):
		group = cycle.propose(mentor, [mentee], proposed)
		cycle.accept(group, [mentee, mentor], proposed + 4)
		groups.append(group)
	if trained:
		cycle.train(mentors, "Mentor", started - 2)
		cycle.train(mentees, "Mentee", started - 2)
	for group, mentor, mentee in zip(groups, mentors, mentees, strict=True):
		cycle.start(
			group, [mentor, mentee], started, "Once a month for an hour. The mentee schedules the meetings."
		)
	cycle.become("Running", started)
	return groups
