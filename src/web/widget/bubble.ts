import type { Action, Card } from './activity.ts';
import type { Line } from './conversation.ts';
import { h, icon } from './element.ts';
import { link, linked, safeAddress } from './links.ts';
import { type Gallery, pictureView } from './picture.ts';
import type { Texts } from './texts.ts';

export interface Handlers extends Gallery {
  say(action: Action): void;
  retry(key: string): void;
}

/** A line on the screen; `update` changes what may change: its delivery, progress and time. */
export interface Bubble {
  element: HTMLElement;
  update(line: Line, time: string): void;
}

/** A button of the bot: a link, a call, or words said for the customer. An address that is not safe makes no button. */
export function actionButton(action: Action, handlers: Handlers): HTMLElement | undefined {
  if (action.type !== 'openUrl' && action.type !== 'call') {
    return h('button', { type: 'button', class: 'choice', onclick: () => handlers.say(action) }, action.title);
  }
  const wanted = String(action.value);
  const href = safeAddress(action.type === 'call' && /^[+\d]/.test(wanted) ? `tel:${wanted}` : wanted);
  return href ? link(href, action.title, 'choice') : undefined;
}

function cardView(card: Card, handlers: Handlers): HTMLElement {
  return h(
    'div',
    { class: 'bubble card' },
    card.title !== '' && h('strong', {}, card.title),
    card.subtitle !== '' && h('span', { class: 'soft' }, card.subtitle),
    card.text !== '' && h('p', {}, ...linked(card.text)),
    ...card.buttons.map((button) => actionButton(button, handlers)),
  );
}

function placeView({ latitude, longitude }: NonNullable<Line['place']>, texts: Texts): HTMLElement {
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return h('div', { class: 'bubble place' }, icon('place'), h('span', {}, texts.myPlace, h('small', {}, where)));
}

function metaView(key: string, texts: Texts, handlers: Handlers) {
  const time = h('time');
  const state = h('span', { class: 'state' });
  const retry = h('button', { type: 'button', class: 'plain', onclick: () => handlers.retry(key) }, texts.retry);
  const element = h('div', { class: 'meta' }, state, time);
  return {
    element,
    update(line: Line, clock: string) {
      time.textContent = clock;
      time.dateTime = new Date(line.at).toISOString();
      state.textContent = line.delivery === 'sent' ? '' : texts[line.delivery];
      element.hidden = clock === '' && line.delivery === 'sent';
      if (line.delivery === 'waiting' || line.delivery === 'rejected') element.append(retry);
      else retry.remove();
    },
  };
}

export function makeBubble(line: Line, texts: Texts, handlers: Handlers): Bubble {
  const meta = metaView(line.key, texts, handlers);
  const progress = h('progress', { max: '1', 'aria-label': texts.uploading });
  const element = h(
    'div',
    { class: 'line' },
    h('span', { class: 'unseen' }, `${line.mine ? texts.me : texts.bot}: `),
    line.text !== '' && h('p', { class: 'bubble' }, ...linked(line.text)),
    line.place && placeView(line.place, texts),
    ...line.pictures.map((picture) => pictureView(picture, texts, handlers)),
    ...line.cards.map((card) => cardView(card, handlers)),
    meta.element,
  );
  return {
    element,
    update(next, time) {
      element.className = `line ${next.mine ? 'mine' : 'theirs'} ${next.delivery}`;
      meta.update(next, time);
      const uploading = next.delivery === 'sending' && next.progress !== undefined;
      if (uploading) progress.value = next.progress ?? 0;
      if (uploading && !progress.isConnected) meta.element.before(progress);
      if (!uploading) progress.remove();
    },
  };
}
