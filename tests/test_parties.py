"""What the gazetteer promises: names, places and titles lead to parties, or to no answer."""

import datetime
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.parties import Parties, PartiesError

FICTION = """
[text]
ordinary_surnames = ["Baker"]
not_parties = ["Zorvian blue"]

[party.Zorvia]
names = ["Z.R.", "Zorvian Republic"]
seats = ["Zorvograd"]
people = ["Zorvians"]
adjectives = ["Zorvian"]

[party.Quell]
country = "United Quell"
names = ["UQ", "U.Q.", "U.Q"]
seats = ["Quellton"]
people = ["Quellers"]
adjectives = ["Quellish"]

[party.WE]
country = "World Assembly"
names = ["WA"]

[party.Pair]
members = ["Zorvia", "Quell"]

[country.Oltania]
party = "other"
adjectives = ["Oltanian"]
whole_phrase_only = ["Oltania"]

[institution."Zorvian Foreign Ministry"]
party = "Zorvia"
office = "foreign ministry"

[institution."Glass House"]
party = "Quell"

[institution."Quellton Herald"]
party = "other"

[person."Ana Pell"]
party = "Zorvia"
gender = "f"
aliases = ["Anna Pell"]
posts = [
    {title = "foreign minister", of = "Zorvia", from = 2020-01-01, to = 2021-06-30},
    {title = "ambassador to the WA", of = "Zorvia", from = 2021-07-01},
]

[person."Tom Baker"]
party = "Zorvia"
posts = [{title = "foreign minister", of = "Zorvia", from = 2021-07-01}]

[person."Ida de Maar"]
party = "Zorvia"
posts = [{title = "deputy foreign minister", of = "Zorvia"}]

[person."Jón Kest"]
party = "Quell"
gender = "m"
posts = [{title = "Glass House spokesman", of = "Quell"}]

[person."Una Kest"]
party = "Zorvia"
posts = [{title = "special envoy for United Quell", of = "WE", from = 2022-01-01, to = 2022-12-31}]

[person."Per Olt"]
party = "other"
posts = [{title = "prime minister", of = "Oltania"}]
"""


def gazetteer(folder: Path, text: str) -> Parties:
    path = folder / "parties.toml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return Parties.from_toml(path)


@pytest.fixture(scope="module")
def fiction(tmp_path_factory) -> Parties:
    return gazetteer(tmp_path_factory.mktemp("fiction"), FICTION)


@pytest.fixture(scope="module")
def ours() -> Parties:
    return Parties.from_toml()


def found(parties: Parties, text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.party, m.form) for m in parties.find(text)]


# Looking a name up -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Ana Pell", " Ana  Pell ", "Anna Pell", "Ana Pell's", "Ana Pell’s", "ana pell"]
)
def test_spelling_variants_mean_one_person(fiction, name):
    assert fiction.lookup(name).name == "Ana Pell"
    assert fiction.lookup(name).gender == "f"


def test_accents_and_articles_make_no_difference(fiction):
    assert fiction.lookup("Jon Kest") == fiction.lookup("Jón Kest")
    assert fiction.lookup("the Glass House").kind == "institution"
    assert fiction.lookup("Zorvograd").name == "Zorvia"
    assert fiction.lookup("Quellers").name == "United Quell"


@pytest.mark.parametrize("name", ["", "Pell", "Ana", "uq", "Nobody Inparticular", "the"])
def test_what_is_no_exact_name_is_not_looked_up(fiction, name):
    assert fiction.lookup(name) is None


def test_a_surname_tells_everyone_who_has_it(fiction):
    assert [p.name for p in fiction.surname("Pell")] == ["Ana Pell"]
    assert {p.name for p in fiction.surname("Kest")} == {"Jón Kest", "Una Kest"}
    assert fiction.surname("de Maar") == fiction.surname("Maar") != ()
    assert fiction.surname("Nobody") == ()


def test_a_post_for_another_party_counts_only_while_it_lasts(fiction):
    assert fiction.party_of("Una Kest", "2021-12-31") == "Zorvia"
    assert fiction.party_of("Una Kest", "2022-05-05") == "WE"
    assert fiction.lookup("Una Kest", "2023").party == "Zorvia"


def test_party_of_accepts_a_surname_only_if_it_leads_to_one_party(fiction):
    assert fiction.party_of("Pell") == "Zorvia"
    assert fiction.party_of("Kest") == "unresolved"
    assert fiction.party_of("Nobody") == "unresolved"
    assert fiction.party_of("Quellton Herald") == "other"


