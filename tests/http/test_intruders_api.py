"""People who call what isn't for them, or for somebody else; each test is named after the attack."""

from __future__ import annotations

import inspect
import json
from types import SimpleNamespace

import frappe
import pytest

from tests import factories as make
from tests.http.client import MEMBER_API, Client
from tests.http.endpoints import ENDPOINTS, MEMBER_ENDPOINTS, STAFF_ENDPOINTS
from tests.http.people import make_member
from tests.http.rounds import look_again
from tests.http.two_groups import fingerprint, make_agreement


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
	wanted = inspect.signature(ENDPOINTS[path]).parameters
	return {
		name: plausible.get(name, "words") for name, value in wanted.items() if value.default is value.empty
	}


# What the committee reads too: by the name of the endpoint.
TO_THE_COMMITTEE = ("funnel", "figures", "proposals", "compare", "shown", "pdf")


@pytest.mark.parametrize("path", STAFF_ENDPOINTS)
@pytest.mark.parametrize("who", ["guest", "member", "mentor", "committee"])
def test_intruder_calls_the_coordinators_endpoint(groups, guest, committee, who, path):
	client = {"guest": guest, "member": groups.ben, "mentor": groups.ana, "committee": committee}[who]
	if who == "committee" and path.rpartition(".")[2] in TO_THE_COMMITTEE:
		return
	records = {doctype: groups.records[doctype] for doctype in ("Mentee", "Mentor", "Mentoring Group")}
	before = fingerprint(records)
	refused = client.call(path, **arguments(path, groups))
	assert refused.status == 403, (refused.status, refused.text[:1000])
	assert fingerprint(records) == before


POST_ONLY = [
	path
	for path, function in ENDPOINTS.items()
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
