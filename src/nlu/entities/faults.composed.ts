import { numbersIn } from './numbers.ts';
import type { FaultKind } from './types.ts';

/** A thing and what befell it, in one clause: to teach a new word, add it to one list, and it goes with all of the other. */
const any = (...words: readonly string[]) => `(?:${words.join('|')})`;
const near = (most: number) => `[^，。！!；;]{0,${most}}?`;
const ONE = '(?:一|1|两|2|二|某|有|其中|哪)(?:一)?(?:根|路|条|个|支)?';

const SWITCH = any(
  ...[
    '空开',
    '空气开关',
    '漏保',
    '保护器',
    '保护开关',
    '漏电开关',
    '总?开关(?!柜|站|面板)',
    '断路器',
    '电?闸(?!机|弄|北|蟹|口)',
  ],
  ...['[总电]掣', '[总电]制(?!动)', '保险(?!公司|费|理赔|单|柜|金|业|起见|丝断)'],
);
const FALLS = any(
  '跳',
  '(?<![拉关拔])(?:掉(?!漆|色)|落|脱|下来)',
  '弹',
  '崩',
  '断开',
  '频[繁频]动作',
  '立不住',
  '坐不住',
);
const WILL_NOT_HOLD = '(?:推|合|按|送|扳|搬|抬|拨|撑|顶)(?:也|都)?(?:不|唔|勿|没法)(?:上|了|住|牢|起)';
const AT_ONCE = any('马上', '立马', '立刻', '当场', '随即', '又', '再', '就');
const METER = any(
  ...['电表(?!箱)', '电錶', '智能表', '电度表', '插卡表', '卡表', '表头'],
  '(?<![\\u4e00-\\u9fff])表(?![示格面达扬演明现])',
);
/** Wires in the air; what lies in a duct or holds a pole has other troubles. */
const LINE = any(
  '[电导火皮]线(?!杆|桩)',
  '线缆',
  '线路',
  '线头',
  '电缆',
  '[入进下接]户线',
  '[根条截]线',
  '高压线',
  '(?<![\\u4e00-\\u9fff])线',
);
const GEAR = any(
  '变压器',
  '台变',
  '箱变',
  '变电',
  '配电',
  '电箱',
  '表箱',
  '电表',
  '环网柜',
  '分[支接]箱',
  '开关柜',
  '线上',
  '杆[子上]',
  '杆顶',
  '电杆',
);
const COVER = any('井盖', '盖板', '沟盖', '井口');
const ROOFS = any('灯', '灯丝', '灯管', '灯泡', '灯光', '日光灯');
const COOKERS = any('电饭[锅煲]', '电磁炉', '电炒锅', '微波炉', '电水?壶');
const TREE = any('树', '树枝', '树杈', '竹子', '藤');

