import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Bubble, Followers } from './followers.ts';
import type { PushFields } from './messages.ts';
import type { Pushed } from './pusher.ts';

const openid = z.string().regex(/^[\w-]{6,64}$/);
const Act = z.discriminatedUnion('do', [
  z.object({ do: z.literal('text'), openid, text: z.string().min(1).max(5000), menu: z.string().optional() }),
  z.object({ do: z.literal('image'), openid, type: z.string(), base64: z.string() }),
  z.object({ do: z.literal('place'), openid, latitude: z.number(), longitude: z.number(), label: z.string() }),
  z.object({ do: z.literal('voice'), openid, text: z.string() }),
  z.object({ do: z.literal('event'), openid, event: z.enum(['subscribe', 'unsubscribe', 'CLICK']), key: z.string() }),
]);
type Act = z.infer<typeof Act>;

interface Parts {
  followers: Followers;
  push(openid: string, fields: PushFields): Promise<Pushed>;
  keep(bytes: Uint8Array, type: string): string;
}

/** What the page does: it shows a follower's screen and lets them act. */
export function chatRoutes({ followers, push, keep }: Parts) {
  function fieldsOf(act: Act): { shown: string; fields: PushFields } {
    switch (act.do) {
      case 'text': {
        const menu: PushFields = act.menu ? { bizmsgmenuid: act.menu } : {};
        return { shown: act.text, fields: { MsgType: 'text', Content: act.text, ...menu } };
      }
      case 'image': {
        const MediaId = keep(Buffer.from(act.base64, 'base64'), act.type);
        return { shown: '［图片］', fields: { MsgType: 'image', PicUrl: 'http://simulated/picture', MediaId } };
      }
      case 'place': {
        const { latitude: Location_X, longitude: Location_Y, label: Label } = act;
        return { shown: `［位置］${Label}`, fields: { MsgType: 'location', Location_X, Location_Y, Scale: 15, Label } };
      }
      case 'voice':
        return {
          shown: act.text ? `［语音］${act.text}` : '［语音］',
          fields: { MsgType: 'voice', MediaId: 'simulated-voice', Format: 'amr', Recognition: act.text },
        };
      case 'event':
        return { shown: '', fields: { MsgType: 'event', Event: act.event, EventKey: act.key } };
    }
  }

  return {
    async act(body: unknown): Promise<{ outcome: string; milliseconds: number }> {
      const act = Act.parse(body);
      const { shown, fields } = fieldsOf(act);
      if (shown) followers.show(act.openid, { from: 'customer', text: shown });
      const { outcome, milliseconds } = await push(act.openid, fields);
      return { outcome, milliseconds: Math.round(milliseconds) };
    },
    stream(who: string, response: ServerResponse): void {
      const follower = followers.of(openid.parse(who));
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const view = (bubble: Bubble) => response.write(`data: ${JSON.stringify(bubble)}\n\n`);
      response.write('retry: 1000\n\n');
      follower.bubbles.forEach(view);
      follower.viewers.add(view);
      response.once('close', () => follower.viewers.delete(view));
    },
  };
}
