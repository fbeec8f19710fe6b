import type { Account, Backend, Prices } from '#backends';
import { localDay, localTime, maskDigits, showMonth } from '#conversation';
import { BackendUnavailable } from '#errors';
import type { Facts, Texts } from '#texts';
import type { PriceNotice, TextNotice } from '#wire';
import { type AccountEffect, effectOn } from './effect.ts';
import { type Notice, type OutageContent, written } from './notice.ts';

/** What one receiver reads; `facts` are what a template of WeChat takes its fields from. */
export interface Composed {
  text: string;
  facts: Facts;
}

interface Tools {
  backend: Backend;
  texts: Texts;
  now: Date;
}

/** Accounts whose effect is told one by one. */
const mostAccounts = 3;

/**
 * The words for one receiver: in their language, with what it means for their own accounts.
 * @throws BackendUnavailable where what is theirs can't be looked up now
 */
export async function compose(tools: Tools, notice: Notice, accounts: readonly string[]): Promise<Composed> {
  const content = written(notice);
  if (content?.kind === 'price') return composePrice(tools, content, accounts);
  return content ? composeText(tools, content) : composeOutage(tools, notice);
}

async function composePrice(tools: Tools, content: PriceNotice, numbers: readonly string[]): Promise<Composed> {
  const { texts } = tools;
  const say = (key: string, facts?: Facts) => texts.say('common', `notice.${key}`, facts);
  const found = await effectsOf(tools, content, numbers);
  const lines = found.map(({ number, effect }) =>
    say(`effect.${effect?.verdict ?? 'none'}`, factsOf(number, effect, tools)),
  );
  const others = numbers.length - found.length;
  const effect = [
    ...(numbers.length === 0 ? [say('effect.unbound')] : lines),
    ...(others > 0 ? [say('effect.others', { count: others })] : []),
  ].join('\n');
  const kinds = content.kinds.map((kind) => texts.say('price.change', `choice.${kind}`)).join('、');
  const whom = { regions: content.regions.join('、'), kinds };
  const { title, document, issuedBy, effectiveFrom: from, counts, summary } = content;
  const facts = { title, document, issuedBy, from, counts, summary, effect };
  const first = found[0]?.effect;
  return {
    text: say('price', { ...facts, whom: whom.regions || kinds ? say('whom', whom) : say('everybody') }),
    facts: { ...facts, effect: say(`short.${first?.verdict ?? 'none'}`, { yuan: first?.yuan }) },
  };
}

interface Found {
  number: string;
  effect?: AccountEffect;
}

/** Accounts that are gone meanwhile are not told of. */
async function effectsOf({ backend, now }: Tools, content: PriceNotice, numbers: readonly string[]): Promise<Found[]> {
  if (numbers.length === 0) return [];
  const prices: Prices = await backend.prices.all();
  const effects = numbers.slice(0, mostAccounts).map(async (number): Promise<Found> => {
    const account: Account | undefined = await backend.accounts.find(number);
    return { number, effect: account && (await effectOn(backend, now, account, content, prices)) };
  });
  return Promise.all(effects);
}

const factsOf = (number: string, effect: AccountEffect | undefined, { now }: Tools): Facts => ({
  ...{ account: maskDigits(number), months: effect?.months, kwh: effect?.kwh, yuan: effect?.yuan },
  ...(effect && { first: showMonth(effect.from, now), last: showMonth(effect.to, now) }),
});

/** The same for everybody; what may be switched off says how. */
function composeText({ texts, now }: Tools, { title, body, topic, legal }: TextNotice): Composed {
  const stop = legal
    ? undefined
    : texts.say('common', 'notice.stop', { topic: texts.say('common', `notice.topic.${topic}`) });
  return {
    text: texts.say('common', 'notice.text', { title, body, stop }),
    facts: { title, body, from: localDay(now) },
  };
}

function composeOutage({ texts }: Tools, { kind, title, content }: Notice): Composed {
  const { where, cause, startsAt, endsAt } = content as OutageContent;
  const say = (key: string, facts?: Facts) => texts.say('common', `notice.${key}`, facts);
  const facts = {
    where,
    cause: cause ?? say('outage.cause.unknown'),
    from: localTime(startsAt),
    back: localTime(endsAt) ?? say('outage.back.unknown'),
  };
  return { text: say(kind, facts), facts: { ...facts, title } };
}

/** Where a system of the utility is down, what is to be told waits for it. */
export const isDown = (error: unknown): boolean => error instanceof BackendUnavailable;
