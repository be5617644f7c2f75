"""Where the members' pages of a group are."""

from __future__ import annotations

from urllib.parse import quote

GROUPS = "/mentoring/groups"


def group_path(group: str, *parts: str) -> str:
	"""The path of a group's page."""
	return "/".join([GROUPS, quote(group), *(quote(part) for part in parts)])
