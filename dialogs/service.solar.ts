import { application, capacity, choice } from '#conversation';

const kinds = ['settlement', 'connect'] as const;

/** 光伏并网: a new plant connected, or money for what was fed in that did not come. */
export default application({
  guides: kinds,
  slots: {
    kind: choice(kinds, { asking: 'never' }),
    roof: choice(['rented', 'own'], { asking: 'hinted' }),
    capacity: capacity({ asking: 'hinted' }),
  },
  needless: ({ slots }) => (slots.kind === 'settlement' ? ['roof', 'capacity'] : []),
});
