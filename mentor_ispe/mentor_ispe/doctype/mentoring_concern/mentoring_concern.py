from frappe.model.document import Document


class MentoringConcern(Document):
	pass
