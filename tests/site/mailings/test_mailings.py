"""A letter to many: the right people, each once, with the right words, and nobody else sends one."""

from __future__ import annotations

import email
import json
from dataclasses import replace
from email.policy import default

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from mentor_ispe.api import mailings as api
from mentor_ispe.demo import clock
from mentor_ispe.domain import mailings
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import outbox, sending
from mentor_ispe.mails.default_templates.news import NEWS
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from mentor_ispe.services.desk import worklist
from mentor_ispe.services.mailings import audience, commands, delivery, facts
from mentor_ispe.services.mailings import preview as previews
from mentor_ispe.services.mailings.audience import Chosen
from mentor_ispe.services.members import own_data
from mentor_ispe.services.retention import kinds
from tests.site.desk import world as desk_world
from tests.site.mailings.world import LETTER, add_group, add_person, make_world, mentees
from tests.site.membership.records import counted_queries, make_email_account, put
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user, store

NOTICE, MAILING, QUEUE = outbox.NOTICE, "Mentoring Mailing", "Email Queue"


@pytest.fixture
def world(site):
	make_email_account()
	frappe.db.delete(NOTICE)
	world = make_world()
	with logged_in(world.coordinator):
		yield world


def send(chosen: Chosen, letter=LETTER, key: str = "one-letter") -> str:
	count = len(commands.make_plan(chosen, commands.prepare(letter)).recipients)
	return commands.send(chosen, letter, count, key)["mailing"]


def notices(mailing: str, **filters) -> list:
	about = {"reference_doctype": MAILING, "reference_name": mailing, **filters}
	return frappe.get_all(NOTICE, about, ["name", "profile", "recipient", "status", "error", "not_before"])


def reasons(chosen: Chosen, letter=LETTER) -> dict[str, str]:
	"""{full name: why they get nothing}."""
	left = commands.make_plan(chosen, commands.prepare(letter)).left_out
	return {each.full_name: each.reason for each in left}


def mails_to(address: str) -> list[email.message.EmailMessage]:
	names = frappe.get_all("Email Queue Recipient", {"recipient": address}, pluck="parent")
	return [
		email.message_from_string(frappe.db.get_value(QUEUE, name, "message"), policy=default)
		for name in names
	]


def test_each_gets_their_own_words_once_and_answers_go_to_the_program(world):
	letter = replace(
		LETTER, message="<p>Hi {First name}, {Name of the mentor} leads {Name of the group}.</p>"
	)
	mailing = send(Chosen("Mentee", tuple(each.name for each in world.mentees[:2])), letter)
	sending.flush()
	sending.flush()  # nobody gets it twice
	assert {notice.status for notice in notices(mailing)} == {"Queued"}
	[mail] = mails_to(world.mentees[0].address)
	assert mail["Subject"] == "News for Tom"
	text = mail.get_body(("plain",)).get_content()
	assert "Hi Tom, Mara Lindqvist leads Mara Lindqvist's group." in text.replace("\n", " ")
	assert mail["Reply-To"] == "circles@example.org"
	assert mail["List-Unsubscribe-Post"]
	assert delivery.delivery_of(mailing) == {"Queued": 2}


def test_the_record_says_what_was_sent_by_whom_and_how_many(world):
	mailing = send(mentees(world, "no-such-record"))
	doc = frappe.get_doc(MAILING, mailing)
	assert (doc.subject, doc.message) == (LETTER.subject, LETTER.message)
	assert (doc.recipients, doc.left_out, doc.program) == (3, 1, world.program)
	assert doc.sent_by == world.coordinator
	assert doc.left_out_reasons == f"1: {mailings.CLOSED}"
	doc.run_method("onload")
	assert doc.get_onload("delivery") == {"Pending": 3}


def test_asked_again_it_is_the_same_letter(world):
	first = send(mentees(world))
	again = commands.send(mentees(world), LETTER, 3, "one-letter")
	assert again == {"mailing": first, "count": 3}
	assert frappe.db.count(NOTICE, {"template": NEWS}) == 3


