import { application, choice, household, maskDigits, ownAccount } from '#conversation';

const kinds = ['low_income', 'multi'] as const;

/** 一户多人口: larger tiers from five people on; 低保、特困: free kWh each month. */
export default application({
  guides: kinds,
  slots: { kind: choice(kinds, { offered: ['multi', 'low_income'] }), household: household({ asking: 'refusable' }) },
  says: ['few', 'many', 'registered'],
  needless: ({ slots }) => (slots.kind === 'low_income' ? ['household'] : []),
  before({ slots, memo, say }) {
    const { household } = slots;
    if (household !== undefined) slots.kind ??= 'multi';
    if (slots.kind !== 'multi' || household === undefined || household >= 5) return undefined;
    // Told once; who goes on all the same may: the region's own rule counts.
    if (memo.few !== household) {
      memo.few = household;
      slots.go = undefined;
      say('few', { people: household });
    }
    return slots.go ? undefined : { ask: 'go' };
  },
  async notes(turn) {
    const { kind, household = 0 } = turn.slots;
    const account = kind === 'multi' ? await ownAccount(turn) : undefined;
    const registered = account?.household && { people: account.household, account: maskDigits(account.number) };
    return [
      registered ? { key: 'registered', facts: registered } : undefined,
      household >= 7 ? { key: 'many' } : undefined,
    ];
  },
});
