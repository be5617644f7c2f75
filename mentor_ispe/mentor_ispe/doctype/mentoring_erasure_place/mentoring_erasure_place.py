from mentor_ispe.permissions.rows import RowOfDocument


class MentoringErasurePlace(RowOfDocument):
	pass
