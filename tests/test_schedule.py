"""What ``schedule`` prints is what cron, systemd and Windows take, for this very installation."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import time as clock
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from replyarc.cli.scheduling import program
from replyarc.instants import CHINA
from replyarc.manners import Window
from replyarc.schedules import filling
from replyarc.schedules.moment import DAY, moment, own_number, shut_at
from replyarc.schedules.quoting import for_cron, for_systemd
from tests.column import Column, letters
from tests.gov import Gov, serving
from tests.test_cli import CONFIG, Place, Ran

NAMES = ["plain", "清源 50% $HOME;#&", 'it\'s "b" \\%c\\ %%`id`']
SCRIPT = Path(sys.executable).with_name("replyarc")
LONGEST = 1000  # the command that Vixie's cron takes
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture
def gov() -> Iterator[Gov]:
    with serving() as government:
        yield government


def made(folder: Path, gov: Gov, more: str = "") -> Place:
    folder.mkdir(exist_ok=True)
    place = Place(folder, gov, Column(letters(2)))
    place.column.publish(gov)
    place.config.write_text(CONFIG.format(url=gov.url) + more, "utf-8")
    return place


@pytest.fixture
def place(tmp_path: Path, gov: Gov) -> Place:
    return made(tmp_path, gov)


def of_cron(text: str) -> tuple[dict[str, str], str, str]:
    """Read a crontab of one line as cron does; return variables, the five fields, the command."""
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    assigned = [re.fullmatch(r"([A-Z_]+)=(.*)", line) for line in lines]
    rest = [line for line, found in zip(lines, assigned, strict=True) if not found]
    assert len(rest) == 1
    assert len(rest[0]) < LONGEST
    found = re.fullmatch(r"((?:\d+|\*)(?: (?:\d+|\*)){4}) (.+)", rest[0])
    assert found
    command, escaped = "", False
    for each in found[2]:
        assert each != "%" or escaped, "what follows would be the standard input"
        if each == "%":
            command = command[:-1]
        command += each
        escaped = each == "\\" and not escaped
    return {each[1]: each[2] for each in assigned if each}, found[1], command


def of_systemd(text: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=True, comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    unit.read_string(text)
    return unit


def printed(place: Place, *options: str) -> str:
    ran: Ran = place.run("schedule", *options)
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_line_of_cron_runs_this_program_with_nothing_in_the_environment(
    tmp_path: Path, gov: Gov, name: str
) -> None:
    place = made(tmp_path / name, gov)
    text = printed(place, "--cron", "--command", "crawl --dry-run --json")
    variables, fields, command = of_cron(text)
    assert variables == {"MAILTO": "tests@localhost"}
    minute, hour, *days = fields.split()
    assert (int(minute) < 60, int(hour) < 24, days) == (True, True, ["*", "*", "*"])
    ran = subprocess.run(["env", "-i", "/bin/sh", "-c", command], cwd="/", capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert str(place.archive) in ran.stdout.decode().replace("\\\\", "\\").replace('\\"', '"')
    assert "/jytabl/index.html" in gov.asked


@given(st.lists(st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1), min_size=1))
def test_every_command_reaches_the_shell_through_cron_as_it_was(words: list[str]) -> None:
    line = f"0 0 * * * true {for_cron(words)}"
    assume(len(line) < LONGEST)
    assert shlex.split(of_cron(line)[2])[1:] == words


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1))
def test_every_word_of_a_unit_is_one_word(word: str) -> None:
    text = for_systemd([word])
    inner = text[1:-1] if text.startswith('"') else text
    for quoted, plain in (("%%", "%"), ("$$", "$"), ('\\"', '"'), ("\\\\", "\\")):
        inner = inner.replace(quoted, f"\0{ord(plain):x}\0")
    assert not set('%$"\\') & set(inner)
    assert re.sub("\0(\\w+)\0", lambda found: chr(int(found[1], 16)), inner) == word
    assert text.startswith('"') or " " not in text


def test_the_archive_is_named_where_it_is_not_that_of_the_configuration(place: Place) -> None:
    assert "--archive" not in printed(place, "--cron")
    ran = place.run("--archive", "other.db", "schedule", "--cron")
    assert f"--archive {shlex.quote(str(Path('other.db').absolute()))} -q crawl" in ran.out


def test_nothing_is_written(place: Place) -> None:
    before = sorted(place.folder.iterdir())
    ran = place.run("schedule", "--systemd")
    assert "Nothing was installed" in ran.err
    assert sorted(place.folder.iterdir()) == before
    assert place.gov.asked == []


@pytest.mark.parametrize("options", [[], ["--cron", "--systemd"], ["--windows", "--cron"]])
def test_one_of_the_three_has_to_be_named(place: Place, options: list[str]) -> None:
    ran = place.run("schedule", *options)
    assert ran.code == 2
    assert all(name in ran.err for name in ("--cron", "--systemd", "--windows"))


@pytest.mark.parametrize("options", [["--at", "25:00"], ["--at", "3"], ["--at", "03:17:01"],
    ["--command", "crawl 'x"], ["--command", ""], ["--command", "crwal"]])  # fmt: skip
def test_what_cannot_be_scheduled_is_said(place: Place, options: list[str]) -> None:
    ran = place.run("schedule", "--cron", *options)
    assert (ran.code, ran.out) == (2, "")
    assert options[0] in ran.err


def test_what_is_for_systemd_only_is_refused_elsewhere(place: Place) -> None:
    for option in (["--system"], ["--unit", "timer"]):
        assert place.run("schedule", "--cron", *option).code == 2


def test_what_may_go_wrong_with_it_is_told(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = place.run("--archive", str(tmp_path / "none" / "a.db"), "schedule", "--systemd")
    assert f"{tmp_path / 'none'}: not there" in ran.err
    assert "this is no Windows" in place.run("schedule", "--windows").err
    ran = place.run("schedule", "--systemd", "--command", "backup /mnt/copies/")
    assert f"may write into {place.folder} only" in ran.err
    assert "ReadWritePaths=" not in place.run("schedule", "--systemd").err
    assert "mkdir -p ~/.config/systemd/user" in place.run("schedule", "--systemd").err
    passing = tmp_path / "passing"
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(passing))
    assert place.run("-q", "schedule", "--cron").err == ""
    script = passing / "replyarc"
    passing.mkdir()
    script.touch()
    monkeypatch.setattr("sys.argv", [str(script)])
    assert f"{script}: will not stay there" in place.run("-q", "schedule", "--cron").err
    monkeypatch.setattr("sys.argv", ["/usr/lib/replyarc/__main__.py"])
    monkeypatch.setattr("replyarc.cli.scheduling._is_installed", lambda: False)
    assert "in this folder only" in place.run("-q", "schedule", "--cron").err


def test_a_line_break_in_a_name_is_refused(tmp_path: Path, gov: Gov) -> None:
    ran = made(tmp_path / "a\nb", gov).run("schedule", "--cron")
    assert (ran.code, ran.out) == (2, "")
    assert "line break" in ran.err


def test_a_time_in_china_is_translated_for_cron(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        for zone, fields in (("Asia/Shanghai", "17 3"), ("UTC", "17 19"), ("Asia/Kolkata", "47 0")):
            changed.setenv("TZ", zone)
            clock.tzset()
            ran = place.run("schedule", "--cron", "--at", "03:17")
            assert of_cron(ran.out)[1] == f"{fields} * * *"
            assert "clock of this machine changes" not in ran.err
        changed.setenv("TZ", "Europe/Berlin")
        clock.tzset()
        assert "clock of this machine changes" in place.run("schedule", "--cron").err
    clock.tzset()


def test_a_variable_that_will_not_be_there_is_told_of(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLYARC_DELAY", "3.0")
    assert "REPLYARC_DELAY is set here" in place.run("schedule", "--cron").err
    monkeypatch.setenv("REPLYARC_PING", "https://monitor.test/geheim")
    ran = place.run("schedule", "--systemd")
    assert "geheim" not in ran.out + ran.err
    monkeypatch.setenv("HTTPS_PROXY", "http://me:geheim@proxy.test:3128")
    for kind, place_of_it in (("--cron", "the crontab"), ("--systemd", "replyarc.env")):
        ran = place.run("schedule", kind)
        told = next(line for line in ran.err.split("\n") if "HTTPS_PROXY" in line)
        assert place_of_it in told
        assert "geheim" not in ran.out + ran.err


@pytest.mark.parametrize("system", [False, True], ids=["user", "system"])
@pytest.mark.parametrize("name", NAMES)
def test_the_units_are_what_systemd_takes(
    tmp_path: Path, gov: Gov, name: str, system: bool
) -> None:
    place = made(tmp_path / name, gov)
    verified = shutil.which("systemd-analyze")
    for unit in ("service", "timer"):
        options = ["--system"] if system else []
        text = printed(place, "--systemd", "--unit", unit, "--at", "03:17", *options)
        (tmp_path / f"replyarc.{unit}").write_text(text, "utf-8")
    if verified:
        manager = "--system" if system else "--user"
        ran = subprocess.run(
            [verified, "verify", "--man=no", manager, str(tmp_path / "replyarc.timer")],
            env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
    service = of_systemd((tmp_path / "replyarc.service").read_text("utf-8"))["Service"]
    assert service["ReadWritePaths"] == for_systemd([str(place.folder)], command=False)
    assert service["ExecStart"].startswith(str(SCRIPT))


def test_the_service_promises_what_the_documents_say(place: Place) -> None:
    unit = of_systemd(printed(place, "--systemd", "--unit", "service", "--system"))
    service = dict(unit["Service"])
    assert unit["Unit"]["After"] == "network-online.target"
    told = {
        "Type": "oneshot",
        "SuccessExitStatus": "7",
        "KillSignal": "SIGTERM",
        "ProtectSystem": "strict",
        "NoNewPrivileges": "yes",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
        "CapabilityBoundingSet": "",
        "EnvironmentFile": f"-{place.folder / 'replyarc.env'}",
    }
    assert {key: service[key] for key in told} == told
    assert {"TimeoutStopSec", "MemoryMax", "ProtectHome", "PrivateTmp", "User"} <= set(service)
    of_a_person = of_systemd(printed(place, "--systemd", "--unit", "service"))["Service"]
    assert of_a_person["PrivateUsers"] == "yes"
    assert "User" not in of_a_person


def test_the_timer_keeps_the_time_in_china_whatever_the_zone(place: Place) -> None:
    timer = of_systemd(printed(place, "--systemd", "--unit", "timer", "--at", "03:17"))
    assert timer["Timer"]["OnCalendar"] == "*-*-* 03:17:00 Asia/Shanghai"
    assert timer["Timer"]["Persistent"] == "true"
    assert int(timer["Timer"]["RandomizedDelaySec"]) > 0
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize(
    ("folder", "home", "tmp"),
    [("/home/li/档案", "read-only", "yes"), ("/srv/replies", "yes", "yes"),
     ("/run/user/1000/r", "read-only", "yes"), ("/var/tmp/r", "yes", "no")],
)  # fmt: skip
def test_the_folder_of_the_archive_is_there_and_stays_writable(
    folder: str, home: str, tmp: str
) -> None:
    """What is hidden cannot be written; what is read-only is opened by ReadWritePaths=."""
    installed = filling.Installation(
        program=("/usr/bin/replyarc",),
        config=Path("/etc/replyarc.toml"),
        archive=Path(folder, "replies.db"),
        overruled=False,
        command=("crawl",),
        contact="mailto:tests@localhost",
        user="li",
        reads=(Path("/usr/lib"),),
        moment=moment({}, 0),
    )
    service = of_systemd(filling.service(installed, system=True))["Service"]
    assert service["ReadWritePaths"] == folder
    assert (service["ProtectHome"], service["PrivateTmp"]) == (home, tmp)


@pytest.mark.parametrize("name", NAMES)
def test_the_task_of_windows_is_xml_of_its_namespace(tmp_path: Path, gov: Gov, name: str) -> None:
    place = made(tmp_path / name, gov)
    text = printed(place, "--windows", "--at", "03:17")
    assert text.isascii()
    task = ElementTree.fromstring(text)
    assert task.tag == f"{TASK}Task"
    trigger = task.find(f"{TASK}Triggers/{TASK}CalendarTrigger")
    assert trigger is not None
    assert [each.tag.removeprefix(TASK) for each in trigger] == [
        "StartBoundary", "Enabled", "RandomDelay", "ScheduleByDay"]  # fmt: skip
    assert trigger[0].text == f"{date.today()}T03:17:00+08:00"
    ran = task.find(f"{TASK}Actions/{TASK}Exec")
    assert ran is not None
    assert ran.findtext(f"{TASK}Command") == str(SCRIPT)
    words = ["--config", str(place.config), "crawl"]
    assert ran.findtext(f"{TASK}Arguments") == subprocess.list2cmdline(words)
    settings = task.find(f"{TASK}Settings")
    assert settings is not None
    assert settings.findtext(f"{TASK}MultipleInstancesPolicy") == "IgnoreNew"


def test_the_time_lies_in_the_window_of_every_source(place: Place) -> None:
    text = place.config.read_text("utf-8") + 'window = "22:00-06:00"\n'
    more = '[[source]]\nname = "b"\npublisher = "清源市民政局"\nurl = "http://b.gov.test/"\n'
    place.config.write_text(f'{text}{more}window = "23:00-04:00"\n', "utf-8")
    ran = place.run("schedule", "--systemd", "--unit", "timer")
    assert re.search(r"OnCalendar=\*-\*-\* 23:\d\d:00 Asia/Shanghai", ran.out)
    assert "window" not in ran.err
    place.config.write_text(f'{text}{more}window = "12:00-13:00"\n', "utf-8")
    ran = place.run("schedule", "--systemd", "--unit", "timer")
    assert "in China the window of" in ran.err
    assert "the window of b is shut" in place.run("schedule", "--cron", "--at", "22:30").err


minutes = st.integers(0, DAY - 1).map(lambda minute: time(*divmod(minute, 60)))
spans = st.tuples(minutes, minutes).filter(lambda two: two[0] != two[1])


@given(st.lists(spans, max_size=4), st.integers(0, 2**64 - 1))
def test_where_all_windows_share_a_minute_none_is_shut(
    told: list[tuple[time, time]], number: int
) -> None:
    windows = {str(n): Window(*each) for n, each in enumerate(told)}
    chosen = moment(windows, number)
    assert chosen.shut == shut_at(windows, chosen.at)
    opens = [datetime(2026, 5, 1, *divmod(minute, 60), tzinfo=CHINA) for minute in range(DAY)]
    spans = list(windows.values())
    assert bool(chosen.shut) != any(all(each.holds(at) for each in spans) for at in opens)


def test_without_windows_it_is_night_in_china_and_the_minutes_are_spread() -> None:
    times = [moment({}, own_number("machine", f"/etc/{n}.toml")).at for n in range(600)]
    assert all(time(1) <= each < time(5) for each in times)
    assert len({each.minute for each in times}) == 60
    assert len({each.hour for each in times}) == 4


def test_an_installation_keeps_its_time(place: Place) -> None:
    assert printed(place, "--cron") == printed(place, "--cron")
    assert own_number("a", "/c") != own_number("b", "/c") != own_number("b", "/d")


def test_the_program_is_run_as_it_was_started(tmp_path: Path) -> None:
    script = tmp_path / "replyarc"
    script.write_text("#!/bin/sh\n")
    assert program(script) == (str(script),)
    assert program(tmp_path / "gone" / "replyarc") == (str(SCRIPT),)
    assert program(Path("/usr/lib/replyarc/__main__.py")) == (sys.executable, "-m", "replyarc")
    (tmp_path / "pytest").touch()
    assert program(tmp_path / "pytest") == (str(SCRIPT),)
    windows = tmp_path / "Scripts"
    windows.mkdir()
    (windows / "replyarc.exe").touch()
    assert program(windows / "replyarc") == (str(windows / "replyarc.exe"),)