def test_who_is_left_out_and_why(world):
	people = {
		mailings.NO_ADDRESS: {"email": "nonsense"},
		mailings.NO_MAILS: {"no_mails": 1},
		mailings.UNSUBSCRIBED: {"mail_rhythm": "Only What Is Needed"},
	}
	expected = {
		add_person(world, "Mentee", f"Left out {number}", **values).name: why
		for number, (why, values) in enumerate(people.items())
	}
	disabled = make_user("gone")
	frappe.db.set_value("User", disabled, "enabled", 0)
	expected[add_person(world, "Mentee", "Disabled", user=disabled).name] = mailings.DISABLED
	stopped = add_person(world, "Mentee", "Stopped")
	put("Email Unsubscribe", email=stopped.address, global_unsubscribe=1)
	expected[stopped.name] = mailings.UNSUBSCRIBED
	erased = add_person(world, "Mentee", "Erased")
	store("Mentoring Erasure", record_type=audience.PROFILE, record=erased.profile, status="Done")
	expected[erased.name] = mailings.ERASED
	again = store("Mentee", profile=world.mentees[0].profile, full_name="Tom Okafor", status="Active").name
	expected[again] = mailings.TWICE
	chosen = mentees(world, *expected)
	named = {frappe.db.get_value("Mentee", name, "full_name"): why for name, why in expected.items()}
	assert reasons(chosen) == named
	assert len(commands.make_plan(chosen, LETTER).recipients) == 3


def test_who_has_nothing_to_insert_gets_nothing(world):
	letter = replace(LETTER, message="<p>Your mentor is {Name of the mentor}.</p>")
	assert reasons(mentees(world), letter) == {"Bo Öz": mailings.NO_VALUE}


def test_a_match_that_is_not_announced_is_not_told(world):
	frappe.db.set_value("Mentoring Group", world.group, "announce_on", add_to_date(now_datetime(), days=1))
	letter = replace(LETTER, message="<p>Your mentor is {Name of the mentor}.</p>")
	assert len(reasons(mentees(world), letter)) == 3


def test_only_those_who_read_the_language(world):
	german = make_user("greta")
	frappe.db.set_value("User", german, "language", "de")
	greta = add_person(world, "Mentee", "Greta", user=german)
	chosen = mentees(world, greta.name)
	letter = replace(LETTER, message="<p>Guten Tag {First name}</p>", language="de", only_language=True)
	plan = commands.make_plan(chosen, letter)
	assert [person.profile for person in plan.recipients] == [greta.profile]
	frappe.local.lang = "de"
	preview = previews.preview(chosen, replace(letter, message="<p>Guten Tag {Vorname}</p>"))
	assert "Guten Tag Greta" in preview["mail"]["text"]
	assert "abbestellen" in preview["mail"]["text"]


@pytest.mark.parametrize(("part", "count"), [("Everyone", 3), ("Mentors", 1), ("Mentees and Peers", 2)])
def test_of_a_group_all_or_a_part(world, part, count):
	chosen = Chosen("Mentoring Group", (world.group,), part=part)
	assert len(commands.make_plan(chosen, LETTER).recipients) == count


def test_from_every_list(world):
	store(
		"Mentoring Session",
		name="A meeting",
		mentoring_group=world.group,
		attendance=[{"profile": world.mentor.profile, "parentfield": "attendance", "idx": 1}],
	)
	store(
		"Mentoring Workshop",
		name="A workshop",
		program=world.program,
		cycle=world.cycle,
		participants=[
			{"profile": each.profile, "status": status, "parentfield": "participants", "idx": place}
			for place, (each, status) in enumerate(
				zip(world.mentees, ("Signed Up", "Waiting", "Cancelled"), strict=True)
			)
		],
	)
	own = {"profile": world.mentees[0].profile, "cycle": world.cycle, "mentoring_group": world.group}
	expected = {
		"Mentee": (world.mentees[0].name, 1),
		"Mentor": (world.mentor.name, 1),
		audience.PROFILE: (world.mentor.profile, 1),
		"Mentoring Group": (world.group, 3),
		"Mentoring Session": ("A meeting", 1),
		"Mentoring Workshop": ("A workshop", 2),
		"Mentoring Feedback Request": (store("Mentoring Feedback Request", **own).name, 1),
		"Mentoring Goal": (store("Mentoring Goal", **own).name, 1),
		"Mentoring Agreement Acceptance": (
			store("Mentoring Agreement Acceptance", profile=world.mentor.profile, cycle=world.cycle).name,
			1,
		),
	}
	assert set(expected) == set(audience.SOURCES)
	for doctype, (name, count) in expected.items():
		by_name = Chosen(doctype, (name,))
		by_filter = Chosen(doctype, filters=([doctype, "name", "=", name],))
		for chosen in (by_name, by_filter):
			assert len(commands.make_plan(chosen, LETTER).recipients) == count, doctype


def test_the_preview_is_the_mail_of_anyone_who_gets_it(world):
	preview = previews.preview(mentees(world), LETTER, world.mentees[1].profile)
	assert preview["mail"]["subject"] == "News for Ann"
	assert preview["mail"]["recipient"] == world.mentees[1].address
	assert preview["reply_to"] == "circles@example.org"
	assert [each["full_name"] for each in preview["recipients"]] == ["Ann Li", "Bo Öz", "Tom Okafor"]
	with pytest.raises(RuleViolation, match="would not get the email"):
		previews.preview(mentees(world), LETTER, world.mentor.profile)


