from mentor_ispe.permissions.rows import RowOfDocument


class MentoringMenteeWish(RowOfDocument):
	pass
