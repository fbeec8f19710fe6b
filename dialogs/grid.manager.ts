import {
  address,
  choice,
  conversation,
  file,
  name,
  phone,
  photos,
  placeOf,
  type Turn,
  takeFromFile,
  yesNo,
} from '#conversation';

/** 网格经理: who looks after a place, by the service's phone; a call or a visit of theirs becomes an order. */
const slots = {
  place: address(),
  wish: choice(['visit', 'call'], { asking: 'never' }),
  go: yesNo({ buttons: ['button.apply', 'button.later'], passing: true }),
  phone: phone(),
  name: name(),
  photos: photos(),
};

const says = ['manager', 'unknown', 'unknown.filed', 'later', 'filed', 'filed.vague'] as const;
type Manager = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  needless: ({ slots }) => (slots.wish ? [] : ['phone']),
  confirm: ({ slots }) => slots.wish !== undefined,
  async before(turn) {
    const { slots, say } = turn;
    if (slots.go === false) {
      say('later');
      return 'done';
    }
    if (slots.go) slots.wish ??= 'call';
    await takeFromFile(turn, 'account');
    if (!slots.place || address().enough?.(slots.place) === false) return undefined;
    const known = await tell(turn);
    if (slots.wish) return undefined;
    return known ? { ask: 'go' } : 'done';
  },
  finish: (turn) => file(turn, { slots: { wish: slots.wish } }),
});

/** Who it is, once for each place. */
async function tell({ slots, memo, backend, say }: Manager): Promise<boolean> {
  const key = JSON.stringify(placeOf(slots.place));
  if (memo.told === key) return true;
  memo.told = key;
  const service = await backend.directory.locate(placeOf(slots.place) ?? {});
  const manager = service && (await backend.directory.manager(service.grid));
  if (manager) say('manager', { ...manager, stale: undefined, asOf: undefined });
  else say(slots.wish ? 'unknown.filed' : 'unknown', {}, slots.wish ? [] : ['button.person']);
  return manager !== undefined;
}
