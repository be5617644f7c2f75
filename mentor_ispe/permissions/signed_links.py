"""Links in mails that let one person do one thing without signing in, until they expire.

The token is signed with a key made of the site's own. It names its purpose, the person and the record, so that it
opens nothing else: a token of another purpose, person or record, a changed or an expired one is none.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import jwt
from frappe.utils import cstr, get_datetime, get_system_timezone, now_datetime
from frappe.utils.password import get_encryption_key

ALGORITHM = "HS256"
# Purposes.
POLL = "mentoring poll answer"
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


def _aware(moment: datetime | str) -> datetime:
	return get_datetime(moment).replace(tzinfo=ZoneInfo(get_system_timezone()))


def _key() -> bytes:
	return sha256(f"mentoring links\n{get_encryption_key()}".encode()).digest()
