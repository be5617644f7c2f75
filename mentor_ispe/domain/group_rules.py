"""The rules that every change of a mentoring group must keep: rules 1, 3 and 4, sizes, employers."""

from __future__ import annotations

from mentor_ispe.domain.groups import CLOSING, GONE_SEATS, Facts, Group, Person, newly_committed, paired
from mentor_ispe.domain.statuses import LIVE_SEATS, check_transition
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
	old_mentor = before.mentor if before else None
	if after.mentor:
		same = old_mentor is not None and old_mentor.person == after.mentor.person
		broken += check_transition(
			"Mentoring Group Member", old_mentor.status if same and old_mentor else None, after.mentor.status
		)
	if (
		old_mentor
		and old_mentor.status in {"Accepted", "Active", "Suspended"}
		and (after.mentor is None or after.mentor.person != old_mentor.person)
	):
		broken.append(
			Violation(
				"mentor_replaced",
				N_("The mentor of this group has accepted and can't be replaced; withdraw the mentor first."),
			)
		)
	return broken


def _consistent(before: Group | None, after: Group) -> list[Violation]:
	"""Seats fit the status of their group, whatever a request has put into the rows."""
	seats = [*after.members, *([after.mentor] if after.mentor else [])]
	broken = []
	if after.status == "Draft" and any(seat.status != "Draft" for seat in seats):
		broken.append(
			Violation("draft_seat", N_("A draft group has no seats yet; propose the group to take them."))
		)
	if after.status == "Proposed" and any(seat.status == "Active" for seat in seats):
		broken.append(
			Violation("active_seat", N_("Nobody is active in a group before it starts; activate the group."))
		)
	if after.status not in {"Draft", "Proposed", "Active"} and any(
		seat.live or seat.status == "Draft" for seat in seats
	):
		broken.append(
			Violation(
				"closed_group", N_("This group is {status}; nobody can be added."), {"status": [after.status]}
			)
		)
	if after.status == "Ended Early" and not after.end_reason.strip():
		broken.append(Violation("end_reason", N_("Say why the group ends early.")))
	return broken


def _same_cycle(after: Group, facts: Facts) -> list[Violation]:
	people = [facts.mentees[seat.person] for seat in after.members]
	if after.mentor:
		people.append(facts.mentors[after.mentor.person])
	return [
		Violation(
			"other_cycle",
			N_("{name} takes part in {other}, not in {cycle}."),
			{"name": person.full_name, "other": person.cycle, "cycle": after.cycle},
		)
		for person in people
		if person.cycle != after.cycle
	]


def _nobody_removed(before: Group | None, after: Group) -> list[Violation]:
	return [
		Violation(
			"seat_removed",
			N_("A seat that was proposed stays in the group's history; withdraw the person instead."),
		)
		for old, new in paired(before, after)
		if new is None and old is not None and old.status != "Draft"
	]


def _one_side_only(after: Group, facts: Facts) -> list[Violation]:
	broken = []
	mentor = facts.mentors[after.mentor.person] if after.mentor else None
	seen: set[str] = set()
	for seat in after.members:
		person = facts.mentees[seat.person]
		if mentor and seat.status not in GONE_SEATS and person.profile == mentor.profile:
			broken.append(
				Violation(
					"both_sides",
					N_("{name} can't be mentor and mentee of one group."),
					{"name": person.full_name},
				)
			)
		if seat.status in GONE_SEATS:
			continue
		if person.profile in seen:
			broken.append(
				Violation("twice", N_("{name} is in this group twice."), {"name": person.full_name})
			)
		seen.add(person.profile)
	return broken


