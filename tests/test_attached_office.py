"""Word and OFD files, zipped here: paragraphs and tables in order; what must not be believed."""

from __future__ import annotations

import io
import zipfile

import pytest

from replyarc.attached import bounds, docx, ofd, parts
from replyarc.attached.docx import read_docx
from replyarc.attached.ofd import read_ofd
from replyarc.attached.read import read_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def zipped(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, before: str = "", space: str = W, **files: str) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<w:document xmlns:w="{space}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    )
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **files})


def p(*runs: str) -> str:
    return (
        "<w:p>"
        + "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
        + "</w:p>"
    )


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_paragraphs_and_tables_come_in_order() -> None:
    table = row(p("项目"), p("投入") + p("（万元）")) + row(p("食堂"), p("36")) + row(p(""), p(""))
    body = (
        p("李明代表：")
        + p("", "　　收悉。", "现答复")
        + f"<w:tbl>{table}</w:tbl>"
        + p("清源市教育局")
    )
    assert read_docx(word(body)) == (
        ["李明代表：", "收悉。现答复", "项目\t投入 （万元）", "食堂\t36", "清源市教育局"],
        None,
        None,
    )


def test_a_table_that_only_frames_the_letter_leaves_its_paragraphs() -> None:
    inner = f"<w:tbl>{row(p('甲'), p('乙'))}</w:tbl>"
    body = f"<w:tbl>{row(p('李明代表：') + inner + p('清源市教育局'))}</w:tbl>"
    assert read_docx(word(body)).lines == ["李明代表：", "甲\t乙", "清源市教育局"]
    nested = f"<w:tbl>{row(p('左') + inner, p('右'))}</w:tbl><w:tc>{p('无行')}</w:tc>" + p("末")
    assert read_docx(word(nested)).lines == ["左 甲 乙\t右", "末"]


def test_what_is_struck_hidden_or_only_spoken_is_not_read() -> None:
    body = p(
        "现答复",
        "<w:del><w:r><w:t>旧</w:t><w:delText>旧</w:delText></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>",
        "<w:ins><w:r><w:t>如下</w:t></w:r></w:ins>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>",
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>：</w:t></w:r>',
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    )
    assert read_docx(word(body)).lines == ["现答复如下：拼"]


def test_breaks_tabs_content_controls_and_text_boxes() -> None:
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice>{p('清源市教育局')}</mc:Choice>"
        f"<mc:Fallback>{p('清源市教育局')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = (
        p(
            "甲<!-- -->",
            "<w:r><w:br/></w:r>",
            "乙\n丙",
            "<w:r><w:tab/><w:noBreakHyphen/></w:r>",
            "丁",
        )
        + f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr></w:p><w:r><w:t>无段</w:t></w:r>"
        + p(box)
    )
    assert read_docx(word(body)).lines == ["甲", "乙 丙 -丁", "控件", "清源市教育局"]


def test_numbers_that_word_makes_are_told() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    found = read_docx(word(p(numbered.format(1), "基本情况") + p(numbered.format(0), "其他")))
    assert found.lines == ["基本情况", "其他"]
    assert found.problem == "numbers that Word makes itself are not read (1)"


def test_strict_files_and_other_names_of_the_letter() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert read_docx(word(p("收悉"), space=strict)).lines == ["收悉"]
    renamed = zipped({"word/document2.xml": f'<w:p xmlns:w="{W}"><w:r><w:t>收悉</w:t></w:r></w:p>'})
    assert read_docx(renamed).lines == ["收悉"]
    assert read_file(word(p("收悉"), **{"word/vbaProject.bin": "Sub AutoOpen"})).text == "收悉"


