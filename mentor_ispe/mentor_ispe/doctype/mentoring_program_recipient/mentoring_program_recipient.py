from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramRecipient(RowOfDocument):
	pass
