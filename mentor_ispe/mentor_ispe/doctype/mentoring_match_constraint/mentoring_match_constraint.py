from frappe.model.document import Document


class MentoringMatchConstraint(Document):
	pass
