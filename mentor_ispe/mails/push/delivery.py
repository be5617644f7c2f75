"""Hand a notification to the push service of each of a person's devices (RFC 8030, encrypted by RFC 8291)."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode
from typing import Any

import frappe
import requests  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric import ec
from frappe.utils import cstr, get_host_name

from mentor_ispe.domain.push import is_push_address, origin_of
from mentor_ispe.mails.push.site_key import DEVICE, http_ece, read_key

SERVICES = "mentoring_push_services"
"""In the site's configuration: hosts of further push services."""
KEPT_SECONDS = 24 * 60 * 60
"""How long the service keeps it for a device that is off."""
TIMEOUT = (5, 10)
GONE = (404, 410)
SENT = (200, 201, 202, 204)


def send(profile: str, message: dict[str, str]) -> dict[str, int]:
	"""Send it to each of the person's devices; returns how many were "sent", "gone" and "failed".

	What is gone is deleted. Nothing of an address is written into a log: whoever has it can write to the device.
	"""
	done = dict.fromkeys(("sent", "gone", "failed"), 0)
	key = read_key()
	if key is None:
		return done
	fields = ["name", "address", "public_key", "secret"]
	for device in frappe.get_all(DEVICE, {"profile": profile}, fields, order_by="name"):
		try:
			answer = _post(device, json.dumps(message).encode(), key)
		except Exception as error:
			answer = 0
			_log("%s", type(error).__name__)
		outcome = "gone" if answer in GONE else "sent" if answer in SENT else "failed"
		done[outcome] += 1
		if outcome == "gone":
			frappe.db.delete(DEVICE, {"name": device.name})
		elif outcome == "failed" and answer:
			_log("the service answered %s", answer)
	return done


def _log(words: str, *values: object) -> None:
	frappe.logger("mentor_ispe").warning(f"A notification couldn't be sent: {words}", *values)


def is_allowed(address: str) -> bool:
	"""Whether notifications are sent to this address; see domain/push.py."""
	return is_push_address(address, frappe.conf.get(SERVICES) or ())


def _post(device: Any, message: bytes, key: Any) -> int:
	"""The status that the service answers with; it is led nowhere else by it, and what it says isn't read."""
	if not is_allowed(device.address):
		return GONE[0]
	headers = {
		**key.sign({"aud": origin_of(device.address), "sub": _contact()}),
		"Content-Encoding": "aes128gcm",
		"Content-Type": "application/octet-stream",
		"TTL": str(KEPT_SECONDS),
	}
	body = encrypt(message, device.public_key, device.secret)
	with requests.post(
		device.address, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
	) as answer:
		return answer.status_code


def encrypt(message: bytes, public_key: str, secret: str) -> bytes:
	"""For the browser that gave these, in base64url; a key of its own for every message."""
	return http_ece.encrypt(
		message,
		salt=os.urandom(16),
		private_key=ec.generate_private_key(ec.SECP256R1()),
		dh=_bytes(public_key),
		auth_secret=_bytes(secret),
		version="aes128gcm",
	)


def _bytes(text: str) -> bytes:
	return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def _contact() -> str:
	"""Whom a push service may write to about this site."""
	settings = frappe.get_cached_doc("Mentoring Settings")
	address = cstr(settings.coordinator_email or settings.reply_to)
	return f"mailto:{address or 'postmaster@' + get_host_name().partition(':')[0]}"
