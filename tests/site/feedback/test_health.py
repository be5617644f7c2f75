"""The health of real groups: what is read, what is written, and whom it calls."""

from __future__ import annotations

import json
from datetime import date, datetime

import frappe
import pytest

from mentor_ispe.jobs import groups as job
from mentor_ispe.mails.default_templates import feedback as mails
from mentor_ispe.mails.rendering import render
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.feedback import queries
from mentor_ispe.services.groups import commands
from mentor_ispe.services.health import health, health_facts
from mentor_ispe.services.readiness import agreements
from tests import factories as make
from tests.site.feedback.groups import START, at, days_after, hold_session, make_moderator, start_group
from tests.site.permissions.records import store

GROUP = "Mentoring Group"


@pytest.fixture(autouse=True)
def coordinator():
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "coordinator@example.org")


def night(day: date) -> dict:
	with at(day, hour=3):
		return job.process_health()


def signs(group) -> dict[str, tuple[int | None, str]]:
	stored = json.loads(frappe.db.get_value(GROUP, group.name, "health_signs"))["signs"]
	return {sign["name"]: (sign["score"], sign["words"].format(**sign["params"])) for sign in stored}


def told(group) -> list[str]:
	"""What the coordinator was told about the group, as named in the mails."""
	rows = frappe.get_all(
		"Mentoring Notice", {"template": mails.GROUP_ALARM, "reference_name": group.name}, pluck="context"
	)
	return sorted(json.loads(context)["alarm"] for context in rows)


def alarm(group) -> str:
	return frappe.db.get_value(GROUP, group.name, "alarm") or ""


def test_every_sign_reads_its_records():
	agreement = frappe.get_doc({"doctype": "Mentoring Agreement", "title": make.unique("Code"), "text": "x"})
	agreements.publish(agreement.insert().name)
	group = start_group(
		people=2, agreements=[{"agreement": agreement.name, "required_of": "Mentors"}], session_feedback=1
	)
	agreements.sign(agreement.name, group.mentor)
	for days in (10, 41, 70):
		hold_session(group, days_after(days), absent=(group.mentees[0],) if days == 70 else ())
	hold_session(group, days_after(200), status="Planned")
	with at(days_after(71), hour=2):
		job.process_feedback()
		answered = queries.my_requests(group.mentor)
		for request in answered:
			feedback.give(group.mentor, {"rating": 0.6}, request=request.name)
	store(
		"Mentoring Goal",
		profile=group.mentees[0],
		mentoring_group=group.name,
		cycle=group.cycle,
		role="Mentee",
		status="Open",
		progress=100,
		title="x",
	)
	frappe.db.set_value(GROUP, group.name, "charter_agreed_on", days_after(10))
	night(days_after(88))
	found = signs(group)
	assert found["First Meeting"] == (100, "The first meeting was 10 days after the start.")
	assert found["Rhythm"] == (100, "2 of 2 meetings held in the last 2 months.")
	assert found["Attendance"] == (89, "8 of 9 attended the last 3 meetings.")
	assert found["How It Sounded"] == (
		50,
		"1 of 3 people have said how it is going. Each person's latest answer counts.",
	)
	assert found["Agreement"] == (100, "1 of 1 signatures; everyone agreed to the charter.")
	assert found["Goals"] == (50, "1 of 2 people have goals.")
	given, owed = len(answered), frappe.db.count("Mentoring Feedback Request", {"cycle": group.cycle})
	assert found["Feedback Given"][1] == f"{given} of {owed} feedback requests answered."
	stored = frappe.db.get_value(GROUP, group.name, ["health", "health_on"], as_dict=True)
	assert 0 < stored.health < 100
	assert stored.health_on.date() == days_after(88)


def test_while_nothing_is_known_there_is_no_health():
	group = start_group()
	night(days_after(3))
	assert frappe.db.get_value(GROUP, group.name, ["health_on", "alarm"]) == (None, None)
	assert {score for score, _words in signs(group).values()} == {None}


def test_the_nightly_job_leaves_the_record_as_it_was_changed_last():
	group = start_group()
	before = frappe.db.get_value(GROUP, group.name, "modified")
	night(days_after(40))
	assert frappe.db.get_value(GROUP, group.name, "modified") == before
	assert not frappe.get_all(
		"Version", {"ref_doctype": GROUP, "docname": group.name, "creation": (">", datetime(2031, 2, 20))}
	)


def test_no_first_meeting_calls_the_coordinator_once():
	group = start_group(health_threshold=0)
	night(days_after(30))
	assert (told(group), alarm(group)) == ([], "")
	for days in (31, 32, 40):
		night(days_after(days))
	assert told(group) == ["No First Meeting"]
	assert alarm(group) == "No First Meeting: No first meeting in 40 days; the limit is 30."
	hold_session(group, days_after(41))
	night(days_after(42))
	assert alarm(group) == ""


def test_two_missed_sessions_call_the_coordinator():
	group = start_group(health_threshold=0)
	hold_session(group, days_after(10))
	hold_session(group, days_after(40), status="Cancelled")
	hold_session(group, days_after(50), status="Planned")
	night(days_after(52))
	assert told(group) == []
	night(days_after(53))
	night(days_after(54))
	assert told(group) == ["Missed Sessions"]


