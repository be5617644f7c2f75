from frappe.model.document import Document


class MentoringProgramRecipient(Document):
	pass
