from frappe.model.document import Document


class MentoringProgramCriterion(Document):
	pass