def test_other_is_a_party_of_every_gazetteer(fiction):
    assert fiction.parties == ("Zorvia", "Quell", "WE", "Pair", "other")


# Office holders --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "foreign minister",
        "Foreign Secretary",
        "the top diplomat",
        "minister of foreign affairs",
        "foreign minister of Zorvia",
    ],
)
def test_titles_of_one_office_agree_and_the_date_decides(fiction, title):
    assert [p.name for p in fiction.holders(title, "Zorvia", "2021-06-30")] == ["Ana Pell"]
    assert [p.name for p in fiction.holders(title, "Zorvia", "2021-07-01")] == ["Tom Baker"]
    assert fiction.holders(title, "Zorvia", "2019-12-31") == ()
    assert fiction.holders(title, "Quell", "2021-07-01") == ()


def test_a_whole_year_or_no_date_keeps_everybody_who_fits(fiction):
    names = {"Ana Pell", "Tom Baker"}
    assert {p.name for p in fiction.holders("foreign minister", "Zorvia", "2021")} == names
    assert {p.name for p in fiction.holders("foreign minister", "Zorvia", "2021-06")} == {
        "Ana Pell"
    }
    assert {p.name for p in fiction.holders("foreign minister", "Zorvia", "")} == names


def test_a_deputy_is_never_the_principal(fiction):
    deputies = fiction.holders("deputy foreign minister", "Zorvia", "2022-01-01")
    principals = fiction.holders("foreign minister", "Zorvia", "2022-01-01")
    assert [p.name for p in deputies] == ["Ida de Maar"]
    assert not set(deputies) & set(principals)
    assert fiction.holders("former foreign minister", "Zorvia", "2022-01-01") == ()


@pytest.mark.parametrize(
    "title",
    [
        "ambassador to the WA",
        "envoy to the World Assembly",
        "permanent representative to the WA",
        "WA ambassador",
    ],
)
def test_an_ambassador_is_known_by_the_host(fiction, title):
    assert [p.name for p in fiction.holders(title, "Zorvia", "2022-02-02")] == ["Ana Pell"]
    assert fiction.holders("ambassador", "Zorvia", "2022-02-02") == ()
    assert fiction.holders("ambassador to United Quell", "Zorvia", "2022-02-02") == ()


@pytest.mark.parametrize("date", ["yesterday", "2022-13", "22", "9 December 2022"])
def test_a_date_that_is_none_is_refused(fiction, date):
    with pytest.raises(PartiesError, match="no date"):
        fiction.holders("foreign minister", "Zorvia", date)


# Running text ----------------------------------------------------------------------------------


def test_forms_of_mention(fiction):
    text = "Zorvograd and the Zorvians met Zorvian and UQ officials near Zorvia."
    assert found(fiction, text) == [
        ("Zorvograd", "Zorvia", "seat"), ("Zorvians", "Zorvia", "demonym"),
        ("Zorvian", "Zorvia", "adjective"), ("UQ", "Quell", "name"), ("Zorvia", "Zorvia", "name"),
    ]  # fmt: skip


def test_the_longest_name_wins(fiction):
    assert found(fiction, "the Zorvian Republic") == [("Zorvian Republic", "Zorvia", "name")]
    assert found(fiction, "Quellton Herald") == [("Quellton Herald", "other", "name")]
    assert found(fiction, "painted in Zorvian blue") == []


@pytest.mark.parametrize(
    "phrase",
    [
        "Zorvian Foreign Ministry",
        "Zorvia’s foreign ministry",
        "Ministry of Foreign Affairs of Zorvia",
        "Zorvograd's Foreign Ministry",
    ],
)
def test_an_office_is_found_in_its_usual_writings(fiction, phrase):
    [mention] = fiction.find(f"So said the {phrase} again.")
    assert mention.entity.name == "Zorvian Foreign Ministry"


def test_possessives_hyphens_and_full_stops(fiction):
    assert [m[0] for m in found(fiction, "UQ’s and U.Q. and U.Q forces")] == ["UQ", "U.Q.", "U.Q"]
    assert [m[0] for m in found(fiction, "Zorvia-Quell ties; Zorvian-made")] == [
        "Zorvia", "Quell", "Zorvian"]  # fmt: skip
    assert [m[0] for m in found(fiction, "Zorviana, preZorvia and uq")] == []


def test_a_name_does_not_reach_across_paragraphs(fiction):
    assert found(fiction, "of Glass\nHouse") == [("Glass\nHouse", "Quell", "name")]
    assert found(fiction, "of Glass\n\nHouse") == []


