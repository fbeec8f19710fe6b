import type { Place, Service } from '#backends';
import type { FaultKind, OrderType, WorkOrder } from '#wire';
import { faultKey } from './fault-key.ts';
import { promised, settingOf } from './promise.ts';

/** What a dialog knows when it files an order. */
export interface OrderFacts {
  type: OrderType;
  intent: string;
  place?: Place;
  faultKind?: FaultKind;
  phone?: string;
  name?: string;
  startedAt?: string;
  startedGrain?: WorkOrder['startedGrain'];
  urgent?: boolean;
  anonymous?: boolean;
  capacity?: WorkOrder['capacity'];
  household?: number;
  facts?: Readonly<Record<string, string>>;
  photos?: readonly string[];
  marks?: readonly string[];
  description?: string;
  conversationId: string;
  channel: string;
}

/** An order that is not yet on disk: what `insertOrder` writes. */
export interface DraftOrder {
  order: WorkOrder;
  openKey: string | undefined;
}

/** Unique among open orders: of faults and dangers their place and kind, of every other wish nothing but its own number. */
export const openKeyOf = ({
  type,
  number,
  faultKind,
  ...place
}: Pick<WorkOrder, 'type' | 'number' | 'faultKind'> & Place) => faultKey(type, place, faultKind) ?? `${type}:${number}`;

/** The order as it is filed, with its promise: a crew's runs day and night from acceptance, an answer's in working days. */
export function draftOrder(number: string, facts: OrderFacts, service: Service | undefined, now: Date): DraftOrder {
  const { place = {}, photos = [], marks = [] } = facts;
  const created = now.toISOString();
  const { type, faultKind } = facts;
  return {
    openKey: openKeyOf({ ...place, type, number, faultKind }),
    order: {
      number,
      type,
      intent: facts.intent,
      status: 'accepted',
      urgent: facts.urgent ?? false,
      anonymous: facts.anonymous ?? false,
      faultKind,
      ...place,
      phone: facts.phone,
      name: facts.name,
      startedAt: facts.startedAt,
      startedGrain: facts.startedGrain,
      capacity: facts.capacity,
      household: facts.household,
      facts: { ...facts.facts },
      grid: service?.grid,
      area: service?.area,
      description: facts.description,
      photos: [...photos],
      marks: [...marks],
      reminders: 0,
      ...promised(type, facts.intent, service?.setting ?? settingOf(place.address), now),
      createdAt: created,
      updatedAt: created,
      channel: facts.channel,
      conversationId: facts.conversationId,
    },
  };
}
