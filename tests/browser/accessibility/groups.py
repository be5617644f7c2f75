"""Groups at every point of their life: nothing yet, in full swing, a pair, a circle, ended."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from mentor_ispe.clock import today
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services import concerns
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.feedback.asking import ask_in
from mentor_ispe.services.groups import charter, commands, ending, goals
from mentor_ispe.services.library import speakers
from mentor_ispe.services.membership.commands import suspend_person
from mentor_ispe.services.readiness import workshops
from mentor_ispe.services.sessions import notes, planning, recording
from tests import factories as make
from tests.browser.accessibility.people import insert
from tests.http.people import make_staff
from tests.http.portal_groups import make_group

LONG = "https://meet.example.org/a-room-with-a-name-that-goes-on-and-on-and-on-and-on-and-never-ends"


def make_groups(people: dict[str, tuple[str, str]], topic: str) -> dict[str, str]:
	"""The names of groups, meetings and what else a page is about, by a short word."""
	profile = {name: found for name, (found, _user) in people.items()}
	program = make.make_program(
		format="Group",
		guest_speakers_per_year=2,
		may_extend=1,
		group_size_min=1,
		feedback_days=14,
		session_feedback=1,
		minimum_hours_per_month=1,
		contact_email="mentoring@example.org",
	)
	cycle = make.make_cycle(program.name)
	busy = make_group(cycle.name, people, "ana", ["ben", "cal"], moderator="ben")
	quiet = make_group(cycle.name, people, "eve", ["fay", "lux"])
	_offer_next_year(program.name, cycle.name)
	records = {"busy": busy, "quiet": quiet, "topic": topic}
	records.update(_fill_library(program.name, profile, topic))
	records.update(_fill(busy, profile, records["resource"], topic))
	_lapse(profile["lux"])
	records["pair"] = _start([profile["gil"], profile["hana"]], format="One-on-One", credit_scheme="HRCI")
	records["circle"] = _start([profile[name] for name in ("pam", "pia", "pet")], format="Peer Circle")
	records["hosted"] = make.make_session(records["circle"], host=profile["pam"]).name
	records["ended"] = _start([profile["ida"], profile["jan"]], format="One-on-One")
	ending.end(records["ended"], "Goals Met", "We did it all.", by=profile["jan"])
	records["done"] = _start([profile["kim"], profile["leo"]], format="One-on-One")
	commands.complete(records["done"])
	return records


def _start(profiles: list[str], **program) -> str:
	members = len(profiles) if program["format"] == "Peer Circle" else 1
	return make.make_active_group(members, profiles=profiles, **program).name


def _offer_next_year(program: str, cycle: str) -> None:
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	make.make_cycle(program, start_date=add_days(nowdate(), 390), end_date=add_days(nowdate(), 700))


def _lapse(profile: str) -> None:
	make.lapse(profile)
	suspend_person(profile, "Membership lapsed")


def _fill(group: str, profile: dict[str, str], resource: str, topic: str) -> dict[str, str]:
	"""Meetings held, cancelled, to record and to come; a charter, goals, feedback, a concern, a speaker."""
	ana, ben, cal = (profile[name] for name in ("ana", "ben", "cal"))
	at = {days: make.make_session(group, f"{add_days(nowdate(), days)} 17:00:00").name for days in (2, 4, 6)}
	held, cancelled, begun = (at[days] for days in (2, 4, 6))
	for name, days in ((held, -9), (begun, -1)):
		frappe.db.set_value("Mentoring Session", name, "starts_on", _days_from_now(days))
	recording.record(
		held,
		ben,
		{ana: 60, ben: 60},
		summary="We talked about the first hundred days.\nThen about the next.",
		next_focus="Interviews",
		new_items=[
			{"words": "Read the letter", "assigned_to": cal, "due_on": add_days(nowdate(), 3)},
			{"words": "Call a friend"},
		],
	)
	planning.cancel(cancelled, "Ana is ill")
	coming = make.make_session(
		group, resources=[resource], agenda="<p>One</p><p>Two</p>", link=LONG, focus="Us"
	)
	version = charter.read(group)["version"]
	charter.write(group, ben, {"charter_expectations": "Be on time.", "charter_meet_every": 4}, version)
	steps = [{"step": "Join a club", "due_on": add_days(nowdate(), 9)}, {"step": "Speak", "done": 1}]
	goal = goals.save_goal(
		ben, {"title": "Speak in public", "steps": steps, "progress": 40}, group=group
	).name
	done = goals.save_goal(ben, {"title": "Write an article"}, group=group).name
	goals.review_goal(ben, done, "Achieved", "It is printed.")
	ask_in([group], today())
	feedback.give(
		ben, {"rating": 0.8, "comment": "We talked openly.", "staff_comment": "Fine."}, request=_asked(ben)
	)
	feedback.tell_story(ben, "I found my voice.", group=group, may_publish=True)
	concerns.raise_concern(group, ben, "Communication", "Cal doesn't answer.")
	speakers.request(group, ana, topic, "How it was at the beginning")
	_open_notes(held)
	return {"held": held, "cancelled": cancelled, "begun": begun, "coming": coming.name, "goal": goal}


def _open_notes(session: str) -> None:
	notes.open_notes(session, make_staff(COORDINATOR), "A question of the committee")


def _days_from_now(days: int):
	return add_to_date(now_datetime(), days=days).replace(microsecond=0)


def _asked(profile: str) -> str:
	return frappe.db.get_value("Mentoring Feedback Request", {"profile": profile, "status": "Open"})


def _fill_library(program: str, profile: dict[str, str], topic: str) -> dict[str, str]:
	"""Something for each phase, and workshops: one with a place for Cal, one that Fay waits for."""
	names = []
	for phase in ("Any Time", "First Meeting", "During the Program", "Closing"):
		names.append(
			insert(
				"Mentoring Resource",
				title=make.unique(f"What helps: {phase}"),
				audience="Mentors" if phase == "Closing" else "Everyone",
				phase=phase,
				published=1,
				summary="A page to read together.",
				url=LONG,
				content="<h2>First</h2><p>Listen.</p>",
				topics=[{"topic": topic}],
			)
		)
	for title, places, who in (("Listening", 8, ["cal"]), ("Asking", 1, ["ben", "cal"])):
		workshop = insert(
			"Mentoring Workshop",
			title=make.unique(title),
			program=program,
			starts_on=f"{add_days(nowdate(), 12)} 10:00:00",
			duration_minutes=60,
			audience="Everyone",
			places=places,
			link=LONG,
			description="<p>Bring a question.</p>",
		)
		for name in who:
			workshops.sign_up(workshop, profile[name])
	return {"resource": names[0]}
