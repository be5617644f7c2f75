"""The table entry point × rule once more, over HTTP: with the routing, the transactions and the words of a request."""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import pytest

from tests.http.client import Answer, Client
from tests.http.people import make_password, make_staff
from tests.http.rounds import look_again
from tests.site.entry_points.cases import CASES, INSERT, ROWS, STATUS, VALUES, Case, Step
from tests.site.entry_points.entry_points import full_form
from tests.site.entry_points.records import written

EVERYTHING = (INSERT, STATUS, VALUES, ROWS)
UPDATES = (STATUS, VALUES, ROWS)


def rest_v1(client: Client, step: Step) -> Answer:
	path = f"/api/resource/{step.doctype}"
	return (
		client.post(path, step.values)
		if step.name is None
		else client.put(f"{path}/{step.name}", step.values)
	)


def rest_v2(client: Client, step: Step) -> Answer:
	path = f"/api/v2/document/{step.doctype}"
	return (
		client.post(path, step.values)
		if step.name is None
		else client.put(f"{path}/{step.name}", step.values)
	)


def desk_form(client: Client, step: Step) -> Answer:
	form = {"doc": json.dumps(full_form(step)), "action": "Save"}
	return client.request("POST", "/api/method/frappe.desk.form.save.savedocs", data=form)


def client_insert(client: Client, step: Step) -> Answer:
	return client.call("frappe.client.insert", doc=json.dumps({"doctype": step.doctype, **step.values}))


def client_set_value(client: Client, step: Step) -> Answer:
	return client.call(
		"frappe.client.set_value", doctype=step.doctype, name=step.name, fieldname=json.dumps(step.values)
	)


def own_api(client: Client, step: Step) -> Answer:
	method, values = step.api
	return client.call(method, **values)


ENTRY_POINTS: dict[str, tuple[Callable[[Client, Step], Answer], tuple[str, ...]]] = {
	"desk_form": (desk_form, EVERYTHING),
	"rest_v1": (rest_v1, EVERYTHING),
	"rest_v2": (rest_v2, EVERYTHING),
	"client_insert": (client_insert, (INSERT,)),
	"client_set_value": (client_set_value, UPDATES),
	"own_api": (own_api, EVERYTHING),
}
TABLE = [
	pytest.param(name, case, id=f"{name}-{case.rule}-{case.name}")
	for name, (entry_point, kinds) in ENTRY_POINTS.items()
	for case in CASES
	if case.kind in kinds and (entry_point is not own_api or case.in_api)
]


@pytest.fixture(scope="module")
def browser(site, base_url) -> Client:
	"""A coordinator at the Desk, signed in with a password."""
	user = make_staff("Mentoring Coordinator")
	return Client(base_url).log_in(user, make_password(user))


@pytest.mark.parametrize(("name", "case"), TABLE)
def test_entry_point_keeps_rule(coordinator, browser, name: str, case: Case):
	entry_point, _ = ENTRY_POINTS[name]
	client = browser if name == "desk_form" else coordinator
	look_again()
	step = case.make()
	frappe.db.commit()
	before = written(step.cycle)

	refused = entry_point(client, step)
	assert refused.status == 417, refused.text[:2000]
	assert step.words in refused.words
	look_again()
	assert written(step.cycle) == before

	kept = step.keep() or step
	frappe.db.commit()
	before = written(kept.cycle)
	accepted = entry_point(client, kept)
	assert accepted.ok, accepted.text[:2000]
	look_again()
	assert written(kept.cycle) != before
