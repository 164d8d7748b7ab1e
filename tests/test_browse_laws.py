"""Laws of the pure parts of browsing: addresses of searches, links, marks, names of this server."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from replyarc.archive.facets import Share
from replyarc.browse.answer import outside, page
from replyarc.browse.asking import asked
from replyarc.browse.dividing import facets
from replyarc.browse.guard import LOOPBACK, Guard
from replyarc.browse.history import pieces

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "q": WORDS.map(lambda some: f"养{some}"),  # a lone quotation mark is no word
        "publisher": WORDS,
        "year": st.integers(1, 9999).map(str),
        "kind": st.sampled_from(["建议", "提案", "议案"]),
        "gone": st.sampled_from(["0", "1"]),
        "page": st.integers(1, 50).map(str),
    },
)
SHARES = st.dictionaries(
    st.builds(
        Share,
        st.none() | st.integers(2000, 2030),
        st.none() | st.sampled_from(["建议", "提案"]),
        st.none() | st.sampled_from(["民政局", "市民政局", "教育局"]),
        st.none() | st.sampled_from(["民政局", "市民政局", "教育局"]),
    ),
    st.integers(1, 9),
    max_size=8,
)


@given(GIVEN)
def test_the_address_of_a_search_is_read_as_the_search(said: dict[str, str]) -> None:
    search = asked(said)
    again = asked(dict(parse_qsl(urlsplit(search.link(page=search.page)).query)))
    assert (again.given, again.page, again.query) == (search.given, search.page, search.query)


@settings(max_examples=40)  # a search and its shares take long to draw
@given(SHARES, GIVEN)
def test_a_facet_never_counts_a_reply_that_its_filter_would_not_leave(
    shares: dict[Share, int], said: dict[str, str]
) -> None:
    counted = Counter(shares)
    for facet in facets(counted, asked(said)):
        for value in facet.values:
            left = sum(
                count
                for share, count in counted.items()
                if (facet.key == "year" and str(share.year) == value.name)
                or (facet.key == "kind" and share.kind == value.name)
                or (
                    facet.key == "publisher"
                    and any(value.name in (name or "") for name in share[2:])
                )
            )
            assert value.replies == left


@given(st.text(st.characters()), st.lists(st.integers(0, 20), max_size=6))
def test_a_text_in_pieces_is_the_text(text: str, at: list[int]) -> None:
    places = sorted({place for place in at if place <= len(text)})
    marks = tuple(zip(places[::2], places[1::2], strict=False))
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    marked = "".join(text[begin:end] for begin, end in marks)
    assert "".join(piece.text for piece in found if piece.marked) == marked


@given(
    st.sampled_from(["", "javascript:", "data:", "http:", "https://", " http://", "ftp://"]), WORDS
)
def test_a_link_leads_to_the_web_or_is_none(scheme: str, rest: str) -> None:
    link = outside(scheme + rest)
    assert link is None or link.lower().startswith(("http://", "https://"))


@given(st.text(st.characters(), max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    body = page("trouble.html", words=f"[{text}]").body.decode()
    (said,) = body.partition('<p class="warning">[')[2].split("]</p>")[:1]
    assert "<" not in said
    assert '"' not in said


async def _unanswered(scope: object, receive: object, send: object) -> None:
    raise AssertionError("it was let through")


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=30))
async def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    name = host.lower()
    if {name, name.rpartition(":")[0]} & LOOPBACK:
        return
    statuses = []

    async def send(message: dict[str, object]) -> None:
        statuses.append(message.get("status"))

    headers = [(b"host", host.encode("latin-1"))]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    await Guard(_unanswered, "127.0.0.1")(scope, _unanswered, send)  # type: ignore[arg-type]  # it is asked nothing
    assert statuses[0] == 421
