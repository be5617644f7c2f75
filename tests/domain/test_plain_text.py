"""Mails as plain text: lines, addresses on their own, nothing escaped."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.plain_text import plain_text

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


@given(st.text(max_size=300))
def test_whatever_staff_write_becomes_some_text(html):
	assert not re.search(r"\n{3}|\v", plain_text(html))
