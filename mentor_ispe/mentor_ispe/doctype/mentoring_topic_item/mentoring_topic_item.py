from frappe.model.document import Document


class MentoringTopicItem(Document):
	pass
