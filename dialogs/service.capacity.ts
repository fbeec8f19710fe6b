import { application, capacity, choice, sign, span } from '#conversation';

const kinds = ['resume', 'suspend', 'three_phase', 'less', 'more'] as const;

/** 增容减容: more, less or three-phase; for works with a transformer of their own to suspend it and resume. `capacity` is the target. */
export default application({
  guides: kinds,
  slots: {
    kind: choice(kinds, { offered: ['more', 'three_phase', 'less', 'suspend', 'resume'] }),
    capacity: capacity(),
    period: span(),
    asks: sign(['limits']),
  },
  says: ['limits'],
  needless: ({ slots }) => [
    ...(slots.kind === 'more' || slots.kind === 'less' ? [] : (['capacity'] as const)),
    ...(slots.kind === 'suspend' ? [] : (['period'] as const)),
  ],
  before({ slots, say, memo }) {
    // «想从8千瓦加到20千瓦» after «换三相»: three-phase all the same, of that capacity.
    if (memo.three && slots.kind === 'more') slots.kind = 'three_phase';
    memo.three = slots.kind === 'three_phase';
    // How often and how long a suspension may be.
    if (slots.asks === undefined || memo.guide === undefined) return undefined;
    slots.asks = undefined;
    slots.about = undefined;
    say('limits');
    return undefined;
  },
});
