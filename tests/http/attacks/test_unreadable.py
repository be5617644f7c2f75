"""Requests that can't be read at all: refused in words, whoever sends them, and without the program's lines."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest
import requests

STATUS = "/api/method/mentor_ispe.api.member.my_status"
FORM = "/api/method/mentor_ispe.api.member.save_profile"
BODIES = (b'{"a":', b"5", b"null", b'"x"', b"\xff\xfe", b'{"a": "\xff"}', b"", b"[" * 100_000, b"NaN")


@pytest.mark.parametrize("path", [STATUS, FORM, "/api/v2/method/ping", "/mentoring"])
@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_json(site, base_url, path, body):
	with requests.Session() as session:
		session.trust_env = False
		answer = session.post(
			f"{base_url}{path}", data=body, headers={"Content-Type": "application/json"}, timeout=60
		)
	assert answer.status_code < 500, answer.text[:500]
	assert "Traceback" not in answer.text
	if answer.status_code == 400 and path.startswith("/api/"):
		(message,) = json.loads(answer.json()["_server_messages"])
		assert "can't be read" in json.loads(message)["message"]


@pytest.mark.parametrize(
	"line",
	[
		b"/mentoring?x=\xff\xfe",
		b"/mentoring/\xff",
		b"/api/method/mentor_ispe.api.public.resources?topic=\xff",
	],
)
def test_an_address_that_is_no_text(site, base_url, line):
	status, text = _ask(base_url, line)
	assert status < 500, text[:500]
	assert "Traceback" not in text


def _ask(base_url: str, path: bytes) -> tuple[int, str]:
	"""(status, everything that came), of an address that no HTTP library would send."""
	address = urlsplit(base_url)
	with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
		connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n")
		answer = b"".join(iter(lambda: connection.recv(65536), b""))
	return int(answer.split()[1]), answer.decode(errors="replace")
