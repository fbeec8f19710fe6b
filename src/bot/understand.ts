import type { Activity } from 'botbuilder-core';
import type { Heard } from '#conversation';
import type { Intent } from '#intents';
import {
  type DangerKind,
  lengthOf,
  type Moment,
  type Recognition,
  readAddressPart,
  readAddressParts,
  readCorrection,
  readDangers,
  readDays,
  readEntities,
  readMonthAnswer,
  readTimeAnswer,
  readYesNo,
  simplify,
  withoutSlips,
} from '#nlu';
import { type Button, tapped } from './buttons.ts';
import { sureFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { type Half, readHalf } from './halves.ts';
import type { Parts } from './parts.ts';
import type { Form, State } from './state.ts';

/** A message, read every way that any step of the turn may need. */
export interface Understood {
  /** As written; `heard.text` is in simplified script. */
  said: string;
  heard: Heard;
  recognition: Recognition;
  dangers: DangerKind[];
  tap?: Button;
  /** A yes or no with more beside it, where the whole is none. */
  half?: Half;
  correction?: ReturnType<typeof readCorrection>;
  /** The intent whose phrases it holds: `begins` mean it whatever the classifier thinks, `hints` where it is not sure. */
  begins?: string;
  hints?: string;
  /** Slots of the form on top that it has filled so far. */
  filled: string[];
}

const asks =
  /[?？]|吗|呢[。！!~]*$|什么时候|啥时候|几点|多久|多长时间|多少天|几个?小时|(?<![前这那好过了])几天(?![了前来没不])|怎么|怎样|如何|咋|为什么|为啥|哪里|哪儿|在哪[下开办看打印]|哪有|哪个|哪些|哪几|哪家|几[回次](?!了)|点算|点办|点样|多少|是不是|能不能|有没有|要不要|该不该|可不可以|会不会|用不用|行不行|找谁|归谁|谁管|谁的[^，。]{0,4}[啊呀呢]?$|(?:要|用|办|走|带|交|准备|提供)些?(?:什么|啥)|(?:什么|啥)(?:手续|材料|资料|流程|条件|意思|价|区别|不同)|(?:能|会|要|可以|退|行|贵|对|够)[不么][。！!]*$|\S{2}(?<![也都就偏绝才是说决要])不[。！!?？~]*$|(?<![对没])([\u4e00-\u9fff])不\1(?!可)(?<![动时了]不[动时了])|到底[^，。,]{0,14}还是|不会[^，。,]{2,14}吧[。！!]*$|了没[有得]?[嘛啊呀哦]?[。！!]*$/;
const asksInEnglish =
  /^(?:(?:hi|hello|so|and|but|ok|well|please|sorry|excuse me)[, ]+)*(?:what|when|why|how|where|which|who|whose|can|could|is|are|do|does|did|will|would|may|should|have you)\b|\bhow (?:much|long|many|do|can|to)\b|\bwhat time\b|\bdo you know\b/i;
/** Whether the words, in simplified script, ask us something. */
export const asksUs = (text: string) => asks.test(text) || asksInEnglish.test(text);

function locationOf(activity: Partial<Activity>): Heard['location'] {
  const place = activity.entities?.find((entity) => entity.type === 'Place');
  const geo = place?.geo;
  if (typeof geo?.latitude !== 'number' || typeof geo?.longitude !== 'number') return undefined;
  return { latitude: geo.latitude, longitude: geo.longitude, label: geo.name || place?.name || undefined };
}

/** «不是昨天，是前天»: a day that is named to be taken back. */
const takenBack = /不是[^，。,；;是]{1,12}(?=[，,]?\s*(?:而|应该)?是)/g;

/** When the trouble began, as the form has it: «不对，是两点» keeps its day. */
const knownMoment = (form: Form | undefined) =>
  Object.values(form?.slots ?? {}).find(
    (value): value is Moment => typeof value === 'object' && value !== null && 'grain' in value,
  );

type Signs = Readonly<Record<string, readonly string[]>>;

const denied = /(?:[没不未]|[不没]是|没有|不想|不要)$/;

interface Gapped {
  /** What it begins with, where those are mere letters: most texts lack it, and need no pattern. */
  first: string;
  pattern: RegExp;
}

const gaps = new Map<string, Gapped>();
const gapped = (phrase: string) =>
  phrase.replaceAll('……', '[^。？?\\n]{0,30}?').replaceAll('…', '[^，。；！？,;!?\\n]{0,8}?');

/**
 * Where a phrase stands in the text, -1 for nowhere. «他家…电话»: up to eight letters of the same clause may stand between;
 * «充了……没电»: up to thirty of the same sentence.
 */
function placeOf(phrase: string, text: string, from: number): number {
  if (!phrase.includes('…')) return text.indexOf(phrase, from);
  const known = gaps.get(phrase) ?? gappedOf(phrase);
  gaps.set(phrase, known);
  const { first, pattern } = known;
  if (text.indexOf(first, from) < 0) return -1;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

function gappedOf(phrase: string): Gapped {
  const [first = ''] = /^[\p{L}\p{N} ]*(?=…)/u.exec(phrase) ?? [];
  return { first, pattern: new RegExp(gapped(phrase), 'g') };
}

/** The phrases of each sign that the message holds, in the file's order; «没来电了» does not hold «来电了». */
export function phrasesIn(text: string, signs: Signs = {}): Record<string, string[]> {
  const lower = text.toLowerCase().replaceAll('唔', '不').replaceAll('冇', '没');
  const holds = (phrase: string): boolean => {
    const told = lower === text || placeOf(phrase, text, 0) >= 0 ? text : lower;
    for (let at = placeOf(phrase, told, 0); at >= 0; at = placeOf(phrase, told, at + 1))
      if (!denied.test(told.slice(0, at))) return true;
    return false;
  };
  const found = Object.entries(signs).map(([sign, phrases]): [string, string[]] => [sign, phrases.filter(holds)]);
  return Object.fromEntries(found.filter(([, phrases]) => phrases.length > 0));
}

export const signsIn = (text: string, signs?: Signs): string[] => Object.keys(phrasesIn(text, signs));

/** The first intent whose phrases of that sign the words hold. */
export function intentNamed(intents: Parts['intents'], words: string, sign: 'begins' | 'hints'): string | undefined {
  const text = words.toLowerCase();
  for (const [id, { signs }] of intents) {
    const phrases = signs[sign];
    if (phrases && signsIn(text, { [sign]: phrases }).length > 0) return id;
  }
  return undefined;
}

const labels = /我叫|我姓|我是|联系|电话|手机|号码|地址|户号/g;

/** What it says beside the bare wish, an address, a name and digits. */
function restOf(text: string, bare: readonly string[] = [], { address = '', name = '' }: Heard['entities']): string {
  const rest = [address, name, ...bare].reduce((left, phrase) => (phrase ? left.replaceAll(phrase, '') : left), text);
  return rest.replaceAll(labels, '').replaceAll(/[\d\s\p{P}\p{S}]+/gu, '');
}

const clauseEnd = /[，。；！？,;!?\n]+|(?<=\p{Script=Han})\s+|(?=但是|不过|只要|另外)| but /u;

/** The message as a dialog hears it: signs and bare wishes are its own. */
export function heardBy(heard: Heard, { signs = {} }: Partial<Intent> = {}): Heard {
  const phrases = phrasesIn(heard.text, signs);
  return {
    ...heard,
    signs: Object.keys(phrases),
    phrases,
    clauses: heard.text
      .toLowerCase()
      .split(clauseEnd)
      .map((clause) =>
        Object.keys(signs).filter((sign) => signs[sign]?.some((phrase) => placeOf(phrase, clause, 0) >= 0)),
      ),
    rest: restOf(heard.text, signs.bare, heard.entities),
  };
}

/** What the classifier learnt of English is wishes, not the names of roads: those would only lead it astray. */
function withoutPlace(text: string, { address, phone }: Heard['entities']): string {
  if (!address || /\p{Script=Han}/u.test(text)) return text;
  const rest = text.replace(address, '').replace(phone ?? '', '');
  return /[a-z]{2,}\W+[a-z]{2,}/i.test(rest) ? rest : text;
}

/** A short wish drowns in the place, the phone and the name that are told with it: «我要校表，拱墅区…5幢502，电话137…». */
function amidDetails(parts: Parts, text: string, { address, phone, name }: Heard['entities']): Recognition {
  const whole = parts.classifier().recognise(text);
  if (whole.confidence >= sureFrom || (address === undefined && phone === undefined)) return whole;
  const bare = [address, name].reduce<string>((left, told) => (told ? left.replace(told, '') : left), text);
  const rest = bare
    .replaceAll(details, '')
    .replaceAll(/[\s，,。；;、：:]+/g, '，')
    .replaceAll(/^，|，$/g, '');
  // «388号» of an address is left over, no wish.
  if (lengthOf(rest.replaceAll(/[\d\p{P}号]+/gu, '')) < 2 || rest === text) return whole;
  const wish = parts.classifier().recognise(rest);
  return wish.confidence >= sureFrom && !/^(?:none|chat|control)/.test(wish.intent) ? wish : whole;
}

const details = /(?:联系)?(?:电话|手机号?|号码)(?:是|为)?|(?:我叫|我姓|姓)[\u4e00-\u9fff]{0,3}|\d[\d\s-]{6,}/g;

const accountPhrase =
  /(我家?的?|俺的?)?(用电)?(户号|客户编号|用户编号|编号)?(是|为|[:：])?\s*\d[\d\s-]{8,18}\d[，,。;；的\s]*/;

/** «户号是33…，帮我查电费»: to name an account is no wish to bind it, if the rest is a wish of its own. */
function recognise(parts: Parts, text: string, { accountNumber, ...details }: Heard['entities']): Recognition {
  const whole = amidDetails(parts, text, details);
  if (accountNumber === undefined || whole.intent !== dialogThat(parts.dialogs, 'binds')) return whole;
  const rest = text.replace(accountPhrase, '').trim();
  const wish = rest.length >= 3 ? parts.classifier().recognise(rest) : whole;
  return wish.confidence >= sureFrom && wish.intent !== 'none' ? wish : whole;
}

const beginning = /就这样|这样了|这个样子|开始|起就|到现在|以来|[分时]钟?前|钟头前|之前/;

/** The moment in the clause that tells of a beginning, though it names no trouble. */
function beganIn(text: string, now: Date, { time }: Heard['entities']): Moment | undefined {
  if (time) return undefined;
  const clause = text.split(/[，。；！？,;!?\s]+/).find((each) => beginning.test(each));
  return clause === undefined ? undefined : readTimeAnswer(clause, now);
}

/** «按301提交», «按六口登记»: what holds from now on. */
const givenAs =
  /(?:按|照|按照|改按)([^，。,!！;；\s]{0,12}?[\d一二三四五六七八九十两][^，。,!！;；\s]{0,12}?)(?:来|去|给我|的)*(?:登记|提交|报|办|填|算|申请|受理)/;

const givenIn = (text: string): ReturnType<typeof readCorrection> => {
  const right = givenAs.exec(text)?.[1];
  return right === undefined ? undefined : { right };
};

/** `told`: with what was taken back in the same breath, read once more only where there is such a slip. */
const correctionIn = (text: string, told: string) =>
  readCorrection(text) ?? (told === text ? undefined : readCorrection(told)) ?? givenIn(text);

/** Other words read as if they had been the message: a clause of it, or what was parked. */
export const reread = (
  { draft, parts }: { draft: { state: State }; parts: Parts },
  text: string,
  photos: readonly string[] = [],
): Understood => understand({ text }, draft.state, parts, photos);

/** Reads the message once. The yes or no of a button counts as one that was said. */
export function understand(
  activity: Partial<Activity>,
  state: State,
  parts: Parts,
  photos: readonly string[],
): Understood {
  const said = activity.text ?? '';
  const form: Form | undefined = state.forms.at(-1);
  const tap = tapped(state.buttons, said);
  // One script for all rules; the characters stay where they are.
  const told = simplify(tap?.words ?? said);
  const text = withoutSlips(told);
  const entities = readEntities(withoutSlips(tap?.words ?? said), parts.clock(), { gazetteer: parts.gazetteer });
  const yesNo = tap?.means === 'yes' || tap?.means === 'no' ? tap.means : readYesNo(text);
  const correction = correctionIn(text, told);
  const held = text.replaceAll(takenBack, '');
  const dangers = readDangers(text).map((danger) => danger.kind);
  const heard = {
    text,
    said,
    entities,
    moment: correction || /时间/.test(text) ? readTimeAnswer(text, parts.clock(), knownMoment(form)) : undefined,
    began: form && beganIn(text, parts.clock(), entities),
    months: entities.month ?? readMonthAnswer(held, parts.clock()),
    days: readDays(held, parts.clock()),
    addressPart: readAddressPart(text),
    addressParts: readAddressParts(text, { gazetteer: parts.gazetteer }),
    yesNo,
    tapped: tap !== undefined,
    chosen: tap?.means.startsWith('choice:') ? tap.means.slice('choice:'.length) : undefined,
    bound: state.accounts,
    photos,
    location: locationOf(activity),
    signs: [],
    clauses: [],
    phrases: {},
    alarm: dangers.length > 0,
    question: asksUs(text),
    rest: '',
  };
  const named = tap?.words ?? tap?.title ?? text;
  return {
    said,
    begins: intentNamed(parts.intents, named, 'begins'),
    hints: intentNamed(parts.intents, named, 'hints'),
    heard: heardBy(heard, form && parts.intents.get(form.intent)),
    recognition: recognise(parts, withoutPlace(text, entities), entities),
    dangers,
    tap,
    half: yesNo || tap ? undefined : readHalf(text),
    correction,
    filled: [],
  };
}