const COMPOSED: readonly [FaultKind, readonly string[]][] = [
  [
    'equipment_fire',
    [
      `${GEAR}${near(10)}${any('烧胶皮', '烧塑料', '胶皮味', '煳味', '熔', '弧光', '一团火', '烧得(?!慌)', '有(?:股|点)?烟', '打火', '冒烟', '烧味', '怪味')}`,
      '(?:线|电)上?在?打火(?!机|锅|灶)',
    ],
  ],
  [
    'line_down',
    [
      `${LINE}${near(10)}${any('落(?:进|到|入|在)', '压趴', '贴(?:着|到|在)?(?:地|水)', '拖(?:在|到|进)', '[扯挣刮拽]脱', '坠', '趴在', '[吹刮打]落')}`,
    ],
  ],
  [
    'phase_loss',
    [
      '(?:缺|少|断|丢|掉|没|差)(?:了)?(?:一|1|两|2)(?:根|路|条|个|支)?(?:火线?|相|项)',
      `(?:${ONE}|[abc])(?:相|火线?)${near(8)}(?:没(?!事|问题)|无|断|缺|掉|为零|为0|是0|是零|测不|量不|烧了|保险)`,
      `三(?:相|根火线?|条火线?|根线)${near(8)}(?:只?剩|丢|只有|只来|缺|少)`,
      `380${near(6)}(?:只|就)(?:来|有|剩)了?(?:一|1|两|2)`,
      '缺(?:了)?一路(?!灯)',
    ],
  ],
  [
    'tripping',
    [
      `${SWITCH}${near(10)}${FALLS}(?!电|线|网)`,
      `${SWITCH}${near(6)}${WILL_NOT_HOLD}`,
      `(?:推|合|送|按|扳)(?:上去?|了)?${near(6)}${AT_ONCE}(?:又|就)?(?:跳|掉|落|弹|脱|断|崩)(?!电|线|网)`,
      `(?:一|再)(?:插|开|推|合|送)${near(6)}${AT_ONCE}(?:又|就)?(?:跳|落|弹|断|崩)(?!电|线|网)`,
    ],
  ],
  [
    'flicker',
    [
      '闪断',
      '有时候?[^，。]{0,3}[亮高强][^，。]{0,3}有时候?[^，。]{0,3}[暗灭低弱]',
      '一[明亮闪]一[灭暗黑熄]|一[灭暗黑熄]一[明亮]',
      '忽[明亮高大强闪有][^，。]{0,2}忽',
      '时[明亮高大强有][^，。]{0,2}时[灭暗低小弱无没]',
      '一下子?[暗黑灭]了?[，、 ]?(?:又)?一下子?(?:又)?[亮明]',
    ],
  ],
  ['high_voltage', ['(?:变成?|成)了?三百八了', `零线${near(6)}烧(?:了|坏|毁)${near(8)}(?:电|灯|冰箱|空调)`]],
  [
    'low_voltage',
    [
      `电压${near(10)}(?:上不来|达不到|撑不|提不|起不来|软|差|疲|欠|拉不)`,
      `${ROOFS}${near(6)}(?:萤火虫|黄黄|红丝|红红|没精神|发[红黄乌]|昏|暗淡|蜡烛|鬼火|豆)`,
      `${COOKERS}${near(6)}(?:不热|烧不|煮不|打不着|没劲|不启动)`,
      '(?<![充停])电(?:力)?(?:太|很|好|有点|就|又)*(?:软(?!件)|弱|不够(?![用使造])|不足(?!额))',
      '(?:压缩机|电机|马达|水泵|机器)[^，。]{0,4}起不来',
      '(?<![手司])机(?:都|也|就)?(?:打|带|转|推|拉|磨|绞|抽)不(?:动|起|成)',
    ],
  ],
  [
    'meter_fault',
    [
      `${METER}[^。]{0,10}?(?:屏|数字)[^。]{0,8}不动`,
      '(?:劈|击|烧|砸|撞|碰|打)(?:坏|毁|烂)了?[^，。]{0,3}(?:电表|智能表|表箱)',
      `${METER}${near(10)}${any('空白', '没数', '没字', '模糊', '(?:屏幕?|液晶|玻璃)[^，。]{0,6}看不清', '缺[笔划画]', '[啥什么]+[^，。]{0,3}(?:没有|没)', '破', '碎', '裂', '(?<!不)灭', '灯不闪', '倒着走', '(?:日期|时间|时钟)[^，。]{0,4}(?:乱|错|不准|不对)', '读不', '不认卡', '(?<!会)报警', '[长常]亮', '一直亮', '自走', '空[走转]', '潜动', '自己(?:在)?(?:走|转|跑)', '乱[跳走]')}`,
      '(?:(?:闸|开关|电)[^，。]{0,3}(?:拉|关|断|停)|(?:拉|关|断|停)(?:了|掉)?(?:总)?(?:闸|开关|电))[^。]{0,12}?表(?:还|照|仍|自己)[^，。]{0,3}(?:转|走|跑|跳)',
      `${METER}[^。]{0,14}?(?:闸|开关|电)[^，。]{0,5}(?:拉|关|断|停)[^。]{0,6}?(?:还|照|仍)[^，。]{0,3}(?:转|走|跑|跳)`,
    ],
  ],
  ['noise', [`${GEAR}${near(12)}${any('轰', '嘶', '吼', '鸣', '嚎', '拖拉机', '动静', '闹', '啸', '噪')}`]],
  [
    'other',
    [
      `${COVER}${near(8)}${any('没(?!事)', '不见', '丢', '偷', '破', '坏', '翻', '塌', '碎', '裂', '翘', '松', '掀', '敞', '开着', '缺', '断', '凹', '响')}`,
      `(?:变压器|台变|箱变|配电箱)${near(6)}(?:塌|倾|歪|斜)`,
      `${TREE}${near(10)}(?:碰|挨|贴|长进|伸[进到]|顶|搭|靠|刮|磨|缠)${near(6)}线`,
      `(?:高压|电)线(?:的)?[底正]?下${near(6)}(?:钓鱼|施工|[盖建]房|吊车|种树|栽树|放风筝)`,
    ],
  ],
];

