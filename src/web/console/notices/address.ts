import { noticesAddress, useAddress } from '../page/address.ts';

export const listAddress = (automatic: boolean) => (automatic ? `${noticesAddress}/automatic` : noticesAddress);
export const noticeAddress = (id: string) => `${noticesAddress}/open/${encodeURIComponent(id)}`;
export const newAddress = (kind: 'price' | 'text') => `${noticesAddress}/new/${kind}`;
export const editAddress = (id: string) => `${noticesAddress}/edit/${encodeURIComponent(id)}`;

/** `#/notices/open/<id>`: what is open over the list. */
export function useNoticesAddress(): { automatic: boolean; what: string; id: string } {
  const [, , what = '', id = ''] = useAddress().split('/');
  return { automatic: what === 'automatic', what, id: decodeURIComponent(id) };
}
