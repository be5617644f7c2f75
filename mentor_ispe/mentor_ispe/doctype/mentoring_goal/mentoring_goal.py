from frappe.model.document import Document


class MentoringGoal(Document):
	pass
