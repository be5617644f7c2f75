"""Texts, mails and documents in plain American English: one term each, no dialect, easy to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from mentor_ispe.gettext import catalogs

ROOT = Path(__file__).parents[2]
MAILS = sorted((catalogs.APP / "mails" / "default_templates" / "en").glob("*.html"))
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
PAGES = sorted(
	file for folder in ("www", "templates/mentoring") for file in (catalogs.APP / folder).rglob("*.html")
)
SCRIPTS = sorted(file for file in catalogs.APP.rglob("*.js") if not {*catalogs.BUILT} & {*file.parts})
CODE = re.compile(r"^( *)```.*?^\1```|`[^`\n]*`|<!--.*?-->|\]\([^)]*\)", re.DOTALL | re.MULTILINE)
MARKUP = re.compile(r"\{%.*?%\}|<[^>]*>", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}|\{\w*\}", re.DOTALL)

# What pages and reports were called before.
OLD_PHRASES = (
	"what needs you",
	"nobody was matched with",
	"cycles to match and start",
	"groups in which everybody",
	"do you come",
	"this is next",
	"what helps now",
	"nothing waits for",
	"what would place more",
	"what each criterion gave",
	"in words to them",
	"words to the applicant",
	"no such work",
	"is no day",
	"one applies as",
	"is saved who",
	"were put together",
	"groups to look after",
	"guest speakers asked for",
	"training owed",
	"feedback in words",
	"reasons for no match",
)
# What a text must not say: its pattern, what it says instead, and a text that is caught.
RULES = {
	"ISO date": (r"\b\d{4}-\d\d-\d\d\b", "a date in the reader's format", "It ends on 2027-01-31."),
	"whoever": (r"\bwho(ever|mever|m)\b", "anyone who, who", "Whoever attended is done."),
	"those who": (r"\bthose (who|it|concerned)\b", "people who", "Sent to those who signed up."),
	"at once": (r"(?<!records )\bat once\b", "right away, at the same time", "It holds at once."),
	"take part": (r"\b(take|takes|took|taking) (no )?part\b", "join, participate, be in", "Who takes part?"),
	"kept": (
		r"\b(agenda|answers?|application|changes?|charter|choices?|feedback|goal|notes?|nothing|review) (is|are|was) kept",
		"saved",
		"Your note is kept.",
	),
	"session": (r"(?<!mentoring )\bsessions?\b", "meeting", "Arrange the session"),
	"somebody": (r"\b(some|every)body\b", "someone, everyone", "Somebody is away."),
	"mail": (r"\bmails?\b|\be-mails?\b", "email", "You get a mail."),
	"is no": (r"(?<!there )\bis no (?!longer)\w", "isn't a", "{0} is no email address."),
	"go on": (r"\b(goes|going|go) on\b", "continue", "This group goes on."),
	"in words": (r"\bin words\b", "comments, explanation", "Why, in words to them"),
	"meanwhile": (r"\bmeanwhile\b", "in the meantime, until then", "You signed in meanwhile."),
	"by itself": (r"\bby (itself|themselves)\b", "automatically", "It starts by itself."),
	"anew": (r"\banew\b", "again", "Everyone signs it anew."),
	"any more": (r"\bany more\b", "no longer, anymore", "It isn't open any more."),
	"look after": (r"\blook(s|ed|ing)? after\b", "handle, be responsible for", "Look after it"),
	"wish": (r"\bwish(es|ed)?\b", "choice, requested", "Your wishes are saved."),
	"empty": (r"\bempty: ", "Leave empty to …", "Empty: until it starts."),
	"one": (r"(^|[;.] )one (may|is|applies|ranks|can)\b", "you", "One applies as a mentor."),
	"curly apostrophe": ("’", "'", "They don’t see it."),
	"applications": (
		r"\btakes? no applications\b",
		"not accepting applications",
		"It takes no applications now.",
	),
	"seat": (r"(?<!\{)\bseats?\b", "place", "No mentor has a seat left."),
	"cancelled": (r"\b(?-i:cancelled)\b", "canceled (the status stays Cancelled)", "It is cancelled."),
	"old phrase": (
		"|".join(map(re.escape, OLD_PHRASES)),
		"the words of the page",
		"Nothing waits for you here.",
	),
}
PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, (pattern, _, _) in RULES.items()}
# Names of records and of choices, by which programs know them.
NAMES = re.compile(
	r"Mentoring Session( \w+)*|Mentoring (Mentee|Mentor) Wish|"
	r"^(Each at Once|Everybody|Mails|Missed Sessions|Session|Wish)(?=$|:)"  # what fields hold
)
# In the documents, which speak to those who keep the app too.
IN_DOCUMENTS = ("ISO date", "old phrase", "curly apostrophe")

VERBS = re.compile(
	"accept|activate|add|agree|answer|apply|approve|archive|arrange|ask|assign|attach|browse|cancel|change|check|choose|"
	"close|compare|complete|confirm|continue|copy|correct|create|decline|delete|discard|download|drop|edit|end|erase|"
	"find|go|hand|import|invite|join|keep|leave|let|link|look|make|mark|match|merge|move|never|new|offer|open|pause|plan|preview|print|propose|publish|"
	"record|refuse|register|reject|remind|reopen|remove|renew|replace|reserve|restart|review|run|save|schedule|see|select|send|share|"
	"show|sign|start|stop|submit|subscribe|suggest|swap|take|tell|try|turn|undo|unlink|upload|use|view|waive|withdraw|write",
	re.IGNORECASE,
)
# Answers, which are pressed as they would be said, and the step to the next page of a form.
ANSWERS = frozenset(
	{"Yes", "No", "Maybe", "Done", "Not done", "None of these", "Next", "Back", "I'm back", "Pause"}
)
# Links that look like one are buttons to the reader, too.
BUTTON = re.compile(
	r'<button\b[^>]*>(.*?)</button>|<a\b[^>]*\bclass="btn\b[^>]*>(.*?)</a>|\bform_end\((.*?)\)\s*\}\}',
	re.DOTALL,
)
DESK_BUTTON = re.compile(
	r"(?:add_custom_button|add_inner_button|set_primary_action|primary_action_label:)\(?\s*__\(\s*\"([^\"]+)\""
)
# In the Desk's menus: what opens or filters by it, as Frappe's own entries there.
ENTRIES = frozenset(
	{
		"Attendance",
		"Concerns",
		"Goals",
		"Guest speaker",
		"Hours",
		"Missed",
		"Next step",
		"Not the same person",
		"Note",
		"Note for coordinators",
		"Overdue",
		"PDF",
		"Recertification credit",
		"Undecided, most urgent first",
		"Unmatched, most urgent first",
	}
)
HEADING = re.compile(r"<h[1-4]\b[^>]*>(.*?)</h[1-4]>", re.DOTALL)
TEXT = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')\)""")
CAPITALS = re.compile(r"(?<=[a-z] )[A-Z][a-z]+")
PROPER = frozenset({"Mentoring", "Desk"})

