from frappe.model.document import Document


class MentoringWorkshop(Document):
	pass
