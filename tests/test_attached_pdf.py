"""PDF files, written here by hand: letters at places, and paragraphs read back."""

from __future__ import annotations

import zlib
from hashlib import md5

import pytest
from pdfminer.arcfour import Arcfour

from replyarc.attached import pdf as reader
from replyarc.attached.bounds import Unreadable
from replyarc.attached.pdf import read_pdf
from replyarc.attached.read import read_file

LETTER: list[tuple[float, float, str]] = [
    # left edge, height, words; 26 letters of 16 points fill a line from 90 to 506
    (170, 730, "清源市教育局关于第八号建议的答复"),
    (90, 680, "李明代表："),
    (122, 652, "您提出的《关于加强农村学校安全工作的建议》收悉。我局"),
    (90, 624, "高度重视，会同市财政局、市公安局等部门认真研究办理，并多"),
    (90, 596, "次与您进行了联系沟通。"),
    (122, 568, "一、基本情况"),
    (122, 540, "近年来，我市坚持安全第一的方针，累计改造校舍三十六所，"),
    (90, 512, "受益学生五万人。"),
    (330, 484, "清源市教育局"),
    (346, 456, "2021年7月3日"),
    (122, 428, "联系人：王五"),
]
PARAGRAPHS = [
    "清源市教育局关于第八号建议的答复",
    "李明代表：",
    "您提出的《关于加强农村学校安全工作的建议》收悉。我局高度重视，会同市财政局、市公安局等部门"
    "认真研究办理，并多次与您进行了联系沟通。",
    "一、基本情况",
    "近年来，我市坚持安全第一的方针，累计改造校舍三十六所，受益学生五万人。",
    "清源市教育局",
    "2021年7月3日",
    "联系人：王五",
]


def show(x: float, y: float, text: str, size: float = 16, matrix: str = "1 0 0 1") -> bytes:
    """Return what shows a text from a place on."""
    shown = text.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {matrix} {x} {y} Tm <{shown}> Tj ET\n".encode()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def bound(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF file of these objects; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, thing)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\n" % (len(objects) + 1, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF" % table


CODES_ARE_UNICODE = (
    b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
    b"4 beginbfrange <0020> <007e> <0020> <2010> <2030> <2010> <2e80> <303f> <2e80> "
    b"<4e00> <ffff> <4e00> endbfrange endcmap"
)
TO_UNICODE = stream(CODES_ARE_UNICODE)


def pdf(
    *pages: bytes,
    encoding: bytes = b"Identity-H",
    ordering: bytes = b"Identity",
    to_unicode: bytes = TO_UNICODE,
    page: bytes = b"",
    resources: bytes = b"",
    more: tuple[bytes, ...] = (),
) -> bytes:
    """Return a PDF file; ``more`` objects are numbered from 6 on. The codes are UTF-16."""
    first = 6 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]/MediaBox[0 0 595 842]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/%b"
        b"/DescendantFonts[4 0 R]%b>>" % (encoding, b"/ToUnicode 5 0 R" if to_unicode else b""),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[32 126 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(%b)/Supplement 0>>"
        b"/FontDescriptor<</FontName/Song/Flags 4>>>>" % ordering,
        to_unicode,
        *more,
    ]
    for at, content in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>%b>>/Contents %d 0 R%b>>"
            % (resources, first + 2 * at + 1, page),
            stream(content),
        ]
    return bound(objects)


def letter(*pages: list[tuple[float, float, str]], **how: bytes) -> bytes:
    return pdf(*(b"".join(show(*line) for line in page) for page in pages), **how)  # type: ignore[arg-type]  # no page is called more


PICTURE = b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI\n"


def test_lines_are_joined_into_the_paragraphs_that_a_person_sees() -> None:
    assert read_pdf(letter(LETTER)).lines == PARAGRAPHS


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_are_no_text() -> None:
    first = [*LETTER[:4], (270, 60, "— 1 —")]
    second = [*LETTER[4:], (280, 60, "－２－")]
    found = read_pdf(letter(first, second))
    assert found == (PARAGRAPHS, 2, None)


