import { createInterface } from 'node:readline';
import { GridTalkError } from '#errors';

/** Answers every line of standard input with one on standard output, in order; a faulty line gets its fault and the command goes on. */
export async function answerLines(answer: (request: unknown) => unknown | Promise<unknown>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!line.trim()) continue;
    process.stdout.write(`${JSON.stringify(await answerLine(line, answer))}\n`);
  }
}

async function answerLine(line: string, answer: (request: unknown) => unknown | Promise<unknown>): Promise<unknown> {
  try {
    return await answer(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return fault('MalformedJson', 'The line is not valid JSON.');
    if (error instanceof GridTalkError) return fault(error.code, `${error.message} ${error.mend}`);
    return fault('Internal', String(error));
  }
}

const fault = (code: string, message: string) => ({ error: { code, message } });
