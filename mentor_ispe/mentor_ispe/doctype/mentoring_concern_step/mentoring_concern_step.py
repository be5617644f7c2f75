from mentor_ispe.permissions.rows import RowOfDocument


class MentoringConcernStep(RowOfDocument):
	pass
