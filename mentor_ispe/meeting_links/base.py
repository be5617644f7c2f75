"""What a provider of meeting links is: it gives the address of a room for one meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Call:
	"""A meeting that needs a link; `starts_on` is on the site's clock.

	`host` is the profile of its host, else of the person who plans it, else of the mentor; empty when nobody of the group
	is known.
	"""

	group: str
	title: str
	starts_on: datetime
	minutes: int
	host: str = ""


class LinkProvider:
	"""Makes the links of a program's online meetings. Built without arguments, asked once, thrown away."""

	name = ""
	"""What coordinators choose it by, in the program."""

	def make_link(self, call: Call) -> str:
		"""The address of the room, beginning with https://; empty when there is none.

		Called inside the save of the meeting, while its group is locked: answer within seconds. An exception
		is logged, and the meeting is saved without a link.
		"""
		raise NotImplementedError
