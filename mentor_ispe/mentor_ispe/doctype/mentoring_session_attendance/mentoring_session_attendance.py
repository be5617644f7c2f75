from frappe.model.document import Document


class MentoringSessionAttendance(Document):
	pass
