"""Staff who sit in a group themselves, and try to read what the others say of them; over HTTP, by every entry point.

Ana mentors Ben and Cal, and is a coordinator; Cal is a System Manager. Ben talks to the coordinators. Cora
coordinates and sits nowhere: what she finds at an entry point says that there was something to find.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.permissions.conflict_table import LEADS
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services import concerns
from mentor_ispe.services.feedback import commands as feedback
from tests.http.client import Answer, Client
from tests.http.people import make_staff
from tests.http.rounds import look_again
from tests.http.running_group import group
from tests.http.test_intruders import READING
from tests.http.two_groups import insert
from tests.site.permissions.records import store

__all__ = ["group"]  # a fixture, used by name

SECRET = "what-ana-and-cal-may-not-know"
CONCERN, GROUP = "Mentoring Concern", "Mentoring Group"
SAID = {"going": "Not Working", "staff_rating": 0.2, "staff_comment": f"{SECRET}-private"}
PARTY = ("ana", "cal")
METHOD = "/api/method"


@pytest.fixture(scope="module")
def world(group, keyed, base_url) -> SimpleNamespace:
	"""`records`: DocType → a record that leads to the group, with something SECRET in it."""
	cora = make_staff(COORDINATOR, "System Manager")
	cal = frappe.get_doc("User", group.people["cal"][1])
	cal.append_roles("System Manager")
	cal.save()
	profiles = {name: profile for name, (profile, _user) in group.people.items()}
	cycle = frappe.db.get_value(GROUP, group.name, "cycle")
	given = feedback.give(profiles["ben"], {"comment": SECRET, **SAID}, kind="Check-in", group=group.name)
	of_program = feedback.give(profiles["ben"], {"comment": SECRET, **SAID}, kind="Program", cycle=cycle)
	concern = concerns.raise_concern(group.name, profiles["ben"], "Conduct", SECRET)
	concerns.take_step(concern.name, "In Mediation", note=f"{SECRET}-note", assigned_to=cora)
	frappe.db.set_value(
		GROUP, group.name, {"alarm": SECRET, "health": 12, "health_on": "2031-01-01 00:00:00"}
	)
	frappe.clear_document_cache(GROUP, group.name)
	of_group = {"mentoring_group": group.name}
	session = insert(
		"Mentoring Session", **of_group, starts_on=f"{add_days(nowdate(), 30)} 10:00:00", focus=SECRET
	)
	private = frappe.db.get_value("Mentoring Private Answer", {"feedback": given.name})
	step = frappe.get_doc(CONCERN, concern.name).steps[-1].name
	mentee = frappe.db.get_value("Mentee", {"profile": profiles["ben"]})
	frappe.db.set_value("Mentee", mentee, "goals", SECRET)
	records = {
		CONCERN: concern.name,
		GROUP: group.name,
		"Mentee": mentee,
		"Mentoring Feedback": given.name,
		"Mentoring Private Answer": private,
		"Mentoring Session": session,
		"Mentoring Staff Note": insert("Mentoring Staff Note", **of_group, note=SECRET),
		"Mentoring Note Opening": store(
			"Mentoring Note Opening", **of_group, session=session, opened_by=cora, reason=SECRET
		).name,
	}
	todo = insert(
		"ToDo", allocated_to=cora, description=SECRET, reference_type=CONCERN, reference_name=concern.name
	)
	for reference, doctype in ((concern.name, CONCERN), (group.name, GROUP)):
		insert(
			"Comment",
			comment_type="Comment",
			reference_doctype=doctype,
			reference_name=reference,
			content=SECRET,
		)
	frappe.get_doc(GROUP, group.name).add_tag("watched")
	frappe.get_doc(CONCERN, concern.name).add_tag("watched")
	notice = frappe.db.get_value("Mentoring Notice", {"reference_name": concern.name})
	frappe.db.set_value("Mentoring Notice", notice, "context", json.dumps({"program": SECRET}))
	frappe.db.commit()
	return SimpleNamespace(
		group=group.name,
		concern=concern.name,
		of_program=of_program.name,
		session=session,
		step=step,
		todo=todo,
		notice=notice,
		mentee=mentee,
		profiles=profiles,
		records=records,
		cora=Client(base_url, keyed(cora).headers["Authorization"]),
		clients={name: keyed(user) for name, (_profile, user) in group.people.items()},
		users={name: user for name, (_profile, user) in group.people.items()},
	)


def nothing(answer: Answer, *names: str) -> bool:
	"""Whether there is nothing in the answer: no secret, and none of the names but in an error's words."""
	assert answer.status < 500, answer.text[:2000]
	return SECRET not in answer.text and (not answer.ok or not any(name in answer.text for name in names))


