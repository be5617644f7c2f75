"""Makes the records that tests need, each with sensible values; keyword arguments override them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import planning

_numbers = count(1)


def unique(word: str) -> str:
	"""A name that no other call and no earlier run has used."""
	return f"{word} {next(_numbers)}-{frappe.generate_hash(length=8)}"


def use_membership_roll() -> None:
	"""Ask the app's own membership roll, whatever the site had chosen."""
	frappe.db.set_single_value("Mentoring Settings", "membership_source", "Membership Roll")
	frappe.db.set_single_value("Mentoring Settings", "default_grace_days", 30)


def make_program(**values: Any):
	name = unique("Program")
	doc = frappe.new_doc("Mentoring Program")
	doc.update(
		{
			"program_name": name,
			"format": "One-on-One",
			"status": "Published",
			"length_months": 12,
			"group_size_min": 1,
			"group_size_max": 1,
			"default_seats": 1,
			"max_seats": 10,
			"answer_days": 14,
			"least_score": 0,  # most tests are about people of whom nothing is known
		}
	)
	if values.get("format") == "Group":
		doc.update({"group_size_min": 2, "group_size_max": 6, "default_seats": 6})
	if values.get("format") == "Peer Circle":
		doc.update({"group_size_min": 3, "group_size_max": 10})
	doc.update(values)
	return doc.insert()


def make_cycle(program: str | None = None, **values: Any):
	program = program or make_program().name
	doc = frappe.new_doc("Mentoring Cycle")
	doc.update(
		{
			"cycle_name": unique("Cycle"),
			"program": program,
			"status": "Open",
			"application_from": add_days(nowdate(), -10),
			"application_until": add_days(nowdate(), 10),
			"start_date": add_days(nowdate(), 20),
			"end_date": add_days(nowdate(), 380),
		}
	)
	doc.update(values)
	return doc.insert()


def make_user(**values: Any):
	email = f"person-{next(_numbers)}-{frappe.generate_hash(length=8)}@example.org"
	doc = frappe.new_doc("User")
	doc.update({"email": email, "first_name": "Test", "send_welcome_email": 0, "user_type": "Website User"})
	roles = values.pop("roles", ())
	doc.update(values)
	for role in roles:
		doc.append("roles", {"role": role})
	doc.flags.no_welcome_mail = True
	return doc.insert()


def make_profile(member: bool = True, **values: Any):
	"""A profile; `member` puts the person on the membership roll with an active membership."""
	number = next(_numbers)
	doc = frappe.new_doc("Mentoring Profile")
	doc.update(
		{
			"full_name": f"Person {number}",
			"email": f"profile-{number}-{frappe.generate_hash(length=8)}@example.org",
			"employer": f"Employer {number}",
			"career_stage": "Mid-Level",
		}
	)
	doc.update(values)
	doc.insert()
	if member:
		make_roll_entry(doc.email)
	return doc


def make_roll_entry(email: str, **values: Any):
	doc = frappe.new_doc("Membership Roll Entry")
	doc.update(
		{
			"member_number": unique("M"),
			"full_name": email.split("@")[0],
			"email": email,
			"membership_type": "Regular",
			"from_date": add_days(nowdate(), -100),
			"to_date": add_days(nowdate(), 265),
		}
	)
	doc.update(values)
	return doc.insert()


def make_mentor(cycle: str, approved: bool = True, profile: str | None = None, **values: Any):
	doc = frappe.new_doc("Mentor")
	doc.update(
		{
			"cycle": cycle,
			"profile": profile or make_profile(career_stage="Senior").name,
			"status": "Approved" if approved else "Applied",
			"seats_offered": 1,
		}
	)
	doc.update(values)
	return doc.insert()


def make_mentee(cycle: str, approved: bool = True, profile: str | None = None, **values: Any):
	doc = frappe.new_doc("Mentee")
	doc.update(
		{
			"cycle": cycle,
			"profile": profile or make_profile(career_stage="Student").name,
			"status": "Approved" if approved else "Applied",
		}
	)
	doc.update(values)
	return doc.insert()


def seat(participant: str, role: str = "Mentee", **values: Any) -> dict[str, Any]:
	"""A row of a group's seats, for a record that is stored as it is."""
	kind = "Mentor" if role == "Mentor" else "Mentee"
	return {"role": role, "participant_type": kind, "participant": participant, **values}


def lapse(profile: str, days_ago: int = 100) -> None:
	"""End the membership of a person on the roll, long enough ago that no grace is left."""
	email = frappe.db.get_value("Mentoring Profile", profile, "email")
	for name in frappe.get_all("Membership Roll Entry", {"email": email}, pluck="name"):
		frappe.db.set_value("Membership Roll Entry", name, "to_date", add_days(nowdate(), -days_ago))


def make_email_template(name: str, **values: Any) -> None:
	"""Put Jinja of the site's own in place of the app's wording; written past Frappe, which refuses mistakes."""
	if not frappe.db.exists("Email Template", name):
		ours = MAILS[name]
		texts = {"use_html": 1, "subject": ours.subject, "response_html": ours.body}
		doc = {"doctype": "Email Template", "name": name, **texts}
		frappe.get_doc(doc).insert(ignore_permissions=True)
	frappe.db.set_value("Email Template", name, values)
	frappe.clear_document_cache("Email Template", name)


def make_agreement(**values: Any) -> str:
	"""A published agreement; returns its name."""
	doc = frappe.new_doc("Mentoring Agreement")
	doc.update({"title": unique("Agreement"), "text": "Be kind.", **values})
	return agreements.publish(doc.insert().name).name


def make_active_group(
	members: int = 2, cycle: str | None = None, profiles: list[str] | None = None, **program: Any
) -> SimpleNamespace:
	"""A group that has started, of a program with these values (a Group unless they say otherwise).

	Returns its `name`, `cycle`, the `mentor` (a profile, None in a circle), the `people` (profiles, the
	mentor first) and `parts` (the Mentees' names). `profiles` are used first, for the mentor and so on.
	"""
	values = {"format": "Group", **program}
	if values["format"] == "One-on-One":
		members = 1
	if values["format"] != "Peer Circle":
		values.setdefault("group_size_min", 1)
	cycle = cycle or make_cycle(make_program(**values).name).name
	people = [*(profiles or ())]
	has_mentor = values["format"] != "Peer Circle"
	people += [make_profile().name for _ in range(members + has_mentor - len(people))]
	mentor = make_mentor(cycle, profile=people[0], seats_offered=max(1, members)).name if has_mentor else None
	parts = [make_mentee(cycle, profile=profile).name for profile in people[has_mentor:]]
	group = propose(cycle, parts, mentor).name
	accept_all(group)
	commands.activate(group)
	return SimpleNamespace(
		name=group, cycle=cycle, mentor=people[0] if has_mentor else None, people=people, parts=parts
	)


def accept_all(group: str) -> None:
	"""Everybody who is asked says yes, in one save; one after the other takes a save for each."""
	doc = commands.open_group(group)
	for row in doc.seats:
		if row.status == "Proposed":
			row.status = "Accepted"
	doc.save()


def make_session(group: str, starts_on: Any = None, **values: Any):
	"""A planned meeting of the group, in ten days at five unless said otherwise."""
	return planning.plan(group, starts_on or f"{add_days(nowdate(), 10)} 17:00:00", **values)


def earlier_today(hours: int) -> datetime:
	"""So many hours ago, or at the beginning of the day where that was yesterday."""
	now = now_datetime()
	return max(now - timedelta(hours=hours), now.replace(hour=0, minute=0, second=0, microsecond=0))
