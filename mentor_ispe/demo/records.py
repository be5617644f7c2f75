"""What the demo needs before anything happens: topics, agreements, programs, people and logins."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import frappe
from frappe.utils.password import update_password

from mentor_ispe.demo import memberships
from mentor_ispe.demo.manifest import find_or_make, made, make, note
from mentor_ispe.demo.people import MENTEE_LOGIN, MENTOR_LOGIN, DemoPerson
from mentor_ispe.program_templates import read_agreements, read_programs, read_toml
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from mentor_ispe.services.readiness import agreements

PASSWORD = "mentoring"  # noqa: S105 — a demo's, shown to whoever loads it
STAFF = {
	"coordinator@example.org": ("Cora", "Coordinator", COORDINATOR),
	"committee@example.org": ("Connor", "Committee", COMMITTEE),
}
PROFILE, AGREEMENT = "Mentoring Profile", "Mentoring Agreement"


def make_masters() -> None:
	"""Make the topics and industries that the people name."""
	dealt = read_toml(Path(__file__).with_name("people.toml"))["dealt"]
	for topic in dealt["topics"]:
		find_or_make("Mentoring Topic", topic, {"topic": topic})
	for industry in dealt["industries"]:
		find_or_make("Mentoring Industry", industry, {"industry": industry})


def make_agreements() -> dict[str, str]:
	"""Publish the demo's agreements; return their names by their keys in agreements.toml."""
	names = {}
	for key, text in read_agreements().items():
		name = frappe.db.get_value(AGREEMENT, {"title": text["title"]})
		if not made(AGREEMENT, name):
			name = make({"doctype": AGREEMENT, **text}).name
			agreements.publish(name)
		names[key] = name
	return names


def make_programs(agreement_names: dict[str, str]) -> None:
	"""Make and publish the programs of programs/*.toml."""
	for program in read_programs().values():
		if made("Mentoring Program", program["program_name"]):
			_complete(program)
		else:
			make(_program(program, agreement_names))


def _complete(program: dict[str, Any]) -> None:
	"""A program that an earlier version of the demo made gets what was added since, where nothing stands yet."""
	doc = frappe.get_doc("Mentoring Program", program["program_name"])
	values = {
		field: value
		for field, value in program.items()
		if not isinstance(value, list) and value and not doc.get(field)
	}
	if values:
		doc.update(values)
		doc.save()


def _program(program: dict[str, Any], agreement_names: dict[str, str]) -> dict[str, Any]:
	tables = {
		"membership_types": [{"membership_type": name} for name in program.get("membership_types", ())],
		"agreements": [
			{**row, "agreement": agreement_names[row["agreement"]]} for row in program.get("agreements", ())
		],
		"recipients": [{"email": address, "user": address} for address in program.get("recipients", ())],
	}
	return {"doctype": "Mentoring Program", "status": "Published", **program, **tables}


def make_staff() -> None:
	"""Make the coordinator's and the committee's logins."""
	for email, (first_name, last_name, role) in STAFF.items():
		_make_user(email, first_name, last_name, role)


def make_person(person: DemoPerson, source: str, today: date) -> None:
	"""Make one person's memberships and profile, and a login for the two who have one."""
	name = frappe.db.get_value(PROFILE, {"email": person.email})
	if made(PROFILE, name):
		return
	user = None
	if person.email in (MENTOR_LOGIN, MENTEE_LOGIN):
		first_name, _space, last_name = person.full_name.partition(" ")
		user = _make_user(person.email, first_name, last_name, MEMBER)
	record = memberships.write(person, source, today)
	values = dict(person.profile)
	values["languages"] = [{"language": language} for language in values["languages"]]
	values["topics"] = [{"topic": topic} for topic in values["topics"]]
	if record:
		values["membership_doctype"], values["membership_record"] = record
	make({"doctype": PROFILE, "user": user, **values})


def _make_user(email: str, first_name: str, last_name: str, role: str) -> str:
	if made("User", email):
		return email
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first_name,
			"last_name": last_name,
			"send_welcome_email": 0,
			"roles": [{"role": role}],
		}
	)
	user.flags.no_welcome_mail = True
	user.insert(ignore_permissions=True)
	note("User", email)
	update_password(email, PASSWORD)  # past the password policy: everybody knows this one anyway
	return email