def test_another_number_than_was_told_is_refused(world):
	with pytest.raises(RuleViolation, match="changed from 2 to 3"):
		commands.send(mentees(world), LETTER, 2, "one-letter")
	assert not frappe.db.count(MAILING)


def test_markup_in_a_name_and_in_the_words_is_harmless(world):
	evil = add_person(world, "Mentee", "<script>x</script>{Full name} {{ 7*7 }}")
	letter = replace(LETTER, message='<p onclick="x()">Hi {Full name}</p><script>y()</script>')
	mailing = send(Chosen("Mentee", (evil.name,)), letter)
	sending.flush()
	[mail] = mails_to(evil.address)
	html = mail.get_body(("html",)).get_content()
	assert "&lt;script&gt;x&lt;/script&gt;{Full name} {{ 7*7 }}" in html
	assert "<script" not in html
	assert "onclick" not in html
	assert notices(mailing)[0].status == "Queued"


@pytest.mark.parametrize("words", ["{{ frappe.get_all('User') }}", "{% set x = 1 %}", "{First nmae}"])
def test_code_is_refused(world, words):
	with pytest.raises(RuleViolation, match="Insert field"):
		send(mentees(world), replace(LETTER, message=f"<p>{words}</p>"))


def test_a_template_brings_fields_instead_of_code(world):
	frappe.get_doc(
		{
			"doctype": "Email Template",
			"name": "Reminder",
			"subject": "For {{ first_name }}",
			"response": "<p>Dear {{ recipient_name }}, {{ nonsense }}<script>x()</script></p>",
		}
	).insert(ignore_permissions=True)
	words = api.template("Reminder")
	assert words["subject"] == "For {First name}"
	assert words["message"].startswith("<p>Dear {Full name}, {{ nonsense }}")
	assert "<script" not in words["message"]


def test_a_group_closed_by_conflict_is_neither_named_nor_written_to(world):
	own = store("Mentoring Profile", full_name="Cora", email=world.coordinator, user=world.coordinator).name
	mine = add_person(world, "Mentee", "Mine")
	frappe.db.set_value("Mentee", mine.name, "profile", own)
	other = add_person(world, "Mentee", "Closed Carl")
	mentor = add_person(world, "Mentor", "Secret Sam")
	mine.profile = own
	closed = add_group(world, mentor, [mine, other])
	frappe.db.set_value("Mentee", other.name, "mentoring_group", closed)
	for chosen in (Chosen("Mentoring Group", (closed,)), Chosen("Mentee", (other.name,))):
		plan = commands.make_plan(chosen, LETTER)
		assert not plan.recipients
		assert [(each.full_name, each.reason) for each in plan.left_out] == [("", mailings.CLOSED)]
	by_profile = Chosen(audience.PROFILE, (other.profile,))
	letter = replace(LETTER, message="<p>{Name of the mentor}</p>")
	assert reasons(by_profile, letter) == {"Closed Carl": mailings.NO_VALUE}
	with logged_in("Administrator"):
		mailing = send(Chosen("Mentoring Group", (closed,)))
	assert not frappe.get_list(MAILING, {"name": mailing})
	assert not frappe.get_list(NOTICE, {"reference_name": mailing})
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(MAILING, mailing).check_permission("read")


@pytest.mark.parametrize("role", [COMMITTEE, MEMBER, None])
def test_nobody_but_coordinators_writes(world, role):
	other = make_user("other", *([role] if role else []))
	chosen, letter = {"doctype": "Mentee", "names": [world.mentees[0].name]}, {"subject": "x", "message": "y"}
	with logged_in(other):
		for ask in (
			lambda: api.count(chosen=chosen),
			lambda: api.preview(chosen=chosen, letter=letter),
			lambda: api.send(chosen=chosen, letter=letter, expected=1, key="k" * 20),
			lambda: api.template(name="Reminder"),
			lambda: api.stop(mailing="x"),
		):
			with pytest.raises(frappe.PermissionError):
				ask()


def test_no_other_list_is_read(world):
	with pytest.raises(RuleViolation, match="can't write to people from this list"):
		api.count(chosen={"doctype": "User", "filters": []})


