-- An archive as replyarc wrote it at format 3: what it holds is invented.
BEGIN TRANSACTION;
CREATE TABLE _keys (
  key text, reading text references readings (id), primary key (key, reading)
) strict, without rowid;
INSERT INTO "_keys" VALUES('index:4haem7dne3mn3og6','l4d3gkxn3enx');
INSERT INTO "_keys" VALUES('index:fe5jefuxfp3qancy','6bzhjx7kno5y');
INSERT INTO "_keys" VALUES('index:fe5jefuxfp3qancy','zua3ccnzfeg7');
INSERT INTO "_keys" VALUES('index:trcft3g5ajhyvbhj','4ko3etwcdle5');
INSERT INTO "_keys" VALUES('index:xmvaynlfypx66fp4','okqokwjwnqib');
INSERT INTO "_keys" VALUES('index:xmvaynlfypx66fp4','zsxkfg6uajxt');
INSERT INTO "_keys" VALUES('index:xtvfhem4jiwjqu7o','3xs7m5bauqoq');
INSERT INTO "_keys" VALUES('index:xtvfhem4jiwjqu7o','y6l2jqd53nvv');
INSERT INTO "_keys" VALUES('url:gcycoqmyrtkmlfmn:4bye7inwuoxpqjru','okqokwjwnqib');
INSERT INTO "_keys" VALUES('url:gcycoqmyrtkmlfmn:4bye7inwuoxpqjru','zsxkfg6uajxt');
INSERT INTO "_keys" VALUES('url:gcycoqmyrtkmlfmn:q6ctyyl6obj4taxa','okqokwjwnqib');
INSERT INTO "_keys" VALUES('url:gcycoqmyrtkmlfmn:q6ctyyl6obj4taxa','zsxkfg6uajxt');
INSERT INTO "_keys" VALUES('url:gcycoqmyrtkmlfmn:rkuko7k7g5ojoneb','okqokwjwnqib');
INSERT INTO "_keys" VALUES('url:gcycoqmyrtkmlfmn:rkuko7k7g5ojoneb','zsxkfg6uajxt');
INSERT INTO "_keys" VALUES('url:k3gsx33bv7l3lukk:2d4tkpzmgzpsmjga','y6l2jqd53nvv');
INSERT INTO "_keys" VALUES('url:k3gsx33bv7l3lukk:2ed4ogzxdfel3pps','l4d3gkxn3enx');
INSERT INTO "_keys" VALUES('url:k3gsx33bv7l3lukk:2ed4ogzxdfel3pps','y6l2jqd53nvv');
INSERT INTO "_keys" VALUES('url:k3gsx33bv7l3lukk:gnhxvufxaftdd57g','l4d3gkxn3enx');
INSERT INTO "_keys" VALUES('url:k3gsx33bv7l3lukk:gnhxvufxaftdd57g','y6l2jqd53nvv');
INSERT INTO "_keys" VALUES('url:necg6hyftnksetbw:kz4mgmcdcgacwl75','4ko3etwcdle5');
INSERT INTO "_keys" VALUES('url:necg6hyftnksetbw:rkuko7k7g5ojoneb','4ko3etwcdle5');
INSERT INTO "_keys" VALUES('url:necg6hyftnksetbw:xpjkpkpwxidkxj5h','4ko3etwcdle5');
INSERT INTO "_keys" VALUES('url:o2jb2zbp4lroxfsp:4gvm7lc2ua4qn2kc','6bzhjx7kno5y');
INSERT INTO "_keys" VALUES('url:o2jb2zbp4lroxfsp:4gvm7lc2ua4qn2kc','zua3ccnzfeg7');
INSERT INTO "_keys" VALUES('url:o2jb2zbp4lroxfsp:usttbbrftceyqjbw','6bzhjx7kno5y');
INSERT INTO "_keys" VALUES('url:o2jb2zbp4lroxfsp:usttbbrftceyqjbw','zua3ccnzfeg7');
INSERT INTO "_keys" VALUES('url:o2jb2zbp4lroxfsp:yjuhjt7tavuuv5fc','6bzhjx7kno5y');
INSERT INTO "_keys" VALUES('url:o2jb2zbp4lroxfsp:yjuhjt7tavuuv5fc','zua3ccnzfeg7');
INSERT INTO "_keys" VALUES('url:scy63x47hwth7jc3:2d4tkpzmgzpsmjga','3xs7m5bauqoq');
INSERT INTO "_keys" VALUES('url:scy63x47hwth7jc3:2ed4ogzxdfel3pps','3xs7m5bauqoq');
INSERT INTO "_keys" VALUES('url:scy63x47hwth7jc3:gnhxvufxaftdd57g','3xs7m5bauqoq');
CREATE TABLE _meta (key text primary key, value text) strict, without rowid;
INSERT INTO "_meta" VALUES('replyarc','0.1.0');
CREATE TABLE _robots (origin text primary key, status integer, text text, fetched_at text) strict;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'replyarc','1 the first tables','2026-11-22 18:54:17.243861+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'replyarc','2 listings, and rows that are left out','2026-11-22 18:54:17.244665+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'replyarc','3 where values were read, and the texts of files','2026-11-22 18:54:17.245580+00:00');
CREATE TABLE bodies (sha256 text primary key, size integer, codec text, data blob) strict;
INSERT INTO "bodies" VALUES('dbd84f262df535c4ff233206bd849cb568a1b69d91841ddee7e5e0f7f1ec0c55',306,'zlib',X'785E6590C14EC2401086EF7D0A7C808616E36DD3E7E1A009071F60DD58C1420B248D60D3838D15485A498946CBB68187E9CE6C7BE21558C48389C799F9F3FDF3FFA47B7B736D91AE69616E239F40CE309BA2BF870D05FB43704F6DC04E60E308CE215E0A3EC234126550AFD7324D0DC384F13714FC3406F7F2DD87D8256DC5233DAB897638F7EA7D288AD73A5A1DCA4043B6C2F104FA5C892BEAFC5A382F5072B08B9ADE61E88213A9EB9959D121FA5FC81E2BCAA4979DF9B060221FFEE00653F56893CC812F9ABE5B2F1FFE520EE548140E6C3FF1295338993C4BB6352156CE4CFB9F57EB189D4BA5BEC270601A387B23ED9E452E74BD65B474DD52A94E5D1D013420C090');
INSERT INTO "bodies" VALUES('fa76f6b4cf620e6911e97e4a4ee341e5469e2e8ef745f4eb3e0a876942fd112b',318,'zlib',X'785E65904F4EC24014C6F73D051EA0618A7137E9795868C2C203D489152CB4406C149B2E6CAC40D24A4A305AA6550ED3796FDA15577010772CDFCB97DFF78776AFAF2E4DDA354CCC6DE413C8196653F477B0B6C0DE08EEA90FD809AC1DC139C40BC1479846A20CEAD54AA62921068CBFA0E08733B895EF3EC42E6D2B1EED994DF48333AFDE85A278ADA3E5BE0C34644B1C4FA0CF95B8B29C7F0BE7054A0E76515B3718BAE044E2FB416E0AA539922B6B88FE27B2FBCA62D2CB8E2E3067221FFE41075315B74966C0E74DDFAD1777A7AC7D39128503DB0F7CCC145426CF926D0D88550AA69D76D73AA473AED417180E0C824F6FB4DD33E999AEB7484BD74DD5F0B0DB2F716AC9A2');
INSERT INTO "bodies" VALUES('44756b696e7b91b8b058d08d2ea3d9b5c0e277ea5b7c6a9cfd1766edb88f4fa1',306,'zlib',X'785E6590C14EC2401086EF7D0A7C808652E36DD3E7E1A009071F60DD58C1420B248D60D3838D15485A498946CBB68187E9CE6C7BE21558C48389C799F9F3FDF3FFA47B7B736D916EC7C2DC463E819C6136457F0F1B0AF687E09EDA809DC0C6119C43BC147C846924CAA05EAF659A1A8609E36F28F8690CEEE5BB0FB14BDA8A477A5613ED70EED5FB5014AF75B43A9481866C85E309F4B91257D4F9B5705EA0E4601735BDC3D0052752D733B3A243F4BF903D5694492F3BF361C1443EFCC10DA6EAD12699035F347DB75E3EFCA51CCA91281CD87EE253A6703279966C6B42AC9C99F63FAF661AE6A5525F6138E818387B23ED9E452E74BD65B474DD52A94E5D1D013550C092');
INSERT INTO "bodies" VALUES('2121ffec700a4f69357506899cb0d21a1a755892e0ff28e74cf0777900c85924',306,'zlib',X'785E6590C14EC2401086EF7D0A7C808652E2C164B3CFC341130E3E40DD58C18516481AC5A6071B2B90B492128D966D230FD39D697BE2155CC08389C799F9F3FDF3FFA4777D754949AF4331B3514C216398CED0DBC1C602FB5D0A576DC08E61C3A510102DA5186312CAC2AFD7EB2A490CC384C917E4E230FAB7D59B079143DA8A47FAB409BF71EED6BB40E62F75B8DA17BE866C8593290C84129716FFB5E0CF5008B0F3DABAC1C0011EAAEB89595A23F43E91DD9716ABDCF4C4870593D9E8881BCED4A34D3C07B168064EBDBCFB4BD917639973D87EE043AA7055FC54B1AD09917266DAFFBC9A69985DA53EC760D831F0F195B4FB949CE97AEBA2A5EB54A53A74F50335BCC09B');
INSERT INTO "bodies" VALUES('6b6114cdedfba5386e9c9842847c82b85df3ca5a711a2c78a9d78b3c1a5725e8',306,'zlib',X'785E6590C14EC2401086EF7D0A7C808642E36DD3E7E1A009071F60DD58C1420B248D62D3838D15485A498946CBB69187E9CE747BE2155CC40309C799F9F3FDF3FFA477737D65915EC7C2DC463E859C6136437F071B0AF687E09EDA809DC0C6119C43BC147C8C6924CA40AED7759A1A8609936F28F8610CEEEA771F6297B4158FF4AD26FAC1B92777A1285E65B4DA9781866C8593290CB81257D4F9B7705EA0E4601792DE62E88213A9EB9159D111FA5FC81E2ACA6A2F3BF261C1443EFAC30D67EAD12699035F3403572EEF4F29FB722C0A07B69FF898295C9D3CD76C6B42AC9C99769E57EB1A5D53A92F311C760C7C7A23EDBE452E74BD65B474DD52A90E5DFD023680C094');
INSERT INTO "bodies" VALUES('1c6a0b7cfd22f912721370d6202eadc56c6f3c943e87ded058ae83d858fdc45c',306,'zlib',X'785E6590C14EC2401086EF7D0A7C808605F1B6E9F370D084030F503756B0D00249A3D8F4606305925652A2D1B26DE061BA33DB9E780516F160E27166FE7CFFFC3FEDF66FAE0DDA6D199859C8A790314C67E8ED616382F521B8AB3660C5B0B105E7102D051F63128AC2AFD66B9924847460F20D393F8DFE9D7CF720726853F168CFA8C31DCEDD6A1F88FCB50A5787C2D790AD7032850157E2D2B47F2DEC172838587965DE62E0801DAAEB99599A23F4BE903D9426936E7AE6C382896CF4831BCED4A3753C07BEA8074EB5BCFF4B39146391DBB0FDC4C754E164FC2CD9B603917266DAFFBC5A9BB42F95FA0A83618BE0D31B6DF60C7AA1EB0DD2D07543A53A75750437B0C096');
INSERT INTO "bodies" VALUES('6b6c224d66005ad9577a122baafd33a8bafa837fee1f09697ac04899d4f91925',69,'plain',X'3C68746D6C3E3C68313EE7BBAD3C2F68313E3C703EE4BA8CE38081E585B3E4BA8EE585B6E4BB96E6848FE8A781E380823C2F703E3C212D2D2030202D2D3E3C2F68746D6C3E');
INSERT INTO "bodies" VALUES('58d4426eef2cab146b66a5e4f99f2a32c2944b20a693a491720cc64153786926',334,'zlib',X'785E65904B6E82501486E7ACC22E808892CE08EB71D0260EBA00B8916A514013622D6150522A2650836963F1427431DC7380915BE8A53A68D2E179E4FB1FCAE0E1FE4E55063D153303E91C3282E902DD13EC34303E19B5F9068C187626A314C288D11926012BBC7ABBAD9244926470BE21A7EDE88DAA0F17424BE9729E32549BE0882BBB3EF92C7FAB83CDB9F004241B74E630A6FCB9D4CCAB84F90A050523AF351D7D0BCC805F2FCC529BA2BB47F2546AA4B2D30B1FD68465D35FDC64C18D36F10AE8BA195B75F4F897722E662C37E1F085CB94E3AAF8A522071942AE4C041EA4D4F4AB0163CFF2258E9C3AD2DBDBFF2E84BED49739E916FD494FC2E777A53B54951B51EC481D515479E2B6C71F9FF0D338');
INSERT INTO "bodies" VALUES('7987561696fd96d317d0726c0463134f139a0f0f15568aa642678442e69ff3bd',9,'plain',X'E99984E4BBB6E4B880');
CREATE TABLE conflicts (
  index_number text, reply text references replies (id), primary key (index_number, reply)
) strict, without rowid;
INSERT INTO "conflicts" VALUES('990123006/2023-00003','4ko3etwcdle5');
INSERT INTO "conflicts" VALUES('990123006/2023-00003','zsxkfg6uajxt');
CREATE TABLE contents (fingerprint text primary key, fields text) strict;
INSERT INTO "contents" VALUES('5cc06f988045d8a0857ef1bf6d5a22ebbc9cd3e1b6ce423ad88b35ed25f7955e','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00001","kind":"建议","proposal_numbers":["001"],"published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，今年新建站点1处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第001号建议的答复"}');
INSERT INTO "contents" VALUES('97ae50f86e44ecc1b67f0a54ada6a252cb6b98dbbaee96e3f39105c4ae7c73a5','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00001","kind":"建议","proposal_numbers":["001"],"published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务体系的建议》收悉。现答复如下：\n我局高度重视养老服务体系，今年新建站点1处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第001号建议的答复"}');
INSERT INTO "contents" VALUES('f2116a7b8a7ed52cf2052727013e56bc0962ca4c769b2aa4f5411b305334beac','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00002","kind":"建议","published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，今年新建站点2处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第002号建议的答复"}');
INSERT INTO "contents" VALUES('1d98454a55c7ea0c28a1c2a8db17d7c4962fae5732a2acc3f105e0dde193ffe8','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00002","kind":"建议","proposal_numbers":["002"],"published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，今年新建站点2处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第002号建议的答复"}');
INSERT INTO "contents" VALUES('8d0e02180a5da0cd101a6f69e7d5a2d4859548695e680557d702fc3bb8d0b1f2','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00003","kind":"建议","proposal_numbers":["003"],"published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，今年新建站点3处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第003号建议的答复"}');
INSERT INTO "contents" VALUES('0a39320eb26bda6ada05b1973c71410507346eb1179212b759c52f5b236e26c3','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00003","kind":"建议","proposal_numbers":["004"],"published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，今年新建站点4处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第004号建议的答复"}');
INSERT INTO "contents" VALUES('b5e03788ae8c42d6afb171d2da53fe5a85f51b1881275d5a35fdbd62c1ad3a0e','{"addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","index_number":"990123006/2023-00003","kind":"建议","proposal_numbers":["003"],"published_on":"2023-05-17","publisher":"清源市民政局","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，今年新建站点3处。\n二、关于其他意见。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第003号建议的答复"}');
CREATE TABLE crawls (
  id integer primary key, source text references sources (name), family text,
  started_at text, ended_at text, finished integer, report text) strict;
