"""The table of consequences knows every event, and each consequence is one of the event that it stands beside."""

from __future__ import annotations

import inspect

import pytest

from mentor_ispe.consequences import CONSEQUENCES
from mentor_ispe.domain.events import Event

EVENTS = Event.__subclasses__()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_something_follows_from_every_event(event):
	assert CONSEQUENCES.get(event)


@pytest.mark.parametrize("event", CONSEQUENCES, ids=lambda event: event.__name__)
def test_consequences_take_the_record_and_their_event(event):
	for consequence in CONSEQUENCES[event]:
		_record, said = inspect.signature(consequence).parameters.values()
		assert said.annotation.rpartition(".")[2] == event.__name__, consequence.__name__
