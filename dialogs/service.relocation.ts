import { address, application, choice, photos } from '#conversation';

/** 杆线迁移: where it stands now; what it costs and whether it can be moved is known after the survey. */
export default application({
  at: 'site',
  slots: {
    object: choice(['transformer', 'pole', 'line'], { asking: 'hinted' }),
    place: address({ onFile: false }),
    photos: photos({ asking: 'hinted' }),
  },
});
