import { studioAddress, useAddress } from '../page/address.ts';

export const tabs = ['intents', 'try', 'versions', 'history'] as const;
export type Tab = (typeof tabs)[number];

export const tabAddress = (tab: Tab) => (tab === 'intents' ? studioAddress : `${studioAddress}/${tab}`);
export const intentAddress = (id: string) => `${studioAddress}/intents/${encodeURIComponent(id)}`;

/** `#/studio/intents/fault.report`: the open tab, and the open intent. */
export function useStudioAddress(): { tab: Tab; intent: string } {
  const [, , tab = '', intent = ''] = useAddress().split('/');
  return { tab: tabs.find((each) => each === tab) ?? 'intents', intent: decodeURIComponent(intent) };
}

export function go(address: string): void {
  location.hash = address;
}
