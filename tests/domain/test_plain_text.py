"""Mails as plain text: lines, addresses on their own, nothing escaped."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.plain_text import editor_text, plain_text

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
	("html", "text"),
	[
		("<p>Hi Joana,</p>\n<p>You have a match.</p>", "Hi Joana,\n\nYou have a match."),
		("<ul>\n<li>One</li>\n<li>Two</li></ul>", "- One\n- Two"),
		("<p>New_York, *4:00* PM # 1.</p>", "New_York, *4:00* PM # 1."),
		("<p>See <a href='https://a.example/x'>the page</a>.</p>", "See the page:\nhttps://a.example/x"),
		(
			"<p>See <a href='https://a.example/x'>the page</a>, or ask.</p>",
			"See the page:\nhttps://a.example/x\nor ask.",
		),
		(
			"<ul><li><a href='https://a.example'>A</a></li><li>B</li></ul>",
			"- A:\nhttps://a.example\n- B",
		),
		("<a href='mailto:a@example.org'>a@example.org</a>", "a@example.org"),
		("<a href='mailto:a@example.org'>Ada</a>", "Ada:\na@example.org"),
		("<p>A<br>B &amp; &lt;C&gt;</p>", "A\nB & <C>"),
		("<div style='white-space: pre-line'>One\nTwo</div>", "One\nTwo"),
		("<p>One\nTwo</p>", "One Two"),
		("<style>p { color: red }</style><p>Seen</p>", "Seen"),
		("<img alt='Meetings by month' src='x.png'>", "Meetings by month"),
		("<table><tr><td>3</td><td>Applications</td></tr></table>", "3 Applications"),
		("<table><tr><th>Now</th><th>Before</th></tr></table>", "Now Before"),
		("", ""),
	],
)
def test_what_each_tag_becomes(html, text):
	assert plain_text(html) == text


def test_a_quotation_is_marked_on_each_line():
	assert "> One\n> Two" in plain_text("<blockquote>One<br>Two</blockquote>")


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_words_come_out_as_they_went_in(words):
	html = "".join(f"<p>{escape(word)}</p>" for word in words)
	assert plain_text(html).split("\n\n") == words


@pytest.mark.parametrize(
	("html", "text"),
	[
		("<p>One</p><p>Two</p>", "One\nTwo"),
		("<div class='ql-editor read-mode'><p>One</p><p><br></p><p>Two</p></div>", "One\n\nTwo"),
		("<p>Read</p><ol><li>One</li><li>Two</li></ol><p>Then</p>", "Read\n- One\n- Two\nThen"),
		("<p>A<br>B &amp; &lt;C&gt;</p>", "A\nB & <C>"),
		("One &amp; two\nthree", "One & two\nthree"),
		(None, ""),
	],
)
def test_a_text_of_an_editor_has_a_line_for_each_paragraph(html, text):
	assert editor_text(html) == text


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_lines_come_out_as_they_went_in(lines):
	assert editor_text("".join(f"<p>{escape(line)}</p>" for line in lines)).split("\n") == lines


@given(st.text(max_size=300))
def test_whatever_staff_write_becomes_some_text(html):
	assert not re.search(r"\n{3}|\v", plain_text(html))