def _approved(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	mentors, mentees = newly_committed(before, after)
	people = [facts.mentors[name] for name in mentors] + [facts.mentees[name] for name in mentees]
	return [
		Violation(
			"not_approved",
			N_("{name} has the status {status}; only approved people get a seat."),
			{"name": person.full_name, "status": [person.status]},
		)
		for person in people
		if person.status not in {"Approved", "Active"}
	]


def _capacity(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	if not after.mentor or after.mentor.status not in LIVE_SEATS:
		return []
	mentor = facts.mentors[after.mentor.person]
	wanted = len(after.live_members)
	same_mentor = before is not None and before.mentor is not None and before.mentor.person == mentor.name
	held = len(before.live_members) if before and same_mentor and before.mentor.live else 0
	if wanted <= held or mentor.seats_taken + wanted <= mentor.seats_offered:
		return []
	return [
		Violation(
			"capacity",
			N_(
				"{name} offers {offered} seats, {taken} of them are taken in other groups; {wanted} more don't fit."
			),
			{
				"name": mentor.full_name,
				"offered": mentor.seats_offered,
				"taken": mentor.seats_taken,
				"wanted": wanted,
			},
		)
	]


def _one_mentor(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	broken = []
	for seat in after.live_members:
		person = facts.mentees[seat.person]
		if person.group and person.group != after.name:
			broken.append(
				Violation(
					"one_mentor",
					N_("{name} already holds a seat in the group {group}."),
					{"name": person.full_name, "group": person.group_title or person.group},
				)
			)
	return broken


def _never_after_decline(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	if not after.mentor or after.mentor.status in GONE_SEATS:
		return []
	old = {seat.person for seat in before.live_members} if before else set()
	same_mentor = (
		before is not None and before.mentor is not None and before.mentor.person == after.mentor.person
	)
	broken = []
	for seat in after.live_members:
		person = facts.mentees[seat.person]
		if after.mentor.person in person.declined and not (same_mentor and seat.person in old):
			broken.append(
				Violation(
					"declined_before",
					N_(
						"{mentee} and {mentor} were put together in this cycle already, and they parted or one of them declined."
					),
					{
						"mentee": person.full_name,
						"mentor": facts.mentors[after.mentor.person].full_name,
					},
				)
			)
	return broken


def _size(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	rules, live = facts.rules, len(after.live_members)
	broken = []
	if rules.has_mentor and after.status in {"Proposed", "Active"} and after.mentor is None:
		broken.append(Violation("no_mentor", N_("Choose a mentor for this group.")))
	if not rules.has_mentor and after.mentor is not None:
		broken.append(Violation("circle_mentor", N_("A peer circle has no mentor.")))
	before_live = len(before.live_members) if before else 0
	if live > rules.size_max and live > before_live:
		broken.append(
			Violation(
				"too_large",
				N_("This program's groups have at most {max} members; this one would have {count}."),
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
				N_("This program's groups have at least {min} members; this one would have {count}."),
				{"min": rules.size_min, "count": live},
			)
		)
	if starts:
		active = sum(seat.status == "Active" for seat in after.members)
		if active < rules.size_min:
			broken.append(
				Violation(
					"too_few_accepted",
					N_("{count} accepted so far; the group starts with at least {min}."),
					{"min": rules.size_min, "count": active},
				)
			)
		if rules.has_mentor and after.mentor and after.mentor.status != "Active":
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
	mentors, mentees = newly_committed(before, after)
	fresh = {*mentors, *mentees}
	people = [facts.mentees[seat.person] for seat in after.live_members]
	if after.mentor and after.mentor.live:
		people.append(facts.mentors[after.mentor.person])
	by_employer: dict[str, list[Person]] = {}
	for person in people:
		if person.employer.strip():
			by_employer.setdefault(person.employer.strip().casefold(), []).append(person)
	return [
		Violation(
			"same_employer",
			N_("{names} work for {employer}; this program keeps people of one employer apart."),
			{"names": [person.full_name for person in together], "employer": together[0].employer},
		)
		for together in by_employer.values()
		if len(together) > 1 and any(person.name in fresh for person in together)
	]


def _moderator(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	broken = []
	if len(after.moderators) > 1:
		broken.append(Violation("two_moderators", N_("A group has one moderator; several are marked.")))
	for name in after.moderators if after.status not in CLOSING else ():  # everyone's seat ends then
		seat = after.member(name)
		if seat is None or seat.status in GONE_SEATS:
			broken.append(
				Violation(
					"moderator_gone",
					N_("{name} is marked as moderator but no longer holds a seat; choose another."),
					{"name": facts.mentees[name].full_name if name in facts.mentees else name},
				)
			)
	starts = after.status == "Active" and (before is None or before.status != "Active")
	if starts and facts.rules.requires_moderator and not after.moderators:
		broken.append(
			Violation("no_moderator", N_("This program's groups need a moderator; mark one of the members."))
		)
	return broken


def _commitments(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	mentors, mentees = newly_committed(before, after)
	broken: list[Violation] = []
	for name in mentors:
		broken += facts.mentors[name].refusals
	for name in mentees:
		broken += facts.mentees[name].refusals
	return broken


def _cycle_accepts(before: Group | None, after: Group, facts: Facts) -> list[Violation]:
	mentors, mentees = newly_committed(before, after)
	return cycle_closed(after.cycle, facts.cycle_status) if mentors or mentees else []


def cycle_closed(cycle: str, status: str) -> list[Violation]:
	"""Nobody commits to a group of a cycle that isn't open for groups."""
	if status in {"Open", "Matching", "Running"}:
		return []
	return [
		Violation(
			"cycle_closed",
			N_("The cycle {cycle} is {status}; groups are made while it is open, matching or running."),
			{"cycle": cycle, "status": [status]},
		)
	]
