"""Names that the services for feedback share."""

from __future__ import annotations

FEEDBACK = "Mentoring Feedback"
REQUEST = "Mentoring Feedback Request"
GROUP = "Mentoring Group"
MEMBER = "Mentoring Group Member"
# What a person may say in an answer to everybody who reads it; ratings are shares of 1, five stars are 1.0.
SHARED_FIELDS = ("rating", "comment", "may_publish")
# What only the writer and the coordinators read, see private_answers.py.
PRIVATE_FIELDS = ("going", "staff_rating", "staff_comment")
