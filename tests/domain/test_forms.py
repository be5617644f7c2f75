"""Every form of the members' pages is sent to an endpoint that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "mentor_ispe"
SENT = re.compile(r'form_start\("([\w.]+)"|/api/method/mentor_ispe\.api\.([\w.]+)')
FORMS = sorted(
	{
		(page.relative_to(APP).as_posix(), name or path)
		for folder in ("www", "templates")
		for page in (APP / folder).rglob("*.html")
		for name, path in SENT.findall(page.read_text(encoding="utf-8"))
		if re.search(r"\.\w", name or path)  # others are put together in the page
	}
)


def test_forms_are_found():
	assert len(FORMS) > 40


@pytest.mark.parametrize(("page", "endpoint"), FORMS)
def test_a_form_is_sent_to_an_endpoint(page, endpoint):
	module, _dot, function = endpoint.rpartition(".")
	source = (APP / "api" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
	assert re.search(rf"@endpoint\([^@]*?\)\ndef {function}\(", source, re.DOTALL), f"{page}: {endpoint}"
