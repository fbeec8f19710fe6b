import type { WorkOrder } from '#wire';

/** More than a sweep looks at, so that no order that it sees was forgotten. */
const remembered = 500;

/** Which state of which order the open desks have heard of. */
export function toldOrders() {
  const states = new Map<string, string>();
  return {
    add({ number, updatedAt }: WorkOrder) {
      // Deleted first: a map keeps the order of insertion, and what was told last must be forgotten last.
      states.delete(number);
      states.set(number, updatedAt);
      if (states.size > remembered) states.delete(states.keys().next().value as string);
    },
    /** This state, or a later one. */
    has: ({ number, updatedAt }: WorkOrder) => (states.get(number) ?? '') >= updatedAt,
    knows: ({ number }: WorkOrder) => states.has(number),
  };
}
