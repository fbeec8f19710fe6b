import { fileURLToPath } from 'node:url';
import { benchmark } from './commands/benchmark.ts';
import { classify } from './commands/classify.ts';
import { converse } from './commands/converse.ts';
import { simulate } from './commands/simulate.ts';
import { shippedModel } from './understanding.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const commands: Readonly<Record<string, (args: string[]) => Promise<unknown> | unknown>> = {
  classify: () => classify(root),
  converse: () => converse(root),
  benchmark,
  simulate,
  /** Learns the shipped intents ahead of the first start. */
  learn: () => void shippedModel(root),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command) await command(args);
else {
  console.error(`There is no command ${JSON.stringify(name)}. Commands: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = 2;
}
