"""Traditional characters of the marks that parsing looks for, read as simplified ones.

Only characters that stand in a rule are folded, one for one, so that a position in the folded text
is the same position in the printed one. What is given to others is cut from the printed text.
"""

from __future__ import annotations

_TRADITIONAL = (
    "萬專東兩嚴個豐舉烏樂喬習鄉書於雲從們會偉傳餘儲黨關養內寫農馮況準鳳劉創別辦務動勞區醫華協單盧衛廠厲厙縣參雙發臺葉號後呂啓"
    "吳員鹹團園圍國圖場壇聲處婦婁孫學寧實審宮對導壽層屆嶺鞏師幫廣莊應龐開張強錄徵懷態總執擴掃報據攝數時顯暫術機權條來楊欄欒檔"
    "檢橫歡歐畢匯湯溫遊滿點熱電蓋礦祿祕稱竇筆籤簡紅約級紀縱線組織終經繪絕續維綜編繆網羅聶職聯節蒼蘇範荊薦薈榮蕭蔣藍薊藺見視覽"
    "計訂訓議訊記講許論設證評詞試話該詳語說請諸讀課調談謝譚貝貢責賁費賀賈資賜賴趙車轉載輯邊運連遲選遞鄧鄔郵鄒郟鄭酈採鍾鈕錢銀"
    "錦鍵鎮長門閆問間閔聞閱閻闕闞隊陽陰陸陳韋韓頁項須顧領題顏風饒館饋馬駱驗魚魯鮑黃齊龍龔啟為爲並裏眾幹"
)
_SIMPLIFIED = (
    "万专东两严个丰举乌乐乔习乡书于云从们会伟传余储党关养内写农冯况准凤刘创别办务动劳区医华协单卢卫厂厉厍县参双发台叶号后吕启"
    "吴员咸团园围国图场坛声处妇娄孙学宁实审宫对导寿层届岭巩师帮广庄应庞开张强录征怀态总执扩扫报据摄数时显暂术机权条来杨栏栾档"
    "检横欢欧毕汇汤温游满点热电盖矿禄秘称窦笔签简红约级纪纵线组织终经绘绝续维综编缪网罗聂职联节苍苏范荆荐荟荣萧蒋蓝蓟蔺见视览"
    "计订训议讯记讲许论设证评词试话该详语说请诸读课调谈谢谭贝贡责贲费贺贾资赐赖赵车转载辑边运连迟选递邓邬邮邹郏郑郦采钟钮钱银"
    "锦键镇长门闫问间闵闻阅阎阙阚队阳阴陆陈韦韩页项须顾领题颜风饶馆馈马骆验鱼鲁鲍黄齐龙龚启为为并里众干"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_SIGNS = "會總報編發來簡號單訊"  # some of these are in every traditional bulletin


def simplified(text: str) -> str:
    """The text with the traditional characters of marks made simplified, as long as before."""
    return text.translate(_TABLE) if any(sign in text for sign in _SIGNS) else text


def as_printed(words: str, folded: str, printed: str) -> str:
    """Words found in a folded line, as the printed line has them; white space may be left out."""
    if folded == printed:
        return words
    at = "".join(folded.split()).find("".join(words.split()))
    bare = iter("".join(printed.split())[at:])
    return "".join(c if c.isspace() else next(bare) for c in words) if at >= 0 else words
