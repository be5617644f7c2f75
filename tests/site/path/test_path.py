"""From an application to a completed group, by the services that every entry point uses."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import ending
from mentor_ispe.services.groups.commands import accept, decline, propose
from mentor_ispe.services.membership.commands import restore_person, suspend_person
from mentor_ispe.services.readiness import agreements
from tests import factories as make


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def refused(call, *args, **kwargs) -> list[str]:
	with pytest.raises(RuleViolation) as error:
		call(*args, **kwargs)
	return error.value.codes


def make_pair(status: str = "Proposed", **program):
	cycle = make.make_cycle(make.make_program(**program).name).name
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle)
	group = propose(cycle, [mentee.name], mentor.name)
	if status in ("Accepted", "Active"):
		accept(group.name, mentor.profile)
		accept(group.name, mentee.profile)
	if status == "Active":
		group_commands.activate(group.name)
	return frappe.get_doc("Mentoring Group", group.name), mentor, mentee


def make_group(members: int = 3, accepted: int | None = None, **program):
	cycle = make.make_cycle(make.make_program(format="Group", **program).name).name
	mentor = make.make_mentor(cycle, seats_offered=6)
	mentees = [make.make_mentee(cycle) for _ in range(members)]
	group = propose(cycle, [mentee.name for mentee in mentees], mentor.name)
	accept(group.name, mentor.profile)
	for mentee in mentees[:accepted]:
		accept(group.name, mentee.profile)
	return group.name, mentor, mentees


def test_from_application_to_completion():
	cycle = make.make_cycle().name
	mentor = commands.apply(make.make_profile().name, cycle, "Mentor", {"seats_offered": 2})
	mentee = commands.apply(make.make_profile().name, cycle, "Mentee", {"goals": "Learn"})
	commands.approve("Mentor", mentor.name)
	commands.approve("Mentee", mentee.name)
	assert frappe.db.get_value("Mentee", mentee.name, "waiting_since")

	group = propose(cycle, [mentee.name], mentor.name, reasons={mentee.name: "Both make vaccines"})
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 1
	assert frappe.db.get_value("Mentee", mentee.name, ["mentoring_group", "waiting_since"]) == (
		group.name,
		None,
	)

	accept(group.name, mentor.profile)
	accept(group.name, mentee.profile)
	group_commands.activate(group.name)
	assert frappe.db.get_value("Mentee", mentee.name, "status") == "Active"
	assert frappe.db.get_value("Mentor", mentor.name, "status") == "Active"

	done = group_commands.complete(group.name)
	assert [row.status for row in done.members] == ["Completed"]
	assert frappe.db.get_value("Mentor", mentor.name, ["status", "seats_taken"]) == ("Completed", 0)
	assert frappe.db.get_value("Mentee", mentee.name, ["status", "mentoring_group"]) == ("Completed", None)


def test_a_declined_match_frees_the_seat_and_is_never_proposed_again():
	group, mentor, mentee = make_pair()
	declined = decline(group.name, mentee.profile, "Another field")
	assert declined.status == "Cancelled"
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 0
	assert frappe.db.get_value("Mentee", mentee.name, "waiting_since")
	assert refused(propose, group.cycle, [mentee.name], mentor.name) == ["declined_before"]
	other = make.make_mentor(group.cycle)
	assert propose(group.cycle, [mentee.name], other.name).status == "Proposed"


def test_a_mentor_who_declines_is_set_apart_from_the_mentee():
	group, mentor, mentee = make_pair()
	decline(group.name, mentor.profile, "No time for this topic")
	assert refused(propose, group.cycle, [mentee.name], mentor.name) == ["declined_before"]


def test_declining_needs_a_reason():
	group, _, mentee = make_pair()
	with pytest.raises(RuleViolation):
		decline(group.name, mentee.profile, "  ")


def test_a_pair_starts_only_when_both_accepted():
	group, mentor, mentee = make_pair()
	accept(group.name, mentee.profile)
	assert refused(group_commands.activate, group.name) == ["mentor_not_accepted"]
	accept(group.name, mentor.profile)
	assert group_commands.activate(group.name).status == "Active"


def test_accepting_twice_changes_nothing():
	group, _, mentee = make_pair()
	first = accept(group.name, mentee.profile)
	assert str(accept(group.name, mentee.profile).modified) == str(first.modified)


def test_a_group_starts_with_those_who_accepted_and_takes_in_who_accepts_later():
	name, _, mentees = make_group(members=4, accepted=3)
	group_commands.activate(name)
	group = accept(name, mentees[3].profile)
	assert [row.status for row in group.members] == ["Active"] * 4


def test_a_lapsed_member_does_not_hold_up_the_group_of_the_others():
	name, _, mentees = make_group(members=3)
	make.lapse(mentees[0].profile)
	group = group_commands.activate(name)
	assert [row.status for row in group.members] == ["Suspended", "Active", "Active"]
	assert refused(restore_person, mentees[0].profile) == ["membership_lapsed"]


def test_a_pair_with_a_lapsed_mentee_does_not_start():
	group, _, mentee = make_pair("Accepted")
	make.lapse(mentee.profile)
	assert refused(group_commands.activate, group.name) == ["membership_lapsed"]


def test_suspension_keeps_the_seat_and_renewal_gives_it_back():
	group, mentor, mentee = make_pair("Active")
	assert suspend_person(mentee.profile, "Membership ended") == [group.name]
	stored = frappe.get_doc("Mentoring Group", group.name)
	assert (stored.status, stored.members[0].status) == ("Active", "Suspended")
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 1
	assert restore_person(mentee.profile) == [group.name]
	assert frappe.get_doc("Mentoring Group", group.name).members[0].status == "Active"


def test_suspension_can_be_limited_to_programs():
	group, _, mentee = make_pair("Active")
	assert suspend_person(mentee.profile, "Membership ended", programs={"Another"}) == []
	assert suspend_person(mentee.profile, "Membership ended", programs={group.program}) == [group.name]


def test_withdrawing_ends_a_pair_and_sends_the_mentee_back_to_wait():
	group, mentor, mentee = make_pair("Active")
	commands.withdraw("Mentor", mentor.name, "Moving abroad")
	stored = frappe.get_doc("Mentoring Group", group.name)
	assert (stored.status, stored.end_reason) == ("Ended Early", "Moving abroad")
	assert frappe.db.get_value("Mentor", mentor.name, ["status", "seats_taken"]) == ("Withdrawn", 0)
	status, waiting = frappe.db.get_value("Mentee", mentee.name, ["status", "waiting_since"])
	assert status == "Approved"
	assert waiting


def test_withdrawing_a_member_leaves_the_group_of_the_others():
	name, mentor, mentees = make_group()
	group_commands.activate(name)
	commands.withdraw("Mentee", mentees[1].name, "New job")
	group = frappe.get_doc("Mentoring Group", name)
	assert (group.status, [row.status for row in group.members]) == (
		"Active",
		["Active", "Withdrawn", "Active"],
	)
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 2


def test_a_mentor_of_several_groups_withdraws_from_all():
	cycle = make.make_cycle().name
	mentor = make.make_mentor(cycle, seats_offered=3)
	groups = [propose(cycle, [make.make_mentee(cycle).name], mentor.name).name for _ in range(3)]
	commands.withdraw("Mentor", mentor.name, "Illness")
	assert {frappe.db.get_value("Mentoring Group", name, "status") for name in groups} == {"Cancelled"}


def test_who_withdrew_can_apply_again_with_the_same_record():
	cycle = make.make_cycle().name
	mentee = make.make_mentee(cycle)
	commands.withdraw("Mentee", mentee.name, "No time")
	again = commands.apply(mentee.profile, cycle, "Mentee")
	assert (again.name, again.status) == (mentee.name, "Applied")


def test_ending_early_needs_a_reason():
	group, *_ = make_pair("Active")
	assert refused(ending.end_early, group.name, "") == ["end_reason"]
	assert ending.end_early(group.name, "Goals met").status == "Ended Early"


def test_a_circle_has_no_mentor_and_needs_its_smallest_size():
	cycle = make.make_cycle(make.make_program(format="Peer Circle").name).name
	peers = [make.make_mentee(cycle).name for _ in range(3)]
	assert refused(propose, cycle, peers[:2]) == ["too_small"]
	circle = propose(cycle, peers)
	for row in circle.members:
		accept(circle.name, row.profile)
	assert group_commands.activate(circle.name).status == "Active"
	assert refused(make.make_mentor, cycle) == ["no_mentors"]


def test_a_moderator_is_needed_where_the_program_says_so():
	name, _, _mentees = make_group(requires_moderator=1)
	assert refused(group_commands.activate, name) == ["no_moderator"]
	group = frappe.get_doc("Mentoring Group", name)
	group.members[1].is_moderator = 1
	group.save()
	assert group_commands.activate(name).status == "Active"


def test_people_of_one_employer_are_kept_apart_where_the_program_says_so():
	cycle = make.make_cycle(make.make_program(employers_apart=1).name).name
	mentor = make.make_mentor(cycle, profile=make.make_profile(employer="Acme Pharma").name)
	mentee = make.make_mentee(cycle, profile=make.make_profile(employer="acme pharma ").name)
	assert refused(propose, cycle, [mentee.name], mentor.name) == ["same_employer"]


def test_another_mentor_takes_over_a_group_whose_mentor_declined():
	name, mentor, mentees = make_group(accepted=0)
	commands.withdraw("Mentor", mentor.name, "Illness")
	group = frappe.get_doc("Mentoring Group", name)
	other = make.make_mentor(group.cycle, seats_offered=5)
	group.append("seats", {"role": "Mentor", "participant": other.name})
	group.save()
	assert [row.status for row in group.mentors] == ["Withdrawn", "Proposed"]
	assert group.mentor == other.name
	assert frappe.db.get_value("Mentor", other.name, "seats_taken") == len(mentees)
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 0


def test_places_of_a_cycle_are_limited_and_come_back():
	cycle = make.make_cycle(places=1).name
	first, second = make.make_mentee(cycle), make.make_mentee(cycle, approved=False)
	assert refused(commands.approve, "Mentee", second.name) == ["places"]
	commands.withdraw("Mentee", first.name, "No time")
	assert commands.approve("Mentee", second.name).status == "Approved"
	assert frappe.db.get_value("Mentoring Cycle", cycle, "places_taken") == 1


def test_rejecting_needs_words():
	mentee = make.make_mentee(make.make_cycle().name, approved=False)
	assert refused(commands.reject, "Mentee", mentee.name, "") == ["words"]
	assert commands.reject("Mentee", mentee.name, "All places went to students").status == "Rejected"


def test_nobody_applies_twice_or_on_both_sides_unless_the_program_allows_it():
	cycle = make.make_cycle().name
	profile = make.make_profile().name
	commands.apply(profile, cycle, "Mentee")
	assert refused(commands.apply, profile, cycle, "Mentee") == ["applied_already"]
	assert refused(commands.apply, profile, cycle, "Mentor") == ["both_roles"]
	both = make.make_cycle(make.make_program(may_be_both=1).name).name
	commands.apply(profile, both, "Mentee")
	assert commands.apply(profile, both, "Mentor").status == "Applied"


@pytest.mark.parametrize(
	("window", "code"), [((5, 9), "too_early"), ((-9, -1), "too_late"), ((0, 0), None), ((-9, 0), None)]
)
def test_members_apply_inside_the_window(window, code):
	first, last = (add_days(nowdate(), days) for days in window)
	cycle = make.make_cycle(application_from=first, application_until=last).name
	profile = make.make_profile(user=make.make_user().name)
	frappe.set_user(profile.user)
	if code:
		assert refused(commands.apply, profile.name, cycle, "Mentee") == [code]
	else:
		assert commands.apply(profile.name, cycle, "Mentee").status == "Applied"


def test_staff_may_add_someone_late_but_not_to_a_cycle_that_is_over():
	cycle = make.make_cycle(application_until=add_days(nowdate(), -5))
	make.make_mentee(cycle.name, approved=False)
	cycle.reload()
	cycle.status = "Cancelled"
	cycle.save()
	assert refused(make.make_mentee, cycle.name, approved=False) == ["cycle_not_open"]


def test_a_cycle_with_open_groups_is_not_closed():
	group, *_ = make_pair()
	cycle = frappe.get_doc("Mentoring Cycle", group.cycle)
	cycle.status = "Cancelled"
	assert refused(cycle.save) == ["open_groups"]


def test_a_group_with_history_is_not_deleted():
	group, *_ = make_pair()
	with pytest.raises(RuleViolation):
		frappe.delete_doc("Mentoring Group", group.name)


def test_a_new_version_takes_the_place_of_the_old_agreement_and_asks_again():
	first = frappe.get_doc(
		{"doctype": "Mentoring Agreement", "title": make.unique("Code"), "text": "Be kind"}
	).insert()
	agreements.publish(first.name)
	program = make.make_program(agreements=[{"agreement": first.name, "required_of": "Everyone"}])
	profile = make.make_profile().name
	agreements.sign(first.name, profile)
	second = agreements.new_version(first.name)
	assert second.version == 2
	agreements.publish(second.name)
	program.reload()
	assert [row.agreement for row in program.agreements] == [second.name]
	assert frappe.db.get_value("Mentoring Agreement", first.name, "status") == "Superseded"
	assert not frappe.db.exists(
		"Mentoring Agreement Acceptance", {"agreement": second.name, "profile": profile}
	)
	with pytest.raises(RuleViolation):
		agreements.sign(first.name, make.make_profile().name)


def test_a_published_agreement_never_changes():
	doc = frappe.get_doc(
		{"doctype": "Mentoring Agreement", "title": make.unique("Code"), "text": "Be kind"}
	).insert()
	published = agreements.publish(doc.name)
	published.text = "Be rude"
	with pytest.raises(RuleViolation):
		published.save()


def test_every_step_posts_its_mails_once():
	_group, _mentor, mentee = make_pair("Active")
	address = frappe.db.get_value("Mentoring Profile", mentee.profile, "email")
	sent = frappe.get_all("Mentoring Notice", {"recipient": address}, pluck="template", order_by="template")
	assert sent == [
		"Mentoring: Application Approved",
		"Mentoring: Group Started",
		"Mentoring: Match Proposed",
	]