# By record


@pytest.mark.parametrize("entry_point", READING)
@pytest.mark.parametrize("who", PARTY)
@pytest.mark.parametrize(
	"doctype",
	[
		CONCERN,
		GROUP,
		"Mentee",
		"Mentoring Feedback",
		"Mentoring Private Answer",
		"Mentoring Session",
		"Mentoring Staff Note",
		"Mentoring Note Opening",
	],
)
def test_h4_and_c4_record_of_ones_own_group_by_each_entry_point(world, who, entry_point, doctype):
	name = world.records[doctype]
	answer = READING[entry_point](world.clients[who], doctype, name)
	assert nothing(answer), answer.text[:2000]
	if entry_point == "link_title":
		assert answer.result == name
	elif entry_point == "validate_link":
		assert not answer.ok or not (answer.result or {}).get("name")
	else:
		assert not answer.ok or name not in answer.text


@pytest.mark.parametrize("entry_point", ["rest_v1", "rest_v2", "client_get", "form", "rest_v1_list"])
def test_another_coordinator_finds_all_of_it_at_these_entry_points(world, entry_point):
	for doctype, name in world.records.items():
		assert SECRET in READING[entry_point](world.cora, doctype, name).text, doctype


def test_every_doctype_that_leads_to_a_group_is_closed_or_has_no_record(world):
	look_again()
	closed = world.clients["ana"]
	for doctype, lead in LEADS.items():
		names = frappe.get_all(doctype, {lead.group: world.group}, pluck="name")
		answer = closed.get(f"/api/resource/{doctype}", limit_page_length=0)
		assert answer.status in (200, 403), answer.text[:500]
		assert not any(name in answer.text for name in names), doctype


@pytest.mark.parametrize("who", PARTY)
def test_h4_what_a_mentee_tells_the_program_as_a_whole(world, who):
	"""It has no group, and may be about the mentor all the same."""
	client = world.clients[who]
	assert client.get(f"/api/resource/Mentoring Feedback/{world.of_program}").status == 403
	assert nothing(client.get("/api/resource/Mentoring Private Answer", fields='["*"]', limit_page_length=0))
	assert world.of_program in world.cora.get("/api/resource/Mentoring Feedback", limit_page_length=0).text


# By what is about a record

