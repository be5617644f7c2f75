from mentor_ispe.permissions.rows import RowOfDocument


class MentoringWorkshopParticipant(RowOfDocument):
	pass
