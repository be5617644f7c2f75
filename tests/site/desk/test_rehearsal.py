"""What is said before a step is what is sent by it: for every step that the Desk asks about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.api import inputs
from mentor_ispe.api.endpoint import ENDPOINTS
from mentor_ispe.api.rehearsal import AT_ONCE, STEPS, rehearse
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import cycles as cycle_jobs
from mentor_ispe.mails.rehearsal import rehearsing
from mentor_ispe.mails.sending import unwanted
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.groups import extension
from mentor_ispe.services.groups.commands import open_group, propose
from mentor_ispe.services.library import speakers
from tests import factories as make
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user

NOTICE = "Mentoring Notice"
Case = tuple[dict[str, Any], int]
"""The step's arguments, and how many people are mailed at least."""


@pytest.fixture(autouse=True)
def coordinator(site):
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "coordinators@example.org")
	user = make_user("cora", COORDINATOR, user_type="System User")
	yield user
	frappe.set_user("Administrator")


def applications(number: int = 2, **cycle: Any) -> list[str]:
	name = make.make_cycle(**cycle).name
	return [make.make_mentee(name, approved=False).name for _ in range(number)]


def proposed(**program: Any):
	"""A pair that is asked."""
	cycle = make.make_cycle(make.make_program(**program).name).name
	mentor, mentee = make.make_mentor(cycle, seats_offered=2), make.make_mentee(cycle)
	return propose(cycle, [mentee.name], mentor.name)


def drafted():
	cycle = make.make_cycle().name
	doc = frappe.new_doc("Mentoring Group")
	doc.update({"cycle": cycle, "status": "Draft"})
	for part in (make.make_mentor(cycle), make.make_mentee(cycle)):
		doc.append("seats", {"role": part.doctype, "participant": part.name, "status": "Draft"})
	return doc.insert()


def workshop(**values: Any):
	group = make.make_active_group()
	program = frappe.db.get_value("Mentoring Cycle", group.cycle, "program")
	doc = frappe.new_doc("Mentoring Workshop")
	doc.update({"title": make.unique("Workshop"), "program": program, "cycle": group.cycle})
	doc.update({"starts_on": f"{add_days(nowdate(), 9)} 17:00:00", "duration_minutes": 60, "for_mentees": 1})
	doc.update({"for_mentors": 1, "link": "https://example.org/room", **values})
	return doc.insert(), group


def speaker_request():
	group = make.make_active_group(guest_speakers_per_year=2, requires_moderator=0)
	if not frappe.db.exists("Mentoring Topic", "Aseptic Filling"):
		frappe.get_doc({"doctype": "Mentoring Topic", "topic": "Aseptic Filling"}).insert()
	speaker = frappe.get_doc(
		{"doctype": "Guest Speaker", "full_name": make.unique("Sam"), "email": "sam@example.org"}
	).insert()
	request = speakers.request(group.name, group.mentor, "Aseptic Filling", "How others do it")
	return request.name, speaker.name


# A case for each step: made anew by the function, since the step changes it.


def approve() -> Case:
	return {"doctype": "Mentee", "names": applications(), "note": "Welcome"}, 2


def reject() -> Case:
	return {"doctype": "Mentee", "names": applications(), "note": "All places are taken."}, 2


def bulk_do() -> Case:
	first, lapsed = applications()
	make.lapse(frappe.db.get_value("Mentee", lapsed, "profile"))
	return {"action": "approve", "doctype": "Mentee", "names": [first, lapsed], "args": {"note": ""}}, 1


def withdraw() -> Case:
	group = make.make_active_group(members=2)
	return {"doctype": "Mentee", "name": group.parts[0], "reason": "Moves abroad."}, 2


def propose_group() -> Case:
	return {"group": drafted().name}, 2


def answer_for() -> Case:
	group = proposed()
	args = {"group": group.name, "profile": group.mentors[0].profile, "accept": 0, "reason": "No time."}
	return args, 2


def activate() -> Case:
	group = proposed()
	make.accept_all(group.name)
	return {"group": group.name}, 2


def complete() -> Case:
	group = make.make_active_group(members=3)
	make.make_session(group.name)
	return {"group": group.name}, 4


def end_early() -> Case:
	group = make.make_active_group(members=2)
	return {"group": group.name, "kind": "Not Working", "reason": "It doesn't work out."}, 4


def hand_over() -> Case:
	group = make.make_active_group(members=2)
	return {"group": group.name, "to": group.people[1], "unwilling_too": 1}, 1


def cancel() -> Case:
	return {"group": proposed().name, "reason": "A mistake."}, 2


def remove_person() -> Case:
	group = make.make_active_group(members=3)
	return {"group": group.name, "participant": group.parts[0], "reason": "Moves abroad."}, 4