ABOUT: dict[str, Callable[[SimpleNamespace], str]] = {
	"steps of concerns": lambda world: (
		f'/api/resource/{CONCERN} Step?parent={CONCERN}&fields=["*"]&limit_page_length=0'
	),
	"one step": lambda world: f"/api/resource/{CONCERN} Step/{world.step}",
	"seats": lambda world: (
		f'/api/resource/{GROUP} Member?parent={GROUP}&fields=["*"]&filters=[["parent","=","{world.group}"]]'
	),
	"notices": lambda world: '/api/resource/Mentoring Notice?fields=["*"]&limit_page_length=0',
	"one notice": lambda world: f"/api/resource/Mentoring Notice/{world.notice}",
	"todos": lambda world: '/api/resource/ToDo?fields=["*"]&limit_page_length=0',
	"one todo": lambda world: f"/api/resource/ToDo/{world.todo}",
	"comments": lambda world: '/api/resource/Comment?fields=["*"]&limit_page_length=0',
	"versions": lambda world: '/api/resource/Version?fields=["*"]&limit_page_length=0',
	"deleted": lambda world: '/api/resource/Deleted Document?fields=["*"]&limit_page_length=0',
	"tags": lambda world: '/api/resource/Tag Link?fields=["*"]&limit_page_length=0',
	"mails": lambda world: '/api/resource/Email Queue?fields=["*"]&limit_page_length=0',
	"errors": lambda world: '/api/resource/Error Log?fields=["*"]&limit_page_length=0',
	"documents with a tag": lambda world: (
		f"{METHOD}/frappe.desk.doctype.tag.tag.get_documents_for_tag?tag=%23watched"
	),
	"tagged": lambda world: (
		f"{METHOD}/frappe.desk.doctype.tag.tag.get_tagged_docs?doctype={CONCERN}&tag=%25watched%25"
	),
	"counts of links": lambda world: (
		f"{METHOD}/frappe.desk.notifications.get_open_count?doctype={GROUP}&name={world.group}"
	),
	"linked": lambda world: (
		f"{METHOD}/frappe.desk.form.linked_with.get?doctype=Mentoring Profile&docname={world.profiles['ben']}"
	),
	"preview": lambda world: (
		f"{METHOD}/frappe.desk.link_preview.get_preview_data?doctype={GROUP}&docname={world.group}"
	),
	"stats": lambda world: (
		f'{METHOD}/frappe.desk.reportview.get_sidebar_stats?doctype={GROUP}&stats=["_user_tags"]'
		f'&filters=[["name","=","{world.group}"]]'
	),
	"print": lambda world: f"/printview?doctype={GROUP}&name={world.group}",
	"pdf": lambda world: (
		f"{METHOD}/frappe.utils.print_format.download_pdf?doctype={CONCERN}&name={world.concern}"
	),
	"expanded link": lambda world: (
		'/api/resource/Mentee?fields=["name","mentoring_group.alarm as a","mentoring_group.health as h"]'
		"&limit_page_length=0"
	),
	"global search": lambda world: f"{METHOD}/frappe.utils.global_search.search?text={SECRET}",
}


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("who", PARTY)
def test_h4_and_c4_traces_of_the_record(world, who, about):
	path = ABOUT[about](world)
	answer = world.clients[who].get(path)
	if about == "counts of links":  # where Frappe 15 says no by an error of its own
		assert not answer.ok
		assert SECRET not in answer.text
		return
	assert nothing(answer), answer.text[:2000]
	asks = {"one step", "one notice", "one todo", "print", "pdf"}
	assert about not in asks or not answer.ok
	if about in (
		"todos",
		"comments",
		"versions",
		"tags",
		"documents with a tag",
		"tagged",
		"linked",
		"notices",
	):
		assert world.concern not in answer.text
		assert world.group not in answer.text


@pytest.mark.parametrize(
	"about", ["steps of concerns", "notices", "todos", "comments", "expanded link", "one todo"]
)
def test_another_coordinator_finds_those_traces(world, about):
	assert SECRET in world.cora.get(ABOUT[about](world)).text


# By counts: nothing depends on what is in a closed record

COUNTS: dict[str, Callable[[Client, list], Answer]] = {
	"get_count": lambda client, filters: client.call(
		"frappe.client.get_count", doctype=CONCERN, filters=filters
	),
	"reportview": lambda client, filters: client.call(
		"frappe.desk.reportview.get_count", doctype=CONCERN, filters=json.dumps(filters), fields="[]"
	),
	"number_card": lambda client, filters: client.call(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc=json.dumps({"document_type": CONCERN, "function": "Count"}),
		filters=json.dumps(filters),
	),
	"group_by": lambda client, filters: client.call(
		"frappe.desk.listview.get_group_by_count",
		doctype=CONCERN,
		current_filters=json.dumps(filters),
		field="status",
	),
	"assigned_to": lambda client, filters: client.call(
		"frappe.desk.listview.get_group_by_count",
		doctype=CONCERN,
		current_filters=json.dumps(filters),
		field="assigned_to",
	),
	"search_link": lambda client, filters: client.call(
		"frappe.desk.search.search_link",
		doctype=CONCERN,
		txt="",
		filters=json.dumps(filters),
		ignore_user_permissions=1,
	),
	"search_widget": lambda client, filters: client.call(
		"frappe.desk.search.search_widget",
		doctype=CONCERN,
		txt="",
		filters=json.dumps(filters),
		ignore_user_permissions=1,
	),
	"chart": lambda client, filters: client.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart=json.dumps(
			{
				"document_type": CONCERN,
				"chart_type": "Group By",
				"group_by_type": "Count",
				"group_by_based_on": "status",
			}
		),
		filters=json.dumps(filters),
	),
	"heatmap": lambda client, filters: client.call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart=json.dumps(
			{"document_type": CONCERN, "chart_type": "Count", "type": "Heatmap", "based_on": "creation"}
		),
		filters=json.dumps(filters),
	),
}


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("who", PARTY)
def test_c4_counts_of_concerns_that_depend_on_their_words(world, who, count):
	there = COUNTS[count](world.clients[who], [[CONCERN, "concern", "like", f"%{SECRET}%"]])
	not_there = COUNTS[count](world.clients[who], [[CONCERN, "concern", "like", "%nobody-said-this%"]])
	assert there.status < 500, there.text[:2000]
	assert (there.status, there.result) == (not_there.status, not_there.result)