def test_each_line_of_the_worklist_means_people(site):
	with clock.at(desk_world.NOW):
		there = desk_world.make_world()
		with logged_in(there.coordinator):
			lines = [need for need in worklist.worklist(there.program) if need.doctype in audience.SOURCES]
			found = {
				need.code: audience.people_of(
					Chosen(need.doctype, filters=json.loads(json.dumps(need.filters)))
				)
				for need in lines
			}
	assert len(found) > 10
	records = {need.code: need.count for need in lines if need.doctype in ("Mentor", "Mentee")}
	assert {code: len(people) for code, (people, _closed) in found.items() if code in records} == records


@pytest.mark.parametrize(
	"unfit",
	[
		["Mentee", "1=1; drop table x", "=", "1"],
		["Mentee", "name", "regexp", "1"],
		["User", "name", "=", "Administrator"],
		["Mentee", "status", "is", "1=1"],
		["Mentee", "status", "IS", None],
		["name"],
		[1, 2, 3, 4],
	],
)
def test_filters_that_no_list_has_are_refused(world, unfit):
	with pytest.raises(RuleViolation, match="filters can't be used"):
		api.count(chosen={"doctype": "Mentee", "filters": [unfit]})


def test_the_rest_can_be_stopped(world):
	mailing = send(mentees(world))
	first = notices(mailing)[0].name
	frappe.db.set_value(NOTICE, first, "status", "Queued")
	assert api.stop(mailing=mailing) == {"stopped": 2}
	assert sending.flush().queued == 0
	with pytest.raises(RuleViolation, match="sent already"):
		api.stop(mailing=mailing)


def test_large_letters_go_out_in_waves_that_cost_the_same(world, monkeypatch):
	monkeypatch.setattr(commands, "WAVE", 2)
	monkeypatch.setattr(audience, "AT_ONCE", 2)
	monkeypatch.setattr(facts, "AT_ONCE", 2)
	names = [add_person(world, "Mentee", f"Person {number}").name for number in range(9)]
	commands.make_plan(mentees(world), LETTER)  # what is read once is read
	statements = []
	for count in (1, 5, 9):
		with counted_queries() as asked:
			plan = commands.make_plan(Chosen("Mentee", tuple(names[:count])), LETTER)
		statements.append(len(asked))
		assert len(plan.recipients) == count
	per_batch = (statements[2] - statements[1]) / 2
	assert statements[1] - statements[0] == 2 * per_batch
	assert per_batch <= 10
	daily = add_person(world, "Mentee", "Zoe Daily", mail_rhythm="One a Day")
	mailing = send(Chosen("Mentee", (*names[:4], daily.name)))
	waits = [notice.not_before is not None for notice in notices(mailing) if notice.profile != daily.profile]
	assert sorted(waits) == [False, False, True, True]


def test_too_many_are_refused_before_anything_is_read_of_them(world, monkeypatch):
	monkeypatch.setattr(audience, "MOST", 2)
	for chosen in (mentees(world), Chosen("Mentee", filters=(["Mentee", "cycle", "=", world.cycle],))):
		with pytest.raises(RuleViolation, match="2 people at most"):
			commands.make_plan(chosen, LETTER)


def test_it_is_in_the_persons_copy_and_cleared_in_time(world):
	mailing = send(mentees(world))
	with logged_in("Administrator"):
		[mail] = own_data._mails(world.mentees[0].profile)
		assert (mail["subject"], mail["words_html"]) == ("News for Tom", "<p>Hi Tom, see you soon.</p>")
		frappe.db.set_value(NOTICE, {"reference_name": mailing}, "status", "Queued")
		found = kinds.mails_before(add_to_date(now_datetime(), days=1), 10)
		assert (MAILING, mailing) in found
		kinds.clear_mails(found)
		assert not kinds.mails_before(add_to_date(now_datetime(), days=1), 10)
	assert LETTER.message != frappe.db.get_value(MAILING, mailing, "message")


def test_a_site_that_cannot_send_says_so_before_anything_is_written(world):
	frappe.db.set_value("Email Account", {"default_outgoing": 1}, "default_outgoing", 0)
	frappe.local.outgoing_email_account = {}
	with pytest.raises(RuleViolation, match="can't send emails yet"):
		send(mentees(world))


def test_a_coordinator_alone_writes_over_the_api(world):
	chosen = {"doctype": "Mentee", "names": [each.name for each in world.mentees]}
	letter = {"subject": "News", "message": "<p>Hi</p>", "language": "en"}
	assert api.count(chosen=chosen)["count"] == 3
	assert api.preview(chosen=chosen, letter=letter)["count"] == 3
	sent = api.send(chosen=chosen, letter=letter, expected=3, key="k" * 20)
	assert len(notices(sent["mailing"])) == 3
	assert COORDINATOR in frappe.get_roles()
