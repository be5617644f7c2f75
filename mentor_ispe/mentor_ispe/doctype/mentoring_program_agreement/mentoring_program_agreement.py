from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramAgreement(RowOfDocument):
	pass
