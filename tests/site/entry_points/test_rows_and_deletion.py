"""Seats attacked around their group: row by row, by leaving rows out, by deleting and renaming."""

from __future__ import annotations

import json

import frappe
import frappe.api.v1
import frappe.api.v2
import frappe.client
import pytest
from frappe.desk.form.save import savedocs

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.site.entry_points.cases import Step, make_draft, new_group, pair
from tests.site.entry_points.entry_points import ENTRY_POINTS, request
from tests.site.entry_points.records import written

ROW = "Mentoring Group Member"


def make_full_pair():
	"""A proposed pair whose mentor has no seat left, and a mentee who waits."""
	cycle, mentor, mentee = pair()
	group = propose(cycle, [mentee.name], mentor.name)
	return group, make.make_mentee(cycle).name


def new_row(group, mentee: str, **values) -> dict:
	return {
		"doctype": ROW,
		"parent": group.name,
		"parenttype": "Mentoring Group",
		"parentfield": "seats",
		**make.seat(mentee),
		"status": "Proposed",
		**values,
	}


def without_doctype(row: dict) -> dict:
	return {key: value for key, value in row.items() if key != "doctype"}


def post_v1(row: dict) -> None:
	frappe.local.form_dict = frappe._dict(data=json.dumps(without_doctype(row)))
	frappe.api.v1.create_doc(ROW)


def post_v2(row: dict) -> None:
	frappe.local.form_dict = frappe._dict(without_doctype(row))
	frappe.api.v2.create_doc(ROW)


NEW_ROWS = {
	"rest_v1": post_v1,
	"rest_v2": post_v2,
	"client_insert": lambda row: frappe.client.insert(json.dumps(row)),
	"client_insert_many": lambda row: frappe.client.insert_many(json.dumps([row])),
	"desk_form": lambda row: savedocs(json.dumps({**row, "__islocal": 1, "name": "new-1"}), "Save"),
	"script": lambda row: frappe.get_doc(row).insert(),
}


@pytest.mark.parametrize("entry_point", NEW_ROWS)
@pytest.mark.parametrize("seat", ["Proposed", "Active"])
def test_entry_point_refuses_a_new_row_beyond_the_seats(entry_point, seat):
	group, waiting = make_full_pair()
	before = written(group.cycle)
	with pytest.raises(frappe.ValidationError), request():
		NEW_ROWS[entry_point](new_row(group, waiting, status=seat))
	assert written(group.cycle) == before


def put_v1(name: str, values: dict) -> None:
	frappe.local.form_dict = frappe._dict(data=json.dumps(values))
	frappe.api.v1.update_doc(ROW, name)


def put_v2(name: str, values: dict) -> None:
	frappe.local.form_dict = frappe._dict(values)
	frappe.api.v2.update_doc(ROW, name)


def script_update(name: str, values: dict) -> None:
	frappe.get_doc(ROW, name).update(values).save()


CHANGED_ROWS = {
	"rest_v1": put_v1,
	"rest_v2": put_v2,
	"client_set_value": lambda name, values: frappe.client.set_value(ROW, name, json.dumps(values)),
	"script": script_update,
}


@pytest.mark.parametrize("entry_point", CHANGED_ROWS)
@pytest.mark.parametrize("attack", ["status", "participant", "parent"])
def test_entry_point_refuses_a_changed_row(entry_point, attack):
	group, waiting = make_full_pair()
	cycle, mentor, mentee = group.cycle, make.make_mentor(group.cycle), make.make_mentee(group.cycle)
	elsewhere = propose(cycle, [mentee.name], mentor.name).name
	values = {
		"status": {"status": "Active"},
		"participant": {"participant": waiting},
		"parent": {"parent": elsewhere},
	}
	before = written(cycle)
	if (entry_point, attack) == ("client_set_value", "parent"):
		# Frappe writes the row with its group as it was, so there's nothing to refuse and nothing changes.
		with request():
			CHANGED_ROWS[entry_point](group.members[0].name, values[attack])
		assert [row.parent for row in written(cycle)[ROW]] == [row.parent for row in before[ROW]]
		return
	with pytest.raises(frappe.ValidationError), request():
		CHANGED_ROWS[entry_point](group.members[0].name, values[attack])
	assert written(cycle) == before


