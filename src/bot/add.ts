import { certainFrom } from './decide.ts';
import { type Scene, say } from './scene.ts';

/** How long after filing a bare phone, name, photo or pin still belongs to the order. */
const openMinutes = 60;

/**
 * «电话是138…», a photo or a pin shortly after the order: added to it. Only where the message holds nothing else: one that
 * the classifier takes for a wish of its own is a new matter.
 */
export async function addToLastOrder(scene: Scene): Promise<boolean> {
  const { draft, now, understood } = scene;
  const { heard, recognition } = understood;
  const last = draft.state.lastOrder;
  if (!last || now.getTime() - last.at > openMinutes * 60_000) return false;
  const { phone, name } = heard.entities;
  const bare =
    !heard.text.trim() || recognition.confidence < certainFrom || /^(control|chat|none)/.test(recognition.intent);
  const holds = phone !== undefined || name !== undefined || heard.photos.length > 0 || heard.location !== undefined;
  if (!holds || !bare || heard.entities.faultKind !== undefined) return false;
  const pin = heard.location ? `${heard.location.latitude},${heard.location.longitude}` : '';
  const note = [heard.text, pin].filter(Boolean).join(' ');
  draft.notes.push({ number: last.number, kind: 'added', note, phone, name, photos: heard.photos });
  say(scene, 'common', 'added', { number: last.number });
  return true;
}
