import { application, choice, debtsOf, holder } from '#conversation';

/** 过户更名: another holder, or the same one under another name. Staff check who they are; debts are settled first. */
export default application({
  slots: { kind: choice(['rename', 'transfer'], { asking: 'hinted' }), holder: holder() },
  says: ['debts'],
  notes: async (turn) => [await debtsOf(turn)],
  marks: ({ memo }) => ['identity_check', memo['note.debts'] === true && 'arrears'],
});
