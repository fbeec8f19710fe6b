import { actionButton, type Bubble, type Handlers, makeBubble } from './bubble.ts';
import type { Line, View } from './conversation.ts';
import type { Calendar } from './days.ts';
import { h, icon } from './element.ts';
import type { Texts } from './texts.ts';

/** Puts `wanted` in place with the fewest moves, so that a screen reader hears only what is new. */
function arrange(parent: Element, wanted: readonly Element[]): void {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/** The bot's last offer, as long as the customer has not answered it. */
export function openChoices(lines: readonly Line[]) {
  for (const line of [...lines].reverse()) {
    if (line.mine) return [];
    if (line.actions.length > 0) return line.actions;
  }
  return [];
}

/** Stays at the newest line if it is there; whoever reads further up is left in peace and told below. */
function openScroller(content: HTMLElement, texts: Texts) {
  const near = 48;
  let stuck = true;
  let lastTop = 0;
  const toEnd = () => {
    stuck = true;
    viewport.scrollTop = viewport.scrollHeight;
  };
  const newer = h(
    'button',
    { type: 'button', class: 'newer', hidden: true, onclick: toEnd },
    icon('down'),
    texts.newer,
  );
  const viewport = h('div', { class: 'viewport', tabindex: '-1' }, content);
  viewport.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = viewport;
    // Only going up leaves the end: a picture that has just grown below also puts it out of sight.
    if (scrollHeight - scrollTop - clientHeight < near) stuck = true;
    else if (scrollTop < lastTop) stuck = false;
    lastTop = scrollTop;
    if (stuck) newer.hidden = true;
  });
  const follow = new ResizeObserver(() => stuck && toEnd());
  follow.observe(content);
  follow.observe(viewport);
  return {
    element: h('div', { class: 'scroller' }, viewport, newer),
    toEnd,
    focus: () => viewport.focus(),
    added: (mine: boolean) => {
      if (mine || stuck) toEnd();
      else newer.hidden = false;
    },
  };
}

export function openLog(texts: Texts, calendar: Calendar, handlers: Handlers) {
  const bubbles = new Map<string, Bubble>();
  const days = new Map<string, HTMLElement>();
  const log = h('div', { class: 'log', role: 'log', 'aria-label': texts.log, 'aria-live': 'off' });
  const dots = h('div', { class: 'typing', role: 'img', 'aria-label': texts.typing }, h('i'), h('i'), h('i'));
  const choices = h('div', { class: 'choices', role: 'group', 'aria-label': texts.choices });
  const scroller = openScroller(h('div', { class: 'content' }, log, dots, choices), texts);
  let offered = '';

  function day(at: number): HTMLElement {
    const words = calendar.day(at, Date.now());
    const known = days.get(words) ?? h('div', { class: 'day' }, h('span', {}, words));
    days.set(words, known);
    return known;
  }

  function bubble(line: Line, next: Line | undefined): HTMLElement {
    const known = bubbles.get(line.key) ?? makeBubble(line, texts, handlers);
    bubbles.set(line.key, known);
    const more = next?.mine === line.mine && calendar.sameMinute(line.at, next.at);
    known.update(line, more && line.delivery === 'sent' ? '' : calendar.time(line.at));
    return known.element;
  }

  function offer(lines: readonly Line[]): void {
    const actions = openChoices(lines);
    const now = JSON.stringify(actions);
    if (now === offered) return;
    offered = now;
    choices.replaceChildren(
      ...actions.map((each) => actionButton(each, handlers)).filter((each) => each !== undefined),
    );
  }

  return {
    element: scroller.element,
    toEnd: scroller.toEnd,
    focus: scroller.focus,
    render({ lines, typing, ready }: View): void {
      const last = log.lastElementChild;
      const wanted = lines.flatMap((line, index) => {
        const before = lines[index - 1];
        const element = bubble(line, lines[index + 1]);
        return before && calendar.sameDay(before.at, line.at) ? [element] : [day(line.at), element];
      });
      arrange(log, wanted);
      dots.hidden = !typing;
      offer(typing ? [] : lines);
      if (log.lastElementChild !== last) scroller.added(lines[lines.length - 1]?.mine ?? false);
      if (ready) log.setAttribute('aria-live', 'polite');
    },
  };
}
