import type { Place } from '#backends';
import { type Entities, normaliseAddress, readAddressParts } from '#nlu';
import { mendedWords } from './mended.ts';
import { areaIn, joinPlace, looksLikePlace, placeIsEnough, replacePart, tellsAround } from './place.ts';
import { maskAddress, maskDigits, showTime } from './show.ts';
import type { Asking, Heard, PartCorrection, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

/** Where it is: words, the account on file, or a pin on the map. */
export interface PlaceValue {
  address?: string;
  accountNumber?: string;
  latitude?: number;
  longitude?: number;
  /** file: chosen from the customer's own accounts, shown masked. */
  source: 'said' | 'file' | 'pin';
  /** Only looked around for something there. */
  around?: true;
}

/** The place as backends and orders take it. */
export function placeOf(value: PlaceValue | undefined): Place | undefined {
  if (!value) return undefined;
  const { source: _source, around: _around, ...place } = value;
  return place;
}

/** The words of a place in this message: all its stretches, a bare part, or free words if it was asked for. */
function wordsOfPlace(heard: Heard, asked: boolean): string | undefined {
  const { address, accountNumber } = heard.entities;
  if (heard.addressPart) return heard.addressPart;
  const read = heard.addressParts.length > 1 ? heard.addressParts.reduce(joinPlace) : address;
  if (read && !(asked && tellsAround(heard.text)))
    return asked && isCut(read, heard)
      ? heard.text.trim()
      : read + wellAfter(read, heard) + (asked ? spotAfter(read, heard) : '');
  // «增容» said once more to «where?» is no place's name.
  const wish = heard.signs.length > 0 && heard.text.trim().length <= 4;
  const free = asked && !heard.question && !heard.yesNo && !heard.alarm;
  return free && !accountNumber && !wish && looksLikePlace(heard.text) ? heard.text.trim() : undefined;
}

/** «村东头3号机井»: a farm's wells and sheds have numbers of their own. */
const wellAfter = (read: string, { text }: Heard): string =>
  /^\d{1,3}号?(?:机井|水井|井|泵站|泵房|大棚|棚|鱼塘)/.exec(text.split(read)[1] ?? '')?.[0] ?? '';

const landmark =
  /^[，,\s]+(?:就?在)?([\u4e00-\u9fff\d]{0,8}(?:旁边?|对面|隔壁|门口|附近|[后前里]面|[东南西北]头|[村路桥巷弄]口|边上|机井|泵站|泵房|祠堂)[\u4e00-\u9fff]{0,4})[，,。！\s]*$/;

/** The reader of addresses knew but the beginning of what is all a place: «上城区新生路8号». */
const isCut = (read: string, { text, entities, question, alarm }: Heard): boolean =>
  !placeIsEnough(read) &&
  placeIsEnough(text) &&
  text.trim().length <= 40 &&
  !question &&
  !alarm &&
  !/[，,。；;！!\s]\S/.test(text.trim()) &&
  Object.keys(entities).every((one) => one === 'address');

const spot =
  /^[ ]?[\u4e00-\u9fff]{0,8}?(?:[那这][里边儿]|旁边?|附近|楼道|走廊|门厅|天井|车棚|配电[间房]|楼顶|屋顶|树下|桥下|边上|田里|地里)$/;

/** «俞赵村口老樟树那里», «5幢2单元楼道», «…3组，村东头机井房»: where exactly, behind what the reader knows. */
function spotAfter(read: string, { text }: Heard): string {
  if (!text.includes(read)) return '';
  const rest = text.slice(text.indexOf(read) + read.length).replace(/[。！!\s]+$/, '');
  return spot.test(rest) ? rest : (landmark.exec(rest)?.[1] ?? '');
}

/** Free words that no reader knows for a place: they give way to one that is. */
const isLoose = (address: string) => !placeIsEnough(address) && readAddressParts(address).length === 0;

const pinned = ({ latitude, longitude, label }: NonNullable<Heard['location']>, known?: string): PlaceValue => ({
  ...{ latitude, longitude },
  address: label ?? known,
  source: 'pin',
});

function readPlace(heard: Heard, asked: boolean, current?: PlaceValue): PlaceValue | undefined {
  const { accountNumber } = heard.entities;
  if (heard.location) return pinned(heard.location, heard.entities.address ?? current?.address);
  const words = wordsOfPlace(heard, asked);
  if (!words) return accountNumber ? { ...current, accountNumber, source: current?.source ?? 'said' } : undefined;
  if (!current?.address)
    return (heard.addressPart && !asked) || /^\d+$/.test(words)
      ? undefined
      : { ...current, address: words, accountNumber, source: 'said' };
  return rejoined(heard, { ...current, address: current.address }, words, asked);
}

/** A place that is known, and what was said of it now. */
function rejoined(
  heard: Heard,
  current: PlaceValue & { address: string },
  words: string,
  asked: boolean,
): PlaceValue | undefined {
  const { accountNumber } = heard.entities;
  // What is on file, named again, is no other place.
  if (current.source === 'file' && normaliseAddress(current.address).includes(normaliseAddress(words)))
    return asked ? current : undefined;
  const anew = current.source === 'file' ? !heard.addressPart : heard.entities.address && isLoose(current.address);
  if (anew) return { address: words, accountNumber, source: 'said' };
  const joined = joinPlace(current.address, words);
  if (normaliseAddress(joined) === normaliseAddress(current.address)) return current;
  return more(current, joined);
}

/** Words added to what is known: what was on file is then no longer just that. */
const more = (known: PlaceValue, address: string): PlaceValue => ({
  ...known,
  address,
  accountNumber: known.source === 'file' ? undefined : known.accountNumber,
  source: known.source === 'pin' ? 'pin' : 'said',
});

function mendPlace(place: PlaceValue, correction: PartCorrection): PlaceValue | undefined {
  const mended = place.address && replacePart(place.address, correction);
  return mended ? { address: mended, source: 'said', ...(place.around ? { around: true } : {}) } : undefined;
}

/** A place, said in one go or bit by bit; asked again while it would not lead a crew there. */
export function address({ asking = 'required', onFile = true }: Options & { onFile?: boolean } = {}): Slot<PlaceValue> {
  return {
    asking,
    onFile: onFile ? 'place' : undefined,
    read: readPlace,
    show: (place, word) => {
      if (place.source === 'file')
        return `${maskAddress(place.address)} (${word('on.file')} ${maskDigits(place.accountNumber)})`;
      const pin = place.latitude !== undefined ? word('pin') : undefined;
      return place.address ?? pin ?? `${word('account')} ${maskDigits(place.accountNumber)}`;
    },
    patch: mendPlace,
    enough: (place) =>
      place.source !== 'said' || place.accountNumber !== undefined || placeIsEnough(place.address ?? ''),
  };
}

/** «西湖区» in quotes, the pin, or the address on file. */
export const whereOf = (place: PlaceValue | undefined, word: (key: string) => string): string =>
  place?.address ? `「${place.address}」` : word(place ? 'pin' : 'own.place');

/** Where to look for something: any place will do, a district too, and the one said last counts. */
export function nearby({ asking = 'required' }: Options = {}): Slot<PlaceValue> {
  return {
    asking,
    around: true,
    read: (heard, asked) => {
      const words = areaIn(heard.text);
      const place = readPlace(heard, asked) ?? (words ? { address: words, source: 'said' } : undefined);
      return place && { ...place, around: true };
    },
    patch: mendPlace,
  };
}

export interface PhoneValue {
  number: string;
  /** file: of the account that was chosen, shown masked. */
  source: 'said' | 'file';
  /** «转801»: dialled by hand, so that it is kept beside the number. */
  extension?: string;
}

const extended = /(?:转|分机号?(?:是|为)?|\bext\.?(?:ension)?)\s*(\d{1,6})(?!\d)|\d{7,8}\s?-\s?(\d{3,4})(?!\d)/i;

/** The extension of a landline that the message tells. */
export function extensionIn({ text, entities }: Pick<Heard, 'text' | 'entities'>): string | undefined {
  if (!entities.phone?.startsWith('0')) return undefined;
  const told = extended.exec(text);
  return told?.[1] ?? told?.[2];
}

/** A number to call back. «不方便» is an answer: the form goes on without it. */
export function phone({
  asking = 'refusable',
  onFile = true,
  buttons,
}: Options & { onFile?: boolean; buttons?: readonly string[] } = {}): Slot<PhoneValue> {
  return {
    asking,
    buttons,
    onFile: onFile ? 'phone' : undefined,
    read: (heard) => {
      const { phone: number } = heard.entities;
      return number === undefined ? undefined : { number, source: 'said', extension: extensionIn(heard) };
    },
    show: ({ number, source, extension }) =>
      source === 'file' ? maskDigits(number) : [number, extension].filter(Boolean).join('-'),
    patch: ({ number }, correction) => {
      const mended = patchDigits(number, correction);
      return mended === undefined ? undefined : { number: mended, source: 'said' };
    },
  };
}

function patchDigits(digits: string, { wrong, right, part }: PartCorrection): string | undefined {
  const fresh = right.replaceAll(/\D/g, '');
  if (!fresh || fresh.length !== right.length) return undefined;
  if (part) {
    const count = fresh.length;
    if (part.position === 'first') return fresh + digits.slice(count);
    if (part.position === 'last') return digits.slice(0, digits.length - count) + fresh;
    const start = Math.floor((digits.length - count) / 2);
    return digits.slice(0, start) + fresh + digits.slice(start + count);
  }
  const at = wrong && /^\d{2,}$/.test(wrong) ? digits.lastIndexOf(wrong) : -1;
  if (at < 0 || !wrong) return undefined;
  const mended = digits.slice(0, at) + fresh + digits.slice(at + wrong.length);
  return mended.length === digits.length ? mended : undefined;
}

/** When the trouble began. */
export function pastTime({ asking = 'never' }: Options = {}): Slot<NonNullable<Entities['time']>> {
  return {
    asking,
    keeps: true,
    read: ({ entities, moment, began, text, question }, _asked, current) =>
      ((current || (/时间/.test(text) && !question)) && moment) || entities.time || (current ? undefined : began),
    show: (time) => showTime(time),
  };
}

/** What kind of fault; asked with buttons, and free words become «other» with the words kept. */
export function faultKind({ asking = 'required' }: Options = {}): Slot<NonNullable<Entities['faultKind']>> {
  return {
    asking,
    buttons: ['kind.no_power_home', 'kind.tripping', 'kind.low_voltage', 'kind.meter_fault', 'kind.other'],
    read: (heard, asked, current) => {
      const kind = heard.entities.faultKind;
      if (kind) return kind === 'other' && current ? undefined : kind;
      const saysElse =
        Object.keys(heard.entities).length > 0 || heard.addressPart !== undefined || looksLikePlace(heard.text);
      return asked && !saysElse && !heard.question && !heard.yesNo && heard.text.trim().length > 3
        ? 'other'
        : undefined;
    },
    show: (kind, word) => word(`kind.${kind}`),
  };
}

/** «名字写张伟». */
const named =
  /(?:名字|姓名|联系人|称呼)(?:就|就是)?(?:写|填|记|留|改成|换成)(?!错)([\u4e00-\u9fff]{2,4}?)(?=$|[，。,；;！!\s]|吧)/;

/** How to address the contact; never asked. */
export function name({ asking = 'never' }: Options = {}): Slot<string> {
  return {
    asking,
    keeps: true,
    // «我是文三路199号的»: a road is no name.
    read: ({ entities, text }) => {
      const written = entities.name ?? named.exec(text)?.[1];
      return entities.address?.includes(written ?? ' ') ? undefined : written;
    },
    show: (value) => value,
    patch: mendedWords,
  };
}

/** Photos add up; they answer no other question, but are thanked for. */
export function photos({ asking = 'never' }: Options = {}): Slot<string[]> {
  return {
    asking,
    keeps: true,
    read: (heard, _asked, current = []) => (heard.photos.length ? [...current, ...heard.photos] : undefined),
    show: (ids, word) => `${ids.length} ${word('photos')}`,
  };
}

interface YesNoOptions {
  buttons?: readonly string[];
  /** Signs (of the dialog's intents file) that say yes or no to this very question in other words. */
  signs?: { yes: string; no: string };
  /** With `signs`: a bare yes still means yes. */
  plain?: boolean;
  /** An offer that is dropped when the customer turns to something else. */
  passing?: boolean;
}

/** A yes or no that only a hook asks for, and only then reads. With `signs` a bare «好的» assents to the milder way, `no`. */
export function yesNo({
  buttons = ['button.yes', 'button.no'],
  signs,
  plain,
  passing,
}: YesNoOptions = {}): Slot<boolean> {
  return {
    asking: 'on_demand',
    passing,
    buttons,
    read: (heard, asked) => {
      if (!asked) return undefined;
      const said = signs && heard.signs.findLast((each) => each === signs.yes || each === signs.no);
      if (said) return said === signs?.yes;
      if (signs && !plain && !heard.tapped) return heard.yesNo === undefined ? undefined : false;
      return heard.yesNo && heard.yesNo === 'yes';
    },
  };
}

/** What the customer noticed: the first of these `signs`, whose phrases stand in the dialog's intents file. */
export function sign<const Name extends string>(signs: readonly Name[]): Slot<Name> {
  return {
    asking: 'never',
    read: ({ signs: held, answered }) => (answered ? undefined : signs.find((each) => held.includes(each))),
  };
}

/** Whether the form itself asks for it, unlike those that are only volunteered or that a hook asks for. */
export const isAsked = ({ asking }: Pick<Slot, 'asking'>): boolean => asking === 'refusable' || asking === 'required';
