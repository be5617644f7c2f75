from frappe.model.document import Document


class MentoringMatchRun(Document):
	pass