def test_a_shared_surname_is_nobody_until_the_full_name_was_read(fiction):
    [mention] = fiction.find("So said Kest.")
    assert (mention.entity, mention.party) == (None, "unresolved")
    *_, mention = fiction.find("Una Kest came. So said Kest.")
    assert mention.entity.name == "Una Kest"


def test_an_ordinary_word_is_a_surname_after_a_title_or_the_full_name(fiction):
    assert found(fiction, "Baker shops closed.") == []
    assert [m[0] for m in found(fiction, "Minister Baker spoke.")] == ["Baker"]
    assert [m[0] for m in found(fiction, "Tom Baker spoke. Baker left.")] == ["Tom Baker", "Baker"]


def test_another_persons_surname_is_not_ours(fiction):
    assert found(fiction, "The painter Maria Pell and Pell Street") == []
    assert [m[0] for m in found(fiction, "But Pell and President Pell")] == ["Pell", "Pell"]


def test_an_ambiguous_name_counts_only_as_a_whole_phrase(fiction):
    assert found(fiction, "a town in Oltania, an Oltanian town") == [
        ("Oltanian", "other", "adjective")]  # fmt: skip
    assert fiction.lookup("Oltania").kind == "country"


def test_people_without_a_noun_are_the_people(fiction):
    assert found(fiction, "the Quellish denied it") == [("Quellish", "Quell", "demonym")]
    assert found(fiction, "the Quellish army") == [("Quellish", "Quell", "adjective")]


PIECES = st.sampled_from(
    "Zorvia Zorvian Zorvograd UQ U.Q. Glass House Pell Ana Kest Una Baker Minister the of and "
    "’s - . , “ ” \n \n\n é e\u0301 Foreign Ministry WA Quellton Herald".split(" ")
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30), st.sampled_from(["", " "]))
@settings(max_examples=200, deadline=None)
def test_mentions_are_ordered_do_not_overlap_and_slice_back(fiction, pieces, joint):
    text = joint.join(pieces)
    last = 0
    for mention in fiction.find(text):
        assert last <= mention.start < mention.end <= len(text)
        words = text[mention.start : mention.end]
        assert words == words.strip()
        if mention.entity and mention.entity.kind != "person":
            assert fiction.lookup(words) == mention.entity
        last = mention.end


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_and_any_phrase_can_be_read(fiction, text):
    fiction.find(text)
    assert fiction.attribute_phrase(text).party


def test_the_text_is_read_once_however_long_and_repetitive(fiction):
    """Word steps grow in proportion to the text: counted, not timed."""

    def steps(text: str) -> int:
        count = 0

        class Counting(list):
            def __getitem__(self, index):
                nonlocal count
                count += 1
                return super().__getitem__(index)

        import analysis.mentions as room

        original = room._words
        room._words = lambda words: Counting(original(words))
        try:
            fiction.find(text)
        finally:
            room._words = original
        return count

    for unit in ("Ministry of Foreign Affairs of ", "Glass ", "Una Kest Kest ", "U.Q"):
        short, long = steps(unit * 50), steps(unit * 400)
        assert long <= 9 * short


# Source phrases --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "name", "party"),
    [
        ("Zorvia’s ambassador to the WA, Ana Pell", "Ana Pell", "Zorvia"),
        ("Zorvian Ambassador to the WA Ana Pell", "Ana Pell", "Zorvia"),
        ("Zorvia's WA envoy", "Ana Pell", "Zorvia"),
        ("the Zorvian foreign minister", "Tom Baker", "Zorvia"),
        ("the deputy Zorvian foreign minister", "Ida de Maar", "Zorvia"),
        ("the Glass House spokesman", "Jón Kest", "Quell"),
        ("a Glass House spokesman", "Glass House", "Quell"),
        ("a spokeswoman for the Zorvian Foreign Ministry", "Zorvian Foreign Ministry", "Zorvia"),
        ("the Zorvian Foreign Ministry spokesman", "Zorvian Foreign Ministry", "Zorvia"),
        ("an adviser to Ana Pell", "Zorvia", "Zorvia"),
        ("Ana Pell's adviser, Tom Baker", "Tom Baker", "Zorvia"),
        ("a spokesman for Foreign Minister Tom Baker", "Zorvia", "Zorvia"),
        ("the Zorvian Minister for Defence Policy Tom Baker", "Tom Baker", "Zorvia"),
        ("the Pell government", "Zorvia", "Zorvia"),
        ("Quellish officials", "United Quell", "Quell"),
        ("a senior official in Quellton", "United Quell", "Quell"),
        ("Zorvian officials in Quellton", "Zorvia", "Zorvia"),
        ("the Zorvian ambassador to United Quell", "Zorvia", "Zorvia"),
        ("the WA High Representative for Peace", "World Assembly", "WE"),
        ("the WA special envoy for United Quell", "Una Kest", "WE"),
        ("a WA spokesman", "World Assembly", "WE"),
        ("the Oltanian prime minister", "Per Olt", "other"),
        ("Zorvia and United Quell", "Pair", "Pair"),
        ("the Quellton Herald", "Quellton Herald", "other"),
        ("Mr Baker", "Tom Baker", "Zorvia"),
        ("Baker", "Tom Baker", "Zorvia"),
    ],
)
def test_who_a_source_phrase_means(fiction, phrase, name, party):
    answer = fiction.attribute_phrase(phrase, "2022-02-02")
    assert (answer.entity and answer.entity.name, answer.party) == (name, party)
    assert answer.rule


