"""Each mail is whole where it is declared, has its German, and stands in docs/mails.md."""

from __future__ import annotations

import re

import pytest

from mentor_ispe.mails.__main__ import PAGE, page
from mentor_ispe.mails.default_templates import MAILS, PREFIX, DefaultTemplate
from mentor_ispe.mails.definition import DESK_FORM, WORDINGS, MailDefinition, define_mail
from mentor_ispe.mails.wordings.labels import LABELS
from mentor_ispe.mails.wordings.pieces import Piece, original_of

EVERYWHERE = {"recipient_name", "first_name", "portal_url", "site_name"}
# German calls people by their whole name.
CALLED = {"recipient_name", "first_name"}
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
LINK = re.compile(r"href=\"[^\"]*\"")


def test_the_page_is_current():
	text = PAGE.read_text(encoding="utf-8")
	assert page(text) == text, "run python -m mentor_ispe.mails"


@pytest.mark.parametrize("name", list(MAILS))
def test_each_mail_says_to_whom_and_when(name):
	mail = MAILS[name]
	assert name.startswith(PREFIX)
	assert mail.to
	assert mail.when
	assert "en" in mail.wordings, f"write default_templates/en/{mail.file_name}"
	assert len(mail.subject) <= 140, "as long as a subject may be in Frappe"
	names = [field.name for field in mail.fields]
	assert len(names) == len(set(names))
	assert not EVERYWHERE & set(names)
	assert not mail.digest_list or names == [mail.digest_list]


@pytest.mark.parametrize("name", list(MAILS))
def test_each_mail_has_its_german_with_the_same_values(name):
	mail = MAILS[name]
	english, german = mail.wordings["en"], mail.wordings["de"]
	assert values_in(german, mail) - CALLED == values_in(english, mail) - CALLED
	assert LINK.findall(german.response_html) == LINK.findall(english.response_html)


@pytest.mark.parametrize("name", list(MAILS))
def test_no_text_shows_an_address_where_the_button_leads(name):
	for wording in MAILS[name].wordings.values():
		assert "portal_url" not in wording.response_html
		assert not re.search(r">\s*\{\{ \w*(url|link) \}\}", wording.response_html)


@pytest.mark.parametrize("name", [name for name, mail in MAILS.items() if mail.buttons])
def test_each_button_names_what_the_mail_knows(name):
	mail = MAILS[name]
	known = {
		*mail.sample(),
		*EVERYWHERE,
		"name",
		"group_name",
		"is_member",
		"is_staff",
		"renewal_url",
		"answer_url",
	}
	for button in mail.buttons:
		parts = re.findall(r"\{(\w+)\}", button.address)
		named = parts if button.address.startswith("/") else [button.address]
		assert button.words[:1].isupper()
		assert not button.when or button.when in known
		assert button.address == DESK_FORM or set(named) <= known


@pytest.mark.parametrize("name", list(MAILS))
def test_each_mail_can_be_worded_without_code(name):
	for language in MAILS[name].wordings:
		original = original_of(name, language)
		fields = {key for key, piece in original.pieces.items() if piece.is_field}
		used = frozenset().union(*(piece.uses for piece in original.message if isinstance(piece, Piece)))
		assert fields <= LABELS.keys(), "name the new ones in mails/wordings/labels.py"
		assert used >= set(MAILS[name].needed)
		for words in (each for each in original.message if isinstance(each, str)):
			assert words.count("<") == words.count(">"), (
				"a field within a tag: put the whole tag into {% if … %}"
			)


def test_no_wording_is_left_over():
	files = {mail.file_name for mail in MAILS.values()}
	assert not {path.name for path in WORDINGS.glob("*/*.html")} - files


def test_two_mails_of_one_name_are_refused():
	with pytest.raises(ValueError, match="Two mails are called"):
		define_mail("Match Proposed", to="x", when="x")


def values_in(wording: DefaultTemplate, mail: MailDefinition) -> set[str]:
	"""The values of the mail that its subject and its text use."""
	code = " ".join(CODE.findall(f"{wording.subject}\n{wording.response_html}"))
	names = set(re.findall(r"[A-Za-z_]\w*", STRING.sub("", code)))
	return names & {*mail.sample(), *EVERYWHERE}
