import {
  address,
  conversation,
  name,
  ownPlace,
  pastTime,
  phone,
  phoneOnFile,
  photos,
  signs,
  told,
} from '#conversation';

/** 投诉: what happened, in the customer's words, and a number to answer to. Never refused, renamed or argued with. */
const slots = {
  matter: told({ atLeast: 3 }),
  where: address({ asking: 'never', onFile: false }),
  startedAt: pastTime(),
  phone: phone(),
  name: name(),
  photos: photos(),
  charged: signs(['landlord', 'surcharge']),
};

export default conversation({
  slots,
  tells: true,
  says: ['landlord', 'filed', 'filed.no_phone'],
  confirm: true,
  async before(turn) {
    const { slots, memo, say, earlier, story } = turn;
    // «就投诉你们！» in the middle of a claim: its story has been told.
    if (!memo.begun && !slots.matter && earlier && earlier.length > 10) slots.matter = earlier;
    if (!memo.begun && story) slots.matter = [story, slots.matter].filter(Boolean).join('；');
    memo.begun = true;
    await phoneOnFile(turn);
    if (slots.charged?.length === 2 && !memo.landlord) say('landlord');
    memo.landlord ||= slots.charged?.length === 2;
    return undefined;
  },
  async finish(turn) {
    const { slots, say, workorders } = turn;
    const filed = await workorders.file({
      type: 'complaint',
      place: await ownPlace(turn, slots.where),
      phone: slots.phone?.number,
      name: slots.name,
      startedAt: slots.startedAt?.start,
      startedGrain: slots.startedAt?.grain,
      photos: slots.photos,
      words: slots.matter,
      marks: slots.phone ? [] : ['no_phone'],
    });
    say(slots.phone ? 'filed' : 'filed.no_phone', { number: filed.number, answerBy: filed.answerBy }, [
      'button.progress',
      'button.person',
    ]);
  },
});
