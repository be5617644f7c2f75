"""Concerns: raised by whoever was in the group, looked after by coordinators who weren't."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import concerns as mails
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services import concerns
from tests.site.permissions import records

WORDS = "He never comes, and laughs at me."
NOTICE = "Mentoring Notice"


@pytest.fixture
def world() -> SimpleNamespace:
	"""A group of Ana, the mentor, with Ben and Cal; Dan declined, and Eve left. Cora coordinates, as does Ana."""
	people = {name: records.make_person(name) for name in ("ana", "ben", "cal", "dan", "eve", "fay")}
	staff = records.make_staff()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "")
	frappe.db.delete("Has Role", {"role": COORDINATOR, "parent": ("not in", [staff.coordinator])})
	frappe.db.delete(NOTICE)
	members = [
		(people["ben"], "Active"),
		(people["cal"], "Active"),
		(people["dan"], "Declined"),
		(people["eve"], "Withdrawn"),
	]
	group = records.make_group(people["ana"], members)
	role = {"doctype": "Has Role", "parent": people["ana"].user, "parenttype": "User", "parentfield": "roles"}
	frappe.get_doc({**role, "role": COORDINATOR}).insert()
	frappe.clear_cache(user=people["ana"].user)
	return SimpleNamespace(group=group, **people, **vars(staff))


def raise_one(world, who="ben"):
	person = getattr(world, who)
	frappe.set_user(person.user)
	doc = concerns.raise_concern(world.group.name, person.profile, "Commitment", WORDS)
	frappe.set_user("Administrator")
	return doc


def told(template: str) -> list:
	return frappe.get_all(NOTICE, {"template": template}, ["recipient", "context", "reference_name"])


@pytest.mark.parametrize("who", ["ana", "ben", "eve"])
def test_whoever_is_or_was_in_the_group_can_raise_one(world, who):
	doc = raise_one(world, who)
	assert (doc.status, doc.raised_by, doc.cycle) == ("Open", getattr(world, who).profile, world.group.cycle)
	assert [step.status for step in doc.steps] == ["Open"]


@pytest.mark.parametrize("who", ["dan", "fay"])
def test_whoever_never_was_can_not(world, who):
	with pytest.raises(RuleViolation, match="is or was in the group"):
		raise_one(world, who)


def test_a_concern_has_words(world):
	with pytest.raises(RuleViolation, match="what is wrong"):
		concerns.raise_concern(world.group.name, world.ben.profile, "Conduct", "  ")


def test_the_coordinators_outside_the_group_are_told_without_the_words(world):
	doc = raise_one(world)
	(notice,) = told(mails.CONCERN_RAISED)
	assert notice.recipient == world.coordinator
	for word in (WORDS, world.group.title, world.ben.full_name, world.ben.profile):
		assert word not in notice.context
	assert doc.name in notice.context


def test_when_every_coordinator_sits_in_the_group_the_system_managers_are_told(world):
	manager = records.make_user("manager", "System Manager", user_type="System User")
	frappe.db.delete("Has Role", {"role": COORDINATOR, "parent": world.coordinator})
	raise_one(world)
	told_of_it = {notice.recipient for notice in told(mails.CONCERN_RAISED)}
	assert manager in told_of_it
	assert world.ana.user not in told_of_it


def test_the_path_keeps_its_dates_and_the_raiser_is_told_of_each_step(world):
	doc = raise_one(world)
	frappe.set_user(world.coordinator)
	concerns.take_step(doc.name, "In Mediation", note="Called both.", answer="We spoke with him.")
	concerns.take_step(doc.name, note="Wait a week.")
	concerns.take_step(doc.name, "Reassigned", answer="You get another mentor.")
	frappe.set_user("Administrator")
	doc.reload()
	steps = [(step.status, step.note) for step in doc.steps]
	assert steps == [
		("Open", None),
		("In Mediation", "Called both."),
		("In Mediation", "Wait a week."),
		("Reassigned", ""),
	]
	assert {step.taken_by for step in doc.steps} == {world.ben.user, world.coordinator}
	assert all(step.taken_on for step in doc.steps)
	assert doc.closed_on
	assert not doc.step_note
	notices = told(mails.CONCERN_STEP)
	assert {notice.recipient for notice in notices} == {world.ben.user}
	assert len(notices) == 2  # a note among coordinators is nothing to the person
	assert all("mentor" not in notice.context for notice in notices)
	(mine,) = concerns.raised_by(world.ben.profile)
	assert mine["answer"] == "You get another mentor."
	assert [step["status"] for step in mine["steps"]] == ["Open", "In Mediation", "Reassigned"]
	assert all("note" not in step for step in mine["steps"])


def test_a_concern_is_not_closed_without_a_word_and_may_be_opened_again(world):
	doc = raise_one(world)
	with pytest.raises(RuleViolation, match="what came of it"):
		concerns.take_step(doc.name, "Resolved")
	concerns.take_step(doc.name, "Resolved", answer="Settled.")
	assert not concerns.take_step(doc.name, "Open").closed_on
	with pytest.raises(RuleViolation):
		concerns.take_step(doc.name, "Draft")


def test_the_form_keeps_the_steps_as_they_were_taken(world):
	doc = raise_one(world)
	frappe.set_user(world.coordinator)
	doc = frappe.get_doc("Mentoring Concern", doc.name)
	doc.steps = []
	doc.update({"status": "In Mediation", "step_note": "By the form", "closed_on": "2031-01-01 00:00:00"})
	doc.save()
	doc.reload()
	assert [(step.status, step.note) for step in doc.steps] == [
		("Open", None),
		("In Mediation", "By the form"),
	]
	assert not doc.closed_on
	doc.concern = "Something nicer"
	with pytest.raises(frappe.ValidationError):
		doc.save()


@pytest.mark.parametrize("who", ["ana", "ben", "committee"])
def test_it_is_looked_after_by_a_coordinator_outside_the_group(world, who):
	doc = raise_one(world)
	user = world.committee if who == "committee" else getattr(world, who).user
	with pytest.raises(RuleViolation, match="handle this concern"):
		concerns.take_step(doc.name, assigned_to=user)
	assert concerns.take_step(doc.name, assigned_to=world.coordinator).assigned_to == world.coordinator


def visible(doctype: str, **arguments) -> set[str]:
	try:
		return set(frappe.get_list(doctype, pluck="name", limit=0, **arguments))
	except frappe.PermissionError:
		return set()


@pytest.mark.parametrize("who", ["ana", "cal", "eve", "committee", "fay"])
def test_others_see_nothing_of_it(world, who):
	"""Ana coordinates, but sits in the group: the concern may be about her."""
	doc = raise_one(world)
	frappe.set_user(world.committee if who == "committee" else getattr(world, who).user)
	assert visible("Mentoring Concern") == set()
	for ptype in ("read", "write", "print", "email", "export"):
		assert not frappe.has_permission("Mentoring Concern", ptype, doc.name)
	assert visible("Mentoring Concern Step", parent_doctype="Mentoring Concern") == set()
	assert not frappe.get_doc("Mentoring Concern Step", doc.steps[0].name).has_permission("read")
	notices = {notice.name for notice in frappe.get_all(NOTICE, {"reference_name": doc.name})}
	assert notices
	assert not notices & visible(NOTICE)
	for name in notices:
		assert not frappe.has_permission(NOTICE, "read", name)
	with pytest.raises(frappe.PermissionError):
		concerns.take_step(doc.name, note="Mine now")


def test_the_raiser_sees_it_among_their_own_and_the_coordinator_as_a_record(world):
	doc = raise_one(world)
	assert [one["name"] for one in concerns.raised_by(world.ben.profile)] == [doc.name]
	frappe.set_user(world.ben.user)
	assert visible("Mentoring Concern") == set()
	frappe.set_user(world.coordinator)
	assert visible("Mentoring Concern") == {doc.name}
	assert frappe.has_permission("Mentoring Concern", "read", doc.name)
	assert visible("Mentoring Concern Step", parent_doctype="Mentoring Concern") == {doc.steps[0].name}
	assert visible(NOTICE)


def test_a_coordinator_in_the_group_raises_theirs_as_a_member_and_reads_it_there(world):
	doc = raise_one(world, "ana")
	frappe.set_user(world.ana.user)
	assert not frappe.has_permission("Mentoring Concern", "read", doc.name)
	assert [one["name"] for one in concerns.raised_by(world.ana.profile)] == [doc.name]
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(
			{
				"doctype": "Mentoring Concern",
				"mentoring_group": world.group.name,
				"raised_by": world.ben.profile,
				"concern": "Not what he said",
			}
		).insert()


def test_the_groups_form_does_not_count_concerns(world):
	"""The count beside a group would tell a coordinator who sits in it."""
	links = {link.link_doctype for link in frappe.get_meta("Mentoring Group").links}
	assert "Mentoring Concern" not in links


def test_nothing_of_it_is_kept_in_versions(world):
	doc = raise_one(world)
	concerns.take_step(doc.name, "In Mediation", note="A note")
	assert not frappe.get_all("Version", {"ref_doctype": "Mentoring Concern", "docname": doc.name})
