"""Links in mails that let one person do one thing without signing in, until they expire.

The token is signed with a key made of the site's own. It names its purpose, the person and the record, so that it
opens nothing else: a token of another purpose, person or record, a changed or an expired one is none.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import jwt
from frappe.utils import cstr, get_datetime, get_system_timezone, now_datetime
from frappe.utils.password import get_encryption_key

ALGORITHM = "HS256"
EPOCH = date(2020, 1, 1)
# Purposes.
POLL = "mentoring poll answer"
OPTIONAL_MAILS = "mentoring optional mails"
# By the clock that everything else here goes by, too.
OPTIONS = {"require": ["aud", "sub", "exp"], "verify_exp": False}


def make(purpose: str, profile: str, record: str, until: datetime | str) -> str:
	"""A token for this person and record; `until` is on the site's clock."""
	claims = {"aud": purpose, "sub": profile, "record": record, "exp": int(_aware(until).timestamp())}
	return jwt.encode(claims, _key(), ALGORITHM)


def read(purpose: str, token: str) -> tuple[str, str] | None:
	"""(profile, record) of a token that was made for this purpose and holds; else None."""
	try:
		claims = jwt.decode(token, _key(), [ALGORITHM], audience=purpose, options=OPTIONS)
	except (jwt.PyJWTError, ValueError):
		return None
	if claims["exp"] <= _aware(now_datetime()).timestamp():
		return None
	return cstr(claims["sub"]), cstr(claims.get("record"))


def make_short(purpose: str, profile: str, until: date) -> str:
	"""A token of some 30 characters for this person, good through the day `until`, for lines that may not be long."""
	days = format((until - EPOCH).days, "x")
	return f"{days}.{_seal(purpose, profile, days)}.{profile}"


def read_short(purpose: str, token: str, today: date) -> str | None:
	"""The profile of a token that was made for this purpose and holds; else None."""
	days, _dot, rest = cstr(token).partition(".")
	seal, _dot, profile = rest.partition(".")
	if not hmac.compare_digest(seal.encode(errors="replace"), _seal(purpose, profile, days).encode()):
		return None
	return profile if EPOCH + timedelta(days=int(days, 16)) >= today else None


def _seal(purpose: str, profile: str, days: str) -> str:
	"""96 bits: a guess over the network takes for ever."""
	whole = hmac.digest(_key(), "\n".join((purpose, days, profile)).encode(errors="replace"), "sha256")
	return urlsafe_b64encode(whole[:12]).decode()


def _aware(moment: datetime | str) -> datetime:
	return get_datetime(moment).replace(tzinfo=ZoneInfo(get_system_timezone()))


def _key() -> bytes:
	return sha256(f"mentoring links\n{get_encryption_key()}".encode()).digest()
