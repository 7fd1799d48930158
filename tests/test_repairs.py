"""Repairs: what is damaged is mended with exact offsets, what is sound is left alone."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.documents import Document, load_article, load_corpus
from analysis.repairs import find_repairs
from analysis.substitutions import find_substitutions

ROOT = Path(__file__).resolve().parent.parent
GOLD = json.loads((ROOT / "data" / "gold" / "article.json").read_text(encoding="utf-8"))
NEWS = Path(os.environ.get("QUOTED_PARTIES_EVAL", ROOT.parent / "shared" / "eval"))

# Passages a synonym program has been through: the damaged words, and what stood there. The
# first set was written before the table of substitutes, the second after it was finished.
FIRST = [
    ("We kcurrently that the treaty will hold, the envoy said.", "kcurrently", "know"),
    ("Velland will contrihowevere two ships to the patrol.", "contrihowevere", "contribute"),
    ("Fuel has become sautomobilece in the northern towns.", "sautomobilece", "scarce"),
    ("Talks resume this weekfinish in the capital.", "weekfinish", "weekend"),
    ("The envoy left becautilize nobody would listen.", "becautilize", "because"),
    ("The governguyst of Velland rejected the offer.", "governguyst", "government"),
    ("The ottheir side did not answer.", "ottheir", "other"),
    ("The depot was the tarreceive of the raid.", "tarreceive", "target"),
    ("The accord would everyow inspectors to return.", "everyow", "allow"),
    ("The counattempt has no such weapons, the minister added.", "counattempt", "country"),
    ("Lawmakers voted to pbutt the bill.", "pbutt", "pass"),
    ("He resigned shortly followingwards.", "followingwards", "afterwards"),
    ("A largeger force would be needed.", "largeger", "bigger"),
    ("Pictures displayn to reporters prove nothing, she said.", "displayn", "shown"),
    ("The ministry tried to smany times its tone.", "smany times", "soften"),
    ("The blast beginled the guards.", "beginled", "startled"),
    ("We beneathstand the concern, the spokeswoman said.", "beneathstand", "understand"),
    ("Columns of tanks moved toconflictd the river.", "toconflictd", "toward"),
    ("In fbehave, the envoy added, no one had asked.", "fbehave", "fact"),
    ("“We are ready,” the general shelp.", "shelp", "said"),
    ("Both sides let the deceasedline go by.", "deceasedline", "deadline"),
    ("Oster has almanners kept its word.", "almanners", "always"),
    ("The bridge is stsick closed.", "stsick", "still"),
    ("A local informationpaper printed the letter.", "informationpaper", "newspaper"),
    ("They will tright herefore abstain.", "tright herefore", "therefore"),
    ("The demands were not explanationable, he said.", "explanationable", "reasonable"),
    ("The partnervessel between the two states is growing.", "partnervessel", "partnership"),
    ("The weapony denied that it had fired.", "weapony", "army"),
]
SECOND = [
    ("The budreceive for the fleet was cut in spring.", "budreceive", "budget"),
    ("The minisattempt called the claim absurd.", "minisattempt", "ministry"),
    ("New softconflicte guides the missiles, the report says.", "softconflicte", "software"),
    ("That is a thrconsume to the whole region, he warned.", "thrconsume", "threat"),
    ("Two sagediers were hurt at the crossing.", "sagediers", "soldiers"),
    ("The exereduceive branch must answer, the deputy said.", "exereduceive", "executive"),
    ("Engineers took the complaceer apart.", "complaceer", "computer"),
    ("He displaceed the figures in the report.", "displaceed", "disputed"),
    ("Nearly a msickion people fled the coast.", "msickion", "million"),
    ("Followingwards, the envoys left without a word.", "Followingwards", "Afterwards"),
    ("The item stands on the agfinisha of the council.", "agfinisha", "agenda"),
    ("The minister voiced dismight at the vote.", "dismight", "dismay"),
    ("Talks failed to revery single a deal.", "revery single", "reach"),
    ("The text was agreed prior tohand by both delegations.", "prior tohand", "beforehand"),
    ("The talks were by no meanstheless useful, she said.", "by no meanstheless", "nevertheless"),
    ("The pilots shot dpossess a drone over the bay.", "dpossess", "down"),
    ("The neproceedtiations go on behind closed doors.", "neproceedtiations", "negotiations"),
    ("Weaponies on both sides dug in.", "Weaponies", "Armies"),
    ("A prohibitk in the capital was hit.", "prohibitk", "bank"),
    ("Velland spoke out once morest the plan.", "once morest", "against"),
    ("They met on Sunday followingnoon in Oster.", "followingnoon", "afternoon"),
]


def mended(raw: str) -> str:
    return Document.from_text(raw, language_check=False).text


def repairs(raw: str, kind: str = "") -> list[tuple[str, str]]:
    return [(raw[r.start : r.end], r.text) for r in find_repairs(raw) if kind in ("", r.kind)]


class TestSeedArticle:
    article = load_article(ROOT / "data" / "article.txt")

    def test_the_repairs_of_the_gold_are_found_exactly_and_no_other(self):
        found = [([r.start, r.end], r.text, r.kind) for r in self.article.repairs]
        gold = sorted((g["span"], g["text"], g["kind"]) for g in GOLD["repairs"])
        assert found == gold

    def test_what_reads_as_english_is_left_alone(self):
        for words in GOLD["not_repairs"]:
            assert words in self.article.text


class TestWordSubstitution:
    @pytest.mark.parametrize("passages", [FIRST, SECOND], ids=["first", "second"])
    def test_nine_of_ten_damaged_words_are_mended(self, passages):
        right = [repairs(p, "word substitution") == [(d, word)] for p, d, word in passages]
        assert sum(right) >= 0.9 * len(passages)

    @pytest.mark.parametrize("passages", [FIRST, SECOND], ids=["first", "second"])
    def test_no_other_word_is_touched(self, passages):
        for passage, damage, _ in passages:
            assert all(found in damage for found, _ in repairs(passage)), passage

    @pytest.mark.parametrize(
        ("damaged", "sound"),
        [
            ("Followingwards they left.", "Afterwards they left."),
            ("He left. Once morest all advice.", "He left. Against all advice."),
            ("a warning once\nmorest the plan", "a warning against the plan"),
            ("this followingnoon’s vote", "this afternoon’s vote"),
            ("(followingnoon), he said", "(afternoon), he said"),
        ],
    )
    def test_case_and_marks_around_the_word_stay(self, damaged, sound):
        assert mended(damaged) == sound

    @pytest.mark.parametrize(
        "sound",
        [
            "The plan was once more denied.",
            "Ms. Thereson met Followingham in Oster.",
            "The envoy, Followingnoon, spoke.",
            "The ISAIDX programme of FOLLOWINGNOON was shut.",
            "a well-followingnoon talk at once-morest.org",
            "He writes that he utilizes displays and resupplies helpers.",
            "They recieve alot of goverment mony untill tommorow.",
            "Der Minister sagte, que les usagers sont contents.",
            "The warplane and the airstrike and the gunboat.",
            "See user@followingnoon.example or #followingnoon.",
        ],
    )
    def test_names_acronyms_addresses_typos_and_rare_words_stay(self, sound):
        assert repairs(sound) == []

    def test_the_corpus_of_the_project_has_none(self):
        for document in load_corpus(ROOT / "data" / "corpus"):
            assert not [r for r in document.repairs if r.kind == "word substitution"], document.id

    def test_hardly_any_in_real_news(self):
        path = NEWS / "quotes" / "dev.articles.jsonl"
        if not path.exists():
            pytest.skip(f"no news articles at {path}; set QUOTED_PARTIES_EVAL to their folder")
        articles = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
        found = [repair for text in articles for repair in find_substitutions(text)]
        assert len(found) <= 1

    @given(st.text(alphabet="abeghinoprst ", max_size=80))
    def test_a_repair_changes_the_text_and_stays_inside_it(self, text):
        for start, end, word in find_substitutions(text):
            assert 0 <= start < end <= len(text)
            assert text[start:end] != word


class TestTurnedMarks:
    @pytest.mark.parametrize(
        ("turned", "right"),
        [
            ("a plan which ” would end” the talks", "a plan which “would end” the talks"),
            ("called it ”a provocation”.", "called it “a provocation”."),
            ("to “draw conclusions“.", "to “draw conclusions”."),
            ("”We wait,” she said.", "“We wait,” she said."),
            ("“One,” he said, ”two” and “three“ too.", "“One,” he said, “two” and “three” too."),
        ],
    )
    def test_a_mark_that_faces_the_wrong_way_is_turned(self, turned, right):
        assert mended(turned) == right

    @pytest.mark.parametrize(
        "sound",
        [
            'He said " we wait " and left.',
            "“We wait,” she said. “We hope.”",
            "“The first part.\n\n“The second part.”",
            "She said „wir warten“ and left.",
            "It was 6” wide and 8” long.",
            "He said: “We were told ‘no’”.",
            "An end” without a beginning",
        ],
    )
    def test_other_marks_stay(self, sound):
        assert repairs(sound) == []

    def test_a_turned_mark_takes_the_space_after_it(self):
        raw = "a plan which ” would end” the talks"
        assert repairs(raw) == [("” ", "“")]


class TestStrayFullStops:
    @pytest.mark.parametrize(
        ("stray", "right"),
        [
            ("Planes too, the envoy said. .", "Planes too, the envoy said."),
            ("He left. . They stayed.", "He left. They stayed."),
            ("used in Oster. “in large numbers”.", "used in Oster “in large numbers”."),
            (
                'sent there. "with full support" on Monday.',
                'sent there "with full support" on Monday.',
            ),
        ],
    )
    def test_a_full_stop_that_ends_nothing_goes(self, stray, right):
        assert mended(stray) == right

    @pytest.mark.parametrize(
        "sound",
        [
            "He paused. . . and left.",
            "He paused . . . and left.",
            "He paused.... They stayed.",
            "The U.S. “in-house” team and Oster Corp. “special” fund.",
            "He said. “we will wait,” she added.",
            "It ended. “The end”, he said.",
            "see fig. “b” there",
        ],
    )
    def test_other_full_stops_stay(self, sound):
        assert repairs(sound) == []


class TestCharacters:
    @pytest.mark.parametrize(
        ("damaged", "right"),
        [
            ("itâ€™s â€œreadyâ€\x9d", "it’s “ready”"),
            ("the cafÃ© in GuantÃ¡namo", "the café in Guantánamo"),
            ("FranA\u0303\x83A\u0302§ois", "François"),
            ("news\u00adpaper", "newspaper"),
            ("voilÃ  he said", "voilà he said"),
        ],
    )
    def test_encoding_damage_is_mended_where_it_stands(self, damaged, right):
        assert mended(damaged) == right

    @pytest.mark.parametrize(
        "sound",
        ["château, œuvre, Łódź and Ångström", "“It’s ‘here’”—he said…", "Путин и Київ", "£5 – 20°"],
    )
    def test_accents_and_marks_stay(self, sound):
        assert repairs(sound) == []

    def test_marks_are_judged_after_the_characters_are_mended(self):
        assert mended("which â€\x9d would endâ€\x9d the talks") == "which “would end” the talks"

    def test_furniture_is_not_repaired(self):
        raw = "He spoke.\n\nRead also: once morest the plan\n\nHe left."
        assert Document.from_text(raw).repairs == ()
