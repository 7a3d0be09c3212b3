"""PDF and DOCX files, made up."""

import io
import zipfile
from collections.abc import Sequence
from html import escape
from io import BufferedReader, BytesIO

from builders_intake import part

from bot.intake.files import read_stream

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_file(name: str, data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """What a file holds: texts and refusals by their names."""
    return part(read_stream(name, BufferedReader(BytesIO(data))))


def pdf_bytes(pages: Sequence[Sequence[str]], *, drawn: str = "") -> bytes:
    """A PDF with these lines on its pages, the first of them at (50, 750), and with shapes that are `drawn` before them."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({_quoted(line)}) Tj T*" for line in lines)
        stream = f"{drawn}BT /F1 10 Tf 12 TL 50 750 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _numbered(objects)


def locked_pdf(data: bytes, password: str) -> bytes:
    """A PDF that asks for a password, or with an empty one only says what may be done with it."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")  # noqa: S106 - a made-up file
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _quoted(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _numbered(objects: Sequence[str]) -> bytes:
    written = io.BytesIO(b"")
    written.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(written.tell())
        written.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
    start = written.tell()
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    written.write(
        f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return written.getvalue()


def paragraph(*runs: str, style: str = "", depth: int | None = None, bold: bool = False) -> str:
    """A Word paragraph."""
    numbered = "" if depth is None else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    marks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    words = "".join(f'<w:r>{marks}<w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{words}</w:p>"


def docx_bytes(*paragraphs: str, before: str = "") -> bytes:
    """A Word document of these paragraphs."""
    return zip_document(f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>')


def zip_document(document: str | bytes, name: str = "word/document.xml") -> bytes:
    """A Word file whose document is this XML."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return written.getvalue()
