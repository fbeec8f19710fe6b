import { application, capacity, choice, type Note, things } from '#conversation';

/** 充电桩报装: what blocks it in practice is the space and the property firm's consent, so these are told at once. */
export default application({
  slots: {
    space: choice(['mechanical', 'rented', 'own'], { asking: 'hinted' }),
    vehicle: things('vehicle'),
    consent: choice(['refused', 'agreed'], { asking: 'hinted' }),
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
