"""People who try what isn't theirs, over HTTP; each test is named after the attack."""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import pytest

from tests.http.client import Answer, Client
from tests.http.rounds import look_again
from tests.http.two_groups import SECRET, fingerprint

# Reading

READING: dict[str, Callable[[Client, str, str], Answer]] = {
	"rest_v1": lambda client, doctype, name: client.get(f"/api/resource/{doctype}/{name}"),
	"rest_v2": lambda client, doctype, name: client.get(f"/api/v2/document/{doctype}/{name}"),
	"rest_v1_list": lambda client, doctype, name: client.get(
		f"/api/resource/{doctype}", filters=json.dumps({"name": name}), fields='["*"]'
	),
	"rest_v2_list": lambda client, doctype, name: client.get(
		f"/api/v2/document/{doctype}", filters=json.dumps({"name": name}), fields='["*"]'
	),
	"client_get": lambda client, doctype, name: client.call("frappe.client.get", doctype=doctype, name=name),
	"client_get_list": lambda client, doctype, name: client.call(
		"frappe.client.get_list", doctype=doctype, filters={"name": name}, fields=["*"]
	),
	"client_get_value": lambda client, doctype, name: client.call(
		"frappe.client.get_value", doctype=doctype, filters={"name": name}, fieldname="owner"
	),
	"client_get_count": lambda client, doctype, name: client.call(
		"frappe.client.get_count", doctype=doctype, filters={"name": name}
	),
	"report_view": lambda client, doctype, name: client.call(
		"frappe.desk.reportview.get",
		doctype=doctype,
		fields=json.dumps([f"`tab{doctype}`.`name`"]),
		filters=json.dumps([[doctype, "name", "=", name]]),
	),
	"search_link": lambda client, doctype, name: client.call(
		"frappe.desk.search.search_link", doctype=doctype, txt=name, ignore_user_permissions=1
	),
	"form": lambda client, doctype, name: client.get(
		"/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=name
	),
	"form_info": lambda client, doctype, name: client.get(
		"/api/method/frappe.desk.form.load.get_docinfo", doctype=doctype, name=name
	),
	"link_title": lambda client, doctype, name: client.call(
		"frappe.desk.search.get_link_title", doctype=doctype, docname=name
	),
	"validate_link": lambda client, doctype, name: client.call(
		"frappe.client.validate_link", doctype=doctype, docname=name, fields='["owner"]'
	),
	"print": lambda client, doctype, name: client.call(
		"frappe.www.printview.get_html_and_style", doc=doctype, name=name
	),
}


def finds(client: Client, door: str, doctype: str, name: str) -> bool:
	"""Whether this door gives the client anything of the record; an error of the server is no answer."""
	found = READING[door](client, doctype, name)
	assert found.status < 500, found.text[:2000]
	if SECRET in found.text:
		return True
	if not found.ok:
		return False
	shown = found.result if door not in ("form", "form_info") else found.body.get("docs") or found.body
	if door == "search_link":
		return any(row["value"] == name for row in shown)
	if door == "link_title":
		return bool(shown) and shown != name
	if isinstance(shown, dict) and "values" in shown:
		return bool(shown["values"])
	return bool(shown)


def found_by(client: Client, door: str, records: dict[str, str]) -> list[str]:
	return [doctype for doctype, name in records.items() if finds(client, door, doctype, name)]


@pytest.mark.parametrize("door", READING)
def test_guest_reads_records_by_guessed_name(groups, guest, door):
	assert found_by(guest, door, groups.records) == []


@pytest.mark.parametrize("door", READING)
def test_member_of_another_group_reads_records_by_guessed_name(groups, door):
	assert found_by(groups.dan, door, groups.records) == []


@pytest.mark.parametrize("door", READING)
def test_mentor_of_another_group_reads_records_by_guessed_name(groups, door):
	assert found_by(groups.cleo, door, groups.records) == []


@pytest.mark.parametrize("door", READING)
def test_former_member_reads_what_the_group_did_without_them(groups, door):
	theirs = {doctype: name for doctype, name in groups.records.items() if doctype != "Mentoring Group"}
	assert found_by(groups.fay, door, theirs) == []


@pytest.mark.parametrize("door", READING)
def test_mentor_reads_what_their_mentee_said_in_private(groups, door):
	private = ("Mentoring Feedback", "Mentoring Agreement Acceptance", "Mentoring Staff Note", "Mentee")
	assert found_by(groups.ana, door, {doctype: groups.records[doctype] for doctype in private}) == []


@pytest.mark.parametrize("door", READING)
def test_committee_reads_feedback_and_staff_notes(groups, committee, door):
	private = ("Mentoring Feedback", "Mentoring Staff Note")
	assert found_by(committee, door, {doctype: groups.records[doctype] for doctype in private}) == []


def test_stranger_prints_the_group(groups, guest):
	path = f"/printview?doctype=Mentoring Group&name={groups.mine.group}&format=Standard"
	assert SECRET in groups.ben.get(path).text
	for client in (guest, groups.dan):
		assert SECRET not in client.get(path).text


