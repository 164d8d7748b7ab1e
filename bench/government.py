"""Sites with N replies in all, each on a loopback address of its own, for ``bench.crawling``.

Run as ``python -m bench.government N``: prints the addresses of the first listing pages, serves
until its standard input is closed. Needs a system where all of 127.0.0.0/8 is loopback (Linux).
"""

from __future__ import annotations

import asyncio
import sys

from bench.weight import AFTER, BEFORE, HEAD

HOSTS = [f"127.0.0.{n}" for n in range(1, 17)]
PER_PAGE = 20
PARAGRAPH = (
    "<p style='text-indent:2em'>一、关于完善第{n}片区基层服务的意见。近年来，我局会同有关部门"
    "完善制度，增加投入，先后建成服务站点{n}处，培训人员{n}人次，群众满意度逐年提高，但在人员配备、资金保障和"
    "信息共享方面仍有不足，下一步将逐项研究，分步落实，按季度向社会公布进展情况。</p>\n"
)


def listing(numbers: range, page: int, pages: int) -> str:
    rows = "".join(
        f'<li><a href="./202305/t20230517_{n:06}.html" title="{title(n)}">{title(n)}</a>'
        f"<span>2023-05-17</span></li>\n"
        for n in numbers
    )
    return (
        f"<html><head><meta charset=utf-8><title>建议提案办理</title></head><body>"
        f'<ul class="list">{rows}</ul>'
        f'<script>createPageHTML({pages}, {page}, "index", "html");</script></body></html>'
    )


def title(n: int) -> str:
    return f"清源市民政局对市八届人大二次会议第{n:04}号建议的答复"


def reply(n: int) -> str:
    body = "".join(PARAGRAPH.format(n=n + k) for k in range(12))
    return (
        f'<html><head><meta charset="utf-8"><title>{title(n)}</title>{HEAD}</head><body>{BEFORE}'
        f"<table class=box><tr><td>索引号</td><td>430600011/2023-{n:05}</td>"
        f"<td>文号</td><td>清民函〔2023〕{n}号</td></tr><tr><td>发布机构</td><td>清源市民政局</td>"
        f"<td>发布日期</td><td>2023-05-17</td></tr></table><h1>{title(n)}</h1>"
        f'<div class="TRS_Editor"><p>顾明远代表：</p>'
        f"<p>您提出的《关于完善第{n}片区服务的建议》收悉。"
        f"现答复如下：</p>{body}<p>清源市民政局</p><p>2023年5月10日</p></div>"
        f"{AFTER}</body></html>"
    )


def site(numbers: range) -> dict[str, bytes]:
    pages = -(-len(numbers) // PER_PAGE)
    paths = {
        f"/jytabl/index{f'_{page}' if page else ''}.html": listing(
            numbers[page * PER_PAGE : (page + 1) * PER_PAGE], page, pages
        )
        for page in range(pages)
    }
    paths |= {f"/jytabl/202305/t20230517_{n:06}.html": reply(n) for n in numbers}
    return {path: _answer(text.encode()) for path, text in paths.items()}


def _answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def serve(total: int) -> None:
    sites = {host: site(range(n, total, len(HOSTS))) for n, host in enumerate(HOSTS)}
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers = sites[writer.get_extra_info("sockname")[0]]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                writer.write(answers.get(path, missing))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    others = [await asyncio.start_server(talk, host, port) for host in HOSTS[1:]]
    print(*(f"http://{host}:{port}/jytabl/index.html" for host in HOSTS), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for each in (server, *others):
        each.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
