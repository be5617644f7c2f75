"""Every endpoint of the API is typed: what doesn't fit is refused in words, never an error of the server."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from tests.http.client import COORDINATOR_API
from tests.http.endpoints import ENDPOINTS, STAFF_ENDPOINTS
from tests.http.people import make_member

ASKING = {
	path: function
	for path, function in ENDPOINTS.items()
	if any(value.default is value.empty for value in inspect.signature(function).parameters.values())
}


@pytest.fixture(scope="module")
def member(site, keyed):
	_, user = make_member()
	return keyed(user)


@pytest.mark.parametrize("path", ENDPOINTS)
def test_endpoint_has_types_and_says_what_it_does(path):
	function = ENDPOINTS[path]
	parameters = inspect.signature(function).parameters.values()
	assert all(value.annotation is not value.empty for value in parameters)
	assert not any(isinstance(value.annotation, str) for value in parameters), "Frappe skips postponed types"
	assert function.__doc__


@pytest.mark.parametrize("path", ASKING)
def test_a_request_without_its_parameters_is_refused(coordinator, member, path):
	refused = (coordinator if path in STAFF_ENDPOINTS else member).call(path)
	assert refused.status in (417, 422), (refused.status, refused.text[:1000])


@pytest.mark.parametrize("path", ASKING)
def test_a_request_with_values_of_another_type_is_refused(coordinator, member, path):
	wrong = {name: {"not": ["what", 5]} for name in inspect.signature(ASKING[path]).parameters}
	refused = (coordinator if path in STAFF_ENDPOINTS else member).call(path, **wrong)
	assert refused.status in (403, 404, 417, 422), (refused.status, refused.text[:1000])


def test_lists_come_as_json_or_as_text(coordinator):
	for names in (["nobody", "no-one"], '["nobody", "no-one"]'):
		answered = coordinator.call(f"{COORDINATOR_API}.approve", doctype="Mentee", names=names)
		assert [row["name"] for row in answered.result["refused"]] == ["nobody", "no-one"]


def test_every_endpoint_is_documented():
	text = (Path(__file__).parents[2] / "docs" / "http-api.md").read_text()
	undocumented = {
		path
		for path, function in ENDPOINTS.items()
		for name in (path.rpartition(".")[2], *inspect.signature(function).parameters)
		if f"`{name}`" not in text and path not in text
	}
	assert not undocumented
