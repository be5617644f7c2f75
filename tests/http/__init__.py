from tests import connected  # noqa: F401 (before anything that imports the app)
