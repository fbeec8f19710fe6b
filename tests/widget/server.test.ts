import { freshFolder } from '../setup/index.ts';
import { startServer } from '../setup/server-process.ts';
import { widgetSuite } from './suite.ts';

widgetSuite('widget, with the real server', async () => {
  const folder = await freshFolder();
  const server = await startServer({ PORT: '0', GRIDTALK_DATA: folder.path });
  return {
    url: `${server.url}/`,
    async close() {
      await server.kill('SIGTERM');
      await folder.remove();
    },
  };
});
