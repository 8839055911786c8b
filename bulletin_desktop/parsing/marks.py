"""The marks that institutional bulletins are set with, as tables: brackets, bullets, labels, names.

Written from common practice: 党政机关公文格式 (GB/T 9704) for 主题词, 抄送 and 印发 lines, and the
habits of union, school and company newsletters for the rest. Patterns are compiled once.
"""

from __future__ import annotations

import re

from bulletin_desktop.parsing.numerals import DIGITS, NUMERALS

SECTION_BRACKETS = {
    "【": "】",
    "〖": "〗",
    "[": "]",
    "［": "］",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "<": ">",
    "〈": "〉",
    "＜": "＞",
    "〘": "〙",
    "｛": "｝",
}
_PICTURES = range(0x2580, 0x27C0)  # blocks, geometric shapes, symbols, dingbats
BULLETS = frozenset("·•※⊙〇‧∙➢§¤⬤⬛⬜⭐⚑⁂⊕⊗") | frozenset(map(chr, _PICTURES))
# What is left out before the words of an item or of a bulleted name.
LEADS = "".join(BULLETS) + "*＊>»|│┃‖- \t\xa0\u3000"
DASHES = ("——", "—", "――", "―", "－－", "--", "──", "––")
# A source stands in round brackets; a unit also in these, which elsewhere mark sections.
SOURCE_BRACKETS = {"（": "）", "(": ")", "〔": "〕", "［": "］", "[": "]", "【": "】", "〖": "〗"}
OPENING, CLOSING = "".join(SOURCE_BRACKETS), "".join(SOURCE_BRACKETS.values())
ROUND = "（("
CLOSING_QUOTES = "”’\"'）)》」』】"
SENTENCE_ENDS = frozenset("。；：;:.")
EXCLAIMED = frozenset("！？!?…")

FRAMED = re.compile(
    r"^([^\w\s“”‘’\"'《》（）()。，、；？！?!…]{1,6})\s*(\w.{0,18}?)\s*([^\w\s“”‘’\"'《》（）()。，、；？！?!…]{1,6})$"
)
MIRRORED = str.maketrans("<>＜＞«»◀▶◁▷", "><＞＜»«▶◀▷◁")
PAGE = re.compile(
    r"^[\-—－–·~〜～―\s]*(?:第\s*\d{1,4}\s*页|\d{1,3}|第\s*\d{1,4}\s*页?\s*[,，/／]?\s*共\s*\d{1,4}\s*页?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d+|[（(]\d{1,3}[)）])[\-—－–·~〜～―\s]*$"
)
RULE = re.compile(r"^[═─━—\-=_*＊＿～~·…＝﹣﹉﹊┄┈－―★☆●○■□◆◇※\s]{3,}$")
NUMBERED = re.compile(
    rf"^(?:[\[［〔【][{NUMERALS}]{{1,3}}[\]］〕】]|[{NUMERALS}]{{1,3}}\s*[、.．]|[（(][{NUMERALS}]{{1,3}}[)）]、?"
    rf"|[{DIGITS}]{{1,2}}\s*[、)）]|[{DIGITS}]{{1,2}}[.．](?![{DIGITS}])|[（(][{DIGITS}]{{1,2}}[)）]"
    rf"|[①-⑳]|第[{NUMERALS}]{{1,3}}(?:部分|章|节|[，、：]))\s*"
)
HIGH_NUMBERED = re.compile(
    rf"^(?:[\[［〔【][{NUMERALS}]{{1,3}}[\]］〕】]|第?[{NUMERALS}]{{1,3}}(?:部分|、|[.．])|[ⅠⅡⅢⅣⅤⅥ]+[、.．])\s*"
)

EDITORS_NOTE = re.compile(
    r"^[【\[［]?(?:编者按|按语|按|编者的话|编前|导语|导读)[】\]］]?\s*[:：\s\u3000】]"
)

# How a first paragraph begins, and no line of a title does.
LEAD_IN = re.compile(
    rf"^(?:(?:[{DIGITS}]{{4}}年)?[{DIGITS}]{{1,2}}月[{DIGITS}]{{1,2}}日[^，]{{0,12}}，|(?:近日|日前|近期|连日来|入[春夏秋冬]以来"
    rf"|今年以来|截至|据了解|为(?:了|进一步|深入|切实))[，：]?)"
)
# 附件1, 附件：名单, 附表: the heading of an annex.
ATTACHMENT = re.compile(
    rf"^附(?:件|表|录|图)?\s*[{DIGITS}{NUMERALS}]{{0,2}}\s*(?:$|[:：\s][^。]{{0,40}}$)"
)

