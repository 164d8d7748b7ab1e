"""The weight of a real site: styles and scripts, 90 links of navigation, a footer (36 kB)."""

from __future__ import annotations

import re

from replyarc.text.charset import decode

_STYLES = "\n".join(
    f".nav-{at} li a {{ float: left; width: {at + 60}px; color: #333; font-size: 14px; }}"
    for at in range(60)
)
_SCRIPTS = "\n".join(
    f'function show{at}(id) {{ if (id > {at}) {{ $("#tab" + id).show().siblings().hide(); }} }}'
    for at in range(60)
)
_LINKS = "\n".join(
    f'        <li class="nav-item item{at}"><a href="/zwgk/{at}/index.html" target="_blank"'
    f' title="政务公开第{at}栏">政务公开第{at}栏</a><span class="line"></span></li>'
    for at in range(90)
)
_FOOT = "\n".join(
    f'      <div class="foot-{at}"><p>主办单位：清源市人民政府办公室 <a href="/{at}/">网站地图</a>'
    f'</p><img src="/images/foot{at}.png" alt="清源市人民政府" width="80" height="80"></div>'
    for at in range(36)
)
HEAD = f"<style>{_STYLES}</style>\n<script>{_SCRIPTS}</script>\n"
BEFORE = f'<div class="top" id="top"><div class="nav"><ul>{_LINKS}</ul></div></div>\n'
AFTER = f'<div class="foot" id="foot">{_FOOT}</div>\n<script>{_SCRIPTS}</script>\n'


def weighted(body: bytes) -> bytes:
    """Put a real site around the body of a page, in the page's own charset."""
    utf8 = "\ufffd" not in body.decode("utf-8", "replace")
    head, begin, inner = re.split(r"(<body[^>]*>)", decode(body), maxsplit=1)
    head = head.replace("</head>", f"{HEAD}</head>")
    inner = inner.replace("</body>", f"{AFTER}</body>")
    return f"{head}{begin}{BEFORE}{inner}".encode("utf-8" if utf8 else "gb18030")
