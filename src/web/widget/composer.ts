import type { Draft } from './conversation.ts';
import { h, icon } from './element.ts';
import type { Texts } from './texts.ts';
import { openTray } from './tray.ts';

const longest = 2000;
const counterFrom = 1800;

/** Characters as people count them: an emoji or a rare 𠮷 is one. */
const length = (text: string) => [...text].length;

/** Enter sends, unless it only picks a word of the Chinese keyboard (Safari tells that by key code 229 alone). */
const sends = (event: KeyboardEvent) =>
  event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;

/** Where the customer writes, and adds pictures and their place. */
export function openComposer(texts: Texts, send: (draft: Draft) => void) {
  const alert = h('div', { class: 'alert', role: 'alert' });
  const counter = h('div', { class: 'counter', 'aria-live': 'polite' });
  const tell = (words: string) => {
    alert.textContent = words;
  };
  const tray = openTray(texts, tell, refresh);
  const input = h('textarea', {
    rows: '1',
    'aria-label': texts.input,
    placeholder: texts.placeholder,
    enterkeyhint: 'send',
  });
  const file = h('input', { type: 'file', accept: 'image/*', multiple: true, hidden: true, tabindex: '-1' });
  const submit = h('button', { type: 'submit', class: 'send', 'aria-label': texts.send, disabled: true }, icon('send'));
  const pick = tool('picture', texts.picture, () => file.click());
  const place = tool('place', texts.place, locate);
  const field = h('div', { class: 'field' }, input);
  const row = h('div', { class: 'row' }, pick, place, field, submit);
  const element = h('form', { class: 'composer', onsubmit: submitted }, alert, tray.element, counter, row, file);

  input.addEventListener('input', refresh);
  input.addEventListener('keydown', (event) => sends(event) && submitted(event));
  input.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    add(files);
  });
  file.addEventListener('change', () => {
    add(file.files ?? []);
    file.value = '';
    input.focus();
  });

  function tool(name: 'picture' | 'place', label: string, onclick: () => void): HTMLButtonElement {
    return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick }, icon(name));
  }

  function add(files: Iterable<File>): void {
    tell('');
    tray.add(files);
  }

  function refresh(): void {
    const left = longest - length(input.value);
    counter.textContent = left < 0 ? texts.over(-left) : left <= longest - counterFrom ? texts.left(left) : '';
    counter.classList.toggle('over', left < 0);
    submit.disabled = left < 0 || (input.value.trim() === '' && tray.isEmpty());
    // The field's hidden copy of the text (see the style sheet) makes it as high as its words.
    field.dataset.text = `${input.value}\n`;
  }

  function submitted(event: Event): void {
    event.preventDefault();
    if (submit.disabled) return;
    tell('');
    for (const picture of tray.take()) send({ text: '', picture });
    const text = input.value.trim();
    input.value = '';
    refresh();
    if (text) send({ text });
    input.focus();
  }

  function locate(): void {
    tell(texts.placing);
    place.disabled = true;
    const done = (words: string) => {
      place.disabled = false;
      tell(words);
    };
    const found = ({ coords: { latitude, longitude } }: GeolocationPosition) => {
      done('');
      send({ text: '', place: { latitude, longitude } });
    };
    const failed = (fault: { code: number }) => done(fault.code === 1 ? texts.placeDenied : texts.placeFailed);
    if (!navigator.geolocation) failed({ code: 2 });
    navigator.geolocation?.getCurrentPosition(found, failed, {
      enableHighAccuracy: true,
      timeout: 15_000,
      maximumAge: 60_000,
    });
  }

  return { element, add, focus: () => input.focus() };
}
