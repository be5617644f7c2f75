"""Every mail of the app, by subject: a module declares its mails, and is found by being here.

The English is declared with the mail. The German, and every other language, lies in a folder called by the
language's code, in a file called by the mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from mentor_ispe.mails.definition import MAILS, PREFIX

__all__ = ["MAILS", "PREFIX", "DefaultTemplate", "default_templates", "read_translation"]

for module in iter_modules(__path__):
	import_module(f"{__name__}.{module.name}")

TRANSLATIONS = Path(__file__).parent
SUBJECT = re.compile(r"<!-- subject: (?P<subject>.+?) -->\s*$")


@dataclass(frozen=True)
class DefaultTemplate:
	"""What we put into a new Email Template."""

	subject: str
	response_html: str


def default_templates() -> dict[str, DefaultTemplate]:
	"""The app's own wording of every mail, translations included, by the name of the Email Template."""
	found = {name: DefaultTemplate(mail.subject, mail.body) for name, mail in MAILS.items()}
	for name, mail in MAILS.items():
		for file in sorted(TRANSLATIONS.glob(f"*/{mail.file_name}")):
			found[f"{name} ({file.parent.name})"] = read_translation(file)
	return found


def read_translation(file: Path) -> DefaultTemplate:
	"""One translated mail; its first line is the subject, `<!-- subject: … -->`, else ValueError."""
	first, _newline, body = file.read_text(encoding="utf-8").partition("\n")
	found = SUBJECT.match(first)
	if not found:
		raise ValueError(f"{file} doesn't begin with <!-- subject: … -->")
	return DefaultTemplate(found["subject"], body)
