"""A demo: the programs of real associations, about 120 made-up members, one cycle in each phase.

bench --site SITE execute mentor_ispe.demo.load
bench --site SITE execute mentor_ispe.demo.remove
"""

from mentor_ispe.demo.loading import load
from mentor_ispe.demo.removing import remove

__all__ = ["load", "remove"]
