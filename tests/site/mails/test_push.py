"""Notifications beside mails: encrypted for one browser, without private words, and never in the way of the mail."""

from __future__ import annotations

import json
from types import SimpleNamespace

import frappe
import http_ece
import pytest
from frappe.utils.password import set_encrypted_password

from mentor_ispe.domain.push import MOST_DEVICES
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs.mails import send_notification
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import members
from mentor_ispe.mails.push import delivery, planning, site_key
from mentor_ispe.mails.sending import flush
from mentor_ispe.readings.identity import find_person
from mentor_ispe.services.erasure import own_records
from mentor_ispe.services.members import devices, own_data
from tests.factories import make_profile, make_user, unique
from tests.push_service import Browser, PushService, push_service
from tests.site.membership.records import make_email_account
from tests.site.permissions.entry_points import logged_in

DEVICE, NOTICE = "Mentoring Push Device", "Mentoring Notice"


@pytest.fixture(autouse=True)
def outgoing(site):
	make_email_account()
	frappe.db.delete(NOTICE)
	site_key.ensure_key()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
	folder = tmp_path_factory.mktemp("push")
	with push_service(folder) as service:
		yield service, folder / "certificate.pem"


@pytest.fixture
def service(served, monkeypatch) -> PushService:
	"""A push service that the site's configuration allows, with nothing received yet."""
	service, certificate = served
	service.received.clear()
	service.statuses.clear()
	monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
	monkeypatch.setitem(frappe.conf, delivery.SERVICES, [service.host])
	return service


@pytest.fixture
def planned(monkeypatch) -> list[dict]:
	"""What would be enqueued when the transaction is committed."""
	found: list[dict] = []
	monkeypatch.setattr(
		planning,
		"enqueue_each_after_commit",
		lambda method, **values: found.append({"method": method, **values}),
	)
	return found


def turn_on(profile: str, service: PushService, name: str | None = None) -> tuple[Browser, str]:
	"""(the browser, its cookie)"""
	browser = Browser(service.address(name or frappe.generate_hash()))
	return browser, devices.add(profile, **browser.given, user_agent="Android Chrome/126 Safari")


def announce(profile, template: str = members.SEAT_RESTORED, **values) -> None:
	context = {"program": "Circles", "groups": ["Ada and Tom"]}
	assert outbox.enqueue(unique("key"), template, profile=profile.name, context=context, **values)
	assert flush().failed == 0


def has_devices(profile: str) -> int:
	return frappe.db.count(DEVICE, {"profile": profile})


def from_browser(cookie: str) -> None:
	frappe.local.request = SimpleNamespace(cookies={devices.COOKIE: cookie})


def test_a_mail_is_told_on_each_device_and_only_its_browser_reads_it(service, planned):
	profile = make_profile(full_name="Ada Example")
	browsers = [turn_on(profile.name, service, name)[0] for name in ("phone", "laptop")]
	announce(profile)
	(job,) = planned
	assert job.pop("method") == planning.SEND
	assert send_notification(**job) == {"sent": 2, "gone": 0, "failed": 0}
	received = {name: (headers, body) for name, headers, body in service.received}
	for name, browser, other in zip(("phone", "laptop"), browsers, browsers[::-1], strict=True):
		headers, body = received[name]
		told = browser.read(body)
		assert told["path"].startswith("/mentoring")
		assert told["line"] == "View your groups"
		assert not {"Ada", "Tom", "Circles"} & set(json.dumps(told).replace('"', " ").split())
		assert service.is_signed(headers)
		assert headers["TTL"]
		with pytest.raises(http_ece.ECEException):
			other.read(body)


def test_the_person_s_language_is_that_of_the_mail(service, planned):
	profile = make_profile(user=make_user(language="de").name)
	turn_on(profile.name, service)
	announce(profile)
	assert planned[0]["line"] == "Ihre Gruppen ansehen"


