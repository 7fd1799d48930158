"""The reporting words of English news, and what each may be followed by.

A lemma has one or more frames:

======  ==================================================  ==========================
frame   what follows                                        example
======  ==================================================  ==========================
q       a quotation or clause; also after the content       “…,” *said* X
o       somebody addressed, then the content                *told* reporters that …
n       a noun phrase that is the content                   *denounced* the deal
i       an infinitive                                       *vowed* to respond
g       a gerund                                            *denied* receiving arms
p       one of the listed prepositions                      *called* for talks
======  ==================================================  ==========================

The list was drawn up for this project from general English; corpora served only to measure it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Cue(NamedTuple):
    """A reporting lemma: its frames and the prepositions it takes."""

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]


_BY_FRAMES = {
    "q": """say add argue remark comment reply respond retort counter quip joke complain lament
        protest object reason speculate reckon elaborate continue conclude muse opine fume snap
        scoff shout yell cry scream whisper mutter murmur chant exclaim interject intone rage
        boast brag gloat sneer chime theorize surmise tweet post write insist maintain allege
        contend attest testify hint imply caution clarify marvel blog email text crow counsel
        vent sigh declare thunder stipulate posit extrapolate tout""",
    "qn": """doubt note explain claim state announce assert stress emphasise emphasize underline
        underscore reiterate repeat recall observe concede admit acknowledge confirm confess
        reveal disclose report indicate suggest signal predict forecast estimate believe hope
        fear expect suspect understand find recommend propose demand request read
        profess affirm proclaim specify highlight detail reaffirm mention regret answer stipulate
        envision foresee anticipate calculate guarantee show""",
    "qo": """warn tell assure remind inform notify advise persuade convince ask urge beg implore
        order instruct command encourage promise brief exhort entreat lecture""",
    "n": """condemn denounce deplore decry criticise criticize slam blast assail rebuke reject
        dismiss refute rebut dispute contest oppose welcome praise hail applaud commend laud
        thank congratulate defend endorse support back favour favor advocate champion outline
        describe characterise characterize portray brand deride ridicule mock scorn cite quote
        invoke question challenge discuss blame castigate lambast lambaste disparage
        berate chastise chide censure vilify malign bash trash lampoon extol eulogise eulogize
        downplay bemoan rubbish scold skewer echo denigrate belittle salute compliment
        repudiate disavow rue voice""",
    "ng": "deny",
    "qng": "consider",
    "i": "refuse decline want wish prefer volunteer",
    "l": "offer volunteer plead",
    "qi": "vow pledge threaten swear decide agree resolve",
    "no": "accuse call label dub term urge reproach fault",
    "o": "press",
}
_EXTRA_FRAMES = {
    "deny": "qng",
    "promise": "qoi",
    "demand": "qni",
    "claim": "qni",
    "propose": "qni",
    "hope": "qi",
    "expect": "qi",
    "ask": "qoi",
    "beg": "qoi",
    "offer": "il",
    "seek": "i",
    "pledge": "qin",
    "vow": "qin",
    "threaten": "qin",
    "urge": "qon",
    "admit": "qng",
    "recall": "qng",
    "suggest": "qng",
    "recommend": "qng",
    "regret": "qng",
    "oppose": "ng",
    "warn": "qo",
    "wonder": "q",
    "think": "q",
    "feel": "q",
    "know": "q",
    "assume": "q",
    "question": "qn",
    "blame": "no",
    "accuse": "o",
    "answer": "q",
    "declare": "qn",
    "voice": "n",
    "defend": "n",
    "lament": "qn",
    "protest": "q",
    "tout": "n",
    "describe": "n",
    "maintain": "qn",
    "back": "n",
    "consider": "qng",
    "swear": "qi",
    "agree": "qi",
    "fear": "qn",
    "call": "no",
    "conclude": "q",
    "conjecture": "q",
    "discuss": "n",
    "favour": "ng",
    "favor": "ng",
    "blast": "n",
    "read": "q",
    "request": "qn",
    "rule": "q",
    "sanction": "",
    "report": "qn",
    "charge": "qo",
    "find": "q",
    "learn": "q",
    "allege": "qn",
    "clarify": "qn",
}
_PREPOSITIONS = {
    "call": "for on",
    "warn": "of about against over off",
    "advise": "against",
    "speak": "of about against out for",
    "talk": "of about",
    "complain": "of about",
    "boast": "of about",
    "point": "to out",
    "refer": "to",
    "object": "to",
    "insist": "on upon",
    "hint": "at",
    "scoff": "at",
    "sneer": "at",
    "bristle": "at",
    "balk": "at",
    "allude": "to",
    "argue": "for against",
    "appeal": "to for",
    "press": "for",
    "push": "for",
    "hope": "for",
    "agree": "with to on",
    "disagree": "with",
    "lash": "out",
    "rail": "against",
    "protest": "against",
    "apologise": "for",
    "apologize": "for",
    "plead": "for with",
    "vote": "for against",
    "inquire": "about",
    "comment": "on",
    "dwell": "on",
    "ask": "for about",
    "hit": "back out",
    "shoot": "back",
    "fire": "back",
    "go": "on",
    "rule": "out",
    "set": "out",
    "lay": "out",
    "spell": "out",
    "take": "aim",
    "beg": "for",
    "express": "",
    "wish": "for",
    "admit": "to",
    "confess": "to",
    "testify": "to about",
    "threaten": "with",
    "opt": "for",
    "elaborate": "on",
    "quarrel": "with",
    "brag": "about",
    "gripe": "about",
    "fret": "about over",
    "worry": "about that",
    "care": "about",
    "focus": "on",
    "touch": "on",
    "vouch": "for",
    "lobby": "for",
    "campaign": "for",
    "advocate": "for",
    "wave": "away aside",
    "brush": "off aside",
    "play": "down",
    "laugh": "off",
    "shrug": "off",
    "make": "clear",
    "put": "it",
}
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "know": "knows knew known knowing",
    "write": "writes wrote written writing",
    "read": "reads read reading",
    "find": "finds found finding",
    "speak": "speaks spoke spoken speaking",
    "swear": "swears swore sworn swearing",
    "seek": "seeks sought seeking",
    "hit": "hits hit hitting",
    "shoot": "shoots shot shooting",
    "put": "puts put putting",
    "hear": "hears heard hearing",
    "go": "goes went gone going",
    "set": "sets set setting",
    "lay": "lays laid laying",
    "spell": "spells spelled spelling",
    "take": "takes took taken taking",
    "foresee": "foresees foresaw foreseen foreseeing",
    "understand": "understands understood understanding",
    "make": "makes made making",
    "show": "shows showed shown showing",
    "cry": "cries cried crying",
    "deny": "denies denied denying",
    "decry": "decries decried decrying",
    "reply": "replies replied replying",
    "imply": "implies implied implying",
    "notify": "notifies notified notifying",
    "clarify": "clarifies clarified clarifying",
    "testify": "testifies testified testifying",
    "specify": "specifies specified specifying",
    "vilify": "vilifies vilified vilifying",
    "worry": "worries worried worrying",
    "play": "plays played playing",
    "convey": "conveys conveyed conveying",
    "beg": "begs begged begging",
    "admit": "admits admitted admitting",
    "quip": "quips quipped quipping",
    "brag": "brags bragged bragging",
    "snap": "snaps snapped snapping",
    "slam": "slams slammed slamming",
    "rebut": "rebuts rebutted rebutting",
    "dub": "dubs dubbed dubbing",
    "plan": "plans planned planning",
    "prefer": "prefers preferred preferring",
    "refer": "refers referred referring",
    "label": "labels labelled labeled labelling labeling",
    "signal": "signals signalled signaled signalling signaling",
    "blog": "blogs blogged blogging",
    "rue": "rues rued ruing",
    "opt": "opts opted opting",
    "see": "sees saw seeing",
    "brief": "briefs briefed briefing",
    "learn": "learns learned learnt learning",
    "forecast": "forecasts forecast forecasting",
    "fret": "frets fretted fretting",
    "rubbish": "rubbished rubbishes rubbishing",
    "rebuke": "rebukes rebuked rebuking",
}
# Forms that are nouns or adjectives more often than verbs: a clear subject is asked of them.
AMBIGUOUS = frozenset(
    """show shows showed shown claims claim reports report calls call demands demand notes note
    states state plans plan
    fears fear hopes hope estimates estimate requests request charges charge threats offers offer
    questions question posts post comments comment texts text answers answer backs back supports
    support challenges challenge details detail signals signal finds find reads read labels label
    terms term rules rule counters counter blasts blast protests protest objects object orders
    order commands command reasons reason voices voice highlights highlight documents document
    forecasts forecast estimated backing reading meaning feeling finding writing wants want wishes
    wish thought known used found felt set hit fire go push press points point focus focuses
    quotes quote cites favours favors pledges pledge promises promise vows vow regrets regret
    remarks remark responses salutes salute tweets tweet emails email describes guarantee
    guarantees briefs brief echoes echo moves fires sighs cries cry shouts shout proposed
    reported alleged expected intended planned called considered advised supported""".split()
)
REPORTING_ADJECTIVES = frozenset(
    """alarmed concerned worried confident convinced adamant sceptical skeptical optimistic
    pessimistic hopeful critical proud glad pleased grateful dismayed shocked outraged appalled
    angry disappointed surprised opposed supportive certain dismissive scathing aware afraid
    fearful angered troubled unconvinced furious satisfied""".split()
)
ADJECTIVE_PREPOSITIONS = frozenset("by about at over of that to with in".split())
LIGHT_VERBS = frozenset(
    """issue issues issued issuing give gives gave giving make makes made making deliver delivers
    delivered voice voices voiced voicing express expresses expressed expressing offer offered
    level levels levelled leveled sound sounds sounded raise raised repeat repeated repeating
    renew renewed release released send sent publish published launch launched lodge lodged
    reiterate reiterated convey conveyed take takes took taken taking""".split()
)
SPEECH_NOUNS = frozenset(
    """warning statement accusation accusations denial threat threats promise pledge vow call calls
    appeal plea demand request condemnation criticism rebuke apology alarm concern concerns regret
    support hope hopes fear fears doubt doubts outrage confidence dismay anger frustration
    opposition surprise disappointment satisfaction gratitude solidarity belief willingness
    readiness complaint proposal claim claims allegation allegations comments remarks tribute
    message scepticism skepticism objection objections protest ultimatum assurance assurances
    worry worries misgivings praise optimism pessimism interest pride issue exception""".split()
)
CLAIM_NOUNS = frozenset(
    """claim claims warning accusation allegation allegations assertion statement denial threat
    promise insistence belief remark message point suggestion admission
    announcement contention argument complaint
    pledge vow assurance reminder fear hope view conviction accusations claims""".split()
)
ACCORDING = frozenset({"according"})
# Verbs that report speech only with their particle.
PHRASAL = frozenset(
    {
        ("shoot", "back"), ("fire", "back"), ("hit", "back"), ("chime", "in"), ("go", "on"),
        ("put", "it"), ("cry", "out"), ("shout", "out"), ("call", "out"), ("point", "out"),
    }
)  # fmt: skip
SAYING = frozenset(
    """said says asked asks added adds replied replies wrote writes told tells continued shouted
    exclaimed wondered wonders answered responded demanded joked declared quipped tweeted
    insisted explained noted recalled""".split()
)
AUXILIARIES = frozenset(
    """is are was were be been being am has have had having do does did will would shall should can
    could may might must 's 've 'd 'll isn't aren't wasn't weren't hasn't haven't hadn't doesn't
    don't didn't won't wouldn't shouldn't can't cannot couldn't mustn't""".split()
)
NEGATIONS = frozenset("not never n't neither nor no didn't doesn't don't won't wouldn't".split())


def inflections(lemma: str) -> list[str]:
    """Finite forms and participles of a regular or listed irregular verb."""
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return [lemma, lemma + "es", lemma + "ed", lemma + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    return [lemma, lemma + "s", lemma + "ed", lemma + "ing"]


@lru_cache(maxsize=1)
def cue_forms() -> dict[str, Cue]:
    """Every form of every reporting verb, lower case, with its cue entry."""
    frames: dict[str, set[str]] = {}
    for kinds, lemmas in _BY_FRAMES.items():
        for lemma in lemmas.split():
            frames.setdefault(lemma, set()).update(kinds)
    for lemma, kinds in _EXTRA_FRAMES.items():
        frames.setdefault(lemma, set()).update(kinds)
    for lemma in _PREPOSITIONS:
        frames.setdefault(lemma, set()).add("p")
    forms: dict[str, Cue] = {}
    for lemma, kinds in frames.items():
        cue = Cue(lemma, frozenset(kinds), frozenset(_PREPOSITIONS.get(lemma, "").split()))
        if not kinds:
            continue
        for form in inflections(lemma):
            forms.setdefault(form, cue)
    return forms
