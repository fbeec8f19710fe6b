import { application, choice, goesAhead, maskDigits, ownAccount } from '#conversation';

const kinds = ['off', 'on'] as const;
const priced = { on: 'time_of_use', off: 'flat' } as const;

/** 峰谷变更: time-of-use pricing on or off. An account that is priced so already needs no order; whether it pays is advice.energy. */
export default application({
  guides: kinds,
  slots: { kind: choice(kinds, { offered: ['on', 'off'], also: ['go.advice.energy'] }) },
  also: ['go.advice.energy'],
  says: ['already.on', 'already.off'],
  async before(turn) {
    // «给我办了吧» after the advice, without a word of which: what is not on yet.
    const advised = turn.slots.kind === undefined && goesAhead(turn.text);
    if (!turn.slots.kind && !advised) return undefined;
    const account = await ownAccount(turn);
    if (advised && account?.pricing === 'flat') turn.slots.kind = 'on';
    const { kind } = turn.slots;
    if (!kind) return undefined;
    if (account?.pricing !== priced[kind]) return undefined;
    turn.say(`already.${kind}`, { account: maskDigits(account.number) }, ['go.advice.energy', 'go.price.query']);
    return 'done';
  },
});
