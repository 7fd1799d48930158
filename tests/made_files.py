"""Files of every format with one small story in them, made when a test asks for them."""

import csv
import io
import json
import zipfile
import zlib

TITLE = "Talks on the valley have failed"
DATE = "2022-12-09"
SAID = "Anna Roe said: “The talks have failed.”"
PARAGRAPHS = [
    "The envoys of Marland and Zorvia met in the valley on Friday for the third time this year, "
    "and they left it without a word about the next meeting.",
    f"{SAID} She spoke to reporters at the gate of the old mill, where the envoys had met.",
    "The café by the river was closed for the day – the owner had gone to see the boats, and "
    "nobody else was there to ask about the noise of the night before.",
]
STORY = "\n\n".join([TITLE, *PARAGRAPHS]) + "\n"


def plain(title=TITLE, date=DATE, paragraphs=PARAGRAPHS):
    front = f"---\ntitle: {title}\ndate: {date}\n---\n\n"
    return (front + "\n\n".join([title, *paragraphs]) + "\n").encode()


def page(
    title=TITLE, date=DATE, paragraphs=PARAGRAPHS, head="", extra="", charset="utf-8"
) -> bytes:
    story = "".join(f"<p>{p}</p>\n" for p in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{title}</title>'
        f'<meta property="article:published_time" content="{date}T10:00:00Z">{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/sport">Sport news</a></nav>'
        f"<article><h1>{title}</h1>{story}</article>{extra}"
        "<footer>All rights reserved by the Herald</footer></body></html>"
    ).encode(charset)


def word(title=TITLE, date=DATE, paragraphs=PARAGRAPHS, change=lambda document: None) -> bytes:
    import datetime

    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.created = datetime.datetime.fromisoformat(date)
    document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(package: bytes, parts: dict[str, bytes]) -> bytes:
    """A zip package with parts added or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def pdf_lines(text: str, width: int = 70) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)


def pdf(pages: list[list[str]] | None = None, extra: str = "", content: bytes | None = None):
    """A PDF whose pages show the given lines, one below the other."""
    if pages is None:
        pages = [[TITLE, *(line for p in PARAGRAPHS for line in pdf_lines(p))]]
    objects = ["", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
               "/Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids = []
    for lines in pages:
        shown = b"BT /F1 11 Tf 14 TL 60 780 Td\n"
        for line in lines:
            escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            shown += b"(" + escaped.encode("cp1252") + b") Tj T*\n"
        stream = zlib.compress(content if content is not None else shown + b"ET")
        objects.append(stream)
        objects.append(
            "<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 2 0 R"
            f" >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Type /Catalog /Pages 1 0 R {extra} >>")
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        if isinstance(body, bytes):
            head = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n"
            content_bytes = head.encode() + body + b"\nendstream"
        else:
            content_bytes = body.encode()
        out += f"{number} 0 obj\n".encode() + content_bytes + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root {len(objects)} 0 R >>\n"
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


ROWS = [
    {"id": "a1", "date": DATE, "title": TITLE, "text": STORY},
    {"id": "a2", "date": "2022-12-10", "title": "Rain", "text": STORY.replace("Friday", "Monday")},
]


def table(rows=ROWS, separator=",", encoding="utf-8") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def json_lines(rows=ROWS) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def parquet(rows=ROWS) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    out = io.BytesIO()
    write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


def archive(files: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data, compression)
    return out.getvalue()


#: One file of each format that is one document.
ARTICLES = {
    "story.txt": plain,
    "story.md": plain,
    "story.html": page,
    "story.htm": page,
    "story.docx": word,
    "story.pdf": pdf,
}
#: One file of each kind of table, with two documents.
TABLES = {
    "rows.csv": table,
    "rows.tsv": lambda: table(separator="\t"),
    "rows.jsonl": json_lines,
    "rows.parquet": parquet,
}
