"""Titles by the names of records, each test named by the attack."""

from __future__ import annotations

import pytest

TITLE = "frappe.desk.search.get_link_title"


@pytest.mark.parametrize("who", ["ben", "dan", "committee", "guest"])
def test_c4_title_of_a_record_is_asked_by_its_name(groups, coordinator, committee, guest, who):
	client = {"committee": committee, "guest": guest}.get(who) or getattr(groups, who)
	for doctype in ("Mentoring Profile", "Mentoring Group", "Mentee", "Mentor"):
		name = groups.records[doctype]
		shown = coordinator.call(TITLE, doctype=doctype, docname=name).result
		assert shown != name
		assert shown not in client.call(TITLE, doctype=doctype, docname=name).text
