"""The library: what a person may read, by topic, audience, phase and program; what helps a group now."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import add_days, cint, cstr, getdate
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from mentor_ispe.clock import today
from mentor_ispe.domain.web_links import is_of_this_site, resource_address
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.seats import profiles_in

if TYPE_CHECKING:
	pass


RESOURCE, GROUP = "Mentoring Resource", "Mentoring Group"
PHASES = ("Any Time", "Before the Start", "First Meeting", "During the Program", "Closing")
# In which order a group comes upon them; what helps at any time comes last.
ORDER = {phase: number for number, phase in enumerate((*PHASES[1:], PHASES[0]))}
SHOWN = ("name", "title", "audience", "phase", "program", "public", "summary", "url", "attachment")
CLOSING_DAYS = 30
# Participants the library is open to.
TAKING_PART = ("Approved", "Active", "Completed")


def library(
	profile: str | None,
	topic: str | None = None,
	audience: str | None = None,
	phase: str | None = None,
	program: str | None = None,
) -> list[dict]:
	"""What a person (None: everyone) may read, narrowed to what is asked for, by phase; at most four queries.

	A phase or audience that is asked for includes what is for any time or for everyone; a program what is
	for every program.
	"""
	if phase and phase not in PHASES:
		frappe.throw(_("There is no phase {0}.").format(phase), exc=RuleViolation)
	resource = frappe.qb.DocType(RESOURCE)
	query = (
		frappe.qb.from_(resource).select(*(resource[field] for field in SHOWN)).where(resource.published == 1)
	)
	if topic:
		item = frappe.qb.DocType("Mentoring Topic Item")
		about = (
			frappe.qb.from_(item)
			.select(item.parent)
			.where((item.parenttype == RESOURCE) & (item.topic == topic))
		)
		query = query.where(resource.name.isin(about))
	if audience and audience != "Everyone":
		query = query.where(resource.audience.isin([audience, "Everyone"]))
	if phase and phase != "Any Time":
		query = query.where(resource.phase.isin([phase, "Any Time"]))
	if program:
		query = query.where(
			(resource.program == program) | resource.program.isnull() | (resource.program == "")
		)
	rows = query.run(as_dict=True)
	programs = _programs(profile) if profile else set()
	readable = [row for row in rows if _may_read(row, programs)]
	return _with_topics(sorted(readable, key=_place))


def read(name: str, profile: str) -> dict | None:
	"""One published resource with its `content`, if the person may read it."""
	rows = frappe.get_all(RESOURCE, {"name": name, "published": 1}, [*SHOWN, "content"])
	if not rows or not _may_read(rows[0], _programs(profile)):
		return None
	return _with_topics(rows)[0]


def resources_for(group: str) -> list[dict]:
	"""What helps a group in the phase it is in: of its program, for its people's topics first; constant queries."""
	phase = phase_of(group)
	program = frappe.db.get_value(GROUP, group, "program")
	profiles = profiles_in(group, ("Accepted", "Active", "Suspended"))
	wanted = set(
		frappe.get_all(
			"Mentoring Topic Item",
			{"parenttype": "Mentoring Profile", "parent": ("in", profiles or [""])},
			pluck="topic",
		)
	)
	resource = frappe.qb.DocType(RESOURCE)
	rows = (
		frappe.qb.from_(resource)
		.select(*(resource[field] for field in SHOWN))
		.where((resource.published == 1) & resource.phase.isin([phase, "Any Time"]))
		.where((resource.program == program) | resource.program.isnull() | (resource.program == ""))
		.run(as_dict=True)
	)
	found = _with_topics(sorted(rows, key=_place))
	return sorted(found, key=lambda row: (row["phase"] != phase, not wanted & set(row["topics"])))


def phase_of(group: str) -> str:
	"""Where a group is: before its start, before its first meeting, on its way, or near its end."""
	row = frappe.db.get_value(GROUP, group, ["status", "cycle"], as_dict=True)
	if row.status in ("Draft", "Proposed"):
		return "Before the Start"
	if row.status != "Active":
		return "Closing"
	end = frappe.get_cached_value("Mentoring Cycle", row.cycle, "end_date")
	if end and getdate(end) <= getdate(add_days(today(), CLOSING_DAYS)):
		return "Closing"
	if not frappe.db.exists("Mentoring Session", {"mentoring_group": group, "status": "Held"}):
		return "First Meeting"
	return "During the Program"


def may_read(name: str, profile: str | None) -> bool:
	"""Whether a person (None: everyone) may read the resource; False as well when there is none."""
	rows = frappe.get_all(RESOURCE, {"name": name, "published": 1}, ["public", "program"])
	return bool(rows) and _may_read(rows[0], _programs(profile) if profile else set())


def _programs(profile: str) -> set[str]:
	"""The programs whose library is open to the person."""
	return {
		program
		for doctype in ("Mentor", "Mentee")
		for program in frappe.get_all(
			doctype, {"profile": profile, "status": ("in", TAKING_PART)}, pluck="program"
		)
	}


def _may_read(row: Any, programs: set[str]) -> bool:
	return bool(cint(row.public) or (row.program in programs if row.program else programs))


def _place(row: Any) -> tuple:
	return (ORDER.get(row.phase, len(ORDER)), cstr(row.title).lower(), row.name)


def _with_topics(rows: list[Any]) -> list[dict]:
	topics: dict[str, list[str]] = {}
	for item in frappe.get_all(
		"Mentoring Topic Item",
		{"parenttype": RESOURCE, "parent": ("in", [row.name for row in rows] or [""])},
		["parent", "topic"],
		order_by="parent, idx",
	):
		topics.setdefault(item.parent, []).append(item.topic)
	return [
		{**row, "attachment": resource_address(row.name, row.attachment), "topics": topics.get(row.name, [])}
		for row in rows
	]


# Shown by the browser itself; everything else is saved.
SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})


def handed_out(name: str) -> Response:
	"""The file of a resource as an answer. Raises DoesNotExistError when it has none."""
	attachment = frappe.db.get_value(RESOURCE, name, "attachment")
	tied = {"file_url": attachment, "attached_to_doctype": RESOURCE, "attached_to_name": name}
	file = frappe.db.get_value("File", tied) if is_of_this_site(attachment) else None
	if not file:
		frappe.throw(_("We couldn't find this file in the library."), exc=frappe.DoesNotExistError)
	doc = frappe.get_doc("File", file)
	kind = mimetypes.guess_type(doc.file_name)[0] or "application/octet-stream"
	response = send_file(
		doc.get_full_path(),
		environ=frappe.request.environ,
		mimetype=kind,
		as_attachment=kind not in SHOWN_INLINE,
		download_name=doc.file_name,
		conditional=True,
	)
	response.headers["Cache-Control"] = "private, no-cache"
	return response
