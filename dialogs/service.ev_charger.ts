import { application, capacity, choice, type Note, things } from '#conversation';

const consent = choice(['refused', 'agreed'], { asking: 'hinted' });
/** «物业说要供电公司先同意», «还没答复同不同意»: what somebody is to agree to, or whether, is no answer yet. */
const open =
  /(?:要|需要?|得|须|等|让|请)[^，。,没不]{0,10}(?:先|才)?同意|同不同意|是否同意|会不会同意|同意(?:不|没|吗|才)|(?:没|未)[^，。,]{0,6}(?:答复|回复|同意|表态)/;
const propertyConsent: typeof consent = {
  ...consent,
  read: (heard, asked, current) =>
    open.test(heard.text) && !heard.tapped ? undefined : consent.read(heard, asked, current),
};

/** 充电桩报装: what blocks it in practice is the space and the property firm's consent, so these are told at once. */
export default application({
  slots: {
    space: choice(['mechanical', 'rented', 'own'], { asking: 'hinted' }),
    vehicle: things('vehicle'),
    consent: propertyConsent,
    capacity: capacity({ asking: 'never' }),
  },
  says: ['mechanical', 'rented', 'refused'],
  notes({ slots }): Note<'mechanical' | 'rented' | 'refused'>[] {
    const { space, consent } = slots;
    return [
      space && space !== 'own' ? { key: space } : undefined,
      consent === 'refused' ? { key: 'refused' } : undefined,
    ];
  },
});
