"""A report on its way: once to each, whole in Frappe's queue, kept as it was sent."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime, timedelta
from io import BytesIO

import frappe
import openpyxl
import pytest
from frappe.desk.form.load import getdoc

from mentor_ispe.api import committee as api
from mentor_ispe.demo import clock
from mentor_ispe.domain.erasure.known_as import known_as
from mentor_ispe.domain.erasure.wording import Wording
from mentor_ispe.domain.notices import notice_name
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import mails as job
from mentor_ispe.mails import sending
from mentor_ispe.mails.default_templates.digests import COMMITTEE_REPORT
from mentor_ispe.reports.committee import commands
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from mentor_ispe.services.committee import archive, charts
from mentor_ispe.services.committee.charts import Picture
from mentor_ispe.services.erasure import commands as erasure
from tests.factories import make_email_template, make_program, make_user
from tests.site.committee.world import (
	REPORT,
	SECRETS,
	list_recipients,
	make_committee_member,
	tell_a_story,
)
from tests.site.membership.records import make_email_account
from tests.site.permissions.entry_points import logged_in
from tests.site.reports.world import NOW, World

DUE = datetime(2031, 10, 1, 5, 0)
"""Both programs' first cycle started on 1 February 2030, so that August and September are over on this day."""


@pytest.fixture
def world(site):
	with clock.at(DUE):
		world = World(7)
		frappe.db.set_value(
			"Mentoring Program",
			{"name": ("not in", [program.name for program in world.programs])},
			"report_every_months",
			0,
		)
		yield world


@pytest.fixture
def program(world):
	return world.programs[0]


@pytest.fixture
def outgoing(site):
	"""A site that can send."""
	make_email_account()
	frappe.db.delete("Mentoring Notice")


@pytest.fixture(autouse=True)
def quickly_drawn(request, monkeypatch):
	"""Pictures that take no time, but where a test looks at them."""
	if "real_pictures" not in request.fixturenames:
		pictures = {name: Picture(b"\x89PNG", "A picture.") for name in ("meetings", "career_stage")}
		monkeypatch.setattr(charts, "pictures", lambda figures: pictures)


@pytest.fixture
def real_pictures():
	"""Named by tests that look at the pictures."""


def reports(program) -> list:
	return frappe.get_all(REPORT, {"program": program.name}, ["*"], order_by="to_date")


def notices(**filters) -> list:
	return frappe.get_all("Mentoring Notice", {"template": COMMITTEE_REPORT, **filters}, ["*"])


def test_due_by_the_rhythm_and_told_once(program):
	member = make_committee_member()
	list_recipients(program.name, member)
	assert job.process_committee_reports() == [program.name]
	assert job.process_committee_reports() == []
	(report,) = reports(program)
	assert (str(report.from_date), str(report.to_date)) == ("2031-08-01", "2031-09-30")
	assert [notice.recipient for notice in notices(reference_name=report.name)] == [member]
	with clock.at(datetime(2031, 11, 30, 5, 0)):
		assert job.process_committee_reports() == []
	with clock.at(datetime(2031, 12, 1, 5, 0)):
		assert job.process_committee_reports() == [program.name]
	assert [(str(each.from_date), str(each.to_date)) for each in reports(program)][-1] == (
		"2031-10-01",
		"2031-11-30",
	)
	assert len(notices(recipient=member)) == 2


def test_the_next_report_says_what_the_last_one_said(program):
	list_recipients(program.name, make_committee_member())
	job.process_committee_reports()
	first = frappe.parse_json(reports(program)[0].figures)
	with clock.at(datetime(2031, 12, 1, 5, 0)):
		job.process_committee_reports()
	second = frappe.parse_json(reports(program)[-1].figures)
	assert second["stands"]["people"]["before"] == first["stands"]["people"]["now"]
	assert second["happened"]["meetings"]["before"] == first["happened"]["meetings"]["now"]


def test_nothing_is_sent_without_a_rhythm_or_recipients_or_something_to_tell(program):
	assert job.process_committee_reports() == [], "no recipients"
	list_recipients(program.name, make_committee_member(), every=0)
	assert job.process_committee_reports() == [], "no rhythm"
	frappe.db.set_value("Mentoring Program", program.name, {"report_every_months": 2, "status": "Draft"})
	assert job.process_committee_reports() == [], "not published"
	frappe.db.set_value("Mentoring Program", program.name, "status", "Published")
	frappe.db.set_value("Mentoring Cycle", {"program": program.name}, "end_date", "2031-05-05")
	assert job.process_committee_reports() == [], "at rest"
	assert reports(program) == []
	frappe.db.set_value("Mentoring Cycle", {"program": program.name}, "end_date", "2032-05-05")
	assert job.process_committee_reports() == [program.name], "nothing else kept it back"


