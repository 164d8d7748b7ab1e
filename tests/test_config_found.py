"""Which configuration is read, and what the environment overrules in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from replyarc.config.load import VARIABLES, Settings, find, load
from replyarc.config.tables import KEYS
from replyarc.config.values import PLACEHOLDER
from replyarc.errors import ConfigError
from replyarc.manners import Manners

SMALLEST = """
[crawl]
contact = "mailto:li.lei@hy.example"
[[source]]
name = "hy"
publisher = "红叶市民政局"
url = "http://mzj.hy.example/jyta/"
"""


def read(tmp_path: Path, text: str, environ: dict[str, str]) -> Settings:
    file = tmp_path / "replyarc.toml"
    file.write_text(text, "utf-8")
    return load(file, ("trs",), environ)


def test_variables_of_the_environment_beat_the_file(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        SMALLEST,
        {
            "REPLYARC_CONTACT": "https://hy.example/bot",
            "REPLYARC_DELAY": "0.5",
            "REPLYARC_HOSTS": "2",
            "REPLYARC_MAX_BODY": "1000",
            "REPLYARC_RECHECK": "36h",
            "REPLYARC_ROBOTS": "false",
            "REPLYARC_RETRIES": "",
            "REPLYARC_ARCHIVE": str(tmp_path / "other.db"),
        },
    )
    assert settings.archive == tmp_path / "other.db"
    assert settings.manners == Manners(
        contact="https://hy.example/bot",
        delay=0.5,
        hosts=2,
        max_body=1000,
        recheck=timedelta(hours=36),
        robots=False,
    )


def test_the_archive_named_by_a_variable_is_relative_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert read(tmp_path, SMALLEST, {"REPLYARC_ARCHIVE": "a.db"}).archive == tmp_path / "here/a.db"


def test_a_variable_can_give_what_the_file_leaves_out(tmp_path: Path) -> None:
    text = "[[source]]" + SMALLEST.partition("[[source]]")[2]
    settings = read(tmp_path, text, {"REPLYARC_CONTACT": "li.lei@hy.example"})
    assert settings.manners.contact == "mailto:li.lei@hy.example"


def test_a_wrong_variable_is_reported_under_its_own_name(tmp_path: Path) -> None:
    environ = {"REPLYARC_DELAY": "fast", "REPLYARC_ROBOTS": "1", "REPLYARC_CONTACT": PLACEHOLDER}
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, SMALLEST, environ)
    assert sorted(line.partition(", not")[0] for line in caught.value.problems) == [
        "REPLYARC_CONTACT: crawl.contact: is the template's."
        " Put your own: it tells a site whom to write to",
        "REPLYARC_DELAY: crawl.delay: must be a number",
        "REPLYARC_ROBOTS: crawl.robots: must be true or false",
    ]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and a user's configuration folder beside it."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(
        "platformdirs.user_config_path", lambda *_, **__: tmp_path / "user" / "replyarc"
    )
    return tmp_path


def test_the_flag_comes_first_then_the_variable_the_folder_and_the_user(elsewhere: Path) -> None:
    flag, variable = Path("flag.toml"), Path("variable.toml")
    user = elsewhere / "user" / "replyarc" / "replyarc.toml"
    user.parent.mkdir(parents=True)
    user.touch()
    found = [find(None, {"REPLYARC_CONFIG": ""})]
    Path("replyarc.toml").touch()
    found += [
        find(None, {}),
        find(None, {"REPLYARC_CONFIG": str(variable)}),
        find(flag, {"REPLYARC_CONFIG": str(variable)}),
    ]
    assert found == [user, Path("replyarc.toml"), variable, flag]


def test_where_nothing_is_found_every_place_is_named(elsewhere: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        find(None, {})
    for place in (
        "--config",
        "$REPLYARC_CONFIG",
        str(elsewhere / "here"),
        str(elsewhere / "user" / "replyarc" / "replyarc.toml"),
        "replyarc init",
    ):
        assert place in str(caught.value)


def test_the_users_folder_is_that_of_the_platform(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(elsewhere / "here")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(elsewhere))
    with pytest.raises(ConfigError, match=r"replyarc[/\\]replyarc\.toml"):
        find(None, {})


def test_every_key_of_archive_and_crawl_has_its_variable() -> None:
    keys = [("archive", key) for key in KEYS["archive"]] + [("crawl", key) for key in KEYS["crawl"]]
    assert list(VARIABLES.values()) == keys
    assert not VARIABLES.keys() & {"REPLYARC_CONFIG", "REPLYARC_CORPUS"}
