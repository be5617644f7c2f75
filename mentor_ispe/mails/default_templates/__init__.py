"""Every mail of the app, by subject: a module declares its mails, and is found by being here.

The wordings, English as every other language, lie in a folder called by the language's code, in a file called by
the mail.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from mentor_ispe.mails.definition import MAILS, PREFIX, DefaultTemplate

__all__ = ["MAILS", "MATTERS", "PREFIX", "DefaultTemplate", "default_templates"]

MATTERS: dict[str, str] = {}
"""The module that declares a mail, by the mail's name."""

for module in iter_modules(__path__):
	declared = vars(import_module(f"{__name__}.{module.name}")).values()
	MATTERS.update({name: module.name for name in MAILS if name in declared})


def default_templates() -> dict[str, DefaultTemplate]:
	"""The app's own wording of every mail in every language, by the name of the Email Template."""
	return {
		name if language == "en" else f"{name} ({language})": wording
		for name, mail in MAILS.items()
		for language, wording in mail.wordings.items()
	}
