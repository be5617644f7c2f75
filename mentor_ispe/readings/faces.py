"""How people look beside their names: a photo, or their initials."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import frappe
from frappe.query_builder import DocType
from frappe.utils import cstr

TONES = 6


@dataclass(frozen=True)
class Face:
	"""`photo`: whether the login has a picture; whether it can be handed out shows when it is asked for."""

	profile: str
	full_name: str
	initials: str
	photo: bool

	@property
	def tone(self) -> int:
		"""Which of the colours behind the initials: always the same for one person."""
		return tone(self.profile)


def faces(profiles: Collection[str]) -> dict[str, Face]:
	"""The faces of these people by profile; one query."""
	person, user = DocType("Mentoring Profile"), DocType("User")
	rows = (
		frappe.qb.from_(person)
		.left_join(user)
		.on(user.name == person.user)
		.select(person.name, person.full_name, user.user_image)
		.where(person.name.isin(sorted(profiles) or [""]))
	).run()
	return {
		name: Face(name, cstr(full), initials(cstr(full)), is_own_file(image)) for name, full, image in rows
	}


class FacesWhenShown:
	"""The faces of some people by profile, read when the first is asked for."""

	def __init__(self, profiles: Collection[str]) -> None:
		self.profiles = profiles

	@cached_property
	def found(self) -> dict[str, Face]:
		return faces(self.profiles)

	def get(self, profile: str) -> Face | None:
		return self.found.get(profile)


def without_photo(full_name: str) -> Face:
	"""The face of somebody whose photo the reader may not see."""
	return Face(full_name, full_name, initials(full_name), False)


def tone(profile: str) -> int:
	"""A number from 0 on, below TONES."""
	return crc32(profile.encode()) % TONES


def is_own_file(image: str | None) -> bool:
	"""Whether a picture lies on this site; one from elsewhere would tell that site who looks."""
	return cstr(image).startswith(("/files/", "/private/files/"))


def initials(full_name: str) -> str:
	"""The first letters of the first and the last of the names."""
	words = [word for word in full_name.split() if word[0].isalpha()]
	return "".join(word[0].upper() for word in dict.fromkeys((words[0], words[-1]))) if words else ""
