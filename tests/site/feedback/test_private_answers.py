"""What is said to the coordinators only lies in a record of its own, also what was said before there was one."""

from __future__ import annotations

import frappe
import pytest
from frappe.database.schema import add_column

from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.private_answers import NOTHING, PRIVATE_ANSWER, stored
from mentor_ispe.patches import move_private_answers
from mentor_ispe.patches.move_private_answers import MOVED
from mentor_ispe.services.feedback import commands as feedback
from tests import factories as make
from tests.site.feedback.groups import start_group
from tests.site.permissions.records import store

FEEDBACK = "Mentoring Feedback"
SAID = {"going": "Needs Attention", "staff_rating": 0.4, "staff_comment": "In private"}


@pytest.fixture
def pair(site):
	make.use_membership_roll()
	return start_group()


def records_of(feedback: str) -> list:
	fields = ["profile", "kind", "cycle", "mentoring_group", "going", "rating", "comment"]
	return frappe.get_all(PRIVATE_ANSWER, {"feedback": feedback}, fields, as_list=True)


def test_private_words_are_not_in_the_feedback(pair):
	given = feedback.give(pair.mentor, {"comment": "Fine", **SAID}, kind="Check-in", group=pair.name)
	assert records_of(given.name) == (
		(pair.mentor, "Check-in", pair.cycle, pair.name, "Needs Attention", 0.4, "In private"),
	)
	stored_feedback = frappe.get_doc(FEEDBACK, given.name)
	assert not set(SAID) & {df.fieldname for df in stored_feedback.meta.fields}
	assert "In private" not in frappe.as_json(stored_feedback.as_dict())


def test_changing_one_of_them_keeps_the_others(pair):
	given = feedback.give(pair.mentor, {"comment": "Fine", **SAID}, kind="Check-in", group=pair.name)
	feedback.change(pair.mentor, given.name, {"staff_comment": "Better now", "rating": 0.8})
	assert stored(given.name) == {**SAID, "staff_comment": "Better now"}
	feedback.change(pair.mentor, given.name, {"going": "", "staff_rating": 0, "staff_comment": ""})
	assert not records_of(given.name)
	assert frappe.db.get_value(FEEDBACK, given.name, "rating") == 0.8


def test_private_words_alone_are_an_answer(pair):
	given = feedback.give(pair.mentor, {"staff_comment": "Only this"}, kind="Check-in", group=pair.name)
	assert stored(given.name)["staff_comment"] == "Only this"
	# Saved once more by anything else, it still says something.
	frappe.get_doc(FEEDBACK, given.name).save(ignore_permissions=True)
	assert stored(given.name)["staff_comment"] == "Only this"


def test_how_it_is_going_is_said_of_a_group_only(pair):
	given = feedback.give(pair.mentor, {"comment": "Well", **SAID}, kind="Program", cycle=pair.cycle)
	assert stored(given.name) == {**SAID, "going": ""}


@pytest.fixture(scope="module")
def old_columns(site):
	"""The columns that the feedback had before; a site that was upgraded still has them."""
	types = {"going": "Data", "staff_rating": "Rating", "staff_comment": "Text"}
	added = [column for column in MOVED if not frappe.db.has_column(FEEDBACK, column)]
	for column in added:
		add_column(FEEDBACK, column, types[column])
	_forget_columns()
	yield
	frappe.db.rollback()
	for column in added:
		frappe.db.sql_ddl(f"alter table `tab{FEEDBACK}` drop column `{column}`")
	_forget_columns()


def _forget_columns() -> None:
	frappe.cache.delete_value("table_columns")
	frappe.client_cache.delete_value(f"table_columns::tab{FEEDBACK}") if hasattr(
		frappe, "client_cache"
	) else None


def test_the_patch_moves_what_was_said_and_loses_nothing_when_it_runs_twice(old_columns, pair):
	table = frappe.qb.DocType(FEEDBACK)
	said = {
		"everything": dict(SAID),
		"going alone": {"going": "Not Working"},
		"stars alone": {"staff_rating": 0.2},
		"words alone": {"staff_comment": "Quietly"},
		"nothing": {},
	}
	for name, values in said.items():
		store(
			FEEDBACK,
			name=name,
			profile=pair.mentor,
			kind="Check-in",
			cycle=pair.cycle,
			mentoring_group=pair.name,
			comment="Fine",
		)
		query = frappe.qb.update(table).where(table.name == name)
		for column, value in values.items():
			query = query.set(table[column], value)
		if values:
			query.run()
	given = feedback.give(
		pair.mentor, {"comment": "New", "staff_comment": "New words"}, kind="Program", cycle=pair.cycle
	)
	for _times in range(2):
		move_private_answers.execute()
		for name, values in said.items():
			assert stored(name) == {**NOTHING, **values}
			assert len(records_of(name)) == bool(values)
		assert stored(given.name)["staff_comment"] == "New words"
	left = frappe.qb.from_(table).select(*(table[column] for column in MOVED)).where(table.name.isin([*said]))
	assert not any(going or stars or words for going, stars, words in left.run())
	moved = frappe.get_value(PRIVATE_ANSWER, {"feedback": "everything"}, ["owner", "creation", "kind"])
	assert (moved[0], str(moved[1]), moved[2]) == ("Administrator", "2031-01-01 00:00:00", "Check-in")


def test_what_is_private_is_not_versioned_and_no_title(site):
	for doctype in (FEEDBACK, PRIVATE_ANSWER, "Mentoring Concern"):
		assert not frappe.get_meta(doctype).track_changes
	meta = frappe.get_meta(PRIVATE_ANSWER)
	assert (meta.title_field, meta.search_fields, meta.autoname) == ("kind", None, "hash")
