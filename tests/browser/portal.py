"""The members' pages as a person uses them on a phone: what they press, what the page says."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import pictures
from tests.http.people import make_password

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def options() -> dict:
	"""A phone; for the tests that import it."""
	return {"viewport": PHONE}


@pytest.fixture
def walk(page: Page, base_url: str) -> Walk:
	"""Whoever walks through the page of the test; for the tests that import it."""
	return Walk(page, base_url)


class Walk:
	"""One person's way through the pages; counts screens seen, fields filled or ticked, and seconds."""

	def __init__(self, page: Page, base_url: str):
		self.page, self.base_url = page, base_url
		self.screens, self.fields, self.started = 0, 0, perf_counter()

	def sign_in(self, user: str) -> None:
		form = {"usr": user, "pwd": make_password(user)}
		assert self.page.request.post(f"{self.base_url}/api/method/login", form=form).ok

	def sign_in_by_form(self, user: str, to: str) -> None:
		"""As a person does who followed a link to `to`."""
		self.open(f"/login?redirect-to={to}")
		self.page.locator("#login_email").fill(user)
		self.page.locator("#login_password").fill(make_password(user))
		self.page.get_by_role("button", name="Login", exact=True).click()
		self.page.wait_for_url(f"**{to}")

	def open(self, path: str) -> None:
		self.page.goto(f"{self.base_url}{path}")

	def follow(self, link: str | re.Pattern) -> None:
		self.page.get_by_role("link", name=link).first.click()

	def link_to_apply(self, cycle: str) -> Locator:
		"""Where the page leads to apply as a mentee."""
		return self.page.locator(f"a[href*='{cycle.replace(' ', '%20')}'][href$='as=Mentee']")

	def unfold(self, summary: str) -> None:
		self.page.locator("summary", has_text=summary).first.click()

	def fill(self, label: str, words: str, within: str = "#mentoring-main") -> None:
		self.fields += 1
		self.page.locator(within).get_by_label(label, exact=False).first.fill(words)

	def choose(self, label: str, option: str) -> None:
		self.fields += 1
		self.page.get_by_label(label, exact=False).first.select_option(label=option)

	def tick(self, label: str | re.Pattern) -> None:
		self.fields += 1
		self.page.get_by_label(label).first.check()

	def press(self, name: str) -> None:
		self.page.get_by_role("button", name=name, exact=True).first.click()

	def hears(self, words: str) -> None:
		"""What the form that was just sent says."""
		expect(self.page.locator("#said")).to_contain_text(words)

	def sees(self, words: str | re.Pattern) -> None:
		expect(self.main).to_contain_text(words)

	@property
	def main(self) -> Locator:
		return self.page.locator("#mentoring-main")

	def see(self, name: str) -> None:
		"""Count a screen."""
		self.screens += 1
		self.picture(name)

	def picture(self, name: str) -> None:
		"""The page fits its window; it is kept at both widths where the run asks for pictures."""
		width = self.page.evaluate("document.documentElement.scrollWidth")
		assert width <= self.page.viewport_size["width"], f"{name} scrolls sideways: {width}"
		if folder := pictures():
			for size in (LAPTOP, PHONE):
				self.page.set_viewport_size(size)
				self.page.screenshot(path=folder / f"portal-{name}-{size['width']}.png", full_page=True)

	@property
	def seconds(self) -> float:
		return perf_counter() - self.started
