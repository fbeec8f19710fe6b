import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each loads what it needs: `learn` runs before every first start, `classify` needs no bot. */
const commands: Readonly<Record<string, (args: string[]) => Promise<unknown>>> = {
  classify: async () => (await import('./commands/classify.ts')).classify(root),
  converse: async () => (await import('./commands/converse.ts')).converse(root),
  benchmark: async (args) => (await import('./commands/benchmark.ts')).benchmark(args),
  simulate: async (args) => (await import('./commands/simulate.ts')).simulate(args),
  /** Learns the shipped intents ahead of the first start. */
  learn: async () => (await import('./understanding.ts')).shippedModel(root),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command) await command(args);
else {
  console.error(`There is no command ${JSON.stringify(name)}. Commands: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = 2;
}
