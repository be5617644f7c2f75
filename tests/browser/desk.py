"""The Desk as a person uses it: what they click, what they see."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

from playwright.sync_api import Locator, Page, expect


class Desk:
	"""The Desk of one logged-in user."""

	def __init__(self, page: Page, base_url: str, pictures: Path | None):
		self.page = page
		self.base_url = base_url
		self.pictures = pictures

	def open(self, route: str) -> None:
		"""Go to a page of the Desk, for example "mentee"."""
		self.page.goto(f"{self.base_url}/app/{route}")
		self.page.wait_for_function("window.cur_page && !document.querySelector('.splash')")

	def open_record(self, doctype: str, name: str) -> None:
		self.open(f"{doctype.lower().replace(' ', '-')}/{quote(name)}")
		expect(self.page.locator(".page-title:visible .indicator-pill").first).to_be_visible()

	def open_new(self, doctype: str, **values: str) -> Locator:
		"""Open the form of a new record with some fields filled in; returns the form."""
		self.open(f"{doctype.lower().replace(' ', '-')}/new?{urlencode(values, quote_via=quote)}")
		self.page.wait_for_function("doctype => window.cur_frm?.doctype === doctype", arg=doctype)
		self.settle()
		return self.page.locator(".form-layout:visible")

	def settle(self) -> None:
		"""Wait until the page has what it asked the server for."""
		self.page.wait_for_function("() => !frappe.request.ajax_count")

	def button(self, label: str) -> Locator:
		"""A button in the head of the page."""
		return self.page.locator(".page-head:visible .page-actions button:visible").get_by_text(
			label, exact=True
		)

	def press(self, label: str) -> None:
		self.button(label).click()

	def press_in_menu(self, menu: str, label: str) -> None:
		self.page.locator(".page-head:visible .page-actions button:visible", has_text=menu).first.click()
		self.page.locator(".dropdown-menu.show .dropdown-item:visible", has_text=label).first.click()

	def dialog(self) -> Locator:
		return self.page.locator(".modal.show")

	def fill(self, field: str, value: str) -> None:
		"""Type into a field of the open dialog."""
		self.dialog().locator(f"[data-fieldname='{field}'] :is(input, textarea)").first.fill(value)

	def choose(self, field: str, label: str) -> None:
		"""Choose from a list in the open dialog."""
		self.dialog().locator(f"[data-fieldname='{field}'] select").select_option(label=label)

	def confirm(self, label: str) -> None:
		"""Press the dialog's main button and wait until the dialog is gone."""
		dialog = self.dialog()
		dialog.locator(".modal-footer .btn-primary:visible", has_text=label).click()
		expect(dialog).to_have_count(0)

	def link(self, field: Locator, text: str) -> None:
		"""Type into a Link field and take the suggestion."""
		field.click()
		self.settle()
		field.fill(text)
		field.page.locator(".awesomplete [role='option']:visible", has_text=text).first.click()

	def indicator(self) -> Locator:
		return self.page.locator(".page-head:visible .indicator-pill").first

	def message(self) -> Locator:
		"""The sentence above the form that says what is next."""
		return self.page.locator(".form-message:visible")

	def row(self, text: str) -> Locator:
		return self.page.locator(".frappe-list:visible .list-row", has_text=text)

	def stored(self, doctype: str, name: str) -> dict:
		"""The record as /api/resource gives it to this user."""
		answer = self.page.request.get(f"{self.base_url}/api/resource/{quote(doctype)}/{quote(name)}")
		assert answer.ok, answer.text()
		return answer.json()["data"]

	def picture(self, name: str) -> None:
		"""Keep a picture of what is seen, where the run asks for pictures."""
		if not self.pictures:
			return
		self.pictures.mkdir(parents=True, exist_ok=True)
		self.page.wait_for_load_state("networkidle")
		self.page.wait_for_timeout(500)  # charts and alerts move; only the picture waits for them
		self.page.screenshot(path=self.pictures / f"{name}.png")
