import { isUniqueViolation } from '#storage';

/** A turn of the same conversation was faster: nothing of this one has happened. */
export class LostRace extends Error {}

/** Races are lost to one other turn at a time; more in a row than this is a fault of ours. */
const attempts = 8;

/**
 * Runs what ends in one commit until it wins: whoever loses has done nothing. Whether it was done before, by this process or by one
 * that was killed, is the database's word: the commit meets a unique key, and `earlier` tells what came of the first.
 */
export async function untilWon<T>(run: () => Promise<T>, earlier: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof LostRace || isUniqueViolation(error))) throw error;
      const known = await earlier();
      if (known !== undefined) return known;
      if (attempt >= attempts) throw error;
    }
  }
}