@pytest.mark.parametrize(
    ("phrase", "party"),
    [
        ("Zorvian defence minister Mia Voss", "Zorvia"),
        ("Mia Voss, Zorvia's ambassador to the WA", "Zorvia"),
        ("Quellish Colonel Mia Voss", "Quell"),
        ("Zorvian state media", "other"),
        ("Zorvian state TV", "other"),
        ("Zorvian analyst Mia Voss", "other"),
        ("Zorvian and WA officials", "Zorvia; WE"),
        ("Ana Pell and Jón Kest", "Pair"),
        ("Kest", "unresolved"),
        ("Zorvian High Representative for Peace Mia Voss", "Zorvia"),
        ("the ambassador of Zorvia Mia Voss", "Zorvia"),
        ("Mia Voss", "unresolved"),
        ("the WA ambassador", "unresolved"),
        ("the minister who had visited Zorvia", "unresolved"),
        ("she", "unresolved"),
        ("", "unresolved"),
    ],
)
def test_where_nobody_is_certain_only_the_party_is_told(fiction, phrase, party):
    answer = fiction.attribute_phrase(phrase, "2022-02-02")
    assert (answer.entity, answer.party) == (None, party)


# A file that contradicts itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        ('[person."Mia Voss"]\nparty = "Zorvai"', r"line \d+.*unknown party “Zorvai”"),
        ('[person."Mia Voss"]\ngender = "f"', r"line \d+.*has no party"),
        ('[person."Mia Voss"]\nparty = "Quell"\nage = 5', r"line \d+.*unknown key “age”"),
        ('[person."Mia Voss"]\nparty = "Quell"\ngender = "x"', r"line \d+.*gender"),
        ('[person."Mia Voss"]\nparty = "Quell"\naliases = "Mia"', r"line \d+.*list"),
        ('[person."Mia Voss"]\nparty = "Quell"\naliases = ["Ana Pell"]', r"already means Ana Pell"),
        ('[person."Mia Voss"]\nparty = "Quell"\nposts = [{title = "x", from = "May"}]', "bad date"),
        ('[person."Mia Voss"]\nparty = "Quell"\nposts = [{of = "Quell"}]', "needs a title"),
        ('[person."Mia Voss"]\nparty = "Quell"\nposts = [{title = "x", of = "Nowhere"}]', "lacks"),
        (
            '[person."Mia Voss"]\nparty = "Quell"\n'
            'posts = [{title = "x", from = 2022-02-02, to = 2021-01-01}]',
            "ends .* before",
        ),
        ('[person."Mia Voss"]\nparty = "Quell"\nposts = [{title = "x", til = "2022"}]', "“til”"),
        ('[person."Mia Voss"]\nparty = 2022-13-41', "not valid TOML.*line"),
        ("[persons]", "unknown table"),
        ('[party.Trio]\nmembers = ["Atlantis"]', "no party of this file"),
        ("[party.unresolved]", "cannot be the name"),
        ('[person.Zorvia]\nparty = "Quell"', "there twice"),
    ],
)
def test_errors_name_the_file_and_the_remedy(tmp_path, addition, message):
    with pytest.raises(PartiesError, match=message) as caught:
        gazetteer(tmp_path, FICTION + "\n" + addition)
    assert "parties.toml" in str(caught.value)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[party.Zorvia]\n\n[person."Mia Voss"]\nparty = "Quell"\n', "line 4: person “Mia Voss”"),
        ('[party.Zorvia]\n\n[person."Mia Voss"]\ngender = "f"\n', "line 3: person “Mia Voss”"),
        ("[party.Zorvia]\nseats = []\nanthem = 'x'\n", "line 3: party “Zorvia”: unknown key"),
        ("[party.Zorvia]  # anthem\n'anthem' = 'x'\n", "line 2: party “Zorvia”: unknown key"),
        (
            '[party.Z]\nnames = ["Pair"]\n[party.Q]\ncountry = "Quell"\n# Pair\nseats = ["Pair"]\n',
            r"line 6: party “Q”: “Pair” already means Z \(line 2\)",
        ),
        (
            '[party.Z]\n[person."Ann \\"Bo\\" Pell"]\nparty = "Z"\n\n[person.Bo]\nparty = "Z"\n'
            'aliases = [\n  "Ann \\"Bo\\" Pell",\n]\n',
            r"line \d: person “Bo”: “Ann \"Bo\" Pell” already means Ann \"Bo\" Pell \(line 2\)",
        ),
    ],
)
def test_the_line_is_that_of_what_is_wrong(tmp_path, text, where):
    with pytest.raises(PartiesError, match=where):
        gazetteer(tmp_path, text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PartiesError, match=r"absent\.toml"):
        Parties.from_toml(tmp_path / "absent.toml")


