"""Whether somebody new in a file may be known already, by another address."""

from __future__ import annotations

from mentor_ispe.domain.duplicates import DuplicateIndex, KnownPerson, plain_address, plain_name
from mentor_ispe.domain.people_rows import Person
from mentor_ispe.domain.spelling import company_key
from mentor_ispe.domain.violations import N_, Message
from mentor_ispe.services.members import duplicates


def everybody() -> DuplicateIndex:
	"""Everybody who has a profile now, to be asked about many rows."""
	return duplicates.duplicate_index()


def likely_profile(person: Person, known: DuplicateIndex) -> tuple[str, list[str]] | None:
	"""The profile that is most likely this person's, with the reasons in words; None when there is none."""
	employer = person.profile.get("employer") or person.defaults.get("employer") or ""
	asked = KnownPerson("", person.profile.get("full_name", ""), (person.email,), employer=employer)
	found = duplicates.possible_duplicates_of(asked, known)
	return (found[0].second, duplicates.reasons_in_words(found[0])) if found else None


def namesake(person: Person, known: DuplicateIndex) -> Message | None:
	"""A word on somebody of the same name, whom another employer makes somebody else, or the same after a move."""
	found = known.namesakes(person.profile["full_name"])
	addresses = [address for each in found for address in each.addresses]
	words = N_(
		"Someone with this name is already here: {addresses}. If that is the same person, merge the two profiles after the import."
	)
	return Message("namesake", words, {"addresses": ", ".join(addresses)}) if addresses else None


class RowsOfOnePerson:
	"""Finds rows of one file that may be the same person's with another address: nobody is to come in twice."""

	def __init__(self) -> None:
		self._rows: dict[tuple[object, ...], int] = {}

	def find(self, person: Person) -> Message | None:
		"""Which earlier row may be the same person's, in words; None when there is none."""
		name = plain_name(person.profile["full_name"])
		employer = company_key(person.profile.get("employer", ""))
		keys: list[tuple[object, ...]] = [(name, plain_address(person.email))]
		if employer:
			keys.append((name, "at", employer))
		row = next((self._rows[key] for key in keys if key in self._rows), None)
		for key in keys:
			self._rows.setdefault(key, person.row)
		if row is None:
			return None
		words = N_("Row {row} has the same name. If that is the same person, choose Leave out.")
		return Message("row_of_same_name", words, {"row": row})
