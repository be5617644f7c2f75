"""The table of consequences: what follows from what happened to a record.

A save says what happened (`events.py`); each line here says what follows, in this order, in the transaction of
the save. To add a consequence, write a function that takes the record and the event, and put it into its line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mentor_ispe.domain import concerns, conversations, events, logins, participants, speakers, workshops
from mentor_ispe.domain.sessions import events as session_events
from mentor_ispe.domain.sessions import polls
from mentor_ispe.notifications import (
	application,
	conversation,
	group_extension,
	guest_speaker_request,
	meeting,
	mentoring_concern,
	mentoring_group,
	mentoring_profile,
	mentoring_session,
	mentoring_workshop,
	poll,
)
from mentor_ispe.services.conversation import read_marks
from mentor_ispe.services.groups import ending
from mentor_ispe.services.library import speakers as speaker_requests
from mentor_ispe.services.members import devices, merging
from mentor_ispe.services.polls import polling
from mentor_ispe.services.readiness import training
from mentor_ispe.services.sessions import attendance_lists, notes

Consequence = Callable[[Any, Any], object]

CONSEQUENCES: Mapping[type[events.Event], Sequence[Consequence]] = {
	# Groups
	events.SeatChanged: (mentoring_group.seat_changed,),
	events.SeatsAccepted: (mentoring_group.seats_accepted,),
	events.ActivePeopleChanged: (attendance_lists.update_meetings_of_group, meeting.people_arrived),
	events.CharterChanged: (mentoring_group.charter_changed,),
	events.ModeratorChanged: (mentoring_group.moderator_changed,),
	events.GroupClosed: (ending.cancel_meetings, ending.waive_feedback, mentoring_group.group_closed),
	events.PauseChanged: (attendance_lists.update_meetings_of_pause, mentoring_group.pause_changed),
	events.SomebodyLeft: (ending.waive_feedback_of, mentoring_group.somebody_left),
	events.ExtensionDeclined: (group_extension.extension_declined,),
	events.ExtensionOff: (group_extension.extension_off,),
	events.ExtensionStuck: (group_extension.extension_stuck,),
	events.GroupExtended: (group_extension.group_extended,),
	# Meetings
	session_events.InvitationsChanged: (mentoring_session.invitations_changed,),
	session_events.Declined: (meeting.declined,),
	session_events.MeetingPlanned: (meeting.meeting_planned,),
	session_events.HostChosen: (meeting.host_chosen,),
	session_events.MeetingHeld: (speaker_requests.session_held,),
	session_events.MeetingCancelled: (speaker_requests.session_cancelled,),
	session_events.MeetingDeleted: (notes.delete_what_was_said,),
	session_events.NotesOpened: (meeting.notes_opened,),
	polls.PollOpened: (poll.poll_opened,),
	polls.PollWaits: (poll.poll_waits,),
	polls.PollClosed: (poll.poll_closed,),
	# The conversation
	conversations.MessageWritten: (read_marks.tell_others,),
	conversations.ConversationOpened: (conversation.conversation_opened,),
	# Applications
	participants.ApplicationMoved: (application.status_changed,),
	participants.TrainingNoted: (attendance_lists.invite_after_training, polling.decide_after_training),
	# Workshops
	workshops.TrainingMissed: (training.training_missed,),
	workshops.TrainingAttended: (training.training_attended,),
	workshops.WorkshopChanged: (mentoring_workshop.workshop_changed,),
	# Concerns
	concerns.ConcernRaised: (mentoring_concern.concern_raised,),
	concerns.ConcernUpdated: (mentoring_concern.concern_updated,),
	# Profiles
	logins.AddressLeft: (
		mentoring_profile.redirect_waiting,
		mentoring_profile.address_left,
		devices.remove_all,
	),
	logins.MergeConfirmed: (merging.merge_confirmed,),
	# Guest speakers
	speakers.SpeakerRequested: (guest_speaker_request.speaker_requested,),
	speakers.SpeakerNeededAgain: (guest_speaker_request.speaker_needed_again,),
	speakers.RequestAnswered: (guest_speaker_request.request_answered,),
}
