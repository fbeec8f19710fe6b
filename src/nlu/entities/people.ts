import { parseNumber } from './numerals.ts';
import { withSurnames } from './surnames.ts';

export const SURNAMES =
  '欧阳|申屠|公孙|宇文|端木|呼延|淳于|闻人|赫连|拓跋|完颜|长孙|独孤|澹台|鲜于|钟离|轩辕|司空|上官|司马|诸葛|夏侯|皇甫|尉迟|慕容|令狐|司徒|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢阎蔺屠茅逄揭隗裘濮狄逯綦]';
const TITLE =
  '先生|女士|小姐|太太|师傅|阿姨|大姐|大哥|大爷|大妈|大叔|奶奶|老师|老板|经理|会长|主任|总|工|姐|哥|叔|婶|婆婆|大娘|大伯|医生|校长|书记|同学|厂长|店长|队长|会计|小姐姐|生(?![^，。,\\s]{0,2}(?:气|意|活|病|产))';
const HAN = '[\\u4e00-\\u9fff]';
const STOP = '(?=$|[^\\u4e00-\\u9fff]|的|是|住|家|在|电话|手机|号码|联系|地址|要|想|报|我|,|，|收|本人|户|请|反|投|现)';
const GIVEN = `${HAN}{1,2}?`;

const PLACE =
  '(?:[^，。,;；!?\\n]{0,16}(?:的|员|客|户|人|主|长|管|部|社区|物业|电工|公司|店|厂|村|组|楼|号|室|家|桌))?';

/** With a title that only a contact is given, so that «电表室王师傅» of a story does not count for more than it is. */
const CONTACT_TITLE = '先生|女士|小姐|太太|师傅|经理|主任|老板|老师|阿姨|大姐|大哥|总';

const FULL = `(?:${SURNAMES})${HAN}{1,2}`;
const SIGNER =
  '(?:全体|一?[个名位]|你们的|您的)?老?(?:村民|居民|住户|用户|业主|客户|社员|[牧渔农市]民|农户|租户|商户|群众|(?:养殖|种植|个体)户|投诉人|反映人|举报人|来信人|写信人|负责人)(?:\\s?代表)?';
const PHONE_NEXT = '[，,\\s]{0,2}(?:联系)?(?:电话|手机号?|方式)?[是为:\\s]{0,2}(?:1[3-9]\\d|0\\d{2,3}-?\\d{3})';
const LETTER_ENDS = `(?=[\\s，,。!]*(?:$|20\\d\\d ?[年.\\-/]|二[零〇]二|\\d{1,2}月|${PHONE_NEXT}))`;

/** Who signs a letter or a notice: only the last words of one, or those a phone goes with, are no one else's name. */
const SIGNED: readonly RegExp[] = [
  new RegExp(`(?:^|[，,。;!\\s]|代表|${SIGNER}:?)\\s?(${FULL})\\s?(?:[敬谨拜叩][上启呈]|顿首|亲笔)`),
  // «我是…童郢村村民史宝山，…»: at the head of a message; an accused is named behind a verb.
  new RegExp(
    `^(?!.{0,12}(?:举报|投诉|反映|告|偷|窃))[^，。;!]{0,30}(?:[村屯镇乡组社]|嘎查)${SIGNER}(${FULL})(?=[，,。;!\\s])`,
  ),
  new RegExp(
    `(?:[村组社队号室店厂楼幢栋]|值长|值班[长员]|班长|主管|主任|经理|[站厂队店]长|负责人|电工)(${FULL})(?=${PHONE_NEXT})`,
  ),
  new RegExp(`(?:^|[，,。;!\\s])${SIGNER}[:\\s]{0,2}(${FULL})(?=${PHONE_NEXT})`),
  new RegExp(
    `(?:[。;!\\n]|敬礼|此致|盼复|为盼|为感|谢谢|感谢|拜托)[\\s，,。!]*(?:[\\u4e00-\\u9fff]{2,8}(?:[村组苑园]|社区|小区))?${SIGNER}[:\\s]{0,2}(${FULL})${LETTER_ENDS}`,
  ),
  new RegExp(`(?:敬礼|此致|盼复|为盼|为感)[\\s，,。!]{0,3}(${FULL})${LETTER_ENDS}`),
  new RegExp(`(?:落款|署名|签名)[:\\s]*(?:${SIGNER})?[:\\s]*(${FULL})${LETTER_ENDS}`),
];

