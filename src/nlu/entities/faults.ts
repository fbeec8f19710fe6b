import { readEnglishFault } from './english/faults.ts';
import { isComposed, isMeterLamp } from './faults.composed.ts';
import {
  AREA,
  ARREARS,
  DARK,
  HAPPENED,
  HAZARD,
  KINDS,
  NOT_REPORTED,
  OTHER,
  OTHER_BUSINESS,
  OURS_ONLY,
  WHOLE_AREA,
} from './faults.lexicon.ts';
import { DARK_TOO, isDarkBesideLit, THEY_LACK_IT, WIDELY } from './neighbours.ts';
import type { FaultKind } from './types.ts';
import { voltageTold } from './volts.ts';

/** «没跳闸», «没有冒烟», «电压不低»: said to be absent. The reader blanks it, so that no pattern can meet it. */
const ABSENT =
  /(?:没有?|没看到|没见|并没有?|也没有?|不是|未|无|也不)(?:再|见|看到|闻到|发现|听到|有)?(?:跳过?闸|跳过|跳|掉下?来?|冒烟|冒火|着火|起火|火花|烧焦|焦味|糊味|缺相|断线|闪|异响|短路)(?!了?电)|(?<![有是])(?:没有?|并没有?|也没有?|不是)(?:停过?|断过?)电(?!通知|公告|短信|信息|提醒)|(?:会不会|怕|担心|万一|以免|免得|小心|容易|随时会?|差点|可能(?:会)?|引起|引发|造成|防止|恐怕)(?:会|要|再|引起|引发)?(?:着火|起火|失火|冒烟|触电|漏电|掉下来|断|倒|跳闸|烧)|高得冒烟|气得冒烟|嗓子冒烟|[^，。,?？电压]{2,8}[?？] ?(?:不是|没有|不)(?=[，,。])|(?<=(?:表|屏)[^。！!]{0,14})按(?:什么|啥|哪)?[^，。,]{0,4}?(?:都|也)?(?:不亮|没亮|没反应)/g;
const METER_MATTERS = /指示灯|黑屏|不显示|没显示|数字|烧|坏|不走|不转/;
/** The line of a customer that is no wire: «内线», «专线», «热线». */
const NO_WIRE =
  /热线|(?<![挂缠搭落掉压])在线|上线|下线|路线|专线|(?<![压电路])线上(?!在?打火)|(?<![压电])线下|线索|10kv[^，。]{0,6}线|断断续续|电缆(?=沟|井|盖)/g;

/** What is broken, when something is reported to be; the danger first, the mere lack of supply last. */
export function readFaultKind(folded: string): FaultKind | undefined {
  const text = folded.replace(ABSENT, blank).replace(NO_WIRE, blank);
  const dark = DARK.test(text) || DARK_TOO.test(text) || isDarkBesideLit(text);
  const kind = particularKind(text);
  if (isNoReport(text, kind)) return undefined;
  if (kind === 'meter_fault' && dark && !isMeterLamp(text) && !/烧|砸|撞|进水/.test(text)) return darkKind(text);
  if (kind === 'noise' && dark) return darkKind(text);
  if (kind === 'flicker' && /(?:才|只有|[量测])[^，。]{0,6}1\d\d/.test(text)) return 'low_voltage';
  if (kind) return kind === 'meter_fault' && !METER_MATTERS.test(text) && dark ? darkKind(text) : kind;
  if (dark) return darkKind(text);
  return OTHER.test(text) || HAZARD.test(text) || isComposed('other', text) ? 'other' : readEnglishFault(text);
}

function particularKind(text: string): FaultKind | undefined {
  if (isMeterLamp(text)) return 'meter_fault';
  const voltage = voltageTold(text);
  return KINDS.find(([kind, pattern]) => pattern.test(text) || isComposed(kind, text) || voltage === kind)?.[0];
}

const blank = (words: string) => '\u0001'.repeat(words.length);
function isNoReport(text: string, kind: FaultKind | undefined): boolean {
  if ((kind === 'phase_loss' || kind === 'high_voltage') && HAPPENED.test(text)) return false;
  if (OTHER_BUSINESS.test(text)) return true;
  if (isUrgent(kind)) return false;
  // «一启动就跳闸，是不是容量不够»: a guess at the cause, no wish for more.
  const told = kind === 'tripping' ? text.replace(/容量(?:是不是|太)?(?:不够|不足|小)/, '') : text;
  return NOT_REPORTED.test(told) || ((kind === undefined || kind === 'tripping') && ARREARS.test(text));
}

const isUrgent = (kind: FaultKind | undefined) => kind === 'line_down' || kind === 'equipment_fire';

/** «翠苑一区3幢2单元101»: above a room that is named, 区, 幢 and 单元 are where it lies and not what is dark. */
const ABOVE_A_ROOM =
  /[\d一二三四五六七八九十]{1,3}(?:区|村|幢|栋|号楼|单元|组|楼|层|弄)(?=[^，。,]{0,14}?(?<!\d)\d{3,4}(?!\d|伏|v|户|瓦|度))/g;

/** One's own premises unless the neighbours are dark too. */
function darkKind(whole: string): FaultKind {
  const text = whole.replace(ABOVE_A_ROOM, blank);
  if (WHOLE_AREA.test(text)) return 'no_power_area';
  if (THEY_LACK_IT.test(text)) return 'no_power_area';
  if (OURS_ONLY.test(text)) return 'no_power_home';
  return AREA.test(text) || WIDELY.test(text) ? 'no_power_area' : 'no_power_home';
}
