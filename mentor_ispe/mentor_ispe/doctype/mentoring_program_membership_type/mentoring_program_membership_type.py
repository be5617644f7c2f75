from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramMembershipType(RowOfDocument):
	pass
