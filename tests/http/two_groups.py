"""Two running groups, and what belongs to one of them, for people to try and reach."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.readiness import agreements
from tests import factories as make
from tests.http.people import make_member
from tests.http.rounds import look_again

SECRET = "what-only-they-know"


@pytest.fixture(scope="module")
def groups(site, keyed) -> SimpleNamespace:
	"""Two running groups of one cycle. Ana mentors Ben, Cal and Fay, who withdrew; Cleo mentors Dan and Eve.

	`records` are what belongs to Ana's group, by DocType; every one has something SECRET in it.
	"""
	people = {
		name: make_member(full_name=name.title(), biography=SECRET)
		for name in ("ana", "ben", "cal", "fay", "cleo", "dan", "eve")
	}
	agreement = make_agreement()
	cycle = make.make_cycle(make.make_program(format="Group").name).name
	mentor_of = {"ana": ["ben", "cal", "fay"], "cleo": ["dan", "eve"]}
	made = {}
	for name, mentees in mentor_of.items():
		mentor = make.make_mentor(cycle, profile=people[name][0], seats_offered=4, motivation=SECRET)
		parts = [make.make_mentee(cycle, profile=people[mentee][0], goals=SECRET) for mentee in mentees]
		group = propose(cycle, [part.name for part in parts], mentor.name)
		make.accept_all(group.name)
		group_commands.activate(group.name)
		made[name] = SimpleNamespace(
			group=group.name, mentor=mentor.name, parts=dict(zip(mentees, parts, strict=True))
		)
	frappe.db.set_value("Mentoring Group", made["ana"].group, "charter", SECRET)
	commands.withdraw("Mentee", made["ana"].parts["fay"].name, "No time")
	signed = agreements.sign(agreement, people["ben"][0]).name
	ben = {"profile": people["ben"][0], "cycle": cycle}
	records = {
		"Mentoring Session": insert(
			"Mentoring Session",
			mentoring_group=made["ana"].group,
			starts_on=f"{add_days(nowdate(), 30)} 10:00:00",
			focus=SECRET,
		),
		"Mentoring Feedback": insert("Mentoring Feedback", **ben, kind="Program", comment=SECRET),
		"Mentoring Agreement Acceptance": signed,
		"Mentoring Profile": people["ben"][0],
		"Mentee": made["ana"].parts["ben"].name,
		"Mentor": made["ana"].mentor,
		"Mentoring Group": made["ana"].group,
		"Mentoring Staff Note": insert(
			"Mentoring Staff Note", mentoring_group=made["ana"].group, note=SECRET
		),
	}
	frappe.db.commit()
	return SimpleNamespace(
		cycle=cycle,
		agreement=agreement,
		records=records,
		mine=made["ana"],
		other=made["cleo"],
		profiles={name: profile for name, (profile, _) in people.items()},
		users={name: user for name, (_, user) in people.items()},
		**{name: keyed(user) for name, (_, user) in people.items()},
	)


def insert(doctype: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert().name


def make_agreement() -> str:
	return agreements.publish(insert("Mentoring Agreement", title=make.unique("Code"), text="Be kind")).name


def fingerprint(records: dict[str, str]) -> dict[str, list]:
	look_again()
	return {
		doctype: [
			frappe.get_all(doctype, {"name": name}, ["*"]),
			frappe.get_all("Comment", {"reference_doctype": doctype, "reference_name": name}, pluck="name"),
			frappe.get_all("DocShare", {"share_doctype": doctype, "share_name": name}, pluck="name"),
			frappe.get_all("Tag Link", {"document_type": doctype, "document_name": name}, pluck="name"),
			frappe.get_all("File", {"attached_to_doctype": doctype, "attached_to_name": name}, pluck="name"),
		]
		for doctype, name in records.items()
	}