@pytest.mark.parametrize("number", ["3", "-3-", "第3页", "第 3 页 共 12 页", "3/12", "Page 3 of 9"])
def test_a_page_number_is_left_out_however_printed(number: str) -> None:
    assert read_pdf(letter([*LETTER, (280, 60, number)])).lines == PARAGRAPHS


@pytest.mark.parametrize("last", ["2021", "3人", "8.5", "一、二"])
def test_what_is_no_bare_page_number_stays(last: str) -> None:
    assert read_pdf(letter([*LETTER, (122, 60, last)])).lines[-1] == last


def test_letters_drawn_one_by_one_and_in_any_order_read_the_same() -> None:
    drawn = [
        show(x + 16 * at, y + 0.2 * (at % 2), sign)
        for x, y, words in LETTER
        for at, sign in enumerate(words)
        if words != "2021年7月3日"
    ]
    drawn += [show(346, 456, "2021年7月3日")]
    assert read_pdf(pdf(b"".join(sorted(drawn)))).lines == PARAGRAPHS


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    twice = [show(x + aside, y, words) for x, y, words in LETTER for aside in (0, 0.4)]
    assert read_pdf(pdf(b"".join(twice))).lines == PARAGRAPHS


def test_a_title_in_large_letters_over_two_lines_is_one() -> None:
    title = show(136, 760, "清源市教育局关于市第八届人大第", 22) + show(
        220, 725, "三次会议建议的答复", 22
    )
    head = show(110, 800, "清源市教育局文件", 48)
    body = b"".join(show(*line) for line in LETTER[1:])
    assert read_pdf(pdf(head + title + body)).lines == [
        "清源市教育局文件",
        "清源市教育局关于市第八届人大第三次会议建议的答复",
        *PARAGRAPHS[1:],
    ]


def test_without_indents_the_length_of_a_line_and_the_gap_below_it_decide() -> None:
    lines: list[tuple[float, float, str]] = [
        (90, 700, "李明代表："),
        (90, 672, "您提出的关于加强农村学校安全工作的建议已经收悉，我局十分"),
        (90, 644, "重视。现答复如下："),
        (90, 616, "一是健全制度，修订办法，把安全工作纳入年度目标考核之中，"),
        (90, 588, "落实责任。"),
        (90, 560, "二是加大投入，将学校安全经费列入财政预算，逐年增加到位。"),
        (90, 510, "感谢您的支持。"),
    ]
    assert read_pdf(letter(lines)).lines == [
        "李明代表：",
        "您提出的关于加强农村学校安全工作的建议已经收悉，我局十分重视。现答复如下：",
        "一是健全制度，修订办法，把安全工作纳入年度目标考核之中，落实责任。",
        "二是加大投入，将学校安全经费列入财政预算，逐年增加到位。",
        "感谢您的支持。",
    ]


def test_words_are_kept_apart_and_digits_are_not() -> None:
    lines: list[tuple[float, float, str]] = [
        (90, 700, "请看"),
        (122, 700, "ABC"),
        (152, 700, "DEF"),
        (184, 700, "12"),
        (203, 700, "."),
        (215, 700, "5"),
        (300, 700, "电话"),
        (90, 650, "x" * 52),
        (90, 634, "yes"),
    ]
    assert read_pdf(letter(lines)).lines == ["请看ABC DEF 12.5 电话", "x" * 52 + " yes"]


def test_vertical_turned_and_slanted_letters() -> None:
    turned = show(560, 300, "侧边", matrix="0 1 -1 0") + show(
        100, 100, "水印", matrix=".7 .7 -.7 .7"
    )
    flat = show(90, 200, "扁", matrix="0 0 0 1") + show(900, 200, "页外")
    found = read_pdf(pdf(turned + flat + b"".join(show(*line) for line in LETTER)))
    assert found.lines == [*PARAGRAPHS, "侧边"]
    columns = show(500, 700, "清源市教育局") + show(470, 700, "答复")
    assert read_pdf(pdf(columns, encoding=b"Identity-V")).lines == ["清源市教育局", "答复"]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, "0 1 -1 0 842 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 595")],
)
def test_a_page_may_be_turned(turn: int, matrix: str) -> None:
    upright = b"".join(show(*line) for line in LETTER)
    page = b"/Rotate %d" % turn + (b"" if turn == 180 else b"/MediaBox[0 0 842 595]")
    content = f"q {matrix} cm\n".encode() + upright + b"Q"
    assert read_pdf(pdf(content, page=page)).lines == PARAGRAPHS


