"""What somebody answered, shown back to them: before it is sent with what is still needed, and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr

from mentor_ispe.domain.application_fields import NUMBER, YES_NO, ApplicationField
from mentor_ispe.domain.matching.needs import Needs
from mentor_ispe.domain.profile_fields import OWN_FIELDS


@dataclass(frozen=True)
class Answer:
	"""`words` is empty where nothing was answered; `needed`: then matching can't do without it. `field` is its place."""

	question: str
	words: str
	needed: bool
	field: str

	@property
	def missing(self) -> bool:
		return self.needed and not self.words


@dataclass(frozen=True)
class Part:
	"""One screen of the form: its heading, the address where it is changed, the answers."""

	heading: str
	link: str
	answers: list[Answer]

	@property
	def missing(self) -> bool:
		return any(answer.missing for answer in self.answers)


def of_profile(known: Mapping[str, Any], asked: Sequence[str], needs: Needs, link: str) -> Part:
	"""What the program asks of the profile; `known` are its values by field."""
	languages = {}
	if known.get("languages"):
		languages = dict(
			frappe.get_all(
				"Language", {"name": ("in", known["languages"])}, ["name", "language_name"], as_list=True
			)
		)
	answers = []
	for field in OWN_FIELDS:
		if field.name not in asked:
			continue
		value = known.get(field.name)
		if field.name == "languages":
			value = [languages.get(each, each) for each in value or ()]
		words = _listed(value) if isinstance(value, list) else cstr(value)
		if field.kind == "choice" and field.name != "time_zone":
			words = _(words)
		answers.append(Answer(_(field.question), words, field.name in needs.profile, f"about-{field.name}"))
	return Part(_("About you"), link, answers)


def of_application(
	role: str,
	heading: str,
	fields: Sequence[ApplicationField],
	given: Mapping[str, Any],
	needs: Needs,
	link: str,
) -> Part:
	"""What was answered as mentor or as mentee."""
	answers = [
		Answer(
			_(field.question),
			_words(field, given.get(field.name)),
			field.name in needs.application,
			f"questions-answers:{role}:{field.name}",
		)
		for field in fields
	]
	return Part(heading, link, answers)


def _words(field: ApplicationField, value: Any) -> str:
	if field.kind == YES_NO:
		return _("Yes") if cint(value) else _("No")
	if field.kind == NUMBER:
		return cstr(cint(value)) if value else ""
	if isinstance(value, list | tuple):
		return _listed(value)
	return _(cstr(value)) if field.choices else cstr(value)


def _listed(values: Sequence[Any]) -> str:
	return ", ".join(_(cstr(value)) for value in values)
