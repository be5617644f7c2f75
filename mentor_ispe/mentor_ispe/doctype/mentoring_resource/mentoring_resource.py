from frappe.model.document import Document


class MentoringResource(Document):
	pass
