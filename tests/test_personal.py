"""Personal data: what is found in a letter, what is left alone, and the mark in its place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyarc.model import AddresseeRole, Attachment, Contact, Kind, Reply
from replyarc.text.personal import (
    CARD,
    MAIL,
    MARK,
    NAME,
    TELEPHONE,
    Persons,
    emptied,
    find,
    mask,
    masked,
    persons,
)

KNOWN = Persons(frozenset({"周小溪", "林晓"}), frozenset({"07308700000"}))


@pytest.mark.parametrize(
    "printed",
    [
        "0730-8654321",
        "（0730）8654321",
        "(0730) 865 4321",
        "0730—8654321",
        "0730－－8654321",
        "0730 8654321",
        "07308654321",
        "010-12345678",
        "０７３０－８６５４３２１",
        "0730-8654321转8012",
        "0730-8654321-802",
        "0730-8654321/8654322、8654323",
        "13812345678",
        "138-1234-5678",
        "138 1234 5678",
        "1381 234 5678",
        "138 123 45678",
        "１３８１２３４５６７８",
        "+86 138 1234 5678",
        "+86-730-8654321",
        "0086 10 12345678",
        "400-123-4567",
        "4001234567",
        "800-820-8888",
        "+852 2345 6789",
    ],
)
def test_a_telephone_is_found_however_it_is_printed(printed: str) -> None:
    assert mask(f"请致函我局，{printed}。", Persons()) == f"请致函我局，{MARK}。"


@pytest.mark.parametrize(
    "line",
    [
        "电话：8654321",
        "电 话：86543210",
        "联系人：8654 3210",
        "手机 8654321",
        "传真:8654321/8654322",
        "Tel: 86543210",
        "咨询请拨打86543210",
        "林晓 8654321",
        "林晓（8654321）",
        "电话：20240501",
    ],
)
def test_a_line_without_area_is_known_by_what_stands_before(line: str) -> None:
    assert "8654" not in mask(line, KNOWN)
    assert "2024" not in mask(line, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "投资12345678元",
        "拨款8654321元，联系实际",
        "联系群众8654321 人",
        "2024年5月1日",
        "20240501联系",
        "联系日期20240501",
        "清民函〔2024〕12号",
        "000014349/2023-00012345",
        "第8654321号",
        "拨打12345热线、110",
        "138123456789",
        "面积8654321平方米",
        "共8654321，较上年",
        "1978-2018年",
        "承办编号：2023012",
        "联系群众的第1234567号",
        "http://a.gov.test/art/2024/86543210.html",
    ],
)
def test_numbers_that_are_nobodys_stay(text: str) -> None:
    assert mask(text, Persons()) == text


@pytest.mark.parametrize(
    ("printed", "what"),
    [
        ("zhou.xiaoxi@qingyuan.gov.test", MAIL),
        ("ZHOU_1@163.com", MAIL),
        ("ｚｈｏｕ＠１６３．ｃｏｍ", MAIL),
        ("zhou (at) 163.com", MAIL),
        ("430602198001011234", CARD),
        ("43060219800101123X", CARD),
        ("430602 19800101 123x", CARD),
        ("430602-1980-0101-1234", CARD),
        ("430602800101123", CARD),
        ("０４３０６０２", ""),
    ],
)
def test_mail_and_identity_cards(printed: str, what: str) -> None:
    found = find(f"其{printed}。")
    assert [each.what for each in found] == ([what] if what else [])
    assert all((each.start, each.end) == (1, 1 + len(printed)) for each in found)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("周小溪代表：", f"{MARK}代表："),
        ("周 小 溪代表", f"{MARK}代表"),
        ("周　小溪代表", f"{MARK}代表"),
        ("尊敬的周代表", f"尊敬的{MARK}代表"),
        ("周代表：您好", f"{MARK}代表：您好"),
        ("一周代表大会", "一周代表大会"),
        ("周边", "周边"),
        ("联系人林晓、周小溪", f"联系人{MARK}、{MARK}"),
        ("电话87 00 000", f"电话{MARK}"),
        ("地址：清源市人民路1号", "地址：清源市人民路1号"),
    ],
)
def test_names_that_are_known(text: str, hidden: str) -> None:
    assert mask(text, KNOWN) == hidden


def test_a_number_of_the_archive_is_kept_whatever_it_looks_like() -> None:
    assert (
        mask("索引号 0730-8654321", Persons(), keep=["0730-8654321", ""]) == "索引号 0730-8654321"
    )


@pytest.mark.parametrize(
    ("reply", "names"),
    [
        (Reply(text="周小溪、王 五 欧阳六代表：\n您好。"), {"周小溪", "王五", "欧阳六"}),
        (Reply(text="尊敬的周小溪等3名委员：\n您好。"), {"周小溪"}),
        (Reply(text="各位代表：\n感谢各位代表。"), set()),
        (Reply(text="联系人：林晓　联系电话：8700000"), {"林晓"}),
        (Reply(text="联系人：林 晓、古丽·买买提电话：1"), {"林晓", "古丽·买买提"}),
        (Reply(text="签发人：林晓 审核人：周小溪"), {"林晓", "周小溪"}),
        (Reply(text="承办人：办公室 林晓"), {"林晓"}),
        (Reply(text="联系人：办公室"), set()),
        (Reply(signature="清源市民政局局长 林晓"), {"林晓"}),
        (Reply(signature="林晓"), {"林晓"}),
        (Reply(signature="清源市民政局"), set()),
        (Reply(addressees=("周小溪", "民建清源市委", "市民政局")), {"周小溪"}),
        (Reply(addressees=("王会",), addressee_role=AddresseeRole.DEPUTY), {"王会"}),
        (Reply(contacts=(Contact("林晓"), Contact("养老服务科"))), {"林晓"}),
        (Reply(text=f"{MARK}代表：", addressees=(MARK,)), set()),
    ],
)
def test_whom_a_reply_names(reply: Reply, names: set[str]) -> None:
    assert persons(reply).names == names


def test_the_telephones_of_contacts_are_known_by_their_digits() -> None:
    reply = Reply(contacts=(Contact("林晓", ("0730-8700000", "110")),))
    assert persons(reply).phones == {"07308700000"}
    both = Persons(frozenset({"周小溪"})) | persons(reply)
    assert both == Persons(frozenset({"周小溪", "林晓"}), frozenset({"07308700000"}))


LETTER = Reply(
    url="http://a.gov.test/1",
    title="关于周小溪代表第12号建议的答复",
    index_number="000123456/2024-00012",
    document_number="清民函〔2024〕12号",
    publisher="清源市民政局",
    kind=Kind.SUGGESTION,
    term=14,
    session=4,
    proposal_numbers=("12",),
    proposal_titles=("周小溪的建议",),
    keywords=("养老", "周小溪"),
    addressees=("周小溪", "民建清源市委"),
    topic="周小溪",
    text="周小溪代表：\n您好。",
    signature="局长 林晓",
    published_on=date(2024, 4, 30),
    contacts=(
        Contact("林晓", ("0730-8700000", "13800000000")),
        Contact("养老服务科", ("8700001",)),
    ),
    copied_to=("周小溪",),
    attachments=(Attachment("周小溪.docx", "http://a.gov.test/a.docx"),),
)


def test_a_reply_is_masked_wherever_a_person_is_named() -> None:
    counted: Counter[str] = Counter()
    hidden = masked(LETTER, persons(LETTER), counted)
    assert "周小溪" not in repr(hidden)
    assert "林晓" not in repr(hidden)
    assert hidden.title == f"关于{MARK}代表第12号建议的答复"
    assert hidden.addressees == (MARK, "民建清源市委")
    assert hidden.contacts == (Contact(MARK), Contact("养老服务科"))
    assert hidden.attachments == (Attachment(f"{MARK}.docx", "http://a.gov.test/a.docx"),)
    stays = ("index_number", "document_number", "publisher", "kind", "term", "proposal_numbers")
    assert all(getattr(hidden, name) == getattr(LETTER, name) for name in stays)
    assert (hidden.origin, counted[TELEPHONE]) == (None, 3)
    assert counted[NAME] == 10


def test_masking_again_changes_nothing() -> None:
    hidden = masked(LETTER, persons(LETTER))
    assert masked(hidden, persons(hidden)) == hidden
    assert emptied(emptied(LETTER)) == emptied(LETTER)


def test_an_emptied_reply_keeps_its_numbers_only() -> None:
    left = emptied(LETTER)
    assert (left.title, left.text, left.contacts, left.keywords) == (MARK, MARK, (), ())
    assert (left.index_number, left.term, left.url) == (LETTER.index_number, 14, LETTER.url)


@given(
    st.text(
        st.sampled_from("周小溪林晓代表电话：:0138 -—()@.a转/、\n〔〕元号年ｘ１Xx"), max_size=60
    )
)
def test_nothing_is_lost_but_what_is_found(text: str) -> None:
    found = find(text, KNOWN)
    assert all(one.end <= other.start for one, other in pairwise(found))
    rest = "".join(text[: each.start] + text[each.end :] for each in found[:1]) or text
    assert len(rest) <= len(text)
    hidden = mask(text, KNOWN)
    assert len(hidden) == len(text) + sum(len(MARK) - (e.end - e.start) for e in found)
    assert "周小溪" not in hidden


@pytest.mark.parametrize("piece", ["1", "a", "0 ", "13", "86 ", "周", "、周小", "a.", "8654321、"])
def test_a_long_run_of_anything_is_read_to_its_end(piece: str) -> None:
    text = f"联系人：{piece * 20_000}周小溪"
    assert mask(text, KNOWN).endswith(MARK)
    assert len(persons(Reply(text=text)).names) < 60
