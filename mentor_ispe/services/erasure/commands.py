"""Erase a person: what is theirs goes, what others need stays without the name, and a record says what was done.

One transaction, of the caller's: either all of it happened, or nothing did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.erasure.wording import Wording
from mentor_ispe.domain.statuses import LIVE_SEATS, TAKES_PART
from mentor_ispe.readings.identity import NOBODY, PROFILE, SPEAKER, Person
from mentor_ispe.readings.seats import CALLED_BY_PEOPLE, groups_with
from mentor_ispe.services.applications.commands import withdraw
from mentor_ispe.services.committee import archive
from mentor_ispe.services.erasure import leftovers, own_records
from mentor_ispe.services.erasure.sweep import Swept, sweep
from mentor_ispe.services.members import names
from mentor_ispe.services.readiness import workshops

TRACE = "Mentoring Erasure"
MOST_PLACES = 500
# What tells of a record of the person's own and repeats what it said → (of which DocType, which record).
ABOUT = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"__global_search": ("doctype", "name"),
}


def leave_programs(person: Person) -> None:
	"""Give up every seat and application by the rules that hold for whoever leaves; partners are told of it."""
	for doctype, records in person.participants.items():
		for name in records:
			if frappe.db.get_value(doctype, name, "status") in TAKES_PART:
				withdraw(doctype, name, _("Left the association's programs."))
	for workshop in _workshops_to_come(person):
		workshops.cancel(workshop, cstr(person.profile))
	frappe.db.set_value(
		"Mentoring Feedback Request",
		{"profile": person.profile or NOBODY, "status": "Open"},
		"status",
		"Waived",
	)


def erase_own(person: Person, address: str) -> Counter[str]:
	"""Delete or empty what is the person's own; `address` stands for theirs from now on."""
	own = {
		doctype: own_records.records_of(person, doctype, link)
		for doctype, link in (own_records.EMPTIED | own_records.DELETED).items()
	}
	_retitle(person, address)
	done = Counter(own_records.delete(person)) + Counter(own_records.empty(person, address))
	for doctype, records in own.items():
		_delete_about(doctype, records)
		leftovers.delete_files(doctype, records)
	_delete_trash(person)
	leftovers.delete_mails_to(person)
	leftovers.delete_of_login(person.login)
	done["Contact"] += leftovers.empty_contacts(person, address)
	return +done


def erase_from_words(wording: Wording) -> Swept:
	"""Take somebody out of what others wrote and what the platform keeps."""
	leftovers.delete_prepared_reports()
	done = sweep(wording)
	for doctype, name in sorted(done.records):
		frappe.clear_document_cache(doctype, name)
		if doctype == archive.REPORT:
			archive.renew_spreadsheet(name)
	if mails := leftovers.reword_mails(wording):
		done.changed[leftovers.QUEUE] += mails
	done.places |= set(leftovers.files_naming(wording))
	frappe.db.after_commit.add(frappe.clear_cache)
	return done


def leave_trace(person: Person, own: Counter[str], swept: Swept, asked: str | None) -> None:
	"""Write down what was done, without a name, where staff `asked` for it or in a record of its own."""
	total = own + swept.changed
	doc = frappe.get_doc(TRACE, asked) if asked else frappe.new_doc(TRACE)
	if not asked:
		record_type = next((kind for kind in (PROFILE, SPEAKER) if person.records[kind]), None)
		record = person.records[record_type][0] if record_type else None
		doc.update({"asked_by": "The Person", "erased_by": frappe.session.user})
		doc.update({"record_type": record_type, "record": record})
	doc.update(
		{
			"status": "Done",
			"erased_on": now_datetime(),
			"records": total.total(),
			"summary": "\n".join(f"{_(doctype)}: {count}" for doctype, count in sorted(total.items())),
		}
	)
	for doctype, name, field in sorted(swept.places)[:MOST_PLACES]:
		doc.append("places", {"record_type": doctype, "record": name, "field": field})
	doc.flags.ignore_links = True
	doc.save(ignore_permissions=True)


def _workshops_to_come(person: Person) -> list[str]:
	row, workshop = (
		frappe.qb.DocType("Mentoring Workshop Participant"),
		frappe.qb.DocType("Mentoring Workshop"),
	)
	return (
		frappe.qb.from_(row)
		.join(workshop)
		.on(row.parent == workshop.name)
		.select(workshop.name)
		.where((row.profile == (person.profile or NOBODY)) & row.status.isin(["Signed Up", "Waiting"]))
		.where((workshop.status == "Planned") & (workshop.starts_on > today()))
		.orderby(workshop.name)
	).run(pluck=True)


def _retitle(person: Person, address: str) -> None:
	"""Groups are often called by their people: here a name means who sits there, whoever else is called so."""
	known = person.known
	all_names = replace(
		known,
		names=known.names | {name for name in known.doubtful if " " in name},
	)
	wording = Wording(all_names, address)
	for row in frappe.get_all(
		"Mentoring Group",
		{"name": ("in", sorted(groups_with([cstr(person.profile)])) or [NOBODY])},
		["name", *CALLED_BY_PEOPLE],
	):
		new = {field: wording.without(cstr(row[field])) for field in CALLED_BY_PEOPLE}
		if new != {field: cstr(row[field]) for field in new}:
			frappe.db.set_value("Mentoring Group", row.name, new, update_modified=False)
			names.write_copies({"Mentoring Group": [row.name]}, "title", new["title"])


def _delete_about(doctype: str, records: Iterable[str]) -> None:
	names = list(records)
	if not names:
		return
	for about, (of_type, of_name) in ABOUT.items():
		frappe.db.delete(about, {of_type: doctype, of_name: ("in", names)})


def _delete_trash(person: Person) -> None:
	"""What the person deleted of their own is still in Frappe's Deleted Document."""
	if person.profile:
		kinds = [*own_records.EMPTIED, *own_records.DELETED]
		frappe.db.delete(
			"Deleted Document", {"deleted_doctype": ("in", kinds), "data": ("like", f'%"{person.profile}"%')}
		)


def preview(person: Person) -> list[tuple[str, int]]:
	"""(DocType, how many records) of what goes or is emptied."""
	tables = own_records.EMPTIED | own_records.DELETED
	found = {doctype: len(own_records.records_of(person, doctype, link)) for doctype, link in tables.items()}
	found[own_records.ROLL] = len(person.roll)
	return sorted((doctype, count) for doctype, count in found.items() if count)


def running_groups(person: Person) -> list[str]:
	"""The titles of the groups that the person leaves."""
	member, group = frappe.qb.DocType("Mentoring Group Member"), frappe.qb.DocType("Mentoring Group")
	return (
		frappe.qb.from_(member)
		.join(group)
		.on(member.parent == group.name)
		.select(group.title)
		.where((member.profile == (person.profile or NOBODY)) & member.status.isin(sorted(LIVE_SEATS)))
		.orderby(group.title)
	).run(pluck=True)
