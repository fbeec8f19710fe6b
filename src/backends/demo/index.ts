import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Account, type Backend, type Outage, type Place, type Service } from '../port.ts';

const Utility = z.object({
  accounts: z.array(Account),
  grids: z.array(
    z.object({
      name: z.string(),
      district: z.string(),
      setting: z.enum(['urban', 'rural', 'remote']),
      places: z.array(z.string()),
    }),
  ),
  areas: z.array(z.object({ name: z.string(), grid: z.string(), places: z.array(z.string()) })),
  outages: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['fault', 'planned', 'temporary']),
      where: z.string(),
      areas: z.array(z.string()),
      cause: z.string(),
      start: z.number(),
      end: z.number(),
      stage: z.enum(['announced', 'running']),
    }),
  ),
});
type Utility = z.infer<typeof Utility>;

/** Longest place name found in the words wins: «文三路199号» says more than «西湖区». */
function bestMatch<T extends { places: string[] }>(candidates: T[], words: string): T | undefined {
  let best: { candidate: T; length: number } | undefined;
  for (const candidate of candidates)
    for (const place of candidate.places)
      if (words.includes(place) && place.length > (best?.length ?? 0)) best = { candidate, length: place.length };
  return best?.candidate;
}

function locate(utility: Utility, place: Place): Service | undefined {
  const account = utility.accounts.find((candidate) => candidate.number === place.accountNumber);
  const words = place.address ?? account?.address ?? '';
  const area = bestMatch(utility.areas, words);
  const grid = area ? utility.grids.find((candidate) => candidate.name === area.grid) : bestMatch(utility.grids, words);
  return grid && { grid: grid.name, area: area?.name, district: grid.district, setting: grid.setting };
}

const minute = 60_000;

function outagesAt(utility: Utility, area: string | undefined, now: Date): Outage[] {
  const hour = Math.floor(now.getTime() / (30 * minute)) * 30 * minute;
  return utility.outages
    .filter((outage) => area !== undefined && outage.areas.includes(area))
    .map(({ id, kind, where, cause, stage, start, end }) => ({
      id,
      kind,
      where,
      cause,
      stage,
      startsAt: new Date(hour + start * minute).toISOString(),
      endsAt: new Date(hour + end * minute).toISOString(),
    }));
}

/** An embedded utility, so that everything can be tried and tested without one. Its orders live in GridTalk's own database. */
export function demoBackend(clock: () => Date): Backend {
  const utility = Utility.parse(parse(readFileSync(new URL('./utility.yml', import.meta.url), 'utf8')));
  return {
    accounts: { find: async (number) => utility.accounts.find((account) => account.number === number) },
    outages: {
      async at(place) {
        const now = clock();
        return { asOf: now.toISOString(), outages: outagesAt(utility, locate(utility, place)?.area, now) };
      },
    },
    directory: { locate: async (place) => locate(utility, place) },
    orders: { create: async () => {} },
  };
}
