"""Pictures and files in messages: of which kind by their content, how large, and under which name they are handed out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from mentor_ispe.domain.violations import N_, Violation

MEGABYTE = 1024 * 1024
LARGEST_FILE = 5 * MEGABYTE
LARGEST_PICTURE = 20 * MEGABYTE
"""As it comes from a phone; what is kept is made smaller."""
LONGEST_NAME = 100

PICTURES: Mapping[str, str] = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
# Kind of content → how its file's name ends. Nothing that a browser runs: no HTML, no SVG.
KINDS: Mapping[str, str] = {
	**PICTURES,
	"application/pdf": "pdf",
	f"{_OFFICE}.wordprocessingml.document": "docx",
	f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
	f"{_OFFICE}.presentationml.presentation": "pptx",
	f"{_OPEN}.text": "odt",
	f"{_OPEN}.spreadsheet": "ods",
	f"{_OPEN}.presentation": "odp",
}
# What a picture may have been called before it was drawn anew.
_OF_PICTURES = frozenset({*PICTURES.values(), "jpeg"})


def check_file(kind: str | None, size: int) -> list[Violation]:
	"""What is wrong with a file of this kind (None: of no kind that is known) and size in bytes."""
	if not size:
		return [Violation("empty_file", N_("This file is empty. Choose another one."))]
	if kind not in KINDS:
		return [
			Violation(
				"file_kind",
				N_(
					"This kind of file can't be sent. Send a picture (JPEG, PNG or WebP), a PDF, or a document, spreadsheet or presentation."
				),
			)
		]
	largest = LARGEST_PICTURE if kind in PICTURES else LARGEST_FILE
	if size > largest:
		return [
			Violation(
				"file_too_large",
				N_("This file is larger than {megabytes} MB. Send a smaller one, or a link to it."),
				{"megabytes": largest // MEGABYTE},
			)
		]
	return []


def name_of_file(given: str | None, kind: str) -> str:
	"""The name under which a file of this kind is kept: a name alone, without folders or signs that can't be seen.

	It ends as its content says, whatever it was called.
	"""
	ending = KINDS[kind]
	name = re.split(r"[/\\]", given or "")[-1]
	name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
	name = re.sub(r"[\s<>:\"|?*]+", " ", name).strip(" .")
	stem, dot, last = name.rpartition(".")
	if dot and (last.lower() == ending or (kind in PICTURES and last.lower() in _OF_PICTURES)):
		name = stem
	name = name[:LONGEST_NAME].strip(" .")
	return f"{name or 'file'}.{ending}"
