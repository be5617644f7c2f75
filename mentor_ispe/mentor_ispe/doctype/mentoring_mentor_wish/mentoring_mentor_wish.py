from frappe.model.document import Document


class MentoringMentorWish(Document):
	pass
