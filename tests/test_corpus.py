"""The real pages of the manifest give what the eye read in them, but for what EXCEPTIONS says.

An exception is strict: where a page comes to say what the eye read, its line has to go.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from replyarc.errors import ReplyError
from replyarc.extract.numbers import read_document_number, read_index_number
from replyarc.extract.reply import extract
from replyarc.model import Entry, Page, Reply, Source
from replyarc.text.charset import decode
from replyarc.text.chinese import one_line
from replyarc.text.dates import read_date

NO_LETTER = ("017-www.hd.gov.cn-detail.html",)  # the letter is filled in by a script
FILES = (
    "007-xxgk.pds.gov.cn-detail.html",
    "009-xxgk.pds.gov.cn-detail.html",
    "012-wjw.gz.gov.cn-detail.html",
    "013-www.thnet.gov.cn-detail.html",
    "015-www.lishui.gov.cn-detail.html",
    "019-www.gz.gov.cn-detail.html",
    "021-www.gz.gov.cn-detail.html",
    "023-www.gz.gov.cn-detail.html",
    "024-scjgj.gz.gov.cn-detail.html",
    "026-rsj.gz.gov.cn-detail.html",
    "028-www.zc.gov.cn-detail.html",
    "034-fgw.zj.gov.cn-detail.html",
    "035-www.shanxi.gov.cn-detail.html",
    "067-gzdzhrss.com-detail.html",
    "068-atxlyj.cn-detail.html",
    "072-atxlyj.cn-detail.html",
    "090-www.gov.cn-detail-fragment.html",
    "092-www.gov.cn-detail-fragment.html",
    "093-www.gov.cn-detail-fragment.html",
    "095-www.gov.cn-detail-fragment.html",
    "098-www.gov.cn-detail-fragment.html",
)
ATTACHMENT_WITHOUT_ADDRESS = "the copy's links were rewritten to javascript:"
EXCEPTIONS = {
    ("007-xxgk.pds.gov.cn-detail.html", "attachments"): ATTACHMENT_WITHOUT_ADDRESS,
    ("019-www.gz.gov.cn-detail.html", "attachments"): "its annexes are printed, not linked",
    ("015-www.lishui.gov.cn-detail.html", "attachments"): "the eye read the annex, we the PDF link",
    ("013-www.thnet.gov.cn-detail.html", "document_number"): (
        "the box is empty, but the head of the document bears one, and is read as in other letters"
    ),
    ("090-www.gov.cn-detail-fragment.html", "signature"): "the eye left it out; it is printed",
    ("090-www.gov.cn-detail-fragment.html", "signed_on"): "the eye left it out; it is printed",
    ("092-www.gov.cn-detail-fragment.html", "signature"): "the eye left it out; it is printed",
    ("092-www.gov.cn-detail-fragment.html", "signed_on"): "the eye left it out; it is printed",
}
WRITTEN = ("成文日期",)
PUBLISHED = ("发布日期", "发布时间", "发表时间", "时间", "日期", "meta PubDate", None)


def read(manifest: dict[str, Any], corpus: Path) -> Reply:
    html = decode((corpus / "pages" / manifest["file"]).read_bytes())
    url = f"http://{manifest['site']}/{manifest['path']}"
    source = Source(name="corpus", publisher="某机关", urls=(url,))
    return extract(Page(url, html), Entry(url, ""), source).reply


def day(gold: dict[str, Any], labels: tuple[str | None, ...]) -> date | None:
    printed = {each["label"]: each["value"] for each in gold["dates"]}
    found = next((printed[label] for label in labels if label in printed), None)
    return read_date(found) if found else None


def expected(gold: dict[str, Any]) -> dict[str, Any]:
    """What the eye read, in the normal forms of a Reply."""
    number = gold["document_number"]
    signed = gold["signed"]
    return {
        "title": one_line(gold["title"]),
        "index_number": gold["index_number"] and read_index_number(gold["index_number"]),
        "document_number": read_document_number(number) if number and number != "无" else None,
        "publisher": gold["publisher"],
        "origin": gold["origin"],
        "topic": gold["topic"],
        "validity": gold["validity"],
        "written_on": day(gold, WRITTEN),
        "published_on": day(gold, PUBLISHED),
        "signature": gold["signature"] and one_line(gold["signature"]),
        "signed_on": read_date(signed) if signed else None,
        "attachments": gold["attachments"],
    }


def said(reply: Reply, name: str) -> Any:
    if name == "attachments":
        return [attachment.name for attachment in reply.attachments]
    return getattr(reply, name)


@pytest.fixture(scope="module")
def manifests(corpus: Path) -> dict[str, dict[str, Any]]:
    lines = (corpus / "pages" / "manifest.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["file"]: row for row in rows if row["kind"] == "detail"}


@pytest.mark.parametrize("file", FILES)
def test_a_real_page_says_what_the_eye_read(
    file: str, manifests: dict[str, dict[str, Any]], corpus: Path
) -> None:
    reply, gold = read(manifests[file], corpus), expected(manifests[file]["gold"])

    differing = {(file, name) for name, value in gold.items() if said(reply, name) != value}

    assert differing == {key for key in EXCEPTIONS if key[0] == file}


def test_every_real_page_is_asked_for(manifests: dict[str, dict[str, Any]]) -> None:
    assert set(manifests) == {*FILES, *NO_LETTER}


@pytest.mark.parametrize("file", NO_LETTER)
def test_a_page_whose_letter_a_script_fills_in_has_none(
    file: str, manifests: dict[str, dict[str, Any]], corpus: Path
) -> None:
    with pytest.raises(ReplyError, match="no letter"):
        read(manifests[file], corpus)


REPLIES = {
    "093-www.gov.cn-detail-fragment.html": (("邓乃扬", "韩汝琦"), "委员", "提案", 10, 3, ("2741",)),
    "095-www.gov.cn-detail-fragment.html": (("周桂英",), "代表", "建议", 10, 4, ("7240",)),
}


@pytest.mark.parametrize("file", REPLIES)
def test_a_real_reply_says_to_whom_and_on_what_it_is(
    file: str, manifests: dict[str, dict[str, Any]], corpus: Path
) -> None:
    reply = read(manifests[file], corpus)

    assert (
        reply.addressees,
        reply.addressee_role,
        reply.kind,
        reply.term,
        reply.session,
        reply.proposal_numbers,
    ) == REPLIES[file]
