"""Invitations to sessions: who gets which file when, and what arrives in the mail."""

from __future__ import annotations

import email
import json
from email.policy import default

import frappe
import pytest
import vobject
from frappe.utils import add_to_date

from mentor_ispe.domain import sharing as sharing_rules
from mentor_ispe.domain.sessions.events import InvitationsChanged
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates import sessions as mails
from mentor_ispe.mails.default_templates import speakers as speaker_mails
from mentor_ispe.mails.rendering import render
from mentor_ispe.mails.sending import flush
from mentor_ispe.mentor_ispe.doctype.mentoring_session import transition
from mentor_ispe.notifications import mentoring_session
from mentor_ispe.services.members import sharing
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.site.calendar.reading import addresses, event_of, method_of
from tests.site.calendar.world import STARTS_ON, address, entry, make_group, make_session
from tests.site.membership.records import make_email_account

NOTICE = "Mentoring Notice"


@pytest.fixture(autouse=True)
def empty_outbox():
	make.use_membership_roll()
	make_email_account()
	frappe.db.delete(NOTICE)


@pytest.fixture
def group():
	return make_group()


def notices(template: str) -> dict[str, frappe._dict]:
	rows = frappe.get_all(
		NOTICE, {"template": template}, ["profile", "recipient", "calendar", "context", "name"]
	)
	return {row.profile or row.recipient: row for row in rows}


def forget() -> None:
	frappe.db.delete(NOTICE)


def test_everyone_on_the_list_is_invited_to_a_new_session(group):
	session = make_session(group)
	invited = notices(mails.SESSION_INVITATION)
	assert set(invited) == set(group.people)
	file = invited[group.people[0]].calendar
	event = event_of(file)
	assert method_of(file) == "REQUEST"
	assert event.uid.value == entry(session, group.people[0])
	assert addresses(event) == {address(group.people[0])}, "addresses are shown by choice"
	assert event.summary.value == f"{session.group_title}: Goals"
	assert event.description.value == "Focus: Goals\n\nFirst\n- Bread & butter"
	assert event.location.value == "https://example.org/room"


def test_whoever_plans_comes_and_the_invitation_leads_to_the_meeting(group):
	planner, other = group.people[0], group.people[1]
	session = planning.plan(group.name, STARTS_ON, planner=planner)
	assert {row.profile: row.answer for row in session.attendance}[planner] == "Yes"
	assert not {row.profile: row.answer for row in session.attendance}[other]
	invited = notices(mails.SESSION_INVITATION)
	states = {p: event_of(invited[p].calendar).attendee_list for p in (planner, other)}
	said = {one: {a.value.lower(): a.params["PARTSTAT"][0] for a in states[one]} for one in states}
	assert said[planner][f"mailto:{address(planner).lower()}"] == "ACCEPTED"
	assert said[other][f"mailto:{address(other).lower()}"] == "NEEDS-ACTION"
	page = f"/mentoring/groups/{group.name}/meetings/{session.name}"
	for person, words in ((planner, "View meeting:"), (other, "Respond:")):
		mail = render(mails.SESSION_INVITATION, invited[person].context, person).text()
		assert page in mail
		assert words in mail
	planning.answer(session.name, planner, "No")
	moved = planning.open_meeting(session.name)
	assert {row.profile: row.answer for row in moved.attendance}[planner] == "No"


def test_an_update_is_matched_to_its_invitation(group):
	session = make_session(group)
	first = event_of(notices(mails.SESSION_INVITATION)[group.people[0]].calendar)
	session.starts_on = add_to_date(STARTS_ON, hours=3)
	session.save()
	later = event_of(notices(mails.SESSION_CHANGED)[group.people[0]].calendar)
	assert later.uid.value == first.uid.value
	assert int(later.sequence.value) > int(first.sequence.value)
	assert (later.dtstart.value - first.dtstart.value).seconds == 3 * 3600


def test_a_save_that_changes_nothing_of_it_tells_nobody(group):
	session = make_session(group)
	forget()
	frappe.get_doc("Mentoring Session", session.name).save()
	assert not frappe.db.count(NOTICE)


