"""Every text that people read has its German, and the files hold nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from mentor_ispe.gettext import catalogs

GERMAN = catalogs.LOCALE / "de.po"
UPDATE = "python -m mentor_ispe.gettext; then write what it names (docs/translating.md)"
PAGES = ("www", "templates", "mentor_ispe/print_format")
NOT_READ = re.compile(r"\{#.*?#\}|<!--.*?-->|<(style|script)\b.*?</\1>", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
READ_ATTRIBUTE = re.compile(r'\b(?:aria-label|aria-description|alt|title|placeholder|data-label)="([^"]*)"')
TAG_OR_ENTITY = re.compile(r"<[^>]*>|&\w+;", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
PUT_TOGETHER = re.compile(rf"""(?<![\w.])__\(\s*(?:`[^`]*\$\{{|(?:{STRING})\s*[^\s,)])""")


def keys(catalog: Catalog) -> list[tuple[str, str]]:
	return [(message.id, message.context or "") for message in catalog if message.id]


@pytest.fixture(scope="module")
def texts() -> Catalog:
	pytest.importorskip("frappe", reason="its extractors find the texts")
	return catalogs.extract()


@pytest.fixture(scope="module")
def german() -> Catalog:
	return catalogs.read(GERMAN)


@pytest.mark.parametrize("file", [catalogs.POT, *catalogs.translations()], ids=lambda file: file.name)
def test_a_file_has_every_text_and_no_other(file, texts):
	there = keys(catalogs.read(file))
	where = dict(zip(keys(texts), (message.locations for message in texts if message.id), strict=True))
	lacking = {key: where[key] for key in where if key not in there}
	assert not lacking, UPDATE
	assert not [key for key in there if key not in where], UPDATE


def test_every_text_is_translated(german):
	assert not [message.id for message in catalogs.missing(german)]
	assert not [message.id for message in german if message.fuzzy]


def test_a_translation_keeps_the_places_for_values(german):
	assert not [(message.id, message.string) for message in catalogs.differing(german)]


def test_no_translation_begins_or_ends_with_a_space(german):
	assert not [
		message.string for message in german if message.id and message.string != message.string.strip()
	]


@pytest.mark.parametrize("file", [catalogs.POT, *catalogs.translations()], ids=lambda file: file.name)
def test_a_file_is_as_the_command_writes_it(file, tmp_path):
	catalogs.write(tmp_path / file.name, catalogs.read(file))
	assert (tmp_path / file.name).read_text() == file.read_text(), UPDATE


@pytest.mark.parametrize(
	("name", "code", "found"),
	[
		(
			"some.py",
			'a = _("One" " text")\nb = N_("Two")\nc = frappe._("Three")\nd = other("Four")\n_lt("Five")',
			{"One text", "Two", "Three", "Five"},
		),
		(
			"some.html",
			"""<p>{{ _('Another').format(x) }} {{ _("One") }}</p>""",
			{"Another", "One"},
		),
		(
			"mentor_ispe/public/js/some.js",
			"""const a = __("First", [x]) + __('Second');\n// __("Not this")\nb.find("nor", "this");
			html`<a title="${__("Third {0}", [x])}">${__("Fourth")}</a>`""",
			{"First", "Second", "Third {0}", "Fourth"},
		),
		(
			"doctype/some/some.json",
			'{"name": "Some", "fields": [{"label": "Format"}, {"label": "Own words"}]}',
			{"Some", "Some:Format", "Own words"},
		),
	],
)
def test_texts_are_found(tmp_path, monkeypatch, name, code, found):
	pytest.importorskip("frappe", reason="its extractors find the texts")
	monkeypatch.setattr(catalogs, "APP", tmp_path / "app")
	file = tmp_path / name
	file.parent.mkdir(parents=True, exist_ok=True)
	file.write_text(code)
	said = {
		f"{message.context}:{message.id}" if message.context else message.id for message in catalogs.extract()
	}
	assert said - {""} == found


SCRIPTS = sorted(
	file for file in catalogs.APP.rglob("*.js") if not {"dist", "node_modules"} & set(file.parts)
)


def test_no_script_puts_a_text_together_before_it_is_looked_up():
	"""In Python ruff says so (INT001 to INT003)."""
	assert PUT_TOGETHER.search('x = __("a" + b)')
	assert PUT_TOGETHER.search("x = __(`a ${b}`)")
	assert not PUT_TOGETHER.search('x = __("a {0}", [b]) + c')
	assert not {
		file.name: PUT_TOGETHER.findall(code)
		for file in SCRIPTS
		if PUT_TOGETHER.search(code := file.read_text())
	}


@pytest.mark.parametrize(
	"template",
	sorted(page for folder in PAGES for page in (catalogs.APP / folder).rglob("*.html")),
	ids=lambda page: page.relative_to(catalogs.APP).as_posix(),
)
def test_no_page_says_something_that_cannot_be_translated(template: Path):
	markup = JINJA.sub("", NOT_READ.sub("", template.read_text(encoding="utf-8")))
	bare = [*READ_ATTRIBUTE.findall(markup), *TAG_OR_ENTITY.sub("\n", markup).splitlines()]
	assert not [words.strip() for words in bare if WORD.search(words)]
