type Child = Node | string | undefined | false;
type Props = Record<string, string | boolean | undefined | ((event: never) => void)>;

function apply(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
}

/** An element with its attributes, `on…` listeners and children. Strings become text nodes: nothing is ever parsed as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]) {
  const element = document.createElement(tag);
  apply(element, props);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Line drawings on a grid of 24; text beside or a label on the button says what they mean. */
const drawings = {
  bolt: 'M13 2 4.5 13.5H11L10 22l8.5-11.5H13z',
  chat: 'M12 3.5c5 0 9 3.4 9 7.6s-4 7.6-9 7.6c-.9 0-1.8-.1-2.6-.3L5 20.6l.6-3.6C4.2 15.6 3 13.5 3 11.1 3 6.9 7 3.5 12 3.5zM8 11.2h.01M12 11.2h.01M16 11.2h.01',
  close: 'm6 9 6 6 6-6',
  call: 'M6.5 3.5 9 4l1.2 4-2 1.7a12 12 0 0 0 6 6l1.7-2 4 1.2.5 2.5a2 2 0 0 1-2 2.1A16.5 16.5 0 0 1 4.4 5.5a2 2 0 0 1 2.1-2z',
  picture:
    'M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zM3.5 16.5l5-5 4 4 3-3 5 5M15.5 9.5h.01',
  place: 'M12 21s-7-6.2-7-11.3a7 7 0 0 1 14 0C19 14.8 12 21 12 21zM12 12.2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  send: 'M4 12 20 4.5 14.5 20l-3-6.5zM11.5 13.5 20 4.5',
  remove: 'M6 6l12 12M18 6 6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
};

export function icon(name: keyof typeof drawings): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  apply(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' });
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}
