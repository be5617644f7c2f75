from frappe.model.document import Document


class MentoringIndustry(Document):
	pass
