"""The record of a report that was sent: its mail, its pictures, where each of the mails is, names to take out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import frappe
from frappe.email.email_body import get_formatted_html
from frappe.utils import now_datetime

from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.mails.attachments import data_uris, place_pictures
from mentor_ispe.mails.rendered import RenderedReport
from mentor_ispe.mentor_ispe.doctype.mentoring_program.recipients import Recipient
from mentor_ispe.readings.files import file_bytes
from mentor_ispe.services.committee import spreadsheet
from mentor_ispe.services.committee.render import Written
from mentor_ispe.services.prints.printing import pdf_of

REPORT = "Mentoring Committee Report"
LEFT_OUT = "Left Out"
PRINT_FORMAT = "Mentoring Committee Report"
NOTICE, ROW = "Mentoring Notice", "Mentoring Committee Report Recipient"
DONE = ("Sent", LEFT_OUT)
FOLLOWED_FOR = timedelta(days=25)
"""Frappe empties its queue after 30 days."""


def name_of(program: str, period: Period) -> str:
	"""The report's name; the same for the same program and last day, so that there is never a second one."""
	name = f"{program} {period.last.isoformat()}"
	return name if len(name) <= 140 else f"{name[:110]} {notice_name(name)}"


def closing_name(cycle: str, on: date) -> str:
	"""The name of the closing report of a cycle that is sent on this day."""
	name = f"{cycle} {on.isoformat()}"
	return name if len(name) <= 140 else f"{name[:110]} {notice_name(name)}"


def key_of(report: str, email: str) -> str:
	"""The key of the mail that one recipient gets."""
	return make_key("committee-report", report, email.casefold())


def store(
	name: str,
	period: Period,
	figures: dict[str, Any],
	written: Written,
	listed: list[Recipient],
	made_by: str | None,
) -> Any:
	"""Insert the record with its files; the database refuses a second one."""
	doc = frappe.new_doc(REPORT)
	doc.update(
		{
			"__newname": name,
			"name": name,
			"program": figures["program"],
			"cycle": figures.get("cycle"),
			"from_date": period.first,
			"to_date": period.last,
			"status": "Sending",
			"made_on": now_datetime(),
			"made_by": made_by,
			"subject": written.subject,
			"html": written.html,
			"plain": written.plain,
			"figures": frappe.as_json(figures),
			"recipients": [
				{
					"email": one.email,
					"user": one.user,
					"state": LEFT_OUT if one.reason else "Waiting",
					"reason": one.reason[:140],
				}
				for one in listed
			],
		}
	)
	doc.insert(ignore_permissions=True)
	files = {key: _store_file(doc, f"{key}.png", picture.png) for key, picture in written.pictures.items()}
	doc.db_set({"pictures": frappe.as_json({key: file.name for key, file in files.items()})})
	if written.workbook:
		doc.db_set({"spreadsheet": store_spreadsheet(doc, written.workbook).file_url})
	return doc


def store_spreadsheet(doc: Any, content: bytes) -> Any:
	"""The workbook as a file of the record."""
	return _store_file(doc, f"{_slug(doc.name)}.xlsx", content)


def rendered_report(name: str) -> RenderedReport:
	"""The mail as it was written, for mails/sending.py."""
	doc = frappe.get_doc(REPORT, name)
	return RenderedReport(doc.subject, doc.html, doc.plain, _pictures(doc), _spreadsheet(doc))


def full_page(name: str) -> str:
	"""The whole mail as a page that needs nothing else: for the record's form, the preview and print."""
	doc = frappe.get_doc(REPORT, name)
	return page(doc.subject, doc.html, _pictures(doc))


def page(subject: str, html: str, pictures: dict[str, bytes]) -> str:
	"""The mail in the frame that Frappe puts around every mail, its pictures in it."""
	return get_formatted_html(subject, place_pictures(html, data_uris(pictures)))


def mentoring_committee_report(name: str) -> str:
	"""The report's text with its pictures, for the print format; for those who may read the record."""
	frappe.has_permission(REPORT, "read", name, throw=True)
	doc = frappe.get_doc(REPORT, name)
	return place_pictures(doc.html, data_uris(_pictures(doc)))


