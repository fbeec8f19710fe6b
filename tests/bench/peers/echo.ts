import { ActivityTypes, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { serveBot } from './serve.ts';

/** The least that restify and botbuilder can do: no state, no classifier, nothing on disk. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
serveBot(adapter, async (context) => {
  if (context.activity.type === ActivityTypes.Message) await context.sendActivity(`echo: ${context.activity.text}`);
});
