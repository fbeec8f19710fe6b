import type { Scene } from './scene.ts';

/** What stands around a place without telling of anything that happened there. */
const around =
  /我们?|我家|这里|那里|这儿|那儿|[这那]边|[这那][个条]|这|那|就是|是|就|在|位于|附近|旁边|对面|隔壁|门口|门前|路口|交叉口|周边|一带|小区|的|吧|呢|啊|呀|嘛|[路街村组号]|[\s\p{P}]+/gu;

/** Whether the message is nothing but a place: no wish and no danger, whatever a classifier makes of it. */
export function isPlaceAlone({ understood: { heard, dangers } }: Pick<Scene, 'understood'>): boolean {
  const { address, faultKind } = heard.entities;
  if (address === undefined && heard.addressParts.length === 0) return isAround(heard.text);
  if (dangers.length > 0 || faultKind !== undefined) return false;
  const places = [...(address ? [address] : []), ...heard.addressParts];
  return isAround(places.reduce((rest, place) => rest.replace(place, ''), heard.text));
}

const labels = /[对交]接人|联系人|经办人|负责人|联系方式|联系|电话|手机号?|号码|座机|找|打|我叫|我姓|我是|叫我|人/g;

/** Nothing but whom to call: no wish, though «对接人» may look like one. */
export function isContactAlone({ understood: { heard, dangers } }: Pick<Scene, 'understood'>): boolean {
  const { phone, name = '', faultKind, address } = heard.entities;
  if (phone === undefined || dangers.length > 0 || faultKind !== undefined || address !== undefined) return false;
  const rest = heard.text.replace(name, '').replaceAll(/[\d\s-]{7,}/g, '');
  return rest.replaceAll(labels, '').replaceAll(around, '').length <= 2;
}

const isAround = (text: string) => text.trim() !== '' && text.replaceAll(around, '') === '';