INSERT INTO "crawls" VALUES(1,'qingyuan','trs','2023-05-18T01:00:00.000000Z','2023-05-18T01:05:00.000000Z',1,'{"new":4}');
CREATE TABLE entries (
  id integer primary key, source text, url text, title text, listed_on text, first_crawl integer,
  listed_at text, state text, attempts integer, problem text, asked_at text, gone_at text,
  page text, index_number text, document_number text, told text, unique (source, url)) strict;
INSERT INTO "entries" VALUES(1,'qingyuan','http://mz.qingyuan.gov.test/jytabl/1.html','清源市民政局关于市八届人大二次会议第001号建议的答复','2023-05-17',1,'2023-05-18T01:00:00.000000Z','archived',0,NULL,'2023-07-17T01:00:00.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/1.html',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(2,'qingyuan','http://mz.qingyuan.gov.test/jytabl/2.html','清源市民政局关于市八届人大二次会议第002号建议的答复','2023-05-17',1,'2023-05-18T01:00:00.000000Z','archived',0,NULL,'2023-05-18T01:00:00.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/2.html',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(3,'qingyuan','http://mz.qingyuan.gov.test/jytabl/3.html','清源市民政局关于市八届人大二次会议第003号建议的答复','2023-05-17',1,'2023-05-18T01:00:00.000000Z','archived',0,NULL,'2023-05-23T01:00:00.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/3.html',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(4,'qingyuan','http://mz.qingyuan.gov.test/jytabl/4.html','清源市民政局关于市八届人大二次会议第004号建议的答复','2023-05-17',1,'2023-05-18T01:00:00.000000Z','gone',0,NULL,'2023-08-18T01:00:00.000000Z','2023-08-16T01:00:00.000000Z','http://mz.qingyuan.gov.test/jytabl/4.html',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(5,'qingyuan','http://mz.qingyuan.gov.test/jytabl/5.html','清源市民政局关于市八届人大二次会议第005号建议的答复','2023-05-17',1,'2023-05-18T01:00:00.000000Z','failed',1,'503: busy','2023-05-18T01:00:00.000000Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE fetches (
  id integer primary key, url text, form text, final_url text, fetched_at text, status integer,
  headers text, sha256 text references bodies (sha256), problem text,
  crawl integer references crawls (id)) strict;
INSERT INTO "fetches" VALUES(1,'http://mz.qingyuan.gov.test/jytabl/1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/1.html','2023-05-18T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','dbd84f262df535c4ff233206bd849cb568a1b69d91841ddee7e5e0f7f1ec0c55',NULL,1);
INSERT INTO "fetches" VALUES(2,'http://mz.qingyuan.gov.test/jytabl/1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/1.html','2023-06-17T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','fa76f6b4cf620e6911e97e4a4ee341e5469e2e8ef745f4eb3e0a876942fd112b',NULL,1);
INSERT INTO "fetches" VALUES(3,'http://mz.qingyuan.gov.test/jytabl/1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/1.html','2023-07-17T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','dbd84f262df535c4ff233206bd849cb568a1b69d91841ddee7e5e0f7f1ec0c55',NULL,1);
INSERT INTO "fetches" VALUES(4,'http://mz.qingyuan.gov.test/jytabl/2.html',NULL,'http://mz.qingyuan.gov.test/jytabl/2.html','2023-05-18T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','44756b696e7b91b8b058d08d2ea3d9b5c0e277ea5b7c6a9cfd1766edb88f4fa1',NULL,1);
INSERT INTO "fetches" VALUES(5,'https://www.qingyuan.gov.test/2.html',NULL,'https://www.qingyuan.gov.test/2.html','2023-05-19T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','2121ffec700a4f69357506899cb0d21a1a755892e0ff28e74cf0777900c85924',NULL,1);
INSERT INTO "fetches" VALUES(6,'http://mz.qingyuan.gov.test/jytabl/3.html',NULL,'http://mz.qingyuan.gov.test/jytabl/3.html','2023-05-18T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','6b6114cdedfba5386e9c9842847c82b85df3ca5a711a2c78a9d78b3c1a5725e8',NULL,1);
INSERT INTO "fetches" VALUES(7,'http://mz.qingyuan.gov.test/jytabl/4.html',NULL,'http://mz.qingyuan.gov.test/jytabl/4.html','2023-05-18T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','1c6a0b7cfd22f912721370d6202eadc56c6f3c943e87ded058ae83d858fdc45c',NULL,1);
INSERT INTO "fetches" VALUES(8,'http://mz.qingyuan.gov.test/jytabl/3_1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/3_1.html','2023-05-18T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','6b6c224d66005ad9577a122baafd33a8bafa837fee1f09697ac04899d4f91925',NULL,1);
INSERT INTO "fetches" VALUES(9,'http://mz.qingyuan.gov.test/jytabl/3.html',NULL,'http://mz.qingyuan.gov.test/jytabl/3.html','2023-05-23T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','58d4426eef2cab146b66a5e4f99f2a32c2944b20a693a491720cc64153786926',NULL,1);
INSERT INTO "fetches" VALUES(10,'http://mz.qingyuan.gov.test/jytabl/5.html',NULL,NULL,'2023-05-18T01:00:00.000000Z',503,NULL,NULL,'503: busy',1);
INSERT INTO "fetches" VALUES(11,'http://mz.qingyuan.gov.test/jytabl/files/1.txt',NULL,'http://mz.qingyuan.gov.test/jytabl/files/1.txt','2023-05-18T01:00:00.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"1\""]]','7987561696fd96d317d0726c0463134f139a0f0f15568aa642678442e69ff3bd',NULL,1);
CREATE TABLE listings (
  crawl integer references crawls (id), url text, family text, pages integer, columns integer,
  announced integer, rows integer, left_out text, to_end integer, whole integer,
  primary key (crawl, url)
) strict, without rowid;
INSERT INTO "listings" VALUES(1,'http://mz.qingyuan.gov.test/jytabl/','trs',1,0,NULL,5,'{}',1,1);
CREATE TABLE readings (
  id text primary key, url text, fingerprint text references contents (fingerprint),
  index_number text, source text, sha256 text, flags text, first_seen_at text, last_seen_at text,
  first_read_at text, last_read_at text, keys text, reply text, notes text, parts text) strict;
INSERT INTO "readings" VALUES('zua3ccnzfeg7','http://mz.qingyuan.gov.test/jytabl/1.html','5cc06f988045d8a0857ef1bf6d5a22ebbc9cd3e1b6ce423ad88b35ed25f7955e','990123006/2023-00001','qingyuan','dbd84f262df535c4ff233206bd849cb568a1b69d91841ddee7e5e0f7f1ec0c55','[]','2023-05-18T01:00:00.000000Z','2023-07-17T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-07-17T01:00:00.000000Z','["index:fe5jefuxfp3qancy","url:o2jb2zbp4lroxfsp:4gvm7lc2ua4qn2kc","url:o2jb2zbp4lroxfsp:usttbbrftceyqjbw","url:o2jb2zbp4lroxfsp:yjuhjt7tavuuv5fc"]','zua3ccnzfeg7','{"title":{"where":"h1"},"index_number":{"where":"box","label":"索引号"}}',NULL);
INSERT INTO "readings" VALUES('6bzhjx7kno5y','http://mz.qingyuan.gov.test/jytabl/1.html','97ae50f86e44ecc1b67f0a54ada6a252cb6b98dbbaee96e3f39105c4ae7c73a5','990123006/2023-00001','qingyuan','fa76f6b4cf620e6911e97e4a4ee341e5469e2e8ef745f4eb3e0a876942fd112b','[]','2023-06-17T01:00:00.000000Z','2023-06-17T01:00:00.000000Z','2023-06-17T01:00:00.000000Z','2023-06-17T01:00:00.000000Z','["index:fe5jefuxfp3qancy","url:o2jb2zbp4lroxfsp:4gvm7lc2ua4qn2kc","url:o2jb2zbp4lroxfsp:usttbbrftceyqjbw","url:o2jb2zbp4lroxfsp:yjuhjt7tavuuv5fc"]','zua3ccnzfeg7','{"title":{"where":"h1"},"index_number":{"where":"box","label":"索引号"}}',NULL);
INSERT INTO "readings" VALUES('l4d3gkxn3enx','http://mz.qingyuan.gov.test/jytabl/2.html','f2116a7b8a7ed52cf2052727013e56bc0962ca4c769b2aa4f5411b305334beac','990123006/2023-00002','qingyuan','44756b696e7b91b8b058d08d2ea3d9b5c0e277ea5b7c6a9cfd1766edb88f4fa1','[]','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','["index:4haem7dne3mn3og6","url:k3gsx33bv7l3lukk:2ed4ogzxdfel3pps","url:k3gsx33bv7l3lukk:gnhxvufxaftdd57g"]','l4d3gkxn3enx',NULL,NULL);
INSERT INTO "readings" VALUES('y6l2jqd53nvv','http://mz.qingyuan.gov.test/jytabl/2.html','1d98454a55c7ea0c28a1c2a8db17d7c4962fae5732a2acc3f105e0dde193ffe8','990123006/2023-00002','qingyuan','44756b696e7b91b8b058d08d2ea3d9b5c0e277ea5b7c6a9cfd1766edb88f4fa1','[]','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-28T01:00:00.000000Z','2023-05-28T01:00:00.000000Z','["index:xtvfhem4jiwjqu7o","url:k3gsx33bv7l3lukk:2d4tkpzmgzpsmjga","url:k3gsx33bv7l3lukk:2ed4ogzxdfel3pps","url:k3gsx33bv7l3lukk:gnhxvufxaftdd57g"]','l4d3gkxn3enx','{"title":{"where":"h1"},"index_number":{"where":"box","label":"索引号"}}',NULL);
INSERT INTO "readings" VALUES('3xs7m5bauqoq','https://www.qingyuan.gov.test/2.html','1d98454a55c7ea0c28a1c2a8db17d7c4962fae5732a2acc3f105e0dde193ffe8','990123006/2023-00002','qingyuan','2121ffec700a4f69357506899cb0d21a1a755892e0ff28e74cf0777900c85924','[]','2023-05-19T01:00:00.000000Z','2023-05-19T01:00:00.000000Z','2023-05-19T01:00:00.000000Z','2023-05-19T01:00:00.000000Z','["index:xtvfhem4jiwjqu7o","url:scy63x47hwth7jc3:2d4tkpzmgzpsmjga","url:scy63x47hwth7jc3:2ed4ogzxdfel3pps","url:scy63x47hwth7jc3:gnhxvufxaftdd57g"]','l4d3gkxn3enx',NULL,NULL);
INSERT INTO "readings" VALUES('zsxkfg6uajxt','http://mz.qingyuan.gov.test/jytabl/3.html','8d0e02180a5da0cd101a6f69e7d5a2d4859548695e680557d702fc3bb8d0b1f2','990123006/2023-00003','qingyuan','6b6114cdedfba5386e9c9842847c82b85df3ca5a711a2c78a9d78b3c1a5725e8','[]','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','["index:xmvaynlfypx66fp4","url:gcycoqmyrtkmlfmn:4bye7inwuoxpqjru","url:gcycoqmyrtkmlfmn:q6ctyyl6obj4taxa","url:gcycoqmyrtkmlfmn:rkuko7k7g5ojoneb"]','zsxkfg6uajxt',NULL,NULL);
INSERT INTO "readings" VALUES('4ko3etwcdle5','http://mz.qingyuan.gov.test/jytabl/4.html','0a39320eb26bda6ada05b1973c71410507346eb1179212b759c52f5b236e26c3','990123006/2023-00003','qingyuan','1c6a0b7cfd22f912721370d6202eadc56c6f3c943e87ded058ae83d858fdc45c','[]','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','["index:trcft3g5ajhyvbhj","url:necg6hyftnksetbw:kz4mgmcdcgacwl75","url:necg6hyftnksetbw:rkuko7k7g5ojoneb","url:necg6hyftnksetbw:xpjkpkpwxidkxj5h"]','4ko3etwcdle5',NULL,NULL);
INSERT INTO "readings" VALUES('okqokwjwnqib','http://mz.qingyuan.gov.test/jytabl/3.html','b5e03788ae8c42d6afb171d2da53fe5a85f51b1881275d5a35fdbd62c1ad3a0e','990123006/2023-00003','qingyuan','58d4426eef2cab146b66a5e4f99f2a32c2944b20a693a491720cc64153786926','[]','2023-05-23T01:00:00.000000Z','2023-05-23T01:00:00.000000Z','2023-05-23T01:00:00.000000Z','2023-05-23T01:00:00.000000Z','["index:xmvaynlfypx66fp4","url:gcycoqmyrtkmlfmn:4bye7inwuoxpqjru","url:gcycoqmyrtkmlfmn:q6ctyyl6obj4taxa","url:gcycoqmyrtkmlfmn:rkuko7k7g5ojoneb"]','zsxkfg6uajxt','{"title":{"where":"h1"},"index_number":{"where":"box","label":"索引号"}}','["6b6c224d66005ad9577a122baafd33a8bafa837fee1f09697ac04899d4f91925"]');
CREATE TABLE "replies" (
   "id" TEXT PRIMARY KEY,
   "url" TEXT,
   "source" TEXT,
   "title" TEXT,
   "index_number" TEXT,
   "document_number" TEXT,
   "publisher" TEXT,
   "responsible_unit" TEXT,
   "origin" TEXT,
   "topic" TEXT,
   "keywords" TEXT,
   "validity" TEXT,
   "written_on" TEXT,
   "published_on" TEXT,
   "kind" TEXT,
   "assembly" TEXT,
   "assembly_name" TEXT,
   "term" INTEGER,
   "session" INTEGER,
   "proposal_numbers" TEXT,
   "proposal_titles" TEXT,
   "addressees" TEXT,
   "addressee_role" TEXT,
   "role" TEXT,
   "result_class" TEXT,
   "openness" TEXT,
   "answered_by" TEXT,
   "text" TEXT,
   "signature" TEXT,
   "signed_on" TEXT,
   "contacts" TEXT,
   "copied_to" TEXT,
   "attachments" TEXT,
   "first_seen_at" TEXT,
   "last_seen_at" TEXT,
   "changed_at" TEXT,
   "gone_at" TEXT,
   "version" INTEGER,
   "sha256" TEXT,
   "flags" TEXT
) STRICT;
INSERT INTO "replies" VALUES('zua3ccnzfeg7','http://mz.qingyuan.gov.test/jytabl/1.html','qingyuan','清源市民政局关于市八届人大二次会议第001号建议的答复','990123006/2023-00001',NULL,'清源市民政局',NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-17','建议','人大',NULL,8,2,'["001"]','[]','["顾明远"]',NULL,NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，今年新建站点1处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-05-18T01:00:00.000000Z','2023-07-17T01:00:00.000000Z','2023-06-17T01:00:00.000000Z',NULL,1,'dbd84f262df535c4ff233206bd849cb568a1b69d91841ddee7e5e0f7f1ec0c55','[]');
INSERT INTO "replies" VALUES('l4d3gkxn3enx','https://www.qingyuan.gov.test/2.html','qingyuan','清源市民政局关于市八届人大二次会议第002号建议的答复','990123006/2023-00002',NULL,'清源市民政局',NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-17','建议','人大',NULL,8,2,'["002"]','[]','["顾明远"]',NULL,NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，今年新建站点2处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-05-18T01:00:00.000000Z','2023-05-19T01:00:00.000000Z','2023-05-19T01:00:00.000000Z',NULL,2,'2121ffec700a4f69357506899cb0d21a1a755892e0ff28e74cf0777900c85924','[]');
INSERT INTO "replies" VALUES('zsxkfg6uajxt','http://mz.qingyuan.gov.test/jytabl/3.html','qingyuan','清源市民政局关于市八届人大二次会议第003号建议的答复','990123006/2023-00003',NULL,'清源市民政局',NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-17','建议','人大',NULL,8,2,'["003"]','[]','["顾明远"]',NULL,NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，今年新建站点3处。
二、关于其他意见。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-05-18T01:00:00.000000Z','2023-05-23T01:00:00.000000Z','2023-05-23T01:00:00.000000Z',NULL,2,'58d4426eef2cab146b66a5e4f99f2a32c2944b20a693a491720cc64153786926','["index-conflict"]');
INSERT INTO "replies" VALUES('4ko3etwcdle5','http://mz.qingyuan.gov.test/jytabl/4.html','qingyuan','清源市民政局关于市八届人大二次会议第004号建议的答复','990123006/2023-00003',NULL,'清源市民政局',NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-17','建议','人大',NULL,8,2,'["004"]','[]','["顾明远"]',NULL,NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，今年新建站点4处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z','2023-08-16T01:00:00.000000Z',1,'1c6a0b7cfd22f912721370d6202eadc56c6f3c943e87ded058ae83d858fdc45c','["index-conflict"]');
CREATE TABLE sightings (
  reply text references replies (id), url text, source text, index_number text,
  first_seen_at text, last_seen_at text, primary key (reply, url)) strict, without rowid;
INSERT INTO "sightings" VALUES('4ko3etwcdle5','http://mz.qingyuan.gov.test/jytabl/4.html','qingyuan','990123006/2023-00003','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z');
INSERT INTO "sightings" VALUES('l4d3gkxn3enx','http://mz.qingyuan.gov.test/jytabl/2.html','qingyuan','990123006/2023-00002','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z');
INSERT INTO "sightings" VALUES('l4d3gkxn3enx','https://www.qingyuan.gov.test/2.html','qingyuan','990123006/2023-00002','2023-05-19T01:00:00.000000Z','2023-05-19T01:00:00.000000Z');
INSERT INTO "sightings" VALUES('zsxkfg6uajxt','http://mz.qingyuan.gov.test/jytabl/3.html','qingyuan','990123006/2023-00003','2023-05-18T01:00:00.000000Z','2023-05-23T01:00:00.000000Z');
INSERT INTO "sightings" VALUES('zua3ccnzfeg7','http://mz.qingyuan.gov.test/jytabl/1.html','qingyuan','990123006/2023-00001','2023-05-18T01:00:00.000000Z','2023-07-17T01:00:00.000000Z');
CREATE TABLE sources (
  name text primary key, publisher text, region text, family text, urls text) strict;
INSERT INTO "sources" VALUES('qingyuan','清源市民政局',NULL,'trs','["http://mz.qingyuan.gov.test/jytabl/"]');
CREATE TABLE texts (
  sha256 text primary key references bodies (sha256), kind text, text text, pages integer,
  problem text) strict;
INSERT INTO "texts" VALUES('7987561696fd96d317d0726c0463134f139a0f0f15568aa642678442e69ff3bd','txt','附件一',1,NULL);
CREATE TABLE versions (
  reply text references replies (id), number integer,
  fingerprint text references contents (fingerprint), sha256 text, first_seen_at text,
  first_read_at text, primary key (reply, number)) strict, without rowid;
INSERT INTO "versions" VALUES('4ko3etwcdle5',1,'0a39320eb26bda6ada05b1973c71410507346eb1179212b759c52f5b236e26c3','1c6a0b7cfd22f912721370d6202eadc56c6f3c943e87ded058ae83d858fdc45c','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z');
INSERT INTO "versions" VALUES('l4d3gkxn3enx',1,'f2116a7b8a7ed52cf2052727013e56bc0962ca4c769b2aa4f5411b305334beac','44756b696e7b91b8b058d08d2ea3d9b5c0e277ea5b7c6a9cfd1766edb88f4fa1','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z');
INSERT INTO "versions" VALUES('l4d3gkxn3enx',2,'1d98454a55c7ea0c28a1c2a8db17d7c4962fae5732a2acc3f105e0dde193ffe8','2121ffec700a4f69357506899cb0d21a1a755892e0ff28e74cf0777900c85924','2023-05-19T01:00:00.000000Z','2023-05-19T01:00:00.000000Z');
INSERT INTO "versions" VALUES('zsxkfg6uajxt',1,'8d0e02180a5da0cd101a6f69e7d5a2d4859548695e680557d702fc3bb8d0b1f2','6b6114cdedfba5386e9c9842847c82b85df3ca5a711a2c78a9d78b3c1a5725e8','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z');
INSERT INTO "versions" VALUES('zsxkfg6uajxt',2,'b5e03788ae8c42d6afb171d2da53fe5a85f51b1881275d5a35fdbd62c1ad3a0e','58d4426eef2cab146b66a5e4f99f2a32c2944b20a693a491720cc64153786926','2023-05-23T01:00:00.000000Z','2023-05-23T01:00:00.000000Z');
INSERT INTO "versions" VALUES('zua3ccnzfeg7',1,'5cc06f988045d8a0857ef1bf6d5a22ebbc9cd3e1b6ce423ad88b35ed25f7955e','dbd84f262df535c4ff233206bd849cb568a1b69d91841ddee7e5e0f7f1ec0c55','2023-05-18T01:00:00.000000Z','2023-05-18T01:00:00.000000Z');
INSERT INTO "versions" VALUES('zua3ccnzfeg7',2,'97ae50f86e44ecc1b67f0a54ada6a252cb6b98dbbaee96e3f39105c4ae7c73a5','fa76f6b4cf620e6911e97e4a4ee341e5469e2e8ef745f4eb3e0a876942fd112b','2023-06-17T01:00:00.000000Z','2023-06-17T01:00:00.000000Z');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX replies_newest on replies (coalesce(published_on, signed_on, substr(first_seen_at, 1, 10)) desc, id);
CREATE INDEX replies_key on replies (title, document_number, proposal_numbers, index_number, id);
CREATE INDEX fetches_url on fetches (url, fetched_at);
CREATE INDEX entries_state on entries (source, state, asked_at);
CREATE INDEX entries_gone on entries (page) where gone_at is not null;
CREATE INDEX readings_url on readings (url);
CREATE INDEX sightings_source on sightings (source, reply);
CREATE INDEX sightings_index_number on sightings (index_number);
CREATE INDEX conflicts_reply on conflicts (reply);
CREATE INDEX listings_url on listings (url, crawl);
COMMIT;
PRAGMA application_id = 1919970425;
PRAGMA user_version = 3;
