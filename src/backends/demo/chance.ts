/**
 * Chance that is the same every time: a number from 0 to below 1 of an account, a day and what it is for. So the mass of the demo's
 * data needs no file, and an account's history is the same whenever and in whatever order it is asked for.
 */
export function chance(seed: number, at: number, purpose: number): number {
  let mixed = Math.imul(seed ^ Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca77), 0xc2b2ae3d);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** What chance is drawn for; numbers of their own, so that no two draws go together. */
export const purposes = {
  energy: 1,
  night: 2,
  gap: 3,
  slow: 4,
  paidAt: 5,
  serial: 6,
  reading: 7,
  name: 8,
  home: 9,
  pays: 10,
  kind: 11,
} as const;

export function seedOf(text: string): number {
  let seed = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) seed = Math.imul(seed ^ text.charCodeAt(at), 0x01000193);
  return seed >>> 0;
}