def tell(session, before) -> None:
	"""Tell everyone of the step between two states of a session, whatever its rules say."""
	event = InvitationsChanged(transition.meeting_of(before), transition.meeting_of(session))
	mentoring_session.invitations_changed(session, event)


def test_the_same_step_is_told_once(group):
	session = make_session(group)
	forget()
	before = frappe.get_doc("Mentoring Session", session.name)
	session.calendar_sequence, session.location, session.mode = 1, "Room 5", "In Person"
	tell(session, before)
	tell(session, before)
	assert len(notices(mails.SESSION_CHANGED)) == len(group.people)
	assert frappe.db.count(NOTICE) == len(group.people)


def test_someone_added_is_invited_and_someone_taken_off_gets_a_cancellation(group):
	session = make_session(group)
	forget()
	before = frappe.get_doc("Mentoring Session", session.name)
	gone, stays, comes = group.people[1], group.people[0], make.make_profile().name
	session.attendance = [row for row in session.attendance if row.profile != gone]
	session.append("attendance", {"profile": comes})
	session.calendar_sequence += 1
	tell(session, before)
	assert set(notices(mails.SESSION_INVITATION)) == {comes}
	(cancelled,) = notices(mails.SESSION_CANCELLED).values()
	assert cancelled.profile == gone
	assert json.loads(cancelled.context)["removed"] is True
	event = event_of(cancelled.calendar)
	assert method_of(cancelled.calendar) == "CANCEL"
	assert addresses(event) == {address(gone)}
	assert event.uid.value == entry(before, gone)
	assert not event.summary.value.startswith("Cancelled"), "the others still meet"
	assert stays not in notices(mails.SESSION_CHANGED)


def test_a_cancelled_session_leaves_the_calendars_with_its_reason(group):
	session = make_session(group)
	session.update({"status": "Cancelled", "cancel_reason": "The mentor is ill."})
	session.save()
	cancelled = notices(mails.SESSION_CANCELLED)
	assert set(cancelled) == set(group.people)
	file = cancelled[group.people[0]].calendar
	assert method_of(file) == "CANCEL"
	assert int(event_of(file).sequence.value) > 0
	assert "The mentor is ill." in event_of(file).description.value
	forget()
	session.update({"status": "Planned", "starts_on": add_to_date(STARTS_ON, days=1)})
	session.save()
	again = event_of(notices(mails.SESSION_INVITATION)[group.people[0]].calendar)
	assert again.uid.value == entry(session, group.people[0]) == event_of(file).uid.value
	assert int(again.sequence.value) > int(event_of(file).sequence.value)


def test_answers_stand_in_the_file(group):
	session = make_session(group)
	before = frappe.get_doc("Mentoring Session", session.name)
	for person in group.people:
		sharing.choose(person, {"email": sharing_rules.GROUPS})
	for row, answer in zip(session.attendance, ("Yes", "Maybe", "No"), strict=True):
		row.answer = answer
	session.update({"calendar_sequence": 1, "focus": "Plans"})
	tell(session, before)
	event = event_of(notices(mails.SESSION_CHANGED)[group.people[0]].calendar)
	answers = {one.params["CN"][0]: one.params["PARTSTAT"][0] for one in event.attendee_list}
	assert sorted(answers.values()) == ["ACCEPTED", "DECLINED", "TENTATIVE"]
	assert addresses(event) == {address(person) for person in group.people}, "as they chose"


def test_times_are_on_the_clock_of_each_person(group):
	frappe.db.set_value("Mentoring Profile", group.people[0], "time_zone", "Asia/Tokyo")
	frappe.db.set_single_value("System Settings", "time_zone", "Europe/Berlin")
	frappe.clear_cache()
	make_session(group)
	context = json.loads(notices(mails.SESSION_INVITATION)[group.people[0]].context)
	# Half past nine in Berlin, on the first morning of its summer time.
	assert (context["starts_on"], context["zone"]) == ("2031-03-30 16:30:00", "Asia/Tokyo")


