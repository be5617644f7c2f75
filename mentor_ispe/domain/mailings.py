"""What a coordinator writes to many people: words with fields in braces, and who gets them.

A field stands in the words as its label, `{First name}`: no code, and nothing else in braces is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mentor_ispe.domain.plain_text import plain_text
from mentor_ispe.domain.violations import N_, Violation

LONGEST_SUBJECT = 140
FIELDS: dict[str, str] = {
	"first_name": N_("First name"),
	"full_name": N_("Full name"),
	"program": N_("Name of the program"),
	"cycle": N_("Name of the cycle"),
	"group": N_("Name of the group"),
	"mentor": N_("Name of the mentor"),
	"mentees": N_("Names of the mentees"),
	"others": N_("Names of the others in the group"),
}
"""The value of a person → what it is called in the words, in English."""
_NAMED = {label: name for name, label in FIELDS.items()}
_FIELD = re.compile(r"\{([^{}<>]{1,80})\}")
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")

# Why somebody gets nothing.
CLOSED = N_("Deleted, or closed to you because you are or were in the group")
ERASED = N_("Personal data was erased")
NO_ADDRESS = N_("No valid email address")
NO_MAILS = N_("Not to be emailed, says the profile")
DISABLED = N_("Login is disabled")
UNSUBSCRIBED = N_("Unsubscribed from these emails")
OTHER_LANGUAGE = N_("Reads another language")
NO_VALUE = N_("Nothing to insert for a field: {0}")
TWICE = N_("Chosen more than once; everyone gets one email")


@dataclass(frozen=True)
class Addressee:
	"""Somebody who was chosen, as one of the chosen records names them.

	`values` are those of FIELDS, "" where there is none; `hindrance` is why they get nothing whatever the words are.
	"""

	profile: str
	full_name: str = ""
	address: str = ""
	language: str = ""
	program: str = ""
	group: str = ""
	daily: bool = False
	hindrance: str = ""
	values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
	"""Why somebody gets nothing: a text with `{0}` for `about`, the label of a field. No name where it is closed."""

	full_name: str
	reason: str
	about: str = ""


def used_fields(*texts: str) -> list[str]:
	"""The names of the fields that stand in the texts, in the order of FIELDS."""
	found = {_NAMED.get(label) for text in texts for label in _FIELD.findall(text)}
	return [name for name in FIELDS if name in found]


def with_english_labels(text: str, translated: Mapping[str, str]) -> str:
	"""The text with each label of another language (→ the name of its field) in English, as it is kept."""

	def english(found: re.Match[str]) -> str:
		name = translated.get(" ".join(found[1].split()))
		return f"{{{FIELDS[name]}}}" if name else found[0]

	return _FIELD.sub(english, text)


def fill(text: str, values: Mapping[str, str], shown: Callable[[str], str] = str) -> str:
	"""The text with the values in the places of their fields, once: a value in braces stays as it is."""

	def value(found: re.Match[str]) -> str:
		name = _NAMED.get(found[1])
		return shown(values.get(name, "")) if name else found[0]

	return _FIELD.sub(value, text)


def check_words(subject: str, message: str) -> Iterator[Violation]:
	"""What is wrong with the words; the message is HTML."""
	said = plain_text(message)
	if not subject.strip():
		yield Violation("no_subject", N_("Enter a subject."))
	if len(subject) > LONGEST_SUBJECT:
		yield Violation(
			"long_subject",
			N_("The subject has more than {most} characters. Shorten it."),
			{"most": LONGEST_SUBJECT},
		)
	if not said.strip():
		yield Violation("no_words", N_("Write a message."))
	if _CODE.search(f"{subject} {said}"):
		yield Violation("code", N_("Code doesn't work here. Delete it and choose a field from Insert field."))
		return
	unknown = [label for label in _FIELD.findall(f"{subject} {said}") if label not in _NAMED]
	for label in dict.fromkeys(unknown):
		yield Violation(
			"unknown_field",
			N_("{label} in braces is not a field. Choose one from Insert field, or leave out the braces."),
			{"label": label},
		)
	if any(_FIELD.search(tag) for tag in _TAG.findall(message)):
		# A name isn't an address, and may be one that does harm.
		yield Violation(
			"field_in_link",
			N_("A link can't lead to a field. Enter the address of a page for the link, or remove the link."),
		)
	elif Counter(_FIELD.findall(said)) != Counter(_FIELD.findall(message)):
		yield Violation(
			"broken_field",
			N_("A part of a field is formatted. Delete the field and choose it again from Insert field."),
		)


def choose(
	chosen: Iterable[Addressee], used: Sequence[str], language: str = ""
) -> tuple[list[Addressee], list[LeftOut]]:
	"""(who gets it, each person and each address once; who doesn't and why), in the order given.

	`used` are the fields in the words; `language` leaves out those who read another one. Of somebody who was
	chosen several times the first record counts that has all values.
	"""
	people: dict[str, list[Addressee]] = {}
	for each in chosen:
		people.setdefault(each.profile, []).append(each)
	kept: list[Addressee] = []
	left: list[LeftOut] = []
	addresses: set[str] = set()
	for records in people.values():
		first = records[0]
		fit = next((each for each in records if not _why_not(each, used, language)), None)
		again = len(records) - 1
		if not fit:
			left.append(LeftOut(first.full_name, *(_why_not(first, used, language) or (NO_ADDRESS, ""))))
		elif fit.address.lower() in addresses:
			again += 1
		else:
			addresses.add(fit.address.lower())
			kept.append(fit)
		left += [LeftOut(first.full_name, TWICE)] * again
	return kept, left


def _why_not(person: Addressee, used: Sequence[str], language: str) -> tuple[str, str] | None:
	if person.hindrance:
		return person.hindrance, ""
	if language and person.language.partition("-")[0] != language:
		return OTHER_LANGUAGE, ""
	missing = next((name for name in used if not person.values.get(name)), None)
	return (NO_VALUE, FIELDS[missing]) if missing else None
