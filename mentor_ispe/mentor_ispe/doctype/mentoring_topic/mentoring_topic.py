from frappe.model.document import Document


class MentoringTopic(Document):
	pass