def test_there_is_none_where_there_is_no_mail(service, planned):
	profile = make_profile()
	turn_on(profile.name, service)
	frappe.db.set_value("Mentoring Profile", profile.name, "no_mails", 1)
	announce(profile)
	assert planned == []


def test_a_mail_to_another_address_is_told_nowhere(service, planned):
	"""As to the one that a person had before, which may be somebody else's."""
	profile = make_profile()
	turn_on(profile.name, service)
	announce(profile, recipient="former@example.org")
	assert planned == []
	announce(profile, recipient=profile.email.upper())
	assert len(planned) == 1


def test_whoever_turned_nothing_on_costs_nothing(planned):
	announce(make_profile())
	assert planned == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(service, status):
	profile = make_profile()
	turn_on(profile.name, service, "there")
	turn_on(profile.name, service, "gone")
	service.statuses["gone"] = status
	assert delivery.send(profile.name, {"title": "x"}) == {"sent": 1, "gone": 1, "failed": 0}
	assert has_devices(profile.name) == 1


@pytest.mark.parametrize("status", [301, 307, 400, 403, 429, 500])
def test_another_failure_is_none_of_the_mail_and_follows_no_redirect(service, status):
	profile = make_profile()
	turn_on(profile.name, service, "one")
	service.statuses["one"] = status
	assert delivery.send(profile.name, {"title": "x"}) == {"sent": 0, "gone": 0, "failed": 1}
	assert has_devices(profile.name) == 1
	assert service.names() == ["one"]


def test_a_service_that_is_not_there_keeps_no_other_device_from_it(service, monkeypatch):
	profile = make_profile()
	turn_on(profile.name, service)
	monkeypatch.setitem(frappe.conf, delivery.SERVICES, [service.host, "127.0.0.1:1"])
	devices.add(profile.name, **Browser("https://127.0.0.1:1/x").given)
	assert delivery.send(profile.name, {"title": "x"}) == {"sent": 1, "gone": 0, "failed": 1}


def test_an_address_that_is_allowed_no_more_is_not_called(service, monkeypatch):
	profile = make_profile()
	turn_on(profile.name, service)
	monkeypatch.setitem(frappe.conf, delivery.SERVICES, [])
	assert delivery.send(profile.name, {"title": "x"})["sent"] == 0
	assert service.received == []


def test_what_cannot_be_enqueued_leaves_the_mail(service, monkeypatch):
	profile = make_profile()
	turn_on(profile.name, service)

	def fail(*_args, **_options):
		raise ConnectionError

	monkeypatch.setattr(frappe, "enqueue", fail)
	announce(profile)
	frappe.db.after_commit.run()
	assert frappe.db.get_value(NOTICE, {"profile": profile.name}, "status") == "Queued"


@pytest.mark.parametrize("missing", ["package", "key", "encryption_key"])
def test_without_the_package_or_the_key_there_are_none(service, monkeypatch, missing):
	profile = make_profile()
	turn_on(profile.name, service)
	if missing == "package":
		monkeypatch.setattr(site_key, "Vapid", None)
	elif missing == "key":
		site_key.remove_key()
	else:
		monkeypatch.setattr(frappe.utils.password, "get_encryption_key", lambda: "0" * 43 + "=")
	assert site_key.public_key() == ""
	assert delivery.send(profile.name, {"title": "x"}) == {"sent": 0, "gone": 0, "failed": 0}
	with pytest.raises(RuleViolation):
		turn_on(profile.name, service)


def test_the_key_is_made_once_and_a_new_one_asks_everybody_again(service):
	profile = make_profile()
	turn_on(profile.name, service)
	before = site_key.public_key()
	site_key.ensure_key()
	assert site_key.public_key() == before
	assert has_devices(profile.name)
	set_encrypted_password(site_key.SETTINGS, site_key.SETTINGS, "not a key", site_key.FIELD)
	site_key.ensure_key()
	assert site_key.public_key() != before
	assert not has_devices(profile.name)


