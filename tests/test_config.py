"""The configuration: found, read, and all that is wrong with it said at once."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from replyarc.config.load import Settings, load
from replyarc.config.tables import KEYS
from replyarc.config.template import TEMPLATE
from replyarc.config.values import PLACEHOLDER
from replyarc.errors import ConfigError
from replyarc.manners import Expect, Manners, Window
from replyarc.model import Source

FAMILIES = ("nextlink", "trs", "ucap")
SMALLEST = """
[crawl]
contact = "mailto:li.lei@hy.example"

[[source]]
name = "hy"
publisher = "红叶市民政局"
url = "http://mzj.hy.example/jyta/"
"""


def read(tmp_path: Path, text: str | bytes, environ: dict[str, str] | None = None) -> Settings:
    file = tmp_path / "replyarc.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(file, FAMILIES, environ or {})


def problems(tmp_path: Path, text: str | bytes, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, environ)
    return [
        line.replace(f"{tmp_path / 'replyarc.toml'}: ", "F: ") for line in caught.value.problems
    ]


def test_the_smallest_configuration_takes_every_default_from_the_model(tmp_path: Path) -> None:
    settings = read(tmp_path, SMALLEST)

    assert settings.manners == Manners(contact="mailto:li.lei@hy.example")
    assert settings.sources == (
        Source(name="hy", publisher="红叶市民政局", urls=("http://mzj.hy.example/jyta/",)),
    )
    assert settings.path == tmp_path / "replyarc.toml"
    assert settings.archive == tmp_path / "replies.db"


def test_the_archive_lies_beside_the_file_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "r.toml").write_text('[archive]\npath = "../a.db"\n' + SMALLEST, "utf-8")
    monkeypatch.chdir(tmp_path)

    settings = load(Path("conf/r.toml"), FAMILIES)

    assert settings.archive == tmp_path / "conf" / "../a.db"


def test_a_tilde_in_the_archives_path_is_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    settings = read(tmp_path, '[archive]\npath = "~/a.db"\n' + SMALLEST)
    assert settings.archive == tmp_path / "home" / "a.db"


def test_a_home_folder_that_is_unknown_is_reported(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, '[archive]\npath = "~nobody-of-that-name/a.db"\n' + SMALLEST)
    assert "names a home folder that is not known" in problem


def test_every_key_of_crawl_is_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        SMALLEST.replace(
            "[crawl]",
            "[crawl]\ndelay = 1\nhosts = 4\nper_host = 2\ntimeout = 9.5\nmax_body = '1 MiB'\n"
            "retries = 0\nrecheck = '2w'\nprivate_addresses = true\nrobots = false",
        ),
    )
    assert settings.manners == Manners(
        contact="mailto:li.lei@hy.example",
        delay=1.0,
        hosts=4,
        per_host=2,
        timeout=9.5,
        max_body=1_048_576,
        retries=0,
        recheck=timedelta(days=14),
        private_addresses=True,
        robots=False,
    )


def test_every_key_of_a_source_is_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        SMALLEST.replace(
            "url =", "url = ['https://a.hy.example/1?p=2', 'http://b.hy.example:8080']#"
        )
        + "family = 'trs'\nregion = '430600'\ndelay = 0\ncharset = 'GB18030'\ntls = 'unverified'\n"
        "ip = '6'\nmax_pages = 1\nallow_hosts = ['Static.HY.example', '127.0.0.1', '::1']\n"
        "allow_empty_until = 2027-03-01\n"
        "[source.options]\nentry = 'ul > li a'\nnext = 'a.next'\ncontent = '#c'\ntitle = 'h1'\n"
        "[source.labels]\n'公文编号' = 'document_number'\n'标签' = 'keywords'\n"
        "'签发日' = 'written_on'\n",
    )
    assert settings.sources == (
        Source(
            name="hy",
            publisher="红叶市民政局",
            urls=("https://a.hy.example/1?p=2", "http://b.hy.example:8080"),
            family="trs",
            region="430600",
            delay=0.0,
            charset="GB18030",
            tls="unverified",
            ip="6",
            max_pages=1,
            allow_hosts=("static.hy.example", "127.0.0.1", "::1"),
            allow_empty_until=date(2027, 3, 1),
            options={"entry": "ul > li a", "next": "a.next", "content": "#c", "title": "h1"},
            labels={"公文编号": "document_number", "标签": "keywords", "签发日": "written_on"},
        ),
    )


def test_what_was_read_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    options = read(tmp_path, SMALLEST + "[source.options]\nentry = 'a'").sources[0].options
    with pytest.raises(TypeError):
        options["entry"] = "b"  # type: ignore[index]  # that it cannot be assigned is the point


def test_all_that_is_wrong_is_said_at_once_with_its_place_and_a_suggestion(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        """
        colour = "red"
        delay = 3
        [archive]
        path = 3
        [crawl]
        contcat = "mailto:li.lei@hy.example"
        [[source]]
        name = "moe"
        publisher = "教育厅"
        url = "http://jyt.hy.example/a/"
        [[source]]
        url = "http://jyt.hy.example/b/"
        [[source]]
        name = "moe"
        publisher = "教育厅"
        family = "TRS"
        url = ["http://jyt.hy.example/c/", "http://JYT.hy.example/a/#top"]
        dealy = 1.0
        entry = "li a"
        """,
    )
    assert said == [
        "F: archive.path: must be text in quotes, not 3",
        "F: crawl.contact: is missing. Put your mail or web address: it tells a site whom to"
        " write to",
        "F: crawl.contcat: no such key. Did you mean contact?",
        "F: source[2].name: is missing. Put a short one, as in yueyang-mzj",
        "F: source[2].publisher: is missing. Put who answers, for pages that do not say",
        "F: source[3].family (\"moe\"): 'TRS' is no family. There are: auto, nextlink, trs, ucap."
        " Did you mean trs?",
        'F: source[3].dealy ("moe"): no such key. Did you mean delay?',
        'F: source[3].entry ("moe"): no such key here. It belongs in [source.options]',
        "F: colour: no such key. There are: archive, crawl, source",
        "F: delay: no such key here. It belongs in [crawl]",
        'F: source[3].name ("moe"): is given before, at source[1].name ("moe")',
        'F: source[3].url[2] ("moe"): is given before, at source[1].url ("moe")',
    ]


def test_a_source_written_as_one_table_is_told_of_the_brackets(tmp_path: Path) -> None:
    assert problems(tmp_path, SMALLEST.replace("[[source]]", "[source]")) == [
        "F: source: must be written [[source]], with two brackets on each side"
    ]


@pytest.mark.parametrize("text", ["source = [1, 2]", "source = []", "archive = 1\ncrawl = 2", ""])
def test_any_shape_of_file_ends_in_a_report_and_nothing_else(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text, {"REPLYARC_DELAY": "1", "REPLYARC_ARCHIVE": "a.db"})


def test_a_file_without_a_source_says_what_to_add(tmp_path: Path) -> None:
    assert problems(tmp_path, SMALLEST.partition("[[source]]")[0]) == [
        "F: source: is missing. Add a [[source]] with name, publisher and url"
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"a = 1\nb = [1,\n", "F: line 3, column 1: is not TOML: "),
        (b"a = 1\nb ? 1\n", "F: line 2, column 3: is not TOML: "),
        (b"a = 1" + b"0" * 5_000, "F: is not TOML that can be read: "),
        (b"a = " + b"[" * 50_000, "F: is not TOML that can be read: "),
        ('a = 1\n# 答复\nb = "中"'.encode("gbk"), "F: line 2: is not UTF-8"),
        ("a = 1".encode("utf-16"), "F: line 1: is not UTF-8"),
    ],
    ids=["unfinished", "no equals sign", "long number", "deep", "gbk", "utf-16"],
)
def test_a_file_that_is_no_toml_is_reported_with_line_and_column(
    tmp_path: Path, body: bytes, said: str
) -> None:
    [problem] = problems(tmp_path, body)
    assert problem.startswith(said)


def test_a_byte_order_mark_at_the_head_does_not_disturb(tmp_path: Path) -> None:
    assert (
        read(tmp_path, b"\xef\xbb\xbf" + SMALLEST.encode()).sources[0].publisher == "红叶市民政局"
    )


def test_a_file_that_cannot_be_read_is_named_with_the_way_to_a_new_one(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"none\.toml: cannot be read: No such file.*replyarc init"
    ):
        load(tmp_path / "none.toml", FAMILIES)
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(tmp_path, FAMILIES)


def test_the_template_loads_once_the_contact_is_ones_own(tmp_path: Path) -> None:
    settings = read(tmp_path, TEMPLATE.replace(PLACEHOLDER, "li.lei@hy.example"))
    assert [source.family for source in settings.sources] == ["auto", "trs", "ucap", "nextlink"]


def test_the_template_as_it_is_asks_for_the_contact_and_nothing_else(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, TEMPLATE)
    assert problem.startswith("F: crawl.contact: is the template's")


def test_the_templates_contact_will_do_for_machines_of_ones_own(tmp_path: Path) -> None:
    text = TEMPLATE.replace("# private_addresses = false", "private_addresses = true")
    assert read(tmp_path, text).manners.contact == f"mailto:{PLACEHOLDER}"


def test_the_templates_commented_defaults_are_those_of_the_model(tmp_path: Path) -> None:
    text = TEMPLATE.replace(PLACEHOLDER, "li.lei@hy.example")
    crawl, source, rest = text.partition("\n# One [[source]]")
    shown = "\n".join(
        line.removeprefix("# ") if " = " in line else line for line in crawl.splitlines()
    )
    settings = read(tmp_path, f"{shown}{source}{rest}")
    assert settings.manners == Manners(contact="mailto:li.lei@hy.example")
    assert all(f"\n# {key} = " in crawl for key in KEYS["crawl"] if key != "contact")


def test_the_template_shows_every_key() -> None:
    shown = {line.lstrip("# ").partition(" =")[0] for line in TEMPLATE.splitlines()}
    keys = {key for table, known in KEYS.items() if table for key in known} - {
        "options",
        "labels",
        "expect",
    }
    assert keys <= shown
    assert "[source.options]" in TEMPLATE
    assert "[source.labels]" in TEMPLATE
    assert "[source.expect]" in TEMPLATE


def test_the_example_beside_the_readme_is_the_template() -> None:
    example = Path(__file__).parent.parent / "config.example.toml"
    assert example.read_text("utf-8") == TEMPLATE


def test_the_window_and_the_expectations_of_a_source_reach_it(tmp_path: Path) -> None:
    text = TEMPLATE.replace(PLACEHOLDER, "li.lei@hy.example")
    sources = {source.name: source for source in read(tmp_path, text).sources}
    assert sources["wjw"].window == Window(time(22), time(6))
    assert sources["mzt"].expect == Expect(minimum=100, newest=timedelta(days=180))
    assert (sources["baiyun"].window, sources["baiyun"].expect) == (None, Expect())
