"""A made-up article of a made-up dispute, for tests that correct or compare its statements."""

import csv
import io

PARAGRAPHS = (
    "Zorvia accuses Kestria of closing the strait",
    "Zorvia on Monday accused Kestria of closing the strait to its grain ships, a charge that "
    "Kesmouth rejected within hours.",
    "“Kestria has turned a sea lane into a toll gate,” said the Zorvian foreign minister. He added "
    "that the closure “starves the harbours of the north” and that his country would not pay.",
    "Kestria denied the charge. “No ship has been stopped, and none will be,” a spokesman for the "
    "government in Kesmouth said on Tuesday evening.",
    "Lena Harrow, an adviser whom neither side had named before, told reporters that the quarrel "
    "“could have been settled over a cup of tea”.",
    "Marland urged both countries to reopen the talks they broke off in spring. “We support the "
    "harbour towns of Zorvia,” the Marlandic prime minister said.",
    "The Assembly of Nations said it was “deeply worried” by the closure and asked Kestria to "
    "explain its measures.",
)
ARTICLE = "\n\n".join(PARAGRAPHS) + "\n"
GAZETTEER = "passages/parties.toml"
DATE = "2031-06-03"


def save(path, rows, separator=",", encoding="utf-8", newline="\n", columns=None):
    """Write rows as a spreadsheet would."""
    columns = columns or list(rows[0])
    out = io.StringIO()
    writer = csv.DictWriter(
        out, columns, delimiter=separator, lineterminator=newline, extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def load(path):
    """Rows of a table as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
