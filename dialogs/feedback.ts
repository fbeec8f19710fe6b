import { address, conversation, name, phone, photos, placeOf, sign, told } from '#conversation';

/** 建议表扬: the words are passed on as they are said; nothing more is asked. */
export default conversation({
  slots: {
    words: told({ atLeast: 4 }),
    where: address({ asking: 'never', onFile: false }),
    phone: phone({ asking: 'never', onFile: false }),
    name: name(),
    photos: photos(),
    praise: sign(['praise']),
  },
  tells: true,
  says: ['praised', 'suggested'],
  async finish({ slots, say, workorders }) {
    const filed = await workorders.file({
      type: 'feedback',
      place: placeOf(slots.where),
      phone: slots.phone?.number,
      name: slots.name,
      photos: slots.photos,
      words: slots.words,
      marks: slots.praise ? ['praise'] : [],
    });
    say(slots.praise ? 'praised' : 'suggested', { number: filed.number, answerBy: filed.answerBy });
  },
});
