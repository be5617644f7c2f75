"""The charter of a group: written together at the first meeting, agreed to by everybody in it.

Whoever writes or agrees says which version they read, so that two people who write at once lose nothing,
and nobody agrees to words that changed a moment before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain import charters as domain
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.sessions.cadence import FURTHEST_APART
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import groups as templates
from mentor_ispe.services.groups.group_fields import may_set
from mentor_ispe.services.groups.open_group import open_group, seat_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

UNITS = ("Week", "Month")


def read(group: str) -> dict[str, Any]:
	"""What the charter says: the fields, `version`, `agreed_on` and `people` with the day each agreed.

	The caller has checked that the reader belongs to the group.
	"""
	doc = frappe.get_doc("Mentoring Group", group)
	return {
		**domain.contents(doc),
		"version": domain.version(doc),
		"agreed_on": doc.charter_agreed_on,
		"people": [
			{"profile": person.profile, "full_name": person.full_name, "agreed_on": person.agreed_on}
			for person in _people(doc)
		],
	}


def write(group: str, profile: str, values: Mapping[str, Any], version: str) -> MentoringGroup:
	"""Write the charter, as somebody with an active seat; everybody is asked to agree to what it says now.

	`values` are any of `domain.charters.FIELDS`, `version` is that of the charter the writer has read.
	Raises RuleViolation when somebody else changed it since, with the words that stand there now.
	"""
	unknown = sorted(set(values) - set(domain.FIELDS))
	if unknown:
		frappe.throw(
			_("A charter has no field {0}; it has: {1}.").format(
				", ".join(unknown), ", ".join(domain.FIELDS)
			),
			exc=RuleViolation,
		)
	doc = open_group(group)
	_refuse_without_seat(doc, profile)
	after = {**domain.contents(doc), **values}
	if not domain.changed_fields(doc, after):
		return doc
	if version != domain.version(doc):
		frappe.throw(
			_(
				"Somebody else changed the charter while you were writing. Open it again and add your words to what stands there now."
			),
			exc=RuleViolation,
		)
	every = cint(after["charter_meet_every"])
	if not 0 <= every <= FURTHEST_APART or after["charter_meet_every_unit"] not in ("", *UNITS):
		frappe.throw(_("Meet every so many weeks or months, for example every 2 weeks."), exc=RuleViolation)
	doc.update({field: after[field] for field in values})
	doc.flags.charter_written_by = profile
	return doc.save(ignore_permissions=True)


def agree(group: str, profile: str, version: str) -> MentoringGroup:
	"""Agree to the charter as `version`; agreeing twice changes nothing."""
	doc = open_group(group)
	_refuse_without_seat(doc, profile)
	if domain.is_empty(doc):
		frappe.throw(_("The charter is still empty; write down what you agreed on first."), exc=RuleViolation)
	if version != domain.version(doc):
		frappe.throw(
			_("The charter has changed since you read it. Read it again, then agree."), exc=RuleViolation
		)
	side, row = seat_of(doc, profile)
	if side == "Mentor":
		doc.mentor_charter_agreed_on = doc.mentor_charter_agreed_on or today()
		may_set(doc, "mentor_charter_agreed_on")
	else:
		row.charter_agreed_on = row.charter_agreed_on or today()
		may_set(doc, "charter_agreed_on")
	return doc.save(ignore_permissions=True)


def settle(doc: MentoringGroup) -> None:
	"""What every save means for the charter: a change asks everybody again; the last to agree settles it.

	Called by the controller when the seats are as they will be.
	"""
	stored = doc.get_doc_before_save()
	doc.flags.charter_changed = bool(stored) and bool(domain.changed_fields(stored, doc))
	if doc.flags.charter_changed or doc.mentor != (stored and stored.mentor):
		doc.mentor_charter_agreed_on = None
	if doc.flags.charter_changed:
		for row in doc.members:
			row.charter_agreed_on = None
	if doc.status in ("Draft", "Proposed", "Active"):
		doc.charter_agreed_on = domain.agreed_on(_people(doc))


def tell(doc: MentoringGroup) -> None:
	"""Ask everybody in a running group but the writer to agree to a charter that was changed; once a day."""
	if not doc.flags.charter_changed or doc.status != "Active" or domain.is_empty(doc):
		return
	for person in _people(doc):
		if person.profile != doc.flags.charter_written_by:
			outbox.enqueue(
				key=make_key("charter-to-agree", doc.name, person.profile, today()),
				template=templates.CHARTER_TO_AGREE,
				profile=person.profile,
				context={"group": doc.title, "cycle": doc.cycle},
				reference=(doc.doctype, doc.name),
			)


def _people(doc: MentoringGroup) -> list[domain.Agreement]:
	people = []
	if doc.mentor and doc.mentor_status == "Active":
		locked = (doc.flags.people or [{}])[0].get(doc.mentor)
		profile = locked.profile if locked else frappe.db.get_value("Mentor", doc.mentor, "profile")
		people.append(domain.Agreement(profile, doc.mentor_name, _day(doc.mentor_charter_agreed_on)))
	people += [
		domain.Agreement(row.profile, row.full_name, _day(row.charter_agreed_on))
		for row in doc.members
		if row.status == "Active"
	]
	return people


def _day(value):
	return getdate(value) if value else None


def _refuse_without_seat(doc: MentoringGroup, profile: str) -> None:
	if not any(person.profile == profile for person in _people(doc)) or doc.status != "Active":
		frappe.throw(
			_("Only those who are active in a running group write its charter and agree to it."),
			exc=RuleViolation,
		)
