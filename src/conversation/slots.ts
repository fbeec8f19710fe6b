import type { Place } from '#backends';
import { type Entities, normaliseAddress } from '#nlu';
import { joinPlace, looksLikePlace, placeIsEnough, replacePart } from './place.ts';
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
}

/** The place as backends and orders take it. */
export function placeOf(value: PlaceValue | undefined): Place | undefined {
  if (!value) return undefined;
  const { source: _source, ...place } = value;
  return place;
}

function readPlace(heard: Heard, asked: boolean, current?: PlaceValue): PlaceValue | undefined {
  const { address, accountNumber } = heard.entities;
  if (heard.location) {
    const { latitude, longitude, label } = heard.location;
    return { latitude, longitude, address: label ?? address ?? current?.address, source: 'pin' };
  }
  const words = address ?? (asked && !heard.question && looksLikePlace(heard.text) ? heard.text.trim() : undefined);
  if (!words) return accountNumber ? { ...current, accountNumber, source: current?.source ?? 'said' } : undefined;
  if (current?.source !== 'said' || !current.address) return { address: words, accountNumber, source: 'said' };
  const joined = joinPlace(current.address, words);
  return normaliseAddress(joined) === normaliseAddress(current.address) ? undefined : { ...current, address: joined };
}

/** A place, said in one go or bit by bit; asked again while it would not lead a crew there. */
export function address({ asking = 'required' }: Options = {}): Slot<PlaceValue> {
  return {
    asking,
    onFile: 'place',
    read: readPlace,
    show: (place, word) => {
      if (place.source === 'file')
        return `${maskAddress(place.address)} (${word('on.file')} ${maskDigits(place.accountNumber)})`;
      const pin = place.latitude !== undefined ? word('pin') : undefined;
      return place.address ?? pin ?? `${word('account')} ${maskDigits(place.accountNumber)}`;
    },
    patch: (place, correction) => {
      const mended = place.address && place.source === 'said' && replacePart(place.address, correction);
      return mended ? { ...place, address: mended } : undefined;
    },
    enough: (place) =>
      place.source !== 'said' || place.accountNumber !== undefined || placeIsEnough(place.address ?? ''),
  };
}

export interface PhoneValue {
  number: string;
  /** file: of the account that was chosen, shown masked. */
  source: 'said' | 'file';
}

/** A number to call back. «不方便» is an answer: the form goes on without it. */
export function phone({ asking = 'refusable' }: Options = {}): Slot<PhoneValue> {
  return {
    asking,
    onFile: 'phone',
    read: ({ entities }) => (entities.phone === undefined ? undefined : { number: entities.phone, source: 'said' }),
    show: ({ number, source }) => (source === 'file' ? maskDigits(number) : number),
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
  return { asking, read: (heard) => heard.entities.time, show: (time) => showTime(time) };
}

/** What kind of fault; asked with buttons, and free words become «other» with the words kept. */
export function faultKind({ asking = 'required' }: Options = {}): Slot<NonNullable<Entities['faultKind']>> {
  return {
    asking,
    buttons: ['kind.no_power_home', 'kind.tripping', 'kind.low_voltage', 'kind.meter_fault', 'kind.other'],
    read: (heard, asked) => {
      if (heard.entities.faultKind) return heard.entities.faultKind;
      return asked && !heard.question && !heard.yesNo && heard.text.trim().length > 1 ? 'other' : undefined;
    },
    show: (kind, word) => word(`kind.${kind}`),
  };
}

/** How to address the contact; never asked. */
export function name({ asking = 'never' }: Options = {}): Slot<string> {
  return { asking, read: (heard) => heard.entities.name, show: (value) => value };
}

/** Photos add up; they answer no other question, but are thanked for. */
export function photos({ asking = 'never' }: Options = {}): Slot<string[]> {
  return {
    asking,
    read: (heard, _asked, current = []) => (heard.photos.length ? [...current, ...heard.photos] : undefined),
    show: (ids, word) => `${ids.length} ${word('photos')}`,
  };
}

/** A yes or no that only a hook asks for, and only then reads. */
export function yesNo({ buttons = ['button.yes', 'button.no'] }: { buttons?: readonly string[] } = {}): Slot<boolean> {
  return {
    asking: 'on_demand',
    buttons,
    read: (heard, asked) => (asked && heard.yesNo ? heard.yesNo === 'yes' : undefined),
  };
}

/** The latest thing the customer noticed, of those listed under `signs` in the dialog's intents file. */
export function sign(): Slot<string> {
  return { asking: 'never', read: (heard) => heard.signs.at(-1) };
}

/** Whether the form itself asks for it, unlike those that are only volunteered or that a hook asks for. */
export const isAsked = ({ asking }: Pick<Slot, 'asking'>): boolean => asking === 'refusable' || asking === 'required';
