-- An archive as replyarc wrote it at format 5: what it holds is invented.
BEGIN TRANSACTION;
CREATE TABLE _dictionaries (
  id integer primary key, site text, sha256 text, made_at text, data blob) strict;
INSERT INTO "_dictionaries" VALUES(2859593844968960395,'mz.qingyuan.gov.test','4f5ea2e70689631772abaacf4fde96e2b113fdbb1c66e0927f7b772399d0d2cf','2023-06-01T02:00:38.000000Z',X'28B52FFD607A062D0F00A61962412089AA0E884F487217001220FCD9564868F4307BD9911A7FCB82F6238C9FFB6D2CCC78E7602156B139A0AE7D394580BB2139D049EE1D4377136A451F40024066054E0051005300A7AB3A8EDD5B2AA924B98A683A965EB3D38E91EF9D862727611C2C9DB3D30A18FF4E7E01F41FD383A57BF663CACF1D454F34CE10001103FA00E4417796CAE645306CBA93C099DB3A0F678A84F6700208401E2C968D12C15031E170BEBCCBB356BB229207A2DFC07805A57F3A8EDD7B6F24C32E661BEECDB0EB3A3870DA6255C71BA01E01A5664EE35CD1387714884DE38C809B80B0D8E2CDC84113D48BB803162C8EED1924D677F24FE6A24C410E377154F05B31003F05FA8B6F7511D531F48DE8137CEB89F18D3A8430FC561751DD16EEE9BC07F814168B68CB635C259CA9E8C2CAC9780B232B53E00CA94CE80917A0C0809AD6A0695926C9326B71AE98707603E3EF9511BD04653AF8AD2E23C74C50754052F7E9A6D0A34C0FCF5483B63448FFF0ACE6C8F27CAC94E999F1CDD07F845E837491F454C629A85C83B61674AC9B2320C0421B9B070B95BBD42D94B114341D4B8ADD51B2A247C9D027E14039614FF28D678CF6B2CF16781910D1840188D77CE6009381A93C2AA48EFB8AACC36DEDB506B5952EDF751FD37A00EC9200144BED3EFD812D0DA2125033');
CREATE TABLE _findings (
  source text, kind text, about text, measure text, text text, since text, seen_at text,
  said_at text, ended_at text, primary key (source, kind, about)) strict, without rowid;
INSERT INTO "_findings" VALUES('mz','too few','','0.5','two replies where ten are expected','2023-06-01T02:00:42.000000Z','2023-06-01T02:00:42.000000Z','2023-06-01T02:00:42.000000Z',NULL);
CREATE TABLE _hosts (
  host text primary key, next_at text, rests_until text, why text, failures integer,
  failed_at text) strict, without rowid;
INSERT INTO "_hosts" VALUES('gone.qingyuan.gov.test','2023-06-01T02:00:41.000000Z','2023-06-01T08:00:41.000000Z','it answered 503 four times',4,'2023-06-01T02:00:41.000000Z');
INSERT INTO "_hosts" VALUES('mz.qingyuan.gov.test','2023-06-01T02:00:40.000000Z',NULL,'',0,NULL);
CREATE TABLE _indexed (
  id integer primary key, reply text unique, fingerprint text, day text) strict;
INSERT INTO "_indexed" VALUES(1,'3ftucqogtffz','b6869ad87f8d40c931e9ed7151d0ed9e0dd376f541f0b1eb1dcf53f89f400d32','2023-05-15');
INSERT INTO "_indexed" VALUES(2,'f4hlpelor5m4','45155b1911edd8ac7f8d6a1c0f6f1339fa33b7077f6fe497c6d5702a21ce00e4','2023-05-14');
INSERT INTO "_indexed" VALUES(3,'miysglgjbo3h','cd3f23d0122611fbeae588da0e778612feb1c6a2e35fa950e74dd37c5c50f058','2023-05-17');
INSERT INTO "_indexed" VALUES(5,'x5norw6opkjz','f9e8c5165106594c333b74519017ab88ba247b137ff5042920d48147412d850a','2023-05-16');
CREATE TABLE _keys (
  key text, reading text references readings (id), primary key (key, reading)
) strict, without rowid;
INSERT INTO "_keys" VALUES('index:d3sbec5zs5lnarz2','psl5d2w2myq6');
INSERT INTO "_keys" VALUES('index:fcvf3p5u7lnpfhvg','3ftucqogtffz');
INSERT INTO "_keys" VALUES('index:pqictclaro3kcvcw','f4hlpelor5m4');
INSERT INTO "_keys" VALUES('index:ptry4kvqakuerksc','ukp3f2ve3djy');
INSERT INTO "_keys" VALUES('index:ptry4kvqakuerksc','x5norw6opkjz');
INSERT INTO "_keys" VALUES('index:zxbwpsojsb3y7zle','miysglgjbo3h');
INSERT INTO "_keys" VALUES('url:7wlc4jfynojbvwe4:2d4tkpzmgzpsmjga','f4hlpelor5m4');
INSERT INTO "_keys" VALUES('url:7wlc4jfynojbvwe4:2ed4ogzxdfel3pps','f4hlpelor5m4');
INSERT INTO "_keys" VALUES('url:7wlc4jfynojbvwe4:3ypuhojbrfao7ke2','f4hlpelor5m4');
INSERT INTO "_keys" VALUES('url:7wlc4jfynojbvwe4:bsu5tzhwr3vrf4fw','f4hlpelor5m4');
INSERT INTO "_keys" VALUES('url:7wlc4jfynojbvwe4:u3k7kkhfpfnsyxqo','f4hlpelor5m4');
INSERT INTO "_keys" VALUES('url:d43kge6qskoh3hds:4gvm7lc2ua4qn2kc','psl5d2w2myq6');
INSERT INTO "_keys" VALUES('url:d43kge6qskoh3hds:bsu5tzhwr3vrf4fw','psl5d2w2myq6');
INSERT INTO "_keys" VALUES('url:d43kge6qskoh3hds:g47242yajbayjhkt','psl5d2w2myq6');
INSERT INTO "_keys" VALUES('url:d43kge6qskoh3hds:usttbbrftceyqjbw','psl5d2w2myq6');
INSERT INTO "_keys" VALUES('url:d43kge6qskoh3hds:z3o3bxjb3b3km5gj','psl5d2w2myq6');
INSERT INTO "_keys" VALUES('url:epz5ziamxnr2kapx:bb7kppvogml5enxb','miysglgjbo3h');
INSERT INTO "_keys" VALUES('url:epz5ziamxnr2kapx:bsu5tzhwr3vrf4fw','miysglgjbo3h');
INSERT INTO "_keys" VALUES('url:epz5ziamxnr2kapx:pvrztmomcwvlmbcw','miysglgjbo3h');
INSERT INTO "_keys" VALUES('url:epz5ziamxnr2kapx:yd37ytcnl74lh4s4','miysglgjbo3h');
INSERT INTO "_keys" VALUES('url:epz5ziamxnr2kapx:zccswib5bd3egcwk','miysglgjbo3h');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:42muzt3ffohw5ev5','ukp3f2ve3djy');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:6abzv5ukrizj7vqo','ukp3f2ve3djy');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:bsu5tzhwr3vrf4fw','x5norw6opkjz');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:cirkkp6ezruv3qzs','x5norw6opkjz');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:jjjo2ztyvuiu7tz5','ukp3f2ve3djy');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:jjjo2ztyvuiu7tz5','x5norw6opkjz');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:kz4mgmcdcgacwl75','ukp3f2ve3djy');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:kz4mgmcdcgacwl75','x5norw6opkjz');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:xpjkpkpwxidkxj5h','ukp3f2ve3djy');
INSERT INTO "_keys" VALUES('url:kmm6gb2gspywshpm:xpjkpkpwxidkxj5h','x5norw6opkjz');
INSERT INTO "_keys" VALUES('url:midkn6a3h7bpnqhw:36mu6wmzc2imtiiv','3ftucqogtffz');
INSERT INTO "_keys" VALUES('url:midkn6a3h7bpnqhw:4bye7inwuoxpqjru','3ftucqogtffz');
INSERT INTO "_keys" VALUES('url:midkn6a3h7bpnqhw:anlf5pwr5lezcw34','3ftucqogtffz');
INSERT INTO "_keys" VALUES('url:midkn6a3h7bpnqhw:bsu5tzhwr3vrf4fw','3ftucqogtffz');
INSERT INTO "_keys" VALUES('url:midkn6a3h7bpnqhw:q6ctyyl6obj4taxa','3ftucqogtffz');
CREATE TABLE _meta (key text primary key, value text) strict, without rowid;
INSERT INTO "_meta" VALUES('described','a6976bacb528b0998f4bdaeaf1d08ed073900762338c20cf98a83ca951e72d57');
INSERT INTO "_meta" VALUES('replyarc','0.1.0');
INSERT INTO "_meta" VALUES('search','1, Unicode 14.0.0');
CREATE TABLE _redacted (
  name text primary key, redaction text references redactions (id)) strict, without rowid;
INSERT INTO "_redacted" VALUES('body:592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4','aaf76d62da34');
INSERT INTO "_redacted" VALUES('body:9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743','aaf76d62da34');
INSERT INTO "_redacted" VALUES('key:index:d3sbec5zs5lnarz2','aaf76d62da34');
INSERT INTO "_redacted" VALUES('key:url:d43kge6qskoh3hds:4gvm7lc2ua4qn2kc','aaf76d62da34');
INSERT INTO "_redacted" VALUES('key:url:d43kge6qskoh3hds:bsu5tzhwr3vrf4fw','aaf76d62da34');
INSERT INTO "_redacted" VALUES('key:url:d43kge6qskoh3hds:g47242yajbayjhkt','aaf76d62da34');
INSERT INTO "_redacted" VALUES('key:url:d43kge6qskoh3hds:usttbbrftceyqjbw','aaf76d62da34');
INSERT INTO "_redacted" VALUES('key:url:d43kge6qskoh3hds:z3o3bxjb3b3km5gj','aaf76d62da34');
INSERT INTO "_redacted" VALUES('said:aeae06e86bbd9d8c1471066708e6a239f7ae9561537031cea75071fd752b17e5','aaf76d62da34');
INSERT INTO "_redacted" VALUES('url:mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','aaf76d62da34');
CREATE TABLE _robots (origin text primary key, status integer, text text, fetched_at text) strict;
INSERT INTO "_robots" VALUES('http://mz.qingyuan.gov.test',200,'User-agent: *
Disallow: /admin/
','2023-12-18T02:00:52.000000Z');
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'replyarc','1 the first tables','2026-11-22 22:03:01.913258+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'replyarc','2 listings, and rows that are left out','2026-11-22 22:03:01.914090+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'replyarc','3 where values were read, and the texts of files','2026-11-22 22:03:01.923131+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'replyarc','4 captures, redactions, the full-text index','2026-11-22 22:03:01.956707+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'replyarc','5 hosts and findings, from run to run','2026-11-23 01:06:37.520192+00:00');
CREATE TABLE _unindexed (reply text primary key) strict, without rowid;
INSERT INTO "_unindexed" VALUES('psl5d2w2myq6');
CREATE TABLE bodies (sha256 text primary key, size integer, codec text, data blob, dictionary integer references _dictionaries (id)) strict;
INSERT INTO "bodies" VALUES('c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',861,'zstd',X'28B52FFD605D029D0500C286181C606D1B50BDD7DA32432C8C36204B7780ACBA8DB00FC37C3E2908823CCA8640624AC9371C9698144C040022B138FCC315FFFC5DD3EF61AE81B85BA4AB942AACB5949517C71F88DB3737194CC13296C1D3557412D1641CEF20E8DCAC71E783586B511D005C801248E5C88050C021C073095036009581F38087254065003D748300378669B6C17B860DD0D7A33CA1B092031E6B34711A3491E686682E44702B93FE2498EF15C49799E813E230FF903908',2859593844968960395);
INSERT INTO "bodies" VALUES('9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743',620,'redacted',NULL,NULL);
INSERT INTO "bodies" VALUES('a65fa38cd62322629d0306dab32edbda94b280b736ad4daee6d2ed0eab77952b',638,'zstd',X'28B52FFD607E01C5000028353537353506000B50B903EA16A00C2805C174FECF9483',2859593844968960395);
INSERT INTO "bodies" VALUES('0aa6771a07f9840a49b103f1c7e848d5cd4a335c99d389020e96b57cd3bf5134',638,'zstd',X'28B52FFD607E01C5000028343436343406000B50B903EA16A00C2805C174FECF9483',2859593844968960395);
INSERT INTO "bodies" VALUES('502b15ff243d47da59a183b8fe7b187a3b7afac9c8b135b44d9576dcc83581a6',638,'zstd',X'28B52FFD607E014500000001007BFEA93210',2859593844968960395);
INSERT INTO "bodies" VALUES('fd95fee58705ff13546d961d6f6f5ba096ba30ab5463fe5e22a90254590dd9f2',638,'zstd',X'28B52FFD607E01C5000028323234323206000B50B903EA16A00C2805C174FECF9483',2859593844968960395);
INSERT INTO "bodies" VALUES('592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4',638,'redacted',NULL,NULL);
INSERT INTO "bodies" VALUES('8f9aa02591c034be7604dd79cd687e5dc95eb943fc5c8de83d347fde162b2fbf',638,'zstd',X'28B52FFD607E0125010050343436348AA9E6AE8B3409000B50094878820108A04A40CA16A00294876062FF67CA56',2859593844968960395);
CREATE TABLE captures (
  reading text references readings (id), sha256 text, parts text, reader text,
  first_seen_at text, last_seen_at text, first_read_at text, last_read_at text, accepted integer,
  primary key (reading, sha256, parts)) strict, without rowid;
