"""The catalogue of known columns, ``sources`` and ``init --region``."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replyarc.catalogue.blocks import block, block_of
from replyarc.catalogue.columns import NOTE, PROVINCES, Column, chosen, columns, provinces
from replyarc.config.load import load
from replyarc.config.values import read_address, read_name, read_region
from replyarc.listing.families import FAMILIES
from tests.test_cli import run


def test_every_row_has_what_a_source_needs_or_the_reason_why_not() -> None:
    names = [column.name for column in columns()]
    assert len(set(names)) == len(names) > 100
    for column in columns():
        assert read_name(column.name)
        assert column.site
        assert column.family in {"auto", *FAMILIES}
        assert column.region is None or read_region(column.region)
        assert column.usable == (column.reason is None)
        assert not column.verified
        if column.usable:
            assert read_address(column.url)
            assert (urlsplit(column.url).hostname or "").endswith(".gov.cn")
    usable = [column.url for column in columns() if column.usable]
    assert len(set(usable)) == len(usable)


def test_every_address_is_one_of_the_evidence_and_none_is_left_out(corpus: Path) -> None:
    lines = (corpus / "domain" / "real_columns.jsonl").read_text("utf-8").splitlines()
    evidence = {row["url"]: row for row in map(json.loads, lines)}
    assert sorted(column.url for column in columns()) == sorted(evidence)
    for column in columns():
        row = evidence[column.url]
        unfit = {"partial", "is_detail", "is_endpoint"} & row.keys()
        assert not (unfit and column.usable)
        assert column.inferred == ("inferred_url" in row)


def test_a_region_is_that_of_the_site() -> None:
    regions = {column.site: column.region for column in columns()}
    said = {
        site: regions[site] for site in ("应急管理部", "湖北省经信厅", "华容县", "黄石市司法局")
    }
    assert said == {
        "应急管理部": None,
        "湖北省经信厅": "420000",
        "华容县": "430623",
        "黄石市司法局": "420200",
    }
    for column in columns():
        for code, province in PROVINCES.items():
            if column.site.startswith(province):
                assert (column.region or "").startswith(code)


def test_the_data_is_a_file_of_the_package() -> None:
    data = resources.files("replyarc.catalogue").joinpath("columns.jsonl").read_text("utf-8")
    assert len(data.splitlines()) == len(columns())
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8")
    assert re.search(r'^packages = \["replyarc"\]$', project, re.MULTILINE)


def test_rows_are_chosen_by_the_head_of_their_region_and_by_their_family() -> None:
    hubei = chosen(region="42")
    assert {column.region for column in hubei} > {"420000", "420200", "422800"}
    assert set(chosen(region="4202")) < set(hubei)
    assert {column.family for column in chosen(family="vsb")} == {"vsb"}
    assert chosen() == columns()
    assert provinces(chosen(region="42")).startswith("42 湖北 (")
    assert provinces(chosen(region="99")) == ""


def test_sources_draws_a_table_and_says_that_nothing_is_verified() -> None:
    ran = run("sources", "--region", "42")
    assert ran.code == 0
    for column in chosen(region="42"):
        assert column.name in ran.out
        assert column.url in ran.out
    assert "(not usable: only a part of its address" in ran.out
    assert "kjj-huangshi" in ran.out
    assert "rsj-km" not in ran.out
    assert NOTE in ran.err
    assert "never verified" in NOTE
    assert run("-q", "sources", "--region", "42").err == ""


def test_sources_as_json_carries_the_note() -> None:
    ran = run("sources", "--json", "--region", "5201", "--family", "trs")
    said = json.loads(ran.out)
    assert list(said) == ["schema", "note", "sources"]
    assert (said["schema"], said["note"]) == (1, NOTE)
    assert NOTE in ran.err
    assert said["sources"][0] == {
        "name": "jyj-guiyang-jyta",
        "site": "贵阳市教育局",
        "region": "520100",
        "family": "trs",
        "url": "http://jyj.guiyang.gov.cn/zfxxgk_5617343/fdzdgknr/qtfdxx/jyta/",
        "usable": True,
        "reason": None,
        "inferred": False,
        "verified": False,
        "note": None,
    }


def test_sources_that_fit_nothing_say_what_there_is() -> None:
    ran = run("sources", "--region", "42", "--family", "nothing")
    assert (ran.code, ran.out) == (10, "")
    assert re.search(r"43 湖南 \(\d+\)", ran.err)
    assert "vsb" in ran.err
    empty = run("sources", "--region", "99", "--json")
    assert (empty.code, json.loads(empty.out)["sources"]) == (10, [])


def test_init_with_a_region_writes_its_usable_columns(tmp_path: Path) -> None:
    target = tmp_path / "replyarc.toml"
    ran = run("init", str(target), "--region", "42")
    usable = [column for column in chosen(region="42") if column.usable]
    assert ran.code == 0
    assert f"Wrote {target}. {len(usable)} columns, none verified." in ran.err
    text = target.read_text("utf-8")
    assert "# retries = 3" in text
    assert "example.gov.cn" not in text
    assert text.count("never verified by replyarc") == len(usable) + 1

    target.write_text(text.replace("you@example.org", "me@qingyuan.example"), "utf-8")
    sources = load(target, FAMILIES).sources
    for source, column in zip(sources, usable, strict=True):
        assert (source.name, source.publisher, source.region, source.family, source.urls) == (
            column.name,
            column.site,
            column.region,
            column.family,
            (column.url,),
        )


@pytest.mark.parametrize("region", sorted({(each.region or "")[:2] for each in columns()} - {""}))
def test_init_for_every_province_can_be_loaded(tmp_path: Path, region: str) -> None:
    target = tmp_path / "replyarc.toml"
    usable = [column for column in chosen(region=region) if column.usable]
    ran = run("init", str(target), "--region", region)
    assert ran.code == (0 if usable else 10)
    if usable:
        text = target.read_text("utf-8").replace("you@example.org", "me@qingyuan.example")
        target.write_text(text, "utf-8")
        assert len(load(target, FAMILIES).sources) == len(usable)


@pytest.mark.parametrize(
    ("region", "why"),
    [("99", "no column is known"), ("", "no known"), ("640303", "no known column is usable")],
)
def test_init_for_a_region_without_columns_writes_nothing_and_says_which_there_are(
    tmp_path: Path, region: str, why: str
) -> None:
    target = tmp_path / "replyarc.toml"
    ran = run("init", str(target), "--region", region)
    assert ran.code == 10
    assert why in ran.err
    assert "42 湖北 (" in ran.err
    assert not target.exists()


def test_init_with_a_region_leaves_a_configuration_that_is_there(tmp_path: Path) -> None:
    target = tmp_path / "replyarc.toml"
    target.write_text("mine", "utf-8")
    assert run("init", str(target), "--region", "42").code == 2
    assert target.read_text("utf-8") == "mine"


def test_a_block_can_be_read_whatever_a_site_says() -> None:
    written = block(
        name="a",
        publisher='清源"市\\\n[[source]]\x7f\ue000',
        region=None,
        family="auto",
        url="http://a.test/",
        notes=["one\ntwo\x00"],
        below=["below\r\nit"],
    )
    assert written == (
        '# one two\n[[source]]\nname = "a"\npublisher = "清源\\"市\\\\ [[source]]"\n'
        'family = "auto"\nurl = "http://a.test/"\n# below it\n'
    )


def test_a_block_without_a_publisher_asks_for_one() -> None:
    written = block(name="a", publisher=None, region=None, family="auto", url="http://a.test/")
    assert '# publisher = "…": put in who answers' in written


def test_a_block_of_the_catalogue_says_where_it_is_from() -> None:
    column = Column(
        name="qy",
        site="清源市",
        region="990100",
        family="unheard",
        url="http://www.qingyuan.gov.test/jyta/",
        usable=True,
        reason=None,
        inferred=True,
        verified=False,
        note="a column for each year",
    )
    written = block_of(column, ["trs"])
    assert written.startswith("# as published in public code; never verified by replyarc\n")
    assert "# the address was cut back from that of a reply\n# a column for each year\n" in written
    assert 'family = "auto"' in written
