from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramCriterion(RowOfDocument):
	pass
