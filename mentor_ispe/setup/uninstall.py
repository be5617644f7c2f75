"""Leave nothing of ours behind; Frappe itself drops the module with its DocTypes."""

from __future__ import annotations

from mentor_ispe.mails import templates
from mentor_ispe.setup.roles import remove_roles


def after_uninstall() -> None:
	"""Remove what doesn't belong to the module: the roles and the mails' wording."""
	remove_roles()
	templates.delete_ours()
