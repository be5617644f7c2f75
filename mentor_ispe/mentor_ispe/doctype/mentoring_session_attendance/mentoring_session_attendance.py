from mentor_ispe.permissions.rows import RowOfDocument


class MentoringSessionAttendance(RowOfDocument):
	pass
