"""Answers that bar us, invented after what is known of each gate; and pages that only look so."""

from __future__ import annotations

from datetime import UTC, datetime

from replyarc.fetch.advice import Kind
from replyarc.model import Request, Response

URL = "http://mzj.gov.test/jytabl/202305/t20230517_1.html"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TITLE = "清源市民政局关于市八届人大二次会议第12号建议的答复"
MENU = "".join(f'<a href="/c{n}/">政务公开栏目{n}</a>' for n in range(40))
LETTER = (
    "<p>顾明远代表：</p><p>您提出的《关于{word}的建议》收悉。现答复如下：</p>"
    "<p>我局高度重视{word}，已会同有关单位逐项落实。</p><p>清源市民政局</p>"
)


def page(title: str, body: str, head: str = "") -> str:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def answer(
    status: int, body: str = "", ip: str | None = None, url: str = URL, **headers: str
) -> Response:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(
        request=Request(url),
        url=url,
        status=status,
        headers=named,
        body=body.encode(),
        fetched_at=NOW,
        ip=ip,
    )


RS = "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=7;</script>"
LONG_RS = f'<meta content="{"qK3" * 900}">{RS}<script>{"_$ab(1);" * 900}</script>'
JUMP = "location.href=location.pathname+location.search"
ARG1 = "var arg1='3E0AA3C1B2D4F5A69788796A5B4C3D2E1F001122';"
SLIDER = '<div id="nocaptcha"></div><p>请拖动下方滑块完成验证</p>'
FIELD = '<input type="password" name="pwd">'
FORM = f'<form action="/login"><p>用户名</p><input name="user">{FIELD}<button>登录</button></form>'
BT = "您的请求带有不合法参数，已被网站管理员设置拦截！"
F5 = "The requested URL was rejected. Please consult with your administrator. Your support ID is: 7"
REFERENCE = "You don't have permission to access this page. Reference #18.2f3"

