"""What may be shown as a link."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

# Whatever ends an attribute, a tag or a line somewhere; an address writes each of them as %XX.
NEVER_IN_A_LINK = re.compile(r"[\x00-\x20\x7f-\xa0\"'<>`\\{}|^\u2028\u2029\ud800-\udfff]")
LONGEST = 2000
# What hands out the files of the library.
FILES = "/api/method/mentor_ispe.api.files.download"


def is_web_link(value: Any) -> bool:
	"""Whether this is the whole address of a page, which can stand between quotes as it is."""
	if not isinstance(value, str) or len(value) > LONGEST or NEVER_IN_A_LINK.search(value):
		return False
	try:
		parts = urlsplit(value)
		parts.port  # noqa: B018 - raises when it is no number
	except ValueError:
		return False
	return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def is_of_this_site(attachment: str | None) -> bool:
	"""Whether the attachment is a file here, and not the address of one elsewhere."""
	return (attachment or "").startswith(("/files/", "/private/files/"))


def resource_address(name: str, attachment: str | None) -> str | None:
	"""Where those who may read a resource get its file; a path on this site, or the address elsewhere."""
	return f"{FILES}?resource={quote(name)}" if is_of_this_site(attachment) else attachment
