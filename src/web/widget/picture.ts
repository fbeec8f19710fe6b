import type { Picture } from './activity.ts';
import { h } from './element.ts';
import type { Texts } from './texts.ts';

/** How a bubble gets at a picture's bytes and shows them large. */
export interface Gallery {
  load(url: string): Promise<Blob>;
  view(source: string, name: string): void;
}

/** A picture as a button that shows it large; one that no browser here can draw (HEIC) is told by its name. */
export function pictureView(picture: Picture, texts: Texts, gallery: Gallery): HTMLElement {
  const name = picture.name || texts.image;
  const image = h('img', { alt: name });
  const button = h('button', { type: 'button', class: 'picture', 'aria-label': `${texts.view} ${name}` }, image);
  const asName = () => button.replaceWith(h('span', { class: 'file' }, name));
  image.addEventListener('error', asName);
  button.addEventListener('click', () => gallery.view(image.src, name));
  const bytes = picture.blob ? Promise.resolve(picture.blob) : gallery.load(picture.url ?? '');
  bytes.then((blob) => {
    image.src = URL.createObjectURL(blob);
  }, asName);
  return button;
}

/** The picture alone on the screen; the browser's own dialog brings Escape, focus and the dimmed page. */
export function openViewer(root: ShadowRoot, texts: Texts) {
  return (source: string, name: string) => {
    const close = () => dialog.close();
    const dialog = h(
      'dialog',
      { class: 'viewer', 'aria-label': name, onclick: close, onclose: () => dialog.remove() },
      h('img', { src: source, alt: name }),
      h('button', { type: 'button', class: 'plain', onclick: close }, texts.closePicture),
    );
    root.append(dialog);
    dialog.showModal();
  };
}
