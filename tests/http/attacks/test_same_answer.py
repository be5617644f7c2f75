"""What isn't there and what is somebody else's are answered alike: nobody finds out names by asking."""

from __future__ import annotations

from inspect import signature

import frappe
import pytest

from mentor_ispe.api.endpoint import every_endpoint
from mentor_ispe.permissions.gate import MEMBER, SIGNED_IN
from mentor_ispe.services.sessions import action_items
from tests.http.client import Answer, Client
from tests.http.people import make_member

# What makes an endpoint go on as far as the record that is asked for.
FIT = {
	"starts_on": "2031-01-01 10:00:00",
	"said": "Yes",
	"values": {},
	"kind": "Something Else",
	"status": "Done",
	"role": "Mentee",
	"times": 2,
	"step": 1,
	"doctype": "Mentee",
	"application_doctype": "Mentee",
	"reason": "some words",
	"words": "some words",
}
NAMES = ("group", "session", "item", "feedback", "request", "name")
# The same person may be asked about in these, so "name" isn't a record of one kind.
ASKED = sorted(
	path
	for path, declared in every_endpoint().items()
	if declared.audience in (MEMBER, SIGNED_IN) and set(NAMES) & set(signature(declared.function).parameters)
)


@pytest.fixture(scope="module")
def there(groups) -> dict[str, str]:
	"""A record of Ana's group for each name."""
	session = groups.records["Mentoring Session"]
	(item,) = action_items.add(session, groups.profiles["ana"], [{"words": "Read on"}])
	frappe.db.commit()
	return {
		"group": groups.mine.group,
		"session": session,
		"item": item,
		"feedback": groups.records["Mentoring Feedback"],
		"request": session,
		"name": groups.records["Mentee"],
	}


@pytest.fixture(scope="module")
def stranger(groups, keyed) -> Client:
	return keyed(make_member()[1])


def asked(client: Client, path: str, names: dict[str, str]) -> Answer:
	parameters = signature(every_endpoint()[path].function).parameters
	return client.call(path, **{name: names.get(name, FIT.get(name, "x")) for name in parameters})


@pytest.mark.parametrize("path", ASKED)
def test_a_member_asks_whether_there_is_such_a_record(there, stranger, path):
	of_others = asked(stranger, path, there)
	of_nobody = asked(stranger, path, dict.fromkeys(NAMES, "nobodys000"))
	assert not of_others.ok
	assert (of_others.status, of_others.error, of_others.words) == (
		of_nobody.status,
		of_nobody.error,
		of_nobody.words,
	)
