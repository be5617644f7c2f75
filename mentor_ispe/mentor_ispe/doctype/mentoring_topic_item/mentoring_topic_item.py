from mentor_ispe.permissions.rows import RowOfDocument


class MentoringTopicItem(RowOfDocument):
	pass
