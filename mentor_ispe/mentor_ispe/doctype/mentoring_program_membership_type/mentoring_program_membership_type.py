from frappe.model.document import Document


class MentoringProgramMembershipType(Document):
	pass
