from frappe.model.document import Document


class MentoringProgramAgreement(Document):
	pass
