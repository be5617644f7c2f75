"""People who come over HTTP, with their logins and keys; committed at once."""

from __future__ import annotations

import frappe
from frappe.utils.password import set_encrypted_password, update_password

from mentor_ispe.roles import MEMBER
from tests import factories as make

PASSWORD = "once-upon-a-time-7"


def make_staff(*roles: str) -> str:
	user = make.make_user(user_type="System User", roles=roles).name
	frappe.db.commit()
	return user


def make_member(**values) -> tuple[str, str]:
	"""A member with a login: (profile, user)."""
	user = make.make_user(roles=[MEMBER]).name
	profile = make.make_profile(email=user, user=user, **values).name
	frappe.db.commit()
	return profile, user


def make_api_key(user: str) -> str:
	"""What the header Authorization says for this user."""
	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	# The stars say that there is a secret; without them the next save of the login takes it away.
	frappe.db.set_value("User", user, {"api_key": key, "api_secret": "*" * 10})
	set_encrypted_password("User", user, secret, "api_secret")
	frappe.db.commit()
	return f"token {key}:{secret}"


def make_password(user: str) -> str:
	update_password(user, PASSWORD)
	frappe.db.commit()
	return PASSWORD
