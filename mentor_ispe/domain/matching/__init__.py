"""The matching engine: people and rules in, the best match out, with its proof and its reasons.

Needs numpy and scipy, so nothing outside this package imports it on the way to something else.
"""
