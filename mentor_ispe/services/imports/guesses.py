"""What the page of an import offers to begin with: what each column seems to be, and what their words seem to mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from babel import Locale
from frappe import _

from mentor_ispe.domain.cell_values import several
from mentor_ispe.domain.column_guesses import guess_columns
from mentor_ispe.domain.import_fields import (
	AS_MENTEE,
	AS_MENTOR,
	LIST,
	PROFILE,
	ROLL,
	SIDE,
	ImportField,
	application_first,
)
from mentor_ispe.domain.mapping_forms import EITHER, LEAVE_EMPTY
from mentor_ispe.domain.people_mapping import fold
from mentor_ispe.domain.word_guesses import guess_words, says_nothing
from mentor_ispe.exceptions import violation_message
from mentor_ispe.services.imports.mappings import fields_of, label_of
from mentor_ispe.services.imports.people import choices

CANCELLED = "cancelled"


def shown_fields(doc: Any) -> list[dict[str, Any]]:
	"""Each field that a column may be: key, name, label, group, kind, required, and its choices if it has some."""
	names = choice_names()
	groups = {
		PROFILE: _("Person"),
		AS_MENTOR: _("Application as mentor"),
		AS_MENTEE: _("Application as mentee or peer"),
		SIDE: _("Application"),
		EITHER: _("Application (either side)"),
		ROLL: _("Membership"),
	}
	return [
		{
			"key": field.key,
			"name": field.name,
			"label": label_of(field),
			"group": groups[field.part],
			"kind": field.kind,
			"required": field.required,
			"choices": _choices(field, names) if has_choices(field, names) else None,
		}
		for field in fields_of(doc)
	]


def choice_names() -> dict[str, dict[str, tuple[str, ...]]]:
	"""Of each field that takes certain values only: the values, each with what people call it."""
	countries = dict(frappe.get_all("Country", fields=["name", "code"], as_list=True))
	languages = dict(frappe.get_all("Language", fields=["name", "language_name"], as_list=True))
	names: dict[str, dict[str, tuple[str, ...]]] = {
		field: {value: (_(value),) for value in values} for field, values in choices().items()
	}
	names["country"] = {name: (_(name), code or "") for name, code in countries.items()}
	names["languages"] = {
		code: (name or code, _(name or code), *_names_of_language(code)) for code, name in languages.items()
	}
	names[CANCELLED] = {"yes": (_("Yes"),), "no": (_("No"),)}
	names[SIDE] = {"mentor": (_("Mentor"),), "mentee": (_("Mentee"),), "both": (_("Both"),)}
	return names


def has_choices(field: ImportField, names: Mapping[str, Any]) -> bool:
	"""Whether the field takes certain values only; the roll has names of the profile's fields, in free text."""
	return field.name in names and (field.part in (PROFILE, SIDE) or field.name == CANCELLED)


def _names_of_language(code: str) -> list[str]:
	"""What English and German call it; nothing for what isn't a language, such as one for translators."""
	named = [Locale(reader).languages.get(code.replace("-", "_")) for reader in ("en", "de")]
	return [name for name in named if name]


def _choices(field: ImportField, names: Mapping[str, Mapping[str, tuple[str, ...]]]) -> list[dict[str, str]]:
	"""What a word may mean; of most fields it may say nothing."""
	shown = _shown(names[field.name])
	if field.part != SIDE and field.name != CANCELLED:
		shown.insert(0, {"value": LEAVE_EMPTY, "label": _("Leave empty")})
	return shown


def _shown(names: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]]:
	return [{"value": value, "label": others[0] if others else value} for value, others in names.items()]


def guessed_form(doc: Any, shown: Mapping[str, Any]) -> dict[str, Any]:
	"""A form for these headings and cells, with `why` for each column that isn't sure."""
	guesses = guess_columns(shown["headings"], shown["sample"], application_first(fields_of(doc)))
	form: dict[str, Any] = {"columns": {}, "values": {}, "constants": {}, "separators": {}, "why": {}}
	for guess in guesses:
		form["columns"][guess.heading] = guess.field.key if guess.field else ""
		if guess.field and guess.why and not guess.sure:
			form["why"][guess.heading] = violation_message(guess.why)
	return form


def complete(doc: Any, form: dict[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
	"""The form with a meaning for each of the file's words that nobody gave one yet."""
	return {**form, "values": words_of(doc, shown, form["columns"], form["values"], form["separators"])}


def words_of(
	doc: Any,
	shown: Mapping[str, Any],
	columns: Mapping[str, str],
	given: Mapping[str, Mapping[str, str]],
	separators: Mapping[str, str],
) -> dict[str, dict[str, str]]:
	"""What the words in these columns mean, by field: as `given`, else guessed, "" for what isn't known."""
	names, by_key = choice_names(), {field.key: field for field in fields_of(doc)}
	values: dict[str, dict[str, str]] = {}
	for column, heading in enumerate(shown["headings"]):
		field, words = by_key.get(columns.get(heading, "")), shown["words"][column]
		if field is None or not words or not has_choices(field, names):
			continue
		if field.kind == LIST:
			words = sorted({item for cell in words for item in several(cell, separators.get(field.name))})
		values[field.name] = _meanings(field, words, names[field.name], given.get(field.name, {}))
	return values


def _meanings(
	field: ImportField, words: list[str], names: Mapping[str, tuple[str, ...]], given: Mapping[str, str]
) -> dict[str, str]:
	known = {fold(word): ours for word, ours in given.items()}
	guesses = {guess.word: guess.choice or "" for guess in guess_words(field.name, words, names)}
	# Other spellings of the same word are guessed together, but a mapping names each.
	for word in words:
		if word not in guesses:
			guesses[word] = next((each.choice or "" for each in guess_words(field.name, [word], names)), "")
	nothing = "no" if field.name == CANCELLED else "" if field.part == SIDE else LEAVE_EMPTY
	return {
		word: known.get(fold(word)) or ours or (nothing if says_nothing(word) else "")
		for word, ours in guesses.items()
	}
