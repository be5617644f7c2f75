from frappe.model.document import Document


class MentoringFeedbackRequest(Document):
	pass