def test_the_key_is_stored_encrypted_and_in_no_field():
	stored = frappe.qb.Table("__Auth")
	((kept, encrypted),) = (
		frappe.qb.from_(stored)
		.select(stored.password, stored.encrypted)
		.where((stored.doctype == site_key.SETTINGS) & (stored.fieldname == site_key.FIELD))
	).run()
	assert encrypted
	assert len(kept) > 60
	assert not frappe.get_meta(site_key.SETTINGS).has_field(site_key.FIELD)


@pytest.mark.parametrize(
	"given",
	[
		{"address": "https://example.org/push"},
		{"address": "https://127.0.0.1/push"},
		{"address": "http://fcm.googleapis.com/x"},
		{"public_key": "x"},
		{"secret": ""},
	],
)
def test_what_no_browser_would_say_is_refused(service, given):
	profile = make_profile()
	with pytest.raises(RuleViolation, match="can't be sent to this browser"):
		devices.add(profile.name, **{**Browser(service.address("x")).given, **given})
	assert not has_devices(profile.name)


def test_one_person_has_so_many_devices_at_most(service):
	profile = make_profile()
	for _number in range(MOST_DEVICES):
		browser, _cookie = turn_on(profile.name, service)
	with pytest.raises(RuleViolation, match="Remove one first"):
		turn_on(profile.name, service)
	devices.add(profile.name, **browser.given)  # the same one again is no further one
	assert has_devices(profile.name) == MOST_DEVICES


def test_a_browser_is_one_person_s(service):
	one, other = make_profile(), make_profile()
	browser, cookie = turn_on(one.name, service)
	devices.add(other.name, **browser.given)
	assert (has_devices(one.name), has_devices(other.name)) == (0, 1)
	_browser, cookie = turn_on(one.name, service)
	from_browser(cookie)
	turn_on(other.name, service)  # with another address, in the browser that one had turned it on
	assert (has_devices(one.name), has_devices(other.name)) == (0, 2)


def test_nobody_removes_another_s_device(service):
	one, other = make_profile(), make_profile()
	turn_on(one.name, service)
	(device,) = devices.of_person(one.name)
	assert device["device"] == "Chrome on Android"
	devices.remove(other.name, device["name"])
	assert has_devices(one.name)
	devices.remove(one.name, device["name"])
	devices.remove(one.name, device["name"])
	assert not has_devices(one.name)


def test_the_person_sees_which_one_this_is(service):
	profile = make_profile()
	turn_on(profile.name, service)
	_browser, cookie = turn_on(profile.name, service)
	assert [each["here"] for each in devices.of_person(profile.name)] == [False, False]
	from_browser(cookie)
	assert sorted(each["here"] for each in devices.of_person(profile.name)) == [False, True]


def test_another_address_takes_no_devices_along(service):
	profile = make_profile()
	turn_on(profile.name, service)
	profile.update({"email": f"{frappe.generate_hash()}@example.org"}).save()
	assert not has_devices(profile.name)


def test_an_erasure_forgets_devices(service):
	profile = make_profile()
	turn_on(profile.name, service)
	own_records.delete(find_person(profile=profile.name))
	assert not has_devices(profile.name)


def test_the_copy_names_devices_and_tells_no_address(service):
	user = make_user()
	profile = make_profile(user=user.name, email=user.name)
	browser, _cookie = turn_on(profile.name, service)
	with logged_in(user.name):
		text = frappe.as_json(own_data.export_personal_data(profile.name))
	assert "Chrome on Android" in text
	assert not [value for value in browser.given.values() if value in text]


@pytest.mark.parametrize(
	("url", "path"),
	[
		("{site}/mentoring/groups/a%20b?x=1#c", "/mentoring/groups/a%20b?x=1#c"),
		("https://elsewhere.example.org/renew", "/mentoring"),
		("javascript:alert(1)", "/mentoring"),
		("", "/mentoring"),
	],
)
def test_a_tap_leads_to_a_place_on_this_site(url, path):
	assert planning.path_of(url.format(site=frappe.utils.get_url())) == path
