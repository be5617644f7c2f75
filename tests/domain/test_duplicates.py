"""Records that may be one person's: what is found, what isn't, and that it stays quick with very many."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import duplicates
from mentor_ispe.domain.duplicates import (
	CERTAIN,
	LIKELY,
	POSSIBLE,
	DuplicateIndex,
	KnownPerson,
	plain_address,
	plain_name,
	plain_phone,
)

BORN = date(1984, 5, 17)


def found(*people: KnownPerson) -> list[tuple[str, tuple[str, ...]]]:
	pairs = sorted(DuplicateIndex(people).pairs(), key=lambda each: -each.score)
	return [(each.level, tuple(reason.code for reason in each.reasons)) for each in pairs]


def person(key: str, name: str, *addresses: str, **values) -> KnownPerson:
	return KnownPerson(key, name, addresses, **values)


@pytest.mark.parametrize(
	("one", "other", "level"),
	[
		(
			person("a", "Mara Lindqvist", born=BORN),
			person("b", "Lindqvist, Mara", born=BORN),
			CERTAIN,
		),
		(
			person("a", "Jürgen Müller", "juergen.mueller@gmail.com"),
			person("b", "Jurgen Mueller", "JurgenMuller+mentor@googlemail.com"),
			CERTAIN,
		),
		(
			person("a", "Tom Okafor", phones=("+49 170 1234567",)),
			person("b", "Dr. Tom Okafor", phones=("0170/123 45 67",)),
			CERTAIN,
		),
		(
			person("a", "Mara Lindqvist", records=(("Member", "M-1"),)),
			person("b", "Mara Okafor", records=(("Member", "M-1"),)),
			POSSIBLE,
		),
		(
			person("a", "Anna Maria Schmidt", employer="Pfizer, Inc."),
			person("b", "Anna Schmidt", employer="PFIZER"),
			POSSIBLE,
		),
		(
			person("a", "Catherine Schmidt", employer="Pfizer"),
			person("b", "Catherin Schmidt", employer="Pfizer"),
			POSSIBLE,
		),
		(person("a", "Tom Okafor", employer="Pfizer"), person("b", "Okafor, Tom", employer="pfizer"), LIKELY),
		(person("a", "Sam Ade", "sam+a@example.org"), person("b", "Kim Roe", "sam@example.org"), POSSIBLE),
		(person("a", "Sigrid Undset"), person("b", "Sigrid Undset", employer="Pfizer"), POSSIBLE),
	],
)
def test_who_may_be_one_person(one, other, level):
	assert [each[0] for each in found(one, other)] == [level]
	assert [each[0] for each in found(other, one)] == [level]


@pytest.mark.parametrize(
	("one", "other"),
	[
		(person("a", "Mara Lindqvist", "a@example.org"), person("b", "Tom Okafor", "b@example.org")),
		# Father and son.
		(
			person("a", "Karl Roe", born=BORN, employer="Pfizer"),
			person("b", "Karl Roe", born=date(2009, 1, 1), employer="Pfizer"),
		),
		# A household, or a switchboard.
		(person("a", "Mara Roe", phones=("5551234567",)), person("b", "Tom Ade", phones=("5551234567",))),
		(person("a", "Karl Roe", employer="Pfizer"), person("b", "Karl Roe", employer="Novartis")),
		(person("a", "", "a@example.org"), person("b", "", "b@example.org")),
	],
)
def test_who_is_not_taken_for_another(one, other):
	assert not found(one, other)


def test_a_common_name_by_itself_says_nothing():
	many = [person(f"p{number}", "Anna Schmidt", f"p{number}@example.org") for number in range(5)]
	assert not found(*many)


def test_the_reasons_can_be_read():
	one = person("a", "Jürgen Müller", "J.Mueller@gmail.com", employer="Pfizer")
	other = person("b", "Jürgen Müller", "jmueller+x@gmail.com", employer="Pfizer")
	[duplicate] = DuplicateIndex([one, other]).pairs()
	assert [str(reason) for reason in duplicate.reasons] == [
		"Their email addresses reach the same mailbox: J.Mueller@gmail.com, jmueller+x@gmail.com.",
		"They have the same name: Jürgen Müller.",
		"Both work at Pfizer.",
	]


def test_somebody_who_is_not_there_yet_is_looked_for():
	index = DuplicateIndex([person("a", "Mara Lindqvist", "mara@example.org"), person("b", "Tom Okafor")])
	[duplicate] = index.like(person("", "Mara Lindqvist", "mara+new@example.org"))
	assert (duplicate.first, duplicate.second) == ("", "a")
	assert not index.like(person("", "Kim Roe", "kim@example.org"))


NAMES = st.text(st.characters(categories=["L", "M", "Zs", "Pd", "Po", "Nd"]), max_size=30)


@given(NAMES)
def test_names_are_alike_however_unicode_composes_them_and_in_any_order(name):
	for form in ("NFC", "NFD"):
		assert plain_name(unicodedata.normalize(form, name)) == plain_name(name)
	assert plain_name(" ".join(reversed(name.split()))) == plain_name(name)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_taken(one, other):
	people = [
		KnownPerson("a", one, (other,), (one,), employer=other),
		KnownPerson("b", other, (one,), (other,), employer=one),
	]
	list(DuplicateIndex(people).pairs())
	assert "+" not in plain_address(one).partition("@")[0]
	assert len(plain_phone(one)) <= 9


@given(
	st.lists(
		st.tuples(
			st.sampled_from(["Mara Roe", "Tom Ade", "Kim Lee", "Mara Roh"]),
			st.sampled_from(["x@example.org", "x+1@example.org", "y@example.org"]),
			st.sampled_from(["Pfizer", "Novartis", ""]),
		),
		max_size=12,
	)
)
def test_nobody_is_lost_and_no_pair_comes_twice(rows):
	people = [person(f"p{n:02}", name, mail, employer=works) for n, (name, mail, works) in enumerate(rows)]
	index = DuplicateIndex(people)
	pairs = [(each.first, each.second) for each in index.pairs()]
	assert len(pairs) == len(set(pairs))
	for each in people:  # asked about one by one, the answer is the same
		others = {other for pair in pairs if each.key in pair for other in pair} - {each.key}
		assert {duplicate.second for duplicate in index.like(each)} == others


@pytest.mark.parametrize("shared", ["name", "employer", "born", "phone"])
def test_the_cost_grows_with_the_people_not_with_its_square(monkeypatch, shared):
	"""Comparisons are counted, not timed; everybody shares one thing, the worst case."""
	compared = 0
	judge = duplicates.judge

	def counting(*args):
		nonlocal compared
		compared += 1
		return judge(*args)

	monkeypatch.setattr(duplicates, "judge", counting)
	people = [
		KnownPerson(
			f"p{number}",
			"Anna Schmidt" if shared == "name" else f"Anna {number:05}",
			phones=("5551234567",) if shared == "phone" else (),
			born=BORN if shared == "born" else None,
			employer="Pfizer" if shared == "employer" else "",
		)
		for number in range(2_000)
	]
	list(DuplicateIndex(people).pairs())
	assert compared <= len(people) * 2 * (duplicates.WIDEST + 1)
