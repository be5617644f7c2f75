"""Texts of scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from frappe.gettext.extractors import javascript

IN_ATTRIBUTE = re.compile(r'="\$\{__\(("(?:[^"\\\n]|\\.)*")\s*[,)]')


def extract(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Iterator[tuple]:
	"""As Frappe's; its version 15 passes over `title="${__("…")}"` inside of a template."""
	code = fileobj.read()
	yield from javascript.extract(BytesIO(code), keywords, comment_tags, options)
	for text in IN_ATTRIBUTE.finditer(code.decode("utf-8")):
		yield None, "_", json.loads(text[1]), []
