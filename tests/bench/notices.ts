// `node tests/bench/notices.ts [receivers] [kills]`: a price change told to 100,000 followers on the embedded database, killed -9 five
// times on the way; one JSON line. Each receiver must get exactly one message.
import { broadcast } from '../notices/broadcast.ts';

const [receivers = 100_000, kills = 5] = process.argv.slice(2).map(Number);
const progress = (line: string) => console.error(line);
console.log(JSON.stringify(await broadcast({ receivers, kills, progress })));
