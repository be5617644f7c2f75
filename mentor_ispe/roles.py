"""The names of the app's three roles."""

from __future__ import annotations

COORDINATOR = "Mentoring Coordinator"
COMMITTEE = "Mentoring Committee"
MEMBER = "Mentoring Member"
