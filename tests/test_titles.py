"""Titles: each line of titles.tsv, the openings of letters, and the real titles where there are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.opening import Opening, read_opening
from replyarc.extract.proposal import find_numbers, masked, quotations
from replyarc.extract.sitting import find_sitting
from replyarc.extract.title import Title, read_title
from replyarc.model import Assembly, Kind, Role
from replyarc.text.chinese import narrow, numeral, squeeze

TITLES = Path(__file__).with_name("titles.tsv")
ROWS = [line.split("\t") for line in TITLES.read_text("utf-8").splitlines()[1:]]


def said(title: Title) -> list[str]:
    """A title as a row of titles.tsv has it."""
    fields = (
        title.kind,
        title.assembly,
        title.assembly_name,
        title.term,
        title.session,
        ",".join(title.proposal_numbers),
        title.role,
        int(title.is_reply) or None,
    )
    return [str(field or "") for field in fields]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_title_says_what_titles_tsv_says(row: list[str]) -> None:
    assert said(read_title(row[0])) == row[1:]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_blanks_between_letters_and_full_width_change_nothing(row: list[str]) -> None:
    wide = row[0].translate({digit: digit + 0xFEE0 for digit in range(ord("0"), ord("9") + 1)})
    spaced = re.sub(r"(?<=[^A-Z])(?=[^A-Z])", "\u3000", wide)
    assert said(read_title(spaced)) == row[1:]


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("白沙县水利局关于县政协第1号提案的答复", "白沙县水利局"),
        ("白沙县水利局对县政协第1号提案的答复", "白沙县水利局"),
        ("白沙县水利局关于对县政协第1号提案的答复", "白沙县水利局"),
        ("市委编办(市事业单位登记局)关于第1号建议的答复", "市委编办(市事业单位登记局)"),
        ("青岚市民政局  青岚市财政局关于第1号建议的答复", "青岚市民政局 青岚市财政局"),
        ("南屿省住建厅-对第1号建议的答复", "南屿省住建厅"),
        ("（转载）白沙县水利局关于第1号提案的答复", "白沙县水利局"),
        ("青岚供电公司关于第1号提案的答复", "青岚供电公司"),
        ("关于县政协第1号提案的答复", None),
        ("关于对县政协第1号提案的答复", None),
        ("县政协第一号提案关于饮水问题的答复", None),
        ("李建国委员提案关于饮水的答复", None),
        ("针对第1号提案的答复", None),
        ("县政协第1号提案的答复", None),
    ],
)
def test_the_first_words_name_who_answers(title: str, organ: str | None) -> None:
    assert read_title(title).answered_by == organ


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("关于对改造我区老旧小区建议的答复", "改造我区老旧小区建议"),
        ("关于加强停车管理的建议（第220号）的答复", "加强停车管理的建议"),
        ("关于市十届人大代表李某提出的关于公交的建议的答复", "关于公交的建议"),
        ("关于第221号关于加强停车管理的建议的答复", "关于加强停车管理的建议"),
        ("关于市九届人大一次会议关于加强停车管理的建议的答复", "关于加强停车管理的建议"),
        (
            "关于《关于推广 Open Data，惠及“老小”的建议》的答复",
            "关于推广Open Data，惠及“老小”的建议",
        ),
        ("对市政协第37号提案《加强河道清淤》的答复", "加强河道清淤"),
        ("对市政协第39号提案（关于加强河道清淤的建议）的答复", "关于加强河道清淤的建议"),
        ("关于修订《某市物业管理条例》的建议的答复", "修订《某市物业管理条例》的建议"),
        ("关于市政协委员提案的答复", None),
        ("关于市政协第1号提案的答复", None),
        ("加强停车管理", None),
    ],
)
def test_the_subject_is_what_is_quoted_or_stands_before_the_kind(
    title: str, subject: str | None
) -> None:
    assert read_title(title).subject == subject


@pytest.mark.parametrize(
    ("title", "result_class", "number"),
    [
        ("关于第1号提案答复的函（白医保函〔2024〕9号）分类：B", "B", "白医保函〔2024〕9号"),
        ("关于第1号提案的答复（A类）", "A", None),
        ("关于第1号提案的答复 C类", "C", None),
        ("关于第1号提案的答复（办理结果：D）", "D", None),
        ("关于建设A类公园的提案的答复", None, None),
    ],
)
def test_class_and_document_number_may_stand_in_the_title(
    title: str, result_class: str | None, number: str | None
) -> None:
    read = read_title(title)
    assert (read.result_class, read.document_number) == (result_class, number)


def opened(**fields: object) -> Opening:
    """An opening that says nothing but these."""
    nothing: dict[str, object] = dict.fromkeys(Opening.__dataclass_fields__)
    empty = {"proposal_titles": (), "proposal_numbers": ()}
    return Opening(**(nothing | empty | fields))  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        (
            "您提出的《关于改造老旧小区的建议》已收悉，现答复如下：",
            opened(proposal_titles=("关于改造老旧小区的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "《推行“一网通办”的建议》(第0043号),已交由我们研究办理,现答复如下:",
            opened(
                proposal_titles=("推行“一网通办”的建议",),
                proposal_numbers=("0043",),
                kind=Kind.SUGGESTION,
            ),
        ),
        (
            "您在市十二届人大三次会议上提出的关于“加强停车管理”的建议（第 220 号）收悉。",
            opened(
                proposal_titles=("加强停车管理",),
                proposal_numbers=("220",),
                kind=Kind.SUGGESTION,
                assembly=Assembly.CONGRESS,
                assembly_name="市人大",
                term=12,
                session=3,
            ),
        ),
        (
            "您好！感谢您的关心。您提出的关于加强停车管理的建议收悉。另据《条例》，",
            opened(proposal_titles=("关于加强停车管理的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的市十二届人大三次会议第9号关于加强停车管理的建议收悉",
            opened(
                proposal_titles=("关于加强停车管理的建议",),
                proposal_numbers=("9",),
                kind=Kind.SUGGESTION,
                assembly=Assembly.CONGRESS,
                assembly_name="市人大",
                term=12,
                session=3,
            ),
        ),
        (
            "您提出的“关于发展职业教育的建议”的提案收悉",
            opened(proposal_titles=("关于发展职业教育的建议",), kind=Kind.PROPOSAL),
        ),
        (
            "根据《某省代表建议办理办法》，您提出的《关于甲的建议》（第12号）、《关于乙的建议》"
            "（第45号）收悉",
            opened(
                proposal_titles=("关于甲的建议", "关于乙的建议"),
                proposal_numbers=("12", "45"),
                kind=Kind.SUGGESTION,
            ),
        ),
        (
            "在政协第十届某市委员会第三次会议上，您提出的《关于丙的建议》收悉",
            opened(
                proposal_titles=("关于丙的建议",),
                assembly=Assembly.CONFERENCE,
                assembly_name="政协某市委员会",
                term=10,
                session=3,
            ),
        ),
        (
            "您提出的关于修订《某市养犬管理条例》的建议收悉",
            opened(proposal_titles=("关于修订《某市养犬管理条例》的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的关于《某市养犬管理条例》的建议收悉",
            opened(proposal_titles=("关于《某市养犬管理条例》的建议",), kind=Kind.SUGGESTION),
        ),
        (
            "您提出的关于“两新”组织党建的建议收悉",
            opened(proposal_titles=("关于“两新”组织党建的建议",), kind=Kind.SUGGESTION),
        ),
        (
            '我局收到您提出的"关于加强防汛"的提案（案号：0012），现答复如下',
            opened(
                proposal_titles=("关于加强防汛",), proposal_numbers=("0012",), kind=Kind.PROPOSAL
            ),
        ),
        (
            "您提出的第22号建议收悉。",
            opened(proposal_numbers=("22",), kind=Kind.SUGGESTION),
        ),
        (
            "收到您在市政协九届二次会议上提出的第126号《关于甲的提案》后，我局高度重视。",
            opened(
                kind=Kind.PROPOSAL,
                proposal_titles=("关于甲的提案",),
                proposal_numbers=("126",),
                assembly=Assembly.CONFERENCE,
                assembly_name="市政协",
                term=9,
                session=2,
            ),
        ),
        ("您提出的宝贵建议收悉。", opened(kind=Kind.SUGGESTION)),
        ("按照《某某关于制定规划的建议》要求，现答复如下", opened()),
        ("近年来，我局认真落实《关于加强治理的意见》。《关于丁的建议》收悉", opened()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_opening_says_what_was_asked(sentence: str, opening: Opening) -> None:
    assert read_opening(sentence) == opening


def test_quotes_that_are_not_closed_quote_nothing() -> None:
    assert quotations("《甲“乙》丙”") == [(0, 5)]
    assert quotations("“甲") == []
    assert masked("《甲》乙“丙") == "《□》乙“丙"


def test_a_numeral_that_is_none_gives_no_term() -> None:
    assert find_sitting("市十百届人大一次会议").term is None
    assert not list(find_numbers("第十十号提案"))


ODDMENTS = st.lists(
    st.sampled_from(
        [
            *(
                "关于",
                "对",
                "市",
                "政协",
                "人大",
                "委员会",
                "十四届",
                "第",
                "四次会议",
                "一百",
                "〇",
            ),
            *("第12号", "类", "号", "〔2024〕", "A", "局", "在", "提出的", "收悉", "建议", "提案"),
            *(
                "的",
                "答复",
                "函",
                "办理",
                "会办",
                "《",
                "》",
                "“",
                "”",
                "（",
                "）",
                "、",
                "，",
                "。",
            ),
        ]
    )
).map("".join)


@given(st.one_of(st.text(), ODDMENTS))
def test_reading_a_title_never_raises(text: str) -> None:
    assert isinstance(read_title(text), Title)
    assert isinstance(read_opening(text), Opening)


@pytest.mark.parametrize(
    "piece",
    ["关于", "第", "十", "1", "《", "“》", "第1号、", "市人大", "（", "届次", "函（", "建议"],
)
def test_a_title_as_long_as_a_book_is_read(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    assert read_title(long) == read_title(long + "关于第1号提案的答复")
    assert read_opening(long).proposal_titles == read_opening(long + "您").proposal_titles


@given(
    st.integers(1, 20),
    st.integers(1, 9),
    st.integers(1, 99_999),
    st.sampled_from(["人大", "政协"]),
    st.booleans(),
)
def test_a_title_made_by_the_grammar_reads_back(
    term: int, session: int, number: int, body: str, body_first: bool
) -> None:
    sitting = f"市{body}{term}届" if body_first else f"市第{term}届{body}第"
    read = read_title(f"某局关于{sitting}{session}次会议第{number:05}号建议的答复")
    assert (read.term, read.session, read.assembly_name) == (term, session, f"市{body}")
    assert (read.proposal_numbers, read.kind) == ((f"{number:05}",), Kind.SUGGESTION)
    assert (read.assembly, read.role, read.answered_by) == (Assembly(body), None, "某局")


def test_the_words_for_roles() -> None:
    roles = [read_title(f"第1号提案{word}意见").role for word in ("主办", "会办", "协办", "分办")]
    assert roles == [Role.LEAD, Role.JOINT, Role.JOINT, Role.SEPARATE]


NAMES = {
    "市人大": "市十四届人大 市十六届人大 市五届人大 市六届人大 市人大十一届 市十一届人大",
    "省人大": "省十二届人大 省十四届人大",
    "全国人大": "届全国人大",
    "岳阳市人大": "岳阳市八届人大",
    "华容县人大": "华容县十七届人大",
    "全国政协": "全国政协十届",
    "湖北省政协": "湖北省政协",
    "省政协": "对省政协",
    "市政协": "市政协十 市政协五 市政协第 市政协九 市九届政协",
    "政协全国委员会": "届全国委员会",
    "政协广州市委员会": "届广州市委员会",
    "政协云南省委员会": "云南省委员会",
}
COMPLETE = re.compile(r"(?P<term>\w{1,3})届\D*?(?P<session>\w)次会议")
NUMBER = re.compile(r"第([0-9]+)(?:号|提案)")


def test_the_real_titles_are_read(corpus: Path) -> None:
    titles = (corpus / "domain" / "titles.txt").read_text("utf-8").splitlines()
    cited = (corpus / "domain" / "cited_replies.tsv").read_text("utf-8").splitlines()[1:]
    unread = []
    named = 0
    for title in titles + [line.split("\t")[0] for line in cited]:
        read, text = read_title(title), narrow(squeeze(title))
        complete = COMPLETE.search(text)
        kind = re.search(r"(?:建议|提案)(?=[^议案]*$)", text)
        name = next((name for name, keys in NAMES.items() if _any_in(keys, text)), None)
        named += bool(name)
        expected = (
            read.is_reply,
            kind[0] if kind else None,
            _chinese(complete["term"]) if complete else read.term,
            _chinese(complete["session"]) if complete else None,
            tuple(NUMBER.findall(text.partition("文号")[0])),
            name or read.assembly_name,
        )
        actual = (
            True,
            read.kind,
            read.term,
            read.session,
            read.proposal_numbers,
            read.assembly_name,
        )
        if actual != expected:
            unread.append((title, actual, expected))
    assert unread == []
    assert named >= 40


def _any_in(keys: str, text: str) -> bool:
    return any(key in text for key in keys.split())


def _chinese(printed: str) -> int:
    return numeral(re.sub(r"^.*?(?=[一二三四五六七八九十]+$)", "", printed))


def test_the_seeds_are_read(corpus: Path) -> None:
    gold = json.loads((corpus / "seeds" / "gold.json").read_text("utf-8"))
    for name, reply in gold.items():
        read = read_title(reply["title"])
        letter = (corpus / "seeds" / f"{name}.txt").read_text("utf-8")
        opening = read_opening(letter.partition(reply["text_starts"])[2])
        keys = ("kind", "assembly_name", "term", "session")
        assert [getattr(read, key) for key in keys] == [reply[key] for key in keys]
        assert list(read.proposal_numbers) == reply["proposal_numbers"]
        assert list(opening.proposal_titles) == reply["proposal_titles"]
