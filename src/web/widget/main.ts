import type { Action } from './activity.ts';
import type { Handlers } from './bubble.ts';
import { type Conversation, type Draft, openConversation, type View } from './conversation.ts';
import { openCalendar } from './days.ts';
import { h, icon } from './element.ts';
import { openMemory } from './memory.ts';
import { openPanel } from './panel.ts';
import { openViewer } from './picture.ts';
import { openPictureStore } from './picture-store.ts';
import { openService } from './service.ts';
import { dress, followKeyboard } from './style.ts';
import { textsFor } from './texts.ts';

/**
 * `<script src="https://…/widget.js" data-title data-locale data-base data-hotline>` puts the widget on a page; any
 * element with `data-gridtalk="words"` opens it and says the words (none: only opens it).
 */
function start(script: HTMLScriptElement): void {
  const { title, locale = document.documentElement.lang || 'zh-CN', base, hotline = '' } = script.dataset;
  const texts = textsFor(locale);
  const server = new URL(base || script.src, document.baseURI).origin;
  const memory = openMemory(server);
  const service = openService(server, memory, locale);
  const pictures = openPictureStore();
  const host = h('div');
  const root = host.attachShadow({ mode: 'open' });
  let conversation: Conversation | undefined;
  let view: View | undefined;

  const handlers: Handlers = {
    say({ type, title: words, value }: Action) {
      send(typeof value === 'string' ? { text: value } : { text: type === 'imBack' ? String(value) : words, value });
      panel.rest();
    },
    retry: (key) => conversation?.retry(key),
    load: service.picture,
    view: openViewer(root, texts),
  };
  const panel = openPanel({
    title: title || texts.title,
    hotline,
    texts,
    calendar: openCalendar(locale, texts),
    handlers,
    send,
    close,
  });
  const badge = h('span', { class: 'badge', hidden: true });
  const label = h('span', { class: 'unseen' }, texts.open);
  const launcher = h(
    'button',
    { type: 'button', class: 'launcher', onclick: () => open(true) },
    icon('chat'),
    label,
    badge,
  );

  /** A conversation begins when the customer wants one, not with every page they look at. */
  function begin(): Conversation {
    conversation ??= openConversation(memory, pictures, service, render);
    return conversation;
  }

  function send(draft: Draft): void {
    void begin().send(draft);
  }

  function render(next: View): void {
    view = next;
    panel.render(next);
    count();
  }

  function count(): void {
    if (!view?.ready) return;
    const { lines } = view;
    if (!panel.element.hidden && !document.hidden) memory.keepSeen(lines[lines.length - 1]?.key ?? '');
    const seen = lines.findIndex((line) => line.key === memory.seen());
    const unread = lines.slice(seen + 1).filter((line) => !line.mine).length;
    badge.hidden = unread === 0;
    badge.textContent = unread > 99 ? '99+' : String(unread);
    label.textContent = unread > 0 ? `${texts.open}，${texts.unread(unread)}` : texts.open;
  }

  function open(focus: boolean): void {
    begin();
    panel.element.hidden = false;
    launcher.hidden = true;
    memory.keepOpen(true);
    count();
    panel.toEnd();
    if (focus) panel.focus();
  }

  function close(): void {
    panel.element.hidden = true;
    launcher.hidden = false;
    memory.keepOpen(false);
    launcher.focus();
  }

  dress(root);
  root.append(launcher, panel.element);
  document.body.append(host);
  followKeyboard(host);

  document.addEventListener('click', (event) => {
    const asked = (event.target as Element).closest<HTMLElement>('[data-gridtalk]');
    if (!asked) return;
    event.preventDefault();
    open(true);
    if (asked.dataset.gridtalk) send({ text: asked.dataset.gridtalk });
  });
  addEventListener('online', () => conversation?.wake());
  addEventListener('offline', () => conversation?.cut());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    conversation?.wake();
    count();
  });
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    const idOf = (text: string | null) => text && JSON.parse(text).conversationId;
    if (key === memory.sessionKey && newValue && idOf(oldValue) !== idOf(newValue)) conversation?.follow();
  });

  if (memory.wasOpen()) open(false);
  else if (memory.session() || memory.outbox().length > 0) begin();
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}
