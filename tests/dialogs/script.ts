/**
 * Transcripts that a non-programmer can read and write:
 *
 *     # 一次说全
 *     户号: 3301000000017
 *     客户: 我家没电了
 *     电语: offer
 *     客户: 是的
 *     客户: {验证码}                    the six digits that were told last
 *     电语: check.home, confirm        the keys of all replies, in order; a dialog's own key needs no file name
 *     说到: 文三路                      words that are among the replies
 *     没说: 301                        words that are not
 *     过了: 90 分钟
 *     照片
 *     位置: 30.27,120.13 文三路口
 *     工单: faultKind=no_power_home urgent=false -phone     fields of the newest order; -field is absent
 *     工单: marks=no_phone+danger       several are joined by +
 *     工单数: 1
 *     转人工: reason=asked
 */
export type Step =
  | { line: number; request: Record<string, unknown> }
  | { line: number; keys: string[] }
  | { line: number; says: string }
  | { line: number; silent: string }
  | { line: number; state: string; count?: number; fields: Record<string, unknown>; absent: string[] };

export interface Script {
  title: string;
  steps: Step[];
}

/** Where the clock stands unless a script says «现在». */
const usualNow = '2026-11-23T21:00:00+08:00';

export function readScripts(text: string, dialog: string): Script[] {
  const scripts: Script[] = [];
  let opening: Record<string, unknown> = {};
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (!line || line.startsWith('//')) return;
    if (line.startsWith('# ')) {
      opening = { do: 'open', now: usualNow, bound: [] };
      scripts.push({ title: line.slice(2), steps: [{ line: index + 1, request: opening }] });
      return;
    }
    const [, word = line, rest = ''] = /^([^:：]+)[:：]\s*(.*)$/.exec(line) ?? [];
    if (word === '户号') opening.bound = rest.split(/[,，\s]+/);
    else if (word === '现在') opening.now = rest;
    else if (word === '渠道') opening.channel = rest;
    else scripts.at(-1)?.steps.push(readStep(word, rest, index + 1, dialog));
  });
  return scripts;
}

function readStep(word: string, rest: string, line: number, dialog: string): Step {
  switch (word) {
    case '客户':
      return { line, request: { do: 'say', text: rest } };
    case '照片':
      return { line, request: { do: 'image' } };
    case '位置': {
      const [, latitude, longitude, label] = /^([\d.]+),([\d.]+)\s*(.*)$/.exec(rest) ?? [];
      return {
        line,
        request: {
          do: 'location',
          latitude: Number(latitude),
          longitude: Number(longitude),
          label: label || undefined,
        },
      };
    }
    case '过了':
      return { line, request: { do: 'advance', minutes: Number.parseInt(rest, 10) } };
    case '电语':
      return { line, keys: rest.split(/[,，]\s*/).map((key) => (key.includes(':') ? key : `${dialog}:${key}`)) };
    case '说到':
      return { line, says: rest };
    case '没说':
      return { line, silent: rest };
    case '工单':
    case '转人工':
    case '订阅':
      return { line, ...readFields(rest), state: states[word] };
    case '工单数':
      return { line, state: 'workOrders', count: Number(rest), fields: {}, absent: [] };
    default:
      throw new Error(`line ${line}: no such step: ${word}`);
  }
}

const states = { 工单: 'workOrders', 转人工: 'handoffs', 订阅: 'subscriptions' } as const;

function readFields(rest: string): { fields: Record<string, unknown>; absent: string[] } {
  const words = rest.split(/\s+/).filter(Boolean);
  const pairs = words.filter((word) => !word.startsWith('-')).map((word) => word.split(/=(.*)/s) as [string, string]);
  return {
    fields: Object.fromEntries(pairs.map(([field, value]) => [field, readValue(field, value)])),
    absent: words.filter((word) => word.startsWith('-')).map((word) => word.slice(1)),
  };
}

function readValue(field: string, value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  if (field === 'marks') return value.split('+');
  return field === 'reminders' || field === 'household' ? Number(value) : value;
}
