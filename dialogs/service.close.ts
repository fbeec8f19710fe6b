import { application, choice, debtsOf } from '#conversation';

/** 销户: debts are settled first, then the meter is removed and what is left is paid back. Staff check who asks. */
export default application({
  slots: { reason: choice(['demolition', 'works_over', 'shop_closed', 'moved'], { asking: 'hinted' }) },
  says: ['debts'],
  notes: async (turn) => [await debtsOf(turn)],
  marks: ({ memo }) => ['identity_check', memo['note.debts'] === true && 'arrears'],
});
