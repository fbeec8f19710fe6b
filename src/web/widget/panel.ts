import type { Handlers } from './bubble.ts';
import { openComposer } from './composer.ts';
import type { Draft, View } from './conversation.ts';
import type { Calendar } from './days.ts';
import { h, icon } from './element.ts';
import { link } from './links.ts';
import { openLog } from './log.ts';
import type { Texts } from './texts.ts';

export interface PanelParts {
  title: string;
  hotline: string;
  texts: Texts;
  calendar: Calendar;
  handlers: Handlers;
  send(draft: Draft): void;
  close(): void;
}

const focusable = 'button:not([disabled]):not([hidden]),a[href],textarea';

/** On a phone the panel is the screen: Tab must not wander into the page behind it. */
function keepFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(focusable)].filter((stop) => stop.offsetParent !== null);
  const here = (panel.getRootNode() as ShadowRoot).activeElement;
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (here !== from) return;
  event.preventDefault();
  to?.focus();
}

const statusOf = ({ connection, restarted }: View, texts: Texts): string => {
  if (!navigator.onLine) return texts.offline;
  if (connection === 'reconnecting') return texts.reconnecting;
  return restarted ? texts.restarted : '';
};

function takeDrops(panel: HTMLElement, add: (files: FileList) => void): void {
  const holds = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const mark = (event: DragEvent, on: boolean) => {
    if (!holds(event)) return;
    event.preventDefault();
    panel.classList.toggle('dropping', on);
  };
  panel.addEventListener('dragover', (event) => mark(event, true));
  panel.addEventListener('dragleave', (event) => !panel.contains(event.relatedTarget as Node) && mark(event, false));
  panel.addEventListener('drop', (event) => {
    mark(event, false);
    if (event.dataTransfer?.files.length) add(event.dataTransfer.files);
  });
}

function header({ title, hotline, texts, close }: PanelParts, presence: HTMLElement): HTMLElement {
  const call = hotline !== '' && link(`tel:${hotline}`, '', 'call');
  if (call) {
    call.setAttribute('aria-label', texts.call(hotline));
    call.title = texts.call(hotline);
    call.append(icon('call'));
  }
  return h(
    'header',
    {},
    h('span', { class: 'mark' }, icon('bolt')),
    h('div', { class: 'names' }, h('h2', {}, title), presence),
    call,
    h('button', { type: 'button', class: 'close', 'aria-label': texts.close, onclick: close }, icon('close')),
  );
}

/** The open conversation. */
export function openPanel(parts: PanelParts) {
  const { texts, title } = parts;
  const presence = h('p', { class: 'presence' }, texts.connecting);
  const status = h('div', { class: 'status', role: 'status' });
  const log = openLog(texts, parts.calendar, parts.handlers);
  const composer = openComposer(texts, parts.send);
  const element = h(
    'section',
    { class: 'panel', role: 'dialog', 'aria-label': title, hidden: true },
    header(parts, presence),
    status,
    log.element,
    composer.element,
    h('div', { class: 'drop' }, icon('picture'), texts.drop),
  );
  takeDrops(element, composer.add);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) parts.close();
    if (event.key === 'Tab' && matchMedia('(max-width: 30rem)').matches) keepFocus(element, event);
  });
  return {
    element,
    focus: () => composer.focus(),
    /** After a button that goes away: on with the keyboard, but don't bring up the one on the screen. */
    rest: () => (matchMedia('(pointer: coarse)').matches ? log : composer).focus(),
    toEnd: log.toEnd,
    render(view: View) {
      const words = statusOf(view, texts);
      if (status.textContent !== words) status.textContent = words;
      presence.textContent = view.connection === 'online' ? texts.online : texts.connecting;
      element.classList.toggle('away', view.connection !== 'online');
      log.render(view);
    },
  };
}
