"""Where notifications may be sent to, and what a browser tells of itself when it asks for them (RFC 8030, RFC 8291).

The address comes from the browser, so from whoever asks: only those of the browsers' own push services are called,
and an association's own where its configuration names it. Nothing else of a network can be reached through it.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Collection
from hashlib import sha256
from urllib.parse import urlsplit

from mentor_ispe.domain.violations import N_

LONGEST_ADDRESS = 1_000
MOST_DEVICES = 10
"""Of one person."""
SERVICES = frozenset(
	{
		"fcm.googleapis.com",  # Chrome, Edge on Android, Samsung, Opera, Brave
		"jmt17.google.com",
		"updates.push.services.mozilla.com",
		"web.push.apple.com",
	}
)
SERVICES_BELOW = (".push.apple.com", ".push.services.mozilla.com", ".notify.windows.com")
_ADDRESS = re.compile(r"https://[\x21-\x7e]+")
# An uncompressed point of P-256, and the secret beside it.
_POINT, _POINT_BEGINS, _SECRET = 65, 4, 16

# The first that a browser names; many also name those that they descend from.
_BROWSERS = (
	("Edg", "Edge"),
	("OPR", "Opera"),
	("SamsungBrowser", "Samsung Internet"),
	("Firefox", "Firefox"),
	("FxiOS", "Firefox"),
	("CriOS", "Chrome"),
	("Chrome", "Chrome"),
	("Safari", "Safari"),
)
_SYSTEMS = (
	("iPhone", "iPhone"),
	("iPad", "iPad"),
	("Android", "Android"),
	("Windows", "Windows"),
	("CrOS", "Chromebook"),
	("Macintosh", "Mac"),
	("Linux", "Linux"),
)


def is_push_address(address: str, more: Collection[str] = ()) -> bool:
	"""Whether a push service is at this address; `more` are hosts, with their port if it isn't 443, of others."""
	if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or "\\" in address:
		return False
	try:
		parts = urlsplit(address)
		host, port = parts.hostname or "", parts.port or 443
	except ValueError:
		return False
	if "@" in parts.netloc:
		return False
	if host in more or f"{host}:{port}" in more:
		return port == 443 or f"{host}:{port}" in more
	return port == 443 and (host in SERVICES or host.endswith(SERVICES_BELOW))


def origin_of(address: str) -> str:
	"""Scheme, host and port: whom the key of the site is shown to."""
	parts = urlsplit(address)
	return f"{parts.scheme}://{parts.netloc}"


def are_browser_keys(public_key: str, secret: str) -> bool:
	"""Whether these are what a browser gives to encrypt for it: base64url of a point of P-256 and of 16 bytes."""
	point = _decoded(public_key)
	return len(point) == _POINT and point[0] == _POINT_BEGINS and len(_decoded(secret)) == _SECRET


def _decoded(text: str) -> bytes:
	if len(text) > 2 * _POINT:
		return b""
	try:
		return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
	except (Error, ValueError):
		return b""


def device_id(address: str) -> str:
	"""The name of the record: one for each address, which tells nothing of it."""
	return sha256(address.encode()).hexdigest()[:20]


def device_name(user_agent: str) -> tuple[str, str]:
	"""(a browser, a system) as people call them, "" where the words don't say."""
	browser = next((name for word, name in _BROWSERS if word in user_agent), "")
	system = next((name for word, name in _SYSTEMS if word in user_agent), "")
	return browser, system


UNKNOWN_DEVICE = N_("Unknown device")
ON_A_SYSTEM = N_("{browser} on {system}")
