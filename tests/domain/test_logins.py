"""Who may change the login and the address of a profile."""

from __future__ import annotations

import pytest

from mentor_ispe.domain.logins import Actor, Identity, check

OLD, NEW = "old@example.org", "new@example.org"
MANAGER = Actor("manager@example.org", is_system_manager=True, is_staff=True)
COORDINATOR = Actor("coordinator@example.org", is_system_manager=False, is_staff=True)
NOBODY = Actor("nobody@example.org", is_system_manager=False, is_staff=False)
LINKED, WAITING = Identity(OLD, OLD), Identity(None, OLD)


def codes(before, after, by):
	return [violation.code for violation in check(before, after, by)]


def test_a_system_manager_links_a_login():
	assert codes(WAITING, LINKED, MANAGER) == []
	assert codes(None, LINKED, MANAGER) == []
	assert codes(LINKED, Identity(NEW, NEW), MANAGER) == []


@pytest.mark.parametrize("by", [COORDINATOR, NOBODY])
@pytest.mark.parametrize("before", [None, WAITING, LINKED])
def test_nobody_else_links_a_login(before, by):
	assert codes(before, Identity(NEW, OLD), by) == ["login_linked"]


@pytest.mark.parametrize("by", [MANAGER, COORDINATOR, NOBODY])
@pytest.mark.parametrize("before", [None, WAITING, LINKED])
def test_nobody_links_a_profile_to_themselves(before, by):
	assert codes(before, Identity(by.user, OLD), by) == ["own_login"]


def test_nobody_takes_a_login_away():
	assert codes(LINKED, Identity(None, OLD), MANAGER) == ["login_kept"]
	assert codes(LINKED, Identity(None, OLD), COORDINATOR) == ["login_kept"]


def test_nobody_leaves_their_own_profile():
	own = Identity(MANAGER.user, MANAGER.user)
	assert codes(own, Identity(NEW, MANAGER.user), MANAGER) == ["own_profile"]


def test_a_coordinator_corrects_the_address_of_whoever_never_signed_in():
	assert codes(WAITING, Identity(None, NEW), COORDINATOR) == []
	assert codes(WAITING, Identity(None, NEW), NOBODY) == ["address_staff"]


def test_the_address_of_a_login_changes_with_the_login():
	assert codes(LINKED, Identity(OLD, NEW), COORDINATOR) == ["address_kept"]
	assert codes(LINKED, Identity(OLD, NEW), MANAGER) == []


@pytest.mark.parametrize("by", [MANAGER, COORDINATOR])
@pytest.mark.parametrize("before", [WAITING, LINKED])
def test_nobody_gives_a_profile_their_own_address(before, by):
	assert codes(before, Identity(before.user, by.user), by) == ["own_address"]


def test_what_stays_is_not_asked_about():
	assert codes(LINKED, LINKED, NOBODY) == []
