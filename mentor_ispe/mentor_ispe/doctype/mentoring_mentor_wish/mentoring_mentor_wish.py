from mentor_ispe.permissions.rows import RowOfDocument


class MentoringMentorWish(RowOfDocument):
	pass
