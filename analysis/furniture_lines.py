"""What one line of a page is by itself: a link, a button, a form, a notice, or story."""

from __future__ import annotations

import re

from analysis.paragraphs import is_caption

# No furniture line is longer; longer lines are not looked at.
LONGEST = 700
BULLETS = "•·▪▸▶►»›>*-–—→☞"

_I = re.IGNORECASE
_BULLET = r"[\s•·▪▸▶►»›>*+\-–—|→☞👉]*"

# Links to other stories. A phrase and a colon (or nothing after it) is enough.
_LINK_PHRASE = (
    r"(?:(?:read|see|watch|listen|view|discover)\s+(?:also|more|next|too|this)"
    r"|also\s+(?:read|see|watch)"
    r"|(?:related|recommended|suggested|similar|further|more)"
    r"\s+(?:articles?|stor(?:y|ies)|coverage|content|news|posts?|links?|topics?|reading"
    r"|reports?|pieces?|for\s+you)"
    r"|more\s+(?:on|about|from|in)\s+(?:this|the|our|us)\b[^:.!?]{0,40}"
    r"|(?:you|readers)\s+(?:may|might|will|could)\s+(?:also\s+)?"
    r"(?:like|enjoy|be\s+interested\s+in|want\s+to\s+read)"
    r"|do\s?n[o’']t\s+miss|must[\s-]+reads?|editor[’']?s[’']?\s+(?:picks?|choice)"
    r"|most\s+(?:read|popular|viewed|shared)|trending(?:\s+now)?|top\s+stories"
    r"|latest\s+(?:news|stories)|in\s+other\s+news|up\s+next|next\s+up|what\s+to\s+read\s+next"
    r"|elsewhere\s+on\s+(?:this|the|our)\s+\w+"
    r"|earlier\s+(?:on\s+this\s+\w+|coverage|story|stories|report)"
    r"|from\s+(?:our|the)\s+archives?)"
)
_LINK_WORD = r"(?:related|recommended|suggested|similar|further|more|watch|listen|gallery|podcast)"
_LINK = re.compile(
    rf"{_BULLET}(?:{_LINK_PHRASE}\s*(?:[:|»›>–—]|\s-\s|$)|{_LINK_WORD}\s*(?:[:|»›]|$))", _I
)
_LINK_HEADING = re.compile(rf"{_BULLET}(?:{_LINK_PHRASE}|{_LINK_WORD})\s*[:|»›>–—.…]*$", _I)
# Without a colon the words alone must do: short, and no sentence of the story.
_LINK_OPEN = re.compile(
    rf"{_BULLET}(?:(?:read|see)\s+(?:also|more|next|on)\b|also\s+read\b"
    r"|read\s+(?:the|our|his|her|its)\s+(?:full|rest|whole|original|entire|latest|complete)\b"
    r"|click\s+(?:here|below|through)\b|continue\s+reading\b|find\s+out\s+more\b|learn\s+more\b"
    r"|more\s+from\b|for\s+(?:more|further)\s+(?:on|about|information|news|stories|coverage"
    r"|details|reading)\b)",
    _I,
)
_TO_THE_PAGE = re.compile(
    r"\b(?:here|below|above|click|link|our|page|site|website|article|story|coverage|app)\b", _I
)

_SITES = frozenset(
    "facebook twitter pinterest linkedin whatsapp telegram reddit messenger tumblr instagram"
    " youtube tiktok threads bluesky mastodon flipboard viber vk vkontakte odnoklassniki weibo"
    " wechat snapchat xing digg stumbleupon skype".split()
)
_BUTTONS = _SITES | frozenset(
    "x email e-mail mail print copy link url google pocket line signal sms buffer more share"
    " shares tweet like likes save bookmark post pin it the on this via to app and or comments"
    " comment".split()
)
_SHARE_VERBS = frozenset("share tweet retweet print email e-mail pin bookmark".split())
_SHARE_WORDS = _BUTTONS | frozenset(
    "with by your our a an article story page news report item friends friend others now here"
    " of these that us icon button buttons options social media network networks piece".split()
)
_FOLLOW = re.compile(
    rf"{_BULLET}(?:follow|like|find|connect\s+with|join)\s+(?:us|@\w+|our\s+(?:page|channel))\b",
    _I,
)
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

