"""The real pages of the manifest in the folder that REPLYARC_CORPUS names, as cases.

Few of them are replies: most say of most fields that there is nothing to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.gold import Case, Saying, plain
from replyarc.evidence import Extracted
from replyarc.extract.labels import bare
from replyarc.extract.numbers import read_document_number, read_index_number
from replyarc.model import Page, Source
from replyarc.text.charset import decode
from replyarc.text.chinese import numeral, one_line
from replyarc.text.dates import read_date

# Where the gold of a page is no measure for its reader, and why.
LEFT_OUT: Final = {
    ("007-xxgk.pds.gov.cn-detail.html", "attachments"): "the copy's links lead nowhere",
    ("015-www.lishui.gov.cn-detail.html", "attachments"): "the annex is named, not its file",
    ("019-www.gz.gov.cn-detail.html", "attachments"): "the annexes are printed, not linked",
    ("090-www.gov.cn-detail-fragment.html", "signature"): "it is printed",
    ("090-www.gov.cn-detail-fragment.html", "signed_on"): "it is printed",
    ("092-www.gov.cn-detail-fragment.html", "signature"): "it is printed",
    ("092-www.gov.cn-detail-fragment.html", "signed_on"): "it is printed",
}
# Pages whose letter a script fills in: the file has none.
NO_LETTER: Final = frozenset({"017-www.hd.gov.cn-detail.html"})

_PUBLISHED: Final = ("发布日期", "发布时间", "发表时间", "时间", "日期", "meta PubDate", None)
_SITTING: Final = re.compile(
    r"第?(?P<term>[一二三四五六七八九十]+)届|(?P<session>[一二三四五六]+)次会议"
)
_AROUND: Final = re.compile(r"^关于|的?(?:建议|提案|议案)$")


def real_cases(corpus: Path) -> Iterator[Case]:
    """Yield the detail pages of the manifest."""
    for line in (corpus / "pages" / "manifest.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != "detail":
            continue
        name, url = row["file"], f"http://{row['site']}/{row['path']}"
        page = Page(url, decode((corpus / "pages" / name).read_bytes()))
        gold = {} if name in NO_LETTER else _gold(row["gold"])
        kept = {field: value for field, value in gold.items() if (name, field) not in LEFT_OUT}
        source = Source(name="corpus", publisher="某机关", urls=(url,))
        yield Case(name, page, source, kept, _SAID | {"empty labels": _empty(row["gold"])})


def _gold(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of a page, in the normal forms of a Reply."""
    kind, addressee = row["reply_kind"] or "", row["addressee"] or ""
    role = addressee[-2:] if addressee.endswith(("代表", "委员")) else None
    names = re.sub(r"等?(?:代表|委员)$", "", addressee)
    subject = row.get("proposal_subject_in_body") or row["proposal_title"]
    sitting = row["session_printed"] or ""
    numbers = {
        found.lastgroup: numeral(found[found.lastgroup or 0])
        for found in _SITTING.finditer(sitting)
    }
    return {
        "is_reply": row["is_reply"],
        "title": one_line(row["title"]),
        **_numbers(row),
        **{name: row[name] for name in ("publisher", "origin", "topic", "validity")},
        "written_on": _day(row, ("成文日期",)),
        "published_on": _day(row, _PUBLISHED),
        "kind": kind[2:] or None,
        "assembly": kind[:2] or None,
        "assembly_name": _SITTING.sub("", sitting) or None,
        "term": numbers.get("term"),
        "session": numbers.get("session"),
        "proposal_numbers": [row["proposal_number"]] if row["proposal_number"] else [],
        "proposal_titles": [subject] if subject else [],
        "addressees": names.split("、") if names else [],
        "addressee_role": role,
        "signature": row["signature"] and one_line(row["signature"]),
        "signed_on": row["signed"] and plain(read_date(row["signed"])),
        "contacts": row["contact"] or [],
        "attachments": row["attachments"],
        "empty labels": [],
        **_noted(row),
    }


def _numbers(row: dict[str, Any]) -> dict[str, str | None]:
    """Return the two numbers; where the box has none, the one that the document itself bears."""
    index, number = row["index_number"], row["document_number"] or row.get("doc_no_in_body")
    return {
        "index_number": index and read_index_number(index),
        "document_number": read_document_number(number) if number and number != "无" else None,
    }


def _noted(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the eye noted only where it met it: elsewhere nobody looked."""
    noted: dict[str, Any] = {"metadata box": True} if row["meta_block"] else {}
    if "openness" in row:
        noted["openness"] = row["openness"]
    if "keywords" in row:
        noted["keywords"] = row["keywords"].split()
    elif {"主题词", "关键词"} & {*map(bare, row["empty_labels"])}:
        noted["keywords"] = []
    return noted


def _day(row: dict[str, Any], labels: tuple[str | None, ...]) -> str | None:
    printed = {each["label"]: each["value"] for each in row["dates"]}
    found = next((printed[label] for label in labels if label in printed), None)
    return read_date(found).isoformat() if found else None


def _is_reply(read: Extracted, _gold: Any) -> bool:
    return "not-a-reply" not in read.reply.flags


def _has_box(read: Extracted, _gold: Any) -> bool:
    return any(each.rule == "box" for each in read.evidence.values())


def _subjects(read: Extracted, _gold: Any) -> list[str]:
    """What the proposals are about: the eye left out the words around it."""
    return [_AROUND.sub("", title) for title in read.reply.proposal_titles]


def _names(read: Extracted, _gold: Any) -> list[str]:
    return [attachment.name for attachment in read.reply.attachments]


def _contacts(read: Extracted, gold: Any) -> Any:
    """The gold itself where each name and telephone that was read stands in it."""
    contacts = plain(read.reply.contacts)
    said = [part for each in contacts for part in (each["name"], *each["phones"])]
    return gold if gold and said and all(part in gold for part in said) else contacts


def _empty(row: dict[str, Any]) -> Saying:
    """Labels that stand there without a value, and under which something was read all the same."""
    empty = {*map(bare, row["empty_labels"])}

    def said(read: Extracted, _gold: Any) -> list[str]:
        labels = (each.label for each in read.evidence.values() if each.label)
        return [label for label in labels if bare(label) in empty]

    return said


_SAID: Final[dict[str, Saying]] = {
    "is_reply": _is_reply,
    "metadata box": _has_box,
    "proposal_titles": _subjects,
    "attachments": _names,
    "contacts": _contacts,
}
