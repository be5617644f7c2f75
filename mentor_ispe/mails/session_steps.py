"""Who is told what when a session is planned, changed, cancelled or held."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession


def post(doc: MentoringSession, before: MentoringSession | None) -> None:
	"""Post every mail that the step from `before` (None: it is new) to `doc` calls for."""
