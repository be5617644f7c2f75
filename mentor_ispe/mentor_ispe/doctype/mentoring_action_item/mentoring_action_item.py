from frappe.model.document import Document


class MentoringActionItem(Document):
	pass
