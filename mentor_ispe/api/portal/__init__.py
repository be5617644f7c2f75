"""The forms of the members' pages, one module for each page. Each does one step and goes back to a page."""
