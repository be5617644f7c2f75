"""What a group says stays in the group: staff try every entry point to it; each test is named after the attempt."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.roles import COMMITTEE
from mentor_ispe.services import openings
from mentor_ispe.services.sessions import action_items, notes, recording
from tests import factories as make
from tests.http.client import COORDINATOR_API, Answer, Client
from tests.http.people import make_member, make_password, make_staff
from tests.http.rounds import look_again

SAID = ("marigold resigns in spring", "hire a lawyer called Umber", "talk about the pay of Cerise")
WORDS = re.compile("marigold|resigns|called umber|cerise", re.IGNORECASE)
"""Those of them that nobody else on the site says."""
RECORDS = (notes.NOTE, action_items.ITEM)
API = "mentor_ispe.api.sessions"


@pytest.fixture(scope="module")
def said(site, signed_in) -> SimpleNamespace:
	"""A meeting whose notes hold what nobody outside may read."""
	people = [make_member() for _ in range(2)]
	group = make.make_active_group(profiles=[profile for profile, _ in people], format="One-on-One")
	session = recording.record_unplanned(
		group.name,
		make.earlier_today(3),
		group.people[0],
		summary=SAID[0],
		next_focus=SAID[2],
		new_items=[{"words": SAID[1]}],
	)
	frappe.db.commit()
	return SimpleNamespace(
		group=group.name,
		session=session.name,
		note=frappe.get_all(notes.NOTE, {"session": session.name}, pluck="name")[0],
		item=frappe.get_all(action_items.ITEM, {"session": session.name}, pluck="name")[0],
		mentor=signed_in(people[0][1]),
		mentee=signed_in(people[1][1]),
		profiles=group.people,
	)


@pytest.fixture(scope="module")
def staff(site, signed_in, administrator) -> dict[str, Client]:
	"""Everyone of the staff at their browsers, Administrator among them."""
	return {
		"coordinator": signed_in(make_staff("Mentoring Coordinator")),
		"system manager": signed_in(make_staff("Mentoring Coordinator", "System Manager")),
		"administrator": administrator,
	}


@pytest.fixture(scope="module")
def desk(site, base_url) -> Client:
	"""A coordinator who may do everything a System Manager may, signed in with a browser."""
	user = make_staff("Mentoring Coordinator", "System Manager")
	return Client(base_url).log_in(user, make_password(user))


STAFF = ("coordinator", "system manager", "administrator")


def reads_nothing(answered: Answer) -> bool:
	found = WORDS.search(answered.text)
	assert not found, (found.group(), answered.text[max(0, found.start() - 200) : found.end() + 200])
	return answered.status < 500


def names(said: SimpleNamespace) -> dict[str, str]:
	return {"Mentoring Session": said.session, notes.NOTE: said.note, action_items.ITEM: said.item}


@pytest.mark.parametrize("who", STAFF)
def test_staff_open_the_forms_in_the_desk(said, staff, who):
	for doctype, name in {**names(said), "Mentoring Group": said.group}.items():
		assert reads_nothing(
			staff[who].get("/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=name)
		)
		assert reads_nothing(
			staff[who].get("/api/method/frappe.desk.form.load.get_docinfo", doctype=doctype, name=name)
		)


@pytest.mark.parametrize("who", STAFF)
def test_staff_read_the_records_by_rest(said, staff, who):
	for doctype, name in names(said).items():
		for entry_point in ("/api/resource/", "/api/v2/document/"):
			assert reads_nothing(staff[who].get(f"{entry_point}{doctype}/{name}"))
			assert reads_nothing(
				staff[who].get(f"{entry_point}{doctype}", fields='["*"]', limit_page_length=0)
			)
		assert reads_nothing(staff[who].call("frappe.client.get", doctype=doctype, name=name))
		assert reads_nothing(
			staff[who].call(
				"frappe.client.get_value", doctype=doctype, filters={"name": name}, fieldname="content"
			)
		)


@pytest.mark.parametrize("who", STAFF)
def test_staff_filter_by_the_words(said, staff, who):
	"""Not even whether a word is in it."""
	for word in ("marigold", "Umber"):
		for doctype in RECORDS:
			answered = staff[who].call(
				"frappe.client.get_list", doctype=doctype, filters=[["content", "like", f"%{word}%"]]
			)
			assert answered.status == 403 or not answered.result


@pytest.mark.parametrize("who", STAFF)
def test_staff_make_a_report_of_them(said, staff, who):
	for doctype in ("Mentoring Session", *RECORDS):
		fields = json.dumps(["*"])
		for entry_point in ("frappe.desk.reportview.get", "frappe.desk.reportview.get_list"):
			assert reads_nothing(staff[who].get(f"/api/method/{entry_point}", doctype=doctype, fields=fields))
	made = staff["administrator"].post(
		"/api/resource/Report",
		{
			"report_name": make.unique("Notes"),
			"ref_doctype": notes.NOTE,
			"report_type": "Query Report",
			"is_standard": "No",
			"query": "select name, content from `tabMentoring Session Note`",
		},
	)
	assert made.ok, made.words
	try:
		run = staff[who].call("frappe.desk.query_report.run", report_name=made.result["name"])
		assert reads_nothing(run)
		if who == "administrator":
			assert run.ok
	finally:
		staff["administrator"].delete(f"/api/resource/Report/{made.result['name']}")


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_staff_export_them(said, staff, who, kind):
	for doctype in ("Mentoring Session", *RECORDS):
		exported = staff[who].get(
			"/api/method/frappe.desk.reportview.export_query",
			doctype=doctype,
			fields=json.dumps(["name", "owner"] if doctype == "Mentoring Session" else ["name", "content"]),
			file_format_type=kind,
			title="x",
		)
		assert reads_nothing(exported)
		whole = staff[who].get(
			"/api/method/frappe.core.doctype.data_export.exporter.export_data",
			doctype=doctype,
			with_data=1,
			all_doctypes=1,
			file_type=kind,
			select_columns="{}",
		)
		assert reads_nothing(whole)


@pytest.mark.parametrize("who", STAFF)
def test_staff_print_them(said, staff, who):
	for doctype, name in names(said).items():
		assert reads_nothing(staff[who].get("/printview", doctype=doctype, name=name, format="Standard"))
		assert reads_nothing(
			staff[who].get(
				"/api/method/frappe.www.printview.get_html_and_style",
				doc=doctype,
				name=name,
				print_format="Standard",
			)
		)


@pytest.mark.parametrize("who", STAFF)
def test_staff_search_for_them(said, staff, who):
	for word in ("marigold", "Umber", "Cerise"):
		for entry_point in ("frappe.utils.global_search.search", "frappe.utils.global_search.web_search"):
			found = staff[who].call(entry_point, text=word)
			assert not found.result
	look_again()
	found = frappe.qb.Table("__global_search")
	assert not [
		row for row in frappe.qb.from_(found).select(found.content).run() if WORDS.search(row[0] or "")
	]


def test_staff_read_versions_comments_logs_mails_and_notices(said):
	look_again()
	for doctype, fields in {
		"Version": ["data"],
		"Comment": ["content"],
		"Activity Log": ["subject", "content"],
		"Email Queue": ["message"],
		"Mentoring Notice": ["context", "notice_key"],
		"Notification Log": ["subject", "email_content"],
		"Error Log": ["error"],
		"Deleted Document": ["data"],
		notes.NOTE: ["content"],
		action_items.ITEM: ["content"],
		"Mentoring Session": ["focus", "agenda", "cancel_reason"],
	}.items():
		for row in frappe.get_all(doctype, fields=fields):
			for value in row.values():
				assert not WORDS.search(str(value or "")), (doctype, value)


@pytest.mark.parametrize("who", STAFF)
def test_staff_ask_the_members_api(said, staff, who):
	for endpoint, value in (
		("notes", {"session": said.session}),
		("agenda", {"session": said.session}),
		("action_items", {"group": said.group}),
	):
		answered = staff[who].call(f"{API}.{endpoint}", **value)
		assert answered.status in (403, 417)
		assert reads_nothing(answered)


@pytest.mark.parametrize("who", STAFF)
def test_staff_put_words_of_their_own_in_the_records(said, staff, who):
	look_again()
	before = frappe.get_all(notes.NOTE, {"name": said.note}, ["*"])
	for answered in (
		staff[who].put(f"/api/resource/{notes.NOTE}/{said.note}", {"content": "mine"}),
		staff[who].call(
			"frappe.client.set_value", doctype=notes.NOTE, name=said.note, fieldname="content", value="mine"
		),
		staff[who].post(
			f"/api/resource/{notes.NOTE}", {"session": said.session, "mentoring_group": said.group}
		),
		staff[who].delete(f"/api/resource/{notes.NOTE}/{said.note}"),
		staff[who].post(
			f"/api/resource/{openings.OPENING}",
			{"session": said.session, "mentoring_group": said.group, "reason": "not me"},
		),
	):
		assert answered.status in (403, 417), answered.text[:500]
	look_again()
	assert frappe.get_all(notes.NOTE, {"name": said.note}, ["*"]) == before


@pytest.mark.parametrize("who", ["guest", "member of another group", "committee"])
def test_somebody_else_opens_the_notes(said, guest, signed_in, who):
	client = {
		"guest": lambda: guest,
		"committee": lambda: signed_in(make_staff(COMMITTEE)),
		"member of another group": lambda: signed_in(make_member()[1]),
	}[who]()
	for method, values in (
		(f"{COORDINATOR_API}.open_notes", {"session": said.session, "reason": "I want to know it"}),
		(f"{API}.notes", {"session": said.session}),
		(f"{API}.agenda", {"session": said.session}),
	):
		answered = client.call(method, **values)
		assert answered.status in (401, 403, 417), answered.text[:500]
		assert reads_nothing(answered)
	look_again()
	assert not frappe.db.exists(openings.OPENING, {"reason": "I want to know it"})


def test_staff_open_the_notes_without_a_reason(said, staff):
	for reason in ("", "  ", "because", ". . ."):
		answered = staff["coordinator"].call(
			f"{COORDINATOR_API}.open_notes", session=said.session, reason=reason
		)
		assert answered.status == 417
		assert reads_nothing(answered)


@pytest.mark.parametrize("who", STAFF)
def test_staff_open_the_notes_with_a_reason_and_the_group_sees_it(said, staff, who):
	reason = f"A concern was raised with the {who}"
	opened = staff[who].call(f"{COORDINATOR_API}.open_notes", session=said.session, reason=reason)
	assert opened.result["summary"] == SAID[0]
	assert [item["words"] for item in opened.result["action_items"]] == [SAID[1]]
	seen = said.mentee.call(f"{API}.notes", session=said.session).result
	assert reason in [row["reason"] for row in seen["openings"]]
	assert said.mentee.get(f"/api/resource/{openings.OPENING}", fields='["reason"]').status == 403
	look_again()
	told = frappe.get_all(
		"Mentoring Notice",
		{"template": "Mentoring: Notes Opened", "profile": ("in", said.profiles)},
		pluck="context",
	)
	assert sum(reason in context for context in told) == len(said.profiles)
	assert not [context for context in told if WORDS.search(context)]


@pytest.mark.parametrize("who", STAFF)
def test_staff_remove_the_trace(said, staff, who):
	staff["coordinator"].call(
		f"{COORDINATOR_API}.open_notes", session=said.session, reason="This one stays for ever"
	)
	look_again()
	name = frappe.get_all(openings.OPENING, {"reason": "This one stays for ever"}, pluck="name")[0]
	for answered in (
		staff[who].delete(f"/api/resource/{openings.OPENING}/{name}"),
		staff[who].put(f"/api/resource/{openings.OPENING}/{name}", {"reason": "another"}),
	):
		assert answered.status in (403, 417), answered.text[:500]
	look_again()
	assert frappe.db.get_value(openings.OPENING, name, "reason") == "This one stays for ever"


def test_a_browser_shows_the_desks_pages(said, desk):
	for path in (
		f"/app/mentoring-session/{said.session}",
		f"/app/mentoring-session-note/{said.note}",
		"/app/mentoring-action-item",
	):
		assert reads_nothing(desk.get(path))


def test_the_group_reads_and_writes_its_notes(said):
	read = said.mentee.call(f"{API}.notes", session=said.session).result
	assert (read["summary"], read["next_focus"]) == (SAID[0], SAID[2])
	items = said.mentor.call(f"{API}.action_items", group=said.group).result
	assert [item["words"] for item in items] == [SAID[1]]
	listed = said.mentee.get(f"/api/resource/{notes.NOTE}", fields='["content"]')
	assert listed.status == 403
