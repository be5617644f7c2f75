"""The files in `locale/`: the same texts as by Frappe's `generate-pot-file` and `update-po-files`.

Those work on a clone that a bench knows, and write the day, every line number and every DocType that has a
label into the files. These work on any checkout, and write what merges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

APP = Path(__file__).parents[1]
LOCALE = APP / "locale"
POT = LOCALE / "main.pot"
# What a bench writes into the checkout.
BUILT = ("dist", "node_modules")
IS_TEXT = re.compile(r"[A-Za-z]")
KEPT = re.compile(r"\{\w*\}|%\(?\w*\)?[sd]|<[^>]+>|&\w+;")
"""What a translation keeps as it is: the places of values, HTML."""


def extract() -> Catalog:
	"""Every text of the app, found by Frappe's extractors and those that `babel_extractors.csv` adds.

	Needs Frappe to be importable, but no bench and no site.
	"""
	from frappe.gettext.translate import get_method_map

	texts = Catalog()
	for file, line, message, _comments, context in extract_from_dir(
		APP.parent,
		get_method_map("mentor_ispe") + get_method_map("frappe"),
		keywords={**DEFAULT_KEYWORDS, "_lt": None},
		directory_filter=lambda folder: (name := Path(folder).name) not in BUILT and name[0] not in "._",
	):
		if isinstance(message, str) and IS_TEXT.search(message):
			texts.add(message, locations=[(file, line)], context=context)
	return texts


def translations() -> list[Path]:
	"""The file of each language."""
	return sorted(LOCALE.glob("*.po"))


def read(file: Path) -> Catalog:
	"""The texts of one file."""
	with file.open("rb") as lines:
		return read_po(lines)


def write(file: Path, catalog: Catalog) -> None:
	"""Write the texts, sorted; without what another version of Babel would write otherwise."""
	for message in catalog:
		message.flags -= {flag for flag in message.flags if flag.startswith("python-")}
	text = BytesIO()
	write_po(
		text, catalog, width=0, sort_output=True, no_location=True, omit_header=True, ignore_obsolete=True
	)
	header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
	if file.suffix == ".po":
		header += f'"Language: {file.stem}\\n"\n'
	file.write_text(f"{header}\n{text.getvalue().decode()}", encoding="utf-8")


def missing(catalog: Catalog) -> Iterator[Message]:
	"""Texts that a reader of the language would see in English."""
	return (message for message in catalog if message.id and not message.string)


def differing(catalog: Catalog) -> Iterator[Message]:
	"""Texts whose translation has other places for values, or other HTML."""
	for message in catalog:
		said = message.id, message.string
		if all(said) and sorted(KEPT.findall(str(said[0]))) != sorted(KEPT.findall(str(said[1]))):
			yield message
