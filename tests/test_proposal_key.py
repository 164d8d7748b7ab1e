"""What answers a proposal: several letters to one, one letter to several, and no other ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from replyarc.archive.assemblies import compatible
from replyarc.archive.proposals import Proposal, answering, near, others
from replyarc.archive.store import Archive
from replyarc.cli.app import app
from replyarc.cli.proposals import in_words, understood
from replyarc.model import Assembly, Kind, Reply, Role, Source
from tests.blank import blank

DAY = datetime(2024, 5, 1, tzinfo=UTC)
LEAD = Reply(
    url="http://mzj.qingyuan.gov.test/1.html",
    source="mzj",
    title="清源市民政局关于市八届人大一次会议第198号建议的答复",
    answered_by="清源市民政局",
    kind=Kind.SUGGESTION,
    assembly=Assembly.CONGRESS,
    assembly_name="市人大",
    term=8,
    session=1,
    proposal_numbers=("198",),
    role=Role.LEAD,
)
JOINT = replace(
    LEAD,
    url="http://czj.qingyuan.gov.test/7.html",
    source="czj",
    title="清源市财政局关于清源市八届人大一次会议第0198号建议的会办意见",
    answered_by="清源市财政局",
    assembly_name="清源市人大",
    proposal_numbers=("0198", "0201"),
    role=Role.JOINT,
)
ELSEWHERE = replace(
    LEAD,
    url="http://mzj.hedong.gov.test/1.html",
    source="hedong",
    title="河东市民政局关于市八届人大一次会议第198号建议的答复",
    answered_by="河东市民政局",
)
LATER = replace(LEAD, url="http://mzj.qingyuan.gov.test/2.html", title="第198号", session=2)
OF_CONFERENCE = replace(
    LEAD,
    url="http://mzj.qingyuan.gov.test/3.html",
    title="关于市政协八届一次会议第198号提案的答复",
    kind=Kind.PROPOSAL,
    assembly=Assembly.CONFERENCE,
    assembly_name="市政协",
)
EVERY = (LEAD, JOINT, ELSEWHERE, LATER, OF_CONFERENCE)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with blank(tmp_path / "a.db") as opened:
        for reply in EVERY:
            opened.put(reply, "", DAY)
        yield opened


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("清源市八届人大一次会议第198号", [LEAD, JOINT]),
        ("清源市八届人大一次会议第０１９８号建议", [LEAD, JOINT]),
        ("清源市第八届人民代表大会第一次会议第198号", [LEAD, JOINT]),
        ("清源市八届人大一次会议第201号", [JOINT]),
        ("清源市八届人大一次会议第198、201号", [LEAD, JOINT]),
        ("河东市八届人大一次会议第198号", [ELSEWHERE]),
        ("清源市八届人大二次会议第198号", [LATER]),
        ("清源市政协八届一次会议第198号提案", [OF_CONFERENCE]),
        ("政协清源市第八届委员会第一次会议第198号", [OF_CONFERENCE]),
        ("岳阳市八届人大一次会议第198号", []),
        ("清源市九届人大一次会议第198号", []),
        ("清源市八届人大一次会议第98号", []),
        ("清源县八届人大一次会议第198号", []),
    ],
)
def test_words_gather_what_answers_the_proposal_the_lead_first(
    archive: Archive, words: str, expected: list[Reply]
) -> None:
    assert answering(archive, understood(words)) == expected


def test_less_that_is_told_gathers_more(archive: Archive) -> None:
    assert set(answering(archive, understood("第198号"))) == set(EVERY)
    of_congress = set(answering(archive, understood("市八届人大一次会议第198号")))
    assert of_congress == {LEAD, JOINT, ELSEWHERE}


def test_letters_with_letters_in_their_number_are_found(archive: Archive) -> None:
    coded = replace(LEAD, url="http://x.gov.test/", title="B12", proposal_numbers=("b012",))
    archive.put(coded, "", DAY)
    asked = understood("清源市八届人大一次会议B012号建议")
    assert answering(archive, asked) == [coded]


@pytest.mark.parametrize(
    ("one", "other", "offices", "fits"),
    [
        ("清源市人大", "政协清源市委员会", [], True),
        ("清源市人大", "市人大", ["市民政局"], True),
        ("清源市人大", "市人大", ["云溪省清源市民政局"], True),
        ("清源市人大", "市人大", ["中共清源市委组织部"], True),
        ("清源市人大", "市人大", ["国家税务总局清源市税务局"], True),
        ("清源市人大", "市人大", ["市城市管理局", "住房和城市更新局"], True),
        ("清源市人大", "市人大", ["河东市民政局"], False),
        ("清源市人大", None, [], True),
        ("清源市人大", None, ["河东市民政局"], False),
        ("清源市人大", "河东市人大", [], False),
        ("清源市人大", "区人大", [], False),
        ("清源市望湖区人大", "望湖区人大", ["河东市望湖区民政局"], False),
        ("望湖区人大", "清源市望湖区人大", [], True),
        ("清源市人大", "清源市望湖区人大", [], False),
        ("全国人大", "云溪省人大", [], False),
        ("全国人大", "全国人民代表大会", [], True),
        ("自治区人大", "云溪自治区人大", [], True),
        ("某兵团人大", "兵团人大", [], True),
        ("某兵团人大", "云溪省人大", [], False),
        (None, "云溪省人大", [], True),
    ],
)
def test_names_are_of_one_place(
    one: str | None, other: str | None, offices: list[str], fits: bool
) -> None:
    assert compatible(one, other, offices) is fits


PLACE = st.sampled_from(
    ["", "市", "区", "省", "清源市", "河东市", "云溪省清源市", "望湖区", "清源市望湖区", "全国"]
)


@given(PLACE, PLACE)
def test_whether_names_fit_does_not_depend_on_their_order(one: str, other: str) -> None:
    assert compatible(f"{one}人大", f"{other}人大") is compatible(f"{other}人大", f"{one}人大")


@given(PLACE)
def test_a_name_fits_itself_and_none(one: str) -> None:
    assert compatible(f"{one}人大", f"政协{one}委员会")
    assert compatible(f"{one}人大", None)


def test_what_was_understood_is_said() -> None:
    told = in_words(understood("清源市八届人大一次会议第198号建议"))
    assert told == "第198号 · 8届1次 · 人大 · 清源市人大 · 建议"
    assert understood("198") == Proposal(numbers=("198",), kind=None)
    with pytest.raises(typer.BadParameter, match="bears no number"):
        understood("清源市八届人大一次会议")


def test_what_bears_the_number_of_another_session_is_near(archive: Archive) -> None:
    asked = understood("清源市九届人大一次会议第198号")
    assert len(near(archive, asked)) == 5
    assert len(near(archive, asked, limit=2)) == 2
    assert near(archive, understood("清源市九届人大一次会议第77号")) == []


def test_the_others_are_those_to_the_same_proposal_of_the_same_place(archive: Archive) -> None:
    (lead,) = [reply for reply in answering(archive, understood("第198号")) if reply == LEAD]
    assert others(archive, lead) == [JOINT]
    assert others(archive, replace(lead, session=None)) == []


def test_of_the_others_who_leads_stands_before_who_takes_part(archive: Archive) -> None:
    """Also where what they wrote is older."""
    joint = replace(JOINT, url="http://jyj.gov.test/2.html", published_on=date(2024, 4, 30))
    split = replace(joint, url="http://jyj.gov.test/3.html", title="分办", role=Role.SEPARATE)
    for reply in (replace(joint, title="会办"), split):
        archive.put(reply, "", DAY)
    (asked,) = archive.find(JOINT.url)
    assert [other.role for other in others(archive, asked)] == [
        Role.LEAD,
        Role.SEPARATE,
        Role.JOINT,
    ]


def test_two_cities_that_both_say_only_the_city_are_told_apart(tmp_path: Path) -> None:
    one = replace(LEAD, answered_by="市民政局", index_number="1")
    other = replace(LEAD, url="http://z/", source="czj", answered_by="市财政局", index_number="2")
    with blank(tmp_path / "a.db") as archive:
        for reply in (one, other):
            archive.put(reply, "", DAY)
        (first,) = archive.find(one.url)
        assert others(archive, first) == []
        for name, region in (("mzj", "430600"), ("czj", "430601")):
            archive.begin(Source(name=name, publisher="", urls=(), region=region), "trs", DAY)
        assert others(archive, first) == [other]
        archive.begin(Source(name="czj", publisher="", urls=(), region="430100"), "trs", DAY)
        assert others(archive, first) == []


# --- the command


def run(archive: Archive, *arguments: str) -> tuple[int, str, str]:
    where = ["--archive", str(archive.path)]
    result = CliRunner().invoke(app, [*where, *arguments], prog_name="replyarc")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_shows_all_answers_and_says_what_it_understood(archive: Archive) -> None:
    code, out, err = run(archive, "show", "--proposal", "清源市八届人大一次会议第198号")
    assert code == 0
    assert out.index("清源市民政局") < out.index("清源市财政局")
    assert "会办" in out
    assert "河东" not in out
    assert err.strip() == "第198号 · 8届1次 · 人大 · 清源市人大"


def test_the_answers_as_json_are_a_list(archive: Archive) -> None:
    code, out, _ = run(archive, "show", "--proposal", "清源市八届人大一次会议第198号", "--json")
    assert code == 0
    assert [reply["role"] for reply in json.loads(out)] == ["主办", "会办"]


def test_nothing_found_names_what_is_near(archive: Archive) -> None:
    code, out, err = run(archive, "show", "--proposal", "清源市九届人大一次会议第198号")
    assert (code, out) == (10, "")
    assert err.count("near: ") == 5


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("第198号", "--proposal", "第198号"),
        ("--proposal", "第198号", "--raw"),
        ("--proposal", "人大"),
    ],
)
def test_a_wrong_use_is_told(archive: Archive, arguments: tuple[str, ...]) -> None:
    assert run(archive, "show", *arguments)[0] == 2


def test_a_card_names_the_other_letters_to_its_proposal(archive: Archive) -> None:
    (joint,) = archive.find(JOINT.url)
    _, out, _ = run(archive, "show", LEAD.url)
    line = next(line for line in out.splitlines() if "另有答复" in line)
    assert line.startswith("另有答复      会办 · 清源市财政局 · ")
    assert joint.id in line
