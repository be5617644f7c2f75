"""People who try what isn't theirs, over HTTP; each test is named after the attack."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import frappe
import pytest

from mentor_ispe.api import coordinator as coordinator_api
from mentor_ispe.api import matching as matching_api
from mentor_ispe.api import member as member_api
from mentor_ispe.api import roll as roll_api
from mentor_ispe.services import agreements, answer, group_life, withdraw
from mentor_ispe.services.propose import propose
from tests import factories as make
from tests.http.client import MEMBER_API, Answer, Client
from tests.http.conftest import make_member
from tests.http.rounds import look_again

SECRET = "what-only-they-know"


@pytest.fixture(scope="module")
def groups(site, keyed) -> SimpleNamespace:
	"""Two running groups of one cycle. Ana mentors Ben, Cal and Fay, who withdrew; Cleo mentors Dan and Eve.

	`records` are what belongs to Ana's group, by DocType; every one has something SECRET in it.
	"""
	people = {
		name: make_member(full_name=name.title(), biography=SECRET)
		for name in ("ana", "ben", "cal", "fay", "cleo", "dan", "eve")
	}
	agreement = make_agreement()
	cycle = make.make_cycle(make.make_program(format="Group").name).name
	mentor_of = {"ana": ["ben", "cal", "fay"], "cleo": ["dan", "eve"]}
	made = {}
	for name, mentees in mentor_of.items():
		mentor = make.make_mentor(cycle, profile=people[name][0], seats_offered=4, motivation=SECRET)
		parts = [make.make_mentee(cycle, profile=people[mentee][0], goals=SECRET) for mentee in mentees]
		group = propose(cycle, [part.name for part in parts], mentor.name)
		for part in (mentor, *parts):
			answer.accept(group.name, part.profile)
		group_life.activate(group.name)
		made[name] = SimpleNamespace(
			group=group.name, mentor=mentor.name, parts=dict(zip(mentees, parts, strict=True))
		)
	frappe.db.set_value("Mentoring Group", made["ana"].group, "charter", SECRET)
	withdraw.withdraw("Mentee", made["ana"].parts["fay"].name, "No time")
	signed = agreements.sign(agreement, people["ben"][0]).name
	ben = {"profile": people["ben"][0], "cycle": cycle}
	records = {
		"Mentoring Session": insert(
			"Mentoring Session",
			mentoring_group=made["ana"].group,
			starts_on="2031-04-01 10:00:00",
			focus=SECRET,
		),
		"Mentoring Feedback": insert("Mentoring Feedback", **ben, kind="Program", comment=SECRET),
		"Mentoring Agreement Acceptance": signed,
		"Mentoring Profile": people["ben"][0],
		"Mentee": made["ana"].parts["ben"].name,
		"Mentor": made["ana"].mentor,
		"Mentoring Group": made["ana"].group,
		"Mentoring Staff Note": insert(
			"Mentoring Staff Note", mentoring_group=made["ana"].group, note=SECRET
		),
	}
	frappe.db.commit()
	return SimpleNamespace(
		cycle=cycle,
		agreement=agreement,
		records=records,
		mine=made["ana"],
		other=made["cleo"],
		profiles={name: profile for name, (profile, _) in people.items()},
		**{name: keyed(user) for name, (_, user) in people.items()},
	)


def insert(doctype: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert().name


def make_agreement() -> str:
	return agreements.publish(insert("Mentoring Agreement", title=make.unique("Code"), text="Be kind")).name


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


def fingerprint(records: dict[str, str]) -> dict[str, list]:
	look_again()
	return {
		doctype: [
			frappe.get_all(doctype, {"name": name}, ["*"]),
			frappe.get_all("Comment", {"reference_doctype": doctype, "reference_name": name}, pluck="name"),
			frappe.get_all("DocShare", {"share_doctype": doctype, "share_name": name}, pluck="name"),
			frappe.get_all("Tag Link", {"document_type": doctype, "document_name": name}, pluck="name"),
			frappe.get_all("File", {"attached_to_doctype": doctype, "attached_to_name": name}, pluck="name"),
		]
		for doctype, name in records.items()
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


# Our own endpoints


def endpoints(*modules: ModuleType) -> dict[str, Callable]:
	"""Every endpoint of these modules, by its dotted path."""
	return {
		f"{module.__name__}.{name}": function
		for module in modules
		for name, function in inspect.getmembers(module, inspect.isfunction)
		if function in frappe.whitelisted and function.__module__ == module.__name__
	}


STAFF_ENDPOINTS = endpoints(coordinator_api, matching_api, roll_api)
MEMBER_ENDPOINTS = endpoints(member_api)


def arguments(path: str, groups: SimpleNamespace) -> dict:
	"""Plausible values for every parameter, so that nothing but the permission stands in the way."""
	plausible = {
		"doctype": "Mentee",
		"name": groups.records["Mentee"],
		"names": [groups.records["Mentee"]],
		"profile": groups.profiles["ben"],
		"cycle": groups.cycle,
		"group": groups.mine.group,
		"mentee": groups.records["Mentee"],
		"mentees": [groups.records["Mentee"]],
		"mentor": groups.records["Mentor"],
		"agreement": groups.agreement,
		"role": "Mentee",
		"status": "Completed",
		"accept": 1,
		"rows": [],
		"run": "a-run",
		"other": "another-run",
	}
	wanted = inspect.signature({**STAFF_ENDPOINTS, **MEMBER_ENDPOINTS}[path]).parameters
	return {
		name: plausible.get(name, "words") for name, value in wanted.items() if value.default is value.empty
	}


@pytest.mark.parametrize("path", STAFF_ENDPOINTS)
@pytest.mark.parametrize("who", ["guest", "member", "mentor", "committee"])
def test_intruder_calls_the_coordinators_endpoint(groups, guest, committee, who, path):
	client = {"guest": guest, "member": groups.ben, "mentor": groups.ana, "committee": committee}[who]
	if who == "committee" and path.rpartition(".")[2] in ("funnel", "figures", "proposals", "compare"):
		return  # the committee's to read
	records = {doctype: groups.records[doctype] for doctype in ("Mentee", "Mentor", "Mentoring Group")}
	before = fingerprint(records)
	refused = client.call(path, **arguments(path, groups))
	assert refused.status == 403, (refused.status, refused.text[:1000])
	assert fingerprint(records) == before


POST_ONLY = [
	path
	for path, function in {**STAFF_ENDPOINTS, **MEMBER_ENDPOINTS}.items()
	if "GET" not in frappe.allowed_http_methods_for_whitelisted_func[function]
]


@pytest.mark.parametrize("path", POST_ONLY)
def test_endpoint_that_changes_something_is_called_by_get(groups, coordinator, path):
	client = groups.ben if path.startswith(MEMBER_API) else coordinator
	before = fingerprint(groups.records)
	values = {
		key: json.dumps(value) if isinstance(value, list) else value
		for key, value in arguments(path, groups).items()
	}
	refused = client.get(f"/api/method/{path}", **values)
	assert refused.status == 403, (refused.status, refused.text[:1000])
	assert fingerprint(groups.records) == before


@pytest.mark.parametrize("path", MEMBER_ENDPOINTS)
def test_guest_calls_the_members_endpoint(groups, guest, path):
	refused = guest.call(path, **arguments(path, groups))
	assert refused.status in (401, 403), (refused.status, refused.text[:1000])


def test_member_answers_for_another(groups):
	for refused in (
		groups.dan.call(f"{MEMBER_API}.accept", group=groups.mine.group, profile=groups.profiles["ben"]),
		groups.dan.call(f"{MEMBER_API}.decline", group=groups.mine.group, reason="Not theirs"),
		groups.fay.call(f"{MEMBER_API}.accept", group=groups.mine.group),
	):
		assert refused.status in (403, 417), refused.text[:1000]


def test_member_withdraws_another(groups):
	before = fingerprint(groups.records)
	refused = groups.dan.call(
		f"{MEMBER_API}.withdraw", application_doctype="Mentee", name=groups.records["Mentee"], reason="Go"
	)
	assert refused.status == 403
	assert fingerprint(groups.records) == before


def test_member_applies_and_signs_in_the_name_of_another(groups):
	look_again()
	cycle = make.make_cycle().name
	agreement = make_agreement()
	frappe.db.commit()
	ben = groups.profiles["ben"]
	applied = groups.dan.call(f"{MEMBER_API}.apply", cycle=cycle, role="Mentee", profile=ben).result
	signed = groups.dan.call(f"{MEMBER_API}.sign", agreement=agreement, profile=ben).result
	look_again()
	assert frappe.db.get_value("Mentee", applied["name"], "profile") == groups.profiles["dan"]
	assert signed["agreement"] == agreement
	assert frappe.get_all("Mentoring Agreement Acceptance", {"agreement": agreement}, pluck="profile") == [
		groups.profiles["dan"]
	]


def test_member_asks_for_the_status_of_another(groups):
	status = groups.dan.call(f"{MEMBER_API}.my_status", profile=groups.profiles["ben"]).result
	assert status["profile"] == groups.profiles["dan"]


def test_member_takes_the_login_of_another_with_their_profile(groups):
	for values in (
		{"user": "someone@example.org"},
		{"email": "someone@example.org"},
		{"membership_record": "M-1"},
		{"name": groups.profiles["ben"], "city": "Elsewhere"},
	):
		refused = groups.dan.call(f"{MEMBER_API}.save_profile", values=values)
		assert refused.status == 417, refused.text[:1000]


@pytest.mark.parametrize("header", ["token nobody:nothing", "Basic bm9ib2R5Om5vdGhpbmc=", "Bearer nothing"])
def test_stranger_guesses_an_api_key(groups, base_url, header):
	answered = Client(base_url, header).get(f"/api/resource/Mentee/{groups.records['Mentee']}")
	assert answered.status in (401, 403)


def test_person_whose_login_was_disabled_uses_their_key(site, keyed):
	_, user = make_member()
	client = keyed(user)
	assert client.call(f"{MEMBER_API}.my_status").ok
	frappe.db.set_value("User", user, "enabled", 0)
	frappe.db.commit()
	frappe.clear_cache(user=user)
	assert client.call(f"{MEMBER_API}.my_status").status in (401, 403)


def test_guest_sees_published_programs_and_nothing_of_their_rules(groups, guest):
	shown = guest.get("/api/method/mentor_ispe.api.public.programs").result
	assert shown
	assert all("recipients" not in program and "criteria" not in program for program in shown)
