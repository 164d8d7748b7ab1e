"""What comes near a key that names nothing: titles with a wrong letter, mistyped numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive.near import _titled
from replyarc.archive.store import Archive
from replyarc.model import Reply
from tests.blank import blank

DAY = datetime(2024, 5, 1, tzinfo=UTC)
TITLES = [f"清源市民政局关于市八届人大一次会议第{at}号建议的答复" for at in range(100, 130)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with blank(tmp_path_factory.mktemp("near") / "a.db") as opened:
        for at, title in enumerate(TITLES):
            reply = Reply(
                url=f"http://mzj.qingyuan.gov.test/{at}.html",
                title=title,
                index_number=f"990123006/2023-{at:05}",
                document_number=f"清民函〔2023〕{at + 1}号",
            )
            opened.put(reply, "", DAY)
        opened.put(Reply(url="http://a.gov.test/x.html", title="关于养老服务的答复"), "", DAY)
        yield opened


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("关于养佬服务的答复", "关于养老服务的答复"),
        ("养老服努", "关于养老服务的答复"),
        ("养佬服务", "关于养老服务的答复"),
        ("市八届人大一次会议第117号建意的答复", TITLES[17]),
        ("990123006/2O23-00017", TITLES[17]),
        ("990123060/2023-00017", TITLES[17]),
        ("99123006/2023-00017", TITLES[17]),
        ("清民涵〔2023〕18号", TITLES[17]),
    ],
)
def test_the_nearest_comes_first(archive: Archive, key: str, title: str) -> None:
    assert archive.near(key)[0].title == title


def test_an_id_with_a_wrong_letter_is_near(archive: Archive) -> None:
    (reply,) = archive.find("关于养老服务的答复")
    wrong = ("b" if reply.id[5] == "a" else "a").join((reply.id[:5], reply.id[6:]))
    assert archive.near(wrong)[0].id == reply.id


@pytest.mark.parametrize("key", ["", "养", "完全不相干", "{}", "%", "'", "\x00\x1b"])
def test_what_is_far_is_not_near(archive: Archive, key: str) -> None:
    assert archive.near(key) == []


@settings(max_examples=20)
@given(st.sampled_from(TITLES), st.data())
def test_a_title_with_one_wrong_letter_is_found(title: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(title) - 1))
    wrong = f"{title[:at]}错{title[at + 1 :]}"
    assert _titled(wrong, title) > (0.8, 0.0)


def test_a_key_of_any_length_is_looked_for(archive: Archive) -> None:
    assert archive.near("号建议的答复" * 2000, limit=3) != []
