from frappe.model.document import Document


class MentoringSessionNote(Document):
	pass