def test_a_page_of_blanks_and_its_number_has_no_lines() -> None:
    blank: list[tuple[float, float, str]] = [(90, 700, "\u3000 \u3000"), (280, 60, "2")]
    found = read_pdf(letter(LETTER, blank, [(90, 700, "\u3000")]))
    assert found == (PARAGRAPHS, 3, None)
    assert read_file(letter(blank)).text is None


def test_signs_that_look_like_a_letter_become_it() -> None:
    assert read_pdf(letter([(90, 700, "⼈⼤代表⺠政⻓")])).lines == ["人大代表民政长"]


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("GBK-EUC-H", "gbk"), ("GBKp-EUC-H", "gbk"), ("UniGB-UCS2-H", "utf-16-be")],
)
def test_a_chinese_font_that_is_not_in_the_file(encoding: str, codec: str) -> None:
    shown = "关于第八号建议".encode(codec).hex()
    content = f"BT /F1 16 Tf 90 700 Td <{shown}> Tj ET".encode()
    body = pdf(content, encoding=encoding.encode(), ordering=b"GB1", to_unicode=b"")
    assert read_pdf(body).lines == ["关于第八号建议"]


def test_glyphs_of_which_nobody_says_what_letters_they_are() -> None:
    few = stream(
        b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
        b"1 beginbfrange <4e00> <9fff> <4e00> endbfrange endcmap"
    )
    found = read_pdf(letter([(90, 700, "清源市教育局关于第八号建议的答复A收悉")], to_unicode=few))
    assert found.lines == ["清源市教育局关于第八号建议的答复\ufffd收悉"]
    assert found.problem == "1 of 19 letters are not known"
    with pytest.raises(Unreadable, match="which letters 6 of its 6 glyphs are"):
        read_pdf(letter([(90, 700, "ABCDEF")], to_unicode=few))


def test_a_scan_says_so() -> None:
    with pytest.raises(Unreadable, match=r"^a scanned PDF: 3 pages without text$"):
        read_pdf(pdf(PICTURE, PICTURE, PICTURE))
    with pytest.raises(Unreadable, match=r"^a PDF: 1 page without text$"):
        read_pdf(pdf(b"0 0 m 9 9 l S"))
    found = read_pdf(pdf(b"".join(show(*line) for line in LETTER), PICTURE))
    assert found == (PARAGRAPHS, 2, "1 of 2 pages: a picture without text")


def test_text_inside_a_form_is_read_and_forms_without_end_are_not() -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>%b>>"
    words = stream(b"".join(show(*line) for line in LETTER), form % b"")
    body = pdf(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=(words,))
    assert read_pdf(body).lines == PARAGRAPHS
    itself = stream(b"/X Do", form % b"/XObject<</X 6 0 R>>")
    found = read_file(pdf(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=(itself,)))
    assert found.text is None
    assert found.problem is not None
    many = stream(b"/X Do " * 30, form % b"/XObject<</X 7 0 R>>")
    more = stream(b"/X Do " * 30, form % b"/XObject<</X 8 0 R>>")
    most = stream(b"/X Do " * 30, form % b"")
    bomb = pdf(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=(many, more, most))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_MAX_FIGURES", 200)
        assert read_file(bomb).problem == "too much is drawn in it"


def test_letters_and_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_LETTERS", 50)
    assert read_file(letter(LETTER)).problem == "more than 50 letters"
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    found = read_file(letter(*[LETTER[:1]] * 3))
    assert (found.pages, found.problem) == (2, "only the first 2 pages are read")
    assert found.text == "\n".join(PARAGRAPHS[:1] * 2)


