import { address, application, capacity, choice } from '#conversation';

const uses = ['temporary', 'factory', 'farm', 'shop', 'home'] as const;

/** 新装: a supply where there is none yet, so no account on file answers where. */
export default application({
  at: 'site',
  guides: uses,
  slots: {
    kind: choice(uses, { asking: 'hinted' }),
    place: address({ onFile: false }),
    capacity: capacity({ asking: 'hinted' }),
  },
});