/** The ways people say who they are; the group is the name. A person they talk about («我妈叫…», «电工老王») is none. */
const SAYINGS: readonly RegExp[] = [
  /\b(?:name(?: is|'s|’s)|call me) (?<name>[a-z]{2,15}(?: [a-z]{2,15})?)(?=$| ?[,.;!，。\n])/,
  // «免贵姓冯，冯玉珍»: the whole name behind the family name.
  new RegExp(
    `姓(?<family>${SURNAMES})[，,。 ]{0,2}(?:名字|全名|大名|本名)?(?:就)?(?:叫|是)?[:，]?(?<name>\\k<family>${HAN}{1,2})(?<![村庄堡屯镇乡沟湾营寨坪坝街路])(?=$|[^\\u4e00-\\u9fff]|电话|手机|家住|住|家在)`,
  ),
  new RegExp(
    `(?:爱人|老公|老婆|妻子|丈夫|儿子|女儿|妈妈|爸爸|母亲|父亲|我妈|我爸|同事|室友)((?:${SURNAMES})${HAN}{1,2})(?=[，,是:的电话手机号码\\s]{0,6}(?:1[3-9]\\d|0\\d{2}))`,
  ),
  new RegExp(
    `(?:我|俺|本人|在下|咱)(?:的)?(?:名字)?(?:就)?叫(?:做)?(?:小名)?:?\\s?(?!个|你|人|了|他|她|不|来|的|什么|啥|师傅|一|孙)((?:${SURNAMES})${GIVEN})${STOP}`,
  ),
  new RegExp(
    `(?:姓名|名字|联系人|对接人|负责人|报修人|申请人|经办人|收件人|收货人|收票人|我的名字是|称呼|署名)(?:是|为|叫|改成|改为|换成|:|：|\\s|,|，)*((?:${SURNAMES})(?:${TITLE}|${GIVEN}))${STOP}`,
  ),
  new RegExp(
    `(?:(?:联系人|联络人|报修人|申请人)(?:是|叫|:|：|\\s)*|找(?=..(?:就|即可|[。!]?$|[，, ]{0,2}(?:1[3-9]\\d|0\\d{2}))))((?:小|老|阿)(?:${SURNAMES}))(?=就|即可|$|[^\\u4e00-\\u9fff]|电话|手机)`,
  ),
  new RegExp(
    `(?<![问找给被跟和])(?:值班[长员]|班长|主管|负责人|管理员)[是叫:\\s]*((?:小|老|阿)(?:${SURNAMES}))(?=[。!\\s]*$|${PHONE_NEXT})`,
  ),
  /(?:联系人|联络人|姓名|名字|署名|称呼|我叫|叫我)(?:是|为|叫|做|:|\s)*([a-z]{2,15}(?: [a-z]{2,15})?)(?![a-z0-9])/,
  // A name of any people: «我叫阿依古丽».
  /(?:我|俺|本人)(?:的名字)?叫(?:做)?(?!什么|啥|个|一|你|人|了|他|她|不|来|车|救|外卖|快递|师傅|物业|电工|过|朋友|孩子|它|天|我|俺|女儿|儿子|老公|老婆|的|那|这|家里|邻居|谁|怎|多少|苦|好|天天|停|没)([\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?|[\u4e00-\u9fff]{5,7}(?<=[汗娜丽提江尔别克]))(?=$|[，,。;；!\s])/,
  new RegExp(
    `(?:联系|找|打给|打|叫)(?:我)?((?:${SURNAMES})(?:先生|女士|小姐|太太|会长|经理|主任|师傅|工|总|姐|哥|老师|大[爷妈姐哥叔婶伯娘]|阿姨|老板))(?=就|$|[^\\u4e00-\\u9fff]|联系|电话|即可|的)`,
  ),
  new RegExp(
    `(?:叫我|喊我|称呼我|称我)((?:小|老|阿)?(?:${SURNAMES})(?:${TITLE})?|(?:阿|小)${HAN})(?=就|即可|$|[^\\u4e00-\\u9fff]|吧|好了)`,
  ),
  new RegExp(`(?:我|俺|本人|鄙人|我们家|免贵|敝)姓((?:${SURNAMES}))(?!${HAN}{0,3}的(?:师傅|电工|人|工作))`),
  new RegExp(
    `(?:^|[，,。;；!\\s])(?:免贵|老板|店主|户主|经理)?姓((?:${SURNAMES}))(?=$|[，,。;；!\\s]|电话|手机|女士|先生|\\d)(?!\\s?(?:那个|的|师傅|这个))`,
  ),
  new RegExp(
    `(?:我是|这里是|我系|这是|俺是|我就是|你好是|本人是)${PLACE}((?:小|老|阿)(?:${SURNAMES})|(?:${SURNAMES})(?:${TITLE}))(?=$|[^\\u4e00-\\u9fff]|我|他|啊|呀|昨|今|你|住|的电话|电话|想|要)`,
  ),
  new RegExp(
    `(?:我是|我系|俺是|我就是|户主是我|本人是?)${PLACE}?((?:${SURNAMES})${GIVEN})(?=$|[，,。;；!\\s:：\\d]|的电话|电话|手机|，)`,
  ),
  new RegExp(
    `(?:^|[，,。;；!?\\s\\d])((?:${SURNAMES})(?:先生|女士|小姐|太太))(?=$|[，,。;；!\\s\\d:：(]|电话|手机|收|的电话)`,
  ),
  new RegExp(
    `(?:^|[，,。;；\\s\\d])((?:小|老|阿)(?:${SURNAMES})|(?:${SURNAMES})${HAN}{1,2})[，,\\s:：]{0,2}(?:电话|手机|联系电话|手机号)?[是为:：\\s]{0,2}(?=(?:1 ?[3-9][\\d ]{9}|0\\d{2,3}-?\\d{7}))`,
  ),
  // «…3幢201室李女士», «0571-87654321转801，赵经理»: behind the door or the extension, and nothing after it.
  new RegExp(
    `(?:\\d(?:室|号房|房|号)?|转 ?\\d{1,5})[，,\\s(（]{0,2}((?:${SURNAMES})(?:${CONTACT_TITLE}))(?=$|[，,。;；!)）\\s]|电话|手机|收|1[3-9]\\d)`,
  ),
  new RegExp(
    `(?<!\\d)(?:1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8})[，,\\s(（]{0,2}((?:小|老|阿)(?:${SURNAMES})|(?:${SURNAMES})(?:${TITLE}|${GIVEN})?)(?=$|[，,。;；!)）\\s])`,
  ),
  ...SIGNED,
];

const NO_NAME =
  /^(?:查|何时|何况|高压|高温|高层|黄色|黄灯|白天|白色|方便|石头|时间|时候|安全|安装|安排|成功|单元|单位|单子|万一|毛病|常年|连着|全部|全家|全楼|全村|明天|明早|应该|同事|和平|和我|关键|关于|江边|农村|农户|农民|钱多|钱款|金额|温度|华为|文化|方式|方法|路上|路口|路灯|水泥|管道|管家|师傅|商户|商铺|商家|边上|封面|原来|原因|查询|解决|游客|车间|车主|项目|于是|易燃|冷库|席位|古镇|米厂|党员|官网|应急|乐意|房东|房客|房主|房屋|房子|古城|平时|柴油|司机|储蓄|班长|班组|向阳|简单|宁可|安静|谈好|燕子|惠民|田里|石油|金属|苗圃|谷电|甘蔗|和谐|和你|和服|和办|和.{0,2}$|孙子|孙女|文书|文员|管|水电|公务|房|.*[的员们客户主]$|.{2}[人商]$)/;

/** How to address the contact, as written; undefined when nobody introduced themselves. */
export function readName(text: string, folded: string): string | undefined {
  const told = withSurnames(text, folded);
  for (const saying of SAYINGS) {
    const match = saying.exec(told);
    const name = match?.groups?.name ?? match?.[1];
    if (!match || !name || NO_NAME.test(name)) continue;
    const start = match.index + match[0].lastIndexOf(name);
    return text.slice(start, start + name.length);
  }
  return undefined;
}

const COUNT = '(\\d{1,2}|[一二两俩三仨四五六七八九十]{1,3})';
const HOUSEHOLD: readonly RegExp[] = [
  new RegExp(
    `(?:变成|变为|增加到|增到|成了|现在是?|一共|总共|合计|加起来|共)(?:有|是|住)?${COUNT} ?(?:口|个人|人(?=[，。,!\\s]|$|住))`,
  ),
  new RegExp(`${COUNT} ?(?:个)?人(?=挤|同住|住在一起|住一起)`),
  new RegExp(`(?:不是[^，。]{0,6}[，,]?(?:是|应该是)|应该是|其实是|更正为)\\s?${COUNT} ?(?:口人|口|个人)`),
  new RegExp(`${COUNT} ?(?:口|扣)人`),
  new RegExp(
    `(?:一家(?:子|人)?|全家|家里|我家|我们家|俺家|咱家|一家老小|家中|户口本上?|户口簿上?|屋里|屋头|家里头|祖孙三代|三代|四代|四世同堂|一大家子)[^，。,\\d一二两三四五六七八九十]{0,8}${COUNT} ?(?:口(?!井|水)|个人(?!来|在等)|人(?!民)|个(?=$|[，。,!\\s]| ?优惠)|位)`,
  ),
  new RegExp(`${COUNT} ?口(?:之家|子人|家)`),
  new RegExp(
    `(?:住(?:了|着|有)?|合租的?|我们|常住|实际居住|登记)(?:人口|的)?[^，。,\\d]{0,2}${COUNT} ?(?:个)?人(?=住|合租|一起|$|[，。,!？?\\s]|的)`,
  ),
  new RegExp(`${COUNT} ?(?:个)?人(?:住|合租|居住|一起住|共同居住|生活|同住|常住)`),
  new RegExp(`(?:人口|户籍人口|家庭人口|家庭成员)(?:数)?(?:是|有|为|:|：|共)?\\s?${COUNT}(?:人|口|个|$)`),
  new RegExp(`${COUNT} ?(?:个)?人(?=[^，。,]{0,8}(?:阶梯|多人口|优惠|加档|加基数|户口))`),
];
/** The people next door are none of ours. */
const NEIGHBOURS = /(?:邻居|隔壁|楼上|楼下|对门|别人|人家)(?:家|一家|那家)?[\d一二两三四五六七八九十]{1,2}(?:口|个人)/g;
const ALONE =
  /(?:我|他|她|老人|我妈|我爸|奶奶|爷爷|老太太|母亲|父亲)?(?:就|只有)?(?:我|她|他)?(?:自己)?一个(?:老)?人(?:独)?(?:居)?住|独居|一人居住/;

/** People living in the home. */
export function readHousehold(folded: string): number | undefined {
  const ours = folded.replaceAll(NEIGHBOURS, '');
  for (const saying of HOUSEHOLD) {
    const match = saying.exec(ours);
    const count = parseNumber(match?.[1] ?? '');
    if (count !== undefined && count > 1 && count < 30) return count;
  }
  return ALONE.test(folded) ? 1 : undefined;
}