@pytest.mark.parametrize(
	("values", "name"),
	[
		({"rating": 0.4}, "Low Rating"),
		({"comment": "All well", "staff_rating": 0.2}, "Low Rating"),
		({"rating": 1, "going": "Not Working"}, "Not Working"),
	],
)
def test_a_bad_word_calls_the_coordinator_and_names_nobody(values, name):
	group = start_group(health_threshold=0)
	hold_session(group, days_after(5))
	with at(days_after(10)):
		words = {"staff_comment": "my secret", **values}
		feedback.give(group.mentees[0], words, kind="Check-in", group=group.name)
	night(days_after(10))
	night(days_after(11))
	assert told(group) == [name]
	who = frappe.db.get_value("Mentoring Profile", group.mentees[0], "full_name")
	notices = frappe.get_all(
		"Mentoring Notice", {"template": mails.GROUP_ALARM}, ["template", "context", "profile"]
	)
	for notice in notices:
		mail = render(notice.template, notice.context, notice.profile)
		assert "my secret" not in mail.message
		assert who not in json.loads(notice.context)["words"]
	stored = frappe.db.get_value(GROUP, group.name, ["alarm", "health_signs"])
	assert not any(who in text or "my secret" in text for text in stored)
	with at(days_after(12)):
		feedback.give(group.mentees[0], {"rating": 0.8}, kind="Success Story", group=group.name)
	night(days_after(12))
	assert alarm(group), "a success story takes back nothing"
	with at(days_after(30)):
		feedback.give(group.mentees[0], {"rating": 0.8}, kind="Check-in", group=group.name)
	night(days_after(30))
	assert alarm(group) == ""


def test_a_bad_closing_word_calls_the_coordinator_after_the_end():
	group = start_group(health_threshold=0)
	with at(days_after(20)):
		commands.complete(group.name)
		feedback.give(group.mentees[0], {"rating": 0.2}, kind="Closing", group=group.name)
	night(days_after(21))
	night(days_after(22))
	assert told(group) == ["Low Rating"]


def test_low_health_calls_the_coordinator_below_the_programs_threshold():
	calm = start_group(health_threshold=0)
	strict = start_group(health_threshold=90)
	for group in (calm, strict):
		hold_session(group, days_after(10), absent=(group.mentees[0],))
	for days in (36, 37, 38):
		night(days_after(days))
	assert told(calm) == []
	assert told(strict) == ["Low Health"]
	assert frappe.db.get_value(GROUP, strict.name, "health") < 90


def test_a_member_who_went_quiet_is_named_to_the_coordinator():
	group = start_group(people=2, health_threshold=0)
	for days in (5, 35, 65, 95):
		hold_session(group, days_after(days), absent=(group.mentees[0],) if days > 5 else ())
	night(days_after(96))
	night(days_after(97))
	assert told(group) == ["Member Quiet"]
	assert frappe.db.get_value("Mentoring Profile", group.mentees[0], "full_name") in alarm(group)


def test_the_program_weighs_the_signs():
	group = start_group(health_signs=[{"sign": "First Meeting", "weight": 1}], health_threshold=0)
	hold_session(group, days_after(45), absent=(group.mentor,))
	night(days_after(46))
	assert set(signs(group)) == {"First Meeting"}
	assert frappe.db.get_value(GROUP, group.name, "health") == 70


def test_a_group_that_goes_on_needs_its_signatures_anew():
	agreement = frappe.get_doc({"doctype": "Mentoring Agreement", "title": make.unique("Code"), "text": "x"})
	agreements.publish(agreement.insert().name)
	group = start_group(agreements=[{"agreement": agreement.name, "required_of": "Everyone"}])
	earlier = store(
		"Mentoring Agreement Acceptance", agreement=agreement.name, profile=group.mentor, accepted_on=START
	)
	(first,) = health_facts.read([group.name], days_after(5))
	assert (first.facts.to_sign, first.facts.signed) == (2, 1)
	frappe.db.set_value(GROUP, group.name, "extends", start_group().name)
	assert health_facts.read([group.name], days_after(5))[0].facts.signed == 0
	frappe.db.set_value("Mentoring Agreement Acceptance", earlier.name, "cycle", group.cycle)
	assert health_facts.read([group.name], days_after(5))[0].facts.signed == 1


def test_moderators_sign_what_moderators_must():
	agreement = frappe.get_doc({"doctype": "Mentoring Agreement", "title": make.unique("Code"), "text": "x"})
	agreements.publish(agreement.insert().name)
	group = start_group(people=3, agreements=[{"agreement": agreement.name, "required_of": "Moderators"}])
	assert health_facts.read([group.name], days_after(5))[0].facts.to_sign == 0
	make_moderator(group, group.mentees[0])
	assert health_facts.read([group.name], days_after(5))[0].facts.to_sign == 1


def test_one_group_that_cant_be_worked_out_keeps_nobody_else(monkeypatch):
	broken, fine = start_group(), start_group()
	rule = health._judge

	def stumbles(group, *args):
		if group.name == broken.name:
			raise ZeroDivisionError
		return rule(group, *args)

	monkeypatch.setattr(health, "_judge", stumbles)
	assert broken.name in night(days_after(40))["failed"]
	assert frappe.db.get_value(GROUP, fine.name, "health_on")


def test_the_desk_refreshes_one_group():
	from mentor_ispe.api import coordinator as api

	group = start_group()
	with at(days_after(40)):
		found = api.refresh_health(group.name)
	assert found["health"] == 0
	assert "No First Meeting" in found["alarm"]
	frappe.set_user(make.make_user(roles=["Mentoring Member"]).name)
	with pytest.raises(frappe.PermissionError):
		api.refresh_health(group.name)


def test_a_save_of_the_group_leaves_its_health_alone():
	group = start_group()
	stale = frappe.get_doc(GROUP, group.name)
	night(days_after(40))
	stale.charter_place = "Online"
	stale.save()
	assert frappe.db.get_value(GROUP, group.name, "health_on").date() == days_after(40)