DELETED_ROWS = {
	"rest_v1": lambda name: frappe.api.v1.delete_doc(ROW, name),
	"rest_v2": lambda name: frappe.api.v2.delete_doc(ROW, name),
	"client_delete": lambda name: frappe.client.delete(ROW, name),
	"script": lambda name: frappe.delete_doc(ROW, name),
	"script_force": lambda name: frappe.delete_doc(ROW, name, force=True, ignore_permissions=True),
}


@pytest.mark.parametrize("entry_point", DELETED_ROWS)
def test_entry_point_refuses_to_delete_a_row(entry_point):
	group, _ = make_full_pair()
	before = written(group.cycle)
	with pytest.raises(frappe.ValidationError), request():
		DELETED_ROWS[entry_point](group.members[0].name)
	assert written(group.cycle) == before


WHOLE_FORMS = ("desk_form", "bulk_edit", "rest_v1", "rest_v2", "client_save", "client_set_value", "script")


@pytest.mark.parametrize("entry_point", WHOLE_FORMS)
def test_entry_point_refuses_to_leave_out_a_proposed_row(entry_point):
	group, _ = make_full_pair()
	before = written(group.cycle)
	step = Step("Mentoring Group", group.name, {"seats": []}, "", lambda: None, cycle=group.cycle)
	refused = ENTRY_POINTS[entry_point].enter(step)
	assert not refused.accepted
	assert "stays in the group's history" in refused.words
	assert written(group.cycle) == before


@pytest.mark.parametrize("entry_point", WHOLE_FORMS)
def test_entry_point_lets_a_drafted_row_be_left_out(entry_point):
	cycle, mentor, mentee = pair()
	group = make_draft(cycle, mentor.name, mentee.name)
	step = Step("Mentoring Group", group.name, {"seats": []}, "", lambda: None, cycle=cycle)
	accepted = ENTRY_POINTS[entry_point].enter(step)
	assert accepted.accepted, accepted.words
	assert not frappe.get_all(ROW, {"parent": group.name})


@pytest.mark.parametrize("entry_point", WHOLE_FORMS)
def test_entry_point_refuses_a_row_of_nobody(entry_point):
	cycle, mentor, mentee = pair()
	group = make_draft(cycle, mentor.name, mentee.name)
	before = written(cycle)
	for nobody in ({"participant": None}, {"participant": "nobody-of-this-name"}):
		step = Step("Mentoring Group", group.name, {"seats": [nobody]}, "", lambda: None, cycle=cycle)
		assert not ENTRY_POINTS[entry_point].enter(step).accepted
	assert written(cycle) == before


INSERTING = ("desk_form", "data_import", "rest_v1", "rest_v2", "client_insert", "script")


@pytest.mark.parametrize("entry_point", INSERTING)
@pytest.mark.parametrize("doctype", ["Mentor", "Mentee", "Mentoring Group"])
def test_entry_point_refuses_a_record_without_its_cycle(entry_point, doctype):
	values = {"profile": make.make_profile().name} if doctype != "Mentoring Group" else {"title": "Nowhere"}
	step = Step(doctype, None, values, "", lambda: None, cycle="")
	assert not ENTRY_POINTS[entry_point].enter(step).accepted
	assert not frappe.get_all(doctype, values)


@pytest.mark.parametrize("entry_point", INSERTING)
@pytest.mark.parametrize(
	("doctype", "field"),
	[("Mentor", "profile"), ("Mentee", "profile"), ("Mentee", "cycle")],
)
def test_entry_point_refuses_a_link_to_nothing(entry_point, doctype, field):
	cycle = pair()[0]
	values = {"cycle": cycle, "profile": make.make_profile().name, field: "nobody-of-this-name"}
	before = written(cycle)
	assert (
		not ENTRY_POINTS[entry_point]
		.enter(Step(doctype, None, values, "", lambda: None, cycle=cycle))
		.accepted
	)
	assert written(cycle) == before
	assert not frappe.get_all(doctype, {field: "nobody-of-this-name"})


