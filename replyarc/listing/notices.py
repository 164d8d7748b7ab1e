"""Titles of what stands in a column of replies and is none: notices, statistics, summaries.

What says anything of a reply, or has a number that may be a proposal's, is never a notice, nor is
what may be the title of a suggestion. A notice is asked for and kept as well, but counted apart: a
letter that is taken for one would make a listing seem more complete than it is.
"""

from __future__ import annotations

import re
from typing import Final

from replyarc.text.chinese import narrow, squeeze

_LONGEST: Final = 120
_A_YEAR, _A_SESSION = "#", "%"
"""What stands for 2023年 and for 三次 while a title is looked at."""

# 〔2023〕12号, days, terms, issues: numbers, and none of a proposal
_FILE_NUMBER: Final = re.compile(r"[〔\[(【](?:19|20)\d\d[〕\])】]第?\d{1,4}号")
_PERIOD: Final = re.compile(
    r"(?:19|20)\d\d(?:年度?(?:\d{1,2}月(?:份|底|\d{1,2}日)?)?|(?=人大|政协|建议|提案|部门))"
    r"|第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:届|次|季度|期|批|月份)|[上下]半年|全年|年度"
)
_TAIL: Final = re.compile(r"\([^()]{0,12}\)$")
_OF_A_REPLY: Final = re.compile(
    "答复|复函|回复|复文|回函|函复|批复|办理意见|[会协主分]办|的函|函$|意见$|收悉|结果|(?:建议|提案|议案)$|号|\\d"
)

_HANDLED: Final = re.compile(
    "人民代表大会|常务?委员?会|人大|政协|全国|国家|自治区|本级|各级|两级|两会|代表|委员会?|会议"
    "|大会|期间|闭会|建议|提案|议案|批评|意见|承办|办理|交办|督办|重点|工作|有关|相关|关于|以及"
    f"|[和及与、,:()“”{_A_YEAR}{_A_SESSION}的对省市区县州盟旗级我本全]"
)
"""Of what the title of a summary is made, but for the office before it and its last word."""
_OFFICE: Final = re.compile(
    rf"\A[^关对《{_A_YEAR}{_A_SESSION}]{{1,24}}?[局委厅部办院府会室处科乡镇道省市区县州盟旗司站队所心社校]"
    f"(?=[{_A_YEAR}{_A_SESSION}]|关于|对|[省市区县州]?(?:人大|政协|两会)|建议|提案|议案|承办|办理|工作)"
)
_SUMMARY: Final = re.compile(
    "(?:完成|办结|进展|落实|推进|总体)?情况(?:的?(?:报告|汇报|说明|通报|总结)|表|一览表|统计表|汇总表)"
    "|(?:自查|年终)?(?:总结|小结|综述)(?:报告)?|(?:统计|汇总|一览|明细|分解|任务分解|分工|进度)表|台账"
    "|(?:任务)?(?:目录|清单|名单)|(?:实施)?(?:方案|细则|办法|规定|制度|规则|规程)"
    "|计划|要点|安排|流程图?|须知|动态|简报"
)
_TOLD: Final = re.compile("情况的?(?:报告|汇报|说明)$")
_OF_MANY: Final = re.compile(f"{_A_YEAR}|工作|批评|重点|两会")
_BARE: Final = re.compile("(?:完成|办结|进展)?情况")
_SUBJECT: Final = re.compile("建议|提案|议案")
_CONGRESS, _CONFERENCE = re.compile("人大|建议"), re.compile("政协|提案")

_NOTICE: Final = re.compile("的(?:通知|(通报|公告|通告|公示|启事))$")
_KNOWN_NOTICE: Final = re.compile(
    "(?:招[聘标考录]|采购|[中流]标|成交|录用|遴选|任免|任前|拍卖|更正|延期|停[水电气]|放假|报名|考试|面试|体检|会议|交办)"
    "(?:通知|通报|公告|通告|公示)$"
)
_REPORT: Final = re.compile("信息公开(?:工作)?#?报告$|#?部门[预决]算(?:公开|说明)?$")
_WISH: Final = re.compile(
    "(?:关于|对)?(?:进一步|切实|尽快|及时|适时|大力|积极|全面|依法)?(?:加[强快大]|完善|规范|推[进行动广]"
    "|建[立设]|建议(?=.?.?.?[省市区县局])|健全|优化|提[升高请]|改[善进革]|解决|落实|支持|促进|增[加设]|设[立置]|取消|出台|制[定订]"
    "|修[订改]|强化|深化|扩大|实[施行]|发[布放展]|公[布开]|开[展通设]|[将把在给由让请]|要求|希望|呼吁)"
)
_MEETING: Final = re.compile(
    "[局委厅部办院府会室处乡镇道省市区县州盟旗长记](?:组织|主持|隆重|顺利|#)?(?:召开|举行).{0,60}"
    "(?:交办|推进|座谈|协商|部署|调度|督办|动员|见面|面商|协调|工作|专题|常务)会议?$"
    "|(?:#|建议|提案|议案|办理|工作)(?:交办|推进|部署|督办|面商)会议?$"
)


def is_notice(title: str) -> bool:
    """Tell whether a title is that of a work notice or of statistics, beyond doubt.

    >>> is_notice("2023年人大建议、政协提案办理工作完成情况说明")
    True
    >>> is_notice("关于规范停车收费公告的建议"), is_notice("第12号建议办理情况的报告")
    (False, False)
    """
    if len(title) > _LONGEST:
        return False
    said = _PERIOD.sub(_mark, _FILE_NUMBER.sub("", narrow(squeeze(title))))
    said = _TAIL.sub("", said)
    if _OF_A_REPLY.search(said):
        return False
    return _announces(said) or _sums_up(said)


def _mark(period: re.Match[str]) -> str:
    return _A_YEAR if "年" in period[0] or period[0].startswith(("19", "20")) else _A_SESSION


def _announces(said: str) -> bool:
    """Tell whether a title ends as that of a notice, a report or news of a meeting."""
    wish = _WISH.match(said)
    notice = _NOTICE.search(said)
    if notice and "关于" in said:
        return not (wish and notice[1])
    if wish or "关于" in said:
        return False
    meeting = _MEETING.search(said) if _SUBJECT.search(said) else None
    return any((meeting, _KNOWN_NOTICE.search(said), _REPORT.search(said)))


def _sums_up(said: str) -> bool:
    """Tell whether a title says nothing but whose handling of which suggestions it sums up.

    Figures of the handling (办理情况) without a word of what they are may be one letter's, unless
    they are of suggestions and of proposals; a report of it (情况的报告) too, unless of a year or
    of the whole work.
    """
    if _WISH.match(said) or not _SUBJECT.search(said):
        return False
    left = _HANDLED.sub("", _OFFICE.sub("", said, count=1))
    of_both = bool(_CONGRESS.search(said) and _CONFERENCE.search(said))
    if _BARE.fullmatch(left):
        return of_both
    of_many = of_both or bool(_OF_MANY.search(said)) or not _TOLD.search(said)
    return of_many and bool(_SUMMARY.fullmatch(left))
