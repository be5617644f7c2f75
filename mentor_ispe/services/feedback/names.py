"""Names that the services for feedback share."""

from __future__ import annotations

FEEDBACK = "Mentoring Feedback"
REQUEST = "Mentoring Feedback Request"
GROUP = "Mentoring Group"
MEMBER = "Mentoring Group Member"
# What a person may say in an answer; ratings are shares of 1, five stars are 1.0.
ANSWER_FIELDS = ("rating", "comment", "going", "staff_rating", "staff_comment", "may_publish")
# Of these, what only the writer and the coordinators read.
PRIVATE_FIELDS = ("going", "staff_rating", "staff_comment")