@pytest.mark.parametrize("count", COUNTS)
def test_another_coordinators_counts_depend_on_them(world, count):
	there = COUNTS[count](world.cora, [[CONCERN, "concern", "like", f"%{SECRET}%"]])
	not_there = COUNTS[count](world.cora, [[CONCERN, "concern", "like", "%nobody-said-this%"]])
	assert there.ok
	assert there.result != not_there.result


# By counts of what is linked, whose DocTypes come from the request

LINKED = (
	"Mentoring Concern",
	"Mentoring Feedback",
	"Mentoring Private Answer",
	"Mentoring Session",
	"Mentee",
)


def counted(client: Client, doctype: str, name: str, linked: tuple[str, ...] = LINKED) -> dict[str, int]:
	answer = client.get(
		f"{METHOD}/frappe.desk.notifications.get_open_count",
		doctype=doctype,
		name=name,
		items=json.dumps(linked),
	)
	assert answer.ok, answer.text[:500]
	return {each["doctype"]: each["count"] for each in answer.result["count"]["external_links_found"]}


@pytest.mark.parametrize("who", PARTY)
def test_c4_coordinator_counts_the_concerns_and_private_answers_of_a_person_or_a_cycle(world, who):
	cycle = frappe.db.get_value(GROUP, world.group, "cycle")
	said = LINKED[1:3]
	for doctype, name, linked in (
		("Mentoring Profile", world.profiles["ben"], said),
		("Mentoring Cycle", cycle, LINKED[:4]),
	):
		found = counted(world.clients[who], doctype, name, linked)
		assert found == dict.fromkeys(linked, 0), doctype


def test_another_coordinator_counts_them(world):
	assert counted(world.cora, "Mentoring Profile", world.profiles["ben"], LINKED[1:3])[LINKED[2]] == 2
	found = counted(world.cora, "Mentoring Cycle", frappe.db.get_value(GROUP, world.group, "cycle"))
	assert found[CONCERN] == 1
	assert found["Mentoring Private Answer"] == 2


def test_committee_counts_the_concerns_of_a_cycle(world, committee):
	found = counted(committee, "Mentoring Cycle", frappe.db.get_value(GROUP, world.group, "cycle"))
	assert set(found) == set(LINKED)
	assert not any(found.values()), found


# By ways that hand out a permission, or a record's changes


@pytest.mark.parametrize("doctype", [CONCERN, GROUP])
def test_c4_coordinator_makes_a_todo_about_the_concern(world, doctype):
	for who in PARTY:
		refused = world.clients[who].post(
			"/api/resource/ToDo",
			{"description": "x", "reference_type": doctype, "reference_name": world.records[doctype]},
		)
		assert refused.status == 403


@pytest.mark.parametrize("doctype", [CONCERN, GROUP])
def test_c4_coordinator_follows_the_record_by_mail(world, doctype):
	frappe.db.set_value("User", world.users["ana"], "document_follow_notify", 1)
	frappe.db.commit()
	answer = world.clients["ana"].call(
		"frappe.desk.form.document_follow.update_follow",
		doctype=doctype,
		doc_name=world.records[doctype],
		following=True,
	)
	assert answer.status < 500
	look_again()
	assert not frappe.db.exists("Document Follow", {"ref_docname": world.records[doctype]})


def test_c4_coordinator_is_given_a_share_of_the_record(world):
	for doctype in (CONCERN, GROUP):
		for client in (world.cora, world.clients["ana"]):
			refused = client.call(
				"frappe.share.add", doctype=doctype, name=world.records[doctype], user=world.users["ana"]
			)
			assert refused.status == 403, refused.text[:500]
	look_again()
	assert not frappe.db.exists("DocShare", {"share_name": ("in", list(world.records.values()))})


def test_c4_coordinator_assigns_the_concern_to_oneself(world):
	for who in PARTY:
		refused = world.clients[who].call(
			"frappe.desk.form.assign_to.add",
			doctype=CONCERN,
			name=world.concern,
			assign_to=json.dumps([world.users[who]]),
		)
		assert refused.status == 403
	look_again()
	assert not frappe.db.exists("ToDo", {"allocated_to": ("in", [world.users[who] for who in PARTY])})


