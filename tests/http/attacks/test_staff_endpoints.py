"""What is for staff: every endpoint that says so asks who is calling before it looks at anything they sent."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mentor_ispe.api.endpoint import every_endpoint
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from tests.http.client import Client

STAFF = sorted(path for path, each in every_endpoint().items() if not each.audience.limited)
COORDINATORS = sorted(path for path in STAFF if every_endpoint()[path].audience is COORDINATOR_ONLY)
DESK = "mentor_ispe.api.desk"


def test_there_are_endpoints_for_staff():
	assert {f"{DESK}.session_clocks", f"{DESK}.proposed_session"} <= set(COORDINATORS)
	assert len(STAFF) > 60


@pytest.mark.parametrize("path", STAFF)
def test_m4_a_member_an_outsider_and_a_guest_are_refused(
	path: str, member: SimpleNamespace, outsider: SimpleNamespace, guest: Client
):
	for client in (member.client, outsider.client, guest):
		for refused in (
			client.call(path),
			client.call(path, group="any", name="any", starts_on="2031-01-01 09:00:00"),
		):
			assert refused.status in (401, 403), (refused.status, refused.text[:500])


@pytest.mark.parametrize("path", COORDINATORS)
def test_m4_the_committee_is_refused(path: str, committee: Client):
	assert committee.call(path).status == 403