BLOCKED: dict[str, tuple[Response, Kind, str]] = {
    "瑞数, 412": (answer(412, RS), Kind.CHALLENGE, "瑞数"),
    "瑞数, 412 without a body": (answer(412), Kind.UNTOLD, "as 瑞数 does"),
    "瑞数, 202": (answer(202, RS), Kind.CHALLENGE, "瑞数"),
    "瑞数, 200": (answer(200, page("", RS)), Kind.CHALLENGE, "瑞数"),
    "瑞数, 200 and long": (answer(200, page("", LONG_RS)), Kind.CHALLENGE, "瑞数"),
    "加速乐, 521": (answer(521, f"<script>{JUMP}</script>"), Kind.CHALLENGE, "加速乐"),
    "加速乐, 512 bare": (answer(512), Kind.UNTOLD, "as 加速乐 does"),
    "加速乐, 200": (
        answer(200, f"<script>document.cookie='__jsl_clearance_s=1';{JUMP}</script>"),
        Kind.CHALLENGE,
        "加速乐",
    ),
    "C3VK": (answer(200, 'window.document.cookie="C3VK=5d; path=/"'), Kind.CHALLENGE, "C3VK"),
    "a cookie and a reload": (
        answer(200, "<script>document.cookie='k=1';location.reload()</script>"),
        Kind.CHALLENGE,
        "sets a cookie",
    ),
    "华为云, cookie": (answer(403, set_cookie="HWWAFSESID=1"), Kind.FIREWALL, "华为云 WAF"),
    "华为云, server": (answer(418, server="HuaweiCloudWAF"), Kind.FIREWALL, "华为云 WAF"),
    "Cloudflare, 200": (answer(200, page("Just a moment...", "")), Kind.CHALLENGE, "Cloudflare"),
    "Cloudflare, 403": (answer(403, page("请稍候…", "")), Kind.CHALLENGE, "Cloudflare"),
    "创宇, words": (answer(200, "<p>当前访问由知道创宇防护</p>"), Kind.FIREWALL, "创宇云防御"),
    "创宇, link": (answer(403, '<a href="http://www.365cyd.com">?'), Kind.FIREWALL, "创宇云防御"),
    "阿里云, script": (answer(200, f"<script>{ARG1}</script>"), Kind.CHALLENGE, "阿里云 WAF"),
    "阿里云, slider": (
        answer(200, page("", SLIDER, '<meta name="aliyun_waf_aa" content="7">') + " " * 5000),
        Kind.CHALLENGE,
        "阿里云 WAF",
    ),
    "阿里云, 405": (
        answer(405, '<img src="https://errors.aliyun.com/a.png">'),
        Kind.FIREWALL,
        "阿里云 WAF",
    ),
    "腾讯云": (answer(405, "waf.tencent-cloud.com/501page.html"), Kind.FIREWALL, "腾讯云 WAF"),
    "腾讯云, words": (answer(403, "<p>腾讯云Web应用防火墙</p>"), Kind.FIREWALL, "腾讯云 WAF"),
    "雷池, script": (
        answer(200, "<script>var n='safeline_bot_challenge_ans';</script>" + " " * 9000),
        Kind.CHALLENGE,
        "SafeLine",
    ),
    "雷池, refusal": (answer(403, "<!-- event_id: 12ab -->"), Kind.FIREWALL, "SafeLine"),
    "宝塔": (answer(403, f"<h1>网站防火墙</h1><p>{BT}</p>"), Kind.FIREWALL, "宝塔"),
    "宝塔, 200": (answer(200, f"<h1>网站防火墙</h1><p>{BT}</p>"), Kind.FIREWALL, "宝塔"),
    "360": (answer(405, server="360wzws"), Kind.FIREWALL, "360"),
    "360, words": (answer(403, "<p>已被安域防护拦截</p>"), Kind.FIREWALL, "360"),
    "安全狗": (answer(403, "http://404.safedog.cn/a.png"), Kind.FIREWALL, "安全狗"),
    "绿盟": (answer(403, server="NSFocus"), Kind.FIREWALL, "绿盟"),
    "Imperva": (
        answer(200, '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>'),
        Kind.CHALLENGE,
        "Imperva",
    ),
    "Akamai": (answer(403, REFERENCE, server="AkamaiGHost"), Kind.FIREWALL, "Akamai"),
    "F5": (answer(200, page("Request Rejected", F5)), Kind.FIREWALL, "F5"),
    "captcha": (answer(200, page("", "<p>请输入验证码继续访问</p>")), Kind.CAPTCHA, "验证码"),
    "slider": (answer(200, page("", SLIDER)), Kind.CAPTCHA, "验证码"),
    "captcha, long": (
        answer(200, page("滑动验证", SLIDER) + "<style></style>" * 900),
        Kind.CAPTCHA,
        "滑动验证",
    ),
    "Geetest": (answer(200, "<script>initGeetest({gt: 1})</script>"), Kind.CAPTCHA, "Geetest"),
    "安全验证": (answer(200, "<p>请完成安全验证</p>"), Kind.TOO_OFTEN, "安全验证"),
    "访问异常, GBK": (answer(403, "<p>访问异常</p>"), Kind.TOO_OFTEN, "安全验证"),
    "too often": (answer(503, "<p>您的访问过于频繁，请稍候再试</p>"), Kind.TOO_OFTEN, "安全验证"),
    "fence": (answer(403, "<p>本网站仅限境内访问</p>"), Kind.ABROAD, ""),
    "fence, 200": (answer(200, "<p>境外IP禁止访问</p>"), Kind.ABROAD, ""),
    "fence, 404": (answer(404, "<p>仅限国内用户访问</p>"), Kind.ABROAD, ""),
    "maintenance, 500": (answer(500, page("Website Maintenance", "")), Kind.SHUT, "Maintenance"),
    "maintenance, 503": (answer(503, page("系统维护", "系统维护中")), Kind.SHUT, "系统维护"),
    "maintenance, 200": (answer(200, page("网站升级维护公告", "")), Kind.SHUT, "网站升级维护公告"),
    "login, 200": (answer(200, page("用户登录", FORM)), Kind.LOGIN, "用户登录"),
    "login with a menu": (answer(200, page("用户登录", MENU + FORM)), Kind.LOGIN, "用户登录"),
    "login, 302": (answer(302, location="/login?service=1"), Kind.LOGIN, ""),
    "login, cas": (answer(302, location="https://sfrz.gov.test/cas/login"), Kind.LOGIN, ""),
    "login by script": (
        answer(200, "<script>top.location.href='/sso/login.jsp'</script>"),
        Kind.LOGIN,
        "/sso/login.jsp",
    ),
    "login, 401": (answer(401), Kind.LOGIN, ""),
    "403": (answer(403), Kind.UNTOLD, ""),
    "barred, 200": (answer(200, page("访问被拦截", "")), Kind.UNTOLD, "访问被拦截"),
}