# By our own endpoints and reports

OURS: dict[str, Callable[[SimpleNamespace], tuple[str, dict]]] = {
	"history": lambda world: ("desk.group_history", {"group": world.group}),
	"health": lambda world: ("coordinator.refresh_health", {"group": world.group}),
	"going on": lambda world: ("coordinator.going_on", {"group": world.group}),
	"notes": lambda world: ("coordinator.open_notes", {"session": world.session, "reason": "I want to know"}),
	"complete": lambda world: ("coordinator.complete", {"group": world.group}),
	"end": lambda world: ("coordinator.end_early", {"group": world.group, "reason": "No more"}),
	"answer for": lambda world: (
		"coordinator.answer_for",
		{"group": world.group, "profile": world.profiles["ben"], "accept": 0, "reason": "Said so"},
	),
	"withdraw": lambda world: (
		"coordinator.withdraw",
		{"doctype": "Mentee", "name": world.mentee, "reason": "Said so"},
	),
	"hand over": lambda world: (
		"coordinator.hand_over",
		{"group": world.group, "to": world.profiles["cal"], "unwilling_too": 1},
	),
	"pause": lambda world: (
		"coordinator.pause_person",
		{"group": world.group, "profile": world.profiles["ben"], "returns_on": str(add_days(nowdate(), 9))},
	),
	"step": lambda world: ("support.take_step", {"concern": world.concern, "note": "Mine now"}),
	"clocks": lambda world: (
		"desk.session_clocks",
		{"group": world.group, "starts_on": f"{add_days(nowdate(), 9)} 10:00:00"},
	),
	"proposed": lambda world: ("desk.proposed_session", {"group": world.group}),
}


@pytest.mark.parametrize("endpoint", OURS)
@pytest.mark.parametrize("who", PARTY)
def test_h4_coordinators_endpoints_about_ones_own_group(world, who, endpoint):
	method, values = OURS[endpoint](world)
	answer = world.clients[who].call(f"mentor_ispe.api.{method}", **values)
	assert answer.status == 403, answer.text[:1000]
	assert SECRET not in answer.text


REPORTS = ["Feedback Comments", "Groups Needing Attention"]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("who", PARTY)
def test_h4_reports_without_ones_own_group(world, who, report):
	answer = world.clients[who].call("frappe.desk.query_report.run", report_name=report, filters="{}")
	assert nothing(answer, world.group), answer.text[:2000]
	assert (
		world.group in world.cora.call("frappe.desk.query_report.run", report_name=report, filters="{}").text
	)


def test_h4_health_of_a_cycle_whose_only_group_is_ones_own(world):
	look_again()
	cycle = frappe.db.get_value(GROUP, world.group, "cycle")
	run = {"report_name": "Mentoring Group Health", "filters": json.dumps({"cycle": cycle})}
	for who in PARTY:
		answer = world.clients[who].call("frappe.desk.query_report.run", **run)
		assert answer.ok
		assert cycle not in json.dumps(answer.result["result"])
	assert cycle in json.dumps(world.cora.call("frappe.desk.query_report.run", **run).result["result"])


def test_h4_worklist_without_ones_own_group(world):
	for who in PARTY:
		assert world.group not in world.clients[who].call("mentor_ispe.api.desk.needs_you").text


def test_c4_unlinked_profile_with_the_same_address_is_a_conflict_still(world):
	"""A System Manager may take the link away; the address says whose it is."""
	look_again()
	profile, user = world.profiles["ana"], world.users["ana"]
	frappe.db.set_value("Mentoring Profile", profile, "user", None)
	frappe.db.commit()
	try:
		assert world.clients["ana"].get(f"/api/resource/{CONCERN}/{world.concern}").status == 403
	finally:
		frappe.db.set_value("Mentoring Profile", profile, "user", user)
		frappe.db.commit()


def test_charts_of_the_workspace_answer_as_the_desk_asks(world):
	for chart in frappe.get_all("Dashboard Chart", {"module": "Mentor ISPE"}, ["name", "chart_type"]):
		if chart.chart_type == "Report":
			continue  # the Desk runs the report
		answer = world.cora.call(
			"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
			chart_name=chart.name,
			filters="[]",
			**dict.fromkeys(
				("refresh", "time_interval", "timespan", "from_date", "to_date", "heatmap_year"), ""
			),
		)
		assert answer.ok, f"{chart.name}: {answer.text[:2000]}"