BILLION = (
    '<!DOCTYPE w [<!ENTITY a "笑笑笑笑笑笑笑笑笑笑">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("before", "used"), [(BILLION, "&j;"), (OUTSIDE, "&j;"), ("<!DOCTYPE w>", "")]
)
def test_entities_are_refused(before: str, used: str) -> None:
    told = "damaged: it has a DOCTYPE, which such files never have"
    assert read_file(word(p(f"收悉{used}"), before)).problem == told
    assert read_file(open_fixed(page_before=before)).problem == told


def test_ten_to_the_fifth_of_everything() -> None:
    deep = "<w:sdt>" * 100_000 + p("深") + "</w:sdt>" * 100_000
    assert read_docx(word(deep)).lines == ["深"]
    tables = "<w:tbl><w:tr><w:tc>" * 20_000 + p("格") + "</w:tc></w:tr></w:tbl>" * 20_000
    assert read_docx(word(tables)).lines == ["格"]
    many = zipped(dict.fromkeys((f"word/{at}" for at in range(6_000)), ""))
    assert read_file(many).problem == "damaged: more than 5000 files inside"


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word("<w:p/>" + " " * 30_000_000)
    assert len(bomb) < 100_000
    told = "too large: word/document.xml unpacks to more than 20000000 bytes"
    assert read_file(bomb).problem == told
    monkeypatch.setattr(docx, "MAX_LETTERS", 5)
    assert read_file(word(p("多于五个字"))).text == "多于五个字"
    assert read_file(word(p("多于五个字啊"))).problem == "more than 5 letters"
    monkeypatch.setattr(parts, "MAX_UNPACKED", 900)
    assert (read_file(open_fixed(pages=9)).problem or "").startswith("too large: Doc_0/Pages/")


def test_a_word_file_that_is_cut_empty_or_sealed_says_so() -> None:
    body = word(p("收悉"))
    assert read_file(body[:-30]).problem == "damaged: its end is missing"
    assert read_file(word(p(""))).problem == "a Word file without text"
    assert read_file(word("<w:p>")).problem is not None
    assert (read_file(word("<w:p>")).problem or "").startswith("damaged: XML that cannot be read")
    without = zipped({"word/media/a.png": ""})
    assert read_file(without).problem == "damaged: no word/document.xml in it"
    sealed = bytearray(body)
    for sign, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := sealed.find(sign, start + 1)) >= 0:
            sealed[start + at] |= 1
    assert read_file(bytes(sealed)).problem == "encrypted: it needs a password"
    broken = zipped({"word/document.xml": p("收悉") * 50})
    middle = broken.index(b"document.xml") + 20
    flipped = broken[:middle] + b"\xff" * 9 + broken[middle + 9 :]
    assert (read_file(flipped).problem or "").startswith("damaged: it cannot be read")


def code(x: float, y: float, text: str, size: float = 5.6, **more: str) -> str:
    steps = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 and "DeltaX" not in more else ""
    attributes = " ".join(f'{key}="{value}"' for key, value in more.items() if key != "CTM")
    matrix = f'CTM="{more["CTM"]}"' if "CTM" in more else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 8" Size="{size}" {matrix}>'
        f'<ofd:TextCode X="0" Y="5" {steps} {attributes}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def sheet(content: str, before: str = "") -> str:
    return (
        f'{before}<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>'
        f"{content}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def open_fixed(
    *contents: str, page_before: str = "", pages: int = 0, places: str = "Pages/Page_{}/Content.xml"
) -> bytes:
    """Return an OFD file of these pages."""
    contents = contents or ("",) * pages or (code(30, 30, "收悉"),)
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    tree = "".join(f'<ofd:Page BaseLoc="{places.format(at)}"/>' for at in range(len(contents)))
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml"
            "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{tree}</ofd:Pages></ofd:Document>",
            **{
                f"Doc_0/Pages/Page_{at}/content.xml": sheet(content, page_before)
                for at, content in enumerate(contents)
            },
        }
    )