@pytest.mark.parametrize("entry_point", INSERTING)
@pytest.mark.parametrize("role", ["Mentor", "Mentee"])
def test_entry_point_refuses_a_seat_of_nobody_in_a_new_group(entry_point, role):
	cycle, mentor, mentee = pair()
	people = {"Mentor": mentor.name, "Mentee": mentee.name, role: "nobody-of-this-name"}
	seats = [{"role": each, "participant": name} for each, name in people.items()]
	values = {"cycle": cycle, "status": "Proposed", "seats": seats}
	before = written(cycle)
	step = Step("Mentoring Group", None, values, "", lambda: None, cycle=cycle)
	assert not ENTRY_POINTS[entry_point].enter(step).accepted
	assert written(cycle) == before


@pytest.mark.parametrize("entry_point", INSERTING)
def test_entry_point_knows_a_person_by_another_spelling(entry_point):
	"""MariaDB finds a record whatever the case of its name; other databases and some entry points know none."""
	cycle, mentor, mentee = pair()
	spelt = new_group(cycle, mentor.name.upper(), mentee.name.upper(), "", lambda: None)
	accepted = ENTRY_POINTS[entry_point].enter(spelt).accepted
	assert not accepted or frappe.db.db_type == "mariadb"
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == int(accepted)
	assert bool(frappe.db.get_value("Mentee", mentee.name, "mentoring_group")) == accepted
	again = new_group(cycle, mentor.name.upper(), make.make_mentee(cycle).name.upper(), "", lambda: None)
	assert not ENTRY_POINTS[entry_point].enter(again).accepted


DELETIONS = {
	"rest_v1": frappe.api.v1.delete_doc,
	"rest_v2": frappe.api.v2.delete_doc,
	"client_delete": frappe.client.delete,
	"script": frappe.delete_doc,
}


@pytest.mark.parametrize("entry_point", DELETIONS)
@pytest.mark.parametrize("doctype", ["Mentoring Group", "Mentor", "Mentee"])
def test_entry_point_refuses_to_delete_who_holds_a_seat(entry_point, doctype):
	group, _ = make_full_pair()
	name = {
		"Mentoring Group": group.name,
		"Mentor": group.mentor,
		"Mentee": group.members[0].participant,
	}[doctype]
	before = written(group.cycle)
	with pytest.raises(frappe.ValidationError), request():
		DELETIONS[entry_point](doctype, name)
	assert written(group.cycle) == before


@pytest.mark.parametrize("entry_point", DELETIONS)
@pytest.mark.parametrize("doctype", ["Mentoring Group", "Mentor", "Mentee"])
def test_entry_point_refuses_to_delete_history(entry_point, doctype):
	group, _ = make_full_pair()
	commands.cancel(group.name)
	name = {
		"Mentoring Group": group.name,
		"Mentor": group.mentor,
		"Mentee": group.members[0].participant,
	}[doctype]
	before = written(group.cycle)
	with pytest.raises(frappe.ValidationError), request():
		DELETIONS[entry_point](doctype, name)
	assert written(group.cycle) == before


@pytest.mark.parametrize("entry_point", DELETIONS)
def test_entry_point_deletes_a_draft_and_gives_back_the_place(entry_point):
	cycle = make.make_cycle(places=1).name
	mentee, mentor = make.make_mentee(cycle), make.make_mentor(cycle)
	group = make_draft(cycle, mentor.name, mentee.name)
	with request():
		DELETIONS[entry_point]("Mentoring Group", group.name)
	with request():
		DELETIONS[entry_point]("Mentee", mentee.name)
	assert not frappe.get_all("Mentee", {"cycle": cycle})
	assert frappe.db.get_value("Mentoring Cycle", cycle, "places_taken") == 0


@pytest.mark.parametrize("doctype", ["Mentoring Group", "Mentor", "Mentee"])
def test_records_are_neither_renamed_nor_merged(doctype):
	group, _ = make_full_pair()
	other, _ = make_full_pair()
	names = {
		"Mentoring Group": (group.name, other.name),
		"Mentor": (group.mentor, other.mentor),
		"Mentee": (group.members[0].participant, other.members[0].participant),
	}[doctype]
	before = written(group.cycle)
	for new, merge in ((names[1], True), ("another-name", False)):
		with pytest.raises(frappe.ValidationError), request():
			frappe.client.rename_doc(doctype, names[0], new, merge=merge)
	assert written(group.cycle) == before
