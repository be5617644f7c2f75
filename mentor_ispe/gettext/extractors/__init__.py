"""What Frappe's extractors pass over; `babel_extractors.csv` says which file each one reads."""
