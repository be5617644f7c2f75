"""Who may change the login and the address of a profile: they say who a person is."""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.violations import N_, Violation


@dataclass(frozen=True)
class Identity:
	"""The login (None: nobody has signed in yet) and the address of a profile, in lower case."""

	user: str | None
	email: str


@dataclass(frozen=True)
class AddressLeft(Event):
	"""A profile has another login or address than before; `address` is one that it had.

	`occasion` names the change, so that it is told once.
	"""

	address: str
	occasion: str


@dataclass(frozen=True)
class MergeConfirmed(Event):
	"""Both addresses confirmed that their profiles are one person's; `merge` names what was asked for."""

	merge: str


@dataclass(frozen=True)
class Actor:
	"""Who changes it. Logins are called by their address."""

	user: str
	is_system_manager: bool
	is_staff: bool


def check(before: Identity | None, after: Identity, by: Actor) -> list[Violation]:
	"""Every rule that the change breaks; `before` is None for a new profile.

	It is not asked where the person confirmed the change themselves (services/members/logins.py).
	"""
	broken = []
	old_user = before.user if before else None
	if after.user != old_user:
		broken += _login(old_user, after.user, by)
	if before and after.email != before.email:
		broken += _address(before, after.email, by)
	return broken


def _login(old: str | None, new: str | None, by: Actor) -> list[Violation]:
	if not new:
		return [
			Violation(
				"login_kept", N_("You can't change the login of a profile here. Use “Move to another login”.")
			)
		]
	if new == by.user:
		return [
			Violation(
				"own_login",
				N_(
					"You can't link a profile to your own login. When you sign in with the profile's address, it is linked automatically."
				),
			)
		]
	if old == by.user:
		return [
			Violation(
				"own_profile",
				N_("You can't change the login of your own profile. Ask another System Manager."),
			)
		]
	if not by.is_system_manager:
		return [
			Violation(
				"login_linked",
				N_(
					"A login is linked when the person signs in with the profile's address. To change it, use "
					"“Move to another login”."
				),
			)
		]
	return []


def _address(before: Identity, new: str, by: Actor) -> list[Violation]:
	if new == by.user:
		return [
			Violation(
				"own_address", N_("You can't give a profile your own address. Ask another coordinator.")
			)
		]
	if before.user and not by.is_system_manager:
		return [
			Violation(
				"address_kept",
				N_(
					"This person signs in with a login, so the address changes with it. Use “Move to another login”: the old and the new address confirm it by email."
				),
			)
		]
	if not by.is_staff:
		return [Violation("address_staff", N_("Only a coordinator can change the address of a profile."))]
	return []
