"""Erase a person, by Frappe's own request; what others' records need stays, without the name.

Frappe takes away the login and what the hook `user_data_fields` lists. The name stands in more places: in the
records of groups, meetings and feedback that others need. When the request is done, these are cleared here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import cstr
from frappe.utils.password import remove_encrypted_password

from mentor_ispe.domain.application_fields import TEXT, names
from mentor_ispe.domain.profile_fields import PROFILE_FIELDS
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import sending
from mentor_ispe.mentor_ispe.doctype.mentoring_import_row.mentoring_import_row import forget_person
from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.applications.commands import withdraw
from mentor_ispe.services.committee import archive as committee_reports
from mentor_ispe.services.conversation import personal_data as conversation_data
from mentor_ispe.services.members.duplicates import forget_pairs_of

REQUEST, PROFILE = "Personal Data Deletion Request", "Mentoring Profile"
NOTICE = "Mentoring Notice"
OPEN = ("Pending Verification", "Pending Approval", "On Hold")
FORMER = "Former member"
# What says nothing of the others; career stage, industry and country stay, for the reports.
CLEARED = {
	PROFILE: (
		*(field.name for field in PROFILE_FIELDS if field.erased),
		*("contact", "membership_doctype", "membership_record", "membership_email", "membership_reason"),
		"calendar_token",
		"calendar_token_hash",
	),
	MENTOR: (*names(MENTOR, TEXT), "decision_note"),
	MENTEE: (*names(MENTEE, TEXT), "decision_note"),
}
LISTS = ("Mentoring Profile Language", "Mentoring Topic Item")
DELETED = (
	"Mentoring Application Draft",
	"Mentoring Notice",
	"Mentoring Employer Change",
	"Mentoring Login Move",
	"Mentoring Profile Change",
)
TAKES_PART = ("Applied", "Approved", "Active")


def pending(user: str) -> str | None:
	"""The request of this login that isn't done yet: its status."""
	return frappe.db.get_value(REQUEST, {"email": user, "status": ("in", OPEN)}, "status")


def ask(user: str) -> None:
	"""Ask for one's data to be erased: Frappe sends a mail to confirm, then the association does it."""
	if pending(user):
		frappe.throw(_("You have asked for it already; look for the mail to confirm it."), exc=RuleViolation)
	if not can_confirm():
		frappe.throw(words_without_mail(), exc=RuleViolation)
	frappe.get_doc({"doctype": REQUEST, "email": user}).insert(ignore_permissions=True)


def can_confirm() -> bool:
	"""Whether the site sends mails: the request is confirmed by the link in one."""
	return sending.can_send()


def words_without_mail() -> str:
	"""What to do where no mail can be sent."""
	address = frappe.db.get_single_value("Mentoring Settings", "coordinator_email")
	if address:
		return _(
			"A request to erase is confirmed by mail, and this site sends none at the moment. Write to {0}: the association does it for you."
		).format(address)
	return _(
		"A request to erase is confirmed by mail, and this site sends none at the moment. Ask the association: it does it for you."
	)


def anonymize_when_deleted(doc, method: str | None = None) -> None:
	"""Clear the name everywhere once Frappe has done its part; called when a request changes."""
	if doc.status != "Deleted":
		return
	# Frappe gave the profile the address that the request is called by.
	profile = frappe.db.get_value(PROFILE, {"email": ("in", (doc.name, doc.email))}, "name")
	if profile:
		anonymize(profile, doc.email)