SENTENCE = re.compile(r"[.!?:;\n]+")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouydt]ed|[^aeiouyscz]es)$")
VOWELS = re.compile(r"[aeiouy]+")


def broken(text: str, rules: tuple[str, ...] = tuple(RULES)) -> dict[str, str]:
	"""The rules that a text breaks, each with what it may say instead."""
	said = NAMES.sub("", text)
	return {name: RULES[name][1] for name in rules if PATTERNS[name].search(said)}


def grade(text: str) -> float:
	"""The American school year that reads it: Flesch and Kincaid 1975, with syllables counted by vowels."""
	words = WORD.findall(text)
	sentences = [sentence for sentence in SENTENCE.split(text) if WORD.search(sentence)]
	if not words:
		return 0
	return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
	word = word.lower()
	return max(1, len(VOWELS.findall(SILENT.sub("", word) if len(word) > 3 else word)))


def begins_with_a_verb(button: str) -> bool:
	return button in ANSWERS or bool(VERBS.fullmatch(WORD.findall(button)[0]))


def in_sentence_case(heading: str) -> bool:
	return not set(CAPITALS.findall(heading)) - PROPER


def texts() -> list[str]:
	return [str(message.id) for message in catalogs.read(catalogs.POT) if message.id]


def words_of_mail(file: Path) -> str:
	text = file.read_text(encoding="utf-8").replace("<!-- subject:", "").replace("-->", ".")
	return MARKUP.sub("\n", VALUE.sub("Name", text))


def words_of_document(file: Path) -> str:
	return CODE.sub("", file.read_text(encoding="utf-8"))


def said(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
	"""What the pages say within a pattern: (the page, the text)."""
	for page in PAGES:
		for found in pattern.finditer(page.read_text(encoding="utf-8")):
			for text in TEXT.finditer(next(filter(None, found.groups()), "")):
				yield page.name, text[1] or text[2]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_catches_what_it_is_for_and_nothing_plain(name):
	assert name in broken(RULES[name][2])
	assert not broken("Choose someone who can attend the meeting on {day}, then select Save.")


def test_no_text_speaks_the_dialect():
	assert not {text: rules for text in texts() if (rules := broken(text))}


@pytest.mark.parametrize("file", MAILS, ids=lambda file: file.stem)
def test_no_mail_speaks_the_dialect(file):
	assert not {line: rules for line in words_of_mail(file).splitlines() if (rules := broken(line))}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_no_document_shows_old_words(file):
	lines = words_of_document(file).splitlines()
	assert not {line: rules for line in lines if (rules := broken(line, IN_DOCUMENTS))}


@pytest.mark.parametrize(
	("judged", "plain", "foreign"),
	[
		(begins_with_a_verb, "Save agenda", "The agenda"),
		(begins_with_a_verb, "None of these", "Somebody is away"),
		(in_sentence_case, "Upcoming meetings", "Upcoming Meetings"),
		(
			lambda text: grade(text) < 8,
			"Choose a time. We will tell the others.",
			"Institutional recertification.",
		),
	],
)
def test_a_judge_tells_plain_words_from_others(judged: Callable[[str], bool], plain, foreign):
	assert judged(plain)
	assert not judged(foreign)


def test_every_button_of_a_page_begins_with_a_verb():
	buttons = set(said(BUTTON))
	assert len(buttons) > 90, "the pages have other buttons now"
	assert not {button for button in buttons if not begins_with_a_verb(button[1])}


def test_every_button_of_the_desk_begins_with_a_verb():
	buttons = {
		button for script in SCRIPTS for button in DESK_BUTTON.findall(script.read_text(encoding="utf-8"))
	}
	assert len(buttons) > 40, "the Desk has other buttons now"
	assert not {button for button in buttons - ENTRIES if not begins_with_a_verb(button)}


def test_every_heading_of_a_page_is_in_sentence_case():
	headings = set(said(HEADING))
	assert len(headings) > 40, "the pages have other headings now"
	assert not {heading for heading in headings if not in_sentence_case(heading[1])}


def test_texts_and_mails_read_easily():
	"""Eighth grade is what plain-language guides ask for; a label of two words has no grade."""
	long = [text for text in (VALUE.sub("Name", text) for text in texts()) if len(WORD.findall(text)) > 5]
	assert median(map(grade, long)) < 5
	assert not [text for text in long if len(WORD.findall(text)) > 25 and grade(text) > 12]
	assert not [file.stem for file in MAILS if grade(words_of_mail(file)) > 8]
