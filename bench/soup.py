"""Text that is hard on regular expressions: made of the words of the reader's own.

The patterns are found where they are, in the modules of `replyarc.extract` and `replyarc.text`: a
new one is aimed at without a word here.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from random import Random
from typing import Final

import replyarc.extract
import replyarc.text

# One letter or word, repeated: what stands in repeats and between them.
UNITS: Final = (
    *(
        "第",
        "《",
        "》",
        "“",
        "”",
        "（",
        "(",
        ")",
        "）",
        "[",
        "〔",
        "〕",
        "【",
        "】",
        "「",
        "号",
        "届",
        "次",
    ),
    *(
        "代表",
        "委员",
        "、",
        "，",
        ",",
        "。",
        "：",
        ":",
        ";",
        "的",
        "和",
        "年",
        "月",
        "日",
        "类",
        "函",
        "答复",
    ),
    *(
        "关于",
        "对",
        "提案",
        "建议",
        "收悉",
        "您",
        "您提出的",
        "人大",
        "政协",
        "会议",
        "委员会",
        "局",
        "市",
    ),
    *(
        "联系人：",
        "电话",
        "抄送：",
        "附件",
        "附 件",
        "见附件",
        "索 引 号",
        "索引号：",
        "文 号：",
        "发布日期：",
    ),
    *(
        "1",
        "0",
        "１",
        "一",
        "〇",
        "○",
        "2021",
        "12345678",
        "010-",
        "1-",
        "-1",
        "—",
        "-",
        "/",
        "~",
        "·",
        ".",
    ),
    *(
        " ",
        "\t",
        "\u3000",
        "\xa0",
        "\u200b",
        "\n",
        "\r\n",
        "a",
        "A",
        "A类",
        "x-",
        "…",
        "×",
        "?",
        "!",
        "\\",
    ),
    *(
        "\u0300",
        "\u0344",
        "\ufdfa",
        "\ufb2c",
        "\U0001f600",
        "\U00020000",
        "\ue5e5",
        "\ufffd",
        "ﬀ",
        "⽉",
    ),
    *(
        "第1号",
        "第12号提案",
        "一届一次",
        "《关于的建议》",
        "张三、",
        "张三代表",
        "2021年7月3日",
        "某民发〔2021〕1号",
    ),
    *(
        "等代表",
        "张 三 ",
        "市民政局 ",
        "联系人：张三 ",
        "12345678，",
        "附件1：一.pdf ",
        "(一)",
        "一、",
        "1.",
        "第1页",
    ),
)
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{1,8}|[A-Za-z]{2,12}|[、。，：；《》“”〔〕/.:-]")
_SIGNS: Final = re.compile(r"\\.|\(\?(?:P<\w+>|<?[=!]|:)|\{[0-9,]{1,9}\}|.-(?=[^]])|[|?*+()]")


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Return every compiled pattern for text in the modules of extract and text."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (replyarc.extract, replyarc.text):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found[value.pattern] = value
    return tuple(found.values())


@cache
def words(pattern: str) -> tuple[str, ...]:
    """Return what a pattern is made of, signs for classes and repeats left out.

    >>> words("第(?P<n>[0-9]{1,9})号")
    ('第', '号')
    """
    return tuple(dict.fromkeys(_WORDS.findall(_SIGNS.sub(" ", pattern)))) or ("一",)


def soup(random: Random, length: int) -> tuple[str, str]:
    """Return text of about this length and what it is made of: one unit, a few, or a pattern's."""
    kind = random.choice(("unit", "unit", "units", "pattern", "pattern", "pattern"))
    if kind == "unit":
        unit = random.choice(UNITS)
    elif kind == "units":
        unit = "".join(random.choice(UNITS) for _ in range(random.choice((2, 3, 5))))
    else:
        own = words(random.choice(patterns()).pattern)
        made_of = (*own, *own, *random.sample(UNITS, 4))
        few = random.choice((2, 5, 30, 300))
        unit = "".join(random.choice(made_of) for _ in range(few))
    text = unit * (length // len(unit) + 1)
    return repr(unit[:40]), random.choice(("", random.choice(UNITS))) + text + random.choice(UNITS)
