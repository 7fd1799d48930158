"""The words by which a mention of somebody who speaks is told from other phrases."""

from __future__ import annotations

BARE_PRONOUNS = "he she they it we i you who".split()
CONTRACTED = frozenset(
    f"{pronoun}'{ending}" for pronoun in BARE_PRONOUNS for ending in "s re ve d ll m".split()
)
PRONOUNS = frozenset([*BARE_PRONOUNS, "which"]) | CONTRACTED
DETERMINERS = frozenset(
    """the a an this that these those his her their its our my your some several many most few
    both all no one two three four five six seven eight nine ten another other each every any
    dozens hundreds thousands more fellow""".split()
)
ROLE_NOUNS = frozenset(
    """spokesman spokeswoman spokesperson spokespeople spokesmen official officials minister
    ministers ministry ministries ambassador ambassadors envoy envoys diplomat diplomats
    secretary-general president
    presidents premier chancellor secretary undersecretary general deputy chief head leader leaders
    government governments administration department office agency agencies embassy mission
    delegation representative representatives council parliament congress senate senator senators
    lawmaker lawmakers mp mps congressman congresswoman congressmen governor governors mayor mayors
    commander commanders army military forces police officer officers intelligence committee
    commission union party campaign candidate candidates aide aides adviser advisers advisor
    advisors analyst analysts expert experts scientist scientists researcher researchers professor
    professors economist economists critic critics opponent opponents supporter supporters ally
    allies activist activists advocate advocates group groups organisation organization company
    companies firm guild federation association coalition confederation chamber lobby lawyer
    lawyers attorney attorneys judge judges court courts prosecutor prosecutors witness witnesses
    victim victims resident residents people person man woman men women source sources insider
    insiders report reports statement letter study survey poll polls document documents newspaper
    paper journal magazine website channel broadcaster reporter reporters journalist journalists
    author authors columnist editor editors editorial host moderator coordinator director
    chairman chairwoman chair executive founder owner manager strategist pollster voter voters
    democrat democrats republican republicans conservatives liberals lawmakers bishop pope priest
    pastor king queen prince doctor doctors physician nurse teacher teachers student students
    worker workers veteran veterans father mother son daughter brother sister wife husband friend
    friends neighbour neighbors neighbours colleague colleagues visitor guest host newcomer panel
    team board bank fund institute university kremlin pentagon capital
    authorities authority
    side sides state states country countries nation nations americans russians ukrainians
    iranians britons briton west presidency secretariat alliance bloc briefer pair trio duo
    musician actor singer writer historian philosopher everyone nobody others many some most
    americans conservative pundits observers watchdog regulator tribunal inspector inspectors
    counsel negotiator negotiators delegate delegates counterpart predecessor successor veteran
    strategists staffer staffers loyalist defector pilot soldier soldiers chiefs boss bosses
    sheriff justice justices speaker whip majority minority nominee contender rival rivals
    organizer organizers protester protesters demonstrator demonstrators crowd audience caller
    viewers readers users data figures evidence filing memo email tweet post transcript video
    article story release complaint lawsuit ruling order bill decree agreement resolution""".split()
)
ADVERBS = frozenset(
    """also then later again once more still already now today yesterday earlier recently
    however meanwhile instead nevertheless nonetheless further first finally initially only even
    just simply merely twice previously since ever never not always often sometimes once too
    repeatedly likewise soon therefore thus has""".split()
)
TEMPORAL = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december today yesterday tonight morning
    afternoon evening night week month year weekend day noon midnight""".split()
)
NEAREST = frozenset("of to for and with between by from against in at on into".split())
CLEAR_VERBS = frozenset(
    """said says say told tell tells wrote thought think believe believes found know knew put
    called went made took gave""".split()
)
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
STOPS = frozenset(
    """that because while when as if although though whereas after before since whether where why
    how but so than unless until and or nor yet what""".split()
)
PARENTHETICAL_OPENERS = frozenset(
    """in on at for by with from during after before since under amid despite according when while
    as speaking asked citing writing addressing referring responding replying commenting standing
    visiting quoting meanwhile however though instead too therefore among unlike like without
    including following late early also nevertheless moreover regarding concerning given""".split()
)
TITLE_PREPOSITIONS = frozenset("of for to at with in on from".split())
PHRASE_NOUNS = frozenset(
    """statement interview tweet letter speech briefing turn part return response reply address
    report conference post message call television contrary radio note email release article
    meeting reporters remarks event rally debate session hearing phone tv twitter
    facebook""".split()
)
