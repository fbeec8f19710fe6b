import { createRequire, Module } from 'node:module';

type Core = typeof import('botbuilder-core');

const require = createRequire(import.meta.url);
const part = (name: string) => require(`botbuilder-core/lib/${name}.js`) as Core;

/**
 * The parts of botbuilder-core that a turn runs on, each by its own file: the index loads the connector and the sign-in to Azure
 * as well, 540 modules, 30 MB and half a second that only a Bot Framework channel needs.
 */
export const { BotAdapter } = part('botAdapter');
export const { MessageFactory } = part('messageFactory');
export const { TurnContext } = withoutIndex(() => part('turnContext'));

/** A context asks the index for one symbol, when it answers an invoke; from then on the index is the real one. */
function withoutIndex<T>(load: () => T): T {
  const index = require.resolve('botbuilder-core');
  if (require.cache[index]) return load();
  const standIn = Object.assign(new Module(index), {
    loaded: true,
    exports: {
      get INVOKE_RESPONSE_KEY() {
        return part('activityHandlerBase').INVOKE_RESPONSE_KEY;
      },
    },
  });
  require.cache[index] = standIn;
  try {
    return load();
  } finally {
    delete require.cache[index];
  }
}
