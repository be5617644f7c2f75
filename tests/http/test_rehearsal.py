"""What is asked beforehand leaves nothing behind in a request of its own, and holds up nobody who acts."""

from __future__ import annotations

from functools import partial

import frappe

from tests import factories as make
from tests.http.client import at_once

REHEARSE = "/api/method/mentor_ispe.api.rehearsal.rehearse"
APPROVE = "mentor_ispe.api.coordinator.approve"


def test_asking_changes_nothing_while_others_act(coordinator, site):
	make.use_membership_roll()
	cycle = make.make_cycle().name
	names = [make.make_mentee(cycle, approved=False).name for _ in range(4)]
	frappe.db.commit()
	told = {"template": "Mentoring: Application Approved", "reference_name": ("in", names)}
	args = {"doctype": "Mentee", "names": names, "note": ""}

	question = {"method": "coordinator.approve", "args": args}
	asked = coordinator.post(REHEARSE, question)
	assert asked.status == 200, asked.text[:1000]
	assert [len(mail["people"]) for mail in asked.result["mails"]] == [4]
	frappe.db.rollback()
	assert frappe.db.count("Mentoring Notice", told) == 0
	assert set(frappe.get_all("Mentee", {"name": ("in", names)}, pluck="status")) == {"Applied"}

	calls = [partial(coordinator.post, REHEARSE, question)] * 2
	*answers, done = at_once([*calls, partial(coordinator.call, APPROVE, **args)])
	assert {answer.status for answer in (*answers, done)} == {200}
	assert len(done.result["done"]) == 4
	frappe.db.rollback()
	assert frappe.db.count("Mentoring Notice", told) == 4
	assert set(frappe.get_all("Mentee", {"name": ("in", names)}, pluck="status")) == {"Approved"}
