"""Recertification credit for a partnership: schemes as data, and rules that answer on any day."""