INSERT INTO "captures" VALUES('3ftucqogtffz','502b15ff243d47da59a183b8fe7b187a3b7afac9c8b135b44d9576dcc83581a6','[]','0.1.0','2023-06-01T02:00:40.000000Z','2023-12-18T02:01:30.000000Z','2023-06-01T02:00:40.000000Z','2023-12-18T02:01:30.000000Z',0);
INSERT INTO "captures" VALUES('f4hlpelor5m4','fd95fee58705ff13546d961d6f6f5ba096ba30ab5463fe5e22a90254590dd9f2','[]','0.1.0','2023-06-01T02:00:42.000000Z','2023-12-18T02:01:32.000000Z','2023-06-01T02:00:42.000000Z','2023-12-18T02:01:32.000000Z',0);
INSERT INTO "captures" VALUES('miysglgjbo3h','a65fa38cd62322629d0306dab32edbda94b280b736ad4daee6d2ed0eab77952b','[]','0.1.0','2023-06-01T02:00:36.000000Z','2023-12-18T02:01:26.000000Z','2023-06-01T02:00:36.000000Z','2023-12-18T02:01:26.000000Z',0);
INSERT INTO "captures" VALUES('psl5d2w2myq6','592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4','[]','0.1.0','2023-06-01T02:00:44.000000Z','2023-12-18T02:01:34.000000Z','2023-06-01T02:00:44.000000Z','2023-12-18T02:01:34.000000Z',0);
INSERT INTO "captures" VALUES('ukp3f2ve3djy','8f9aa02591c034be7604dd79cd687e5dc95eb943fc5c8de83d347fde162b2fbf','[]','0.1.0','2023-12-18T02:01:28.000000Z','2023-12-18T02:01:28.000000Z','2023-12-18T02:01:28.000000Z','2023-12-18T02:01:28.000000Z',0);
INSERT INTO "captures" VALUES('x5norw6opkjz','0aa6771a07f9840a49b103f1c7e848d5cd4a335c99d389020e96b57cd3bf5134','[]','0.1.0','2023-06-01T02:00:38.000000Z','2023-06-01T02:00:38.000000Z','2023-06-01T02:00:38.000000Z','2023-06-01T02:00:38.000000Z',0);
CREATE TABLE columns (
  table_name text, column_name text, heading text, type text, meaning text, example text,
  primary key (table_name, column_name)) strict, without rowid
