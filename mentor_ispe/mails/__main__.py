"""Write what the mails declare into docs/mails.md: `python -m mentor_ispe.mails`; needs no Frappe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from mentor_ispe.mails.default_templates import MAILS, PREFIX

PAGE = Path(__file__).parents[2] / "docs" / "mails.md"
PART = "<!-- {0}: made by python -m mentor_ispe.mails -->\n{1}<!-- end of {0} -->"


def page(text: str) -> str:
	"""The page with its two tables as the mails are now; ValueError where a table has no place."""
	for part, table in (("mails", _mails()), ("fields", _fields())):
		new = PART.format(part, table)
		text, found = re.subn(PART.format(part, ".*?"), new.replace("\\", r"\\"), text, flags=re.DOTALL)
		if found != 1:
			raise ValueError(f"The page has {found} places for the table of {part}")
	return text


def _mails() -> str:
	rows = [
		(_title(name), mail.to, mail.when, mail.leads_to, mail.delivery)
		for name, mail in sorted(MAILS.items())
	]
	return _table(("mail", "to whom", "when", "button", "how"), rows)


def _fields() -> str:
	rows = [
		(_title(name), "; ".join(f"`{field.name}` {field.meaning}" for field in mail.fields))
		for name, mail in sorted(MAILS.items())
		if mail.fields
	]
	return _table(("mail", "may use"), rows)


def _title(name: str) -> str:
	return name.removeprefix(PREFIX)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
	lines = [f"| {' | '.join(cells)} |\n" for cells in (head, *rows)]
	return "".join((lines[0], "|---" * len(head) + "|\n", *lines[1:]))


if __name__ == "__main__":
	PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
