import { amount, application, choice, localDay, pastTime, photos, type Turn, things } from '#conversation';

const claimDays = 7;
const day = 86_400_000;

/** 电器损坏赔偿: what was damaged, when and how; told at once that a claim has its days, and that nothing is promised. */
export default application({
  type: 'claim',
  slots: {
    goods: things('goods', { asking: 'refusable' }),
    startedAt: pastTime({ asking: 'hinted' }),
    cause: choice(['neutral', 'lightning', 'works', 'voltage', 'outage'], { asking: 'hinted' }),
    amount: amount(),
    photos: photos({ asking: 'hinted' }),
  },
  progress: 'button.progress',
  says: ['late'],
  notes: (turn) => [isLate(turn.now, turn.slots.startedAt) ? { key: 'late' } : undefined],
  marks: ({ now, slots }) => [isLate(now, slots.startedAt) && 'late_claim'],
});

function isLate(now: Turn['now'], startedAt: { start: string } | undefined): boolean {
  if (!startedAt) return false;
  const passed = Date.parse(localDay(now)) - Date.parse(localDay(new Date(startedAt.start)));
  return passed > claimDays * day;
}
