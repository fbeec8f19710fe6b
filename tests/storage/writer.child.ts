/** Writes until it is killed, several commits at once, and prints each name after its commit was acknowledged. */
import { writeSync } from 'node:fs';
import { openStorage } from '#storage';

const [dataDir, prefix, callers] = process.argv.slice(2) as [string, string, string];
const storage = await openStorage({ dataDir });

async function write(caller: number): Promise<never> {
  for (let count = 0; ; count++) {
    const name = `${prefix}-${caller}-${count}`;
    await storage.commit((tx) =>
      tx
        .insertInto('setting')
        .values({ name, value: 'x'.repeat(200) })
        .execute(),
    );
    // Straight to the descriptor: a buffered line would be lost in the kill and prove nothing.
    writeSync(1, `${name}\n`);
  }
}

writeSync(1, 'ready\n');
await Promise.all(Array.from({ length: Number(callers) }, (_, caller) => write(caller)));