CONTENTS_HEADINGS = frozenset(
    prefix + name + suffix
    for prefix in ("", "本期", "今期", "本号", "今日", "本刊")
    for name in (
        "目录",
        "目次",
        "要目",
        "导读",
        "提要",
        "内容提要",
        "内容",
        "要闻目录",
        "主要内容",
        "看点",
    )
    for suffix in ("", "：", ":")
    if prefix or name not in {"内容", "看点"}
)
LEADER = re.compile(r"[\s.…·．。_\-—]*[（(【]?\s*第?[0-9０-９]{1,3}[版页]?\s*[)）】]?\s*$")
LEADER_DOTS = re.compile(
    r"(?:(?:\.{3,}|…+|·{3,}|．{3,}|_{3,})\s*[（(]?[0-9０-９]{1,3}[)）]?|[（(]第[0-9０-９]{1,3}[版页][)）])\s*$"
)

SECTION_NAME = re.compile(
    r"^.{0,4}(?:动态|简讯|短讯|短波|快讯|之窗|之家|园地|要闻|风采|集锦|天地|交流|广角|纵横|关注|聚焦"
    r"|讲话|信息|之声|传真|扫描|在线|论坛|经验|创新|建设|工作|活动|速递|点滴|荟萃|集萃|掠影|一线"
    r"|专栏|专题|报告|反馈|通报|研究|维权|帮扶|视点|视窗|平台|热点|文化|选登|摘登|文摘|来信|看台|窗口|讯息|消息|报[道导]|花絮|剪影)$"
)
PLAIN_SECTION = re.compile(
    r"^.{0,4}(?:动态|简讯|短讯|短波|快讯|之窗|园地|要闻|风采|集锦|天地|广角|纵横|聚焦|传真|扫描"
    r"|在线|速递|点滴|荟萃|集萃|掠影|专栏|视点|视窗|看台|经验交流|领导讲话|调查研究|调研报告"
    r"|工作研究|一句话新闻|短新闻|零讯|拾零|基层经验|领导关注|领导论述|工会论坛|他山之石|信息窗|信息台|简明信息)(?:[一二三四五六七八九十两]+则)?$"
)
BRIEF_SECTION = re.compile(
    r"简讯|短讯|短波|快讯|简明|一句话|短新闻|零讯|信息集|信息窗|信息台|要闻简|短消息|动态集|微信息|短信|简要"
    r"|信息汇|零讯"
)
SPECIAL_ISSUE = re.compile(r"(?:专刊|专辑|专号|特刊|增刊|号外|合刊)[^\u4e00-\u9fff]*$")
# Sections of briefs, where what they hold does not look otherwise.
MAYBE_BRIEFS = re.compile(r"集锦|点滴|速递|速览|集萃|荟萃|拾零|扫描|简报$")

BULLETIN_NAME = re.compile(
    r"(?:简报|信息|动态|通讯|快报|专报|专刊|通报|要情|参阅|简讯|快讯|情况反映|内参|月报|周报|季报|导刊"
    r"|情况|参考|交流|工运|之窗|之声|校报|小报|工作简讯|要讯|摘报|日报|会刊|期刊|文件)》?$"
)
# 海工简〔2015〕21号: the letters before the year of a document number.
FILE_CODE = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:发|办|字|函|简|会|通|报|令|讯)$")
EDITOR = re.compile(
    r"(?:编印|主办|编辑部|编发|编制|主编|编辑|编|印发|印制|承办|编写组|出版|印)$"
    r"|^(?:主办|承办|协办|编辑|编印|主编|总编|副主编|编审|编发|出版|印发|签发|责任编辑|审核|审定|校对"
    r"|编委会|责编|本期责编|本期编辑|值班编辑|发行|出版日期|编印日期|印发日期|日期|时间|编号|密级"
    r"|准印证|电话|电子邮箱|邮箱|网址|地址|邮编|E-?mail|刊号|报送|主送|抄送|报|送|发)(?:单位|范围|号)?\s*[:：]",
    re.IGNORECASE,
)
CAUTION = re.compile(
    r"内部(?:资料|刊物|参阅|文件|交流|材料)|注意保[存密]|请勿外传|^(?:绝密|机密|秘密|特急|加急|急件)$"
    r"|^NO[.．]|^[Nn]o[.．]|^编号|^密级|^增刊$|^（?\(?增刊\)?）?$|星期[一二三四五六日天]$"
)

