"""The providers that come with the app: neither needs an account with us."""

from __future__ import annotations

import secrets

import frappe

from mentor_ispe.meeting_links.base import Call, LinkProvider

JITSI = "https://meet.jit.si"


class JitsiRoom(LinkProvider):
	"""A room of its own for each meeting, which nobody guesses; rooms of Jitsi exist as soon as somebody enters."""

	name = "Jitsi"

	def make_link(self, call: Call) -> str:
		server = frappe.db.get_single_value("Mentoring Settings", "jitsi_server") or JITSI
		return f"{server.rstrip('/')}/{secrets.token_urlsafe(18)}"


class OwnRoom(LinkProvider):
	"""The room that the host names in their profile."""

	name = "Own Room"

	def make_link(self, call: Call) -> str:
		if not call.host:
			return ""
		return frappe.db.get_value("Mentoring Profile", call.host, "meeting_room") or ""
