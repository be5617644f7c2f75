from mentor_ispe.permissions.rows import RowOfDocument


class MentoringGoalStep(RowOfDocument):
	pass
