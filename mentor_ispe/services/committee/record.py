"""The record of a report that was sent: its mail, its pictures, and where each of the mails is."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.email.email_body import get_formatted_html
from frappe.utils import now_datetime

from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.mails.attachments import RenderedReport, data_uris, place_pictures
from mentor_ispe.services.committee.composing import Written
from mentor_ispe.services.committee.figures import REPORT
from mentor_ispe.services.committee.recipients import Recipient
from mentor_ispe.services.contents import bytes_of
from mentor_ispe.services.prints.paper import pdf_of

LEFT_OUT = "Left Out"
PRINT_FORMAT = "Mentoring Committee Report"


def name_of(program: str, period: Period) -> str:
	"""The report's name; the same for the same program and last day, so that there is never a second one."""
	name = f"{program} {period.last.isoformat()}"
	return name if len(name) <= 140 else f"{name[:110]} {notice_name(name)}"


def key_of(report: str, email: str) -> str:
	"""The key of the mail that one recipient gets."""
	return make_key("committee-report", report, email.casefold())


def keep(
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
	files = {key: _keep_file(doc, f"{key}.png", picture.png) for key, picture in written.pictures.items()}
	sheet = keep_spreadsheet(doc, written.workbook)
	doc.db_set({"pictures": frappe.as_json({key: file.name for key, file in files.items()})})
	doc.db_set({"spreadsheet": sheet.file_url})
	return doc


def keep_spreadsheet(doc: Any, content: bytes) -> Any:
	"""The workbook as a file of the record."""
	return _keep_file(doc, f"{_slug(doc.name)}.xlsx", content)


def rendered_report(name: str) -> RenderedReport:
	"""The mail as it was written, for mails/sending.py."""
	doc = frappe.get_doc(REPORT, name)
	return RenderedReport(doc.subject, doc.html, doc.plain, _pictures(doc), _spreadsheet(doc))


def shown(name: str) -> str:
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


def _keep_file(doc: Any, name: str, content: bytes) -> Any:
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
		key: bytes_of(frappe.get_doc("File", file))
		for key, file in (frappe.parse_json(doc.pictures) or {}).items()
	}


def _spreadsheet(doc: Any) -> dict[str, bytes]:
	file = frappe.db.get_value("File", {"file_url": doc.spreadsheet, "attached_to_name": doc.name})
	if not file:
		return {}
	return {f"{_slug(doc.name)}.xlsx": bytes_of(frappe.get_doc("File", file))}


def _slug(name: str) -> str:
	return frappe.scrub(name).replace("_", "-").replace("/", "-").replace(":", "")
