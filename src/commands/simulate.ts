import { parseArgs } from 'node:util';
import { openSimulator } from './simulator/index.ts';

const usage = 'simulate wechat [--port N] [--target URL] [--mode safe|compatible|plain] [--notation xml|json]';

const modes = ['safe', 'compatible', 'plain'] as const;
const notations = ['xml', 'json'] as const;

const oneOf = <T extends string>(allowed: readonly T[], given: string, option: string): T => {
  const found = allowed.find((each) => each === given);
  if (!found) throw new Error(`--${option} must be one of ${allowed.join(', ')}. Usage: ${usage}`);
  return found;
};

/** Plays WeChat's servers on this machine until it is stopped, with a page on which anybody can chat with the account. */
export async function simulate(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '3979' },
      target: { type: 'string', default: 'http://127.0.0.1:3978/wechat' },
      mode: { type: 'string', default: 'safe' },
      notation: { type: 'string', default: 'xml' },
    },
  });
  if (positionals[0] !== 'wechat') throw new Error(`There is only one to simulate: wechat. Usage: ${usage}`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be 0 to 65535. Usage: ${usage}`);
  const { target } = values;
  if (!/^https?:\/\//.test(target))
    throw new Error(`--target must be the account's callback, an http address. Usage: ${usage}`);
  const mode = oneOf(modes, values.mode, 'mode');
  const simulator = await openSimulator({
    port,
    target,
    mode,
    notation: oneOf(notations, values.notation, 'notation'),
  });
  const settings = Object.entries(simulator.settings).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`WeChat, simulated (${mode} mode).
  chat       ${simulator.base}/
  pushes to  ${target}
Start GridTalk as this account:
  ${settings.join(' \\\n  ')} \\
  npm start
`);
  if (!(await simulator.isConfirmed()))
    process.stdout.write('Nobody answers at that address yet; once GridTalk runs there, the chat works.\n');
}
