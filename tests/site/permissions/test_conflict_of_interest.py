"""A group that staff sit in themselves: what leads there is in the table, and work for all goes on."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.mails import coordinators
from mentor_ispe.permissions import conflict_of_interest as conflict
from mentor_ispe.permissions.conflict_table import ABOUT, LEADS, REFERENCES
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.health import health
from mentor_ispe.services.programs import commands as programs
from tests import factories as make
from tests.site.permissions import records
from tests.site.permissions.entry_points import logged_in

GROUP, NOTICE = "Mentoring Group", "Mentoring Notice"


def ours() -> list:
	names = frappe.get_all("DocType", {"module": "Mentor ISPE", "issingle": 0}, pluck="name")
	return [frappe.get_meta(name) for name in names]


def test_every_doctype_with_a_link_to_a_group_is_in_the_table(site):
	"""Lists show fields of linked records without asking for them, so the row with the link is closed too."""
	linked = {meta.name for meta in ours() for df in meta.get_link_fields() if df.options == GROUP}
	assert linked - {GROUP} == {name for name, lead in LEADS.items() if lead.group != "name"}
	# A group that goes on from another one, or in one, is closed with it.
	chain = {df.fieldname for df in frappe.get_meta(GROUP).get_link_fields() if df.options == GROUP}
	assert chain == {"extends", "extended_to"}


def test_a_link_to_a_closed_record_stands_in_a_row_that_is_closed_with_it(site):
	"""Of Mentee and Match Proposal only the row itself is closed: they tell nothing of the group."""
	private = set(LEADS) - {"Mentee", "Mentoring Match Proposal"}
	for meta in ours():
		if any(df.options in private for df in meta.get_link_fields()):
			assert meta.name in LEADS, meta.name


def test_every_table_of_rows_in_a_closed_record_is_in_the_table(site):
	rows = {df.options for name in LEADS for df in frappe.get_meta(name).get_table_fields()}
	assert rows == {name for name, (kind, _name) in REFERENCES.items() if kind == "parenttype"}


def test_every_reference_names_columns_that_are_there(site):
	for doctype, (kind, name) in REFERENCES.items():
		assert frappe.db.has_column(doctype, kind), doctype
		assert frappe.db.has_column(doctype, name), doctype
	# Records of a person that others keep, and the application of whoever sits in a group.
	of_people = {
		*("Mentoring Profile", "Mentoring Group Member"),
		*("Mentoring Profile Change", "Mentoring Possible Duplicate"),
		*("Mentoring Erasure", "Mentoring Erasure Place"),
	}
	dynamic = {meta.name for meta in ours() if meta.get_dynamic_link_fields()} - of_people
	assert dynamic == {NOTICE} == set(ABOUT) - set(LEADS)


@pytest.fixture
def world(site) -> SimpleNamespace:
	"""Ana mentors Ben and Eve, who left; both coordinate. Cora does and sits nowhere."""
	people = {name: records.make_person(name) for name in ("ana", "ben", "eve", "fay")}
	staff = records.make_staff()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "")
	frappe.db.delete("Has Role", {"role": COORDINATOR, "parent": ("!=", staff.coordinator)})
	group = records.make_group(people["ana"], [(people["ben"], "Active"), (people["eve"], "Withdrawn")])
	for name in ("ana", "eve"):
		give_role(people[name].user)
	return SimpleNamespace(group=group, **people, **vars(staff))


def give_role(user: str) -> None:
	role = {"doctype": "Has Role", "parent": user, "parenttype": "User", "parentfield": "roles"}
	frappe.get_doc({**role, "role": COORDINATOR}).insert()
	frappe.clear_cache(user=user)


def sees(user: str, group: str) -> bool:
	with logged_in(user):
		listed = group in frappe.get_list(GROUP, pluck="name", limit=0)
		assert frappe.has_permission(GROUP, "read", group) == listed
		return listed


def test_whoever_sits_or_sat_there_is_a_party(world):
	assert not sees(world.ana.user, world.group.name)
	assert not sees(world.eve.user, world.group.name)
	assert sees(world.coordinator, world.group.name)
	assert conflict.logins_in([world.group.name]) == {
		world.group.name: {world.ana.user, world.ben.user, world.eve.user}
	}


def test_a_group_that_goes_on_from_ones_own_is_closed_as_well(world):
	later = records.make_group(world.fay, [(world.ben, "Active")])
	assert sees(world.ana.user, later.name)
	frappe.db.set_value(GROUP, later.name, "extends", world.group.name)
	assert not sees(world.ana.user, later.name)
	assert world.ana.user in conflict.logins_in([later.name])[later.name]


def test_an_address_is_a_link_too(world):
	frappe.db.set_value("Mentoring Profile", world.ana.profile, "user", None)
	assert not sees(world.ana.user, world.group.name)


def test_a_login_that_the_profile_moved_away_from_is_a_party_still(world):
	move = {"profile": world.ana.profile, "old_address": world.ana.user, "new_address": "ana@new.example"}
	records.store("Mentoring Login Move", status="Waiting", **move)
	new = {"user": None, "email": "ana@new.example"}
	frappe.db.set_value("Mentoring Profile", world.ana.profile, new)
	assert sees(world.ana.user, world.group.name)
	records.store("Mentoring Login Move", status="Moved", **move)
	assert not sees(world.ana.user, world.group.name)


def test_a_coordinator_who_mentors_works_for_the_whole_cycle(site):
	"""They put groups together, their own as well, and complete a cycle; then theirs is closed to them."""
	make.use_membership_roll()
	cycle = make.make_cycle(make.make_program(format="One-on-One").name).name
	user = make.make_user(user_type="System User", roles=[COORDINATOR]).name
	mentor = make.make_mentor(cycle, profile=make.make_profile(email=user, user=user).name)
	mentees = [make.make_mentee(cycle) for _number in range(2)]
	other = make.make_mentor(cycle)
	with logged_in(user):
		own = propose(cycle, [mentees[0].name], mentor.name).name
		others = propose(cycle, [mentees[1].name], other.name).name
		assert frappe.get_list(GROUP, {"cycle": cycle}, pluck="name") == [others]
		with pytest.raises(frappe.PermissionError):
			commands.cancel(own, "Better without")
	for group, parts in ((own, (mentor, mentees[0])), (others, (other, mentees[1]))):
		for part in parts:
			commands.accept(group, part.profile)
		commands.activate(group)
	with logged_in(user):
		with pytest.raises(frappe.PermissionError):
			commands.complete(own)
		commands.complete(others)
	commands.complete(own)
	with logged_in(user):
		frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
		programs.set_cycle_status(cycle, "Completed")
	assert frappe.db.get_value("Mentoring Cycle", cycle, "status") == "Completed"


def test_the_refusal_says_who_looks_after_the_group(world):
	with logged_in(world.ana.user), pytest.raises(frappe.PermissionError):
		frappe.get_doc(GROUP, world.group.name).check_permission("write")
	assert "another coordinator" in str(frappe.get_message_log())


def test_an_alarm_is_told_to_those_who_sit_elsewhere(world):
	"""It is worked out from what the others say in private."""
	assert coordinators.addresses_about([world.group.name]) == {world.group.name: [world.coordinator]}
	frappe.db.set_value(GROUP, world.group.name, "start_date", "2001-01-01")
	health.refresh(world.group.name)
	told = frappe.get_all(NOTICE, {"reference_name": world.group.name}, pluck="recipient")
	assert set(told) == {world.coordinator}


def test_when_every_coordinator_sits_in_it_the_system_managers_are_told(world):
	manager = records.make_user("manager", "System Manager", user_type="System User")
	frappe.db.delete("Has Role", {"role": COORDINATOR, "parent": world.coordinator})
	told = coordinators.addresses_about([world.group.name])[world.group.name]
	assert manager in told
	assert world.ana.user not in told


def test_records_of_ours_are_not_shared_one_by_one(world):
	with pytest.raises(frappe.PermissionError, match="Give the person a role"):
		frappe.share.add_docshare(
			GROUP, world.group.name, world.fay.user, flags={"ignore_share_permission": True}
		)
