"""The folder of letters: front matter for a YAML library, Markdown that shows the letter."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from replyarc.export.binder import Binder
from replyarc.export.columns import chosen
from replyarc.export.flat import Row, as_json
from replyarc.export.legible import legible, whole
from replyarc.export.markdown import UNTITLED, document, escaped, write_markdown
from replyarc.export.tables import Style
from replyarc.model import Attachment, Contact, Kind, Reply
from tests.test_export import REPLIES

FULL = Reply(
    id="mfzhq4xk2b7d",
    url="http://www.qingyuan.gov.test/1.html",
    title="关于第0079号建议的答复",
    index_number="0079",
    publisher="清源市民政局",
    keywords=("养老", "no", "12:30:45", "1e3"),
    published_on=date(2023, 6, 12),
    kind=Kind.SUGGESTION,
    term=14,
    contacts=(Contact("李青山", ("0730-1234567",)),),
    attachments=(Attachment("附件[1].pdf", "http://a.gov.test/附件 1.pdf"),),
    last_seen_at=datetime(2024, 5, 1, 8, tzinfo=UTC),
    text="顾明远代表：\n您好。\n一、关于助餐\n已建成。\n清源市民政局\n2023年5月17日",
    signature="清源市民政局",
)
COLUMNS = chosen("id,term,topic,keywords,published_on,url,attachments,text")
HOSTILE = [
    *("# 一", "## 二 ##", "---", "...", "===", "***", "___", "```", "~~~", "> 引", "- 项", "+ 项"),
    *("* 项", "1. 项", "12) 项", "    缩进", "\t缩进", "<script>alert(1)</script>", "<!-- -->"),
    *("[甲](javascript:alert(1))", "![甲](http://a.test/b.png)", "[甲]: http://a.test", "`码`"),
    *("*强*", "_强_", "__强__", "~~删~~", "&lt;", "&#60;", "&amp", "a & b", "甲|乙", "| 甲 | 乙 |"),
    *(
        "| :-- |",
        "\\",
        "行尾\\",
        "行尾  ",
        "$x$",
        ": 义",
        "<http://a.test>",
        "[^1]: 注",
        "- [ ] 事",
    ),
    *(
        "\x1b[31m红",
        "a\0b",
        "\u202e答复",
        "[/a]",
        "=cmd|'/c calc'!A1",
        "养\ud800老",
        "1.5万元",
        "#",
    ),
]
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def front(text: str) -> dict[str, Any]:
    """Read the front matter as programs do: what stands between the first two lines of ``---``."""
    _, matter, _ = re.split(r"^---$", text, maxsplit=2, flags=re.MULTILINE)
    read: dict[str, Any] = yaml.safe_load(matter)
    return read


def body(text: str) -> str:
    return text.split("\n---\n", 1)[1]


def shown(markdown: str) -> list[str]:
    """Return what a reader sees, block by block; a tag in it would be a thing that is shown so."""
    return re.findall("<p>(.*?)</p>", _MARKDOWN.render(markdown), re.DOTALL)


def folder(path: Path, *replies: Reply, style: Style | None = None) -> Path:
    path.mkdir()
    with Binder(path) as binder:
        rows = map(as_json, replies)
        assert write_markdown(rows, binder, style or Style()) == len(replies)
    return path


def names(path: Path) -> list[str]:
    return sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())


def test_a_letter_is_a_file_with_front_matter_title_letter_attachments_and_address() -> None:
    text = document(as_json(replace(FULL, contacts=(), keywords=())), Style(columns=COLUMNS))
    assert text == (
        "---\n"
        'id: "mfzhq4xk2b7d"\n'
        "term: 14\n"
        "topic: null\n"
        "keywords: []\n"
        'published_on: "2023-06-12"\n'
        'url: "http://www.qingyuan.gov.test/1.html"\n'
        'attachments: [{"name": "附件[1].pdf", "url": "http://a.gov.test/附件 1.pdf", '
        '"sha256": null}]\n'
        "---\n\n"
        "# 关于第0079号建议的答复\n\n"
        "顾明远代表：\n\n您好。\n\n## 一、关于助餐\n\n已建成。\n\n清源市民政局\\\n2023年5月17日\n\n"
        "## 附件 Attachments\n\n"
        "- [附件\\[1\\].pdf](<http://a.gov.test/%E9%99%84%E4%BB%B6%201.pdf>)\n\n"
        "来源 source: <http://www.qingyuan.gov.test/1.html>\n"
    )


def test_what_stands_below_the_signature_is_a_block_of_its_own() -> None:
    letter = f"{FULL.text}\n联系人：李青山\n（此件公开发布）"
    written = document(as_json(replace(FULL, text=letter)), Style(columns=chosen("text")))
    assert written.endswith(
        "已建成。\n\n清源市民政局\\\n2023年5月17日\n\n联系人：李青山\n\n（此件公开发布）\n"
    )


@settings(max_examples=25, deadline=None)
@given(reply=REPLIES)
def test_the_front_matter_is_what_the_archive_says(reply: Reply) -> None:
    row = as_json(reply)
    said = {name: whole(value) for name, value in row.items() if name != "text"}
    assert front(document(row, Style())) == said


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_text_is_neither_yaml_nor_markdown(number: int) -> None:
    text = HOSTILE[number]
    row = as_json(replace(FULL, title=text, keywords=(text,), text=f"前文。\n{text}\n后文。"))
    written = document(row, Style())
    assert front(written)["title"] == whole(text)
    assert front(written)["keywords"] == [whole(text)]
    html_text = _MARKDOWN.render(body(written))
    first = " ".join(legible(text).split())
    assert html.unescape(html_text.split("</h1>")[0].removeprefix("<h1>")) == first
    assert html.unescape(shown(body(written))[1]) == legible(text).strip()
    assert "\x1b" not in written
    assert html_text.count("<a ") == 2, "the attachment and the source"


@settings(max_examples=200, deadline=None)
@given(st.text("#-=+*_`~<>[]()!|\\&;:.1a养 \t$@'\"{}^x", max_size=12))
def test_every_line_is_shown_as_it_is(line: str) -> None:
    paragraphs = shown(f"前\n\n{escaped(line)}\n\n后")
    expected = [line.strip(" \t")] if line.strip(" \t") else []
    assert [html.unescape(each) for each in paragraphs[1:-1]] == expected


def test_a_very_long_text_is_whole(tmp_path: Path) -> None:
    long = replace(FULL, title="长" * 10_000, text="养" * 100_000)
    path = folder(tmp_path / "a", long)
    text = (path / "2023/2023-06-12-mfzhq4xk2b7d.md").read_text("utf-8")
    assert front(text)["title"] == long.title
    assert long.text in body(text).split("\n")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<b>", "file:///etc/passwd", "//a.test/b"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(url: str) -> None:
    row = as_json(replace(FULL, url=url, attachments=(Attachment("附件", url),)))
    assert "<a " not in _MARKDOWN.render(body(document(row, Style())))


def test_an_address_cannot_end_its_link() -> None:
    url = "http://a.gov.test/a> <script>x</script>\n(b)\\"
    row = as_json(replace(FULL, url=url, attachments=(Attachment("附件", url),)))
    shown_as = _MARKDOWN.render(body(document(row, Style())))
    assert shown_as.count("<a ") == 2
    assert "<script" not in shown_as


def test_of_the_columns_only_those_asked_for_are_told() -> None:
    text = document(as_json(FULL), Style(columns=chosen("title,term")))
    assert front(text) == {"title": FULL.title, "term": 14}
    assert body(text) == f"\n# {FULL.title}\n"


def test_files_are_named_by_day_and_id_and_lie_in_the_folder_of_their_year(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "a",
        FULL,
        replace(FULL, id="b", published_on=None, signed_on=date(2019, 1, 2)),
        replace(FULL, id="c", published_on=None, written_on=date(2018, 1, 2)),
        replace(FULL, id="../../d|*", published_on=None),
        replace(FULL, id="D", published_on=None),
        replace(FULL, id="", published_on=None),
    )
    assert names(path) == [
        "2018/2018-01-02-c.md",
        "2018/README.md",
        "2019/2019-01-02-b.md",
        "2019/README.md",
        "2023/2023-06-12-mfzhq4xk2b7d.md",
        "2023/README.md",
        "README.md",
        "SHA256SUMS",
        "undated/README.md",
        "undated/undated-6.md",
        "undated/undated-d-5.md",
        "undated/undated-d.md",
    ]


def test_the_first_page_leads_to_the_years_and_they_to_every_letter(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "a",
        replace(FULL, title="甲|[乙]\n丙"),
        replace(FULL, id="b", title="", published_on=date(2019, 1, 2)),
        replace(FULL, id="c", published_on=date(2023, 1, 2)),
        style=Style(about="提案 · 2023 | <b>"),
    )
    first = (path / "README.md").read_text("utf-8")
    assert "提案 · 2023 \\| \\<b\\>\n" in first
    assert first.endswith("| [2023](2023/README.md) | 2 |\n| [2019](2019/README.md) | 1 |\n")
    table = (path / "2023/README.md").read_text("utf-8")
    assert (
        "| 2023-06-12 | [甲\\|\\[乙\\] 丙](2023-06-12-mfzhq4xk2b7d.md) | 清源市民政局 |\n" in table
    )
    assert _MARKDOWN.render(table).count("<tr>") == 3
    assert UNTITLED in (path / "2019/README.md").read_text("utf-8")
    for file in path.rglob("README.md"):
        for link in re.findall(r"\]\(([^)]*)\)", file.read_text("utf-8")):
            assert (file.parent / link).is_file()


def test_tables_are_written_as_they_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replyarc.export.markdown._HELD", 100)
    grown: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(9):
            yield as_json(replace(FULL, id=f"{number}"))
            table = tmp_path / "2023/README.md"
            grown.append(table.stat().st_size if table.exists() else 0)

    with Binder(tmp_path) as binder:
        write_markdown(rows(), binder, Style())
    assert 0 < grown[4] < grown[8]
    table = (tmp_path / "2023/README.md").read_text("utf-8")
    assert table.count("2023-06-12 |") == 9
    assert table.count("标题 title") == 1


def test_the_sums_name_every_file(tmp_path: Path) -> None:
    path = folder(tmp_path / "a", FULL, replace(FULL, id="b"))
    lines = (path / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert sorted([*listed, "SHA256SUMS"]) == names(path)
    for name, digest in listed.items():
        assert hashlib.sha256((path / name).read_bytes()).hexdigest() == digest


def test_the_same_replies_give_the_same_folder(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "a", FULL), folder(tmp_path / "b", FULL)
    assert {name: (one / name).read_bytes() for name in names(one)} == {
        name: (two / name).read_bytes() for name in names(two)
    }


def test_without_replies_there_is_a_first_page(tmp_path: Path) -> None:
    assert names(folder(tmp_path / "a")) == ["README.md", "SHA256SUMS"]
