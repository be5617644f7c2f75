"""Goals, hours and the credit record over HTTP: what the two get, and who tries in vain."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import frappe
import pytest
import requests
from frappe.utils import add_days, add_months, nowdate
from pypdf import PdfReader

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.client import Client
from tests.http.people import make_member
from tests.http.rounds import look_again
from tests.http.two_groups import SECRET

API = "mentor_ispe.api.goals"
PDF = f"/api/method/{API}.credit_record_pdf"


@pytest.fixture(scope="module")
def pair(site, keyed, groups) -> SimpleNamespace:
	"""A running pair that collects credit: Ida mentors Jon; Kim mentors Lea in the same cycle."""
	people = {
		name: make_member(full_name=name.title(), employer=f"Works of {name.title()}")
		for name in ("ida", "jon", "kim", "lea")
	}
	cycle = make.make_cycle(
		make.make_program(credit_scheme="HRCI").name,
		start_date=add_days(nowdate(), 1),
		application_until=nowdate(),
		end_date=add_months(nowdate(), 7),
	).name
	made = []
	for mentor_name, mentee_name in (("ida", "jon"), ("kim", "lea")):
		mentor = make.make_mentor(cycle, profile=people[mentor_name][0])
		mentee = make.make_mentee(cycle, profile=people[mentee_name][0])
		group = propose(cycle, [mentee.name], mentor.name).name
		make.accept_all(group)
		commands.activate(group)
		made.append(group)
	frappe.db.commit()
	clients = {name: keyed(user) for name, (_, user) in people.items()}
	found = SimpleNamespace(group=made[0], other=made[1], cycle=cycle, **clients)
	for name, shared in (("open", 1), ("own", 0)):
		saved = found.jon.call(
			f"{API}.save_goal", group=found.group, values={"title": f"{SECRET} {name}", "shared": shared}
		)
		assert saved.ok, saved.text
		setattr(found, name, saved.result["name"])
	return found


def titles(client: Client, group: str) -> list[str]:
	answered = client.call(f"{API}.group_goals", group=group)
	assert answered.ok, answered.text
	return [goal["title"] for goal in answered.result]


def test_goal_goes_its_way_over_http(pair):
	goal = pair.ida.call(
		f"{API}.save_goal",
		group=pair.group,
		values={"title": "Listen", "steps": [{"step": "One"}, {"step": "Two"}]},
	).result["name"]
	assert pair.ida.call(f"{API}.complete_goal_step", name=goal, step=2).result["progress"] == 50
	assert pair.ida.call(f"{API}.drop", name=goal, review="Not mine").result["status"] == "Dropped"
	assert pair.ida.call(f"{API}.reopen_goal", name=goal).result["status"] == "Open"
	done = pair.ida.call(f"{API}.review_goal", name=goal, status="Achieved", review="I do").result
	assert done["progress"] == 100
	assert goal in [each["name"] for each in pair.ida.call(f"{API}.my_goals").result]


def test_mentor_sees_the_shared_goal_and_not_the_other(pair, coordinator):
	assert f"{SECRET} open" in titles(pair.ida, pair.group)
	assert f"{SECRET} own" not in titles(pair.ida, pair.group)
	assert {f"{SECRET} open", f"{SECRET} own"} <= set(titles(coordinator, pair.group))
	for path in ("/api/resource/Mentoring Goal/", "/api/v2/document/Mentoring Goal/"):
		for client in (pair.ida, pair.jon):
			assert client.get(path + pair.open).status == 403
			assert client.get(path + pair.own).status == 403


@pytest.mark.parametrize("who", ["kim", "lea", "fay", "committee", "guest"])
def test_intruder_reads_goals_hours_and_credit(pair, groups, committee, guest, who):
	client = {"committee": committee, "guest": guest, "fay": groups.fay}.get(who) or getattr(pair, who)
	for name in ("group_goals", "hours", "credit", "credit_record", "credit_record_pdf"):
		refused = client.call(f"{API}.{name}", group=pair.group)
		assert refused.status in (401, 403, 417), (name, refused.status, refused.text[:500])
		assert SECRET not in refused.text
		assert "%PDF" not in refused.text
	for path in ("/api/resource/Mentoring Goal", "/api/v2/document/Mentoring Goal"):
		listed = client.get(path, fields='["*"]', limit_page_length=0)
		assert SECRET not in listed.text
		assert SECRET not in client.get(f"{path}/{pair.open}").text


def test_former_member_reads_the_goals_of_the_group_they_left(groups):
	saved = groups.ben.call(f"{API}.save_goal", group=groups.mine.group, values={"title": f"{SECRET} of Ben"})
	assert saved.ok, saved.text
	refused = groups.fay.call(f"{API}.group_goals", group=groups.mine.group)
	assert refused.status == 403
	assert SECRET not in groups.fay.get("/api/resource/Mentoring Goal", fields='["*"]').text


@pytest.mark.parametrize("who", ["ida", "kim", "committee", "guest", "coordinator"])
def test_somebody_else_writes_a_goal(pair, committee, guest, coordinator, who):
	client = {"committee": committee, "guest": guest, "coordinator": coordinator}.get(who) or getattr(
		pair, who
	)
	attempts = [
		client.call(f"{API}.save_goal", name=pair.open, values={"title": "Mine"}),
		client.call(f"{API}.review_goal", name=pair.open, status="Dropped", review="No"),
		client.call(f"{API}.drop", name=pair.open, review="No"),
		client.call(f"{API}.reopen_goal", name=pair.open),
		client.call(f"{API}.complete_goal_step", name=pair.open, step=1),
		client.put(f"/api/resource/Mentoring Goal/{pair.open}", {"title": "Mine"}),
		client.call(
			"frappe.client.set_value",
			doctype="Mentoring Goal",
			name=pair.open,
			fieldname="title",
			value="Mine",
		),
	]
	assert all(refused.status in (401, 403, 404, 417) for refused in attempts), [
		each.status for each in attempts
	]
	if who != "coordinator":
		attempts.append(client.delete(f"/api/resource/Mentoring Goal/{pair.open}"))
		assert attempts[-1].status in (401, 403, 404)
	look_again()
	assert frappe.db.get_value("Mentoring Goal", pair.open, ["title", "status"]) == (f"{SECRET} open", "Open")


def test_member_makes_a_goal_for_another_or_in_another_group(pair):
	jon = frappe.db.get_value("Mentoring Goal", pair.open, "profile")
	refused = [
		pair.kim.call(f"{API}.save_goal", group=pair.group, values={"title": "In"}),
		pair.kim.call(f"{API}.save_goal", group=pair.other, values={"title": "In", "profile": jon}),
		pair.kim.post(
			"/api/resource/Mentoring Goal",
			{"profile": jon, "cycle": pair.cycle, "title": "In", "role": "Mentee"},
		),
	]
	assert all(each.status in (403, 417) for each in refused), [each.status for each in refused]


def fetch(client: Client, group: str) -> requests.Response:
	with requests.Session() as session:
		session.trust_env = False
		return session.get(
			f"{client.base_url}{PDF}", params={"group": group}, headers=client.headers, timeout=120
		)


@pytest.mark.parametrize("who", ["ida", "jon", "coordinator"])
def test_partner_and_coordinator_get_the_record_as_pdf(pair, coordinator, who):
	answered = fetch(coordinator if who == "coordinator" else getattr(pair, who), pair.group)
	assert answered.status_code == 200, answered.text[:1000]
	assert answered.headers["Content-Type"] == "application/pdf"
	text = " ".join(PdfReader(BytesIO(answered.content)).pages[0].extract_text().split())
	assert "Works of Ida" in text
	assert "Works of Jon" in text
	assert SECRET not in text


@pytest.mark.parametrize("who", ["kim", "committee", "guest"])
def test_intruder_prints_the_record_by_frappes_own_entry_point(pair, committee, guest, who):
	client = {"committee": committee, "guest": guest}.get(who) or getattr(pair, who)
	for path in ("/printview", "/api/method/frappe.utils.print_format.download_pdf"):
		refused = client.get(
			path, doctype="Mentoring Group", name=pair.group, format="Mentoring Credit Record"
		)
		assert "Works of" not in refused.text
		assert "%PDF" not in refused.text


def test_group_program_says_that_it_earns_no_credit(groups):
	said = groups.ana.call(f"{API}.credit", group=groups.mine.group).result
	assert said["earns"] is False
	assert "Only one-on-one programs do" in said["because"]
	assert groups.ana.call(f"{API}.credit_record_pdf", group=groups.mine.group).status == 417


def test_hours_and_credit_are_there_for_the_two(pair, coordinator):
	assert {row["full_name"] for row in pair.jon.call(f"{API}.hours", group=pair.group).result} == {
		"Ida",
		"Jon",
	}
	assert [row["group"] for row in pair.jon.call(f"{API}.my_hours").result] == [pair.group]
	assert len(pair.jon.call(f"{API}.credit", group=pair.group).result["rules"]) == 5
	assert coordinator.call(f"{API}.credit_schemes").result[0]["value"] == "HRCI"
	assert pair.ida.call(f"{API}.credit_schemes").status == 403
