"""Records for the permission tests, written straight to the database.

Who may read a record must not depend on how it came to be, so these tests skip the rules that a form
would run; a member's own writing, which they test, goes the whole way.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import frappe

from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from tests import factories as make


def store(doctype: str, **values: Any):
	"""Insert a document with its rows as given, without its controller's rules."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.name = values.get("name") or frappe.generate_hash(length=10)
	doc.owner = doc.modified_by = "Administrator"
	doc.creation = doc.modified = "2031-01-01 00:00:00"
	doc.db_insert()
	for row in doc.get_all_children():
		row.name = frappe.generate_hash(length=10)
		row.parent, row.parenttype = doc.name, doctype
		row.db_insert()
	return doc


def make_user(name: str, *roles: str, user_type: str = "Website User") -> str:
	"""A login with these roles; returns its name."""
	email = f"{name}.{frappe.generate_hash(length=6)}@example.org"
	return store(
		"User",
		name=email,
		email=email,
		first_name=name.title(),
		full_name=name.title(),
		enabled=1,
		user_type=user_type,
		roles=[{"role": role, "parentfield": "roles", "idx": index} for index, role in enumerate(roles, 1)],
	).name


def make_person(name: str, *roles: str) -> SimpleNamespace:
	"""A member with a login, a profile and a membership without end on the app's roll."""
	user = make_user(name, *(roles or (MEMBER,)))
	number = f"M-{frappe.generate_hash(length=8)}"
	store(
		"Membership Roll Entry",
		name=number,
		member_number=number,
		full_name=name.title(),
		email=user,
		from_date="2001-01-01",
	)
	profile = store(
		"Mentoring Profile",
		full_name=name.title(),
		email=user,
		user=user,
		employer="Northwind",
		membership_doctype="Membership Roll Entry",
		membership_record=number,
		membership_state="Active",
	)
	return SimpleNamespace(user=user, profile=profile.name, full_name=name.title())


def make_staff() -> SimpleNamespace:
	"""A coordinator and a committee member."""
	return SimpleNamespace(
		coordinator=make_user("coordinator", COORDINATOR, user_type="System User"),
		committee=make_user("committee", COMMITTEE, user_type="System User"),
	)


def make_program(status: str = "Published", **values: Any):
	return store(
		"Mentoring Program",
		name=f"Program {frappe.generate_hash(length=6)}",
		status=status,
		format="Group",
		recipients=[
			{
				"doctype": "Mentoring Program Recipient",
				"email": "secret@committee.example",
				"parentfield": "recipients",
				"idx": 1,
			}
		],
		criteria=[
			{
				"doctype": "Mentoring Program Criterion",
				"criterion": "Industry",
				"weight": 70,
				"parentfield": "criteria",
				"idx": 1,
			}
		],
		**values,
	)


def make_cycle(program: str | None = None, status: str = "Running", **values: Any):
	name = f"Cycle {frappe.generate_hash(length=6)}"
	program = program or make_program().name
	values = {
		"application_from": "2031-01-01",
		"application_until": "2031-02-01",
		"start_date": "2031-03-01",
		"end_date": "2032-03-01",
		**values,
	}
	return store("Mentoring Cycle", name=name, cycle_name=name, program=program, status=status, **values)


def make_part(doctype: str, person: SimpleNamespace, cycle, status: str = "Active", **values: Any):
	"""The person as Mentor or Mentee of the cycle."""
	return store(
		doctype,
		profile=person.profile,
		full_name=person.full_name,
		cycle=cycle.name,
		program=cycle.program,
		status=status,
		**values,
	)


def make_group(
	mentor: SimpleNamespace,
	mentees: dict[str, tuple[SimpleNamespace, str]] | list,
	cycle=None,
	*,
	mentor_seat: str = "Active",
	status: str = "Active",
	**values: Any,
):
	"""A group of a mentor and of members given as (person, state of the seat)."""
	cycle = cycle or make_cycle()
	mentor_part = make_part("Mentor", mentor, cycle, motivation="private motivation", decision_note="words")
	row = {"doctype": "Mentoring Group Member", "parentfield": "seats", "reason": "a private reason"}
	rows = [
		{
			**row,
			**make.seat(mentor_part.name, "Mentor", status=mentor_seat),
			"idx": 1,
			"profile": mentor.profile,
			"full_name": mentor.full_name,
		}
	]
	for index, (person, seat) in enumerate(mentees, start=2):
		part = make_part("Mentee", person, cycle, goals="private goals")
		rows.append(
			{
				**row,
				**make.seat(part.name, status=seat),
				"idx": index,
				"profile": person.profile,
				"full_name": person.full_name,
			}
		)
	return store(
		"Mentoring Group",
		title="The group",
		cycle=cycle.name,
		program=cycle.program,
		mentor=mentor_part.name,
		status=status,
		seats=rows,
		charter="what we agreed",
		**values,
	)


def make_session(group):
	return store(
		"Mentoring Session",
		mentoring_group=group.name,
		group_title=group.title,
		cycle=group.cycle,
		program=group.program,
		status="Planned",
		starts_on="2031-04-01 10:00:00",
		duration_minutes=60,
		mode="Online",
		focus="the first meeting",
		attendance=[],
	)


def make_feedback(person: SimpleNamespace, group):
	return store(
		"Mentoring Feedback",
		profile=person.profile,
		full_name=person.full_name,
		kind="Check-in",
		cycle=group.cycle,
		mentoring_group=group.name,
		rating=0.4,
		comment="between us",
	)


def make_agreement(status: str = "Published"):
	return store("Mentoring Agreement", title="Code of Conduct", version=1, status=status, text="Be kind.")


def make_acceptance(person: SimpleNamespace, agreement):
	return store(
		"Mentoring Agreement Acceptance",
		agreement=agreement.name,
		profile=person.profile,
		full_name=person.full_name,
		version=1,
		accepted_on="2031-01-01 00:00:00",
	)
