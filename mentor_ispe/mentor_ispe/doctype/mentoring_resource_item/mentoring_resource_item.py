from mentor_ispe.permissions.rows import RowOfDocument


class MentoringResourceItem(RowOfDocument):
	pass
