"""In which encoding a text was saved, where it doesn't say so itself.

UTF-8 and UTF-16 show in the bytes. Among the three that spreadsheets write in Europe and America, the words
decide: the letters beyond ASCII within one word belong to one language. Models of languages, as charset-normalizer
has them, need more text than a list of names holds; it is asked about everything else.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from mentor_ispe.domain.violations import N_
from mentor_ispe.spreadsheets.errors import refused

# Of several that fit as well, the first.
BY_WORDS = ("cp1252", "cp1250", "mac_roman")
NAMES = {
	"cp1252": N_("Windows, Western Europe (cp1252)"),
	"cp1250": N_("Windows, Central Europe (cp1250)"),
	"mac_roman": N_("an older Mac (mac_roman)"),
}
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What is looked at of a large file: the lines that have letters beyond ASCII.
SAMPLE = 64_000

_ALPHABETS = tuple(
	map(
		frozenset,
		(
			*("äöüß", "éèêëàâçîïôùûüœæÿ", "áéíóúüñªº", "ãõáéíóúâêôçàü", "àèéìíîòóùú", "æøåéöä", "åäöé"),
			*("áéíóúýþæðö", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű"),
			*("čćđšž", "ăâîşţșț", "çğıöşüâî", "àéèíïóòúüç·", "éëïóöüèêĳ", "äõöüšž"),
		),
	)
)
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f][^\s,;|\t\"]*")
# Signs that stand between words: quotation marks, dashes, hard spaces, ticks.
_PUNCTUATION = frozenset("\u00a0–—‘’‚“”„…•·«»‹›€£§°®™©´¿¡½¼¾²³±×")
_APOSTROPHE = re.compile(r"\b[ODLM]’|’s\b", re.IGNORECASE)
# UTF-8's own pattern for one letter of several bytes.
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")


def decoded(content: bytes) -> tuple[str, str]:
	"""The text, and the name of its encoding where that is a guess; raises TableError."""
	for mark, encoding in MARKS.items():
		if content.startswith(mark):
			return _strictly(content, encoding), ""
	if wide := _wide(content):
		return _strictly(content, wide), ""
	try:
		return content.decode("utf-8"), ""
	except UnicodeDecodeError as error:
		_refuse_damaged_utf8(content, error)
	sample = b"\n".join(_BEYOND_ASCII.findall(content))[:SAMPLE]
	scores = {encoding: _fitting_words(sample, encoding) for encoding in BY_WORDS}
	for encoding in sorted(BY_WORDS, key=lambda name: -scores[name]):
		if scores[encoding] > 0:
			try:
				return content.decode(encoding), encoding
			except UnicodeDecodeError:
				continue
	best = from_bytes(sample).best()
	return _strictly(content, best.encoding if best else "ascii"), best.encoding if best else ""


def _wide(content: bytes) -> str:
	"""UTF-16 without a mark: every other byte of a Latin text is zero."""
	start = content[:2000]
	zeros_behind, zeros_before = start[1::2].count(0), start[::2].count(0)
	if max(zeros_behind, zeros_before) * 4 < len(start):
		return ""
	return "utf-16-le" if zeros_behind > zeros_before else "utf-16-be"


def encoding_name(encoding: str) -> str:
	"""What people may know an encoding by, to be translated."""
	return NAMES.get(encoding, encoding)


def _strictly(content: bytes, encoding: str) -> str:
	try:
		return content.decode(encoding)
	except UnicodeDecodeError as error:
		if encoding == "utf-8-sig":
			_refuse_damaged_utf8(content, error)
		raise refused(
			"encoding",
			N_(
				'The characters in this file can\'t be read. Save it as "CSV UTF-8" or as .xlsx and try again.'
			),
		) from error


def _refuse_damaged_utf8(content: bytes, error: UnicodeDecodeError) -> None:
	"""A text that is UTF-8 but for some letters isn't read in another encoding: every name would be damaged."""
	letters = len(_UTF8_LETTER.findall(content))
	others = sum(byte >= 0x80 for byte in _UTF8_LETTER.sub(b"", content))
	if (letters and letters >= others) or content.startswith(b"\xef\xbb\xbf"):
		raise refused(
			"letter",
			N_(
				'Line {line} of the file uses a different encoding than the rest. Correct that line, or save the file again as "CSV UTF-8".'
			),
			line=content.count(b"\n", 0, error.start) + 1,
		) from error


def _fitting_words(sample: bytes, encoding: str) -> int:
	"""How many words with letters beyond ASCII are possible in one language, less those that aren't."""
	return sum(map(_fit, set(_WORD.findall(sample.decode(encoding, errors="replace")))))


def _fit(word: str) -> int:
	"""1 for a word that one language has, -1 for one that none has, 0 where signs alone are beyond ASCII."""
	beyond = {letter for letter in word if not letter.isascii()} - _PUNCTUATION
	if not beyond:
		return int(bool(_APOSTROPHE.search(word)))
	lower = {letter.lower() for letter in beyond}
	one_language = any(lower <= alphabet for alphabet in _ALPHABETS)
	shouting_inside = any(letter.isupper() for letter in beyond & set(word[1:])) and not word.isupper()
	return 1 if one_language and not shouting_inside else -1