def of(word: str) -> str:
    title = f"关于{word}的建议的答复"
    return page(title, f"<h1>{title}</h1>{LETTER.format(word=word)}")


WITH_LOGIN = page(TITLE, f"{FORM}<div>{LETTER.format(word='养老')}</div>")
SEARCH = '<form><input name="q"><input name="captcha" placeholder="请输入验证码"></form>'
ROWS = "".join(
    f'<li><a href="t{n}.html">关于第{n}号建议的答复</a>2023-05-17</li>' for n in range(9)
)
DATA = '<script>var data={"content":"' + "\\u5173\\u4e8e" * 200 + '"}</script>'
PAGES: dict[str, Response] = {
    **{
        f"a letter about {word}": answer(200, of(word))
        for word in (
            *("网络安全", "验证码短信治理", "统一登录平台", "道路维护", "人机验证便民化"),
            *("网站防火墙建设", "访问异常监测", "知道创宇云防御", "滑块验证适老化", "境外用户访问"),
            *("请求过于频繁的限制", "系统维护", "Cloudflare", "请输入验证码难题"),
        )
    },
    "a letter behind 瑞数": answer(200, page(TITLE, RS + LETTER.format(word="养老"))),
    "a long letter behind 瑞数": answer(200, page(TITLE, RS + LETTER.format(word="养老") * 30)),
    "a letter behind Imperva": answer(
        200, page(TITLE, LETTER.format(word="养老") + '<script src="/_Incapsula_Resource?1">')
    ),
    "a letter shown by script behind 瑞数": answer(200, page("", RS + DATA)),
    "a shell called as the letter is": answer(200, page(TITLE, RS + '<div id="app"></div>')),
    "a listing behind 瑞数": answer(200, page("办理结果", RS + MENU + f"<ul>{ROWS}</ul>")),
    "a letter with a login in its header": answer(200, WITH_LOGIN),
    "a listing with a login": answer(200, page("建议提案", f"{FORM}<ul>{ROWS}</ul>")),
    "a listing by script with a login": answer(
        200, page("政府信息公开", f"{FORM}{MENU}<script>var rows=['关于第1号建议的答复']</script>")
    ),
    "a search with a captcha": answer(200, page("建议提案办理", f"{SEARCH}{MENU}{ROWS}")),
    "news with a login, and no letter": answer(
        200, page("清源市", FORM + "<p>今天全市召开工作推进会，部署下一阶段任务。</p>" * 12)
    ),
    "JSON": answer(200, '{"title": "关于完善安全验证的说明", "msg": "请输入验证码"}'),
    "JSON with a script": answer(200, "{\"a\": \"document.cookie='a';location.href='b'\"}"),
    "nothing": answer(200),
    "the firewall's cookie on a page": answer(
        200, page(TITLE, LETTER.format(word="养老")), set_cookie="HWWAFSESID=1"
    ),
    "a redirect to the page": answer(301, location="https://www.mzj.gov.test/1.html"),
    "a redirect to help about logins": answer(302, location="/bzzx/login-help/1.html"),
    "a login that was asked for": answer(
        302, url="http://a.test/login/zn/1.html", location="/login/zn/2.html"
    ),
    "a jump by script": answer(200, "<script>location.href='/zwgk/index.html'</script>"),
    "a shell that knows a login": answer(
        200, page("", f"<p>{'政务服务' * 30}</p><script>function f(){{location='/login'}}</script>")
    ),
}


ERRORS: dict[str, tuple[Response, str]] = {
    "500": (answer(500, page("Server Error", "java.lang.NullPointerException")), "answers 500"),
    "502 behind 瑞数": (answer(502, page("502 Bad Gateway", RS)), "answers 502"),
    "503, in an hour": (answer(503, page("系统维护", ""), retry_after="3600"), "answers 503"),
    "429": (answer(429, "<p>访问过于频繁</p>"), "answers 429"),
    "404 behind 瑞数": (answer(404, page("404", RS + "<p>页面不存在</p>")), "answers 404"),
    "404 in words": (answer(404, page("404", "<p>您访问的页面不存在</p>" + MENU)), "answers 404"),
    "304": (answer(304), "unchanged"),
}
