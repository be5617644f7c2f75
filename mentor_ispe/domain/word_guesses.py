"""Which of their words mean which of ours, for fields that take only certain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from mentor_ispe.domain import spelling
from mentor_ispe.domain.cell_values import NO, YES

NEAR_SPELLING, SHORTEST_NEAR = 88, 4

# What lists from elsewhere, English and German, call our words; fields as in the declarations of profiles.
OTHER_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
	"career_stage": {
		"Student": (
			*(
				"students",
				"undergraduate",
				"undergrad",
				"phd student",
				"in study",
				"pharmd student",
				"Studierende",
			),
			*(
				"Studierende/r",
				"Studentin",
				"Student/in",
				"Auszubildende",
				"Azubi",
				"Doktorand",
				"Doktorandin",
			),
		),
		"Recent Graduate": (
			*("graduate", "new graduate", "entry level", "entry", "trainee", "new professional", "Absolvent"),
			*("Absolventin", "Absolvent/in", "Berufseinsteiger", "Berufseinsteigerin", "Berufsanfänger"),
		),
		"Early Career": (
			*(
				"junior",
				"early",
				"emerging leader",
				"young professional",
				"emerging professional",
				"associate",
			),
			*("Nachwuchs", "frühe Karriere", "Nachwuchskraft"),
		),
		"Mid-Level": (
			*("mid", "mid career", "middle", "intermediate", "manager", "professional", "experienced"),
			*("Fachkraft", "mittlere Ebene", "Berufserfahrene", "mittleres Management"),
		),
		"Senior": ("senior level", "senior professional", "lead", "director", "senior manager", "leitend"),
		"Executive": (
			*("exec", "c-level", "c-suite", "vice president", "vp", "president", "ceo", "top management"),
			*("Geschäftsführung", "Geschäftsführer", "Geschäftsführerin", "Vorstand", "Führungskraft"),
		),
	},
	"learning_style": {
		"Visual": ("seeing", "watching", "visuell", "Sehen"),
		"Auditory": ("aural", "listening", "hearing", "auditiv", "Hören"),
		"Reading and Writing": ("reading", "writing", "read/write", "reading/writing", "Lesen und Schreiben"),
		"Hands-on": ("kinesthetic", "kinaesthetic", "doing", "tactile", "praktisch", "kinästhetisch"),
	},
	"side": {
		"mentor": ("mentors", "Mentorin", "Mentor/in", "gives"),
		"mentee": ("mentees", "peer", "peers", "protege", "learner"),
		"both": ("mentor and mentee", "mentor & mentee", "mentor/mentee", "beides", "Mentor und Mentee"),
	},
	# Who has given notice ("gekündigt") is a member until the last day: nobody's cancellation is guessed from that.
	"cancelled": {
		"yes": (
			*("canceled", "cancelled", "terminated", "resigned", "expelled", "withdrawn", "deceased"),
			*("ausgetreten", "storniert", "ausgeschlossen", "verstorben"),
			*YES,
		),
		"no": (
			*("active", "current", "in good standing", "good standing", "member"),
			*("aktiv", "laufend", "Mitglied"),
			*NO,
		),
	},
	"country": {
		"United States": (
			"usa",
			"u.s.a.",
			"us",
			"u.s.",
			"united states of america",
			"america",
			"Vereinigte Staaten",
		),
		"United Kingdom": (
			*("uk", "u.k.", "great britain", "england", "scotland", "wales", "northern ireland"),
			*("Großbritannien", "Vereinigtes Königreich"),
		),
		"Germany": ("Deutschland", "ger", "brd", "d", "de"),
		"Austria": ("Österreich", "aut", "at"),
		"Switzerland": ("Schweiz", "suisse", "svizzera", "che", "ch"),
	},
}
# What people write into a cell that is to be empty, beside signs alone; without spaces and dots.
NO_ANSWERS = frozenset(
	{
		*("na", "n/a", "notapplicable", "unknown", "notspecified", "notstated", "noanswer", "tbd", "null"),
		*("ka", "k/a", "keineangabe", "keineangaben", "unbekannt", "ohneangabe", "oa"),
	}
)


@dataclass(frozen=True)
class WordGuess:
	"""One of their words, and ours that it seems to mean; None when nothing fits."""

	word: str
	choice: str | None = None


def guess_words(
	field: str, words: Iterable[str], choices: Mapping[str, Iterable[str]] | Iterable[str]
) -> list[WordGuess]:
	"""A guess for each different word, in their order; `field` is a name, as "career_stage".

	`choices` are our words, or each with what else it is called (in the site's language, a code).
	"""
	others = choices if isinstance(choices, Mapping) else dict.fromkeys(choices, ())
	ours = {_key(choice): choice for choice in others}
	known = OTHER_WORDS.get(field, {})
	meanings = {
		_key(word): choice
		for choice in others
		for word in (*known.get(choice, ()), *others[choice])
		if _key(word) not in ours
	}
	different = {_key(word): word for word in reversed(list(words)) if _key(word)}
	return [_guess(key, word, ours, meanings) for key, word in reversed(different.items())]


def says_nothing(word: str) -> bool:
	"""Whether somebody wrote it for an empty cell: signs alone, "n/a", "k.A." and the like."""
	short = "".join(word.split()).replace(".", "").casefold()
	return short in NO_ANSWERS or not any(letter.isalnum() for letter in short)


def _guess(key: str, word: str, ours: Mapping[str, str], meanings: Mapping[str, str]) -> WordGuess:
	if key in ours:
		return WordGuess(word, ours[key])
	if key in meanings:
		return WordGuess(word, meanings[key])
	all_of_them = {**meanings, **ours}
	near = process.extractOne(key, all_of_them.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_SPELLING)
	if near and min(len(key), len(near[0])) >= SHORTEST_NEAR:
		return WordGuess(word, all_of_them[near[0]])
	return WordGuess(word)


def _key(word: str) -> str:
	return " ".join(spelling.key(word).replace("-", " ").replace("_", " ").split()).rstrip(".:")