_COMMENT = re.compile(
    rf"{_BULLET}(?:(?:leave|post|add|write|submit)\s+(?:us\s+)?(?:an?\s+|your\s+)?(?:public\s+)?"
    r"(?:reply|comments?|response|feedback|thoughts)\b.{0,60}$"
    r"|your\s+e-?mail(?:\s+address)?\s+(?:will|is)\s+(?:not|never)\b|required\s+fields\b"
    r"|(?:this|our)\s+(?:web)?site\s+uses\s+akismet\b|learn\s+how\s+your\s+comment"
    r"|save\s+my\s+name\b|notify\s+me\s+(?:of|by|when|about)\b|cancel\s+reply$"
    r"|comments?\s+(?:are|is|section\s+is|have\s+been)\s+(?:now\s+)?"
    r"(?:closed|disabled|moderated|off|turned\s+off)"
    r"|be\s+the\s+first\s+to\s+(?:comment|reply|leave)"
    r"|(?:join|start)\s+the\s+(?:conversation|discussion|debate)\b.{0,60}$"
    r"|(?:please\s+)?(?:log|sign)\s?[- ]?in\b.{0,40}\bto\s+"
    r"(?:comment|reply|post|leave|join)\b.{0,40}$"
    r"|you\s+must\s+be\s+(?:logged|signed)\s+in\b"
    r"|(?:show|view|hide|read|see|load)\s+(?:all\s+|the\s+|more\s+)?(?:\d+\s+)?comments?\b.{0,20}$"
    r"|\d+\s+comments?$|no\s+comments\s+yet\b.{0,20}$|comments?\s*(?:\(\d+\))?\s*:?$"
    r"|have\s+your\s+say\b.{0,60}$|let\s+us\s+know\b.{0,80}$"
    r"|tell\s+us\s+(?:what|your|how|why|more|in|about)\b.{0,80}$"
    r"|share\s+your\s+(?:thoughts|views?|opinions?|comments?)\b.{0,80}$"
    r"|what\s+do\s+you\s+think\b.{0,80}\b(?:comments?|below|us)\b)",
    _I,
)
_FORM_FIELD = re.compile(
    r"(?:your\s+)?(?:name|e-?mail(?:\s+address)?|website|url|comment|message|reply|submit|send"
    r"|post\s+comment|post\s+reply|save|log\s?in|register|captcha)"
    r"\s*(?:\*|\(required\)|\(optional\))?\s*:?\s*\*?$",
    _I,
)
_COOKIE_TO_READER = re.compile(
    r"\b(?:we|our|this\s+(?:web)?(?:site|page)|you|your|accept|consent|browsing|manage|settings"
    r"|preferences|policy)\b",
    _I,
)
_COOKIE_BUTTON = re.compile(
    r"(?:(?:accept|reject|allow|decline|manage)\s+"
    r"(?:all|cookies|preferences|settings|optional|essential)"
    r"|(?:privacy|cookie)\s+(?:policy|notice|settings|preferences)"
    r"|(?:we\s+value\s+your|your)\s+privacy)(?:\s+(?:cookies|settings|preferences|&|and|\|)){0,3}"
    r"\s*[.|]?$",
    _I,
)
_NEWSLETTER = re.compile(
    r"\b(?:newsletters?|in-?box|mailing\s+list"
    r"|e-?mail\s+(?:alerts?|updates?|briefing|digest|list)|news\s+alerts?"
    r"|(?:daily|weekly|morning|evening)\s+(?:briefing|digest|e-?mail|update|roundup|round-up)"
    r"|our\s+(?:\w+\s+)?(?:app|alerts?|updates|e-?mails?)|push\s+notifications?"
    r"|breaking\s+news\s+to\s+your)\b",
    _I,
)
_APPEAL = re.compile(
    r"(?:^|[.!?:]\s+)[•·▪▸▶►»›>*+\-–—|→☞👉 ]*"
    r"(?:sign\s?-?\s?up|subscribe|join|get|receive|register|enter|download|do\s?n[o’']t\s+miss"
    r"|never\s+miss|stay|want|keep\s+up|try|enjoy|enjoyed|like\s+what|liked|become|start"
    r"|for\s+the\s+latest|to\s+(?:get|receive)|have\s+(?:the|our)|our|this"
    r"|the\s+(?:best|latest|day|week)|more|all|news|follow|choose|delivered)\b",
    _I,
)
_SIGN_UP = re.compile(
    rf"{_BULLET}(?:sign\s?-?\s?up|subscribe|register|log\s?in|sign\s?in"
    r"|become\s+a\s+(?:member|subscriber|supporter)|donate"
    r"|make\s+a\s+(?:donation|contribution)|already\s+a\s+(?:member|subscriber))"
    r"(?:\s+(?:now|today|here|free|to\s+(?:read|continue|support|our|get|receive)"
    r"|for\s+(?:our|more|full|just|free)|and\s+get)\b.{0,120}|\s*[:!?.]*)$"
    r"|.{0,160}\b(?:sign\s?-?\s?up|subscribe)\s+(?:here|below)\W*$"
    r"|.{0,120}\b(?:turn\s+on|enable|switch\s+on)\s+(?:\w+\s+)?(?:alerts?|notifications?)\b.{0,60}$"
    rf"|{_BULLET}(?:support|help)\s+(?:us|our|independent|quality|local)\b.{{0,60}}"
    r"\b(?:journalism|newsroom|reporting|site|website|by\s+(?:donating|subscribing))\b.{0,60}$",
    _I,
)
_ADVERT = re.compile(
    rf"{_BULLET}[\[(]?(?:advertisements?|advertising|advert|ads?"
    r"|sponsored(?:\s+(?:content|links?|posts?|by\b.{0,40}))?|promoted(?:\s+(?:content|stories))?"
    r"|paid\s+(?:content|post|partnership)|partner\s+content"
    r"|(?:story|article|report|content|text)\s+continues\s+(?:below|after|under)\b.{0,40}"
    r"|continue\s+reading\s+(?:below|the\s+main\s+story)|scroll\s+(?:down\s+)?(?:to|for)\b.{0,40}"
    r"|(?:skip|after)\s+(?:past\s+)?(?:newsletter|advertisement|ad|promotion)\b.{0,30}"
    r"|remove\s+ads\b.{0,20}|this\s+(?:advertisement|ad)\s+(?:has|will)\b.{0,60}"
    r"|we\s+may\s+(?:earn|receive)\b.{0,60}commission.{0,60})[\])]?\s*[.:]?$",
    _I,
)
_COPYRIGHT = re.compile(
    rf"{_BULLET}(?:©|\(c\)\s*\d|copyright\s*(?:©|\(c\)|\d|by\b|[-–—:]))"
    r"|.{0,200}\ball\s+rights\s+reserved\b"
    r"|.{0,120}\bmay\s?not\s+be\s+\w+(?:,|\s+or)\s.{0,80}\b"
    r"(?:reproduced|copied|redistributed|republished|rewritten|broadcast|distributed)\b"
    r"|.{0,160}\b(?:without|prior)\s+(?:\w+\s+)?(?:written\s+)?permission\s+(?:of|from|is)\b"
    r"|(?:reproduction|republication|re-?use)\s+(?:in\s+whole|is\s+prohibited|prohibited)\b",
    _I,
)
_CREDIT = re.compile(
    r"[\[(]?(?:(?:file\s+|featured\s+|header\s+|main\s+|cover\s+|lead\s+)?"
    r"(?:photo(?:graph)?|image|picture|pic|illustration|graphic|artwork|video)s?"
    r"(?:\s+(?:credits?|source|by|courtesy(?:\s+of)?|via|from)\b|\s*:)"
    r"|credits?\s*:|courtesy\s+of\b)\s*:?\s*(?P<who>.+)$",
    _I,
)
_AGENCY_ONLY = re.compile(
    r"[\[(]?(?:[\w.’'\- ]{0,40}(?:[/|]|\bvia\b)\s*)?"
    r"(?:getty(?:\s+images)?|reuters|afp|epa|ap(?:\s+photo)?|shutterstock|istock)"
    r"(?:\s*(?:[/|]|via)\s*[\w.’'\- /]{0,40})?[\])]?\.?$",
    _I,
)
_NAME = r"[^\W\d_a-z][\w.’'\-]*"
_BYLINE = re.compile(
    rf"(?:(?:By|BY)\s+{_NAME}(?:\s+{_NAME}){{0,3}}"
    r"(?:(?:,|\s+and|\s+for|\s+in|\s*[|/–—])\s+[\w.’'\- ,|/]{1,60})?$"
    r"|\(?(?:[Aa]dditional\s+)?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ww]ritten"
    r"|[Tt]ranslated)\s+by\s+[^\W\d_a-z].{0,200}$"
    r"|[Aa]bout\s+the\s+[Aa]uthor\b.{0,60}$|[Aa]uthor\s*:.{0,60}$)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d.{0,12})?"
_DATE = (
    rf"(?:(?:[a-z]{{3,6}}day,?\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}),?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})" + _CLOCK
)
_AGO = r"\d+\s+(?:minutes?|hours?|days?)\s+ago"
_TIME_STAMP = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|updated|last\s+(?:updated|modified)|created|issued)"
    rf"(?:\s+(?:on|at))?\s*:?\s*(?:{_DATE}|{_AGO})(?:\s*[|–-].{{0,60}})?$"
    rf"|{_DATE}$|{_AGO}$"
    r"|(?:estimated\s+)?(?:reading\s+time\s*:?\s*)?\d+\s+min(?:ute)?s?(?:\s+read)?$)",
    _I,
)
_NAVIGATION = re.compile(
    r"(?:(?:home|news|world|politics|start)\s*(?:[>›»/|]\s*[\w &’'\-]{1,40}){1,6}$"
    r"|(?:skip|jump|go|back|return)\s+to\s+(?:the\s+)?"
    r"(?:main\s+)?(?:content|navigation|top|menu|home\s?page|main\s+page|search)$"
    r"|(?:menu|search|close|(?:next|previous)\s+(?:article|post|story|page))$|[←→]\s*.{0,80}$"
    r"|(?:tags?|topics?|filed\s+under|posted\s+in|categor(?:y|ies)|keywords?)\s*:\s*.{0,200}[^.]$"
    r"|(?:terms\s+(?:of\s+(?:use|service)|and\s+conditions)|contact\s+us|about\s+us"
    r"|advertise\s+with\s+us)(?:\s*[|/·•&]\s*.{0,80})?$"
    r"|(?:report|spotted|found)\s+an?\s+(?:typo|error|mistake|correction)\b.{0,60}$)",
    _I,
)
# What makes a line story, whatever else it resembles: a quotation or a reporting verb.
_PROSE = re.compile(
    r"[“”\"]|\b(?:said|says|told|tells|according\s+to|added|warned|accused|denied|announced"
    r"|claimed|urged|asked)\b",
    _I,
)