def pdf(name: str) -> bytes:
	"""The report as a PDF, for those who may read the record."""
	frappe.has_permission(REPORT, "print", name, throw=True)
	return pdf_of(REPORT, name, PRINT_FORMAT, no_letterhead=True)


def _store_file(doc: Any, name: str, content: bytes) -> Any:
	file = {
		"doctype": "File",
		"file_name": name,
		"attached_to_doctype": REPORT,
		"attached_to_name": doc.name,
		"is_private": 1,
		"content": content,
	}
	return frappe.get_doc(file).insert(ignore_permissions=True)


def _pictures(doc: Any) -> dict[str, bytes]:
	return {
		key: file_bytes(frappe.get_doc("File", file))
		for key, file in (frappe.parse_json(doc.pictures) or {}).items()
	}


def _spreadsheet(doc: Any) -> dict[str, bytes]:
	filters = {"file_url": doc.spreadsheet, "attached_to_name": doc.name}
	file = doc.spreadsheet and frappe.db.get_value("File", filters)
	if not file:
		return {}
	return {f"{_slug(doc.name)}.xlsx": file_bytes(frappe.get_doc("File", file))}


def _slug(name: str) -> str:
	return frappe.scrub(name).replace("_", "-").replace("/", "-").replace(":", "")


def show_delivery(doc: Any, method: str | None = None) -> None:
	"""Put the state of today into the report's rows, without saving it; called when a form is opened."""
	for row in _open(doc.recipients):
		row.state, row.reason = _delivery_of(doc.name, row)
	doc.status = _status_of(doc.recipients)


def undelivered() -> list[str]:
	"""The reports of the last weeks whose mails haven't all arrived."""
	filters = {"status": ("!=", "Sent"), "made_on": (">", now_datetime() - FOLLOWED_FOR)}
	return frappe.get_all(REPORT, filters, pluck="name", order_by="name")


def store_delivery(name: str) -> bool:
	"""Write down what became of the report's mails; returns whether anything is new."""
	doc = frappe.get_doc(REPORT, name)
	before = [(row.state, row.reason) for row in doc.recipients], doc.status
	show_delivery(doc)
	if ([(row.state, row.reason) for row in doc.recipients], doc.status) == before:
		return False
	for row in doc.recipients:
		frappe.db.set_value(ROW, row.name, {"state": row.state, "reason": row.reason})
	frappe.db.set_value(REPORT, name, "status", doc.status)
	return True


def _open(rows: list[Any]) -> list[Any]:
	return [row for row in rows if row.state not in DONE]


def _status_of(rows: list[Any]) -> str:
	"""The report's status; one that everybody was left out of reached nobody."""
	states = {row.state for row in rows} - {LEFT_OUT}
	if not states or "Failed" in states:
		return "Not Delivered"
	return "Sent" if states == {"Sent"} else "Sending"


def _delivery_of(report: str, row: Any) -> tuple[str, str]:
	"""(state, why) of one mail"""
	notice = frappe.db.get_value(
		NOTICE, notice_name(key_of(report, row.email)), ["status", "error", "email_queue"], as_dict=True
	)
	if not notice:
		return row.state, row.reason or ""
	if notice.status == "Skipped":
		return LEFT_OUT, (notice.error or "")[:140]
	if notice.status != "Queued":
		return ("Failed" if notice.status == "Failed" else "Waiting"), (notice.error or "")[:140]
	queue = frappe.db.get_value("Email Queue", notice.email_queue, ["status", "error"], as_dict=True)
	if not queue:
		return row.state, row.reason or ""
	if queue.status == "Sent":
		return "Sent", ""
	return ("Failed", (queue.error or "")[-140:]) if queue.status == "Error" else ("Queued", "")


def renew_spreadsheet(name: str) -> None:
	"""Make the report's spreadsheet, if it has one, anew from its figures: somebody was taken out of them."""
	doc = frappe.get_doc(REPORT, name)
	if not doc.spreadsheet:
		return
	files = frappe.get_all("File", {"file_url": doc.spreadsheet, "attached_to_name": doc.name}, pluck="name")
	for file in files:
		frappe.delete_doc("File", file, ignore_permissions=True, force=True, delete_permanently=True)
	if files:
		sheet = store_spreadsheet(doc, spreadsheet.workbook(frappe.parse_json(doc.figures)))
		doc.db_set("spreadsheet", sheet.file_url, update_modified=False)
