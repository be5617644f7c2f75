"""What people are told to sign is what keeps them from meeting: one reading answers both."""

from __future__ import annotations

import frappe

from mentor_ispe.readings.readiness import missing
from mentor_ispe.services.applications.queries import to_sign
from mentor_ispe.services.members import member_status
from mentor_ispe.services.readiness import agreements
from tests.factories import make_agreement
from tests.site.endings.groups import RUNNING, on, started


def ask(program: str, required_of: str) -> str:
	agreement = make_agreement()
	doc = frappe.get_doc("Mentoring Program", program)
	doc.append("agreements", {"agreement": agreement, "required_of": required_of})
	doc.save()
	return agreement


def test_what_is_asked_is_what_keeps_from_meeting():
	here = started("Group", members=2, moderator=True, group_size_min=1)
	of_everyone, of_mentors, of_moderators = (
		ask(here.program, whom) for whom in ("Everyone", "Mentors", "Moderators")
	)

	def told() -> list[set[str]]:
		with on(RUNNING):
			kept = missing(here.group, RUNNING)
			found = []
			for profile in here.profiles:
				asked = {row["name"] for row in member_status.status_of(profile)["agreements_to_sign"]}
				broken = [each for each in kept.get(profile, ()) if each.code == "unsigned"]
				assert asked == {each.params["agreement"] for each in broken}
				found.append(asked)
			return found

	moderator = here.profiles.index(
		frappe.db.get_value("Mentoring Group Member", {"parent": here.group, "is_moderator": 1}, "profile")
	)
	first = told()
	assert first[0] == {of_everyone, of_mentors}
	assert first[moderator] == {of_everyone, of_moderators}
	with on(RUNNING):
		for profile in here.profiles:
			agreements.sign(of_everyone, profile)
		agreements.sign(of_mentors, here.profiles[0])
	assert told() == [{of_moderators} if place == moderator else set() for place in range(len(here.profiles))]
	with on(RUNNING):
		newer = agreements.publish(agreements.new_version(of_everyone).name).name
		assert [row.name for row in to_sign(here.profiles[1], here.cycle, ["Mentee"])] == [newer]
	assert all(newer in asked for asked in told())