def anonymize(profile: str, email: str) -> None:
	"""Take the person's name and words out of every record; their seats are freed, and others told."""
	parts = {
		doctype: frappe.get_all(doctype, {"profile": profile}, pluck="name")
		for doctype in ("Mentor", "Mentee")
	}
	names = _names(profile, parts)
	_clear(PROFILE, [profile], {"full_name": FORMER})
	for doctype, records in parts.items():
		_clear(doctype, records, {})
	_rename({PROFILE: [profile], **parts}, "full_name", FORMER)
	_retitle(set(groups_with([profile])), names)
	remove_encrypted_password(PROFILE, profile, "calendar_token")
	frappe.db.set_value("Mentoring Feedback", {"profile": profile}, "may_publish", 0)
	frappe.db.set_value("Mentoring Group Member", {"profile": profile}, {"match_reason": "", "reason": ""})
	for doctype in LISTS:
		frappe.db.delete(doctype, {"parenttype": PROFILE, "parent": profile})
	for doctype, records in ((PROFILE, [profile]), *parts.items()):
		frappe.db.delete("Version", {"ref_doctype": doctype, "docname": ("in", records or [""])})
	# The trace of earlier logins names addresses.
	frappe.db.delete("Comment", {"reference_doctype": PROFILE, "reference_name": profile})
	for doctype, records in parts.items():
		for name in records:
			if frappe.db.get_value(doctype, name, "status") in TAKES_PART:
				withdraw(doctype, name, _("Left the association's programs."))
	for doctype in DELETED:
		frappe.db.delete(doctype, {"profile": profile})
	frappe.db.delete(NOTICE, {"recipient": email})
	for doctype, record in ((PROFILE, profile), ("User", email)):
		forget_pairs_of(doctype, record)
	forget_person(profile, [email])
	conversation_data.erase(profile)
	_reword_mails(names)
	committee_reports.anonymize_stories(names, FORMER)


def _names(profile: str, parts: dict[str, list[str]]) -> set[str]:
	"""What the person was called; Frappe has changed it on the profile already."""
	found = {cstr(frappe.db.get_value(PROFILE, profile, "full_name"))}
	for doctype, records in parts.items():
		found |= set(frappe.get_all(doctype, {"name": ("in", records or [""])}, pluck="full_name"))
	return {name for name in found if name}


def _clear(doctype: str, records: list[str], values: dict) -> None:
	if records:
		empty = dict.fromkeys(CLEARED[doctype])
		frappe.db.set_value(doctype, {"name": ("in", records)}, {**empty, **values})


def _rename(records: dict[str, list[str]], source: str, words: str) -> None:
	"""Write `words` into every copy of the field `source` that other records of ours hold of these."""
	for doctype, field, link, target in copies_of(source):
		if records.get(target):
			frappe.db.set_value(doctype, {link: ("in", records[target])}, field, words, update_modified=False)


def copies_of(source: str) -> Iterator[tuple[str, str, str, str]]:
	"""(DocType, field, the link it is fetched by, the linked DocType) of the fields fetched from `source`."""
	for doctype in frappe.get_all("DocType", {"module": "Mentor ISPE", "issingle": 0}, pluck="name"):
		meta = frappe.get_meta(doctype)
		for df in meta.fields:
			link, _dot, fetched = cstr(df.fetch_from).partition(".")
			if fetched == source and meta.has_field(link):
				yield doctype, df.fieldname, link, meta.get_field(link).options


def _reword_mails(names: set[str]) -> None:
	"""Take the name out of what others were, or are still to be, told."""
	for name in names:
		written = {name, json.dumps(name)[1:-1]}  # as text and as JSON writes it
		pattern = "%" + re.sub(r"[^ -~]+|[\\\\%_\"]", "%", name) + "%"
		for row in frappe.get_all(
			NOTICE,
			or_filters={"context": ("like", pattern), "calendar": ("like", pattern)},
			fields=["name", "context", "calendar"],
		):
			texts = {field: cstr(row[field]) for field in ("context", "calendar") if row[field]}
			for each in sorted(written):
				texts = {field: text.replace(each, FORMER) for field, text in texts.items()}
			frappe.db.set_value(NOTICE, row.name, texts, update_modified=False)


def _retitle(groups: set[str], names: set[str]) -> None:
	"""Groups are often called by their people: take the name out, also where the title was copied to."""
	for row in frappe.get_all(
		"Mentoring Group", {"name": ("in", sorted(groups) or [""])}, ["name", "title", "mentor_name"]
	):
		new = {"title": cstr(row.title), "mentor_name": cstr(row.mentor_name)}
		for name in sorted(names, key=len, reverse=True):
			new = {field: text.replace(name, FORMER) for field, text in new.items()}
		if new["title"] != row.title or new["mentor_name"] != cstr(row.mentor_name):
			frappe.db.set_value("Mentoring Group", row.name, new, update_modified=False)
			_rename({"Mentoring Group": [row.name]}, "title", new["title"])
