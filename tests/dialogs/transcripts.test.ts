import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage } from '../../src/commands/converse.ts';
import { readScripts, type Step } from './script.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = join(folder, '../..');

let stage: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  stage = await openStage(root);
}, 60_000);
afterAll(() => stage.close());

interface Heard {
  replies: { key: string; text: string; buttons: string[] }[];
}

/** «{验证码}» stands for the one-time code that the demo told last. */
function spoken(request: Record<string, unknown>, replies: Heard['replies'], before: string): [object, string] {
  const code = replies.map(({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]).findLast(Boolean) ?? before;
  return [{ ...request, ...(request.text === '{验证码}' ? { text: code } : {}) }, code];
}

async function play(id: string, steps: Step[]): Promise<void> {
  let last: Heard['replies'] = [];
  let code = '';
  for (const step of steps) {
    if ('request' in step) {
      const [request, told] = spoken(step.request, last, code);
      code = told;
      last = ((await stage.answer({ id, ...request })) as Partial<Heard>).replies ?? last;
    } else if ('keys' in step)
      expect({ line: step.line, keys: last.map(({ key }) => key) }).toEqual({ line: step.line, keys: step.keys });
    else if ('says' in step)
      expect(`line ${step.line}: ${last.map(({ text }) => text).join('\n')}`).toContain(step.says);
    else if ('silent' in step)
      expect(`line ${step.line}: ${last.map(({ text }) => text).join('\n')}`).not.toContain(step.silent);
    else await expectState(id, step);
  }
}

async function expectState(id: string, step: Extract<Step, { state: string }>): Promise<void> {
  const state = JSON.parse(JSON.stringify(await stage.answer({ do: 'state', id }))) as Record<string, object[]>;
  const found = state[step.state] ?? [];
  if (step.count !== undefined)
    expect({ line: step.line, count: found.length }).toEqual({ line: step.line, count: step.count });
  else expect({ line: step.line, ...found.at(-1) }).toMatchObject({ line: step.line, ...step.fields });
  for (const absent of step.absent) expect({ line: step.line, ...found.at(-1) }).not.toHaveProperty(absent);
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.chat'))) {
  const dialog = basename(file, '.chat');
  describe(dialog, () => {
    for (const { title, steps } of readScripts(readFileSync(join(folder, file), 'utf8'), dialog))
      test(title, () => play(`${dialog}: ${title}`, steps));
  });
}