# What names of offices and other units end in.
UNIT = re.compile(
    r"(?:工会|总工|研究室|办公室|[部局委处科室厂办站院馆所社台报刊校园]|公司|集团|中心|学校|医院|来稿|社区|[镇乡村县市区州省]"
    r"|街道|联合会|协会|学会|总会|总队|支队|大队|支部|小组|组|中学|小学|大学|银行|法院|检察院|开发区|部门|委员会"
    r"|编辑部|办事处|管委会|团委|妇联|总站|车间|班组|分会|市总|省总|区总|县总|全总|综合|矿|段|网|所|店|场|队|科协|残联|侨联|文联)$"
)
# What a unit that signs below its article ends in, where it stands without any mark.
SIGNATORY = re.compile(
    r"^[^，。：；“”！？\s]{0,16}(?:工会(?:小组|委员会|联合会|办公室|分会)?|总工会|[区市县省]总|办公室|研究室|宣教部|组织部"
    r"|政工科|党委|党总支|党支部|团委|妇联|委员会|编辑部|通讯组|供稿)$"
)
POST = re.compile(
    r"(?:代表|委员|主席|书记|部长|主任|局长|处长|科长|会长|校长|院长|厂长|经理|董事长|教授|记者|通讯员|研究员|委员|秘书长|市长|区长"
    r"|县长|镇长|干事|组长|所长|站长|工会|总工会|办公室|研究室)$"
)
# Offices that sign below a title; no title ends in them.
OFFICE = re.compile(
    r"^[^，：“”]{0,20}(?:总工会|研究室|办公室|调研组|课题组|编辑部|宣教部|组织部|写作组|通讯组|小组|党支部|工作站|编写组)$"
)
UNIT_ENDS = frozenset("区市县局部处办厂社站院校团矿委会科室镇乡村州省所馆店组队")

DISTRIBUTION = re.compile(
    r"^(?:本[期刊]\s*)?(?:印发范围|发放范围|发送范围|分发范围|[印分下]\s*发|[分主抄报发印呈]\s*送|[抄呈]\s*报|[发送]\s*至"
    r"|报\s*发|[呈报送发抄])(?:(?<!报送)单位|对象)?\s*[:：]"
)
ISSUED_TO = re.compile(
    r"^(?:本期(?:印发|发送|报送|分发|抄送|发)|(?:印发|发送|分发|发放)范围)\s*[:：]"
)
IMPRINT = re.compile(
    r"^[（(]?(?:本期|本刊)?(?:责任编辑|责编|编\s*辑|主\s*编|编\s*审|校\s*对|核\s*稿|审\s*核|审\s*稿|签\s*发"
    r"|印\s*数|共\s*印|印\s*刷|主题词|关键词|联系电话|电\s*话|地\s*址|邮\s*编|邮\s*箱|[会社刊所院校]\s*址|投稿邮箱|投稿|网\s*址"
    r"|传\s*真|编\s*校|打\s*印|印\s*制|联系人|值班编辑|电子邮箱|电子信箱|E-?mail|执行编辑|美\s*编|排\s*版"
    r"|审\s*定|终\s*审|总\s*编)\s*(?:[:：]|[0-9０-９]+\s*份)",
    re.IGNORECASE,
)
# Whom to write or to call: where nothing else follows, the foot of an issue.
CONTACT = re.compile(
    r"^[^：:，。“”]{0,10}(?:电话|热线|信箱|邮箱|网址|官网|地址|传真|邮编)\s*[:：].*[0-9０-９A-Za-z@路街号]"
    r"|^[^：:，。“”]{0,10}(?:承印|督印人|印数|印量)\s*[:：]"
)
COLOPHON = re.compile(
    r"来稿请|投稿(?:请|邮箱|信箱|地址|热线)|欢迎(?:来稿|投稿|转寄|赐稿|订阅)|联系我们|阅后|本期[一二四六八]版"
)
COPIES = re.compile(rf"共\s*印?\s*[{DIGITS}{NUMERALS}]+\s*份[)）］】\]]?$|日\s*印\s*发?$")

# 百家姓, the names in use; two-character ones apart.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘"
    "党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别隋岳苑麦檀亢晋楚汝鄢涂钦仝邸揭仉逄庄晏柴瞿阎充慕连茹习宦艾鱼容向古"
    "易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋"
    "沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公段闫肖覃佟付代"
)
DOUBLE_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
)
