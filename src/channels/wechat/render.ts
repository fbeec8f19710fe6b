import type { Activity } from 'botbuilder-core';
import type { Texts } from '#texts';
import type { Push } from './push.ts';
import { cdata } from './xml.ts';

/** The most that one text message holds, in bytes of UTF-8; a longer passive answer is silently dropped by WeChat. */
export const longest = 2048;

/** One reply, as far as WeChat can show it: charts and cards are left out, their text says the same. */
export interface Spoken {
  text: string;
  buttons: readonly string[];
}

export const spoken = (activities: readonly Partial<Activity>[]): Spoken[] =>
  activities.map(({ text, suggestedActions }) => ({
    text: text?.trim() ?? '',
    buttons: suggestedActions?.actions.map(({ title }) => title) ?? [],
  }));

const joined = (replies: readonly Spoken[]) => replies.flatMap(({ text }) => text || []).join('\n\n');

/** The replies of one turn as texts; the last reply's buttons, which are those that count, as a numbered list. */
export function asTexts(replies: readonly Spoken[], texts: Texts): string[] {
  const buttons = replies.at(-1)?.buttons ?? [];
  const list = buttons.map((title, at) => `${at + 1}. ${title}`);
  const choice = list.length ? [texts.say('common', 'wechat.choose'), ...list].join('\n') : '';
  return split([joined(replies), choice].filter(Boolean).join('\n\n'));
}

/** A body for the customer-service API, without the receiver. */
export type ApiMessage =
  | { msgtype: 'text'; text: { content: string } }
  | {
      msgtype: 'msgmenu';
      msgmenu: { head_content: string; list: { id: string; content: string }[]; tail_content: string };
    };

export const textMessage = (content: string): ApiMessage => ({ msgtype: 'text', text: { content } });

/** The same for the customer-service API, whose menus can be tapped. Each message costs quota, so they are few. */
export function asMessages(replies: readonly Spoken[]): ApiMessage[] {
  const chunks = split(joined(replies));
  const list = (replies.at(-1)?.buttons ?? []).map((content, at) => ({ id: String(at + 1), content }));
  if (list.length === 0) return chunks.map(textMessage);
  const head_content = chunks.pop() ?? '';
  return [...chunks.map(textMessage), { msgtype: 'msgmenu', msgmenu: { head_content, list, tail_content: '' } }];
}

/** The passive answer's body, in the account's notation; To and From change places. */
export function passive(notation: Push['notation'], to: string, from: string, at: string, content: string): string {
  if (notation === 'json')
    return JSON.stringify({
      ToUserName: to,
      FromUserName: from,
      CreateTime: Number(at),
      MsgType: 'text',
      Content: content,
    });
  return `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName><CreateTime>${at}</CreateTime><MsgType>${cdata('text')}</MsgType><Content>${cdata(content)}</Content></xml>`;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** Cuts a text into pieces of at most `most` bytes: never inside a character as people see it nor inside a link, if possible at a line's end. */
export function split(text: string, most = longest): string[] {
  if (text === '') return [];
  if (bytes(text) <= most) return [text];
  const pieces: string[] = [];
  let piece = '';
  let size = 0;
  for (const unit of units(text, most)) {
    const more = bytes(unit);
    if (size + more > most) {
      const [full, rest] = atLineEnd(piece);
      pieces.push(full);
      piece = rest;
      size = bytes(rest);
      // The rest of a line may be long itself.
      if (size + more > most) {
        pieces.push(piece);
        piece = '';
        size = 0;
      }
    }
    piece += unit;
    size += more;
  }
  return piece ? [...pieces, piece] : pieces;
}

/** What may not be cut: links, then characters; a unit that is longer than a message by itself is cut all the same. */
function* units(text: string, most: number): Generator<string> {
  for (const part of text.split(/(<a\b[^<>\n]*>[^<>\n]*<\/a>)/)) {
    if (part.startsWith('<a') && bytes(part) <= most) yield part;
    else
      for (const { segment } of graphemes.segment(part)) {
        if (bytes(segment) <= most) yield segment;
        else yield* segment;
      }
  }
}

/** The piece up to its last line's end, if that is in its second half, and what is left. */
function atLineEnd(piece: string): [string, string] {
  const end = piece.lastIndexOf('\n') + 1;
  return end > piece.length / 2 && end < piece.length ? [piece.slice(0, end), piece.slice(end)] : [piece, ''];
}
