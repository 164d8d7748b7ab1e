
﻿
 
result({"data": [{"MetaDataId": "811", "puburl": "http://infogate.beishan.gov.test/fw/202401/t20240111_811.html", "title": "关于对省政协十三届一次会议第1号提案的复函", "tip": {"title": "关于对省政协十三届一次会议第1号提案的复函", "dates": "2024年01月11日", "filenum": "北财函〔2024〕1号", "publisher": "北山省财政厅"}}, {"MetaDataId": "812", "puburl": "http://xxgk.beishan.gov.test/fw/202401/t20240112_812.html", "title": "关于对省政协十三届一次会议第2号提案的复函", "tip": {"title": "关于对省政协十三届一次会议第2号提案的复函", "dates": "2024年01月12日", "filenum": "北财函〔2024〕2号", "publisher": "北山省财政厅"}}, {"MetaDataId": "813", "puburl": "http://xxgk.beishan.gov.test/fw/202401/t20240113_813.html", "title": "关于对省政协十三届一次会议第3号提案的复函", "tip": {"title": "关于对省政协十三届一次会议第3号提案的复函", "dates": "2024年01月13日", "filenum": "北财函〔2024〕3号", "publisher": "北山省财政厅"}}]});