def test_who_left_the_committee_gets_nothing_and_the_record_says_so(program):
	stays, disabled, demoted = (make_committee_member() for _number in range(3))
	list_recipients(program.name, stays, disabled, demoted)
	frappe.db.set_value("User", disabled, "enabled", 0)
	frappe.db.delete("Has Role", {"parent": demoted})
	job.process_committee_reports()
	report = frappe.get_doc(REPORT, reports(program)[0].name)
	assert {row.email: row.state for row in report.recipients} == {
		stays: "Waiting",
		disabled: "Left Out",
		demoted: "Left Out",
	}
	assert [notice.recipient for notice in notices()] == [stays]


def test_an_address_without_a_login_gets_it_where_the_program_says_so(program):
	list_recipients(program.name, addresses=["board@example.org"])
	job.process_committee_reports()
	assert [notice.recipient for notice in notices()] == ["board@example.org"]


def test_a_mistake_in_one_program_keeps_no_other_committee_from_its_report(world, monkeypatch):
	for program in world.programs:
		list_recipients(program.name, make_committee_member())
	original = commands.figures

	def broken(name, period):
		if name == world.programs[0].name:
			raise ZeroDivisionError
		return original(name, period)

	monkeypatch.setattr(commands, "figures", broken)
	assert job.process_committee_reports() == [world.programs[1].name]
	assert frappe.db.exists(
		"Error Log", {"reference_name": world.programs[0].name, "method": ("like", "%committee%")}
	)


def test_the_mail_lies_whole_in_frappes_queue(program, world, outgoing, real_pictures):
	tell_a_story(world, program, "=1+1 is <b>two</b>, & we know it.", creation="2031-09-10 09:00:00")
	member = make_committee_member()
	list_recipients(program.name, member)
	job.process_committee_reports()
	(report,) = reports(program)
	sending.flush()
	(notice,) = notices(reference_name=report.name)
	assert (notice.status, notice.error) == ("Queued", None)
	mime = email.message_from_string(
		frappe.db.get_value("Email Queue", notice.email_queue, "message"), policy=email.policy.default
	)

	html = mime.get_body(("html",)).get_content()
	wanted = re.findall(r'src="cid:([^"]+)"', html)
	images = {
		part["Content-ID"].strip("<>"): part for part in mime.walk() if part.get_content_type() == "image/png"
	}
	assert len(wanted) == len(set(wanted)) >= 2
	assert set(wanted) == set(images)
	assert all(part.get_content().startswith(b"\x89PNG") for part in images.values())
	assert all(part.get_content_disposition() == "inline" for part in images.values())
	assert "data-picture" not in html
	assert all(len(alt) > 20 for alt in re.findall(r'<img[^>]+alt="([^"]*)"', html))
	assert "&lt;b&gt;two&lt;/b&gt;" in html

	plain = mime.get_body(("plain",)).get_content()
	assert re.search(r"Meetings held in each of the last \d+ months", " ".join(plain.split()))
	assert "<" not in re.sub(r"<https?://[^>]+>|<b>two</b>", "", plain)

	(sheet,) = (part for part in mime.iter_attachments() if part.get_filename().endswith(".xlsx"))
	book = openpyxl.load_workbook(BytesIO(sheet.get_content()))
	figures = frappe.parse_json(report.figures)
	rows = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
	assert rows["Meetings held"] == figures["happened"]["meetings"]["now"]
	assert rows["All participants"] == figures["stands"]["people"]["now"]
	(cell,) = (
		cell
		for row in book["Stories"].iter_rows()
		for cell in row
		if isinstance(cell.value, str) and cell.value.startswith("=")
	)
	assert cell.data_type != "f", "somebody's words aren't a formula"
	assert mime["Subject"] == report.subject
	assert mime["Message-Id"] == f"<mentoring-{notice.name}@{frappe.local.site}>"


def test_the_record_says_where_each_mail_is(program, outgoing):
	member = make_committee_member()
	list_recipients(program.name, member)
	job.process_committee_reports()
	name = reports(program)[0].name

	def state() -> tuple[str, str]:
		doc = frappe.get_doc(REPORT, name)
		archive.show_delivery(doc)
		return doc.recipients[0].state, doc.status

	assert state() == ("Waiting", "Sending")
	sending.flush()
	assert state() == ("Queued", "Sending")
	queue = frappe.db.get_value("Mentoring Notice", notice_name(archive.key_of(name, member)), "email_queue")
	frappe.db.set_value("Email Queue", queue, {"status": "Error", "error": "Connection refused"})
	assert state() == ("Failed", "Not Delivered")
	frappe.db.set_value("Email Queue", queue, "status", "Sent")
	job.flush_notices()
	frappe.db.delete("Email Queue", {"name": queue})
	doc = frappe.get_doc(REPORT, name)
	assert (doc.recipients[0].state, doc.status) == ("Sent", "Sent")


