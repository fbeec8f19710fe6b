import type { Entities } from '#nlu';
import { maskDigits } from './show.ts';
import type { Asking, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

/** A billing period or several, «上个月», «一到三月»: never asked, since there is always a sensible one. */
export function month({ asking = 'never' }: Options = {}): Slot<NonNullable<Entities['month']>> {
  return { asking, read: ({ entities }) => entities.month };
}

/** Yuan. */
export function amount({ asking = 'never' }: Options = {}): Slot<number> {
  return { asking, read: ({ entities }) => entities.amount, show: (yuan, word) => `${yuan} ${word('unit.yuan')}` };
}

/** kWh. */
export function energy({ asking = 'never' }: Options = {}): Slot<number> {
  return { asking, read: ({ entities }) => entities.energy, show: (kwh, word) => `${kwh} ${word('unit.kwh')}` };
}

/** kW or kVA. A bare number is taken for kW where it was asked for. */
export function capacity({ asking = 'refusable' }: Options = {}): Slot<NonNullable<Entities['capacity']>> {
  return {
    asking,
    read: ({ entities, text }, asked) => {
      const bare = asked ? /^\D{0,3}(\d{1,5}(?:\.\d+)?)\D{0,4}$/.exec(text.trim())?.[1] : undefined;
      return entities.capacity ?? (bare ? { value: Number(bare), unit: 'kW' } : undefined);
    },
    show: ({ value, unit }) => `${value} ${unit}`,
  };
}

/** People who live there. A bare number is one where it was asked for. */
export function household({ asking = 'required' }: Options = {}): Slot<number> {
  return {
    asking,
    read: ({ entities, text }, asked) => {
      const bare = asked ? /^\D{0,4}(\d{1,2})\D{0,4}$/.exec(text.trim())?.[1] : undefined;
      return entities.household ?? (bare ? Number(bare) : undefined);
    },
    show: (people, word) => `${people} ${word('unit.people')}`,
  };
}

/** Volunteered, an account number is taken wherever it stands; whether it is the customer's own is another matter. */
export function accountNumber({ asking = 'required' }: Options = {}): Slot<string> {
  return {
    asking,
    read: ({ entities, text }, asked) =>
      entities.accountNumber ?? (asked ? /^\D{0,6}(\d{10,16})\D{0,4}$/.exec(text.trim())?.[1] : undefined),
    show: (number) => maskDigits(number),
  };
}

/** The account that this is about, proved to be the customer's own: see `Slot.proof`. */
export function account({ asking = 'required' }: Options = {}): Slot<string> {
  return {
    asking,
    proof: true,
    read: ({ entities, bound, text }) => {
      const named = entities.accountNumber ?? /(?:尾号|末尾|后四位|尾数)\D{0,3}(\d{3,6})/.exec(text)?.[1];
      return named === undefined ? undefined : bound.find((number) => number.endsWith(named));
    },
    show: (number) => maskDigits(number),
  };
}

/** The one-time code, only where it was asked for. */
export function code(): Slot<string> {
  return {
    asking: 'on_demand',
    read: ({ text }, asked) => (asked ? /(?<!\d)\d{6}(?!\d)/.exec(text.replaceAll(' ', ''))?.[0] : undefined),
  };
}

interface ChoiceOptions extends Options {
  /** Shown as buttons; all of the values unless told. */
  offered?: readonly string[];
}

/** One of a few values, as buttons `choice.<value>`; signs of the same names (intents file) say it in other words, asked or not. */
export function choice<const Value extends string>(
  values: readonly Value[],
  { asking = 'refusable', offered = values }: ChoiceOptions = {},
): Slot<Value> {
  return {
    asking,
    buttons: offered.map((value) => `choice.${value}`),
    read: (heard) =>
      values.find((value) => value === heard.chosen) ?? values.find((value) => heard.signs.includes(value)),
    show: (value, word) => word(`choice.${value}`),
  };
}

/** Free words, where they are asked for; a question to us is none. */
export function words({ asking = 'refusable', atLeast = 2 }: Options & { atLeast?: number } = {}): Slot<string> {
  return {
    asking,
    read: ({ text, question, yesNo }, asked) => {
      const said = text.trim();
      return asked && !question && !yesNo && said.length >= atLeast ? said.slice(0, 500) : undefined;
    },
    show: (said) => said,
  };
}
