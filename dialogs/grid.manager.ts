import {
  address,
  appointment,
  choice,
  conversation,
  file,
  name,
  phone,
  photos,
  placeOf,
  sign,
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
  at: appointment(),
  photos: photos(),
  told: sign(['told']),
};

const says = ['manager', 'unknown', 'unknown.filed', 'later', 'filed', 'filed.vague', 'filed.at'] as const;
type Manager = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  needless: ({ slots }) => (slots.wish ? [] : ['phone', 'at']),
  confirm: ({ slots }) => slots.wish !== undefined,
  async before(turn) {
    const { slots, filled, say } = turn;
    if (slots.go === false) {
      say('later');
      return 'done';
    }
    if (filled.includes('told')) turn.memo.told = '';
    // Who leaves a phone wants to be called.
    if (slots.go || filled.includes('phone')) slots.wish ??= 'call';
    await takeFromFile(turn, 'account');
    if (!slots.place || address().enough?.(slots.place) === false) return undefined;
    const known = await tell(turn);
    if (slots.wish) return undefined;
    return known ? { ask: 'go' } : 'done';
  },
  async finish(turn) {
    await file(turn, { slots: { wish: slots.wish, at: slots.at } });
    if (turn.slots.at) turn.say('filed.at', { at: turn.slots.at });
  },
});

/** Who it is, once for each place. A wish to be called needs no answer of the directory. */
async function tell(turn: Manager): Promise<boolean> {
  const { slots, memo, attempt, say } = turn;
  const key = JSON.stringify(placeOf(slots.place));
  if (memo.told === key) return true;
  memo.told = key;
  const manager = slots.wish ? await attempt(() => managerOf(turn)) : await managerOf(turn);
  if (manager) say('manager', { ...manager, stale: undefined, asOf: undefined });
  else say(slots.wish ? 'unknown.filed' : 'unknown', {}, slots.wish ? [] : ['button.person']);
  return manager !== undefined;
}

async function managerOf({ slots, backend: { directory } }: Manager) {
  const service = await directory.locate(placeOf(slots.place) ?? {});
  return service && directory.manager(service.grid);
}
