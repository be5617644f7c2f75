"""Staff erase somebody: for those who have no login, or who asked the association.

What was asked for is a record, so that a job that dies is followed by another, in the night at the latest.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.concurrency.after_commit import enqueue_after_commit
from mentor_ispe.domain.erasure.wording import FORMER
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.conflict_of_interest import groups_closed_to
from mentor_ispe.permissions.gate import works_in_the_desk
from mentor_ispe.readings.identity import PROFILE, SPEAKER, Person, find_person
from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.erasure import commands, own_records
from mentor_ispe.services.erasure.deletion_request import REQUEST, DeletionRequest

ERASURE = commands.TRACE
JOB = "mentor_ispe.jobs.people.process_erasures"
RECORDS = (PROFILE, SPEAKER)
"""Whose form has the button."""
WAITING, DONE = "Waiting", "Done"
MOST_TITLES = 20
NO_ADDRESS = "nobody@example.invalid"


def preview(record_type: str, record: str) -> dict[str, Any]:
	"""What would happen, for whoever decides: {"full_name", "login", "goes", "groups", "open_concerns"}.

	`goes` are pairs of a kind of record and how many are deleted or emptied; `groups` are those that are running.
	"""
	full_name, person = _find(record_type, record)
	return {
		"full_name": full_name,
		"login": person.login,
		"goes": [{"kind": _(doctype), "count": count} for doctype, count in commands.preview(person)],
		"groups": commands.running_groups(person)[:MOST_TITLES],
		"open_concerns": len(own_records.kept_words(person)),
	}


def ask(record_type: str, record: str, full_name: str) -> str:
	"""Have somebody erased whose name was typed; returns the record that says what became of it."""
	known, _person = _find(record_type, record, lock=True)
	if _folded(full_name) != _folded(known):
		frappe.throw(
			_("This isn't the person's name. Type it as it is written here: {0}").format(known),
			exc=RuleViolation,
		)
	of = {"record_type": record_type, "record": record, "status": WAITING}
	if frappe.db.exists(ERASURE, of):
		frappe.throw(
			_("This person's data is already being erased. See {0}.").format(_(ERASURE)), exc=RuleViolation
		)
	doc = frappe.new_doc(ERASURE)
	doc.update({**of, "asked_by": "Staff", "erased_by": frappe.session.user})
	doc.insert(ignore_permissions=True)
	enqueue_after_commit(JOB)
	return doc.name


def waiting() -> list[str]:
	"""What was asked for and isn't done."""
	return frappe.get_all(ERASURE, {"status": WAITING}, pluck="name", order_by="creation")


def carry_out(erasure: str) -> bool:
	"""Do what was asked for, in the caller's transaction; False when somebody else did it meanwhile."""
	asked = frappe.get_doc(ERASURE, erasure, for_update=True)
	if asked.status != WAITING or asked.record_type not in RECORDS:
		return False
	person = _person(asked.record_type, asked.record)
	request: DeletionRequest = frappe.new_doc(REQUEST)
	request.update(
		{"email": person.login or min(person.addresses, default=NO_ADDRESS), "status": "Pending Approval"}
	)
	request.set_new_name()
	request.db_insert()  # nobody is asked by mail to confirm it
	request.flags.update({"person": person, "asked": erasure})
	request.disable_user()
	request.erase()
	return True


def _find(record_type: str, record: str, lock: bool = False) -> tuple[str, Person]:
	"""(The name, the person) of a record that the user may have erased."""
	if record_type not in RECORDS:
		frappe.throw(_("Open a person's profile or a guest speaker to erase their data."), exc=RuleViolation)
	name = frappe.db.get_value(record_type, record, "full_name", for_update=lock)
	if name is None and not frappe.db.exists(record_type, record):
		frappe.throw(_("{0} {1} not found").format(_(record_type), record), exc=frappe.DoesNotExistError)
	if name == FORMER:
		frappe.throw(_("This person's data has already been erased."), exc=RuleViolation)
	person = _person(record_type, record)
	_check_allowed(person)
	return cstr(name), person


def _person(record_type: str, record: str) -> Person:
	return find_person(profile=record) if record_type == PROFILE else find_person(speaker=record)


def _check_allowed(person: Person) -> None:
	"""Nobody takes away their own records, those of a group of theirs, or a login with more rights than theirs."""
	user = frappe.session.user
	if person.login and person.login == user:
		frappe.throw(
			_("This is you. Ask for it under “My data” on your own pages, or ask another coordinator."),
			exc=frappe.PermissionError,
		)
	if person.profile and groups_closed_to(user) & set(groups_with([person.profile])):
		frappe.throw(
			_("You are or were in a group with this person. Ask another coordinator to do it."),
			exc=frappe.PermissionError,
		)
	if person.login and works_in_the_desk(person.login) and "System Manager" not in frappe.get_roles(user):
		frappe.throw(
			_("This person works in the Desk. Ask a System Manager to erase their data and login."),
			exc=frappe.PermissionError,
		)


def _folded(name: str) -> str:
	return " ".join(cstr(name).split()).casefold()
