import type { Attachment } from 'botbuilder-core';
import type { Chart } from '#conversation';

const width = 320;
const height = 150;
const floor = 120;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A chart as a picture that every web chat shows; the reply's text tells the same in words for those that can't. */
export function drawn({ title, unit, bars }: Chart): Attachment {
  const most = Math.max(...bars.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  const step = width / Math.max(1, bars.length);
  const columns = bars.map(({ value }, at) => {
    const tall = value === undefined ? 0 : Math.max(1, (value / most) * 90);
    return `<rect x="${(at * step + step * 0.15).toFixed(1)}" y="${(floor - tall).toFixed(1)}" width="${(step * 0.7).toFixed(1)}" height="${tall.toFixed(1)}" rx="2" fill="${value === undefined ? '#ccc' : '#1677ff'}"/>`;
  });
  const every = Math.ceil(bars.length / 8);
  const labels = bars.map(({ label }, at) =>
    at % every
      ? ''
      : `<text x="${(at * step + step / 2).toFixed(1)}" y="138" text-anchor="middle">${escaped(label)}</text>`,
  );
  const words = `<text x="4" y="16" font-weight="bold">${escaped(title)}</text><text x="${width - 4}" y="16" text-anchor="end">${most} ${escaped(unit)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="10" fill="#444"><rect width="${width}" height="${height}" fill="#fff"/>${words}${columns.join('')}${labels.join('')}</svg>`;
  return {
    contentType: 'image/svg+xml',
    contentUrl: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    name: `${title}.svg`,
  };
}
