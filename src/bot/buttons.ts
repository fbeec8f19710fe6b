import type { Texts } from '#texts';
import type { State } from './state.ts';

/** What a tap on a button of common.yml means. */
const meanings: Readonly<Record<string, string>> = {
  'button.yes': 'yes',
  'button.confirm': 'yes',
  'button.insist': 'yes',
  'button.no': 'no',
  'button.wait': 'no',
  'button.change': 'change',
  'button.cancel': 'intent:control.cancel',
  'button.person': 'intent:agent.handoff',
  'button.report': 'intent:fault.report',
  'button.outage': 'intent:outage.query',
  'button.progress': 'intent:workorder.progress',
  'button.apply': 'yes',
  'button.later': 'no',
  'button.check': 'yes',
  'button.enough': 'no',
};

/** «go.bill.query» begins that intent; «choice.shop» is the value of a choice; other keys mean just their words. */
function meaningOf(key: string): string {
  if (key.startsWith('go.')) return `intent:${key.slice('go.'.length)}`;
  if (key.startsWith('choice.')) return `choice:${key.slice('choice.'.length)}`;
  return meanings[key] ?? 'words';
}

export interface Button {
  title: string;
  means: string;
  /** The title as it is written in zh-CN, where it is shown in another language: the rules know the tap by it. */
  words?: string;
}

/** `written`: the texts as they are in zh-CN. */
export const button = (texts: Texts, file: string, key: string, written: Texts): Button => {
  const title = texts.say(file, key);
  return { title, means: meaningOf(key), ...(texts === written ? {} : { words: written.say(file, key) }) };
};

const ordinals = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** The button that was tapped, or whose label or number was typed; undefined where it is something else. */
export function tapped(buttons: State['buttons'], text: string): Button | undefined {
  const words = text.trim();
  const byTitle = buttons.find(({ title }) => title.toLowerCase() === words.toLowerCase());
  if (byTitle) return byTitle;
  const number = /^(?:第|选)?([1-9一二三四五六七八九])(?:个|项)?$/.exec(words)?.[1];
  if (!number) return undefined;
  return buttons[(ordinals.indexOf(number) + 1 || Number(number)) - 1];
}
