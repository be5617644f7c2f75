"""What stops the command: told in words, one line each, with nothing written."""

from __future__ import annotations

from collections.abc import Iterable


class Refused(Exception):
	"""The files or the program can't be used; `lines` say why."""

	def __init__(self, lines: Iterable[object]):
		self.lines = [str(line) for line in lines]
		super().__init__("\n".join(self.lines))
