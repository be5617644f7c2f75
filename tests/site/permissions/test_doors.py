"""What a request may ask for beside the records themselves, each test named by the attack."""

from __future__ import annotations

import json

import frappe
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from mentor_ispe.permissions.doors import check_request
from tests.site.permissions import records
from tests.site.permissions.doors import logged_in


@pytest.fixture
def member(site):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	member.group = records.make_group(mentor, [(member, "Active")]).name
	return member


@pytest.fixture
def request_of(monkeypatch):
	"""Send a request as far as the check at the door."""

	def send(user: str, path: str, **arguments) -> None:
		encoded = {
			key: json.dumps(value) if isinstance(value, list | dict) else value
			for key, value in arguments.items()
		}
		monkeypatch.setattr(
			frappe.local, "request", Request(EnvironBuilder(path=path).get_environ()), raising=False
		)
		with logged_in(user):
			frappe.local.form_dict = frappe._dict(encoded)
			check_request()

	return send


DESK = [
	("/api/method/frappe.desk.form.load.getdoc", {"doctype": "Mentoring Group", "name": "x"}),
	("/api/method/frappe.desk.form.load.get_docinfo", {"doctype": "Mentor", "name": "x"}),
	("/api/method/frappe.desk.search.get_link_title", {"doctype": "Mentoring Profile", "docname": "x"}),
	(
		"/api/method/frappe.desk.search.search_link",
		{"doctype": "Mentee", "txt": "", "ignore_user_permissions": "1"},
	),
	("/api/method/frappe.desk.reportview.get", {"doctype": "Mentoring Session", "fields": ["name"]}),
	("/api/method/frappe.desk.form.save.savedocs", {"doc": {"doctype": "Mentee"}, "action": "Save"}),
	("/api/method/frappe.desk.form.utils.add_comment", {"reference_doctype": "Mentoring Group"}),
	("/api/method/frappe.client.get_count", {"doctype": "Mentee", "filters": {"status": "Withdrawn"}}),
]


@pytest.mark.parametrize(("path", "arguments"), DESK, ids=[path.rpartition(".")[2] for path, _ in DESK])
def test_member_reads_comments_and_versions_through_the_desk(member, request_of, path, arguments):
	with pytest.raises(frappe.PermissionError):
		request_of(member.user, path, **arguments)
	request_of(records.make_staff().coordinator, path, **arguments)


def test_member_uses_the_desk_endpoint_by_cmd(member, request_of):
	with pytest.raises(frappe.PermissionError):
		request_of(member.user, "/", cmd="frappe.desk.form.load.getdoc", doctype="Mentoring Group", name="x")


ORACLES = [
	{"filters": [["mentor_reason", "like", "a%"]]},
	{"filters": {"mentor_reason": ["like", "a%"]}},
	{"filters": [["Mentoring Group", "mentor_reason", "like", "a%"]]},
	{"filters": [["Mentoring Group Member", "reason", "like", "a%"]]},
	{"or_filters": [["mentor_reason", "like", "a%"]]},
	{"fields": ["mentor.motivation"]},
	{"fields": ["`tabMentoring Group Member`.`reason`"]},
	{"order_by": "mentor_reason asc"},
	{"order_by": "`tabMentoring Group`.`mentor_reason` asc"},
	{"group_by": "mentor_reason"},
]


@pytest.mark.parametrize("arguments", ORACLES, ids=json.dumps)
@pytest.mark.parametrize("path", ["/api/resource/Mentoring%20Group", "/api/v2/document/Mentoring Group"])
def test_member_finds_a_hidden_column_by_filtering_on_it(member, request_of, path, arguments):
	with pytest.raises(frappe.PermissionError):
		request_of(member.user, path, **arguments)


def test_guest_guesses_the_committees_addresses_by_filters(site, request_of):
	records.make_program()
	filters = [["Mentoring Program Recipient", "email", "like", "s%"]]
	with pytest.raises(frappe.PermissionError):
		request_of("Guest", "/api/resource/Mentoring Program", filters=filters)
	with pytest.raises(frappe.PermissionError):
		request_of(
			"Guest",
			"/api/method/frappe.client.get_list",
			doctype="Mentoring Program",
			fields=["recipients.email"],
		)


EXPANDED = [
	("/api/resource/Mentoring Group/x", {"expand_links": "1"}),
	("/api/resource/Mentoring Group", {"expand": ["mentor"], "fields": ["mentor"]}),
	("/api/method/frappe.client.get_list", {"doctype": "Mentoring Group", "expand": ["mentor"]}),
]


@pytest.mark.parametrize(("path", "arguments"), EXPANDED, ids=str)
def test_member_reads_their_mentors_application_by_expanding_links(member, request_of, path, arguments):
	staff = records.make_staff()
	for user in (member.user, staff.committee):
		with pytest.raises(frappe.PermissionError):
			request_of(user, path, **arguments)
	request_of(staff.coordinator, path, **arguments)


def test_committee_finds_reasons_and_words_by_filtering_on_them(member, request_of):
	committee = records.make_staff().committee
	for path, filters in (
		("/api/resource/Mentoring Group", [["mentor_reason", "like", "a%"]]),
		("/api/resource/Mentoring Group", [["Mentoring Group Member", "reason", "like", "a%"]]),
		("/api/resource/Mentor", [["decision_note", "like", "a%"]]),
	):
		with pytest.raises(frappe.PermissionError):
			request_of(committee, path, filters=filters)
	suspended = [["Mentoring Group Member", "status", "=", "Suspended"]]
	request_of(
		committee, "/api/method/frappe.desk.reportview.get", doctype="Mentoring Group", filters=suspended
	)


FINE = [
	{},
	{"fields": ["name", "title", "status", "charter"]},
	{"fields": ["*"], "order_by": "modified desc", "filters": {"status": "Active"}},
	{"fields": ["`tabMentoring Group`.`title`"], "filters": [["Mentoring Group", "status", "=", "Active"]]},
	{"filters": [["title", "like", "%mentor_reason%"]]},
	{"fields": "title", "filters": ["status", "=", "Active"]},
]


@pytest.mark.parametrize("arguments", FINE, ids=json.dumps)
def test_members_own_list_goes_through(member, request_of, arguments):
	request_of(member.user, "/api/resource/Mentoring Group", **arguments)


def test_requests_about_other_records_go_through(member, request_of):
	request_of(member.user, "/api/method/frappe.desk.search.search_link", doctype="Country", txt="")
	request_of("Guest", "/api/method/login", usr="x", pwd="y")
	request_of(member.user, "/api/method/mentor_ispe.api.member.accept", group=member.group)
