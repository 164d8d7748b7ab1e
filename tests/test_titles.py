"""Titles: each line of titles.tsv, the openings of letters, and the real titles where there are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.extract.cases import find_numbers
from replyarc.extract.form import ROLES
from replyarc.extract.opening import Opening, read_opening
from replyarc.extract.quotes import masked, quotations
from replyarc.extract.sitting import find_sitting
from replyarc.extract.title import Title, read_title
from replyarc.model import Assembly, Kind, Role
from replyarc.text.chinese import narrow, squeeze

TITLES = Path(__file__).with_name("titles.tsv")
ROWS = [line.split("\t") for line in TITLES.read_text("utf-8").splitlines()[1:]]

TWO = re.compile(r"[0-9] [0-9]")  # the blank sets two numbers apart


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
        title.form,
        title.is_reply if title.is_reply is None else int(title.is_reply),
    )
    return ["" if field is None else str(field) for field in fields]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_title_says_what_titles_tsv_says(row: list[str]) -> None:
    assert said(read_title(row[0])) == row[1:]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if not TWO.search(row[0])], ids=lambda row: row[0]
)
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
        ("白沙县对外贸易促进会关于第1号提案的答复", "白沙县对外贸易促进会"),
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


def test_quotes_that_are_not_closed_quote_nothing() -> None:
    assert quotations("《甲“乙》丙”") == [(0, 5)]
    assert quotations("“甲") == []
    assert masked("《甲》乙“丙", quotations("《甲》乙“丙")) == "《□》乙“丙"


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


HOSTILE = (
    *(
        "关于",
        "第",
        "十",
        "1",
        "《",
        "“》",
        "《》",
        "第1号、",
        "市人大",
        "（",
        "届次",
        "函（",
        "建议",
    ),
    *("1-", "A1", "1至", "（并", "政协委员会", "人大杭", "一次", "第一届", "“", "办理情况的"),
    *("（A类）", "年度人大代表建议", "提出的", "建议、", "的", "关于甲的建议、", " 1", "…", "会办"),
    *("1号", "类第1号", "建议"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_title_as_long_as_a_book_is_read(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    assert read_title(long) == read_title(long + "关于第1号提案的答复")
    assert read_opening(long).proposal_titles == read_opening(long + "您").proposal_titles


def spelled(number: int) -> str:
    """A number up to 99 in Chinese."""
    ten, one = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    tens = "" if not ten else "十" if ten == 1 else f"{digits[ten]}十"
    return tens + (digits[one] if one or not ten else "")


@st.composite
def sittings(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """A sitting in one of the orders in which they are printed, and what it says."""
    term, session = draw(st.integers(1, 20)), draw(st.integers(1, 9))
    figures = spelled if draw(st.booleans()) else str
    ordinal, ordinal_too = draw(st.sampled_from(["", "第"])), draw(st.sampled_from(["", "第"]))
    place = draw(st.sampled_from(["市", "省", "自治区", "全国", "青岚市", "白沙县"]))
    body = draw(st.sampled_from(["人大", "政协"]))
    nth, met = f"{ordinal}{figures(term)}届", f"{ordinal_too}{figures(session)}次会议"
    printed, name = draw(
        st.sampled_from(
            [
                (f"{place}{nth}{body}{met}", f"{place}{body}"),
                (f"{place}{body}{nth}{met}", f"{place}{body}"),
                (f"{place}{body}（{nth}{met}）", f"{place}{body}"),
                (f"{nth}{place}{body}{met}", f"{place}{body}"),
                (f"{place}{nth}人民代表大会{met}", f"{place}人民代表大会"),
                (f"政协{nth}{place}委员会{met}", f"政协{place}委员会"),
                (f"政协{place}{nth}委员会{met}", f"政协{place}委员会"),
            ]
        )
    )
    assembly = Assembly.CONFERENCE if "政协" in name else Assembly.CONGRESS
    said = {"assembly_name": name, "assembly": assembly, "term": term, "session": session}
    return printed, said


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """The number of a case, or several, as printed, and what is to be read."""
    one = draw(st.from_regex(r"(?:[A-Z]{1,2}|2-|20[12][0-9])?0?[1-9][0-9]{0,5}", fullmatch=True))
    other = draw(st.from_regex(r"[1-9][0-9]{1,4}", fullmatch=True))
    small = draw(st.integers(1, 99))
    return draw(
        st.sampled_from(
            [
                (f"第{one}号", (one,)),
                (f" 第 {one} 号 ", (one,)),
                (f"{one}号", (one,)),
                (f"第{one}", (one,)),
                (f"第（{one}）号", (one,)),
                (f"第{spelled(small)}号", (str(small),)),
                (f"第{one}号（医疗卫生类第{other}号）", (one,)),
                (f"农业水利类第{one}号", (one,)),
                (f"第{one}、{other}号", (one, other)),
                (f"第{one}号、第{other}号", (one, other)),
                (f"第{one}号和第{other}号", (one, other)),
                (f"〔2023〕{small}号", (f"〔2023〕{small}",)),
            ]
        )
    )


@given(
    st.sampled_from(["", "青岚市水务局", "白沙县人民政府办公室", "市委编办（市登记局）"]),
    st.sampled_from(["关于", "对", "关于对"]),
    sittings(),
    numbers(),
    st.sampled_from([*Kind]),
    st.sampled_from(["", "主办", "会办", "协办", "分办"]),
    st.sampled_from(
        ["的答复", "答复的函", "的复函", "的答复函", "办理情况的答复", "的回复", "的复文"]
    ),
    st.sampled_from(["", "（A类）", " B类", "【C】", "（青水函〔2023〕5号）"]),
)
def test_a_title_made_of_the_parts_of_the_grammar_reads_back(
    organ: str,
    opener: str,
    sitting: tuple[str, dict[str, object]],
    number: tuple[str, tuple[str, ...]],
    kind: Kind,
    role: str,
    form: str,
    note: str,
) -> None:
    form = f"{role}意见的函" if role else form
    said = {
        **sitting[1],
        "proposal_numbers": number[1],
        "kind": kind,
        "role": ROLES[role] if role else None,
        "form": form.removeprefix("的"),
        "answered_by": organ or None,
        "result_class": note.strip(" （【")[0] if note and "函" not in note else None,
        "document_number": "青水函〔2023〕5号" if "函" in note else None,
        "subject": None,
        "is_reply": True,
    }
    read = read_title(f"{organ}{opener}{sitting[0]}{number[0]}{kind}{form}{note}")
    assert {name: getattr(read, name) for name in said} == said


def test_the_words_for_roles() -> None:
    roles = [read_title(f"第1号提案{word}意见").role for word in ("主办", "会办", "协办", "分办")]
    assert roles == [Role.LEAD, Role.JOINT, Role.JOINT, Role.SEPARATE]


NUMERALS = {word: at for at, word in enumerate("一二三四五六七八九十", 1)}
FORMS = ("答复的函", "答复函", "办理答复", "答复", "复函", "回复")
CUT_IN_THE_MIDDLE = {  # the one real title that was cited without its middle
    "关于政协第十四届全国委员会...提案答复的函": {
        **{"assembly_name": "政协全国委员会", "term": 14, "session": None},
        **{"proposal_numbers": (), "document_number": "建提复字〔2023〕29号"},
    }
}


def small(printed: str) -> int:
    """A numeral up to 十九, by another way than the project's."""
    return sum(NUMERALS[sign] for sign in printed)


