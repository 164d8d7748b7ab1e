"""Names, ports, TLS, redirects and hosts: who is asked, and who never is."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from replyarc.archive.store import Archive
from replyarc.fetch.guard import is_public
from replyarc.model import Outcome, Source
from tests.column import MANNERS, Column, letters, source
from tests.gov import Answer, Gov, Heard, redirect, serving
from tests.misbehaving import Route, each, shows
from tests.misbehaving_network import OTHERS
from tests.stories import FULL, Story
from tests.test_fetch_tls import PAIR

ONCE = replace(MANNERS, retries=0)
ROUTES = {route.name: route for route in OTHERS}
Serve = Callable[..., Gov]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[int, str]]:
    """A name service: the address of a name, by family; of none there is no such name."""
    names: dict[str, dict[int, str]] = {}
    original = socket.getaddrinfo

    def resolve(
        host: str, port: int, family: int = 0, *args: Any, **options: Any
    ) -> list[tuple[Any, ...]]:
        if host not in names:
            return list(original(host, port, family, *args, **options))
        if family not in names[host]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host][family], port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return names


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Serve]:
    """Starts governments whose certificate signs itself; old ones offer nothing of today."""
    pair = tmp_path / "pair.pem"
    pair.write_text(PAIR)
    with ExitStack() as stack:

        def serve(*, old: bool = False) -> Gov:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pair)
            if old:
                context.maximum_version = ssl.TLSVersion.TLSv1_2
                context.set_ciphers("ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")
            return stack.enter_context(serving(tls=context))

        yield serve


def at(gov: Gov, host: str, name: str, **more: Any) -> Source:
    """The column of a government at another of its addresses, or by a name."""
    return replace(source(gov, name), urls=(gov.at(host) + "/jytabl/index.html",), **more)


@shows("a name that is none", "a closed port", "no TLS where it is promised")
def test_where_there_is_no_connection_others_go_on_and_the_next_crawl_asks_again(
    gov: Gov, tmp_path: Path, names: dict[str, dict[int, str]]
) -> None:
    Column(letters(3)).publish(gov)
    names["qingyuan.invalid"] = {}
    with serving() as short:
        closed = short.url
    sources = (
        at(gov, "qingyuan.invalid", "a"),
        replace(source(gov, "b"), urls=(f"{closed}/jytabl/index.html",)),
        replace(source(gov, "c"), urls=(gov.url.replace("http", "https") + "/jytabl/",)),
        source(gov, "d"),
    )
    story = Story(gov, tmp_path / "a.db", sources, replace(ONCE, timeout=1.0))
    reports = story.crawl().reports
    rows = ("a name that is none", "a closed port", "no TLS where it is promised")
    for name, row in zip("abc", rows, strict=True):
        (problem,) = reports[name].problems
        assert ROUTES[row].says in problem
        assert sources["abcd".index(name)].urls[0] in problem
        assert not reports[name].findings
        assert not reports[name].finished
    assert reports["d"].outcomes == {Outcome.NEW: 3}
    assert story.crawls[0].exit_code == 4
    names["qingyuan.invalid"] = {0: "127.0.0.1"}
    story.sources = sources[:1]
    again = story.crawl().reports["a"]
    assert again.finished
    assert again.problems == []
    assert story.is_sound()


@shows("a certificate that signs itself")
def test_an_invalid_certificate_is_named_and_what_is_had_all_the_same_is_marked(
    secure: Serve, tmp_path: Path
) -> None:
    gov = secure()
    Column(letters(3)).publish(gov)
    story = Story(gov, tmp_path / "a.db", (source(gov),), ONCE)
    refused = story.crawl()
    (problem,) = refused.reports["qingyuan"].problems
    assert ROUTES["a certificate that signs itself"].says in problem
    assert gov.asked == []
    assert refused.exit_code == 4
    story.sources = (replace(source(gov), tls="unverified"),)
    assert len(story.crawl().held) == 3
    assert marks(story) == {"unverified"}
    assert story.is_sound()


@shows("a server of old")
def test_an_old_server_is_named_and_what_is_had_of_it_is_marked(
    secure: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = tmp_path / "authority.pem"
    authority.write_text(PAIR.partition("-----BEGIN PRIVATE")[0])
    monkeypatch.setattr("certifi.where", lambda: str(authority))
    old, new = secure(old=True), secure()
    for gov in (old, new):
        Column(letters(3)).publish(gov)
    story = Story(old, tmp_path / "a.db", (source(old),), ONCE)
    (problem,) = story.crawl().reports["qingyuan"].problems
    assert ROUTES["a server of old"].says in problem
    assert old.asked == []
    story.sources = (replace(source(old), tls="legacy"),)
    assert len(story.crawl().held) == 3
    assert marks(story) == {"legacy"}
    story = Story(new, tmp_path / "b.db", (replace(source(new), tls="legacy"),), ONCE)
    assert len(story.crawl().held) == 3
    assert marks(story) & {"legacy", "unverified"} == set()  # the usual handshake came first


def marks(story: Story) -> set[str]:
    """The last words on how the captures of an archive were had."""
    with Archive.open(story.path, read_only=True) as archive:
        found = archive.db.execute("select distinct tls from fetches where sha256 is not null")
        return {str(tls).split()[-1] for (tls,) in found.fetchall()}


@each([ROUTES["a redirect to a private address"], ROUTES["to the metadata of a cloud"]])
def test_a_private_address_is_refused_at_the_hop_that_leads_there(
    route: Route,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: dict[str, dict[int, str]],
) -> None:
    names["inside.gov.test"] = {0: "127.0.0.2"}
    monkeypatch.setattr(
        "replyarc.fetch.guard.is_public", lambda ip: ip == "127.0.0.1" or is_public(ip)
    )
    with serving("127.0.0.1", "127.0.0.2") as gov:
        column = Column(letters(3))
        column.publish(gov)
        path = column.letters[1].path
        gov.routes[path] = route.does or redirect(gov.at("inside.gov.test") + path)
        asked = replace(source(gov), allow_hosts=("inside.gov.test", "169.254.169.254"))
        manners = replace(ONCE, private_addresses=False)
        story = Story(gov, tmp_path / "a.db", (asked,), manners)
        crawled = story.crawl()
        assert {heard.address for heard in gov.heard} == {"127.0.0.1"}
        (problem,) = crawled.problems(column.letters[1], route.says)
        assert route.says in problem
        assert (len(crawled.held), crawled.state(column.letters[1])) == (2, "failed")
        gov.routes.clear()
        assert len(story.crawl().held) == 3


def test_a_failure_behind_a_redirect_names_the_page_that_leads_there(
    gov: Gov, tmp_path: Path
) -> None:
    column = Column(letters(3))
    column.publish(gov)
    gov.routes[column.letters[1].path] = redirect("/moved.html")
    gov.routes["/moved.html"] = redirect("file:///etc/passwd")
    crawled = Story(gov, tmp_path / "a.db", (source(gov),), ONCE).crawl()
    (problem,) = crawled.reports["qingyuan"].problems
    assert column.letters[1].path in problem


@shows("to another port")
def test_another_port_of_a_host_is_not_asked_for_a_redirect(gov: Gov, tmp_path: Path) -> None:
    column = Column(letters(3))
    column.publish(gov)
    with serving() as other:
        column.publish(other)
        path = column.letters[1].path
        gov.routes[path] = redirect(other.url + path)
        crawled = Story(gov, tmp_path / "a.db", (source(gov),), ONCE).crawl()
        assert other.asked == []
        assert len(crawled.held) == 2


@shows("http that moved to https", "a host that the source names", "a cookie for another host")
def test_https_and_hosts_that_the_source_names_are_followed_without_cookies(
    secure: Serve, tmp_path: Path
) -> None:
    column, over_tls = Column(letters(3)), secure()
    column.publish(over_tls)
    with serving("127.0.0.1", "127.0.0.2") as gov:
        column.publish(gov)
        upgraded, elsewhere, strange = (letter.path for letter in column.letters)
        gov.routes[upgraded] = redirect(over_tls.url + upgraded, 301)
        gov.handlers.append(lambda heard: with_cookie(heard, gov, elsewhere))
        gov.routes[strange] = redirect(gov.at("127.0.0.3") + strange)
        here = replace(source(gov), allow_hosts=("127.0.0.2",), tls="unverified")
        story = Story(gov, tmp_path / "a.db", (here,), ONCE)
        crawled = story.crawl()
        assert len(crawled.held) == 2
        assert crawled.reply(column.letters[1]) is not None
        (problem,) = crawled.problems(column.letters[2])
        assert "allow_hosts" in problem
        story.crawl(FULL)
        there = [heard for heard in gov.heard if heard.address == "127.0.0.2"]
        assert {heard.path for heard in there} == {"/robots.txt", elsewhere}
        assert not any("cookie" in heard.headers for heard in (*gov.heard, *over_tls.heard))
        assert over_tls.count(upgraded) == 2


def with_cookie(heard: Heard, gov: Gov, path: str) -> Answer | None:
    """Give a cookie away, and lead to another host."""
    if heard.path != path or heard.address != "127.0.0.1":
        return None
    location = gov.at("127.0.0.2") + path
    return Answer(302, {"Location": location, "Set-Cookie": "SESSION=77; path=/"})


@shows("403 over IPv6")
def test_a_source_may_say_by_which_version_of_ip_its_host_is_asked(
    tmp_path: Path, names: dict[str, dict[int, str]]
) -> None:
    names["qingyuan.gov.test"] = {0: "127.0.0.2", socket.AF_INET: "127.0.0.1"}
    with serving("127.0.0.1", "127.0.0.2") as gov:
        Column(letters(3)).publish(gov)
        gov.handlers.append(lambda heard: Answer(403) if heard.address == "127.0.0.2" else None)
        story = Story(gov, tmp_path / "a.db", (at(gov, "qingyuan.gov.test", "a"),), ONCE)
        assert story.crawl().exit_code == 6
        story.sources = (at(gov, "qingyuan.gov.test", "a", ip="4"),)
        crawled = story.crawl()
        assert (len(crawled.held), crawled.exit_code) == (3, 0)
        assert story.is_sound()
