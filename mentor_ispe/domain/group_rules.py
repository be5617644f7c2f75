"""The rules that every change of a mentoring group must keep: rules 1, 3 and 4, sizes, employers."""

from __future__ import annotations

from mentor_ispe.domain.groups import Facts, Group, Person, newly_committed, paired
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation


def check(before: Group | None, asked: Group, after: Group, facts: Facts) -> list[Violation]:
	"""List every rule that a step would break, in a stable order.

	`asked` is the group as the request left it, judged by the tables of statuses; `after` is what
	follows from it (`advance`, `hold_back`, `settle`), judged by every other rule.
	"""
	broken = check_transition("Mentoring Group", before.status if before else None, asked.status)
	broken += _seat_steps(before, asked)
	if broken:
		return broken  # the rest would only repeat it in other words
	broken += _same_cycle(after, facts)
	broken += _consistent(before, after)
	broken += _nobody_removed(before, after)
	broken += _one_side_only(after, facts)
	broken += _approved(before, after, facts)
	broken += _capacity(before, after, facts)
	broken += _one_mentor(before, after, facts)
	broken += _never_after_decline(before, after, facts)
	broken += _size(before, after, facts)
	broken += _employers(before, after, facts)
	broken += _moderator(before, after, facts)
	broken += _commitments(before, after, facts)
	broken += _cycle_accepts(before, after, facts)
	return broken


def _seat_steps(before: Group | None, after: Group) -> list[Violation]:
	broken: list[Violation] = []
	for old, new in paired(before, after):
		if new is not None:
			broken += check_transition("Mentoring Group Member", old.status if old else None, new.status)
	return broken


def _consistent(before: Group | None, after: Group) -> list[Violation]:
	"""Seats fit the status of their group, whatever a request has put into the rows."""
	seats = after.seats
	broken = []
	if after.status == "Draft" and any(seat.status != "Draft" for seat in seats):
		broken.append(
			Violation("draft_seat", N_("A draft group has no places yet. Propose the group to fill them."))
		)
	if after.status == "Proposed" and any(seat.status == "Active" for seat in seats):
		broken.append(
			Violation(
				"active_seat", N_("Nobody can be active before the group starts. Activate the group first.")
			)
		)
	if after.status not in {"Draft", "Proposed", "Active"} and any(
		seat.live or seat.status == "Draft" for seat in seats
	):
		broken.append(
			Violation(
				"closed_group",
				N_("This group is {status}, so nobody can be added."),
				{"status": [after.status]},
			)
		)
	if after.status == "Ended Early" and not after.end_reason.strip():
		broken.append(Violation("end_reason", N_("Say why the group is ending early.")))
	return broken


def _same_cycle(after: Group, facts: Facts) -> list[Violation]:
	people = [facts.person(seat) for seat in (*after.members, *after.mentors)]
	return [
		Violation(
			"other_cycle",
			N_("{name} is in {other}, not in {cycle}."),
			{"name": person.full_name, "other": person.cycle, "cycle": after.cycle},
		)
		for person in people
		if person.cycle != after.cycle
	]


def _nobody_removed(before: Group | None, after: Group) -> list[Violation]:
	return [
		Violation(
			"seat_removed",
			N_("A proposed place stays in the group's history. Withdraw the person instead."),
		)
		for old, new in paired(before, after)
		if new is None and old is not None and old.status != "Draft"
	]


def _one_side_only(after: Group, facts: Facts) -> list[Violation]:
	broken = []
	there = [seat for seat in (*after.members, *after.mentors) if not seat.gone]
	mentoring = {facts.person(seat).profile for seat in there if seat.is_mentor}
	seen: set[tuple[bool, str]] = set()
	for seat in there:
		person = facts.person(seat)
		if not seat.is_mentor and person.profile in mentoring:
			broken.append(
				Violation(
					"both_sides",
					N_("{name} can't be both mentor and mentee in one group."),
					{"name": person.full_name},
				)
			)
		if (seat.is_mentor, person.profile) in seen:
			broken.append(
				Violation("twice", N_("{name} is in this group twice."), {"name": person.full_name})
			)
		seen.add((seat.is_mentor, person.profile))
	return broken


