"""The key by which push services know this site (VAPID, RFC 8292): made once, encrypted like Frappe's passwords.

It stands in no field of a DocType, so no form, list or endpoint reads or writes it. Browsers bind what they agree to
to its public half: with another key, everybody has to turn notifications on again.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

import frappe
from cryptography.hazmat.primitives import serialization
from frappe.utils.password import (
	get_decrypted_password,
	remove_encrypted_password,
	set_encrypted_password,
)

try:
	import http_ece
	from py_vapid import Vapid
except (
	ImportError
):  # the app was updated without its packages: there are no notifications until they are there
	http_ece = Vapid = None

SETTINGS, FIELD = "Mentoring Settings", "push_key"
DEVICE = "Mentoring Push Device"


def read_key() -> Any | None:
	"""The key; None where there is none, or none that can be read."""
	if Vapid is None:
		return None
	try:
		stored = get_decrypted_password(SETTINGS, SETTINGS, FIELD, raise_exception=False)
		return Vapid.from_string(stored) if stored else None
	except Exception:
		# Encrypted with another encryption_key, as in a backup that was restored on another site.
		frappe.clear_messages()
		return None


def ensure_key() -> None:
	"""Make the key, unless there is one that can be read; what was agreed to with a former one goes."""
	if Vapid is None or read_key():
		return
	made = Vapid()
	made.generate_keys()
	number = made.private_key.private_numbers().private_value
	set_encrypted_password(SETTINGS, SETTINGS, _text(number.to_bytes(32, "big")), FIELD)
	frappe.db.delete(DEVICE)


def remove_key() -> None:
	"""Before the app goes."""
	remove_encrypted_password(SETTINGS, SETTINGS, FIELD)


def public_key() -> str:
	"""What browsers are given, base64url; "" where notifications can't be sent."""
	key = read_key()
	if key is None:
		return ""
	return _text(
		key.public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
	)


def _text(value: bytes) -> str:
	return urlsafe_b64encode(value).rstrip(b"=").decode()