def replace_mentor() -> Case:
	group = make.make_active_group(members=1)
	mentor = open_group(group.name).mentors[0].participant
	successor = make.make_mentor(group.cycle, seats_offered=3).name
	return {"group": group.name, "mentor": mentor, "successor": successor, "reason": "A new job."}, 3


def pause_person() -> Case:
	group = make.make_active_group(members=2)
	return {"group": group.name, "profile": group.people[1], "returns_on": add_days(nowdate(), 40)}, 2


def set_cycle_status() -> Case:
	"""The next cycle is opened: last year's group is asked whether it goes on, the others are invited."""
	before = make.make_active_group(members=1, may_extend=1)
	make.make_mentee(before.cycle)
	program = frappe.db.get_value("Mentoring Cycle", before.cycle, "program")
	frappe.db.set_value("Mentoring Cycle", before.cycle, "status", "Running")
	later = {"start_date": add_days(nowdate(), 400), "end_date": add_days(nowdate(), 760)}
	cycle = make.make_cycle(program, status="Draft", **later).name
	return {"cycle": cycle, "status": "Open"}, 3


def end_participation() -> Case:
	group = make.make_active_group(members=2)
	return {"profile": group.people[1], "reason": "Asked for it.", "no_mails": 1}, 2


def announce() -> Case:
	return {"workshop": workshop()[0].name}, 3


def attendance() -> Case:
	doc, group = workshop()
	doc.append("participants", {"profile": group.people[1], "status": "Signed Up"})
	doc.save()
	doc.db_set("starts_on", datetime.now() - timedelta(days=1))
	return {"workshop": doc.name, "attended": [group.people[1]]}, 0


def cancel_workshop() -> Case:
	doc, group = workshop()
	doc.append("participants", {"profile": group.people[1], "status": "Signed Up"})
	doc.save()
	return {"workshop": doc.name, "reason": "The room is taken."}, 1


def approach_speaker() -> Case:
	request, speaker = speaker_request()
	return {"request": request, "speaker": speaker}, 1


def arrange_speaker() -> Case:
	request, speaker = speaker_request()
	when = f"{add_days(nowdate(), 12)} 17:00:00"
	return {"request": request, "starts_on": when, "speaker": speaker, "mode": "Online"}, 3


def decline_speaker() -> Case:
	return {"request": speaker_request()[0], "answer": "Nobody has time."}, 1


def cancel_speaker() -> Case:
	return {"request": speaker_request()[0]}, 1


CASES: dict[str, Callable[[], Case]] = {
	"bulk.do": bulk_do,
	**{
		step: globals()[step.partition(".")[2]]
		for step in STEPS
		if step != "bulk.do" and step.partition(".")[2] in globals()
	},
}


def test_every_step_has_a_case():
	assert CASES.keys() == STEPS.keys()


def said(step: str, args: dict[str, Any]) -> tuple[dict[str, set[str]], list[dict]]:
	mails: dict[str, set[str]] = {}
	refused: list[dict] = []
	after: int | None = 0
	while after is not None:
		answer = rehearse(step, args, after)
		for mail in answer["mails"]:
			mails.setdefault(mail["template"], set()).update(mail["people"])
		refused += answer["refused"]
		after = answer["next"]
	return mails, refused


def do(step: str, args: dict[str, Any]) -> Any:
	function = ENDPOINTS[STEPS[step]].function
	return function(**inputs.arguments(function, args))


def sent(before: set[str]) -> dict[str, set[str]]:
	fields = ["name", "template", "profile", "recipient"]
	rows = [row for row in frappe.get_all(NOTICE, fields=fields) if row.name not in before]
	dropped = unwanted(rows)
	found: dict[str, set[str]] = {}
	for row in rows:
		if row.name not in dropped:
			found.setdefault(row.template, set()).add(row.profile or row.recipient)
	return found


@pytest.mark.parametrize("step", STEPS)
def test_what_is_said_is_sent_and_nothing_happens_before(step, coordinator):
	args, least = CASES[step]()
	before = set(frappe.get_all(NOTICE, pluck="name"))
	with logged_in(coordinator):
		mails, _refused = said(step, args)
		assert set(frappe.get_all(NOTICE, pluck="name")) == before
		assert said(step, args)[0] == mails, "asking changes nothing"
		done = do(step, args)
	if step == "coordinator.set_cycle_status":
		assert done["status"] == "Open"
		cycle_jobs.process_next_cycles()
	assert sent(before) == mails
	assert len(set().union(*mails.values())) >= least


