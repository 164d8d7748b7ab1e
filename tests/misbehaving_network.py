"""How sites misbehave on the way to a page: connections, statuses, redirects, robots.txt."""

from __future__ import annotations

from typing import Final

from tests.gov import (
    Answer,
    bomb,
    close_delimited,
    cut,
    cut_chunked,
    drip,
    endless,
    half_gzip,
    half_unmarked,
    hang,
    instead,
    redirect,
    reset,
    status,
    wrong_encoding,
)
from tests.misbehaving import Route


def html(text: str, code: int = 200) -> Answer:
    """A page of these words."""
    return Answer(code, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


FAILS: Final = (
    # one page cannot be had; it is asked for again by the next crawl
    Route("a reset", "no connection", reset(), "broke off"),
    Route("a 500", "no connection", status(500), "answers 500"),
    Route("a 502", "no connection", status(502), "answers 502"),
    Route("an endless body", "time and size", endless(), "crawl.max_body"),
    Route(
        "a body over max_body", "time and size", instead(Answer(body=bytes(400_000))), "max_body"
    ),
    Route("a gzip bomb", "time and size", bomb(5_000_000), "crawl.max_body"),
    Route("a body short of its length", "truncated", cut(), "broke off"),
    Route("chunks without an end", "truncated", cut_chunked(), "broke off"),
    Route("half a gzip stream", "truncated", half_gzip(), "gzip stream has no end"),
    Route("a gzip stream that is none", "truncated", wrong_encoding(), "says gzip and is not"),
    Route("half a page of no length", "truncated", half_unmarked(), "nor ends as a page does"),
    Route("nothing of no length", "truncated", close_delimited(b""), "nor ends as a page does"),
    Route("a part (206)", "truncated", status(206, {}, b"<p>a part</p>"), "answers 206"),
    Route("304 that nobody asked for", "unchanged", status(304), "304"),
    Route("503 and nothing more", "retry-after", status(503), "answers 503"),
    Route("Retry-After that is none", "retry-after", status(503, {"Retry-After": "soon"}), "503"),
    Route(
        "Retry-After in the past",
        "retry-after",
        status(503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        "answers 503",
    ),
    Route("a redirect to itself", "redirects", redirect("/circle/a"), "in a circle"),
    Route("six redirects", "redirects", redirect("/hop/6"), "more than 5 redirects"),
    Route("to another host", "redirects", redirect("http://www.example.com/a"), "allow_hosts"),
    Route("to a file", "redirects", redirect("file:///etc/passwd"), "not an http or https address"),
    Route("to ftp", "redirects", redirect("ftp://127.0.0.1/a"), "not an http or https address"),
    Route("to data", "redirects", redirect("data:text/html,x"), "not an http or https address"),
    Route("to a script", "redirects", redirect("javascript:void(0)"), "not an http or https"),
    Route("to no address", "redirects", redirect("http://[::1/a"), "not an address"),
    Route("nowhere", "redirects", status(302), "answers 302"),
    Route(
        "a user name in a redirect",
        "other hosts",
        redirect("http://me:secret@127.0.0.1/a"),
        "a user name in the address is never sent",
    ),
)

SLOW: Final = (
    # as above, each at an address of its own, since each costs the time for one request
    Route("a slow drip", "time and size", drip(0.05), "no whole answer within"),
    Route("silence", "time and size", hang(), "no whole answer within"),
)

ERROR: Final = "<title>提示</title><p>您访问的页面不存在或已被删除！</p>"

ABSENT: Final = (
    Route("an error page with 200", "soft 404", instead(html(ERROR)), "an error page"),
    Route("home in its place", "soft 404", redirect("/"), "redirects to the home page"),
    Route("an error page elsewhere", "soft 404", redirect("/error.html"), "soft 404"),
    Route("the listing in its place", "soft 404", redirect("/jytabl/index.html"), "soft 404"),
)

_RIVER: Final = "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=77;</script>"
_SPEED: Final = (
    "<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>"
)
_COOKIE: Final = "<script>window.document.cookie='C3VK=77; path=/';location.reload();</script>"
_SHUT: Final = "<title>系统维护公告</title><h1>系统维护公告</h1><p>本网站暂停服务，敬请谅解。</p>"
_ENGLISH: Final = "<title>Website Maintenance</title><h1>Website Maintenance</h1>"
_LOGIN: Final = (
    "<title>用户登录</title><h1>用户登录</h1><form action='/in'><input name='u'>"
    "<input type='password' name='p'></form>"
)
_ABROAD: Final = "<title>提示</title><p>境外用户禁止访问本网站</p>"
_CAPTCHA: Final = "<title>安全验证</title><p>请完成安全验证</p><img src='/captcha.jpg'>"

STOPS: Final = (
    # the site turns us away, and is left alone: each at an address of its own
    *(
        Route(f"a {code}", "access", status(code), f": {code} ")
        for code in (401, 403, 405, 412, 418, 421, 451, 512, 521, 567)
    ),
    Route("瑞数 with 412", "access", instead(html(_RIVER, 412)), "瑞数"),
    Route("瑞数 with 200", "access", instead(html(_RIVER)), "瑞数"),
    Route("加速乐 with 200", "access", instead(html(_SPEED)), "加速乐"),
    Route("创宇 with 200", "access", instead(html("<p>知道创宇云防御</p>")), "创宇"),
    Route("a cookie challenge", "access", instead(html(_COOKIE)), "C3VK"),
    Route("a captcha", "access", instead(html(_CAPTCHA)), "安全验证"),
    Route("a login with 200", "access", instead(html(_LOGIN)), "用户登录"),
    Route("a redirect to a login", "access", redirect("/login.jsp?returnUrl=/"), "login"),
    Route("a fence round the country", "access", instead(html(_ABROAD)), "from abroad"),
    Route("a fence with 403", "access", instead(html(_ABROAD, 403)), ": 403 "),
    Route("maintenance", "access", instead(html(_SHUT)), "系统维护公告"),
    Route("maintenance in English", "access", instead(html(_ENGLISH)), "Maintenance"),
)

FORBIDS: Final = b"User-agent: *\nDisallow: /jytabl/\n"
_FORBIDDING: Final = {
    "with a BOM": b"\xef\xbb\xbf" + FORBIDS,
    "in UTF-16": FORBIDS.decode().encode("utf-16"),
    "with a remark in GBK": "# 禁止抓取\n".encode("gbk") + FORBIDS,
    "of 5 MB": FORBIDS + b"#" * 5_000_000,
    "with a wildcard": b"User-agent: *\nDisallow: /*/2*.html$\n",
    "with a group of ours": FORBIDS.replace(b"*", b"ReplyArc") + b"\nUser-agent: *\nAllow: /\n",
}

ROBOTS_FORBID: Final = tuple(
    Route(f"robots.txt {how}", "robots", instead(Answer(body=body)), "robots.txt does not allow it")
    for how, body in _FORBIDDING.items()
)
ROBOTS_ALLOW: Final = (
    Route("robots.txt with 403", "robots", instead(Answer(403, {}, FORBIDS))),
    Route("robots.txt with 404", "robots", instead(Answer(404, {}, FORBIDS))),
    Route("robots.txt with 429", "robots", instead(Answer(429, {}, FORBIDS))),
    Route("robots.txt that is an HTML page", "robots", instead(html(f"<p>{FORBIDS.decode()}</p>"))),
    Route(
        "robots.txt that forbids others",
        "robots",
        instead(Answer(body=b"User-agent: *\nDisallow: /\n\nUser-agent: replyarc\nDisallow:\n")),
    ),
)
ROBOTS_FAIL: Final = (
    Route("robots.txt with 500", "robots", status(500), "robots.txt could not be had"),
    Route("robots.txt with 503", "robots", status(503), "robots.txt could not be had"),
    Route("robots.txt that is reset", "robots", reset(), "robots.txt could not be had"),
    Route("robots.txt that never comes", "robots", hang(), "robots.txt could not be had"),
)

OTHERS: Final = (
    Route("a name that is none", "no connection", says="cannot be resolved"),
    Route("a closed port", "no connection", says="no connection"),
    Route("no TLS where it is promised", "no connection", says="no connection in time"),
    Route("a host that fails and fails", "no connection"),
    Route("a certificate that signs itself", "certificate", says='tls = "unverified"'),
    Route("a server of old", "old TLS", says='tls = "legacy"'),
    Route("304 to our validators", "unchanged"),
    Route("Retry-After in seconds", "retry-after", status(429, {"Retry-After": "7"})),
    Route("Retry-After as a date", "retry-after"),
    Route("Retry-After of a day", "retry-after", status(429, {"Retry-After": "86400"}), "429"),
    Route("Retry-After of ages", "retry-after", status(503, {"Retry-After": "1000000000"}), "503"),
    Route("404", "gone", status(404), "404"),
    Route("410", "gone", status(410), "410"),
    Route("404 for most of the site", "gone", status(404)),
    Route("a redirect to a private address", "redirects", says="is no public address"),
    Route(
        "to the metadata of a cloud",
        "redirects",
        redirect("http://169.254.169.254/latest/"),
        "is no public address",
    ),
    Route("to another port", "redirects"),
    Route("http that moved to https", "other hosts"),
    Route("a host that the source names", "other hosts"),
    Route("a cookie for another host", "other hosts"),
    Route("403 over IPv6", "ip"),
    Route("robots.txt with 521", "robots", status(521), "robots.txt could not be had"),
    Route("a clock that ran ahead", "clock"),
    Route("a clock of another zone", "clock"),
    Route("29 February and the turn of a year", "clock"),
    Route("a reply of the future", "clock"),
)

NETWORK: Final = (
    *FAILS, *SLOW, *ABSENT, *STOPS, *ROBOTS_FORBID, *ROBOTS_ALLOW, *ROBOTS_FAIL, *OTHERS
)  # fmt: skip
