"""Another system loads the membership roll over HTTP with an API key."""

from __future__ import annotations

from functools import partial

import frappe
import pytest

from mentor_ispe.membership.roll import ENTRY
from mentor_ispe.membership.status import standings
from mentor_ispe.roles import COORDINATOR
from tests import factories as make
from tests.http.client import at_once
from tests.http.people import make_member, make_staff

UPSERT = "mentor_ispe.api.roll.upsert"


def make_rows(prefix: str, numbers: range, **values) -> list[dict]:
	return [
		{
			"member_number": f"{prefix}-{number:05}",
			"full_name": f"Member {number}",
			"email": f"{prefix}-{number}@example.org",
			"membership_type": "Full",
			"from_date": "2026-01-01",
			"to_date": "2027-12-31",
		}
		| values
		for number in numbers
	]


def counts(answer) -> tuple[int, int, int]:
	assert answer.status == 200, answer.text[:500]
	return tuple(answer.result[name] for name in ("inserted", "updated", "unchanged"))


def stored(prefix: str) -> int:
	frappe.db.rollback()
	return frappe.db.count(ENTRY, {"name": ("like", f"{prefix}-%")})


@pytest.fixture(scope="module")
def loader(keyed):
	"""The other system, signed in as a coordinator by API key."""
	return keyed(make_staff(COORDINATOR))


@pytest.fixture
def prefix() -> str:
	return frappe.generate_hash(length=8)


def test_20_000_members_in_four_calls_and_again_with_a_few_changes(loader, prefix):
	parts = [range(start, start + 5000) for start in range(0, 20_000, 5000)]
	for numbers in parts:
		assert counts(loader.call(UPSERT, rows=make_rows(prefix, numbers))) == (5000, 0, 0)
	assert stored(prefix) == 20_000
	for numbers in parts:
		rows = make_rows(prefix, numbers)
		for row in rows[:100]:
			row["to_date"] = "2028-12-31"
		assert counts(loader.call(UPSERT, rows=rows)) == (0, 100, 4900)
	assert stored(prefix) == 20_000


def test_loaded_members_are_members_at_once(loader, prefix):
	profile = make.make_profile(member=False)
	frappe.db.commit()
	row = make_rows(prefix, range(1), email=profile.email.upper(), to_date=None)[0]
	assert counts(loader.call(UPSERT, rows=[row])) == (1, 0, 0)
	frappe.db.rollback()
	assert standings([profile.name])[profile.name].state == "Active"


def test_wrong_rows_are_named_and_nothing_is_written(loader, prefix):
	rows = make_rows(prefix, range(4))
	rows[1]["email"] = "nonsense"
	rows[3] |= {"from_date": "2027-12-31", "to_date": "2027-01-01", "colour": "blue"}
	answer = loader.call(UPSERT, rows=rows)
	assert answer.status == 422
	assert [error["row"] for error in answer.result["errors"]] == [2, 4]
	assert answer.result["errors"][0]["messages"] == ["nonsense is not an email address."]
	assert len(answer.result["errors"][1]["messages"]) == 2
	assert answer.result["inserted"] == 0
	assert stored(prefix) == 0


def test_more_rows_than_one_call_takes_are_refused_in_words(loader, prefix):
	answer = loader.call(UPSERT, rows=make_rows(prefix, range(5001)))
	assert answer.status == 413
	assert "You sent 5001 rows. Send at most 5000 at a time." in answer.text
	assert stored(prefix) == 0


@pytest.mark.parametrize("rows", ["nonsense", {"member_number": "1"}, 5, None])
def test_something_that_is_no_list_is_refused(loader, rows):
	answer = loader.call(UPSERT, rows=rows)
	assert 400 <= answer.status < 500


def test_rows_of_nonsense_are_refused_row_by_row(loader):
	answer = loader.call(UPSERT, rows=[None, "x", ["y"], {}])
	assert answer.status == 422
	assert [error["row"] for error in answer.result["errors"]] == [1, 2, 3, 4]


def test_the_same_members_loaded_by_six_at_the_same_moment_are_there_once(loader, prefix):
	rows = make_rows(prefix, range(500))
	answers = at_once([partial(loader.call, UPSERT, rows=rows)] * 6)
	assert all(answer.status == 200 for answer in answers), [answer.text[:300] for answer in answers]
	assert sum(answer.result["inserted"] for answer in answers) == 500
	assert stored(prefix) == 500


def test_members_and_guests_load_nothing(keyed, guest, prefix):
	_profile, user = make_member()
	for client in (keyed(user), guest):
		assert client.call(UPSERT, rows=make_rows(prefix, range(1))).status == 403
	assert stored(prefix) == 0


def test_the_roll_is_not_loaded_by_a_link(loader):
	assert loader.get(f"/api/method/{UPSERT}", rows="[]").status in (403, 405)


def test_one_entry_goes_by_the_resource_api_as_well(loader, prefix):
	row = make_rows(prefix, range(1))[0]
	assert loader.post(f"/api/resource/{ENTRY}", row).ok
	assert loader.post(f"/api/resource/{ENTRY}", row).status == 409
	path = f"/api/resource/{ENTRY}/{row['member_number']}"
	assert loader.put(path, {"cancelled": 1}).result["cancelled"] == 1
	refused = loader.put(path, {"to_date": "2020-01-01"})
	assert refused.status == 417
	assert "is before the first" in refused.words
