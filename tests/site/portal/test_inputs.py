"""What a request says is checked by the types of the endpoint, down to the fields of what it saves."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from mentor_ispe.api import goals, inputs, member, sessions
from mentor_ispe.api.endpoint import ENDPOINTS
from mentor_ispe.exceptions import RuleViolation


def arguments(module, name: str, **given):
	return inputs.arguments(ENDPOINTS[f"{module.__name__}.{name}"].function, given)


@pytest.mark.parametrize(
	"typed",
	[
		*("0000-00-00", "2027-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "1899-12-31", "2200-01-01"),
		*(
			"2027-01-31T10:00:00+02:00",
			"2027-01-31 25:00",
			"tomorrow",
			"31.01.2027",
			"\u0662\u0660\u0662\u0667-01-31x",
		),
		*(5, True, ["2027-01-31"], {"on": "2027-01-31"}),
	],
)
def test_a_moment_that_calendars_dont_know_is_refused_by_its_field(site, typed):
	with pytest.raises(RuleViolation, match=r"starts on.*YYYY-MM-DD HH:MM"):
		arguments(sessions, "plan", group="x", starts_on=typed)
	with pytest.raises(RuleViolation, match=r"due on.*YYYY-MM-DD"):
		arguments(goals, "save_goal", values={"steps": [{"step": "Begin", "due_on": typed}]})


@pytest.mark.parametrize("typed", ["", None])
def test_no_moment_is_none(site, typed):
	found = arguments(sessions, "plan", group="x", starts_on=typed, values={"starts_on": typed})
	assert found == {"group": "x", "starts_on": None, "values": {"starts_on": None}}


def test_days_and_moments_arrive_as_what_they_are(site):
	assert arguments(sessions, "plan", group="x", starts_on="2027-01-31 17:00")["starts_on"] == datetime(
		2027, 1, 31, 17
	)
	found = arguments(goals, "save_goal", values='{"target_date": "2027-01-31", "shared": true}')
	assert found["values"] == {"target_date": date(2027, 1, 31), "shared": 1}


@pytest.mark.parametrize(
	"values",
	[
		{"languages": "de"},
		{"languages": "x" * 19_000},
		{"languages": ["x" * 141]},
		{"topics": [f"topic {number}" for number in range(51)]},
		{"city": 5},
		{"city": ["Basel"]},
		{"city": "\ud800"},
		["city"],
		"city",
	],
)
def test_m7_what_isnt_a_profile_is_refused(site, values):
	with pytest.raises(RuleViolation):
		arguments(member, "save_profile", values=values)


def test_a_field_that_isnt_known_is_left_to_the_service_to_refuse(site):
	assert arguments(member, "save_profile", values={"user": "x"}) == {"values": {"user": "x"}}
