"""The command `mentor-ispe`: the matching engine for lists in files, without Frappe."""
