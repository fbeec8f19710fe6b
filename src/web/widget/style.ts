import { h } from './element.ts';
import css from './widget.shadow.css';

/**
 * A constructed sheet is no inline style, so the strictest policy lets it in. Browsers without them (iOS before 16.4)
 * fetch the same rules as a file beside the script.
 */
export function dress(root: ShadowRoot): void {
  if (!('adoptedStyleSheets' in root)) {
    const { src } = document.querySelector<HTMLScriptElement>('script[src*="widget.js"]') ?? { src: '/widget.js' };
    (root as ShadowRoot).append(h('link', { rel: 'stylesheet', href: src.replace(/\.js.*$/, '.css') }));
    return;
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
}

/** iOS lays its keyboard over the page instead of making it shorter: the panel is told what is left. */
export function followKeyboard(host: HTMLElement): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const tell = () => {
    // Zooming in with two fingers is looking closer, not a keyboard.
    if (seen.scale > 1.01) return;
    host.style.setProperty('--seen-height', `${seen.height}px`);
    host.style.setProperty('--seen-top', `${seen.offsetTop}px`);
  };
  tell();
  seen.addEventListener('resize', tell);
  seen.addEventListener('scroll', tell);
}