def _approved(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	people = [facts.person(seat) for seat in newly_committed(before, after)]
	return [
		Violation(
			"not_approved",
			N_("{name} has the status {status}. Only approved people can get a place."),
			{"name": person.full_name, "status": [person.status]},
		)
		for person in people
		if person.status not in {"Approved", "Active"}
	]


def _capacity(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	"""Each mentor of a group has room for everybody in it: two mentors share the work, not the people."""
	wanted = len(after.live_members)
	broken = []
	for seat in after.live_mentors:
		mentor = facts.mentors[seat.person]
		old = before.mentor(seat.person) if before else None
		held = len(before.live_members) if before and old and old.live else 0
		if wanted > held and mentor.seats_taken + wanted > mentor.seats_offered:
			broken.append(
				Violation(
					"capacity",
					N_(
						"{name} has no room for {wanted} more: other groups take {taken} of {offered} places. Choose another mentor, or raise the number of places."
					),
					{
						"name": mentor.full_name,
						"offered": mentor.seats_offered,
						"taken": mentor.seats_taken,
						"wanted": wanted,
					},
				)
			)
	return broken


def _one_mentor(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	broken = []
	for seat in after.live_members:
		person = facts.mentees[seat.person]
		if person.group and person.group != after.name:
			broken.append(
				Violation(
					"one_mentor",
					N_("{name} already has a place in the group {group}."),
					{"name": person.full_name, "group": person.group_title or person.group},
				)
			)
	return broken


def _never_after_decline(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	together = {seat.person for seat in before.live_members} if before else set()
	broken = []
	for mentor in after.mentors:
		if mentor.gone:
			continue
		known = before is not None and before.mentor(mentor.person) is not None
		for seat in after.live_members:
			person = facts.mentees[seat.person]
			if mentor.person in person.declined and not (known and seat.person in together):
				broken.append(
					Violation(
						"declined_before",
						N_(
							"{mentee} and {mentor} were already matched in this cycle and one of them declined or left."
						),
						{"mentee": person.full_name, "mentor": facts.mentors[mentor.person].full_name},
					)
				)
	return broken


def _size(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	rules, live = facts.rules, len(after.live_members)
	broken = []
	if rules.has_mentor and after.status in {"Proposed", "Active"} and not after.mentors:
		broken.append(Violation("no_mentor", N_("Choose a mentor for this group.")))
	if not rules.has_mentor and after.mentors:
		broken.append(Violation("circle_mentor", N_("A peer circle has no mentor.")))
	mentors = len(after.live_mentors)
	if (
		rules.has_mentor
		and mentors > rules.mentors_max
		and mentors > len(before.live_mentors if before else ())
	):
		broken.append(
			Violation(
				"too_many_mentors",
				N_(
					"Groups in this program have at most {max} mentors; this one would have {count}. Take one out first, or replace them."
				)
				if rules.mentors_max > 1
				else N_("Groups in this program have one mentor. Replace the mentor instead."),
				{"max": rules.mentors_max, "count": mentors},
			)
		)
	before_live = len(before.live_members) if before else 0
	if live > rules.size_max and live > before_live:
		broken.append(
			Violation(
				"too_large",
				N_("Groups in this program have at most {max} members; this one would have {count}.")
				if rules.size_max > 1
				else N_(
					"Groups in this program have one member beside the mentor; this one would have {count}."
				),
				{"max": rules.size_max, "count": live},
			)
		)
	starts = after.status == "Active" and (before is None or before.status != "Active")
	if (
		after.status == "Proposed"
		and (before is None or before.status != "Proposed")
		and live < rules.size_min
	):
		broken.append(
			Violation(
				"too_small",
				N_("Groups in this program have at least {min} members; this one would have {count}.")
				if rules.size_min > 1
				else N_("A group needs at least one member. Add someone."),
				{"min": rules.size_min, "count": live},
			)
		)
	if starts:
		active = sum(seat.status == "Active" for seat in after.members)
		if active < rules.size_min:
			broken.append(
				Violation(
					"too_few_accepted",
					N_("{count} accepted so far. The group needs at least {min} to start."),
					{"min": rules.size_min, "count": active},
				)
			)
		if rules.has_mentor and after.mentors and not any(seat.status == "Active" for seat in after.mentors):
			broken.append(
				Violation(
					"mentor_not_accepted", N_("The mentor hasn't accepted yet, so the group can't start.")
				)
			)
	return broken


def _employers(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	"""Two people of one employer, where the program keeps them apart; told of new seats only."""
	if not facts.rules.employers_apart:
		return []
	fresh = {seat.person for seat in newly_committed(before, after)}
	people = [facts.person(seat) for seat in (*after.live_members, *after.live_mentors)]
	by_employer: dict[str, list[Person]] = {}
	for person in people:
		if person.employer.strip():
			by_employer.setdefault(person.employer.strip().casefold(), []).append(person)
	return [
		Violation(
			"same_employer",
			N_("{names} work for {employer}. This program doesn't match people with the same employer."),
			{"names": [person.full_name for person in together], "employer": together[0].employer},
		)
		for together in by_employer.values()
		if len(together) > 1 and any(person.name in fresh for person in together)
	]


def _moderator(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	broken = []
	if len(after.moderators) > 1:
		broken.append(Violation("two_moderators", N_("A group has one moderator. Mark only one.")))
	starts = after.status == "Active" and (before is None or before.status != "Active")
	if starts and facts.rules.requires_moderator and not after.moderators:
		broken.append(
			Violation("no_moderator", N_("Groups in this program need a moderator. Mark one of the members."))
		)
	return broken


def _commitments(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	return [refusal for seat in newly_committed(before, after) for refusal in facts.person(seat).refusals]


def _cycle_accepts(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	return cycle_closed(after.cycle, facts.cycle_status) if newly_committed(before, after) else []


def cycle_closed(cycle: str, status: str) -> list[Violation]:
	"""Nobody commits to a group of a cycle that isn't open for groups."""
	if status in {"Open", "Matching", "Running"}:
		return []
	return [
		Violation(
			"cycle_closed",
			N_(
				"The cycle {cycle} is {status}. You can create groups only while it is open, matching or running."
			),
			{"cycle": cycle, "status": [status]},
		)
	]
