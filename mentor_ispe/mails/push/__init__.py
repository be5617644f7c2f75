"""Notifications of browsers beside mails: one for each mail that goes to a person who turned them on (Web Push).

A notification says no more than the site's name and the words of the mail's button, and a tap leads to where that
button leads. Whether there is one is decided with the mail, so a new mail needs nothing here. The mail is what is
promised: a notification that fails is lost.
"""
