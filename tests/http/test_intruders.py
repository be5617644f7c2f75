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


def finds(client: Client, entry_point: str, doctype: str, name: str) -> bool:
	"""Whether this entry point gives the client anything of the record; an error of the server is no answer."""
	found = READING[entry_point](client, doctype, name)
	assert found.status < 500, found.text[:2000]
	if SECRET in found.text:
		return True
	if not found.ok:
		return False
	shown = found.result if entry_point not in ("form", "form_info") else found.body.get("docs") or found.body
	if entry_point == "search_link":
		return any(row["value"] == name for row in shown)
	if entry_point == "link_title":
		return bool(shown) and shown != name
	if isinstance(shown, dict) and "values" in shown:
		return bool(shown["values"])
	return bool(shown)


def found_by(client: Client, entry_point: str, records: dict[str, str]) -> list[str]:
	return [doctype for doctype, name in records.items() if finds(client, entry_point, doctype, name)]


INTRUDERS = {
	"guest": None,
	"member of another group": "dan",
	"mentor of another group": "cleo",
	"former member": "fay",
	"member of the group": "cal",
	"mentor of the group": "ana",
	"whose they are": "ben",
}


@pytest.fixture(params=INTRUDERS)
def intruder(request, groups, guest) -> Client:
	name = INTRUDERS[request.param]
	return getattr(groups, name) if name else guest


@pytest.mark.parametrize("entry_point", READING)
def test_member_or_guest_reads_records_by_guessed_name(groups, intruder, entry_point):
	"""Their own as well: what people see comes by our pages and endpoints."""
	assert found_by(intruder, entry_point, groups.records) == []


@pytest.mark.parametrize("entry_point", READING)
def test_committee_reads_feedback_and_staff_notes(groups, committee, entry_point):
	private = ("Mentoring Feedback", "Mentoring Staff Note")
	assert found_by(committee, entry_point, {doctype: groups.records[doctype] for doctype in private}) == []


def test_member_or_guest_prints_the_group(groups, intruder):
	path = f"/printview?doctype=Mentoring Group&name={groups.mine.group}&format=Standard"
	assert SECRET not in intruder.get(path).text


def test_members_find_what_is_theirs_by_our_endpoints(groups, signed_in):
	"""And those who aren't of the group don't."""
	group = groups.mine.group
	own = (
		("mentor_ispe.api.sessions.sessions", {"group": group}),
		("mentor_ispe.api.sessions.agenda", {"session": groups.records["Mentoring Session"]}),
		("mentor_ispe.api.group.charter", {"group": group}),
	)
	for path, values in own:
		for client in (groups.ana, groups.ben):
			assert SECRET in client.call(path, **values).text, path
		for client in (groups.dan, groups.cleo, groups.fay):
			refused = client.call(path, **values)
			assert (refused.status, SECRET in refused.text) == (403, False), path
	ben, ana = (signed_in(groups.users[who]) for who in ("ben", "ana"))
	assert SECRET in ben.call("mentor_ispe.api.feedback.my_feedback").text
	assert SECRET not in ana.call("mentor_ispe.api.feedback.my_feedback").text


@pytest.mark.parametrize("entry_point", READING)
def test_the_coordinator_finds_everything(groups, coordinator, entry_point):
	if entry_point == "link_title":
		return  # hashes and names without a title have nothing to give
	found = found_by(coordinator, entry_point, groups.records)
	assert set(groups.records) - set(found) <= {"Mentoring Agreement Acceptance", "Mentoring Staff Note"}


# Writing

TAG = "put there by an intruder"
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
		"frappe.desk.doctype.tag.tag.add_tag", tag=TAG, dt=doctype, dn=name
	),
	"share": lambda client, doctype, name: client.call(
		"frappe.share.add", doctype=doctype, name=name, user="Guest", read=1
	),
	"attach": lambda client, doctype, name: client.call(
		"frappe.client.attach_file", filename="a.txt", filedata="a", doctype=doctype, docname=name
	),
}


@pytest.mark.parametrize("entry_point", WRITING)
@pytest.mark.parametrize("who", ["guest", "stranger", "former_member", "mentor", "owner", "committee"])
def test_intruder_writes_records_by_guessed_name(groups, guest, committee, who, entry_point):
	client = {
		"guest": guest,
		"stranger": groups.dan,
		"former_member": groups.fay,
		"mentor": groups.ana,
		"owner": groups.ben,
		"committee": committee,
	}[who]
	before = fingerprint(groups.records)
	# Frappe refuses a tag without a word, and looks for one in its own refusal: 500, on its own records as well.
	frappes_own = WRITING["tag"](client, "Role", "System Manager")
	for doctype, name in groups.records.items():
		answered = WRITING[entry_point](client, doctype, name)
		same_accident = entry_point == "tag" and (answered.status, answered.error) == (
			frappes_own.status,
			frappes_own.error,
		)
		refused = 400 <= answered.status < 500 or (same_accident and answered.status == 500)
		assert refused, (doctype, answered.status, answered.text[:1000])
	assert fingerprint(groups.records) == before
	assert not frappe.db.exists("Tag", TAG)


@pytest.mark.parametrize("entry_point", ["/api/resource/", "/api/v2/document/"])
def test_member_enters_records_for_another_with_smuggled_flags(groups, entry_point):
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
		refused = groups.dan.post(f"{entry_point}{doctype}", values)
		assert refused.status in (403, 417), (doctype, refused.text[:1000])
		look_again()
		assert frappe.db.count(doctype) == before
