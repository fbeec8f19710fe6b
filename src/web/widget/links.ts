import { h } from './element.ts';

const address = /https?:\/\/[^\s<>"'`，。；：！？、（）【】《》“”]+|tel:\+?[\d-]{3,20}/gi;

/** Only addresses that open a page or a call; `javascript:`, `data:` and all the others stay text. */
export function safeAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    return ['http:', 'https:', 'tel:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export const link = (href: string, label: string, name = '') =>
  href.startsWith('tel:')
    ? h('a', { href, class: name }, label)
    : h('a', { href, class: name, target: '_blank', rel: 'noopener noreferrer' }, label);

/** Text with its addresses made clickable; everything else stays exactly what was said. */
export function linked(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(/[.,;:!?)\]]+$/, '');
    const href = safeAddress(found);
    if (!href) continue;
    parts.push(text.slice(from, match.index), link(href, found.replace(/^tel:/i, '')));
    from = match.index + found.length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
