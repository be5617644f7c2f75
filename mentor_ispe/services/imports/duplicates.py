"""Whether somebody new in a file may be known already, by another address."""

from __future__ import annotations

from mentor_ispe.domain.duplicates import DuplicateIndex, KnownPerson
from mentor_ispe.domain.people_rows import Person
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
