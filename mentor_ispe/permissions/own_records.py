"""What is a member's own: queries that each select one column, for one user.

Each is a plain sub-select of names, so it serves a list's condition and the check of one document alike.
"""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.utils import now
from pypika.queries import QueryBuilder
from pypika.terms import ExistsCriterion, LiteralValue, ValueWrapper

# A seat lets its holder know the group as long as the group has asked them and they haven't refused or left.
SEATS_THAT_SEE_THE_GROUP = ("Proposed", "Accepted", "Active", "Suspended", "Ended", "Completed")
# What was planned and written together stays with those who stayed.
SEATS_THAT_SEE_MEETINGS = ("Accepted", "Active", "Suspended", "Completed")
SEATS_THAT_KEEP_MEETINGS = ("Active",)
# Participants the library is open to.
TAKING_PART = ("Approved", "Active", "Completed")


def own_profiles(user: str) -> QueryBuilder:
	"""The profile that belongs to the login."""
	profile = DocType("Mentoring Profile")
	return frappe.qb.from_(profile).select(profile.name).where(profile.user == _literal(user))


def own_groups(user: str, seats: tuple[str, ...] = SEATS_THAT_SEE_THE_GROUP) -> QueryBuilder:
	"""The announced groups where the person's seat, as mentor or as member, is in one of the states `seats`."""
	group, row = DocType("Mentoring Group"), DocType("Mentoring Group Member")
	as_mentor = group.mentor.isin(_own_parts("Mentor", user)) & group.mentor_status.isin(seats)
	as_member = group.name.isin(
		frappe.qb.from_(row)
		.select(row.parent)
		.where((row.parenttype == "Mentoring Group") & row.status.isin(seats))
		.where(row.mentee.isin(_own_parts("Mentee", user)))
	)
	announced = group.announce_on.isnull() | (group.announce_on <= _literal(now()))
	return frappe.qb.from_(group).select(group.name).where((as_mentor | as_member) & announced)


def groups_with_meetings(user: str) -> QueryBuilder:
	"""The groups whose meetings the person may read."""
	return own_groups(user, SEATS_THAT_SEE_MEETINGS)


def groups_to_meet(user: str) -> QueryBuilder:
	"""The groups whose meetings the person may plan and record."""
	return own_groups(user, SEATS_THAT_KEEP_MEETINGS)


def groups_ever_in(user: str) -> QueryBuilder:
	"""The groups where the person has or had a place of any kind."""
	group, row = DocType("Mentoring Group"), DocType("Mentoring Group Member")
	as_member = (
		frappe.qb.from_(row)
		.select(row.parent)
		.where((row.parenttype == "Mentoring Group") & row.mentee.isin(_own_parts("Mentee", user)))
	)
	return (
		frappe.qb.from_(group)
		.select(group.name)
		.where(group.mentor.isin(_own_parts("Mentor", user)) | group.name.isin(as_member))
	)


def concerns_of_own_groups(user: str) -> QueryBuilder:
	"""The concerns that somebody raised in those groups."""
	concern = DocType("Mentoring Concern")
	return (
		frappe.qb.from_(concern)
		.select(concern.name)
		.where(concern.mentoring_group.isin(groups_ever_in(user)))
	)


def goals_shown(user: str) -> QueryBuilder:
	"""One's own goals, and those that others in one's groups show to the group."""
	goal = DocType("Mentoring Goal")
	shown = (goal.shared == 1) & goal.mentoring_group.isin(groups_with_meetings(user))
	return frappe.qb.from_(goal).select(goal.name).where(goal.profile.isin(own_profiles(user)) | shown)


def feedback_shown(user: str) -> QueryBuilder:
	"""One's own feedback, and what others in one's groups say to the group; not what the program is told."""
	feedback = DocType("Mentoring Feedback")
	in_group = feedback.mentoring_group.isin(groups_with_meetings(user)) & (feedback.kind != "Program")
	return (
		frappe.qb.from_(feedback)
		.select(feedback.name)
		.where(feedback.profile.isin(own_profiles(user)) | in_group)
	)


def resources_shown(user: str) -> QueryBuilder:
	"""The published resources that are for everyone, or for those who take part in the program."""
	resource = DocType("Mentoring Resource")
	public = resource.public == 1
	parts = [_own_programs(doctype, user) for doctype in ("Mentor", "Mentee")]
	theirs = resource.program.isin(parts[0]) | resource.program.isin(parts[1])
	of_every_program = resource.program.isnull() | (resource.program == "")
	takes_part = ExistsCriterion(parts[0]) | ExistsCriterion(parts[1])
	return (
		frappe.qb.from_(resource)
		.select(resource.name)
		.where((resource.published == 1) & (public | theirs | (of_every_program & takes_part)))
	)


def known_agreements(user: str) -> QueryBuilder:
	"""The published agreements, and whatever the person once signed."""
	agreement, acceptance = DocType("Mentoring Agreement"), DocType("Mentoring Agreement Acceptance")
	signed = (
		frappe.qb.from_(acceptance)
		.select(acceptance.agreement)
		.where(acceptance.profile.isin(own_profiles(user)))
	)
	return (
		frappe.qb.from_(agreement)
		.select(agreement.name)
		.where((agreement.status == "Published") | agreement.name.isin(signed))
	)


def published_programs(user: str) -> QueryBuilder:
	"""The programs shown to everyone."""
	program = DocType("Mentoring Program")
	return frappe.qb.from_(program).select(program.name).where(program.status == "Published")


def announced_cycles(user: str) -> QueryBuilder:
	"""The cycles of published programs that are past the coordinator's draft."""
	cycle = DocType("Mentoring Cycle")
	return (
		frappe.qb.from_(cycle)
		.select(cycle.name)
		.where((cycle.status != "Draft") & cycle.program.isin(published_programs(user)))
	)


def _own_parts(doctype: str, user: str) -> QueryBuilder:
	part = DocType(doctype)
	return frappe.qb.from_(part).select(part.name).where(part.profile.isin(own_profiles(user)))


def _own_programs(doctype: str, user: str) -> QueryBuilder:
	part = DocType(doctype)
	return (
		frappe.qb.from_(part)
		.select(part.program)
		.where(part.profile.isin(own_profiles(user)) & part.status.isin(TAKING_PART))
	)


def _literal(value: str) -> ValueWrapper:
	"""The value as the database itself quotes it: these queries end as text in Frappe's lists."""
	return LiteralValue(frappe.db.escape(value, percent=False))
