from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProfileLanguage(RowOfDocument):
	pass
