"""Whose group it is: who may read, and who may write, what a group plans and says."""

from mentor_ispe.permissions.gate import READ, WRITE, require

__all__ = ["READ", "WRITE", "require"]
