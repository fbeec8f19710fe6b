import type { Place } from '#backends';
import { normaliseAddress } from '#nlu';
import type { FaultKind, OrderType } from '#wire';

const family: Partial<Record<FaultKind, string>> = {
  low_voltage: 'quality',
  high_voltage: 'quality',
  flicker: 'quality',
  meter_fault: 'meter',
  noise: 'noise',
};

/** Same place: by the words of the address (an account's address counts as its words), else the account, else the pin to ~10 m. */
export function placeKey(place: Place): string | undefined {
  // A mere district is no place: two reports from one need not be the same.
  const words = normaliseAddress(place.address ?? '');
  if (words) return words;
  if (place.accountNumber) return `#${place.accountNumber}`;
  if (place.latitude === undefined || place.longitude === undefined) return undefined;
  return `@${place.latitude.toFixed(4)},${place.longitude.toFixed(4)}`;
}

/**
 * What makes two reports one fault: type, place and family of symptoms. Unique among open orders in the database, so that two
 * replicas can't file it twice either. Undefined where the place is not known, and for every other wish: such orders never merge.
 */
export function faultKey(type: OrderType, place: Place, kind?: FaultKind): string | undefined {
  const where = type === 'fault' || type === 'hazard' ? placeKey(place) : undefined;
  return where && `${type}:${(kind && family[kind]) ?? 'supply'}:${where}`;
}
