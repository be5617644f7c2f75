"""The app's texts in other languages: `de.csv` for German. How to add one: docs/translating.md."""