LINES = [
    code(60, 30, "关于第八号建议的答复"),
    code(30, 50, "李明代表："),
    code(41.2, 60, "您提出的关于加强农村学校安全工作的建议收悉，我局高度"),
    code(30, 70, "重视。"),
    code(100, 90, "清源市教育局"),
]
READ = [
    "关于第八号建议的答复",
    "李明代表：",
    "您提出的关于加强农村学校安全工作的建议收悉，我局高度重视。",
    "清源市教育局",
]


def test_an_ofd_file_is_read_as_a_person_reads_it_in_whatever_order_it_was_drawn() -> None:
    number = code(100, 280, "—1—")
    assert read_ofd(open_fixed("".join(reversed([*LINES, number])))) == (READ, 1, None)
    second = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>" + LINES[0]
    assert read_ofd(open_fixed("".join(LINES), second)) == ([*READ, READ[0]], 2, None)


def test_steps_matrices_and_codes_that_follow_each_other() -> None:
    content = (
        code(30, 30, "甲乙丙丁", DeltaX="5.6 g 2 5.6")
        + '<ofd:TextObject Boundary="30 60 9 9" Size="4" CTM="1.4 0 0 1.4 0 0">'
        '<ofd:TextCode X="0" Y="3" DeltaX="4">戊己</ofd:TextCode>'
        '<ofd:TextCode X="8" DeltaX="4">庚辛</ofd:TextCode></ofd:TextObject>'
        + code(100, 100, "水印", CTM=".7 .7 -.7 .7 0 0")
        + code(30, 120, "壬癸", DeltaX="nan 5.6", DeltaY="g x")
    )
    assert read_ofd(open_fixed(content)).lines == ["甲乙丙丁", "戊己庚辛", "壬癸"]
    column = (
        '<ofd:TextObject Boundary="{} 20 9 90" Size="5.6">'
        '<ofd:TextCode X="0" Y="5" DeltaY="g 9 5.6">{}</ofd:TextCode></ofd:TextObject>'
    )
    upright = column.format(150, "答复如下") + column.format(170, "李明代表：")
    assert read_ofd(open_fixed(upright)).lines == ["李明代表：", "答复如下"]


def test_an_ofd_of_pictures_says_so() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297"/>'
    assert read_file(open_fixed(picture, picture)).problem == "a scanned OFD: 2 pages without text"
    assert read_file(open_fixed("")).problem == "an OFD file: 1 page without text"
    found = read_file(open_fixed("".join(LINES), picture))
    assert (found.pages, found.problem) == (2, "1 of 2 pages: a picture without text")


def test_an_ofd_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd, "MAX_PAGES", 2)
    many = open_fixed("".join(LINES), '<ofd:ImageObject Boundary="0 0 9 9"/>', "", "")
    found = read_file(many)
    assert (found.text, found.pages) == ("\n".join(READ), 2)
    assert found.problem == "only the first 2 pages are read; 1 of 2 pages: a picture without text"
    monkeypatch.setattr(ofd, "MAX_LETTERS", 9)
    assert read_file(many).problem == "more than 9 letters"
    steps = code(30, 30, "收悉", DeltaX="g 99999 5.6 g -3 5.6 " + "g 9 " * 50_000)
    monkeypatch.undo()
    assert read_file(open_fixed(steps)).text == "收悉"


def test_names_lead_nowhere_but_into_the_file() -> None:
    away = open_fixed(places="../../../../etc/passwd{}")
    assert read_file(away).problem == "damaged: no etc/passwd0 in it"
    slip = zipped({"../../word/x": "", "word/document.xml": f'<w:p xmlns:w="{W}"/>'})
    assert read_file(slip).problem == "a Word file without text"


def test_a_sealed_ofd_says_so() -> None:
    assert (
        read_file(zipped({"OFD.xml": "", "Encryptions.xml": ""})).problem
        == "encrypted: it needs a key"
    )


def test_the_bounds_leave_room_for_real_letters() -> None:
    assert bounds.MAX_LETTERS >= 500_000
    assert bounds.MAX_PAGES >= 200
