import type { CloudAdapter, TurnContext } from 'botbuilder';
import { createServer, plugins } from 'restify';

/** A bot as its samples set it up: restify, JSON bodies, one route. Prints its port. */
export function serveBot(adapter: CloudAdapter, turn: (context: TurnContext) => Promise<void>): void {
  const server = createServer();
  server.use(plugins.bodyParser({ mapParams: false }));
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request as never, response as never, turn);
  });
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
}
