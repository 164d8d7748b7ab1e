"""Exports with --redact: no telephone of the archive is in them, in whatever spelling."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.export.file import write_stream
from replyarc.export.flat import COLUMNS, Row, as_json
from replyarc.export.formats import FORMATS, ArchiveFormat, FolderFormat
from replyarc.export.redacting import UNTOUCHED, redacted
from replyarc.export.tables import Profile, Style
from replyarc.model import AddresseeRole, Attachment, Contact, Reply
from replyarc.text.personal import MARK
from tests.blank import blank
from tests.test_cli import run

LETTER = Reply(
    id="mfzhq4xk2b7d",
    url="http://mz.qingyuan.gov.test/202305/t20230512_118.html",
    source="mz",
    title="关于市八届人大一次会议第12号建议的答复",
    index_number="01404053X/2023-00861",
    document_number="清民函〔2023〕118号",
    publisher="清源市民政局",
    proposal_numbers=("0012",),
    addressees=("周小溪",),
    addressee_role=AddresseeRole.DEPUTY,
    text="周小溪代表：\n感谢您对养老服务的关心。\n联系人：林晓，联系电话：0730-8700001\n清源市民政局",
    signature="清源市民政局 田野",
    contacts=(Contact("林晓", ("0730-8700001",)),),
    sha256="ab" * 32,
    first_seen_at=datetime(2024, 5, 1, 8, tzinfo=UTC),
    changed_at=datetime(2024, 5, 1, 8, tzinfo=UTC),
)


def hidden(reply: Reply, phones: Iterable[str] = ()) -> dict[str, Any]:
    (row,) = redacted([as_json(reply)], frozenset(phones))
    return dict(row)


def saying(text: str, *phones: str, name: str = "林晓") -> str:
    """Return a letter as it is exported."""
    contacts = (Contact(name, phones),) if phones else ()
    return str(hidden(replace(LETTER, text=text, contacts=contacts))["text"])


def test_contacts_and_telephones_go_and_who_is_public_stays() -> None:
    row = hidden(LETTER)
    assert row["contacts"] == []
    assert row["text"] == (
        f"周小溪代表：\n感谢您对养老服务的关心。\n联系人：{MARK}，联系电话：{MARK}\n清源市民政局"
    )
    assert row["addressees"] == ["周小溪"]
    assert row["signature"] == "清源市民政局 田野"


def test_what_a_reply_is_found_by_stays_and_nothing_is_added() -> None:
    before, row = as_json(LETTER), hidden(LETTER)
    assert list(row) == list(before)
    for name in (*UNTOUCHED, "written_on", "signed_on", "first_seen_at", "kind", "term"):
        assert row[name] == before[name]


@pytest.mark.parametrize(
    "spelled",
    [
        "0730-8700001",
        "07308700001",
        "（0730）8700001",
        "(0730) 870 0001",
        "０７３０－８７０　０００１",
        "0730—8700001转12",
        "0730-8700001/8700002",
        "0730、8700001",
        "0730\n8700001",
        "0730-870\n0001",
        "+86-0730-8700001",
        "〇0730·8700001",
        "⑩0730.870.0001",
        "电话0730 – 870 – 0001。",
        "8700001",
        "870 0001",
        "𝟎𝟕𝟑𝟎-𝟖𝟕𝟎𝟎𝟎𝟎𝟏",
        "①⓪730-8700001",
    ],
)
def test_a_telephone_of_a_contact_goes_however_it_is_spelled(spelled: str) -> None:
    said = saying(f"您好。来访请至{spelled}。", "0730-8700001")
    assert "8700001" not in bare(said)
    assert "870000" not in bare(said)
    assert MARK in said


def test_one_that_only_another_letter_names_goes_as_well() -> None:
    other = replace(LETTER, text="经研究，0730\n870\n0001 为准。", contacts=())
    assert "0001" in hidden(other)["text"]
    assert hidden(other, ["0730-8700001"])["text"] == f"经研究，{MARK} 为准。"


def test_a_telephone_that_nobody_knows_goes_by_its_shape() -> None:
    assert saying("请拨打13800010002。") == f"请拨打{MARK}。"
    assert saying("邮箱 lin@mz.test，身份证430600198001010019") == f"邮箱 {MARK}，身份证{MARK}"


@pytest.mark.parametrize(
    "text",
    [
        "2023年投入1234.5万元，新建站点12处，服务35000人次。",
        "按清民函〔2023〕118号、01404053X/2023-00861办理，见2023-05-12。",
        "李晓代表：请见附件8700001a。",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert saying(text, "0730-8712345") == text


def test_a_short_number_is_none_within_a_longer_one() -> None:
    assert saying("编号1187000019。", "8700001") == "编号1187000019。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("联系人：林晓  电话：0730-8700001", f"联系人：{MARK}  电话：{MARK}"),
        ("联系人及电话：林　晓 0730-8700001", f"联系人及电话：{MARK} {MARK}"),
        ("（林晓，8700001）", f"（{MARK}，{MARK}）"),
        ("联系人：\n林晓\n", f"联系人：\n{MARK}\n"),
        ("林晓代表：\n感谢您。\n\n联系人：林晓", f"林晓代表：\n感谢您。\n\n联系人：{MARK}"),
        ("承办人：钱多 审核人：孙大伟", f"承办人：{MARK} 审核人：孙大伟"),
    ],
)
def test_a_contact_goes_where_it_stands_as_one(text: str, said: str) -> None:
    assert saying(text, "0730-8700001") == said


@pytest.mark.parametrize(
    "spelled",
    [
        "0730.8700019",
        "0730·8700020",
        "0730/8700021",
        "0730_8700045",
        "0730 - 870 00 28",
        "138.0001.0029",
        "138\u200b0001\u200b0030",
        "1 3 8 0 0 0 1 0 0 4 2",
        "0730-\n8700014",
        "0730-870\n0013",
        "1380001\n0035",
        "𝟏𝟑𝟖𝟎𝟎𝟎𝟏𝟎𝟎𝟒𝟏",
        "一三八〇〇〇一〇〇一二",
    ],
)
def test_what_a_label_calls_a_telephone_goes_and_the_day_below_it_stays(spelled: str) -> None:
    said = saying(f"联系电话：{spelled}\n2023年12月1日")
    assert said == f"联系电话：{MARK}\n2023年12月1日"


def test_what_is_counted_behind_such_a_word_is_no_telephone() -> None:
    said = "全年电话8712345件，传真1234567次。"
    assert saying(said) == said


def test_a_deputy_who_is_a_contact_too_stays_where_named_as_deputy() -> None:
    text = "感谢林晓代表。\n联系人：林晓，电话：0730-8700001\n林晓"
    said = saying(text, "0730-8700001")
    assert said == f"感谢林晓代表。\n联系人：{MARK}，电话：{MARK}\n{MARK}"


def test_files_and_lists_say_none_either() -> None:
    reply = replace(
        LETTER,
        title="关于0730-8700001的答复",
        keywords=("养老", "拨打 0730 8700001"),
        copied_to=("市人大（8700001）",),
        attachments=(
            Attachment("表8700001.doc", "http://mz.gov.test/1.doc", "cd" * 32),
            Attachment("甲", "http://mz.gov.test/%E5%8F%B70730-8700001.doc"),
        ),
    )
    row = hidden(reply)
    assert row["title"] == f"关于{MARK}的答复"
    assert row["keywords"] == ["养老", f"拨打 {MARK}"]
    assert row["copied_to"] == [f"市人大（{MARK}）"]
    assert row["attachments"] == [
        {"name": f"表{MARK}.doc", "url": "http://mz.gov.test/1.doc", "sha256": "cd" * 32},
        {"name": "甲", "url": MARK, "sha256": None},
    ]


# --- the law: no telephone of the archive is in a redacted export

_SEPARATORS: Final = [
    "",
    "-",
    "—",
    "－",
    " ",
    "\u3000",
    "）",
    ") ",
    "·",
    ".",
    "/",
    "、",
    "\n",
    " – ",
]
_WIDE: Final = str.maketrans("0123456789-", "０１２３４５６７８９－")
lines = st.text("6789", min_size=7, max_size=8)
numbers = st.one_of(
    st.builds("{}-{}".format, st.sampled_from(["010", "0730", "0898"]), lines),
    st.builds("{}-{}-{}".format, st.just("0730"), lines, st.text("6789", min_size=1, max_size=4)),
    st.builds("1{}".format, st.text("6789", min_size=10, max_size=10)),
    lines,
)
words = st.sampled_from(
    ["", "请拨打", "联系人：林晓 ", "资金", "（", "第12号 ", "转", "于2023年", "\n"]
)


@st.composite
def spelled(draw: st.DrawFn, phone: str) -> str:
    """Spell a telephone: separators anywhere between its digits, some of another width."""
    digits = phone.replace("-", "")
    cuts = draw(st.lists(st.integers(1, len(digits) - 1), max_size=3, unique=True))
    written = ""
    for at, digit in enumerate(digits):
        written += draw(st.sampled_from(_SEPARATORS)) if at in cuts else ""
        written += digit
    country = draw(st.sampled_from(["", "+86-", "（"])) if len(digits) > 8 else ""
    wide = draw(st.booleans())
    return country + (written.translate(_WIDE) if wide else written)


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[Reply], list[str]]:
    """Draw letters and the telephones of their contacts, which may stand in any of them."""
    phones = draw(st.lists(numbers, min_size=1, max_size=4))

    def said() -> str:
        parts = draw(st.lists(st.sampled_from(phones), max_size=3))
        return "".join(f"{draw(words)}{draw(spelled(each))}。" for each in parts)

    replies = [
        replace(
            LETTER,
            title=f"答复{said()}",
            text=f"周小溪代表：\n{said()}",
            topic=said() or None,
            keywords=(f"养老{said()}",),
            attachments=(Attachment(f"附件{said()}", "http://mz.gov.test/1.doc"),),
            contacts=tuple(Contact("林晓", (phone,)) for phone in phones[number::2]),
        )
        for number in range(2)
    ]
    return replies, phones


def bare(text: str) -> str:
    """Return a text without anything that can stand between two digits, every digit as ASCII."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(each for each in plain if unicodedata.category(each)[0] not in "ZPSC")