def test_cycle_that_starts_says_whose_groups_start(coordinator):
	before = make.make_active_group(members=1, may_extend=1)
	program = frappe.db.get_value("Mentoring Cycle", before.cycle, "program")
	frappe.db.set_value("Mentoring Cycle", before.cycle, "status", "Running")
	later = {"start_date": add_days(nowdate(), 400), "end_date": add_days(nowdate(), 760)}
	cycle = make.make_cycle(program, **later).name
	for profile in before.people:
		extension.say(before.name, profile, "Yes")
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Matching")
	there = set(frappe.get_all(NOTICE, pluck="name"))
	args = {"cycle": cycle, "status": "Running"}
	with logged_in(coordinator):
		mails, _refused = said("coordinator.set_cycle_status", args)
		do("coordinator.set_cycle_status", args)
	cycle_jobs.start_groups()
	assert set().union(*mails.values()) >= set(before.people)
	assert sent(there) == mails


def test_of_many_records_it_is_asked_in_parts_and_each_refusal_is_said_once(coordinator):
	names = applications(AT_ONCE + 2)
	make.lapse(frappe.db.get_value("Mentee", names[-1], "profile"))
	args = {"action": "approve", "doctype": "Mentee", "names": [*names, names[0]], "args": {}}
	with logged_in(coordinator):
		assert rehearse("bulk.do", args)["next"] == AT_ONCE
		mails, refused = said("bulk.do", args)
	assert len(set().union(*mails.values())) == AT_ONCE + 1
	assert len(refused) == 1
	assert "membership" in refused[0]["reason"].lower()
	assert {frappe.db.get_value("Mentee", name, "status") for name in names} == {"Applied"}


def test_it_is_said_who_wants_no_mails(coordinator):
	first, second = applications()
	profile = frappe.db.get_value("Mentee", first, "profile")
	frappe.db.set_value("Mentoring Profile", profile, "no_mails", 1)
	with logged_in(coordinator):
		answer = rehearse("coordinator.approve", {"doctype": "Mentee", "names": [first, second], "note": ""})
	assert answer["left_out"] == [profile]
	assert [mail["people"] for mail in answer["mails"]] == [
		(frappe.db.get_value("Mentee", second, "profile"),)
	]
	assert "{{" not in answer["mails"][0]["subject"]


def test_it_is_said_whether_everybody_reads_the_same_subject(coordinator):
	together, elsewhere = applications(), applications(1)

	def approval(names):
		answer = rehearse("coordinator.approve", {"doctype": "Mentee", "names": names, "note": ""})
		return next(mail for mail in answer["mails"] if len(mail["people"]) == len(names))

	with logged_in(coordinator):
		assert not approval(together)["varies"]
		between = approval([together[0], *elsewhere, together[1]])
		mail = approval(together + elsewhere)
	assert mail["varies"]
	assert between["varies"]
	assert frappe.db.get_value("Mentee", together[0], "cycle") in mail["subject"]


def test_it_is_said_what_waits_for_the_morning_of_each_person(coordinator):
	group = proposed()
	reminder = {"action": "remind_answers", "doctype": "Mentoring Group", "names": [group.name], "args": {}}
	for profile, waits in zip([row.profile for row in group.seats], (False, True), strict=True):
		frappe.db.set_value("Mentoring Profile", profile, "mail_rhythm", "One a Day")
		with logged_in(coordinator):
			(mail,) = rehearse("bulk.do", reminder)["mails"]
		assert (mail["in_the_morning"], bool(mail["not_before"])) == (waits, waits)


def test_a_refused_step_says_why_and_mails_nobody(coordinator):
	group = make.make_active_group()
	with logged_in(coordinator):
		args = {"cycle": group.cycle, "status": "Running"}
		answer = rehearse("coordinator.set_cycle_status", args)
	assert (answer["mails"], answer["of"], len(answer["refused"])) == ([], 1, 1)
	assert frappe.local.message_log == []


def test_a_step_in_a_group_of_ones_own_is_refused_in_words(coordinator):
	group = make.make_active_group()
	frappe.db.set_value("Mentoring Profile", group.mentor, "user", coordinator)
	with logged_in(coordinator):
		(refused,) = rehearse("coordinator.complete", {"group": group.name})["refused"]
	assert "Ask another coordinator" in refused["reason"]


def test_only_steps_of_the_list_can_be_asked_about(coordinator):
	with logged_in(coordinator):
		for step in ("people.erase_person", "coordinator.open_notes", "frappe.client.delete"):
			with pytest.raises(RuleViolation, match="said beforehand"):
				rehearse(step, {})
		with pytest.raises(RuleViolation, match="names"):
			rehearse("coordinator.approve", {"doctype": "Mentee"})
	with logged_in(make.make_user().name), pytest.raises(frappe.PermissionError):
		rehearse("coordinator.activate", {"group": "any"})


def test_nothing_rehearsed_can_be_committed(site, monkeypatch):
	"""Also by code that commits amid a step."""
	monkeypatch.undo()
	with pytest.raises(RuntimeError, match="rehearsed"), rehearsing():
		frappe.db.commit()
