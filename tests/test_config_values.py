"""Every wrong value of the configuration is reported at its key, with the way to mend it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replyarc.config.load import load
from replyarc.config.tables import KEYS
from replyarc.config.values import LABEL_FIELDS
from replyarc.errors import ConfigError
from replyarc.extract.labels import vocabulary

CRAWL = {"contact": '"mailto:li.lei@hy.example"'}
SOURCE = {"name": '"hy"', "publisher": '"红叶市民政局"', "url": '"http://mzj.hy.example/jyta/"'}


def problems(tmp_path: Path, crawl: dict[str, str], source: dict[str, str], tail: str = "") -> str:
    """What is reported of a configuration with these keys, values written as in TOML."""
    lines = [
        "[crawl]",
        *(f"{key} = {value}" for key, value in {**CRAWL, **crawl}.items()),
        "[[source]]",
        *(f"{key} = {value}" for key, value in {**SOURCE, **source}.items()),
        tail,
    ]
    file = tmp_path / "replyarc.toml"
    file.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file, ("nextlink", "trs", "ucap"))
    return str(caught.value).removeprefix(f"{file}: ")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("contact", '"mailto:you@example.org"', "is the template's. Put your own"),
        ("contact", '"You@Example.org"', "is the template's. Put your own"),
        ("contact", '"me"', "must be your mail address or an http(s) address, not 'me'"),
        ("contact", '"ftp://hy.example/me"', "must be your mail address or an http(s) address"),
        ("contact", '"https://"', "'https://' names no host"),
        ("contact", '"https://hy.example/(me)"', "must be your mail address"),
        ("contact", '"https://hy.example/我"', "must be your mail address"),
        (
            "contact",
            '"https://hy.example/\\r\\nX: 1"',
            "'https://hy.example/\\r\\nX: 1' holds a blank",
        ),
        ("contact", "5", "must be text in quotes, not 5"),
        ("delay", "-1", "must be at least 0, not -1"),
        ("delay", '"2"', "must be a number, not '2'"),
        ("delay", "true", "must be a number, not True"),
        ("delay", "inf", "must be a finite number"),
        ("delay", "nan", "must be a finite number"),
        ("delay", "1" + "0" * 400, "must be"),
        ("delay", "1e9", "must be at most 86400"),
        ("hosts", "0", "must be at least 1, not 0"),
        ("hosts", "1.5", "must be a whole number, not 1.5"),
        ("per_host", "0", "must be at least 1, not 0"),
        ("timeout", "0", "must be more than 0, not 0"),
        ("max_body", '"20"', 'must be a size such as "20MB"'),
        ("max_body", '"20 XB"', 'must be a size such as "20MB"'),
        ("max_body", '"0.1B"', 'must be a size such as "20MB"'),
        ("max_body", "0", 'must be a size such as "20MB"'),
        ("max_body", "true", 'must be a size such as "20MB"'),
        ("retries", "11", "must be at most 10, not 11"),
        ("recheck", "90", 'must name its unit, in quotes. Did you mean "90d"?'),
        ("recheck", '"90 years"', 'must be a length of time such as "90d"'),
        ("recheck", '"3m"', 'must be a length of time such as "90d"'),
        ("recheck", "true", 'must be a length of time such as "90d"'),
        ("recheck", '"36501d"', 'must be at most a century, "36500d"'),
        ("robots", '"yes"', "must be true or false, not 'yes'"),
        ("private_addresses", "1", "must be true or false, not 1"),
    ],
)
def test_a_wrong_value_of_crawl(tmp_path: Path, key: str, value: str, said: str) -> None:
    assert problems(tmp_path, {key: value}, {}).startswith(f"crawl.{key}: {said}")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("publisher", '" "', "must be one line of text that is not blank"),
        ("publisher", '"a\\nb"', "must be one line of text that is not blank"),
        ("region", '"43060"', "must be the six digits of GB/T 2260"),
        ("region", '"990600"', "must be the six digits of GB/T 2260"),
        ("region", "430600", "must be text in quotes, not 430600"),
        ("family", '"netlink"', "'netlink' is no family. There are: auto, nextlink, trs, ucap."),
        ("url", '"hy.example/a"', "must begin with http:// or https://. Did you mean http://hy.ex"),
        ("url", '"ftp://hy.example/"', "must begin with http:// or https://, not 'ftp://hy."),
        ("url", '"http:///a"', "'http:///a' names no host"),
        ("url", '"http://a..b/"', "'http://a..b/' names no host"),
        ("url", '"http://li:pass@hy.example/"', "must not hold a name or a password"),
        ("url", '"http://hy.example/a b"', "'http://hy.example/a b' holds a blank"),
        (
            "url",
            '"http://hy.example\\u001b/"',
            "'http://hy.example\\x1b/' holds a blank, a control",
        ),
        ("url", '"http://[::1"', "'http://[::1' is no address"),
        ("url", '"http://hy.example:port/"', "'http://hy.example:port/' is no address"),
        ("url", "[]", "must not be empty"),
        ("url", "5", "must be a list, not 5"),
        ("charset", '"gbk18030"', "'gbk18030' is no character encoding. Did you mean gb18030?"),
        ("charset", '"hex"', "'hex' is no character encoding. Pages are read in: utf-8"),
        ("charset", '"shift_jis"', "'shift_jis' is no character encoding. Pages are read in"),
        ("charset", '"a\\u0000b"', "'a\\x00b' is no character encoding."),
        ("tls", '"old"', "must be 'legacy' or 'unverified', not 'old'"),
        ("ip", "4", "must be '4' or '6', not 4"),
        ("max_pages", "0", "must be at least 1, not 0"),
        ("allow_empty_until", '"2027-03-01"', "must be a day without quotes, 2027-03-01, not"),
        ("allow_empty_until", "2027-03-01T00:00:00", "must be a day without quotes, 2027-03-01"),
        ("delay", "-0.5", "must be at least 0, not -0.5"),
        ("options", "1", "must be a table, not 1"),
        ("labels", "1", "must be a table, not 1"),
        ("labels", '{" " = "topic"}', "holds a label that is blank"),
        ("window", '"22-6"', 'must be hours of the day in China, as in "22:00-06:00"'),
        ("window", '"22:00-22:00"', "must open at another minute than it closes"),
        ("window", "22", 'must be hours of the day in China, as in "22:00-06:00"'),
    ],
)
def test_a_wrong_value_of_a_source(tmp_path: Path, key: str, value: str, said: str) -> None:
    assert problems(tmp_path, {}, {key: value}).startswith(
        f'source[1].{key} ("hy"): {said.strip()}'
    )


@pytest.mark.parametrize(
    ("name", "mend"),
    [("HY 市民政局", " Did you mean hy?"), ("a" * 65, f" Did you mean {'a' * 64}?"), ("", "")],
)
def test_a_name_that_is_none_is_reported_with_one_that_would_be(
    tmp_path: Path, name: str, mend: str
) -> None:
    said = problems(tmp_path, {}, {"name": f'"{name}"'})
    assert said.startswith(f'source[1].name ("{name}"): must be small letters, digits and hyphens')
    assert said.endswith(f".{mend}")


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("options", 'entry = "//li/a"', "entry (\"hy\"): '//li/a' is no CSS selector"),
        ("options", 'entry = ""', "entry (\"hy\"): '' is no CSS selector"),
        ("options", 'nxet = "a"', 'nxet ("hy"): no such key. Did you mean next?'),
        ("labels", '"文号" = "documnet_number"', "文号 (\"hy\"): 'documnet_number' is no field"),
        (
            "labels",
            '"文号" = "url"',
            "文号 (\"hy\"): 'url' is no field that a label can set. There are: title (标题), index",
        ),
        (
            "labels",
            '"文号" = "发文字号"',
            "文号 (\"hy\"): '发文字号' is no field that a label can set. "
            "Did you mean document_number (发文字号)?",
        ),
        ("labels", '"\\u001b" = "text"', "'\\x1b' (\"hy\"): 'text' is no field"),
    ],
)
def test_a_wrong_selector_or_label(tmp_path: Path, table: str, line: str, said: str) -> None:
    problem = problems(tmp_path, {}, {}, f"[source.{table}]\n{line}")
    assert problem.startswith(f"source[1].{table}.{said}")


@pytest.mark.parametrize("field", LABEL_FIELDS)
def test_every_field_that_a_label_may_set_has_its_reader(field: str) -> None:
    own = vocabulary((("本站标签", field),))
    assert [name for name, *_ in own.meanings["本站标签"]] == [field]


def test_a_field_that_was_nearly_named_is_suggested(tmp_path: Path) -> None:
    problem = problems(tmp_path, {}, {}, '[source.labels]\n"文号" = "documnet_number"')
    assert problem.endswith("Did you mean document_number (发文字号)?")


@pytest.mark.parametrize(
    ("host", "mend"),
    [("http://b.hy.example/c", " Did you mean b.hy.example?"), ("*", ""), ("http://[::1", "")],
)
def test_a_wrong_host_to_follow(tmp_path: Path, host: str, mend: str) -> None:
    problem = problems(tmp_path, {}, {"allow_hosts": f'["a.hy.example", "{host}"]'})
    assert problem.startswith('source[1].allow_hosts[2] ("hy"): must be a host name, as in static')
    assert problem.endswith(f", not '{host}'.{mend}")


ANY_KEY = st.sampled_from([(table, key) for table, keys in KEYS.items() for key in keys])
ANY_VALUE = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
HEADINGS = {"": "", "source": "[[source]]"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=ANY_KEY, value=ANY_VALUE)
def test_whatever_a_key_holds_the_answer_is_a_report(
    tmp_path: Path, at: tuple[str, str], value: object
) -> None:
    table, key = at
    file = tmp_path / "replyarc.toml"
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    file.write_text(f"{HEADINGS.get(table, f'[{table}]')}\n{line}", "utf-8")
    with pytest.raises(ConfigError):
        load(file, ())


def test_what_is_expected_is_expected_by_the_day(tmp_path: Path) -> None:
    said = problems(tmp_path, {}, {"expect": '{newest = "12h"}'})
    assert said == 'source[1].expect.newest ("hy"): must be at least a day, "1d"'
