/** What a follower's screen shows. */
export interface Bubble {
  from: 'customer' | 'account' | 'system';
  text: string;
  /** `passive` came with the answer to the push, `api` by the customer-service or template API. */
  way?: 'passive' | 'api' | 'template';
  buttons?: { id: string; content: string }[];
  at: number;
}

interface Follower {
  openid: string;
  subscribed: boolean;
  /** Takes no template messages; the account hears of it by an event. */
  blocks: boolean;
  /** How many subscribe messages they still agreed to. */
  agreed: number;
  /** Windows of the customer-service API: until when, and how many are left. */
  message: { until: number; left: number };
  event: { until: number; left: number };
  bubbles: Bubble[];
  viewers: Set<(bubble: Bubble) => void>;
}

/** Quotas as Tencent states them: 5 within 48 hours of a message, 3 within a minute of a tap, a scan or a subscription. */
export function openFollowers(now: () => number) {
  const all = new Map<string, Follower>();

  function of(openid: string): Follower {
    const known = all.get(openid);
    if (known) return known;
    const none = { until: 0, left: 0 };
    const wishes = { subscribed: true, blocks: false, agreed: 0 };
    const fresh = { openid, ...wishes, message: none, event: none, bubbles: [], viewers: new Set<never>() };
    all.set(openid, fresh);
    return fresh;
  }

  return {
    of,
    has: (openid: string) => all.has(openid),
    show(openid: string, bubble: Omit<Bubble, 'at'>) {
      const follower = of(openid);
      const shown = { ...bubble, at: now() };
      follower.bubbles.push(shown);
      if (follower.bubbles.length > 200) follower.bubbles.shift();
      for (const view of follower.viewers) view(shown);
    },
    wrote(openid: string) {
      of(openid).message = { until: now() + 48 * 3_600_000, left: 5 };
    },
    acted(openid: string) {
      of(openid).event = { until: now() + 60_000, left: 3 };
    },
    /** 0, or the code that the API answers. */
    spend(openid: string): number {
      if (!all.has(openid)) return 40003;
      const { subscribed, message, event } = of(openid);
      if (!subscribed) return 45015;
      const open = [event, message].filter(({ until }) => until > now());
      const usable = open.find(({ left }) => left > 0);
      if (!usable) return open.length > 0 ? 45047 : 45015;
      usable.left -= 1;
      return 0;
    },
  };
}

export type Followers = ReturnType<typeof openFollowers>;