def line_kind(words: str, position: int) -> str:
    """Kind of furniture one line is by itself, or ``""`` for story.

    Parameters
    ----------
    words : str
        The line without white space at its edges.
    position : int
        How many lines stand before it: the first is no byline.
    """
    if len(words) > LONGEST:
        return ""
    short = len(words) <= 200
    prose = _PROSE.search(words) is not None
    if len(words) <= 300 and _LINK.match(words):
        return "related link"
    if short and not prose and _LINK_OPEN.match(words):
        sentence = words.endswith(".")
        if len(words.split()) <= 25 and (not sentence or _TO_THE_PAGE.search(words)):
            return "related link"
    if short and _is_share(words):
        return "share buttons"
    if not prose:
        if _COMMENT.match(words):
            return "comment form"
        if "ookie" in words and _COOKIE_TO_READER.search(words):
            return "cookie notice"
        if (_NEWSLETTER.search(words) and _APPEAL.search(words)) or _SIGN_UP.match(words):
            return "newsletter line"
        if _COPYRIGHT.match(words):
            return "copyright line"
    if _ADVERT.match(words):
        return "advertisement"
    return _short_line_kind(words, position) if short else ""


def is_link_heading(words: str) -> bool:
    """Whether a line announces links to other stories without being one."""
    return bool(_LINK_HEADING.match(words))


