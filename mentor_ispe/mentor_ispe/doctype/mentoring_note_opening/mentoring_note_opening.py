from frappe.model.document import Document


class MentoringNoteOpening(Document):
	pass