const PATTERNS = new Map(COMPOSED.map(([kind, lines]) => [kind, new RegExp(lines.join('|'))]));

/** The meter's own lamps tell of the meter, however they blink. */
const METER_LAMP = new RegExp(
  `表${near(8)}(?:指示|脉冲|报警|信号|背光|红|绿)灯${near(4)}(?:不闪|灭|不亮|[长常]亮|一直亮)`,
);
export const isMeterLamp = (text: string) => METER_LAMP.test(text) && !/烟|火|焦|糊/.test(text);

/** Of any kind: what a length of time or a moment may be told of. */
export const isTrouble = (text: string) => [...PATTERNS.values()].some((pattern) => pattern.test(text));

export const isComposed = (kind: FaultKind, text: string) => PATTERNS.get(kind)?.test(text) === true;

const UNIT = /^ ?(?:多|来|几)?(?:个)?(?:v(?![a-z])|伏(?!安))/;
const NO_VOLTS = /^ ?(?:多|来|几)?(?:k|千|万|百|度|元|块|号|安|a|瓦|w|天|年|月|日|点|次|户|小时|分|个)/;
const MEASURED = /(?:电压|测|量|打)[^，。！!；;]{0,10}$/;
const LOWEST = 198;
const HIGHEST = 236;
/** What is right between two phases is far too much for a lamp. */
const BETWEEN_PHASES = [342, 408] as const;

/** What a meter read at the socket: 220 V, 7 % more and 10 % less are as they should be. */
export function voltageTold(text: string): FaultKind | undefined {
  if (!/伏|v|电压|[测量]/.test(text)) return undefined;
  for (const { value, start, end } of numbersIn(text)) {
    const before = text.slice(Math.max(0, start - 12), start);
    const after = text.slice(end, end + 6);
    const volts =
      UNIT.test(after) ||
      (/电压/.test(text) && MEASURED.test(before) && !NO_VOLTS.test(after)) ||
      isSocket(before, after);
    if (!volts || value < 40) continue;
    if (value < LOWEST) return 'low_voltage';
    if (value > HIGHEST && (value < BETWEEN_PHASES[0] || isPhaseToPhase(value, before, text))) return 'high_voltage';
  }
  return undefined;
}

const isPhaseToPhase = (value: number, before: string, text: string) =>
  value > BETWEEN_PHASES[1]
    ? value < 450
    : /[测量变成][^，。]{0,8}$/.test(before) && /插座|家里|屋里|灯|单相|电器/.test(text) && !/三相|动力/.test(text);

const isSocket = (before: string, after: string) =>
  /(?:插座|家里|屋里|零火线?|火线零线|零线火线)[^，。]{0,6}$/.test(before) &&
  /[测量]|零/.test(before) &&
  !NO_VOLTS.test(after);

