from frappe.model.document import Document


class MentoringStaffNote(Document):
	pass
