import { placeIsEnough } from './place.ts';
import type { Asking, Slot } from './slot.ts';
import { nearby, type PlaceValue } from './slots.ts';

const nameless =
  /^(?:那个|这个|一个|公共|国网|国家电网|附近|旁边|里|边|上)+|(?:那个|这个|公共|附近|旁边|里|边上|边|国网)+$/g;
const named =
  /([^\s，。、,.！!？?的了是我你他们在到去哪什么有多扣元块\d]{2,14})充电站|([^\s，。、,.！!？?的了我你在到去哪]{2,8}服务区)/;

/** A charging station by its name, «黄龙体育中心充电站», else as any place is told. */
export function station({ asking = 'required' }: { asking?: Asking } = {}): Slot<PlaceValue> {
  const place = nearby({ asking });
  return {
    asking,
    show: ({ address }, word) => address ?? word('pin'),
    read: (heard, asked, current) => {
      const found = named.exec(heard.text);
      const called = found?.[1]?.replaceAll(nameless, '') ?? '';
      if (called.length > 1) return { address: found?.[0].replace(found[1] ?? '', called), source: 'said' };
      if (found?.[2]) return { address: found[2], source: 'said' };
      const { address } = heard.entities;
      return asked || (address && placeIsEnough(address)) ? place.read(heard, asked, current) : undefined;
    },
  };
}

/** Which of the things there: «3号桩», «A12». A bare number where it was asked for. */
export function pile({ asking = 'refusable' }: { asking?: Asking } = {}): Slot<string> {
  return {
    asking,
    read: ({ text, question }, asked) => {
      const said = /([a-z]?\d{1,4}(?:号?(?:[和、,，]\s*[a-z]?\d{1,4})*)?号?)(?:充电)?[桩枪机位]/i.exec(text)?.[1];
      const bare = asked && !question ? /^\D{0,6}?([a-z]?\d{1,6}号?)\D{0,3}$/i.exec(text.trim())?.[1] : undefined;
      return said ?? bare;
    },
    show: (number) => number,
  };
}