def test_a_page_that_is_damaged_is_told_and_the_others_are_read() -> None:
    form = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1]")
    first = b"".join(show(*line) for line in LETTER[:2]) + b"/X Do "
    second = b"".join(show(*line) for line in LETTER[2:])
    body = pdf(first + show(90, 90, "失"), second, resources=b"/XObject<</X 6 0 R>>", more=(form,))
    found = read_file(body)
    assert found.text == "\n".join(PARAGRAPHS)
    assert found.problem == "damaged: 1 of 2 pages cannot be read to their end"
    broken = letter(LETTER).replace(b"[4 0 R]", b"(4 0 R)")
    assert read_file(broken).problem == "damaged: 1 of 1 pages cannot be read to their end"


PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted(password: bytes, handler: bytes = b"Standard") -> bytes:
    """Return a letter encrypted with RC4 of 40 bits (ISO 32000-1, 7.6.3)."""
    padded, owner = (password + PAD)[:32], bytes(32)
    key = md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + b"ID").digest()[:5]
    check = Arcfour(key).process(PAD)
    plain = b"".join(show(*line) for line in LETTER)

    def sealed(number: int, data: bytes) -> bytes:
        part = md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
        return Arcfour(part).process(data)

    body = pdf(sealed(7, plain), to_unicode=stream(sealed(5, CODES_ARE_UNICODE)))
    rule = b"/ID[<4944><4944>]/Encrypt<</Filter/%b/V 1/R 2/P -4/O<%b>/U<%b>>>" % (
        handler,
        owner.hex().encode(),
        check.hex().encode(),
    )
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R" + rule)


def test_an_encrypted_pdf_is_read_if_it_opens_without_a_password() -> None:
    assert read_pdf(encrypted(b"")).lines[1:] == PARAGRAPHS[1:]
    assert read_file(encrypted(b"secret")).problem == "encrypted: it needs a password"
    told = read_file(encrypted(b"", b"Strange")).problem
    assert told == "encrypted in a way that is not known"


def test_a_tree_of_pages_without_end_ends() -> None:
    body = letter(LETTER)
    ring = body.replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]")
    assert read_file(ring).pages is not None  # pdfminer looks for the page elsewhere
    deep = [b"<</Type/Catalog/Pages 2 0 R>>"]
    deep += [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (at + 3) for at in range(3000)]
    assert (read_file(bound(deep)).problem or "").startswith("damaged: ")


def test_a_pdf_without_a_page_says_so() -> None:
    empty = bound([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"])
    assert read_file(empty).problem == "damaged: no page in it"


def test_a_hundred_thousand_pages_are_not_all_read() -> None:
    kids = b"[" + b"3 0 R " * 100_000 + b"]"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 100000/Kids%b/MediaBox[0 0 595 842]>>" % kids,
        b"<</Type/Page/Parent 2 0 R>>",
    ]
    assert read_file(bound(objects)).problem == "a PDF: 1 page without text"
    inline = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/MediaBox[0 0 9 9]/Kids[%b]>>"]
    inline[1] %= b" ".join(b"%d 0 R" % (at + 3) for at in range(1000))
    found = read_file(bound(inline + [b"<</Type/Page/Parent 2 0 R>>"] * 1000))
    assert found.problem == "only the first 300 pages are read"


def test_a_map_of_letters_is_looked_for_nowhere_but_in_the_library() -> None:
    body = letter(LETTER, encoding=b"#2E#2E#2F#2E#2E#2Fetc#2Fpasswd")
    assert "root" not in (read_file(body).text or "")


@pytest.mark.parametrize("length", [9, 100, 700, 1500, -300, -30])
def test_a_pdf_that_is_cut_never_raises(length: int) -> None:
    read = read_file(letter(LETTER)[:length], "a.pdf")
    assert read.kind == "pdf"
    assert read.text is None or read.text.startswith("清源市教育局")


def test_what_stands_before_the_pdf_does_no_harm() -> None:
    assert read_pdf(b"\xef\xbb\xbf\r\n" + letter(LETTER)).lines == PARAGRAPHS


def test_a_stream_that_does_not_unpack_is_told_or_left_out() -> None:
    body = letter(LETTER)
    packed = zlib.compress(b"x" * 100)[:-20]
    broken = body.replace(b"<</Length", b"<</Filter/FlateDecode/Length").replace(b"BT", packed[:2])
    assert read_file(broken).kind == "pdf"