def is_link(words: str) -> bool:
    """Whether a line says by itself that it links to another story."""
    return bool(_LINK.match(words))


def is_form_field(words: str) -> bool:
    """Whether a line may be a field or a button of a comment form."""
    return bool(_FORM_FIELD.match(words))


def is_button(words: str) -> bool:
    """Whether a line may be a share button; only its neighbours can tell."""
    return len(words) < 80 and all(
        w.casefold() in _BUTTONS for w in _TOKEN.findall(words) if not w.isdigit()
    )


def is_site(words: str) -> bool:
    """Whether a line is the name of a site that pages are shared on."""
    return words.casefold() in _SITES


def _short_line_kind(words: str, position: int) -> str:
    if _COOKIE_BUTTON.match(words):
        return "cookie notice"
    if (found := _CREDIT.match(words)) and _is_names(found["who"]):
        return "photo credit"
    if position > 0 and len(words) > 2 and _AGENCY_ONLY.match(words):
        return "photo credit"
    if position > 0 and _BYLINE.match(words) and (position < 8 or words[:3].lower() != "by "):
        return "byline"
    if _TIME_STAMP.match(words):
        return "time stamp"
    return "page navigation" if _NAVIGATION.match(words) else ""


def _is_share(words: str) -> bool:
    tokens = [w.casefold() for w in _TOKEN.findall(words) if not w.isdigit()]
    if not tokens or len(tokens) > 16:
        return False
    if tokens[0] in _SHARE_VERBS and all(t in _SHARE_WORDS for t in tokens):
        return tokens[0] in {"share", "tweet", "retweet"} or len(tokens) > 1
    if _FOLLOW.match(words) and len(tokens) <= 14:
        return True
    if words.endswith("."):
        return False
    return all(t in _BUTTONS for t in tokens) and sum(t in _SITES for t in tokens) > 1


def _is_names(who: str) -> bool:
    """Whether the words after "Photo:" are names of people and agencies."""
    words = [w for w in who.split() if w[0].isalpha()]
    small = {"of", "and", "for", "the", "via", "de", "von", "van", "by"}
    return (
        len(words) <= 8
        and not is_caption(who.removesuffix(")"))
        and all(w[0].isupper() or w in small for w in words)
    ) or (len(words) <= 8 and bool(_AGENCY_ONLY.match(who)))
