"""Who may meet: whoever signed what the program asks of their part, and did the training for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from mentor_ispe.domain.violations import N_, Violation

# What "required of" says, by the part that a person has in the group.
PARTS = {"Mentors": "Mentor", "Mentees": "Mentee", "Moderators": "Moderator"}


@dataclass(frozen=True)
class Version:
	"""One published version of an agreement, and the day of its publication."""

	name: str
	published_on: date


@dataclass(frozen=True)
class Requirement:
	"""An agreement by its title, its published versions (oldest first), and of whom it is asked."""

	title: str
	required_of: str
	versions: tuple[Version, ...]

	def version_on(self, day: date) -> str | None:
		"""The version in force that day; None before the first was published: nobody could sign it."""
		return next((each.name for each in reversed(self.versions) if each.published_on <= day), None)


@dataclass(frozen=True)
class Signature:
	"""A version signed on a day; `cycle` when it was signed anew for a cycle."""

	version: str
	signed_on: date
	cycle: str | None = None


@dataclass(frozen=True)
class Participant:
	"""One person in a group: their parts (Mentor, Mentee, Moderator), and those they were trained for."""

	profile: str
	full_name: str
	parts: frozenset[str]
	trained: frozenset[str] = frozenset()
	signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class Terms:
	"""What a group asks of its people; `anew` names the cycle that has to be signed for once more."""

	requirements: Sequence[Requirement] = ()
	training_for: Collection[str] = field(default_factory=frozenset)
	anew: str | None = None


def required_of(parts: Collection[str]) -> frozenset[str]:
	"""What "required of" says of the agreements that are asked of somebody with these parts."""
	return frozenset({"Everyone", *(words for words, part in PARTS.items() if part in parts)})


def asked(person: Participant, terms: Terms, day: date) -> list[tuple[Requirement, str, bool]]:
	"""(agreement, its version in force, whether it is signed) of all that this person is to have signed that day."""
	return [
		(requirement, version, _signed(version, person.signatures, terms.anew, day))
		for requirement in terms.requirements
		if requirement.required_of in required_of(person.parts) and (version := requirement.version_on(day))
	]


def missing(person: Participant, terms: Terms, day: date) -> list[Violation]:
	"""What keeps this person from meeting on that day; empty when they are ready."""
	broken = [
		Violation(
			"unsigned",
			N_("{name} hasn't signed “{title}”. It must be signed before the meeting."),
			{
				"name": person.full_name,
				"title": requirement.title,
				"agreement": version,
				"profile": person.profile,
			},
		)
		for requirement, version, signed in asked(person, terms, day)
		if not signed
	]
	broken += [
		Violation(
			"untrained",
			N_(
				"{name} hasn't completed the training for their role ({part}). It must be completed before the meeting."
			),
			{"name": person.full_name, "part": [part], "profile": person.profile},
		)
		for part in PARTS.values()
		if part in terms.training_for and part in person.parts and part not in person.trained
	]
	return broken


YOURS = {
	"unsigned": N_("You haven't signed “{title}” yet. Sign it before the meeting."),
	"untrained": N_(
		"You haven't completed the training for your role ({part}) yet. Complete it before the meeting."
	),
}


def said_to(reader: str | None, broken: Iterable[Violation]) -> list[Violation]:
	"""The same, with what the reader themselves lacks said to them."""
	return [
		replace(lack, message=YOURS[lack.code])
		if reader and lack.code in YOURS and lack.params.get("profile") == reader
		else lack
		for lack in broken
	]


def missing_among(people: Iterable[Participant], terms: Terms, day: date) -> Mapping[str, list[Violation]]:
	"""The same for several people, by profile; whoever is ready isn't in it."""
	found = {person.profile: missing(person, terms, day) for person in people}
	return {profile: broken for profile, broken in found.items() if broken}


def _signed(version: str, signatures: Iterable[Signature], anew: str | None, day: date) -> bool:
	return any(
		each.version == version and each.signed_on <= day and (anew is None or each.cycle == anew)
		for each in signatures
	)


def acceptance_name(agreement: str, profile: str, cycle: str | None = None) -> str:
	"""One signature a person, version and cycle: the primary key forbids a second."""
	signed = (agreement, profile, cycle) if cycle else (agreement, profile)
	return sha256("|".join(signed).encode()).hexdigest()[:16]
