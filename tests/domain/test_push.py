"""Where notifications may be sent: to push services of browsers, never anywhere else in a network."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import push

GOOD = (
	"https://fcm.googleapis.com/fcm/send/abc:APA91b",
	"https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
	"https://web.push.apple.com/QGuQ",
	"https://wns2-par02p.notify.windows.com/w/?token=BQYA",
	"https://fcm.googleapis.com:443/fcm/send/abc",
)
BAD = (
	"",
	"http://fcm.googleapis.com/fcm/send/abc",
	"https://127.0.0.1/fcm",
	"https://[::1]/fcm",
	"https://localhost/",
	"https://169.254.169.254/latest/meta-data",
	"https://fcm.googleapis.com:8080/x",
	"https://fcm.googleapis.com.example.org/x",
	"https://fcm.googleapis.com@example.org/x",
	"https://example.org#fcm.googleapis.com",
	"https://example.org\\@fcm.googleapis.com/",
	"https://notify.windows.com/x",
	"https://xnotify.windows.com/x",
	"https://fcm.googleapis.com:x/",
	"https://[fcm.googleapis.com/",
	"https://fcm.googleapis.com/ x",
	"https://fcm.googleapis.com/\nx",
	"https://fcm.googleapis.com/" + "x" * push.LONGEST_ADDRESS,
	"ftp://fcm.googleapis.com/x",
	"//fcm.googleapis.com/x",
)


@pytest.mark.parametrize("address", GOOD)
def test_services_of_browsers_are_called(address):
	assert push.is_push_address(address)


@pytest.mark.parametrize("address", BAD)
def test_nothing_else_is(address):
	assert not push.is_push_address(address)


def test_services_that_the_site_names_are_called_at_their_port():
	more = ["push.example.org", "push.example.net:8443"]
	assert push.is_push_address("https://push.example.org/x", more)
	assert push.is_push_address("https://push.example.net:8443/x", more)
	assert not push.is_push_address("https://push.example.org:8443/x", more)
	assert not push.is_push_address("https://push.example.net/x", more)


@given(st.one_of(st.text(), st.text(alphabet="htps:/@.\\#?[]%fcm.googleapis.com").map("https://".__add__)))
def test_what_is_called_is_on_the_list_however_it_is_written(address):
	if push.is_push_address(address):
		parts = urlsplit(address)
		assert parts.scheme == "https"
		assert parts.netloc in push.SERVICES or parts.hostname.endswith(push.SERVICES_BELOW)


@given(st.binary(max_size=80), st.binary(max_size=20))
def test_keys_are_those_of_a_browser(point, secret):
	written = [urlsafe_b64encode(each).rstrip(b"=").decode() for each in (point, secret)]
	fits = len(point) == 65 and point[0] == 4 and len(secret) == 16
	assert push.are_browser_keys(*written) == fits


def test_keys_that_are_no_base64_are_refused():
	good = urlsafe_b64encode(b"\x04" + bytes(64)).decode(), urlsafe_b64encode(bytes(16)).decode()
	assert push.are_browser_keys(*good)
	for place, text in ((0, "ä" * 87), (0, "x" * 10_000), (1, "x")):
		assert not push.are_browser_keys(*(text if at == place else each for at, each in enumerate(good)))


@pytest.mark.parametrize(
	("user_agent", "name"),
	[
		("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", ("Chrome", "Android")),
		("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605 Version/17.5 Mobile Safari/604.1", ("Safari", "iPhone")),
		("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", ("Edge", "Windows")),
		("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", ("Firefox", "Linux")),
		("curl/8", ("", "")),
	],
)  # fmt: skip
def test_a_device_is_called_as_people_call_it(user_agent, name):
	assert push.device_name(user_agent) == name
