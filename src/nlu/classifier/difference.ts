/** A lesson as the classifier reads it: normalised texts, and the intent of each. */
export interface Lesson {
  texts: readonly string[];
  intents: readonly string[];
}

/** How a lesson differs from an earlier one. */
export interface Difference {
  /** Rows of the new lesson that the earlier one had not. */
  added: number[];
  /** Rows of the earlier lesson that are not in the new one. */
  removed: number[];
}

/** What was taught another intent is both: taken out, and added. */
export function differenceOf(before: Lesson, after: Lesson): Difference {
  const spare = new Map<string, number[]>();
  before.texts.forEach((text, row) => {
    const key = keyOf(before, row, text);
    spare.set(key, [...(spare.get(key) ?? []), row]);
  });
  const added = after.texts.flatMap((text, row) =>
    spare.get(keyOf(after, row, text))?.pop() === undefined ? [row] : [],
  );
  return { added, removed: [...spare.values()].flat().sort((a, b) => a - b) };
}

const keyOf = ({ intents }: Lesson, row: number, text: string) => `${intents[row]}\t${text}`;
