from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramHealthSign(RowOfDocument):
	pass