;
INSERT INTO "columns" VALUES('bodies','','原文字节','table','The bytes of pages and files, each once, compressed. Evidence. docs/archive.md says how to unpack them.','');
INSERT INTO "columns" VALUES('bodies','codec','','text','How it is packed: plain, zlib or zstd; redacted where the bytes were removed on purpose.','zstd');
INSERT INTO "columns" VALUES('bodies','data','','bytes','The packed bytes.','');
INSERT INTO "columns" VALUES('bodies','dictionary','','whole number','For zstd, the dictionary it was packed with; see _dictionaries.','5239810475106372018');
INSERT INTO "columns" VALUES('bodies','sha256','摘要','SHA-256','SHA-256 of the bytes as fetched, Content-Encoding undone: their name.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('bodies','size','大小','bytes','How many bytes it is, unpacked.','35210');
INSERT INTO "columns" VALUES('captures','','快照','table','In which bytes a reading was found, and when. Evidence.','');
INSERT INTO "columns" VALUES('captures','accepted','','yes (1) or no (0)','Whether a person accepted it although it is much shorter than before.','0');
INSERT INTO "columns" VALUES('captures','first_read_at','','instant','When this was first read from them.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('captures','first_seen_at','首次','instant','When these bytes were first fetched.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('captures','last_read_at','','instant','When this was last read from them.','2024-06-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('captures','last_seen_at','最近','instant','When these bytes were last fetched.','2024-06-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('captures','parts','','list of SHA-256, JSON','The bytes of the further pages of the letter, in order.','[]');
INSERT INTO "columns" VALUES('captures','reader','','text','The version of replyarc that read it last; null where an imported table told it.','1.0.0');
INSERT INTO "columns" VALUES('captures','reading','','reading id','The reading; see readings.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('captures','sha256','摘要','SHA-256','The bytes of the page; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('columns','','字段说明','table','This table: what every table, view and column means.','');
INSERT INTO "columns" VALUES('columns','column_name','','text','The column; empty for the table itself.','index_number');
INSERT INTO "columns" VALUES('columns','example','','text','An invented value.','2023-06-04');
INSERT INTO "columns" VALUES('columns','heading','','text','The Chinese word for it (中文标题), empty where there is none.','索引号');
INSERT INTO "columns" VALUES('columns','meaning','','text','What it means, in one line.','The title as printed, on one line.');
INSERT INTO "columns" VALUES('columns','table_name','','text','The table or view.','replies');
INSERT INTO "columns" VALUES('columns','type','','text','What its values are.','day');
INSERT INTO "columns" VALUES('conflicts','','冲突','table','Index numbers that several different replies bear (索引号冲突): neither overwrites the other. Derived.','');
INSERT INTO "columns" VALUES('conflicts','index_number','索引号','text','The index number.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('conflicts','reply','编号','reply id','One of the replies that bear it.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('contents','','内容','table','All that was ever read, as canonical JSON, each once. Evidence.','');
INSERT INTO "columns" VALUES('contents','fields','','object, JSON','What was read: the columns of replies that say something, names in order.','{"title":"…"}');
INSERT INTO "columns" VALUES('contents','fingerprint','','fingerprint','SHA-256 of fields: its name. It keeps the name where fields was redacted.','5e884898da280471…');
INSERT INTO "columns" VALUES('crawls','','抓取','table','One row for each walk of a source. Evidence.','');
INSERT INTO "columns" VALUES('crawls','ended_at','结束','instant','When it ended; null where it was cut short.','2024-05-01T08:20:00.000000Z');
INSERT INTO "columns" VALUES('crawls','family','','text','The family by which its listing was read.','trs');
INSERT INTO "columns" VALUES('crawls','finished','','yes (1) or no (0)','Whether the listing was walked to its end, or to what was known already.','1');
INSERT INTO "columns" VALUES('crawls','id','','whole number','Number of the crawl.','17');
INSERT INTO "columns" VALUES('crawls','report','','object, JSON','The summary that was printed: counts, failures, labels left unread.','{"new":12}');
INSERT INTO "columns" VALUES('crawls','source','来源','source name','The source that was walked; see sources.','qingyuan');
INSERT INTO "columns" VALUES('crawls','started_at','开始','instant','When it began.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('entries','','列表条目','table','One row for each link of a listing, and what became of it. Evidence.','');
INSERT INTO "columns" VALUES('entries','asked_at','','instant','When it was last asked for.','2024-06-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('entries','attempts','','whole number','How often it was asked for in vain since it was last had.','0');
INSERT INTO "columns" VALUES('entries','document_number','发文字号','text','The document number as listed.','清民发〔2023〕118号');
INSERT INTO "columns" VALUES('entries','first_crawl','','whole number','The crawl that listed it first.','17');
INSERT INTO "columns" VALUES('entries','gone_at','消失','instant','Since when it is not there (404, 410); gone for good once confirmed on a later day.','');
INSERT INTO "columns" VALUES('entries','id','','whole number','Number of the entry.','981');
INSERT INTO "columns" VALUES('entries','index_number','索引号','text','The index number as listed.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('entries','listed_at','','instant','When it was last listed.','2024-06-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('entries','listed_on','日期','day','The day printed beside it.','2023-06-12');
INSERT INTO "columns" VALUES('entries','missed','','whole number','The crawl in which it was first found missing; see crawls.','');
INSERT INTO "columns" VALUES('entries','page','','address','The address under which its reply was filed; see readings.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('entries','problem','','text','Why it could not be had or read.','');
INSERT INTO "columns" VALUES('entries','source','来源','source name','The source whose listing it stands in; see sources.','qingyuan');
INSERT INTO "columns" VALUES('entries','state','状态','text','pending, archived, unread, failed, missing, gone or left out.','archived');
INSERT INTO "columns" VALUES('entries','title','标题','text','The title as listed.','关于市八届人大一次会议第198号建议的答复');
INSERT INTO "columns" VALUES('entries','told','','text','What a row that is left out was told to be: notice, other host …','notice');
INSERT INTO "columns" VALUES('entries','url','网址','address','The address it links to.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('fetches','','请求','table','One row for each request that was answered, or failed. Evidence.','');
INSERT INTO "columns" VALUES('fetches','crawl','','whole number','The crawl that asked; see crawls. Null for an import.','17');
INSERT INTO "columns" VALUES('fetches','fetched_at','','instant','When it was asked.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('fetches','final_url','','address','Where the answer came from, after redirects.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('fetches','form','','text, JSON','What was sent with a POST: fields, or JSON; null for a GET.','');
INSERT INTO "columns" VALUES('fetches','headers','','list of pairs, JSON','Headers of the answer, as sent, in order.','[["content-type","text/html"]]');
INSERT INTO "columns" VALUES('fetches','id','','whole number','Number of the fetch.','231');
INSERT INTO "columns" VALUES('fetches','ip','','text','The address on the network that answered.','192.0.2.7');
INSERT INTO "columns" VALUES('fetches','problem','','text','Why the bytes could not be had.','404 Not Found');
INSERT INTO "columns" VALUES('fetches','request_headers','','list of pairs, JSON','Headers that were sent with the request.','[["user-agent","replyarc/1"]]');
INSERT INTO "columns" VALUES('fetches','sha256','摘要','SHA-256','The bytes of the answer; see bodies. Null where none came or none were kept.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('fetches','status','','whole number','HTTP status of the answer; null where none came.','200');
INSERT INTO "columns" VALUES('fetches','tls','','text','Protocol and cipher of the line; unverified or legacy where it was weaker than usual; null for http.','TLSv1.3 TLS_AES_256_GCM_SHA384');
INSERT INTO "columns" VALUES('fetches','url','网址','address','What was asked for.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('files','','附件','view','One row for each file that a letter links to.','');
INSERT INTO "columns" VALUES('files','kind','','text','What the file is, by its bytes.','pdf');
INSERT INTO "columns" VALUES('files','letters','','whole number','Length of its text, in characters; the text itself is in texts.','640');
INSERT INTO "columns" VALUES('files','name','附件','text','The words of the link.','附件1');
INSERT INTO "columns" VALUES('files','pages','页数','whole number','How many pages it has.','2');
INSERT INTO "columns" VALUES('files','problem','','text','Why it is not held, or has no text.','404 Not Found');
INSERT INTO "columns" VALUES('files','reply','编号','reply id','The reply whose letter links to it.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('files','sha256','摘要','SHA-256','Its bytes as last fetched; see bodies. Null where they are not held.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('files','size','大小','bytes','How many bytes it has.','35210');
INSERT INTO "columns" VALUES('files','title','标题','text','The title of the reply.','关于市八届人大一次会议第198号建议的答复');
INSERT INTO "columns" VALUES('files','url','网址','address','The address of the file.','http://www.qingyuan.gov.test/1.pdf');
INSERT INTO "columns" VALUES('history','','历史版本','view','One row for each version of each reply.','');
INSERT INTO "columns" VALUES('history','fingerprint','','fingerprint','All that it said; see contents.','5e884898da280471…');
INSERT INTO "columns" VALUES('history','first_read_at','','instant','When it was first read.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('history','first_seen_at','首次','instant','When it was first fetched.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('history','letters','','whole number','Length of the letter, in characters.','1820');
INSERT INTO "columns" VALUES('history','number','版本','whole number','Number of the version, from 1.','2');
INSERT INTO "columns" VALUES('history','published_on','发布日期','day','Day of publication in this version.','2023-06-12');
INSERT INTO "columns" VALUES('history','reply','编号','reply id','The reply.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('history','sha256','摘要','SHA-256','The bytes that it was first read from; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('history','shown','','yes (1) or no (0)','Whether it is the one that replies shows.','1');
INSERT INTO "columns" VALUES('history','title','标题','text','The title in this version.','关于市八届人大一次会议第198号建议的答复');
INSERT INTO "columns" VALUES('listings','','列表','table','What each listing announced and held, in each crawl. Evidence.','');
INSERT INTO "columns" VALUES('listings','announced','公布条数','whole number','How many entries the site says there are.','230');
INSERT INTO "columns" VALUES('listings','columns','栏目','whole number','How many columns below it were walked.','0');
INSERT INTO "columns" VALUES('listings','crawl','','whole number','The crawl; see crawls.','17');
INSERT INTO "columns" VALUES('listings','family','','text','The family by which it was read.','trs');
INSERT INTO "columns" VALUES('listings','left_out','','object, JSON','How many rows were left out, by reason.','{"notice":3}');
INSERT INTO "columns" VALUES('listings','pages','页数','whole number','How many pages were walked.','12');
INSERT INTO "columns" VALUES('listings','rows','条数','whole number','How many entries it held.','230');
INSERT INTO "columns" VALUES('listings','to_end','','yes (1) or no (0)','Whether it was walked to its end.','1');
INSERT INTO "columns" VALUES('listings','url','网址','address','The first page of the listing.','http://www.qingyuan.gov.test/jytabl/');
INSERT INTO "columns" VALUES('listings','whole','','yes (1) or no (0)','Whether nothing was missing from it.','1');
INSERT INTO "columns" VALUES('proposals','','建议提案','view','One row for each suggestion or proposal that a reply answers: many-to-many, 主办 and 会办 letters alike.','');
INSERT INTO "columns" VALUES('proposals','answered_by','答复单位','text','Who answers.','清源市民政局');
INSERT INTO "columns" VALUES('proposals','assembly','会议','one of 人大 · 政协','Before which assembly it was brought.','人大');
INSERT INTO "columns" VALUES('proposals','assembly_name','会议名称','text','The assembly by name.','市人大');
INSERT INTO "columns" VALUES('proposals','day','日期','day','Day of publication, else of signature, else when it was first seen.','2023-06-12');
INSERT INTO "columns" VALUES('proposals','kind','类别','one of 建议 · 提案 · 议案','What is answered.','建议');
INSERT INTO "columns" VALUES('proposals','number','建议提案号','text','The number without the zeros before it; null where only the title is told.','79');
INSERT INTO "columns" VALUES('proposals','number_printed','建议提案号','text','The number as printed.','0079');
INSERT INTO "columns" VALUES('proposals','proposal_title','建议提案标题','text','The title, where the reply names as many titles as numbers.','关于加强社区养老服务的建议');
INSERT INTO "columns" VALUES('proposals','reply','编号','reply id','The reply.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('proposals','role','办理方式','one of 主办 · 会办 · 分办','Part of the answering body in handling it.','主办');
INSERT INTO "columns" VALUES('proposals','session','次会议','whole number','Session of the term.','1');
INSERT INTO "columns" VALUES('proposals','term','届','whole number','Term of the assembly.','8');
INSERT INTO "columns" VALUES('proposals','title','标题','text','The title of the reply.','关于市八届人大一次会议第79号建议的答复');
INSERT INTO "columns" VALUES('proposals','url','网址','address','Where the reply was seen last.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('readings','','读取','table','One row for each thing that one address was seen to say. Evidence: all of replies follows from it.','');
INSERT INTO "columns" VALUES('readings','fingerprint','','fingerprint','What it said; see contents.','5e884898da280471…');
INSERT INTO "columns" VALUES('readings','flags','标记','list of texts, JSON','What was odd about it.','[]');
INSERT INTO "columns" VALUES('readings','id','','reading id','Short name, from address and fingerprint; former ids of replies are found here.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('readings','index_number','索引号','text','The index number it shows.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('readings','keys','','list of texts, JSON','The keys by which readings are recognised as one reply.','["index:…"]');
INSERT INTO "columns" VALUES('readings','letters','','whole number','Length of the letter, in characters.','1820');
INSERT INTO "columns" VALUES('readings','notes','','object, JSON','Where on the page each value was read.','{"title":"h1"}');
INSERT INTO "columns" VALUES('readings','reply','编号','reply id','The reply that it belongs to. Derived.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('readings','says','','fingerprint','The same without what changes by itself (counters, stamps): readings alike here are one version.','5e884898da280471…');
INSERT INTO "columns" VALUES('readings','source','来源','source name','The source it was last filed under; see sources.','qingyuan');
INSERT INTO "columns" VALUES('readings','standing','','text','holds; superseded by a later reading of the same bytes; aside: much shorter than before, kept, never shown.','holds');
INSERT INTO "columns" VALUES('readings','told','','object, JSON','For a reading without bytes, from an imported table: what the table told besides.','');
INSERT INTO "columns" VALUES('readings','url','网址','address','The address.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('redactions','','删除记录','table','What was removed on purpose, and why; it stays removed. Evidence.','');
INSERT INTO "columns" VALUES('redactions','id','','text','Name of the redaction.','k3f7q2wz');
INSERT INTO "columns" VALUES('redactions','reason','原因','text','Why, as given.','应当事人要求');
INSERT INTO "columns" VALUES('redactions','redacted_at','','instant','When.','2024-07-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('redactions','removed','','object, JSON','What kinds of things were removed, and how many; never what they said.','{"bodies":2}');
INSERT INTO "columns" VALUES('redactions','reply','编号','reply id','The reply that was redacted.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('replies','','答复','table','One row for each reply (答复): what it says now. Derived from readings; lists are JSON.','');
INSERT INTO "columns" VALUES('replies','addressee_role','对象身份','one of 代表 · 委员 · 单位','As what the addressee is written to: 代表 deputy, 委员 member, 单位 unit.','代表');
INSERT INTO "columns" VALUES('replies','addressees','答复对象','list of texts, JSON','Names of the deputies, members or units written to (答复对象).','["林小满"]');
INSERT INTO "columns" VALUES('replies','answered_by','答复单位','text','Who answers: the signature, else the title''s first words, else publisher, else the source''s.','清源市民政局');
INSERT INTO "columns" VALUES('replies','assembly','会议','one of 人大 · 政协','Before which assembly it was brought: 人大 people''s congress, 政协 consultative conference.','人大');
INSERT INTO "columns" VALUES('replies','assembly_name','会议名称','text','The assembly by name, without term and session (会议名称).','市人大');
INSERT INTO "columns" VALUES('replies','attachments','附件','list of objects, JSON','Files linked from the letter (附件): name and address; see the view files for their bytes.','[{"name":"附件1","url":"http://www.qingyuan.gov.test/1.pdf"}]');
INSERT INTO "columns" VALUES('replies','changed_at','变更','instant','When the version that is its newest was first read.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('replies','contacts','联系人','list of objects, JSON','Persons named for questions (联系人), with telephone numbers.','[{"name":"周予安","phones":["0000-1234567"]}]');
INSERT INTO "columns" VALUES('replies','copied_to','抄送','list of texts, JSON','Bodies that got a copy (抄送).','["市人大常委会"]');
INSERT INTO "columns" VALUES('replies','document_number','发文字号','text','Document number (文号) in normal form, with 〔〕 around the year.','清民发〔2023〕118号');
INSERT INTO "columns" VALUES('replies','fingerprint','','fingerprint','Fingerprint of the content shown; see contents.','5e884898da280471…');
INSERT INTO "columns" VALUES('replies','first_seen_at','首次','instant','When it was fetched first, at any address.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('replies','flags','标记','list of texts, JSON','What is odd about it: index-conflict, no-index-number, decoding-loss, future-date …','["index-conflict"]');
INSERT INTO "columns" VALUES('replies','gone_at','消失','instant','When its page was found gone (404, 410, and again on a later day); null while it stands.','');
INSERT INTO "columns" VALUES('replies','id','编号','text','Short name of the reply, stable in this archive and after a merge.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('replies','index_number','索引号','text','Index number (索引号) in normal form: half width, no blanks, upper case.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('replies','keywords','主题词','list of texts, JSON','Keywords as printed (主题词).','["养老","助残"]');
INSERT INTO "columns" VALUES('replies','kind','类别','one of 建议 · 提案 · 议案','What is answered: 建议 a deputy''s suggestion, 提案 a member''s proposal, 议案 a motion.','建议');
INSERT INTO "columns" VALUES('replies','last_seen_at','最近','instant','When it was fetched last.','2024-06-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('replies','openness','公开属性','text','Openness as printed (公开属性).','主动公开');
INSERT INTO "columns" VALUES('replies','origin','信息来源','text','Where the page says that it comes from (来源, 文章来源).','清源市民政局');
INSERT INTO "columns" VALUES('replies','proposal_numbers','建议提案号','list of texts, JSON','Numbers of the suggestions or proposals answered, as printed: 0079 keeps its zeros.','["0079","198"]');
INSERT INTO "columns" VALUES('replies','proposal_titles','建议提案标题','list of texts, JSON','Titles of the suggestions or proposals answered, without 《》.','["关于加强社区养老服务的建议"]');
INSERT INTO "columns" VALUES('replies','published_on','发布日期','day','Day of publication by its label (发布日期), else the listing''s.','2023-06-12');
INSERT INTO "columns" VALUES('replies','publisher','发布机构','text','The publishing body as the page''s label says (发布机构); never guessed.','清源市民政局');
INSERT INTO "columns" VALUES('replies','responsible_unit','责任部门','text','The unit in charge as the page''s label says (责任部门).','养老服务科');
INSERT INTO "columns" VALUES('replies','result_class','办理类别','text','Class of the result (办理类别), A to D: A solved, B being solved, C later, D for reference, by the usual rule.','A');
INSERT INTO "columns" VALUES('replies','role','办理方式','one of 主办 · 会办 · 分办','Part of the answering body in handling it: 主办 lead, 会办 (协办) joint, 分办 separate.','主办');
INSERT INTO "columns" VALUES('replies','session','次会议','whole number','Session of the term: 一次会议 is 1.','1');
INSERT INTO "columns" VALUES('replies','sha256','摘要','text','SHA-256 of the bytes that this was read from; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('replies','signature','落款','text','The signature under the letter (落款).','清源市民政局');
INSERT INTO "columns" VALUES('replies','signed_on','落款日期','day','The day under the letter (落款日期).','2023-06-04');
INSERT INTO "columns" VALUES('replies','source','来源','text','The source (a configured column of a site) where it was seen last; see sources.','qingyuan');
INSERT INTO "columns" VALUES('replies','term','届','whole number','Term of the assembly: 八届 is 8.','8');
INSERT INTO "columns" VALUES('replies','text','正文','text','The letter (正文), from the salutation to its last line; paragraphs joined by a line feed.','林小满代表：…');
INSERT INTO "columns" VALUES('replies','title','标题','text','The title as printed, on one line.','关于市八届人大一次会议第198号建议的答复');
INSERT INTO "columns" VALUES('replies','topic','信息分类','text','Subject class as printed (信息分类, 主题分类).','民政');
INSERT INTO "columns" VALUES('replies','url','网址','text','The address where it was seen last.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('replies','validity','有效性','text','Validity as printed (有效性).','有效');
INSERT INTO "columns" VALUES('replies','version','版本','whole number','Number of the version shown, from 1; see history.','1');
INSERT INTO "columns" VALUES('replies','written_on','成文日期','day','Day of writing by its label (成文, 发文, 生成日期).','2023-06-04');
INSERT INTO "columns" VALUES('replies_flat','','答复（平表）','view','replies without JSON: lists joined by ''; '', instants to the second, as in a CSV with --profile raw.','');
INSERT INTO "columns" VALUES('replies_flat','addressee_role','对象身份','one of 代表 · 委员 · 单位','As what the addressee is written to: 代表 deputy, 委员 member, 单位 unit.','代表');
INSERT INTO "columns" VALUES('replies_flat','addressees','答复对象','texts joined by ''; ''','Names of the deputies, members or units written to (答复对象).','林小满');
INSERT INTO "columns" VALUES('replies_flat','answered_by','答复单位','text','Who answers: the signature, else the title''s first words, else publisher, else the source''s.','清源市民政局');
INSERT INTO "columns" VALUES('replies_flat','assembly','会议','one of 人大 · 政协','Before which assembly it was brought: 人大 people''s congress, 政协 consultative conference.','人大');
INSERT INTO "columns" VALUES('replies_flat','assembly_name','会议名称','text','The assembly by name, without term and session (会议名称).','市人大');
INSERT INTO "columns" VALUES('replies_flat','attachments','附件','list of objects, JSON','Files linked from the letter (附件): name and address; see the view files for their bytes.','[{"name":"附件1","url":"http://www.qingyuan.gov.test/1.pdf"}]');
INSERT INTO "columns" VALUES('replies_flat','changed_at','变更','instant, to the second','When the version that is its newest was first read.','2024-05-01T08:00:00Z');
INSERT INTO "columns" VALUES('replies_flat','contacts','联系人','list of objects, JSON','Persons named for questions (联系人), with telephone numbers.','[{"name":"周予安","phones":["0000-1234567"]}]');
INSERT INTO "columns" VALUES('replies_flat','copied_to','抄送','texts joined by ''; ''','Bodies that got a copy (抄送).','市人大常委会');
INSERT INTO "columns" VALUES('replies_flat','day','日期','day','Day of publication, else of signature, else when it was first seen.','2023-06-12');
INSERT INTO "columns" VALUES('replies_flat','document_number','发文字号','text','Document number (文号) in normal form, with 〔〕 around the year.','清民发〔2023〕118号');
INSERT INTO "columns" VALUES('replies_flat','first_seen_at','首次','instant, to the second','When it was fetched first, at any address.','2024-05-01T08:00:00Z');
INSERT INTO "columns" VALUES('replies_flat','flags','标记','texts joined by ''; ''','What is odd about it: index-conflict, no-index-number, decoding-loss, future-date …','index-conflict');
INSERT INTO "columns" VALUES('replies_flat','gone_at','消失','instant, to the second','When its page was found gone (404, 410, and again on a later day); null while it stands.','');
INSERT INTO "columns" VALUES('replies_flat','id','编号','text','Short name of the reply, stable in this archive and after a merge.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('replies_flat','index_number','索引号','text','Index number (索引号) in normal form: half width, no blanks, upper case.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('replies_flat','keywords','主题词','texts joined by ''; ''','Keywords as printed (主题词).','养老; 助残');
INSERT INTO "columns" VALUES('replies_flat','kind','类别','one of 建议 · 提案 · 议案','What is answered: 建议 a deputy''s suggestion, 提案 a member''s proposal, 议案 a motion.','建议');
INSERT INTO "columns" VALUES('replies_flat','last_seen_at','最近','instant, to the second','When it was fetched last.','2024-06-01T08:00:00Z');
INSERT INTO "columns" VALUES('replies_flat','openness','公开属性','text','Openness as printed (公开属性).','主动公开');
INSERT INTO "columns" VALUES('replies_flat','origin','信息来源','text','Where the page says that it comes from (来源, 文章来源).','清源市民政局');
INSERT INTO "columns" VALUES('replies_flat','proposal_numbers','建议提案号','texts joined by ''; ''','Numbers of the suggestions or proposals answered, as printed: 0079 keeps its zeros.','0079; 198');
INSERT INTO "columns" VALUES('replies_flat','proposal_titles','建议提案标题','texts joined by ''; ''','Titles of the suggestions or proposals answered, without 《》.','关于加强社区养老服务的建议');
INSERT INTO "columns" VALUES('replies_flat','published_on','发布日期','day','Day of publication by its label (发布日期), else the listing''s.','2023-06-12');
INSERT INTO "columns" VALUES('replies_flat','publisher','发布机构','text','The publishing body as the page''s label says (发布机构); never guessed.','清源市民政局');
INSERT INTO "columns" VALUES('replies_flat','responsible_unit','责任部门','text','The unit in charge as the page''s label says (责任部门).','养老服务科');
INSERT INTO "columns" VALUES('replies_flat','result_class','办理类别','text','Class of the result (办理类别), A to D: A solved, B being solved, C later, D for reference, by the usual rule.','A');
INSERT INTO "columns" VALUES('replies_flat','role','办理方式','one of 主办 · 会办 · 分办','Part of the answering body in handling it: 主办 lead, 会办 (协办) joint, 分办 separate.','主办');
INSERT INTO "columns" VALUES('replies_flat','session','次会议','whole number','Session of the term: 一次会议 is 1.','1');
INSERT INTO "columns" VALUES('replies_flat','sha256','摘要','text','SHA-256 of the bytes that this was read from; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('replies_flat','signature','落款','text','The signature under the letter (落款).','清源市民政局');
INSERT INTO "columns" VALUES('replies_flat','signed_on','落款日期','day','The day under the letter (落款日期).','2023-06-04');
INSERT INTO "columns" VALUES('replies_flat','source','来源','text','The source (a configured column of a site) where it was seen last; see sources.','qingyuan');
INSERT INTO "columns" VALUES('replies_flat','term','届','whole number','Term of the assembly: 八届 is 8.','8');
INSERT INTO "columns" VALUES('replies_flat','text','正文','text','The letter (正文), from the salutation to its last line; paragraphs joined by a line feed.','林小满代表：…');
INSERT INTO "columns" VALUES('replies_flat','title','标题','text','The title as printed, on one line.','关于市八届人大一次会议第198号建议的答复');
INSERT INTO "columns" VALUES('replies_flat','topic','信息分类','text','Subject class as printed (信息分类, 主题分类).','民政');
INSERT INTO "columns" VALUES('replies_flat','url','网址','text','The address where it was seen last.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('replies_flat','validity','有效性','text','Validity as printed (有效性).','有效');
INSERT INTO "columns" VALUES('replies_flat','version','版本','whole number','Number of the version shown, from 1; see history.','1');
INSERT INTO "columns" VALUES('replies_flat','written_on','成文日期','day','Day of writing by its label (成文, 发文, 生成日期).','2023-06-04');
INSERT INTO "columns" VALUES('replies_flat','year','年份','whole number','Year of that day.','2023');
INSERT INTO "columns" VALUES('sightings','','出处','table','One row for each address where a reply was seen. Derived from readings.','');
INSERT INTO "columns" VALUES('sightings','first_seen_at','首次','instant','When the reply was first fetched there.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('sightings','index_number','索引号','text','The index number that this address shows now.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('sightings','last_seen_at','最近','instant','When it was last fetched there.','2024-06-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('sightings','reply','编号','reply id','The reply; see replies.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('sightings','source','来源','source name','The source by whose listing it was found; see sources.','qingyuan');
INSERT INTO "columns" VALUES('sightings','url','网址','address','The address.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('sources','','来源','table','The configured columns of sites (栏目) whose listings are walked. Evidence.','');
INSERT INTO "columns" VALUES('sources','family','','text','The family of content management system by which its listing was read last.','trs');
INSERT INTO "columns" VALUES('sources','name','来源','source name','Its name in replyarc.toml.','qingyuan');
INSERT INTO "columns" VALUES('sources','publisher','发布机构','text','The body whose replies stand there, by the configuration.','清源市民政局');
INSERT INTO "columns" VALUES('sources','region','地区','text','Region code by GB/T 2260 (行政区划代码).','430600');
INSERT INTO "columns" VALUES('sources','urls','网址','list of addresses, JSON','Addresses of the listing pages.','["http://www.qingyuan.gov.test/jytabl/"]');
INSERT INTO "columns" VALUES('texts','','附件文字','table','What attached files say. Evidence.','');
INSERT INTO "columns" VALUES('texts','kind','','text','What the file is, by its bytes.','pdf');
INSERT INTO "columns" VALUES('texts','pages','页数','whole number','How many pages it has.','2');
INSERT INTO "columns" VALUES('texts','problem','','text','Why there is no text, or not all.','scanned');
INSERT INTO "columns" VALUES('texts','sha256','摘要','SHA-256','The bytes of the file; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('texts','text','正文','text','Its text.','一、办理情况…');
INSERT INTO "columns" VALUES('versions','','版本','table','One row for each thing that a reply was seen to say, oldest first. Derived from readings.','');
INSERT INTO "columns" VALUES('versions','fingerprint','','fingerprint','What it said; see contents.','5e884898da280471…');
INSERT INTO "columns" VALUES('versions','first_read_at','','instant','When it was first read: later than fetched where kept bytes were read again.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('versions','first_seen_at','首次','instant','When those bytes were first fetched.','2024-05-01T08:00:00.000000Z');
INSERT INTO "columns" VALUES('versions','number','版本','whole number','Number of the version, from 1.','2');
INSERT INTO "columns" VALUES('versions','reply','编号','reply id','The reply; see replies.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('versions','sha256','摘要','SHA-256','The bytes that it was first read from; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('答复','','答复','view','replies_flat with Chinese headings (中文表头).','');
INSERT INTO "columns" VALUES('答复','主题词','主题词','texts joined by ''; ''','Keywords as printed (主题词).','养老; 助残');
INSERT INTO "columns" VALUES('答复','会议','会议','one of 人大 · 政协','Before which assembly it was brought: 人大 people''s congress, 政协 consultative conference.','人大');
INSERT INTO "columns" VALUES('答复','会议名称','会议名称','text','The assembly by name, without term and session (会议名称).','市人大');
INSERT INTO "columns" VALUES('答复','信息分类','信息分类','text','Subject class as printed (信息分类, 主题分类).','民政');
INSERT INTO "columns" VALUES('答复','信息来源','信息来源','text','Where the page says that it comes from (来源, 文章来源).','清源市民政局');
INSERT INTO "columns" VALUES('答复','公开属性','公开属性','text','Openness as printed (公开属性).','主动公开');
INSERT INTO "columns" VALUES('答复','办理方式','办理方式','one of 主办 · 会办 · 分办','Part of the answering body in handling it: 主办 lead, 会办 (协办) joint, 分办 separate.','主办');
INSERT INTO "columns" VALUES('答复','办理类别','办理类别','text','Class of the result (办理类别), A to D: A solved, B being solved, C later, D for reference, by the usual rule.','A');
INSERT INTO "columns" VALUES('答复','发布日期','发布日期','day','Day of publication by its label (发布日期), else the listing''s.','2023-06-12');
INSERT INTO "columns" VALUES('答复','发布机构','发布机构','text','The publishing body as the page''s label says (发布机构); never guessed.','清源市民政局');
INSERT INTO "columns" VALUES('答复','发文字号','发文字号','text','Document number (文号) in normal form, with 〔〕 around the year.','清民发〔2023〕118号');
INSERT INTO "columns" VALUES('答复','变更','变更','instant, to the second','When the version that is its newest was first read.','2024-05-01T08:00:00Z');
INSERT INTO "columns" VALUES('答复','对象身份','对象身份','one of 代表 · 委员 · 单位','As what the addressee is written to: 代表 deputy, 委员 member, 单位 unit.','代表');
INSERT INTO "columns" VALUES('答复','届','届','whole number','Term of the assembly: 八届 is 8.','8');
INSERT INTO "columns" VALUES('答复','年份','年份','whole number','Year of that day.','2023');
INSERT INTO "columns" VALUES('答复','建议提案号','建议提案号','texts joined by ''; ''','Numbers of the suggestions or proposals answered, as printed: 0079 keeps its zeros.','0079; 198');
INSERT INTO "columns" VALUES('答复','建议提案标题','建议提案标题','texts joined by ''; ''','Titles of the suggestions or proposals answered, without 《》.','关于加强社区养老服务的建议');
INSERT INTO "columns" VALUES('答复','成文日期','成文日期','day','Day of writing by its label (成文, 发文, 生成日期).','2023-06-04');
INSERT INTO "columns" VALUES('答复','抄送','抄送','texts joined by ''; ''','Bodies that got a copy (抄送).','市人大常委会');
INSERT INTO "columns" VALUES('答复','摘要','摘要','text','SHA-256 of the bytes that this was read from; see bodies.','9f86d081884c7d65…');
INSERT INTO "columns" VALUES('答复','日期','日期','day','Day of publication, else of signature, else when it was first seen.','2023-06-12');
INSERT INTO "columns" VALUES('答复','最近','最近','instant, to the second','When it was fetched last.','2024-06-01T08:00:00Z');
INSERT INTO "columns" VALUES('答复','有效性','有效性','text','Validity as printed (有效性).','有效');
INSERT INTO "columns" VALUES('答复','来源','来源','text','The source (a configured column of a site) where it was seen last; see sources.','qingyuan');
INSERT INTO "columns" VALUES('答复','标记','标记','texts joined by ''; ''','What is odd about it: index-conflict, no-index-number, decoding-loss, future-date …','index-conflict');
INSERT INTO "columns" VALUES('答复','标题','标题','text','The title as printed, on one line.','关于市八届人大一次会议第198号建议的答复');
INSERT INTO "columns" VALUES('答复','次会议','次会议','whole number','Session of the term: 一次会议 is 1.','1');
INSERT INTO "columns" VALUES('答复','正文','正文','text','The letter (正文), from the salutation to its last line; paragraphs joined by a line feed.','林小满代表：…');
INSERT INTO "columns" VALUES('答复','消失','消失','instant, to the second','When its page was found gone (404, 410, and again on a later day); null while it stands.','');
INSERT INTO "columns" VALUES('答复','版本','版本','whole number','Number of the version shown, from 1; see history.','1');
INSERT INTO "columns" VALUES('答复','答复单位','答复单位','text','Who answers: the signature, else the title''s first words, else publisher, else the source''s.','清源市民政局');
INSERT INTO "columns" VALUES('答复','答复对象','答复对象','texts joined by ''; ''','Names of the deputies, members or units written to (答复对象).','林小满');
INSERT INTO "columns" VALUES('答复','类别','类别','one of 建议 · 提案 · 议案','What is answered: 建议 a deputy''s suggestion, 提案 a member''s proposal, 议案 a motion.','建议');
INSERT INTO "columns" VALUES('答复','索引号','索引号','text','Index number (索引号) in normal form: half width, no blanks, upper case.','01404053X/2023-00861');
INSERT INTO "columns" VALUES('答复','编号','编号','text','Short name of the reply, stable in this archive and after a merge.','mfzhq4xk2b7d');
INSERT INTO "columns" VALUES('答复','网址','网址','text','The address where it was seen last.','http://www.qingyuan.gov.test/jytabl/1.html');
INSERT INTO "columns" VALUES('答复','联系人','联系人','list of objects, JSON','Persons named for questions (联系人), with telephone numbers.','[{"name":"周予安","phones":["0000-1234567"]}]');
INSERT INTO "columns" VALUES('答复','落款','落款','text','The signature under the letter (落款).','清源市民政局');
INSERT INTO "columns" VALUES('答复','落款日期','落款日期','day','The day under the letter (落款日期).','2023-06-04');
INSERT INTO "columns" VALUES('答复','责任部门','责任部门','text','The unit in charge as the page''s label says (责任部门).','养老服务科');
INSERT INTO "columns" VALUES('答复','附件','附件','list of objects, JSON','Files linked from the letter (附件): name and address; see the view files for their bytes.','[{"name":"附件1","url":"http://www.qingyuan.gov.test/1.pdf"}]');
INSERT INTO "columns" VALUES('答复','首次','首次','instant, to the second','When it was fetched first, at any address.','2024-05-01T08:00:00Z');
CREATE TABLE conflicts (
  index_number text, reply text references replies (id), primary key (index_number, reply)
) strict, without rowid;
CREATE TABLE contents (fingerprint text primary key, fields text) strict;
INSERT INTO "contents" VALUES('cd3f23d0122611fbeae588da0e778612feb1c6a2e35fa950e74dd37c5c50f058','{"addressee_role":"代表","addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","assembly_name":"市人大","index_number":"990123006/2023-00005","kind":"建议","proposal_numbers":["005"],"proposal_titles":["关于加强养老服务的建议"],"published_on":"2023-05-17","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点5处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第005号建议的答复"}');
INSERT INTO "contents" VALUES('811d2b21c4428c725bc194f06fb0bd4812a0c18f8e7ae5fb1c4af6bf818ef4fb','{"addressee_role":"代表","addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","assembly_name":"市人大","index_number":"990123006/2023-00004","kind":"建议","proposal_numbers":["004"],"proposal_titles":["关于加强养老服务的建议"],"published_on":"2023-05-16","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点4处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第004号建议的答复"}');
INSERT INTO "contents" VALUES('b6869ad87f8d40c931e9ed7151d0ed9e0dd376f541f0b1eb1dcf53f89f400d32','{"addressee_role":"代表","addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","assembly_name":"市人大","index_number":"990123006/2023-00003","kind":"建议","proposal_numbers":["003"],"proposal_titles":["关于加强养老服务的建议"],"published_on":"2023-05-15","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点3处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第003号建议的答复"}');
INSERT INTO "contents" VALUES('45155b1911edd8ac7f8d6a1c0f6f1339fa33b7077f6fe497c6d5702a21ce00e4','{"addressee_role":"代表","addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","assembly_name":"市人大","index_number":"990123006/2023-00002","kind":"建议","proposal_numbers":["002"],"proposal_titles":["关于加强养老服务的建议"],"published_on":"2023-05-14","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强养老服务的建议》收悉。现答复如下：\n我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点2处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第002号建议的答复"}');
INSERT INTO "contents" VALUES('aeae06e86bbd9d8c1471066708e6a239f7ae9561537031cea75071fd752b17e5','{"addressee_role":"代表","assembly":"人大","assembly_name":"市人大","index_number":"990123006/2023-00001","kind":"建议","proposal_numbers":["001"],"published_on":"2023-05-13","session":2,"signed_on":"2023-05-10","term":8,"text":"〔已隐去〕","title":"〔已隐去〕"}');
INSERT INTO "contents" VALUES('f9e8c5165106594c333b74519017ab88ba247b137ff5042920d48147412d850a','{"addressee_role":"代表","addressees":["顾明远"],"answered_by":"清源市民政局","assembly":"人大","assembly_name":"市人大","index_number":"990123006/2023-00004","kind":"建议","proposal_numbers":["004"],"proposal_titles":["关于加强助残服务的建议"],"published_on":"2023-05-16","session":2,"signature":"清源市民政局","signed_on":"2023-05-10","term":8,"text":"顾明远代表：\n您提出的《关于加强助残服务的建议》收悉。现答复如下：\n我局高度重视助残服务，已制定实施方案并逐项落实，今年新建站点4处。\n清源市民政局\n2023年5月10日","title":"清源市民政局关于市八届人大二次会议第004号建议的答复"}');
CREATE TABLE crawls (
  id integer primary key, source text references sources (name), family text,
  started_at text, ended_at text, finished integer, report text) strict;
INSERT INTO "crawls" VALUES(1,'qingyuan','trs','2023-06-01T02:00:04.000000Z','2023-06-01T02:00:50.000000Z',1,'{"source":"qingyuan","family":"trs","finished":true,"pages":2,"announced":null,"listed":5,"archived":5,"waiting":0,"requests":0,"unread":0,"new":5,"changed":0,"same":0,"aside":0,"failed":0,"gone":0,"gone_for_good":0,"left_out":{},"listings":[{"url":"http://mz.qingyuan.gov.test/jytabl/index.html","family":"trs","pages":2,"columns":0,"announced":null,"rows":5,"left_out":{},"to_end":true,"whole":true}],"blocked":null,"findings":[],"problems":[],"unread_labels":{},"would_take":[]}');
INSERT INTO "crawls" VALUES(2,'qingyuan','trs','2023-12-18T02:00:54.000000Z','2023-12-18T02:01:38.000000Z',1,'{"source":"qingyuan","family":"trs","finished":true,"pages":2,"announced":null,"listed":5,"archived":5,"waiting":0,"requests":0,"unread":0,"new":0,"changed":1,"same":4,"aside":0,"failed":0,"gone":0,"gone_for_good":0,"left_out":{},"listings":[{"url":"http://mz.qingyuan.gov.test/jytabl/index.html","family":"trs","pages":2,"columns":0,"announced":null,"rows":5,"left_out":{},"to_end":true,"whole":true}],"blocked":null,"findings":[],"problems":[],"unread_labels":{},"would_take":[]}');
CREATE TABLE entries (
  id integer primary key, source text, url text, title text, listed_on text, first_crawl integer,
  listed_at text, state text, attempts integer, problem text, asked_at text, gone_at text,
  page text, index_number text, document_number text, told text, missed integer references crawls (id), unique (source, url)) strict;
INSERT INTO "entries" VALUES(1,'qingyuan','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html','清源市民政局关于市八届人大二次会议第005号建议的答复','2023-05-17',1,'2023-12-18T02:01:06.000000Z','archived',0,NULL,'2023-12-18T02:01:26.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html',NULL,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(2,'qingyuan','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','清源市民政局关于市八届人大二次会议第004号建议的答复','2023-05-16',1,'2023-12-18T02:01:06.000000Z','archived',0,NULL,'2023-12-18T02:01:28.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html',NULL,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(3,'qingyuan','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html','清源市民政局关于市八届人大二次会议第003号建议的答复','2023-05-15',1,'2023-12-18T02:01:06.000000Z','archived',0,NULL,'2023-12-18T02:01:30.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html',NULL,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(4,'qingyuan','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html','清源市民政局关于市八届人大二次会议第002号建议的答复','2023-05-14',1,'2023-12-18T02:01:10.000000Z','archived',0,NULL,'2023-12-18T02:01:32.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html',NULL,NULL,NULL,NULL);
INSERT INTO "entries" VALUES(5,'qingyuan','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','〔已隐去〕','2023-05-13',1,'2023-12-18T02:01:10.000000Z','left out',0,NULL,'2023-12-18T02:01:34.000000Z',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html',NULL,NULL,'redacted',NULL);
CREATE TABLE fetches (
  id integer primary key, url text, form text, final_url text, fetched_at text, status integer,
  headers text, sha256 text references bodies (sha256), problem text,
  crawl integer references crawls (id), request_headers text, tls text, ip text) strict;
INSERT INTO "fetches" VALUES(1,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-06-01T02:00:14.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(2,'http://mz.qingyuan.gov.test/jytabl/index_1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index_1.html','2023-06-01T02:00:18.000000Z',200,'[["content-type","text/html; charset=utf-8"],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743',NULL,1,NULL,NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(3,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-06-01T02:00:22.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(4,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-06-01T02:00:26.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(5,'http://mz.qingyuan.gov.test/jytabl/index_1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index_1.html','2023-06-01T02:00:30.000000Z',200,'[["content-type","text/html; charset=utf-8"],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743',NULL,1,NULL,NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(6,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-06-01T02:00:34.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(7,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html','2023-06-01T02:00:36.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','a65fa38cd62322629d0306dab32edbda94b280b736ad4daee6d2ed0eab77952b',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(8,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','2023-06-01T02:00:38.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','0aa6771a07f9840a49b103f1c7e848d5cd4a335c99d389020e96b57cd3bf5134',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(9,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html','2023-06-01T02:00:40.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','502b15ff243d47da59a183b8fe7b187a3b7afac9c8b135b44d9576dcc83581a6',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(10,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html','2023-06-01T02:00:42.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','fd95fee58705ff13546d961d6f6f5ba096ba30ab5463fe5e22a90254590dd9f2',NULL,1,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(11,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','2023-06-01T02:00:44.000000Z',200,'[["content-type","text/html; charset=utf-8"],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4',NULL,1,NULL,NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(12,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-12-18T02:01:04.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(13,'http://mz.qingyuan.gov.test/jytabl/index_1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index_1.html','2023-12-18T02:01:08.000000Z',200,'[["content-type","text/html; charset=utf-8"],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743',NULL,2,NULL,NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(14,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-12-18T02:01:12.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(15,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-12-18T02:01:16.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(16,'http://mz.qingyuan.gov.test/jytabl/index_1.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index_1.html','2023-12-18T02:01:20.000000Z',200,'[["content-type","text/html; charset=utf-8"],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743',NULL,2,NULL,NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(17,'http://mz.qingyuan.gov.test/jytabl/index.html',NULL,'http://mz.qingyuan.gov.test/jytabl/index.html','2023-12-18T02:01:24.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','c3fe1ddd2be298e23d11c728a774fe07e7dc240a270a7c261a2e43a5a1d34d3f',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(18,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html','2023-12-18T02:01:26.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','a65fa38cd62322629d0306dab32edbda94b280b736ad4daee6d2ed0eab77952b',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(19,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','2023-12-18T02:01:28.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','8f9aa02591c034be7604dd79cd687e5dc95eb943fc5c8de83d347fde162b2fbf',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(20,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html','2023-12-18T02:01:30.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','502b15ff243d47da59a183b8fe7b187a3b7afac9c8b135b44d9576dcc83581a6',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(21,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html','2023-12-18T02:01:32.000000Z',200,'[["content-type","text/html; charset=utf-8"],["etag","\"a\""],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','fd95fee58705ff13546d961d6f6f5ba096ba30ab5463fe5e22a90254590dd9f2',NULL,2,'[["user-agent","replyarc/0.1.0 (+mailto:a@example.org)"]]',NULL,'192.0.2.1');
INSERT INTO "fetches" VALUES(22,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html',NULL,'http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','2023-12-18T02:01:34.000000Z',200,'[["content-type","text/html; charset=utf-8"],["last-modified","Thu, 01 Jun 2023 01:00:00 GMT"]]','592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4',NULL,2,NULL,NULL,'192.0.2.1');
CREATE TABLE listings (
  crawl integer references crawls (id), url text, family text, pages integer, columns integer,
  announced integer, rows integer, left_out text, to_end integer, whole integer,
  primary key (crawl, url)
) strict, without rowid;
INSERT INTO "listings" VALUES(1,'http://mz.qingyuan.gov.test/jytabl/index.html','trs',2,0,NULL,5,'{}',1,1);
INSERT INTO "listings" VALUES(2,'http://mz.qingyuan.gov.test/jytabl/index.html','trs',2,0,NULL,5,'{}',1,1);
CREATE TABLE readings (
  id text primary key, url text, fingerprint text references contents (fingerprint),
  index_number text, source text, flags text, keys text, reply text, notes text, says text, letters integer, standing text, told text) strict;
INSERT INTO "readings" VALUES('miysglgjbo3h','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html','cd3f23d0122611fbeae588da0e778612feb1c6a2e35fa950e74dd37c5c50f058','990123006/2023-00005','qingyuan','[]','["index:zxbwpsojsb3y7zle","url:epz5ziamxnr2kapx:bb7kppvogml5enxb","url:epz5ziamxnr2kapx:bsu5tzhwr3vrf4fw","url:epz5ziamxnr2kapx:pvrztmomcwvlmbcw","url:epz5ziamxnr2kapx:yd37ytcnl74lh4s4","url:epz5ziamxnr2kapx:zccswib5bd3egcwk"]','miysglgjbo3h','{"evidence":{"index_number":{"rule":"box","place":"table","label":"索引号","printed":"990123006/2023-00005"},"published_on":{"rule":"box","place":"table","label":"发布日期","printed":"2023-05-17"},"kind":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"},"assembly":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"},"assembly_name":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"},"term":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"},"session":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"},"proposal_numbers":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"},"answered_by":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"text":{"rule":"letter","place":"div.TRS_Editor","label":null,"printed":"顾明远代表："},"addressees":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"addressee_role":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"signature":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"signed_on":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"proposal_titles":{"rule":"opening","place":"letter, first sentence","label":null,"printed":"您提出的《关于加强养老服务的建议》收悉。现答复如下："},"title":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第005号建议的答复"}},"others":{},"letter":{"element":"div.TRS_Editor","lines":5},"unread":[]}','39b0a5f6b0083cee317a910e8b64171d27ba673bda5f34b642f41fc17506992c',85,'holds',NULL);
INSERT INTO "readings" VALUES('x5norw6opkjz','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','811d2b21c4428c725bc194f06fb0bd4812a0c18f8e7ae5fb1c4af6bf818ef4fb','990123006/2023-00004','qingyuan','[]','["index:ptry4kvqakuerksc","url:kmm6gb2gspywshpm:bsu5tzhwr3vrf4fw","url:kmm6gb2gspywshpm:cirkkp6ezruv3qzs","url:kmm6gb2gspywshpm:jjjo2ztyvuiu7tz5","url:kmm6gb2gspywshpm:kz4mgmcdcgacwl75","url:kmm6gb2gspywshpm:xpjkpkpwxidkxj5h"]','x5norw6opkjz','{"evidence":{"index_number":{"rule":"box","place":"table","label":"索引号","printed":"990123006/2023-00004"},"published_on":{"rule":"box","place":"table","label":"发布日期","printed":"2023-05-16"},"kind":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"assembly":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"assembly_name":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"term":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"session":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"proposal_numbers":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"answered_by":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"text":{"rule":"letter","place":"div.TRS_Editor","label":null,"printed":"顾明远代表："},"addressees":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"addressee_role":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"signature":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"signed_on":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"proposal_titles":{"rule":"opening","place":"letter, first sentence","label":null,"printed":"您提出的《关于加强养老服务的建议》收悉。现答复如下："},"title":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"}},"others":{},"letter":{"element":"div.TRS_Editor","lines":5},"unread":[]}','3b02763bf0fce6b64cbc71aaaf8b43e2482ab6321eb22e2f1c3cbf062c29d045',85,'holds',NULL);
INSERT INTO "readings" VALUES('3ftucqogtffz','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html','b6869ad87f8d40c931e9ed7151d0ed9e0dd376f541f0b1eb1dcf53f89f400d32','990123006/2023-00003','qingyuan','[]','["index:fcvf3p5u7lnpfhvg","url:midkn6a3h7bpnqhw:36mu6wmzc2imtiiv","url:midkn6a3h7bpnqhw:4bye7inwuoxpqjru","url:midkn6a3h7bpnqhw:anlf5pwr5lezcw34","url:midkn6a3h7bpnqhw:bsu5tzhwr3vrf4fw","url:midkn6a3h7bpnqhw:q6ctyyl6obj4taxa"]','3ftucqogtffz','{"evidence":{"index_number":{"rule":"box","place":"table","label":"索引号","printed":"990123006/2023-00003"},"published_on":{"rule":"box","place":"table","label":"发布日期","printed":"2023-05-15"},"kind":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"},"assembly":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"},"assembly_name":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"},"term":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"},"session":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"},"proposal_numbers":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"},"answered_by":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"text":{"rule":"letter","place":"div.TRS_Editor","label":null,"printed":"顾明远代表："},"addressees":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"addressee_role":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"signature":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"signed_on":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"proposal_titles":{"rule":"opening","place":"letter, first sentence","label":null,"printed":"您提出的《关于加强养老服务的建议》收悉。现答复如下："},"title":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第003号建议的答复"}},"others":{},"letter":{"element":"div.TRS_Editor","lines":5},"unread":[]}','e5d344d062744a513f2e4da0a9c8b22c19cceb956143fea64fcf4e85908a5b6a',85,'holds',NULL);
INSERT INTO "readings" VALUES('f4hlpelor5m4','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html','45155b1911edd8ac7f8d6a1c0f6f1339fa33b7077f6fe497c6d5702a21ce00e4','990123006/2023-00002','qingyuan','[]','["index:pqictclaro3kcvcw","url:7wlc4jfynojbvwe4:2d4tkpzmgzpsmjga","url:7wlc4jfynojbvwe4:2ed4ogzxdfel3pps","url:7wlc4jfynojbvwe4:3ypuhojbrfao7ke2","url:7wlc4jfynojbvwe4:bsu5tzhwr3vrf4fw","url:7wlc4jfynojbvwe4:u3k7kkhfpfnsyxqo"]','f4hlpelor5m4','{"evidence":{"index_number":{"rule":"box","place":"table","label":"索引号","printed":"990123006/2023-00002"},"published_on":{"rule":"box","place":"table","label":"发布日期","printed":"2023-05-14"},"kind":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"},"assembly":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"},"assembly_name":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"},"term":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"},"session":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"},"proposal_numbers":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"},"answered_by":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"text":{"rule":"letter","place":"div.TRS_Editor","label":null,"printed":"顾明远代表："},"addressees":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"addressee_role":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"signature":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"signed_on":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"proposal_titles":{"rule":"opening","place":"letter, first sentence","label":null,"printed":"您提出的《关于加强养老服务的建议》收悉。现答复如下："},"title":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第002号建议的答复"}},"others":{},"letter":{"element":"div.TRS_Editor","lines":5},"unread":[]}','73c84fdc9ff3f620c08726f1ad52aea9288c3c0c437705dcd9b73b0285a8d393',85,'holds',NULL);
INSERT INTO "readings" VALUES('psl5d2w2myq6','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','aeae06e86bbd9d8c1471066708e6a239f7ae9561537031cea75071fd752b17e5','990123006/2023-00001','qingyuan','["redacted"]','["index:d3sbec5zs5lnarz2","url:d43kge6qskoh3hds:4gvm7lc2ua4qn2kc","url:d43kge6qskoh3hds:bsu5tzhwr3vrf4fw","url:d43kge6qskoh3hds:g47242yajbayjhkt","url:d43kge6qskoh3hds:usttbbrftceyqjbw","url:d43kge6qskoh3hds:z3o3bxjb3b3km5gj"]','psl5d2w2myq6','{"evidence":{},"others":{},"letter":{},"unread":[]}','091af6a47ef19010d643e0f38c6ccfcfd76fb64e59f74b5ab9ae93252cbb8c12',85,'holds',NULL);
INSERT INTO "readings" VALUES('ukp3f2ve3djy','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','f9e8c5165106594c333b74519017ab88ba247b137ff5042920d48147412d850a','990123006/2023-00004','qingyuan','[]','["index:ptry4kvqakuerksc","url:kmm6gb2gspywshpm:42muzt3ffohw5ev5","url:kmm6gb2gspywshpm:6abzv5ukrizj7vqo","url:kmm6gb2gspywshpm:jjjo2ztyvuiu7tz5","url:kmm6gb2gspywshpm:kz4mgmcdcgacwl75","url:kmm6gb2gspywshpm:xpjkpkpwxidkxj5h"]','x5norw6opkjz','{"evidence":{"index_number":{"rule":"box","place":"table","label":"索引号","printed":"990123006/2023-00004"},"published_on":{"rule":"box","place":"table","label":"发布日期","printed":"2023-05-16"},"kind":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"assembly":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"assembly_name":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"term":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"session":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"proposal_numbers":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"},"answered_by":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"text":{"rule":"letter","place":"div.TRS_Editor","label":null,"printed":"顾明远代表："},"addressees":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"addressee_role":{"rule":"salutation","place":"letter","label":null,"printed":"顾明远代表："},"signature":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"signed_on":{"rule":"signature","place":"letter","label":null,"printed":"清源市民政局 2023年5月10日"},"proposal_titles":{"rule":"opening","place":"letter, first sentence","label":null,"printed":"您提出的《关于加强助残服务的建议》收悉。现答复如下："},"title":{"rule":"title","place":"heading","label":null,"printed":"清源市民政局关于市八届人大二次会议第004号建议的答复"}},"others":{},"letter":{"element":"div.TRS_Editor","lines":5},"unread":[]}','736c01b80f7ddbbbb8ad655b592f583b93dd28146c0d9406e28200805265e8f2',85,'holds',NULL);
CREATE TABLE redactions (
  id text primary key, reply text, reason text, redacted_at text, removed text) strict;
INSERT INTO "redactions" VALUES('aaf76d62da34','psl5d2w2myq6','asked for by whom it names','2024-07-05T02:01:40.000000Z','{"whole":true,"readings":1,"addresses":1,"data":{},"bodies":["592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4","9837047c5ab2321089d2c8a4dd58cc75b9b8c2c8078290139ee7cf12c2d27743"],"bytes":1258}');
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
, fingerprint text references contents (fingerprint)) STRICT;
INSERT INTO "replies" VALUES('miysglgjbo3h','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html','qingyuan','清源市民政局关于市八届人大二次会议第005号建议的答复','990123006/2023-00005',NULL,NULL,NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-17','建议','人大','市人大',8,2,'["005"]','["关于加强养老服务的建议"]','["顾明远"]','代表',NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点5处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-06-01T02:00:36.000000Z','2023-12-18T02:01:26.000000Z','2023-06-01T02:00:36.000000Z',NULL,1,'a65fa38cd62322629d0306dab32edbda94b280b736ad4daee6d2ed0eab77952b','[]','cd3f23d0122611fbeae588da0e778612feb1c6a2e35fa950e74dd37c5c50f058');
INSERT INTO "replies" VALUES('x5norw6opkjz','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','qingyuan','清源市民政局关于市八届人大二次会议第004号建议的答复','990123006/2023-00004',NULL,NULL,NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-16','建议','人大','市人大',8,2,'["004"]','["关于加强助残服务的建议"]','["顾明远"]','代表',NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强助残服务的建议》收悉。现答复如下：
我局高度重视助残服务，已制定实施方案并逐项落实，今年新建站点4处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-06-01T02:00:38.000000Z','2023-12-18T02:01:28.000000Z','2023-12-18T02:01:28.000000Z',NULL,2,'8f9aa02591c034be7604dd79cd687e5dc95eb943fc5c8de83d347fde162b2fbf','[]','f9e8c5165106594c333b74519017ab88ba247b137ff5042920d48147412d850a');
INSERT INTO "replies" VALUES('3ftucqogtffz','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html','qingyuan','清源市民政局关于市八届人大二次会议第003号建议的答复','990123006/2023-00003',NULL,NULL,NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-15','建议','人大','市人大',8,2,'["003"]','["关于加强养老服务的建议"]','["顾明远"]','代表',NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点3处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-06-01T02:00:40.000000Z','2023-12-18T02:01:30.000000Z','2023-06-01T02:00:40.000000Z',NULL,1,'502b15ff243d47da59a183b8fe7b187a3b7afac9c8b135b44d9576dcc83581a6','[]','b6869ad87f8d40c931e9ed7151d0ed9e0dd376f541f0b1eb1dcf53f89f400d32');
INSERT INTO "replies" VALUES('f4hlpelor5m4','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html','qingyuan','清源市民政局关于市八届人大二次会议第002号建议的答复','990123006/2023-00002',NULL,NULL,NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-14','建议','人大','市人大',8,2,'["002"]','["关于加强养老服务的建议"]','["顾明远"]','代表',NULL,NULL,NULL,'清源市民政局','顾明远代表：
您提出的《关于加强养老服务的建议》收悉。现答复如下：
我局高度重视养老服务，已制定实施方案并逐项落实，今年新建站点2处。
清源市民政局
2023年5月10日','清源市民政局','2023-05-10','[]','[]','[]','2023-06-01T02:00:42.000000Z','2023-12-18T02:01:32.000000Z','2023-06-01T02:00:42.000000Z',NULL,1,'fd95fee58705ff13546d961d6f6f5ba096ba30ab5463fe5e22a90254590dd9f2','[]','45155b1911edd8ac7f8d6a1c0f6f1339fa33b7077f6fe497c6d5702a21ce00e4');
INSERT INTO "replies" VALUES('psl5d2w2myq6','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','qingyuan','〔已隐去〕','990123006/2023-00001',NULL,NULL,NULL,NULL,NULL,'[]',NULL,NULL,'2023-05-13','建议','人大','市人大',8,2,'["001"]','[]','[]','代表',NULL,NULL,NULL,NULL,'〔已隐去〕',NULL,'2023-05-10','[]','[]','[]','2023-06-01T02:00:44.000000Z','2023-12-18T02:01:34.000000Z','2023-06-01T02:00:44.000000Z',NULL,1,'592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4','["redacted"]','aeae06e86bbd9d8c1471066708e6a239f7ae9561537031cea75071fd752b17e5');
CREATE TABLE sightings (
  reply text references replies (id), url text, source text, index_number text,
  first_seen_at text, last_seen_at text, primary key (reply, url)) strict, without rowid;
INSERT INTO "sightings" VALUES('3ftucqogtffz','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00003.html','qingyuan','990123006/2023-00003','2023-06-01T02:00:40.000000Z','2023-12-18T02:01:30.000000Z');
INSERT INTO "sightings" VALUES('f4hlpelor5m4','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00002.html','qingyuan','990123006/2023-00002','2023-06-01T02:00:42.000000Z','2023-12-18T02:01:32.000000Z');
INSERT INTO "sightings" VALUES('miysglgjbo3h','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00005.html','qingyuan','990123006/2023-00005','2023-06-01T02:00:36.000000Z','2023-12-18T02:01:26.000000Z');
INSERT INTO "sightings" VALUES('psl5d2w2myq6','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00001.html','qingyuan','990123006/2023-00001','2023-06-01T02:00:44.000000Z','2023-12-18T02:01:34.000000Z');
INSERT INTO "sightings" VALUES('x5norw6opkjz','http://mz.qingyuan.gov.test/jytabl/202305/t20230517_00004.html','qingyuan','990123006/2023-00004','2023-06-01T02:00:38.000000Z','2023-12-18T02:01:28.000000Z');
CREATE TABLE sources (
  name text primary key, publisher text, region text, family text, urls text) strict;
INSERT INTO "sources" VALUES('qingyuan','清源市民政局',NULL,'trs','["http://mz.qingyuan.gov.test/jytabl/index.html"]');
CREATE TABLE texts (
  sha256 text primary key references bodies (sha256), kind text, text text, pages integer,
  problem text) strict;
CREATE TABLE versions (
  reply text references replies (id), number integer,
  fingerprint text references contents (fingerprint), sha256 text, first_seen_at text,
  first_read_at text, primary key (reply, number)) strict, without rowid;
INSERT INTO "versions" VALUES('3ftucqogtffz',1,'b6869ad87f8d40c931e9ed7151d0ed9e0dd376f541f0b1eb1dcf53f89f400d32','502b15ff243d47da59a183b8fe7b187a3b7afac9c8b135b44d9576dcc83581a6','2023-06-01T02:00:40.000000Z','2023-06-01T02:00:40.000000Z');
INSERT INTO "versions" VALUES('f4hlpelor5m4',1,'45155b1911edd8ac7f8d6a1c0f6f1339fa33b7077f6fe497c6d5702a21ce00e4','fd95fee58705ff13546d961d6f6f5ba096ba30ab5463fe5e22a90254590dd9f2','2023-06-01T02:00:42.000000Z','2023-06-01T02:00:42.000000Z');
INSERT INTO "versions" VALUES('miysglgjbo3h',1,'cd3f23d0122611fbeae588da0e778612feb1c6a2e35fa950e74dd37c5c50f058','a65fa38cd62322629d0306dab32edbda94b280b736ad4daee6d2ed0eab77952b','2023-06-01T02:00:36.000000Z','2023-06-01T02:00:36.000000Z');
INSERT INTO "versions" VALUES('psl5d2w2myq6',1,'aeae06e86bbd9d8c1471066708e6a239f7ae9561537031cea75071fd752b17e5','592ca5bc289246db02fbcec3c2d12e0c1d0c96b9edeb0bd7bb501f75090100d4','2023-06-01T02:00:44.000000Z','2023-06-01T02:00:44.000000Z');
INSERT INTO "versions" VALUES('x5norw6opkjz',1,'811d2b21c4428c725bc194f06fb0bd4812a0c18f8e7ae5fb1c4af6bf818ef4fb','0aa6771a07f9840a49b103f1c7e848d5cd4a335c99d389020e96b57cd3bf5134','2023-06-01T02:00:38.000000Z','2023-06-01T02:00:38.000000Z');
INSERT INTO "versions" VALUES('x5norw6opkjz',2,'f9e8c5165106594c333b74519017ab88ba247b137ff5042920d48147412d850a','8f9aa02591c034be7604dd79cd687e5dc95eb943fc5c8de83d347fde162b2fbf','2023-12-18T02:01:28.000000Z','2023-12-18T02:01:28.000000Z');
CREATE VIRTUAL TABLE _search using fts5 (
  tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
DELETE FROM "_search_config";
INSERT INTO "_search_config" VALUES('hashsize',32000000);
INSERT INTO "_search_config" VALUES('version',4);
DELETE FROM "_search_data";
INSERT INTO "_search_data" VALUES(1,X'04835F');
INSERT INTO "_search_data" VALUES(10,X'0000000102010300000001020101');
INSERT INTO "_search_data" VALUES(274877906945,X'0000050D0330303001010102020132010101020201330102013405020135030203E697A50101010201023130010101020102323001010102020133010101020203E58FB7020302A48402010433E58FB7010302A484010302B9B401010102010434E58FB7050302A48405010435E58FB7030302A484030203E69C88010101020104C28030300101010204013202040133010401340504013503030432E58FB702030433E58FB701030434E58FB705030435E58FB7030306E4BA8CE6ACA10101010205048EE5B882010101020504BAE5A4A7010101020405BC9AE8AEAE010101020306E585ABE5B18A010101020504B3E4BA8E0101010204058FB7E5BBBA010101020402A48D010101020504A7E4BA8C010101020405B180E585B30101010205048AE4BABA010101020405B882E585AB010101020603E6B091010101020405BBBAE8AEAE010101020306E694BFE5B180010101020405ACA1E4BC9A010101020405B091E694BF010101020405B885E6BA90010101020405BA90E5B882010101020306E79A84E7AD94010101020403ACAC30010101020405AD94E5A48D010101020306E8AEAEE79A84010101020702ACAC010101020103E38082010101020403E78EB00101010203048AE585B30101010203048BE694B6010101020103E4B88B010101020205BA8CE6ACA10101010203048EE58AA0010101020502B882010101020304BAE5A4A7010101020205BB8AE5B9B4010101020304A3E8A1A8010101020205BC9AE8AEAE010101020106E585ABE5B18A010101020304B3E4BA8E010101020304BBE88081010101020587BAE79A8401010102020588B6E5AE9A0101010202058AA0E5BCBA010101020301A1010101020403E79A84010101020304A9E6AE8B0502058FB7E5BBBA010101020205A484E380820101010203018D010101020403E5A682010101020304A7E4BA8C010101020205A682E4B88B010101020205AE9AE5AE9E0101010203019E010101020403E696BD010101020202B180010101020403E585B3010101020403E9AB980101010203048AE4BABA010101020205B7B2E588B6010101020205B882E585AB010101020403E6B091010101020203B9B435010101020403E696B0010101020304B6E98090010101020205BAA6E9878D010101020205BBBAE7AB99010101020403E8AEAE010101020205BCBAE585BB01010105028AA9050106E68289E38082010101020304A8E68F900101010202058891E5B1800101010202058F90E587BA01010102020594B6E68289010101020304BFE5B18001010102020596B0E5BBBA010101020304B9E6A188010101020304BDE696B901010102020297A5010101020205988EE8BF9C0101010202039C88310101010203048DE58AA1010101020205A188E5B9B6010101020205ACA1E4BC9A010101020205AE8BE69C8D050205B091E694BF010101020205B885E6BA90010101020205BA90E5B882010101020104E782B9320204013301040134050401350302058EB0E7AD940101010202059A84E3808A010101020403E5BBBA010101020403E7AD94010101020205AB99E782B9010101020203ACAC30010101020205AD94E5A48D010101020106E88081E69C8D010101020590BDE5AE9E010101020202A1A8010101020205A786E585BB01010105028AA9050205AEAEE3808B010101020403E79A84010101020502ACAC010101020205BF9CE4BBA3010101020106E98090E9A1B9010101020205878DE8A786010101020205A1B9E890BD010101020304BEE6988E010101020205AB98E5BAA60101010204080704040409080807060507050807050705090A04040404070707070C0A0A0B0C0A0B080A0B0A0B090B0C0B0B0B0B0C090B0C0809090A0A090B0A080A0B0A0B0C0A090B0B0B0709070B0B07090A0B0B07090809090A0B0B0909090A0B0B090A050C0A0B0B0B0A0B0A0A080B090A0B0B080B0B0B070404040B0B09090B090B0B0B080A050B09080B0C0B0B0A');
DELETE FROM "_search_idx";
INSERT INTO "_search_idx" VALUES(2,X'',2);
CREATE INDEX bodies_dictionary on bodies (dictionary) where dictionary is not null;
CREATE INDEX captures_body on captures (sha256);
CREATE INDEX conflicts_reply on conflicts (reply);
CREATE INDEX dictionaries_site on _dictionaries (site, made_at);
CREATE INDEX entries_page on entries (page) where page is not null;
CREATE INDEX entries_state on entries (source, state, asked_at);
CREATE INDEX fetches_url on fetches (url, fetched_at);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX listings_url on listings (url, crawl);
CREATE INDEX readings_number on readings (index_number) where index_number is not null;
CREATE INDEX readings_reply on readings (reply);
CREATE INDEX readings_url on readings (url);
CREATE INDEX replies_key on replies (title, document_number, proposal_numbers, index_number, id);
CREATE INDEX replies_newest on replies (coalesce(published_on, signed_on, substr(first_seen_at, 1, 10)) desc, id);
CREATE INDEX sightings_index_number on sightings (index_number);
CREATE INDEX sightings_source on sightings (source, reply);
CREATE INDEX crawls_source on crawls (source, finished);
CREATE INDEX crawls_new on crawls (source) where iif(json_valid(report), report ->> '$.new', 0) > 0;
CREATE TRIGGER _unindexed_changed after update on replies
when old.fingerprint is not new.fingerprint or coalesce(old.published_on, old.signed_on, substr(old.first_seen_at, 1, 10)) <> coalesce(new.published_on, new.signed_on, substr(new.first_seen_at, 1, 10)) begin
  insert into _unindexed values (new.id) on conflict do nothing; end;
CREATE TRIGGER _unindexed_gone after delete on replies begin
  insert into _unindexed values (old.id) on conflict do nothing; end;
CREATE TRIGGER _unindexed_new after insert on replies begin
  insert into _unindexed values (new.id) on conflict do nothing; end;
CREATE VIEW replies_flat as
select id as id,
  url as url,
  source as source,
  title as title,
  index_number as index_number,
  document_number as document_number,
  publisher as publisher,
  responsible_unit as responsible_unit,
  origin as origin,
  topic as topic,
  (select group_concat(value, '; ') from json_each(replies.keywords)) as keywords,
  validity as validity,
  written_on as written_on,
  published_on as published_on,
  kind as kind,
  assembly as assembly,
  assembly_name as assembly_name,
  term as term,
  session as session,
  (select group_concat(value, '; ') from json_each(replies.proposal_numbers)) as proposal_numbers,
  (select group_concat(value, '; ') from json_each(replies.proposal_titles)) as proposal_titles,
  (select group_concat(value, '; ') from json_each(replies.addressees)) as addressees,
  addressee_role as addressee_role,
  role as role,
  result_class as result_class,
  openness as openness,
  answered_by as answered_by,
  text as text,
  signature as signature,
  signed_on as signed_on,
  nullif(contacts, '[]') as contacts,
  (select group_concat(value, '; ') from json_each(replies.copied_to)) as copied_to,
  nullif(attachments, '[]') as attachments,
  substr(first_seen_at, 1, 19) || 'Z' as first_seen_at,
  substr(last_seen_at, 1, 19) || 'Z' as last_seen_at,
  substr(changed_at, 1, 19) || 'Z' as changed_at,
  substr(gone_at, 1, 19) || 'Z' as gone_at,
  version as version,
  sha256 as sha256,
  (select group_concat(value, '; ') from json_each(replies.flags)) as flags,
  coalesce(published_on, signed_on, substr(first_seen_at, 1, 10)) as day, cast(substr(coalesce(published_on, signed_on, substr(first_seen_at, 1, 10)), 1, 4) as integer) as year
from replies;
CREATE VIEW "答复" as
select id as "编号",
  url as "网址",
  source as "来源",
  title as "标题",
  index_number as "索引号",
  document_number as "发文字号",
  publisher as "发布机构",
  responsible_unit as "责任部门",
  origin as "信息来源",
  topic as "信息分类",
  keywords as "主题词",
  validity as "有效性",
  written_on as "成文日期",
  published_on as "发布日期",
  kind as "类别",
  assembly as "会议",
  assembly_name as "会议名称",
  term as "届",
  session as "次会议",
  proposal_numbers as "建议提案号",
  proposal_titles as "建议提案标题",
  addressees as "答复对象",
  addressee_role as "对象身份",
  role as "办理方式",
  result_class as "办理类别",
  openness as "公开属性",
  answered_by as "答复单位",
  text as "正文",
  signature as "落款",
  signed_on as "落款日期",
  contacts as "联系人",
  copied_to as "抄送",
  attachments as "附件",
  first_seen_at as "首次",
  last_seen_at as "最近",
  changed_at as "变更",
  gone_at as "消失",
  version as "版本",
  sha256 as "摘要",
  flags as "标记",
  day as "日期",
  year as "年份"
from replies_flat;
CREATE VIEW proposals as
select replies.id as reply, kind, assembly, assembly_name, term, session,
  case when numbered then coalesce(nullif(ltrim(upper(value), '0'), ''), '0') end as number,
  case when numbered then value end as number_printed,
  case when not numbered or as_many then json_extract(proposal_titles, '$[' || key || ']') end
    as proposal_title,
  role, answered_by, title, coalesce(published_on, signed_on, substr(first_seen_at, 1, 10)) as day, url
from (
  select *, proposal_numbers <> '[]' as numbered,
    json_array_length(proposal_numbers) = json_array_length(proposal_titles) as as_many
  from replies
) as replies, json_each(case when numbered then proposal_numbers else proposal_titles end) as each;
CREATE VIEW history as
select versions.reply, versions.number, versions.number = replies.version as shown,
  json_extract(contents.fields, '$.title') as title,
  json_extract(contents.fields, '$.published_on') as published_on,
  length(json_extract(contents.fields, '$.text')) as letters,
  versions.first_seen_at, versions.first_read_at, versions.sha256, versions.fingerprint
from versions join contents using (fingerprint) join replies on replies.id = versions.reply;
CREATE VIEW files as
select linked.reply, linked.name, linked.url, linked.sha256, bodies.size,
  texts.kind, texts.pages, length(texts.text) as letters, case
    when linked.sha256 is not null then texts.problem
    else (select problem from fetches where fetches.url = linked.url and problem is not null
      order by fetched_at desc limit 1) end as problem,
  linked.title
from (
  select replies.id as reply, replies.title, json_extract(value, '$.name') as name,
    json_extract(value, '$.url') as url, (
      select sha256 from fetches where fetches.url = json_extract(value, '$.url')
        and sha256 is not null and problem is null order by fetched_at desc limit 1) as sha256
  from replies, json_each(replies.attachments)
) as linked
left join bodies on bodies.sha256 = linked.sha256
left join texts on texts.sha256 = linked.sha256;
COMMIT;
PRAGMA application_id = 1919970425;
PRAGMA user_version = 5;