def test_a_guest_speaker_is_invited_and_told_of_changes_but_learns_nobodys_address(group):
	speaker = frappe.get_doc(
		{"doctype": "Guest Speaker", "full_name": "Sam Speaker", "email": "sam@example.org"}
	).insert()
	session = make_session(group, guest_speaker=speaker.name)
	(invited,) = notices(speaker_mails.SPEAKER_INVITATION).values()
	assert invited.recipient == "sam@example.org"
	assert addresses(event_of(invited.calendar)) == {"sam@example.org"}
	assert json.loads(invited.context)["recipient_name"] == "Sam Speaker"
	everyone = notices(mails.SESSION_INVITATION)[group.people[0]].calendar
	assert "Guest speaker: Sam Speaker" in event_of(everyone).description.value
	session.starts_on = add_to_date(STARTS_ON, days=2)
	session.save()
	assert "sam@example.org" in notices(speaker_mails.SPEAKER_CHANGED)
	session.update({"status": "Cancelled", "cancel_reason": "Too few of us"})
	session.save()
	(cancelled,) = notices(speaker_mails.SPEAKER_CANCELLED).values()
	assert method_of(cancelled.calendar) == "CANCEL"
	assert event_of(cancelled.calendar).uid.value == event_of(invited.calendar).uid.value


def test_mail_programs_know_what_arrives_as_an_invitation(group):
	make_session(group, focus="Größe – 目標")
	notice = notices(mails.SESSION_INVITATION)[group.people[0]]
	assert flush().failed == 0
	queued = frappe.get_doc("Email Queue", frappe.db.get_value(NOTICE, notice.name, "email_queue"))
	queued.reload()
	from frappe.email.doctype.email_queue.email_queue import SendMailContext

	sent = SendMailContext(queued).build_message(queued.recipients[0].recipient)
	message = email.message_from_bytes(sent, policy=default)
	(alternative,) = [part for part in message.walk() if part.get_content_type() == "multipart/alternative"]
	kinds = [part.get_content_type() for part in alternative.iter_parts()]
	assert kinds == ["text/plain", "text/html", "text/calendar"]
	invitation = list(alternative.iter_parts())[2]
	assert invitation["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
	assert invitation.get_content_disposition() is None
	text = invitation.get_payload(decode=True).decode()
	assert "\r\n" in text
	assert vobject.readOne(text).vevent.summary.value.endswith("Größe – 目標")
	(file,) = [part for part in message.walk() if part.get_filename() == "invite.ics"]
	assert file.get_content_type() == "application/ics"
	assert file.get_payload(decode=True).decode() == text
	assert "Größe" in alternative.get_body(("html",)).get_content()


def test_other_mails_carry_no_file(group):
	from mentor_ispe.mails import outbox
	from mentor_ispe.mails.default_templates import members

	forget()
	outbox.enqueue(make.unique("key"), members.SEAT_RESTORED, group.people[0], context={"groups": []})
	flush()
	(name,) = frappe.get_all(NOTICE, pluck="email_queue")
	assert "calendar" not in frappe.db.get_value("Email Queue", name, "message")


@pytest.mark.parametrize(
	"template",
	[
		name
		for name in MAILS
		if name.startswith(
			("Mentoring: Session", "Mentoring: Workshop", "Mentoring: Guest", "Mentoring: Concern")
		)
	],
)
def test_every_wording_renders_with_what_it_may_use(template):
	from mentor_ispe.mails.rendering import render

	moments = {"starts_on": "2031-03-30 09:30:00", "sign_up_until": "2031-03-01 12:00:00"}
	days = {"wished_from": "2031-03-01", "wished_until": "2031-04-01"}
	lists = {"resources": [{"title": "A guide", "url": "https://example.org"}]}
	for status in ("Arranged", "Approaching", "Declined", "Cancelled", "Requested"):
		values = dict.fromkeys(MAILS[template].sample(), "words") | {"status": status}
		mail = render(template, json.dumps({**values, **moments, **days, **lists}), None)
		assert mail.subject
		assert "{{" not in mail.message
		assert "None" not in mail.message
	empty = dict.fromkeys(MAILS[template].sample(), "") | {"starts_on": "2031-03-30 09:30:00"}
	assert render(template, json.dumps(empty), None).message
