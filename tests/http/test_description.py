"""The description of the API is valid OpenAPI, has every endpoint, and shows each person what is for them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from openapi_spec_validator import validate

from mentor_ispe.api.description import describe
from mentor_ispe.api.endpoint import every_endpoint
from tests import factories as make
from tests.http.people import make_member

OPENAPI = "mentor_ispe.api.description.openapi"
PREFIX = "/api/method/mentor_ispe.api."


@pytest.fixture(scope="module")
def people(site, keyed, coordinator, committee, guest) -> SimpleNamespace:
	return SimpleNamespace(
		guest=guest,
		outsider=keyed(make.make_user().name),
		member=keyed(make_member()[1]),
		committee=committee,
		coordinator=coordinator,
	)


def paths_of(client) -> set[str]:
	answer = client.get(f"/api/method/{OPENAPI}")
	assert answer.status == 200, answer.text[:1000]
	assert answer.body["openapi"].startswith("3.1")
	return {path.removeprefix(PREFIX) for path in answer.body["paths"]}


def test_description_is_valid_and_has_every_endpoint(site):
	description = describe(every_endpoint())
	validate(description)
	assert len(description["paths"]) == len(every_endpoint()) > 150


def test_everybody_reads_what_is_for_them_and_a_guest_nothing(people):
	assert people.guest.get(f"/api/method/{OPENAPI}").status == 403
	outsider, member, committee, coordinator = (
		paths_of(each) for each in (people.outsider, people.member, people.committee, people.coordinator)
	)
	assert {"public.programs", "member.save_profile", "description.openapi"} <= outsider
	assert "member.accept" not in outsider
	assert "member.accept" in member
	assert not {path for path in member if path.startswith("coordinator.")}
	assert "coordinator.funnel" in committee
	assert "coordinator.open_notes" not in committee
	assert "coordinator.open_notes" in coordinator


def test_an_operation_says_what_is_asked_and_what_may_come_back(site):
	paths = describe(every_endpoint())["paths"]
	sign = paths[f"{PREFIX}member.sign"]["post"]
	body = sign["requestBody"]["content"]["application/json"]["schema"]
	assert body["required"] == ["agreement"]
	assert body["properties"]["agreement"]["type"] == "string"
	assert {"200", "302", "403", "417", "429"} == set(sign["responses"])
	assert sign["summary"].startswith("Sign the published version")
	assert "429" not in paths[f"{PREFIX}coordinator.approve"]["post"]["responses"]
	choices = paths[f"{PREFIX}matching.choices"]["get"]["parameters"]
	assert {each["name"]: each["required"] for each in choices} == {
		"cycle": True,
		"mentee": True,
		"run": False,
		"limit": False,
	}
	assert paths[f"{PREFIX}public.programs"]["get"]["security"] == [{}]
	saved = paths[f"{PREFIX}member.save_profile"]["post"]["responses"]
	assert {"200", "302"} <= set(saved), "a program gets data, the form of a page a page"
