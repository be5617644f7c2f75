"""The app's own documentation for those who work with it in the Desk, as it is in this version."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cstr, md_to_html

from mentor_ispe.permissions.gate import is_staff

no_cache = 1
FOLDER = Path(__file__).parents[2] / "docs"
HOME = "first-steps"
NAME = re.compile(r"[a-z0-9-]+")


def get_context(context):
	name = cstr(frappe.form_dict.get("page")) or HOME
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = f"/login?redirect-to=/mentoring-docs/{quote(name)}"
		raise frappe.Redirect
	if not is_staff():
		raise frappe.PermissionError(_("Only coordinators can open this page."))
	file = FOLDER / f"{name}.md"
	if not NAME.fullmatch(name) or not file.is_file():
		raise frappe.PageDoesNotExistError
	text = file.read_text(encoding="utf-8")
	context.title = _title(text)
	context.pages = [
		(each.stem, _title(each.read_text(encoding="utf-8"))) for each in sorted(FOLDER.glob("*.md"))
	]
	context.body = _pictures(_links(md_to_html(text)))
	context.no_breadcrumbs = True
	return context


def _title(text: str) -> str:
	return text.partition("\n")[0].lstrip("# ")


def _links(html: str) -> str:
	"""Links from page to page stay here; those to files of the source lead nowhere on a site."""
	html = re.sub(r'href="([a-z0-9-]+)\.md(#[^"]*)?"', r'href="/mentoring-docs/\1\2"', html)
	return re.sub(r'<a href="\.\./[^"]*">(.*?)</a>', r"\1", html, flags=re.S)


def _pictures(html: str) -> str:
	"""The pictures come with the page; they lie beside the text, where no web server reaches."""

	def inline(found: re.Match) -> str:
		file = FOLDER / "images" / found[1]
		if not file.is_file():
			return 'src=""'
		return f'src="data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}"'

	return re.sub(r'src="images/([a-z0-9-]+\.png)"', inline, html)