def test_a_report_that_reached_nobody_says_so_in_the_list_as_in_the_form(program, outgoing):
	board = "board@example.org"
	list_recipients(program.name, addresses=[board])
	job.process_committee_reports()
	frappe.get_doc({"doctype": "Email Unsubscribe", "email": board, "global_unsubscribe": 1}).insert()
	job.flush_notices()
	doc = frappe.get_doc(REPORT, reports(program)[0].name)
	stored = doc.recipients[0].state, doc.status
	archive.show_delivery(doc)
	assert stored == (doc.recipients[0].state, doc.status) == ("Left Out", "Not Delivered")
	assert "unsubscribed" in doc.recipients[0].reason


def everything_said(program) -> str:
	"""All that stands in a report, in its spreadsheet, and in what staff see of its mails."""
	(report,) = reports(program)
	doc = frappe.get_doc(REPORT, report.name)
	said = [doc.subject, doc.html, doc.plain, doc.figures]
	said += [notice.context for notice in notices(reference_name=report.name)]
	book = openpyxl.load_workbook(BytesIO(next(iter(archive.rendered_report(doc.name).files.values()))))
	said += [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
	return " ".join(said)


def test_nothing_private_is_said_anywhere(world, program):
	list_recipients(program.name, make_committee_member())
	tell_a_story(world, program, "I gave my first talk.", creation="2031-09-10 09:00:00")
	tell_a_story(
		world,
		program,
		"Only for my group.",
		creation="2031-09-10 09:00:00",
		may_publish=0,
		full_name="Kay Kept",
	)
	job.process_committee_reports()
	said = everything_said(program)
	assert "I gave my first talk." in said
	assert "Tessa Teller" in said
	people = {value for doc in world.profiles for value in (doc.name, doc.full_name, doc.email)}
	groups = frappe.get_all("Mentoring Group", {"program": program.name}, pluck="name")
	told = [
		words for words in (*SECRETS[:4], *SECRETS[5:], "Only for my group.", "Kay Kept") if words in said
	]
	assert told == []
	assert [one for one in (*people, *groups) if re.search(rf"\b{re.escape(one)}\b", said)] == []


def test_what_hangs_on_the_record_of_a_report_names_nobody(world, program):
	"""Versions, comments, attachments, mails: the committee opens the record with all of them."""
	member = make_committee_member()
	list_recipients(program.name, member)
	job.process_committee_reports()
	with logged_in(member):
		frappe.local.response = frappe._dict(docs=[])
		getdoc(REPORT, reports(program)[0].name)
		shown = frappe.as_json(frappe.local.response)
	assert "attachments" in shown
	people = {value for doc in world.profiles for value in (doc.name, doc.full_name, doc.email)}
	groups = frappe.get_all("Mentoring Group", {"program": program.name}, ["name", "title"], as_list=True)
	named = {*people, *(word for group in groups for word in group)}
	assert [one for one in named if one and re.search(rf"\b{re.escape(one)}\b", shown)] == []


def test_a_name_is_erased_from_the_reports_that_are_kept(world, program):
	list_recipients(program.name, make_committee_member())
	tell_a_story(world, program, "I gave my first talk.", full_name="Zoë O'Tell")
	job.process_committee_reports()
	assert "O'Tell" in everything_said(program)
	erasure.erase_from_words(Wording(known_as(["Zoë O'Tell"]), "gone@example.org"))
	said = everything_said(program)
	assert "O&#39;Tell" not in said
	assert "Tell" not in said.replace("Teller", "")
	assert "I gave my first talk." in said
	assert (
		frappe.db.count(
			"File", {"attached_to_name": reports(program)[0].name, "file_name": ("like", "%xlsx")}
		)
		== 1
	)


def test_who_reads_the_record(program):
	list_recipients(program.name, make_committee_member())
	job.process_committee_reports()
	name = reports(program)[0].name
	staff = [make_user(roles=[role], user_type="System User").name for role in (COORDINATOR, COMMITTEE)]
	for user in staff:
		with logged_in(user):
			assert "<img" in api.shown(name)["html"]
			assert "<img" in archive.mentoring_committee_report(name)
			file = frappe.get_doc("File", {"attached_to_name": name, "file_name": ("like", "%.xlsx")})
			assert file.is_private
			assert file.has_permission("read")
	member = make_user(roles=[MEMBER]).name
	with logged_in(member):
		for entry_point in (api.shown, archive.mentoring_committee_report):
			with pytest.raises(frappe.PermissionError):
				entry_point(name)
		assert not frappe.get_doc("File", {"attached_to_name": name}).has_permission("read")


def test_a_report_stays_as_it_was_sent(program):
	list_recipients(program.name, make_committee_member())
	job.process_committee_reports()
	doc = frappe.get_doc(REPORT, reports(program)[0].name)
	doc.html = "All is well."
	with pytest.raises(RuleViolation):
		doc.save()


def test_preview_and_send_now_by_a_coordinator_only(program):
	member = make_committee_member()
	list_recipients(program.name, member)
	coordinator = make_user(roles=[COORDINATOR], user_type="System User").name
	with logged_in(member):
		for entry_point in (api.preview, api.send_now):
			with pytest.raises(frappe.PermissionError):
				entry_point(program.name)
	with logged_in(coordinator):
		found = api.preview(program.name)
		assert found["waits"] == ""
		assert "data:image/png;base64," in found["html"]
		assert reports(program) == []
		name = api.send_now(program.name)
		assert str(frappe.db.get_value(REPORT, name, "to_date")) == "2031-09-30"
		assert frappe.db.get_value(REPORT, name, "made_by") == coordinator
		assert "nothing new" in api.preview(program.name)["waits"]
		with pytest.raises(RuleViolation, match="nothing new"):
			api.send_now(program.name)
	assert job.process_committee_reports() == [], "what was sent by hand isn't sent again by the rhythm"
	with clock.at(NOW + timedelta(days=400)), logged_in(coordinator):
		assert api.preview(program.name)["waits"] == ""


def test_send_now_without_anybody_to_send_to_says_what_to_do(program):
	with pytest.raises(RuleViolation, match="Add recipients first"):
		commands.send_now(program.name)
	gone = make_committee_member()
	list_recipients(program.name, gone)
	frappe.db.set_value("User", gone, "enabled", 0)
	with pytest.raises(RuleViolation, match="disabled"):
		commands.send_now(program.name)


def test_a_coordinator_of_some_cycles_sends_no_report_on_all(world, program):
	coordinator = make_user(roles=[COORDINATOR], user_type="System User").name
	list_recipients(program.name, make_committee_member())
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": coordinator,
			"allow": "Mentoring Cycle",
			"for_value": world.cycles[0].name,
		}
	).insert()
	with logged_in(coordinator), pytest.raises(frappe.PermissionError):
		api.preview(program.name)


