"""Who may print what, and from a print format to a PDF: by Frappe's own generator, without the server having to
reach itself.

Coordinators print everything, a person their own certificate and the roster of their group.
"""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import frappe
from bs4 import BeautifulSoup
from frappe import _
from frappe.translate import print_language

from mentor_ispe.permissions.gate import SHARED, coordinates, holds_seat, is_coordinator, signed_in_profile


def require_coordinator() -> None:
	"""Refuse everyone but the coordinators, the committee too."""
	if not is_coordinator():
		raise frappe.PermissionError(_("Only coordinators can print for a whole cycle."))


def require_own_part(profile: str | None) -> None:
	"""Refuse everyone but the coordinators and the person with this profile."""
	if is_coordinator():
		return
	if not profile or signed_in_profile() != profile:
		raise frappe.PermissionError(
			_("Only the person it names and the coordinators can print a certificate.")
		)


def require_own_group(group: str) -> None:
	"""Refuse everyone but those who have a place in the group, and the coordinators who have and had none."""
	if not coordinates(group) and not _has_place(group):
		raise frappe.PermissionError(
			_("Only the people in the group and the coordinators can print a roster.")
		)


def _has_place(group: str) -> bool:
	profile = signed_in_profile()
	return bool(profile) and holds_seat(group, profile, SHARED)


NOT_PRINTED = "link, script, .action-banner, .no-print"


def pdf_of(
	doctype: str,
	name: str,
	print_format: str,
	*,
	language: str | None = None,
	letterhead: str | None = None,
	no_letterhead: bool = False,
) -> bytes:
	"""The record in this print format, in `language` (the reader's when empty), on the letterhead.

	Without `letterhead` the site's default one is used. Raises what the print format refuses.
	"""
	_check(letterhead, language)
	with print_language(language or frappe.local.lang):
		page = page_of(doctype, name, print_format, letterhead=letterhead, no_letterhead=int(no_letterhead))
	return pdf_from(page, doctype, name)


def page_of(doctype: str, name: str, print_format: str, **options: Any) -> str:
	"""The record in this print format. The caller has asked who may have it: members hold no right to records.

	`options` are those of `frappe.get_print`.
	"""
	before = frappe.flags.ignore_print_permissions
	frappe.flags.ignore_print_permissions = True
	try:
		return frappe.get_print(doctype, name, print_format=print_format, **options)
	finally:
		frappe.flags.ignore_print_permissions = before


def pdf_from(page: str, doctype: str, name: str) -> bytes:  # type: ignore[return]  # frappe.throw never returns
	"""A rendered page as PDF; says so in words when this server can make none."""
	# Frappe 16 opens a log file in the bench's folder as soon as this module is imported.
	from frappe.utils.pdf import get_pdf

	try:
		return get_pdf(on_its_own(page))
	except OSError as error:
		frappe.log_error("Mentoring: no PDF could be made", reference_doctype=doctype, reference_name=name)
		frappe.throw(_("This server can't create the PDF: {0}").format(error))


def on_its_own(page: str) -> str:
	"""The page without what it links to; the pictures of a letterhead that everyone may see come along."""
	soup = BeautifulSoup(page, "html5lib")
	for tag in soup.select(NOT_PRINTED):
		tag.decompose()
	for image in soup.find_all("img", src=True):
		image["src"] = _picture(image["src"]) or image["src"]
	return str(soup)


def _picture(address: str) -> str | None:
	"""The public file behind an address of this site as data; private ones Frappe brings along itself."""
	parts = urlsplit(address)
	if parts.netloc not in ("", urlsplit(frappe.utils.get_url()).netloc) or not parts.path.startswith(
		"/files/"
	):
		return None
	folder = Path(frappe.get_site_path("public", "files")).resolve()
	file = (folder / unquote(parts.path.removeprefix("/files/"))).resolve()
	kind = mimetypes.guess_type(file.name)[0] or ""
	if not file.is_relative_to(folder) or not file.is_file() or not kind.startswith("image/"):
		return None
	return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _check(letterhead: str | None, language: str | None) -> None:
	for doctype, name in (("Letter Head", letterhead), ("Language", language)):
		if name and not frappe.db.exists(doctype, name):
			frappe.throw(
				_("{0} {1} was not found.").format(_(doctype), frappe.utils.escape_html(name)),
				exc=frappe.DoesNotExistError,
			)
