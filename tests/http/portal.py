"""A member at the portal without JavaScript: opens pages, fills forms, sends them, reads what the page says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from bs4 import BeautifulSoup, Tag

from tests.http.people import make_password


@dataclass
class Shown:
	"""A page as it came: its address at the end, the status, the HTML."""

	address: str
	status: int
	html: str

	@property
	def soup(self) -> BeautifulSoup:
		return BeautifulSoup(self.html, "html.parser")

	@property
	def words(self) -> str:
		"""Everything that is read on the page."""
		return " ".join(self.soup.get_text(" ").split())

	@property
	def said(self) -> str:
		"""What the last form said."""
		box = self.soup.find(id="said")
		return " ".join(box.get_text(" ").split()) if box else ""

	@property
	def refused(self) -> bool:
		return bool(self.soup.select("#said .mentoring-refused"))

	def form(self, endpoint: str, number: int = 0) -> Tag:
		"""The form that posts to this endpoint of api/portal, for example "apply.send"."""
		found = self.soup.find_all("form", action=f"/api/method/mentor_ispe.api.portal.{endpoint}")
		assert found, f"no form {endpoint} on {self.address}:\n{self.words[:2000]}"
		return found[number]

	def has_form(self, endpoint: str) -> bool:
		return bool(self.soup.find_all("form", action=f"/api/method/mentor_ispe.api.portal.{endpoint}"))


class Visitor:
	"""One browser at the portal: a guest, or signed in with a login."""

	def __init__(self, base_url: str, user: str | None = None):
		self.base_url = base_url
		self.session = requests.Session()
		self.session.trust_env = False
		if user:
			answer = self.session.post(
				f"{base_url}/api/method/login", data={"usr": user, "pwd": make_password(user)}, timeout=60
			)
			answer.raise_for_status()

	def open(self, path: str) -> Shown:
		answer = self.session.get(f"{self.base_url}{path}", timeout=120)
		return self._shown(answer)

	def post(self, endpoint: str, fields: dict[str, Any]) -> Shown:
		"""Send fields without a page, as somebody who knows the address would."""
		answer = self.session.post(
			f"{self.base_url}/api/method/mentor_ispe.api.portal.{endpoint}", data=fields, timeout=120
		)
		return self._shown(answer)

	def send(self, shown: Shown, endpoint: str, number: int = 0, **fields: Any) -> Shown:
		"""Fill a form of the page with `fields` (lists for several values, None to leave out) and send it."""
		values = {**values_of(shown.form(endpoint, number)), **fields}
		return self.post(endpoint, {name: value for name, value in values.items() if value is not None})

	def _shown(self, answer: requests.Response) -> Shown:
		assert "no such element" not in answer.text, f"a field without a value on {answer.url}"
		return Shown(answer.url.removeprefix(self.base_url), answer.status_code, answer.text)


def values_of(form: Tag) -> dict[str, list[str]]:
	"""What the form would send as it stands."""
	values: dict[str, list[str]] = {}
	for field in form.find_all(["input", "textarea", "select"]):
		name = field.get("name")
		if not name:
			continue
		if field.name == "select":
			chosen = field.find("option", selected=True) or field.find("option")
			values.setdefault(name, []).append(chosen.get("value", chosen.text) if chosen else "")
		elif field.name == "textarea":
			values.setdefault(name, []).append(field.text)
		elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
			values.setdefault(name, []).append(field.get("value", "on"))
	return values
