"""Every text that people read has its German, and the files hold nothing else."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from mentor_ispe.translations import rows, texts

LANGUAGE = "de"
PAGES = ("www", "templates", "mentor_ispe/print_format")
NOT_READ = re.compile(r"\{#.*?#\}|<!--.*?-->|<(style|script)\b.*?</\1>", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
READ_ATTRIBUTE = re.compile(r'\b(?:aria-label|aria-description|alt|title|placeholder|data-label)="([^"]*)"')
TAG_OR_ENTITY = re.compile(r"<[^>]*>|&\w+;", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def found() -> list[texts.Text]:
	return texts.all_texts()


@pytest.fixture(scope="module")
def german() -> list[rows.Row]:
	return rows.read(LANGUAGE)


def test_every_text_is_translated(found, german):
	lacking = [f"{text.words!r} ({text.where})" for text in rows.missing(found, german)]
	assert not lacking, "write them with docs/translating.md"


def test_no_row_is_left_over(found, german):
	assert not rows.obsolete(found, german), "python -m mentor_ispe.translations de --tidy"


def test_a_translation_keeps_the_places_for_values(german):
	assert not list(rows.differing(german))


def test_the_file_is_sorted_and_says_everything_once(german):
	keys = [(row.source, row.context) for row in german]
	assert keys == sorted(keys), "python -m mentor_ispe.translations de --tidy"
	assert not [key for key, times in Counter(keys).items() if times > 1]
	assert not [row for row in german if row.translation != row.translation.strip()]


def test_the_search_finds_texts_under_every_mark(tmp_path):
	python = tmp_path / "some.py"
	python.write_text(
		"from frappe import _\nfrom mentor_ispe.domain.violations import N_\n"
		'a = _("One" " text")\nb = N_("Two")\nc = frappe._("Three")\nd = other("Four")\n'
	)
	template = tmp_path / "some.html"
	template.write_text(
		"""{# _("Not this") #}<p>{{ _("A \\"quoted\\" text") }} {{ _('Another').format(x) }}</p>"""
	)
	script = tmp_path / "some.js"
	script.write_text(
		"""const a = __("First", [x]) + __('Second');\n// __("Not this")\nb.__("nor", "this");"""
	)
	words = [{text.words for text in texts.texts_of(path)} for path in (python, template, script)]
	assert words == [{"One text", "Two", "Three"}, {'A "quoted" text', "Another"}, {"First", "Second"}]


@pytest.mark.parametrize("code", ['_(f"{a} b")', '_("a" + b)', '_("{0}".format(a))'])
def test_a_text_that_is_put_together_before_it_is_looked_up_is_refused(tmp_path, code):
	python = tmp_path / "some.py"
	python.write_text(f"from frappe import _\na = {code}\n")
	with pytest.raises(texts.NotLiteral):
		list(texts.texts_of(python))


@pytest.mark.parametrize(
	"template",
	sorted(page for folder in PAGES for page in (texts.APP / folder).rglob("*.html")),
	ids=lambda page: page.relative_to(texts.APP).as_posix(),
)
def test_no_page_says_something_that_cannot_be_translated(template: Path):
	markup = JINJA.sub("", NOT_READ.sub("", template.read_text(encoding="utf-8")))
	bare = [*READ_ATTRIBUTE.findall(markup), *TAG_OR_ENTITY.sub("\n", markup).splitlines()]
	assert not [words.strip() for words in bare if WORD.search(words)]
