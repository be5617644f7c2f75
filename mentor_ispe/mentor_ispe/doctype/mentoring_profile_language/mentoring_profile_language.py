from frappe.model.document import Document


class MentoringProfileLanguage(Document):
	pass