def test_staff_put_the_parts_in_an_order_of_their_own(program):
	make_email_template(
		COMMITTEE_REPORT,
		subject="News of {{ program }}",
		response_html="<p>Dear all,</p>{{ table_html }}{{ figures_html }}{{ figures.happened.meetings.now }} meetings",
	)
	found = commands.preview(program.name)
	assert found.subject == f"News of {program.name}"
	assert found.html.index("All figures") < found.html.index("Hours in meetings")
	assert "Needs the committee's attention" not in found.html


def test_a_mistake_in_the_template_is_told_in_words(program):
	list_recipients(program.name, make_committee_member())
	make_email_template(COMMITTEE_REPORT, response_html="{{ 1 / 0 }}")
	with pytest.raises(RuleViolation, match="has a mistake"):
		commands.send_now(program.name)


@pytest.mark.parametrize(
	("rows", "said"),
	[
		([{"email": "no address"}], "not an email address|not a valid"),
		([{"email": "nobody@example.org"}], "nobody signs in"),
		([{"email": "a@example.org"}, {"email": "A@example.org"}], "already"),
	],
)
def test_a_program_refuses_bad_recipients_and_says_why(site, rows, said):
	with pytest.raises(frappe.ValidationError, match=said):
		make_program(recipients=rows, report_to_addresses=int(len(rows) > 1))


def test_a_program_takes_addresses_where_it_says_so_and_keeps_who_left(site):
	gone = make_committee_member()
	program = make_program(
		recipients=[{"email": "board@example.org"}, {"user": gone, "email": gone}], report_to_addresses=1
	)
	frappe.db.set_value("User", gone, "enabled", 0)
	program.reload()
	program.summary = "Somebody left."
	program.save()
	program.report_to_addresses = 0
	with pytest.raises(RuleViolation, match="nobody signs in"):
		program.save()
