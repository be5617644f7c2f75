"""The mails' names and first wording; staff edit the Email Templates, we never overwrite what they wrote.

Each name below is an Email Template on the site. What the template may use is listed here too;
`recipient_name`, `portal_url` and `site_name` are there in every mail. A template for one language is
called by the name and the language's code, "Mentoring: Match Proposed (de)"; whoever has that
language set gets it, everyone else the one without a code. The first wording of a translation lies in a
folder called by the code, in a file of the same name.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

import frappe

from mentor_ispe.mails.default_templates import PREFIX, TEMPLATES

FILES = Path(__file__).parent / "default_templates"
SUBJECT = re.compile(r"<!-- subject: (?P<subject>.+?) -->\s*$")


@dataclass(frozen=True)
class DefaultTemplate:
	"""What we put into a new Email Template."""

	subject: str
	response_html: str


def default_templates() -> dict[str, DefaultTemplate]:
	"""The first wording of every Email Template of ours, translations included, by name."""
	wordings = {
		name: DefaultTemplate(ours.subject, _read(FILES / ours.file)) for name, ours in TEMPLATES.items()
	}
	for folder in sorted(path for path in FILES.iterdir() if path.is_dir() and path.name != "__pycache__"):
		for name, ours in TEMPLATES.items():
			if (folder / ours.file).exists():
				wordings[f"{name} ({folder.name})"] = translation(folder / ours.file)
	return wordings


def translation(file: Path) -> DefaultTemplate:
	"""One translated mail; its first line is the subject, `<!-- subject: … -->`."""
	first, _newline, body = _read(file).partition("\n")
	found = SUBJECT.match(first)
	if not found:
		raise ValueError(f"{file} doesn't begin with <!-- subject: … -->")
	return DefaultTemplate(found["subject"], body)


def create_missing() -> list[str]:
	"""Create the Email Templates that aren't there and return their names.

	One that nobody has touched since follows the app's own wording; what staff wrote stays.
	"""
	wordings = default_templates()
	there = {
		row.name: row
		for row in frappe.get_all(
			"Email Template",
			filters={"name": ("in", list(wordings))},
			fields=["name", "subject", "response_html", "creation", "modified"],
		)
	}
	for name, row in there.items():
		new = wordings[name]
		if row.creation == row.modified and (row.subject, row.response_html) != (
			new.subject,
			new.response_html,
		):
			frappe.db.set_value("Email Template", name, asdict(new), update_modified=False)
	missing = [name for name in wordings if name not in there]
	for name in missing:
		frappe.get_doc(
			{"doctype": "Email Template", "name": name, "use_html": 1, **asdict(wordings[name])}
		).insert(ignore_permissions=True)
	return missing


def _read(file: Path) -> str:
	return file.read_text(encoding="utf-8")


def delete_ours() -> None:
	"""Delete our Email Templates, edited or not, and their translations."""
	for name in frappe.get_all("Email Template", filters={"name": ("like", f"{PREFIX}%")}, pluck="name"):
		if any(name == ours or name.startswith(f"{ours} (") for ours in TEMPLATES):
			frappe.delete_doc("Email Template", name, ignore_permissions=True, force=True)
