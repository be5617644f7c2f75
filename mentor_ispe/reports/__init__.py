"""The reports, one module for each subject: each report is declared once, with its query, columns and chart, and
read in a constant number of queries. `files.py` makes of it what Frappe wants as files.

A report shows the same to everybody who may open it. What the committee may not see is in a report that
the committee can't open, so that nothing else depends on who looks: neither a stored result nor a copy of a
report hands on more than the report itself. The one exception is a conflict of interest: the health of groups
and feedback in words are shown without the groups that the reader sits or sat in (`only_open`).
"""
