"""Gates: pages of challenges, firewalls and captchas, and by which sign each is known. Pure.

A sign is one that somebody met and wrote down, said by its row (CMS: the survey of government sites
in section 9 of domain/CMS.md). A page with status 200 is a gate only if it shows a few words, and
none that a letter has: pages behind 瑞数 carry its script, letters are about 网络安全 and 验证码,
and many pages have a login or a search with a captcha in their header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from replyarc.fetch.advice import Kind
from replyarc.fetch.closed import OF_A_LETTER

FEW_WORDS: Final = 300
"""Characters shown; a gate says a sentence, a letter about 安全验证 says more."""

FEW_HAN: Final = 200
"""Chinese letters in all; a page that shows its letter by script holds it in one."""

SOURCE, WORDS, HEAD = "source", "words", "head"
"""Where a sign is looked for: all of the page, what a reader sees of it, the headers."""


class Gate(NamedTuple):
    """A sign by which a page of a gate is known.

    A sign in the headers (Server and cookies) counts only where the status is a refusal: the
    firewall sets its cookie with every page that it lets through.
    """

    product: str
    kind: Kind
    place: str
    sign: re.Pattern[str]
    evidence: str


def _row(product: str, kind: Kind, place: str, sign: str, evidence: str) -> Gate:
    return Gate(product, kind, place, re.compile(sign, re.IGNORECASE), evidence)


_WAFW00F: Final = "EnableSecurity/wafw00f, plugins/"
_JUMP: Final = r"location(?:\.href)?\s{0,9}(?:=|\.(?:reload|replace|assign)\b)"

GATES: Final = (
    _row("瑞数", Kind.CHALLENGE, SOURCE, r"\$_ts\s{0,9}[=\[.]|['\"]\$_ts['\"]",
         "CMS: 412 or 202 with an inline $_ts script, also with 200"),
    _row("加速乐", Kind.CHALLENGE, SOURCE,
         r"__jsl_clearance|__jsluid|location\.href\s{0,9}=\s{0,9}location\.pathname",
         "CMS: 521 or 512, document.cookie=…;location.href=location.pathname+location.search"),
    _row("a cookie challenge (C3VK)", Kind.CHALLENGE, SOURCE, "C3VK=",
         'CMS: 200, some 345 bytes, window.document.cookie="C3VK=…; path=/; max-age=300;"'),
    _row("阿里云 WAF", Kind.CHALLENGE, SOURCE,
         r"acw_sc__v2|var arg1\s{0,9}=\s{0,9}'[0-9a-f]{40}'|aliyun_waf_(?:aa|bb)",
         "a dozen programs on GitHub that meet it: acw_sc__v2 and arg1; meta aliyun_waf_aa"),
    _row("阿里云 WAF", Kind.FIREWALL, SOURCE, r"errors?\.aliyun(?:dun)?\.(?:com|net)",
         _WAFW00F + "aliyundun.py: with 405"),
    _row("长亭雷池 SafeLine", Kind.CHALLENGE, SOURCE, "safeline_bot_|challenge\\.rivers\\.chaitin",
         "chaitin/SafeLine issues 134, 848; cookies safeline_bot_challenge in public crawlers"),
    _row("长亭雷池 SafeLine", Kind.FIREWALL, SOURCE, "<!-- event_id:",
         _WAFW00F + "safeline.py; chaitin/SafeLine issue 74"),
    _row("腾讯云 WAF", Kind.FIREWALL, SOURCE, r"waf\.tencent-cloud\.com",
         _WAFW00F + "tencent.py; sqlmap waf/tencent.py: with 405"),
    _row("腾讯云 WAF", Kind.FIREWALL, WORDS,
         "腾讯云web应用防火墙|腾讯t-sec web应用防火墙|tencent cloud edgeone",
         _WAFW00F + "qcloud.py; reqable/reqable-app issue 2045 (EdgeOne)"),
    _row("华为云 WAF", Kind.FIREWALL, HEAD, "HWWAFSES(?:ID|TIME)=|server: HuaweiCloudWAF",
         "CMS: HWWAFSESID and a quick 403; " + _WAFW00F + "huaweicloud.py"),
    _row("华为云 WAF", Kind.FIREWALL, SOURCE, "hws_security@", _WAFW00F + "huaweicloud.py"),
    _row("Cloudflare", Kind.CHALLENGE, SOURCE,
         r"<title>\s{0,99}(?:Just a moment|请稍候|Attention Required! \| Cloudflare)|cf_chl_opt",
         "CMS: Just a moment"),
    _row("创宇云防御", Kind.FIREWALL, WORDS, "创宇云|知道创宇", "CMS: words of a generic gate"),
    _row("创宇云防御", Kind.FIREWALL, SOURCE, r"(?:www|help)\.365cyd\.com",
         _WAFW00F + "chuangyu.py"),
    _row("360 网站卫士", Kind.FIREWALL, HEAD, "server: 360wzws|x-powered-by-360wzb|wzws-ray",
         "an answer with these headers, kept in public code"),
    _row("360 网站卫士", Kind.FIREWALL, WORDS, "360安域|安域防护",
         "Ekultek/WhatWaf issue 101: 493"),
    _row("网站防火墙 (宝塔 and others)", Kind.FIREWALL, WORDS, "您的请求带有不合法参数",
         "the pages of btwaf and what was made after it: 网站防火墙, …已被网站管理员设置拦截"),
    _row("安全狗", Kind.FIREWALL, SOURCE, r"404\.safedog\.cn", "lists of pages in public code"),
    _row("绿盟", Kind.FIREWALL, HEAD, "server: NSFocus", _WAFW00F + "nsfocus.py"),
    _row("F5", Kind.FIREWALL, WORDS, "the requested url was rejected\\. please consult",
         "manuals of F5: with a support ID, status 200"),
    _row("Imperva", Kind.CHALLENGE, SOURCE, "_Incapsula_Resource|Incapsula incident",
         "pages with status 200 and this script alone, met by public crawlers"),
    _row("Imperva", Kind.FIREWALL, HEAD, "incap_ses_|visid_incap_", _WAFW00F + "incapsula.py"),
    _row("Akamai", Kind.FIREWALL, HEAD, "server: AkamaiGHost", _WAFW00F + "kona.py"),
    _row("", Kind.ABROAD, WORDS,
         "(?:仅限|只限|仅供|限)(?:中国)?(?:大陆|境内|国内)(?:用户|ip|地区|网络)?(?:访问|使用|浏览)"
         "|(?:境外|海外|国外)(?:的?(?:用户|ip|地址|地区|网络|请求)){0,2}(?:无法|不能|禁止|暂停|限制)",
         "pages of national standards, said by public crawlers; CMS: a geo fence"),
    _row("验证码", Kind.CAPTCHA, WORDS,
         "(?:请|需要?)(?:您?先)?(?:输入|完成|填写|通过).{0,12}(?:验证码|滑块|拼图|图形验证)"
         "|(?:拖动|滑动|拖拽|移动).{0,6}滑块|滑块验证|滑动验证|向右(?:滑动|拖动)",
         "help of 阿里云 WAF, actions captcha and captcha_strict; Geetest and its like"),
    _row("Geetest", Kind.CAPTCHA, SOURCE, r"\binitGeetest4?\s{0,9}\(", "the manual of Geetest"),
    _row("a gate (安全验证)", Kind.TOO_OFTEN, WORDS,
         "安全验证|访问验证|访问异常|人机验证|云防御|(?:访问|请求|操作|刷新)(?:过于|太|过)频繁",
         "CMS: words of a generic gate, one lifts after a minute"),
    _row("a script that sets a cookie and jumps", Kind.CHALLENGE, SOURCE,
         r"document\.cookie\s{0,9}=[\s\S]{0,4000}" + _JUMP, "CMS: document.cookie=…;location.…"),
)  # fmt: skip
"""The first that fits names the gate; the vaguer ones come last."""

BY_STATUS: Final = {412: "as 瑞数 does", 521: "as 加速乐 does", 512: "as 加速乐 does"}
"""Whose these statuses are, where nothing else tells (CMS, section 9)."""

MARKS: Final = (
    *(b"$_ts", b"acw_sc__v2", b"aliyun_waf_", b"safeline_bot_", b"_Incapsula_Resource"),
    *(b"__jsl_clearance", b"cf_chl_opt", b"initGeetest"),
)
"""One of them stands near the beginning of whatever is a gate and more than a few bytes long."""

BEGINNING: Final = 8_192

_SCRIPT: Final = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_END: Final = re.compile(r"</(?:script|style)", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-f]{3}", re.IGNORECASE)


def may_be_gate(body: bytes, small: int) -> bool:
    """Tell, at little cost, whether an answer with status 200 is worth a look; see `gate_of`."""
    return len(body) < small or any(mark in body[:BEGINNING] for mark in MARKS)


def gate_of(text: str) -> Gate | None:
    """Return the gate that a page with status 200 is; ``None`` where it is a page.

    >>> gate_of("<script>document.cookie='a=1';location.href=location.pathname;</script>").product
    '加速乐'
    >>> gate_of("<script>$_ts={}</script><title>关于加强网络安全验证的建议的答复</title>")
    """
    shown = words_of(text)
    if len(shown) > FEW_WORDS or OF_A_LETTER.search(shown) or shown.startswith(("{", "[")):
        return None
    return None if _is_page_by_script(text) else _first(GATES, text, shown, "")


def gate_of_refusal(text: str, head: str = "") -> Gate | None:
    """Return the gate by which a refusal is known; ``None`` where no sign tells whose it is.

    ``head`` are the headers that name one: lines of name, colon and value.
    """
    shown = words_of(text)
    return _first(GATES, text, shown if len(shown) <= FEW_WORDS else "", head)


def _first(gates: Iterable[Gate], text: str, shown: str, head: str) -> Gate | None:
    places = {SOURCE: text, WORDS: shown, HEAD: head}
    return next((gate for gate in gates if gate.sign.search(places[gate.place])), None)


def _is_page_by_script(text: str) -> bool:
    return sum(1 for _ in zip(_HAN.finditer(text), range(FEW_HAN + 1), strict=False)) > FEW_HAN


def words_of(text: str) -> str:
    """Return what a reader sees of a page, about: all but tags, scripts and styles.

    >>> words_of("<title>a</title><script>if (b < 1) c();</script><p>d")
    'ad'
    """
    first, *others = _SCRIPT.split(text)
    ends = ((part, _END.search(part)) for part in others)
    return _TAG.sub(
        "", "".join((first, *(part[end.start() :] for part, end in ends if end)))
    ).strip()
