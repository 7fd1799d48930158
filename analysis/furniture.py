"""Page furniture: what a page prints around its story, found line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.paragraphs import LINE, is_caption

# No furniture line is longer; longer lines are not looked at.
_LONGEST = 700


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of page furniture: raw offsets, end exclusive, and what it is."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    words: str
    gap: bool  # a blank line stands before it
    kind: str = ""


_BULLET = r"[\s•·▪▸▶►»›>*+\-–—|→☞👉]*"
_SEPARATOR = r"\s*(?:[:|»›>–—]|\s-\s|$)"

_LINK_PHRASE = (
    r"(?:read|see|watch|listen|view|discover)\s+(?:also|more|next|too|this)|also\s+(?:read|see|watch)"
    r"|(?:related|recommended|suggested|similar|further|more)(?:\s+(?:articles?|stor(?:y|ies)|coverage"
    r"|content|news|posts?|links?|topics?|reading|reports?|pieces?|for\s+you))?"
    r"|more\s+(?:on|about|from|in)\s+(?:this|the|our|us)\b[^:.!?]{0,40}"
    r"|(?:you|readers)\s+(?:may|might|will|could)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in|want\s+to\s+read)"
    r"|(?:do\s?n[o’']t\s+miss|must[\s-]+reads?|editor[’']?s[’']?\s+(?:picks?|choice)"
    r"|most\s+(?:read|popular|viewed|shared)|trending(?:\s+now)?|top\s+stories|latest\s+(?:news|stories)"
    r"|in\s+other\s+news|up\s+next|next\s+up|what\s+to\s+read\s+next|elsewhere\s+on\s+(?:this|the|our)\s+\w+"
    r"|earlier\s+(?:on\s+this\s+\w+|coverage|story|stories|report)|from\s+(?:our|the)\s+archives?)"
)
_LINK = re.compile(rf"{_BULLET}(?:{_LINK_PHRASE}){_SEPARATOR}", re.IGNORECASE)
_LINK_HEADING = re.compile(rf"{_BULLET}(?:{_LINK_PHRASE})\s*[:|»›>–—.…]*$", re.IGNORECASE)
_LINK_MEDIA = re.compile(rf"{_BULLET}(?:watch|listen|video|podcast|gallery)\s*:", re.IGNORECASE)
# Without a colon the words alone must do: short, and no sentence of the story.
_LINK_OPEN = re.compile(
    rf"{_BULLET}(?:(?:read|see)\s+(?:also|more|next|on)\b|also\s+read\b|read\s+(?:the|our|his|her|its)"
    r"\s+(?:full|rest|whole|original|entire|latest|complete)\b|click\s+(?:here|below|through)\b"
    r"|continue\s+reading\b|find\s+out\s+more\b|learn\s+more\b|more\s+from\b"
    r"|for\s+(?:more|further)\s+(?:on|about|information|news|stories|coverage|details|reading)\b)",
    re.IGNORECASE,
)
_TO_THE_PAGE = re.compile(
    r"\b(?:here|below|above|click|link|our|page|site|website|article|story|coverage|app)\b",
    re.IGNORECASE,
)

_SITES = frozenset(
    "facebook twitter pinterest linkedin whatsapp telegram reddit messenger tumblr instagram youtube"
    " tiktok threads bluesky mastodon flipboard viber vk vkontakte odnoklassniki weibo wechat snapchat"
    " xing digg stumbleupon skype".split()
)
_BUTTONS = _SITES | frozenset(
    "x email e-mail mail print copy link url google pocket line signal sms buffer more share shares tweet"
    " like likes save bookmark post pin it the on this via to app and or comments comment".split()
)
_SHARE_VERBS = frozenset("share tweet retweet print email e-mail pin bookmark".split())
_SHARE_WORDS = _BUTTONS | frozenset(
    "the with by your our a an article story page news report item friends friend others now here of"
    " these that link via us icon button buttons options social media network networks piece".split()
)
_FOLLOW = re.compile(
    rf"{_BULLET}(?:follow|like|find|connect\s+with|join)\s+(?:us|@\w+|our\s+(?:page|channel))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

_COMMENT = re.compile(
    rf"{_BULLET}(?:(?:leave|post|add|write|submit)\s+(?:us\s+)?(?:an?\s+|your\s+)?(?:public\s+)?"
    r"(?:reply|comments?|response|feedback|thoughts)\b.{0,60}$"
    r"|your\s+e-?mail(?:\s+address)?\s+(?:will|is)\s+(?:not|never)\b|required\s+fields\b"
    r"|(?:this|our)\s+(?:web)?site\s+uses\s+akismet\b|learn\s+how\s+your\s+comment"
    r"|save\s+my\s+name\b|notify\s+me\s+(?:of|by|when|about)\b|cancel\s+reply$"
    r"|comments?\s+(?:are|is|section\s+is|have\s+been)\s+(?:now\s+)?(?:closed|disabled|moderated|off|turned\s+off)"
    r"|be\s+the\s+first\s+to\s+(?:comment|reply|leave)|(?:join|start)\s+the\s+(?:conversation|discussion|debate)\b.{0,60}$"
    r"|(?:please\s+)?(?:log|sign)\s?[- ]?in\b.{0,40}\bto\s+(?:comment|reply|post|leave|join)\b.{0,40}$"
    r"|you\s+must\s+be\s+(?:logged|signed)\s+in\b"
    r"|(?:show|view|hide|read|see|load)\s+(?:all\s+|the\s+|more\s+)?(?:\d+\s+)?comments?\b.{0,20}$"
    r"|(?:\d+|no)\s+comments?(?:\s+yet)?\.?$|comments?\s*(?:\(\d+\))?\s*:?$|have\s+your\s+say\b.{0,60}$"
    r"|(?:tell\s+us|let\s+us\s+know|share\s+your\s+(?:thoughts|views?|opinions?|comments?))\b.{0,80}$"
    r"|what\s+do\s+you\s+think\b.{0,80}\b(?:comments?|below|us)\b)",
    re.IGNORECASE,
)
_FORM_FIELD = re.compile(
    r"(?:your\s+)?(?:name|e-?mail(?:\s+address)?|website|url|comment|message|reply|submit|send|post\s+comment"
    r"|post\s+reply|save|log\s?in|register|captcha)\s*(?:\*|\(required\)|\(optional\))?\s*:?\s*\*?$",
    re.IGNORECASE,
)
_COOKIE_TO_READER = re.compile(
    r"\b(?:we|our|this\s+(?:web)?(?:site|page)|you|your|accept|consent|browsing|manage|settings|preferences|policy)\b",
    re.IGNORECASE,
)
_COOKIE_BUTTON = re.compile(
    r"(?:(?:accept|reject|allow|decline|manage)\s+(?:all|cookies|preferences|settings|optional|essential)"
    r"|(?:privacy|cookie)\s+(?:policy|notice|settings|preferences)|(?:we\s+value\s+your|your)\s+privacy)\b.{0,40}$",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(
    r"\b(?:newsletters?|in-?box|mailing\s+list|e-?mail\s+(?:alerts?|updates?|briefing|digest|list)"
    r"|news\s+alerts?|(?:daily|weekly|morning|evening)\s+(?:briefing|digest|e-?mail|update|roundup|round-up)"
    r"|our\s+(?:\w+\s+)?(?:app|alerts?|updates|e-?mails?)|push\s+notifications?|breaking\s+news\s+to\s+your)\b",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"(?:^|[.!?:]\s+)[\s•·▪▸▶►»›>*+\-–—|→☞👉]*(?:sign\s?-?\s?up|subscribe|join|get|receive|register|enter|download"
    r"|do\s?n[o’']t\s+miss|never\s+miss|stay|want|keep\s+up|try|enjoy|enjoyed|like\s+what|liked|become|start|for\s+the\s+latest"
    r"|to\s+(?:get|receive)|have\s+(?:the|our)|our|this|the\s+(?:best|latest|day|week)|more|all|news|follow|choose|delivered)\b",
    re.IGNORECASE,
)
_SIGN_UP = re.compile(
    rf"{_BULLET}(?:sign\s?-?\s?up|subscribe|register|log\s?in|sign\s?in|become\s+a\s+(?:member|subscriber|supporter)"
    r"|donate|make\s+a\s+(?:donation|contribution)|already\s+a\s+(?:member|subscriber))"
    r"(?:\s+(?:now|today|here|free|for\s+free|to\s+(?:read|continue|support|our|get|receive)|for\s+(?:our|more|full|just|free)"
    r"|and\s+get|with)\b.{0,120}|\s*[:!?.]*)$"
    r"|.{0,160}\b(?:sign\s?-?\s?up|subscribe|register)\s+(?:here|now|today|below|for\s+free)\W*$"
    r"|.{0,120}\b(?:turn\s+on|enable|switch\s+on|allow)\s+(?:\w+\s+)?(?:alerts?|notifications?)\b.{0,60}$"
    rf"|{_BULLET}(?:support|help)\s+(?:us\b|our\b|independent\b|quality\b|local\b).{{0,120}}$",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    rf"{_BULLET}[\[(]?(?:advertisements?|advertising|advert|ads?|sponsored(?:\s+(?:content|links?|posts?|by\b.{{0,40}}))?"
    r"|promoted(?:\s+(?:content|stories))?|paid\s+(?:content|post|partnership)|partner\s+content"
    r"|(?:story|article|report|content|text)\s+continues\s+(?:below|after|under)\b.{0,40}"
    r"|continue\s+reading\s+(?:below|the\s+main\s+story)|scroll\s+(?:down\s+)?(?:to|for)\b.{0,40}"
    r"|(?:skip|after)\s+(?:past\s+)?(?:newsletter|advertisement|ad|promotion)\b.{0,30}|remove\s+ads\b.{0,20}"
    r"|this\s+(?:advertisement|ad)\b.{0,60}|we\s+may\s+(?:earn|receive)\b.{0,60}commission.{0,60})[\])]?\s*[.:]?$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    rf"{_BULLET}(?:©|\(c\)\s*\d|copyright\s*(?:©|\(c\)|\d|by\b|[-–—:]))"
    r"|^.{0,200}\ball\s+rights\s+reserved\b"
    r"|.{0,120}\b(?:may|must|can)\s?not\s+be\s+(?:published|reproduced|copied|redistributed|republished|rewritten|broadcast)\b"
    r"|(?:reproduction|republication|re-?use)\s+(?:in\s+whole|is\s+prohibited|without|prohibited)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[\[(]?(?:(?:file\s+|featured\s+|header\s+|main\s+|cover\s+|lead\s+)?"
    r"(?:photo(?:graph)?|image|picture|pic|illustration|graphic|artwork|video)s?"
    r"(?:\s+(?:credits?|source|by|courtesy(?:\s+of)?|via|from)\b|\s*:)|credits?\s*:|courtesy\s+of\b|picture\s+by\b)"
    r"\s*:?\s*(?P<who>.*)$",
    re.IGNORECASE,
)
_AGENCY_ONLY = re.compile(
    r"[\[(]?(?:[\w.’'\- ]{0,40}(?:[/|]|\bvia\b)\s*)?(?:getty(?:\s+images)?|reuters|afp|epa|ap(?:\s+photo)?|shutterstock|istock)"
    r"(?:\s*(?:[/|]|via)\s*[\w.’'\- /]{0,40})?[\])]?\.?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:By|BY)\s+[^\W\d_a-z][\w.’'\-]*(?:\s+[^\W\d_a-z][\w.’'\-]*){0,3}"
    r"(?:(?:,|\s+and|\s+for|\s+in|\s*[|/–—])\s+[\w.’'\- ,|/]{1,60})?$"
    r"|(?:[Aa]dditional\s+)?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ww]ritten|[Tt]ranslated)\s+by\s+[^\W\d_a-z].{0,200}$"
    r"|\((?:(?:[Aa]dditional\s+)?[Rr]eporting|[Ww]riting|[Ee]diting)\s+by\s.{0,200}\)$"
    r"|(?:[Aa]bout\s+the\s+[Aa]uthor|[Aa]uthor|[Ww]ritten\s+by)\s*:?.{0,60}$)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}),?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
_TIME_STAMP = re.compile(
    rf"(?:(?:first\s+)?(?:published|posted|updated|last\s+(?:updated|modified)|created|issued)\b(?:\s+(?:on|at))?\s*:?\s.{{0,50}}\d.{{0,30}}[^.]$"
    rf"|(?:[a-z]{{3,9}}day,?\s+)?(?:{_DATE})(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d\d.{{0,12}})?$"
    r"|(?:estimated\s+)?(?:reading\s+time\s*:?\s*)?\d+\s+min(?:ute)?s?(?:\s+read)?$|\d+\s+(?:minutes?|hours?|days?)\s+ago$)",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"(?:(?:home|news|world|politics|start)\s*(?:[>›»/|]\s*[\w &’'\-]{1,40}){1,6}$"
    r"|(?:skip|jump|go|back|return)\s+to\s+(?:the\s+)?(?:main\s+)?(?:content|navigation|top|menu|home\s?page|main\s+page|search)$"
    r"|(?:menu|search|close|(?:next|previous)\s+(?:article|post|story|page))$|[←→]\s*.{0,80}$"
    r"|(?:tags?|topics?|filed\s+under|posted\s+in|categor(?:y|ies)|keywords?)\s*:\s*.{0,200}[^.]$"
    r"|(?:terms\s+(?:of\s+(?:use|service)|and\s+conditions)|contact\s+us|about\s+us|advertise\s+with\s+us)\b.{0,80}$"
    r"|(?:report|spotted|found|see)\s+an?\s+(?:typo|error|mistake|correction)\b.{0,60}$)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"[“”\"]|\b(?:said|says|told|according\s+to|added|warned|accused|denied|announced|claimed|urged)\b",
    re.IGNORECASE,
)


def find_furniture(raw: str, start: int = 0) -> list[Region]:
    """Furniture regions of a page from ``start`` on, in order, not overlapping.

    A region is whole lines (with their bullet, without the white space around them).
    Neighbouring lines of one block (share buttons, a comment form) are one region; each
    related link is its own.

    Parameters
    ----------
    raw : str
        The page as read.
    start : int
        Where to begin, in characters (after front matter).

    Returns
    -------
    list of Region
        ``kind`` is ``related link``, ``share buttons``, ``comment form``, ``cookie notice``,
        ``newsletter line``, ``advertisement``, ``copyright line``, ``photo credit``,
        ``byline``, ``time stamp`` or ``page navigation``.
    """
    lines = _lines(raw, start)
    for i, line in enumerate(lines):
        if len(line.words) <= _LONGEST:
            line.kind = _kind(line.words, i)
    _spread(lines)
    regions: list[Region] = []
    last: _Line | None = None
    for line in lines:
        if line.kind:
            one_block = (
                last is not None
                and last.kind == line.kind
                and (line.kind != "related link" or (not line.gap and not _LINK.match(line.words)))
            )
            if one_block:
                regions[-1] = Region(regions[-1].start, line.end, line.kind)
            else:
                regions.append(Region(line.start, line.end, line.kind))
        last = line
    return regions


def _lines(raw: str, start: int) -> list[_Line]:
    lines = []
    end = start
    for found in LINE.finditer(raw, start):
        piece = found.group()
        words = piece.strip()
        if words:
            at = found.start() + len(piece) - len(piece.lstrip())
            between = raw[end:at]
            gap = between.count("\n") > 1 or between.count("\r") > 1 or "\u2029" in between
            lines.append(_Line(at, at + len(words), words, gap))
            end = at + len(words)
    return lines


def _kind(words: str, position: int) -> str:
    """Kind of furniture one line is by itself, or ``""``."""
    short = len(words) <= 200
    if _LINK.match(words) or (short and _LINK_MEDIA.match(words) and position > 0):
        return "related link"
    prose = _PROSE.search(words) is not None
    if short and not prose and _LINK_OPEN.match(words):
        sentence = words.endswith(".")
        if len(words.split()) <= 25 and (not sentence or _TO_THE_PAGE.search(words)):
            return "related link"
    if short and _is_share(words):
        return "share buttons"
    if _COMMENT.match(words) and not prose:
        return "comment form"
    if "ookie" in words and not prose and _COOKIE_TO_READER.search(words):
        return "cookie notice"
    if short and _COOKIE_BUTTON.match(words):
        return "cookie notice"
    if not prose and (
        (_NEWSLETTER.search(words) and _APPEAL.search(words)) or _SIGN_UP.match(words)
    ):
        return "newsletter line"
    if _ADVERT.match(words):
        return "advertisement"
    if _COPYRIGHT.match(words) and not prose:
        return "copyright line"
    if not short:
        return ""
    if (found := _CREDIT.match(words)) and _is_credit(found["who"]):
        return "photo credit"
    if _AGENCY_ONLY.match(words) and position > 0 and len(words) > 2:
        return "photo credit"
    if position > 0 and _BYLINE.match(words) and (position < 8 or not words[:3].lower() == "by "):
        return "byline"
    if _TIME_STAMP.match(words):
        return "time stamp"
    if _NAVIGATION.match(words):
        return "page navigation"
    return ""


def _is_share(words: str) -> bool:
    tokens = [w.casefold() for w in _WORD.findall(words) if not w.isdigit()]
    if not tokens or len(tokens) > 16:
        return False
    if tokens[0] in _SHARE_VERBS and all(t in _SHARE_WORDS for t in tokens):
        return tokens[0] in {"share", "tweet", "retweet"} or len(tokens) > 1
    if _FOLLOW.match(words) and len(tokens) <= 14:
        return True
    if words.endswith("."):
        return False
    return all(t in _BUTTONS for t in tokens) and sum(t in _SITES for t in tokens) > 1


def _is_credit(who: str) -> bool:
    words = who.split()
    return len(words) <= 8 and not is_caption(who) and not _PROSE.search(who)


def _spread(lines: list[_Line]) -> None:
    """Let a heading claim the list under it, and a block its buttons and form fields."""
    list_open = False
    for i, line in enumerate(lines):
        if line.kind:
            list_open = line.kind == "related link" and bool(_LINK_HEADING.match(line.words))
            if list_open and _runs_to_the_end(lines, i + 1):
                for item in lines[i + 1 :]:
                    if item.kind:
                        break
                    item.kind = "related link"
            continue
        before = lines[i - 1].kind if i else ""
        if before == "share buttons" and _is_button(line.words):
            line.kind = before
        elif before == "comment form" and _FORM_FIELD.match(line.words):
            line.kind = before
        elif list_open and _is_list_item(line):
            line.kind = "related link"
        list_open = list_open and bool(line.kind)
    # Buttons without a heading: two or more names, one a line.
    i = 0
    while i < len(lines):
        j = i
        while j < len(lines) and not lines[j].kind and _is_button(lines[j].words):
            j += 1
        if sum(line.words.casefold() in _SITES for line in lines[i:j]) > 1:
            for line in lines[i:j]:
                line.kind = "share buttons"
        i = max(j, i + 1)


def _is_button(words: str) -> bool:
    return len(words) < 80 and all(
        w.casefold() in _BUTTONS for w in _WORD.findall(words) if not w.isdigit()
    )


def _is_list_item(line: _Line) -> bool:
    if line.words[0] in "•·▪▸▶►»›>*-–—→☞":
        return len(line.words) <= 200
    return not line.gap and _is_link_title(line.words)


def _is_link_title(words: str) -> bool:
    return len(words) <= 140 and words[-1] not in ".:;,”\""


def _runs_to_the_end(lines: list[_Line], i: int) -> bool:
    """Whether only link titles stand between line ``i`` and other furniture or the end."""
    first = i
    while i < len(lines) and not lines[i].kind and i - first <= 10:
        if not _is_link_title(lines[i].words):
            return False
        i += 1
    return i > first and (i == len(lines) or bool(lines[i].kind))