@pytest.mark.parametrize("key", ["adjectives", "people", "seats", "names"])
def test_two_lines_add_a_party(tmp_path, key):
    """One line to name it, one for a word that means it; its own name speaks for it already."""
    parties = gazetteer(tmp_path, FICTION + f'\n[party.Vask]\n{key} = ["Vaskan"]\n')
    assert "Vask" in parties.parties
    for phrase in ("Vask", "Vask's foreign minister", "the Vaskan", "Vaskan"):
        assert parties.attribute_phrase(phrase).party == "Vask", phrase


def test_two_lines_add_a_person(tmp_path):
    parties = gazetteer(tmp_path, FICTION + '\n[person."Mia Voss"]\nparty = "Quell"\n')
    assert parties.attribute_phrase("Quellish Colonel Mia Voss").entity.name == "Mia Voss"


# The project's own gazetteer -------------------------------------------------------------------


def test_every_party_of_the_codebook_is_there(ours):
    codebook = ["US", "UK", "Russia", "Iran", "Ukraine", "UN", "France", "Germany", "E3", "EU",
                "China", "NATO", "West", "other"]  # fmt: skip
    assert sorted(ours.parties) == sorted(codebook)


def test_every_dated_post_leads_back_to_its_holder_alone(ours):
    for entity in ours.entities:
        for post in entity.posts:
            if post.start:
                start = datetime.date.fromisoformat(post.start)
                end = datetime.date.fromisoformat(post.end or "2026-01-01")
                middle = start + (end - start) / 2
                holders = ours.holders(post.title, post.of, middle.isoformat())
                assert [h.name for h in holders] == [entity.name], post


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("The UK’s ambassador to the United Nations, Barbara Woodward", "Barbara Woodward"),
        ("Russian Ambassador to the UN Vasily Nebenzia", "Vasily Nebenzia"),
        ("Vassily Nebenzya", "Vasily Nebenzia"),
        ("John Kirby, spokesman for the National Security Council of the American executive",
         "John Kirby"),
        ("the US State Department", "US State Department"),
        ("The British Foreign Office", "British Foreign Office"),
        ("a spokesman for the Iranian Foreign Ministry", "Iranian Foreign Ministry"),
        ("the Kremlin spokesman", "Dmitry Peskov"),
        ("the British foreign secretary", "James Cleverly"),
        ("Iran's foreign minister", "Hossein Amir-Abdollahian"),
        ("Russia’s permanent representative to the United Nations", "Vasily Nebenzia"),
        ("the Americans", "United States"),
        ("the Russians", "Russia"),
        ("the British", "United Kingdom"),
        ("Kiev", "Ukraine"),
        ("France, Germany and the UK", "E3"),
    ],
)  # fmt: skip
def test_sources_of_december_2022(ours, phrase, name):
    assert ours.attribute_phrase(phrase, "2022-12-09").entity.name == name


@pytest.mark.parametrize(
    "text",
    ["They told us so.", "CONTACT US", "in New York", "Price rises", "Jane Putin",
     "Georgia, Jordan and Chad", "George Washington", "the West Bank", "heading west",
     "the international community"],
)  # fmt: skip
def test_what_only_looks_like_a_party(ours, text):
    assert ours.find(text) == []


def test_the_post_is_a_newspaper_and_not_the_capital(ours):
    assert found(ours, "the Washington Post reported") == [("Washington Post", "other", "name")]
    assert found(ours, "Washington said") == [("Washington", "US", "seat")]
