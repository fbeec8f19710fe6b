/** What a message says between its marks, where a blank counts for one, as it does on a phone. */
export const pausesIn = (text: string): string[] => text.split(/[，。；！,;!\s]+/);
