from frappe.model.document import Document


class MentoringMenteeWish(Document):
	pass
