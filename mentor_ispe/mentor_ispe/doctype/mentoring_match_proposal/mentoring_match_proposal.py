from frappe.model.document import Document


class MentoringMatchProposal(Document):
	pass
