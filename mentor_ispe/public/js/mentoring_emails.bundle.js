// The page of the emails; loaded by it, and by nothing else.
import { EmailsPage } from "./emails/page.js";

frappe.provide("mentor_ispe");
mentor_ispe.EmailsPage = EmailsPage;