const THEIRS = any(
  ...[
    '别人',
    '别家',
    '隔壁',
    '邻居',
    '对门',
    '对面',
    '楼上',
    '楼下',
    '左右',
    '两边',
    '左邻右舍',
    '楼道',
    '电梯',
    '人家',
    '旁边',
  ],
  ...['其[他它]家', '隔篱', '街坊', '四邻'],
);
const LIT = any(
  '(?<![没冇无])有电(?!梯)',
  '亮',
  '开着',
  '正常',
  '好好',
  '好端端',
  '照常',
  '灯火',
  '没停',
  '没事',
  '有灯',
  '不受影响',
);
const HUSHED = any(
  '停(?!车)',
  '不转',
  '不动',
  '没反应',
  '不响',
  '黑',
  '灭',
  '趴窝',
  '没(?:有|得)?了(?=$|[，。])',
  '罢工',
  '打不开',
  '歇',
  '熄',
  '不亮',
  '不制冷',
  '死机',
);
const THEY_HAVE_IT = new RegExp(`${THEIRS}${near(10)}${LIT}`);
const OURS_STOPPED = new RegExp(HUSHED);

/** «增氧泵都停了，隔壁有电»: that the neighbours have supply tells what ours lacks. */
export const isDarkBesideLit = (text: string) =>
  OURS_STOPPED.test(text) && THEY_HAVE_IT.test(text.replace(/没有电|无电/g, ''));

export const DARK_TOO =
  /熄(?:了|晒)?灯|黑透|(?<!把)(?:电脑|机器|设备|电器|冰[箱柜]|空调|风扇)[^，。]{0,4}(?:全|都|一起|同时|一下)(?:都)?(?:灭|黑|停|熄)|(?:整|全)[栋幢](?!厂房|别墅)[^，。]{0,4}都停|(?<!用)电(?:都|也)没(?=$|[有得了，。])|一(?:点|丝|丁点)(?:儿)?电(?:都|也)|没(?:通|接)上(?:了)?电|没通电|通不上?了?电|(?:突然|忽然|一下子?|眼前)一?黑|(?:全|都|也|又)停了电|市场[^，。]{0,5}都停了/;

/** The neighbours are dark as well: no single home, whatever else it says. */
export const THEY_LACK_IT = new RegExp(
  `${any(THEIRS, '附近', '周围', '别的', '那栋', '那户')}${near(6)}(?:也|都|全)(?:没(?!停|断|跳|事|黑|问题|影响)|停|黑|断|失|无电|冇|一样|熄|是黑)|[几十多两三四五六七八九\\d](?:栋|幢|个村|条街|个小区)${near(4)}(?:都|全|也)?(?:停|没电|黑|灭)`,
);

const WIDE = any(
  ...[
    '村',
    '小区',
    '屯',
    '庄',
    '镇',
    '街',
    '巷',
    '胡同',
    '弄堂',
    '寨',
    '园区',
    '市场',
    '商场',
    '社区',
    '单元',
    '宿舍楼?',
    '公寓',
  ],
  ...[
    '苑',
    '花园',
    '家园',
    '新村',
    '台区',
    '这一?[路排带片溜圈]',
    '生产队',
    '全队',
    '街坊',
    '工业[区园]',
    '校区',
    '家属[区院]',
  ],
);
/** Letters of the words for when and how, and none of a person, a number or a part of the place. */
const HOW =
  '[子里上头今昨刚现突忽怎咋为什么啥何又都全也部从已经早晚下午中一直大面积竟然双叒还仍整个体集齐瞬间霎统半边东西南北夜天刻时候后来好像似乎目前此这那会儿点被给就，]';
export const WIDELY = new RegExp(
  [
    `${WIDE}${HOW}{0,7}?(?:停(?!车|业|产)|没(?:有|得|了)*电(?!梯)|断(?:了)?电|失电|无电|冇电|黑了|全黑|熄)`,
    '这一?[路排带片溜圈](?![^，。]{0,8}[我俺])[^，。]{0,8}?(?:停(?!车)|没电|没有电|黑了|断电)',
    '(?:整|全)(?:个|条|片|排|座|栋|幢)(?!屋|家|房|厂|店|铺|人|晚|夜|天|楼层|车间|配电|电表|表箱|插座)[^，。停断没黑]{1,10}?(?:停|没电|黑|熄|断电|失电)',
    '(?:涉及|影响|全[村队组湾])[^，。]{0,4}?[\\d一二两三四五六七八九十百]{1,4}(?:来|多|几)?户(?![号口主])',
  ].join('|'),
);
