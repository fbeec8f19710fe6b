import { h, icon } from './element.ts';
import type { Texts } from './texts.ts';

const largest = 10 * 1024 * 1024;
const most = 6;
const types = /^image\/(png|jpeg|webp|gif|heic|heif)$/;

/** Why a file can't be sent, in words for the customer; undefined if it can. Some systems give HEIC no type. */
export function faultOf(file: { name: string; type: string; size: number }, texts: Texts): string | undefined {
  if (!types.test(file.type) && !(file.type === '' && /\.hei[cf]$/i.test(file.name))) return texts.wrongType(file.name);
  return file.size > largest ? texts.tooLarge(file.name) : undefined;
}

/** Pictures chosen but not sent: a slip of paste or drop must be revocable. */
export function openTray(texts: Texts, tell: (fault: string) => void, changed: () => void) {
  const files = new Map<HTMLElement, File>();
  const element = h('div', { class: 'tray' });

  function add(file: File): void {
    const source = URL.createObjectURL(file);
    const drop = () => {
      URL.revokeObjectURL(source);
      files.delete(item);
      item.remove();
      changed();
    };
    const image = h('img', { src: source, alt: file.name, onerror: () => image.replaceWith(h('span', {}, file.name)) });
    const remove = h(
      'button',
      { type: 'button', 'aria-label': texts.remove(file.name), onclick: drop },
      icon('remove'),
    );
    const item = h('div', { class: 'thumb' }, image, remove);
    files.set(item, file);
    element.append(item);
  }

  return {
    element,
    isEmpty: () => files.size === 0,
    add(chosen: Iterable<File>) {
      for (const file of chosen) {
        const fault = files.size >= most ? texts.tooMany : faultOf(file, texts);
        if (fault) tell(fault);
        else add(file);
      }
      changed();
    },
    /** Empties the tray. */
    take(): File[] {
      const taken = [...files.values()];
      files.clear();
      element.replaceChildren();
      return taken;
    },
  };
}
