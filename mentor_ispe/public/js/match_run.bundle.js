// The page of a match run; loaded by its form, and by nothing else.
import { MatchRunPage } from "./match_run/page.js";

frappe.provide("mentor_ispe");
mentor_ispe.MatchRunPage = MatchRunPage;