def by_another_way(printed: str) -> dict[str, object]:
    """What a plain title says, by taking its parts away one by one."""
    title, text = printed.strip(), narrow(squeeze(printed))
    head = re.split(r"第[0-9]", text)[0]
    sitting = re.split("关于对|关于|对", head, maxsplit=1)[-1]
    organ, *said = re.split("关于对|关于|对", title, maxsplit=1)
    name = re.sub("第?[一二三四五六七八九十]+(?:届|次会议)", "", sitting)
    term = re.search("([一二三四五六七八九十]+)届", text)
    session = re.search("([一二三四五六七八九十]+)次会议", text)
    assembly = next((word for word in ("政协", "人大") if word in sitting), None)
    return {
        "kind": "提案" if "提案" in text else "建议" if "建议" in text else None,
        "assembly": assembly,
        "assembly_name": name if assembly else None,
        "term": small(term[1]) if term else None,
        "session": small(session[1]) if session else None,
        "proposal_numbers": tuple(re.findall("第([0-9]+)(?=号|提案)", text)),
        "role": None,
        "form": next((form for form in FORMS if form in text), None),
        "answered_by": (organ.strip("-") or None) if said else None,
        "result_class": None,
        "document_number": None,
        "is_reply": True,
    } | next((said for start, said in CUT_IN_THE_MIDDLE.items() if title.startswith(start)), {})


def real_titles(corpus: Path) -> list[str]:
    domain = corpus / "domain"
    cited = (domain / "cited_replies.tsv").read_text("utf-8").splitlines()[1:]
    listed = (domain / "pds_reply_listing.jsonl").read_text("utf-8").splitlines()
    return [
        *(domain / "titles.txt").read_text("utf-8").splitlines(),
        *(line.partition("\t")[0] for line in cited),
        *(str(each["title"]) for each in map(json.loads, listed) if "回复" in each["category"]),
    ]


def test_every_real_title_is_read_whole(corpus: Path) -> None:
    titles = real_titles(corpus)
    assert len(titles) > 95
    for title in titles:
        read, expected = read_title(title), by_another_way(title)
        assert {name: getattr(read, name) for name in expected} == expected, title


def test_real_titles_of_other_things_are_no_replies(corpus: Path) -> None:
    listed = (corpus / "domain" / "pds_reply_listing.jsonl").read_text("utf-8").splitlines()
    others = [each["title"] for each in map(json.loads, listed) if "回复" not in each["category"]]
    manifest = (corpus / "pages" / "manifest.jsonl").read_text("utf-8").splitlines()
    gold = [each["gold"] for each in map(json.loads, manifest) if "gold" in each]
    # a letter to a vice chairman about a suggestion: only the letter tells that it is another's
    others += [
        each["title"] for each in gold if not each["is_reply"] and "建议的" not in each["title"]
    ]
    assert len(others) > 25
    for title in others:
        read = read_title(title)
        assert not read.is_reply, title
        assert (read.kind, read.proposal_numbers, read.term) in ((None, (), None),), title


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


@pytest.mark.parametrize(
    ("note", "openness"),
    [
        ("（主动公开）", "主动公开"),
        ("（A类，不予公开）", "不予公开"),
        ("【公开】", "公开"),
        ("公开", None),
    ],
)
def test_a_title_says_in_brackets_whether_the_letter_may_be_published(
    note: str, openness: str | None
) -> None:
    assert read_title(f"关于市政协第12号提案的答复{note}").openness == openness