@pytest.mark.parametrize("door", ["rest_v1", "rest_v2", "rest_v1_list", "client_get", "client_get_list"])
def test_members_find_what_is_theirs(groups, door):
	"""The doors that the tests above find closed do open."""
	assert "Mentoring Session" in found_by(groups.ana, door, groups.records)
	own = (
		"Mentoring Session",
		"Mentoring Feedback",
		"Mentoring Agreement Acceptance",
		"Mentoring Profile",
		"Mentee",
	)
	assert set(own) <= set(found_by(groups.ben, door, groups.records))


@pytest.mark.parametrize("door", READING)
def test_the_coordinator_finds_everything(groups, coordinator, door):
	if door == "link_title":
		return  # hashes and names without a title have nothing to give
	found = found_by(coordinator, door, groups.records)
	assert set(groups.records) - set(found) <= {"Mentoring Agreement Acceptance", "Mentoring Staff Note"}


# Writing

WRITING: dict[str, Callable[[Client, str, str], Answer]] = {
	"put_v1": lambda client, doctype, name: client.put(f"/api/resource/{doctype}/{name}", {"idx": 7}),
	"put_v2": lambda client, doctype, name: client.put(f"/api/v2/document/{doctype}/{name}", {"idx": 7}),
	"delete_v1": lambda client, doctype, name: client.delete(f"/api/resource/{doctype}/{name}"),
	"delete_v2": lambda client, doctype, name: client.delete(f"/api/v2/document/{doctype}/{name}"),
	"client_set_value": lambda client, doctype, name: client.call(
		"frappe.client.set_value", doctype=doctype, name=name, fieldname='{"idx": 7}'
	),
	"client_delete": lambda client, doctype, name: client.call(
		"frappe.client.delete", doctype=doctype, name=name
	),
	"client_rename": lambda client, doctype, name: client.call(
		"frappe.client.rename_doc", doctype=doctype, old_name=name, new_name=f"{name}-mine"
	),
	"comment": lambda client, doctype, name: client.call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=doctype,
		reference_name=name,
		content="I was here",
		comment_email="someone@example.org",
		comment_by="Someone",
	),
	"like": lambda client, doctype, name: client.call(
		"frappe.desk.like.toggle_like", doctype=doctype, name=name, add="Yes"
	),
	"tag": lambda client, doctype, name: client.call(
		"frappe.desk.doctype.tag.tag.add_tag", tag="mine", dt=doctype, dn=name
	),
	"share": lambda client, doctype, name: client.call(
		"frappe.share.add", doctype=doctype, name=name, user="Guest", read=1
	),
	"attach": lambda client, doctype, name: client.call(
		"frappe.client.attach_file", filename="a.txt", filedata="a", doctype=doctype, docname=name
	),
}


@pytest.mark.parametrize("door", WRITING)
@pytest.mark.parametrize("who", ["guest", "stranger", "former_member", "committee"])
def test_intruder_writes_records_by_guessed_name(groups, guest, committee, who, door):
	client = {"guest": guest, "stranger": groups.dan, "former_member": groups.fay, "committee": committee}[
		who
	]
	may_read = {
		"committee": set(groups.records) - {"Mentoring Feedback", "Mentoring Staff Note"},
		"former_member": {"Mentoring Group"},
	}
	records = {
		doctype: name
		for doctype, name in groups.records.items()
		# Whoever reads a record may comment on it and attach a file: that is Frappe's, and no harm.
		if door not in ("comment", "like", "tag", "attach") or doctype not in may_read.get(who, ())
	}
	before = fingerprint(records)
	for doctype, name in records.items():
		answered = WRITING[door](client, doctype, name)
		assert 400 <= answered.status < 500, (doctype, answered.status, answered.text[:1000])
	assert fingerprint(records) == before


@pytest.mark.parametrize("door", ["/api/resource/", "/api/v2/document/"])
def test_member_enters_records_for_another_with_smuggled_flags(groups, door):
	flags = {"ignore_permissions": True, "ignore_links": True, "ignore_mandatory": True}
	other = {"profile": groups.profiles["ben"], "cycle": groups.cycle, "flags": flags}
	for doctype, values in {
		"Mentor": {**other, "seats_offered": 3},
		"Mentoring Feedback": {**other, "kind": "Program", "comment": "Not mine"},
		"Mentoring Agreement Acceptance": {**other, "agreement": groups.agreement},
		"Mentoring Session": {
			"mentoring_group": groups.mine.group,
			"starts_on": "2031-05-01 10:00:00",
			"flags": flags,
		},
	}.items():
		look_again()
		before = frappe.db.count(doctype)
		refused = groups.dan.post(f"{door}{doctype}", values)
		assert refused.status in (403, 417), (doctype, refused.text[:1000])
		look_again()
		assert frappe.db.count(doctype) == before