def exported(rows: list[Row], name: str, style: Style) -> str:
    out = io.BytesIO()
    write_stream(out, name, rows, style)
    return out.getvalue().decode()


@settings(max_examples=40)
@given(drawn=archives())
def test_no_telephone_of_the_archive_is_in_a_redacted_export(
    drawn: tuple[list[Reply], list[str]],
) -> None:
    replies, phones = drawn
    rows = [*redacted(map(as_json, replies), phones)]
    for name, style in (
        ("csv", Style(Profile.RAW)),
        ("csv", Style(Profile.EXCEL)),
        ("jsonl", Style()),
        ("atom", Style()),
    ):
        said = bare(exported(rows, name, style))
        assert not [phone for phone in phones if phone.replace("-", "") in said]


# --- the command

OF_REPLIES = [name for name, form in FORMATS.items() if not isinstance(form, ArchiveFormat)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive in which one letter gives the telephone that the other only mentions."""
    path = tmp_path_factory.mktemp("redacted") / "a.db"
    with blank(path) as made:
        made.put(LETTER, "ab" * 32, datetime(2024, 5, 1, 8, tzinfo=UTC))
        other = replace(
            LETTER,
            url="http://mz.qingyuan.gov.test/2.html",
            title="关于市八届人大一次会议第13号建议的答复",
            index_number="01404053X/2023-00862",
            document_number=None,
            proposal_numbers=("13",),
            contacts=(),
            text="季舒代表：\n感谢您。\n来访请至０７３０\n870 0001。",
        )
        made.put(other, "cd" * 32, datetime(2024, 5, 2, 8, tzinfo=UTC))
    return path


def content(path: Path) -> str:
    """Return all that a file or the files of a folder say, unpacked."""
    if path.is_dir():
        return "\n".join(content(each) for each in sorted(path.rglob("*")) if each.is_file())
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return json.dumps(pyarrow.parquet.read_table(path).to_pylist(), default=str)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as zipped:
            return "\n".join(zipped.read(name).decode() for name in zipped.namelist())
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("name", OF_REPLIES)
def test_the_command_writes_none_in_any_format(archive: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / (
        "letters" if isinstance(FORMATS[name], FolderFormat) else f"a{FORMATS[name].suffix}"
    )
    asked = ("--archive", str(archive), "export", "-f", name, "-o", str(target))
    assert run(*asked).code == 0
    assert "8700001" in bare(content(target))
    assert run(*asked, "--force", "--redact").code == 0
    assert "8700001" not in bare(content(target))


@pytest.mark.parametrize("name", ["warc", "bundle"])
def test_pages_as_they_came_cannot_be_redacted(archive: Path, tmp_path: Path, name: str) -> None:
    ran = run("--archive", str(archive), "export", "-f", name, "--redact", "-o", str(tmp_path))
    assert ran.code == 2
    assert "byte for byte" in ran.err
    assert "replyarc backup" in ran.err
    assert [*tmp_path.iterdir()] == []


def test_every_text_of_a_reply_is_looked_at_or_left_with_a_reason() -> None:
    texts = {column.name for column in COLUMNS if column.kind is str}
    loud: dict[str, Any] = dict.fromkeys(texts - UNTOUCHED, "13800010002")
    row = {**as_json(LETTER), **loud}
    for column in COLUMNS:
        if column.name in loud and column.many:
            row[column.name] = ["13800010002"]
    (said,) = redacted([row])
    assert "13800010002" not in json.dumps({name: said[name] for name in loud})
