"""A mail whose words are written: as a page, as plain text, and with what a report brings along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mentor_ispe.mails.layout import Frame, Link, to_html, to_text


@dataclass(frozen=True)
class RenderedReport:
	"""`message` is HTML in which `<img data-picture="name">` stands for the PNG of that name; `files` by name."""

	subject: str
	message: str
	plain: str
	pictures: Mapping[str, bytes] = field(default_factory=dict)
	files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderedMail:
	"""What goes out: `message` is the HTML of the words, `button` and `frame` stand around it (layout.py), and `also`, HTML, is
	what else there is to tell of the same act.

	A `report` brings pictures, files and its own plain text.
	"""

	subject: str
	message: str
	report: RenderedReport | None = None
	button: Link | None = None
	also: str = ""
	frame: Frame = field(default_factory=Frame)

	def html(self, account: Any = None) -> str:
		"""The whole page, as the Email Account sends it."""
		return to_html(self.subject, self.message, self.button, self.frame, account, self.also)

	def text(self, account: Any = None) -> str:
		"""The same for those who read text."""
		return to_text(
			self.report.plain if self.report else self.message, self.button, self.frame, account, self.also
		)
