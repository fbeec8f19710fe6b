import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { SettingsError } from '#errors';
import { readYaml } from '#yaml';
import { neededBy, type VerbName, verbs } from '../verbs.ts';

const Path = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'a dotted path like data.rows');
const Plain = z.union([z.string(), z.number(), z.boolean()]);

/** How one value is found and turned; docs/backend.md explains each word. */
export type Field = string | Constant | Conversion;
interface Constant {
  always: z.infer<typeof Plain> | [];
}
export interface Conversion {
  from?: string;
  as?: 'text' | 'number' | 'decimal' | 'fen' | 'day' | 'month' | 'time';
  format?: string;
  values?: Record<string, z.infer<typeof Plain>>;
  default?: z.infer<typeof Plain>;
  each?: Field;
  fields?: Record<string, Field>;
}

const Field: z.ZodType<Field> = z.lazy(() => z.union([Path, Constant, Conversion]));
const Constant = z.strictObject({ always: z.union([Plain, z.tuple([])]) });
const Conversion: z.ZodType<Conversion> = z.strictObject({
  from: Path.optional(),
  as: z.enum(['text', 'number', 'decimal', 'fen', 'day', 'month', 'time']).optional(),
  format: z.string().optional(),
  values: z.record(z.string(), Plain).optional(),
  default: Plain.optional(),
  each: Field.optional(),
  fields: z.record(z.string(), Field).optional(),
});

/** What an answer looks like that means something: by HTTP status, by a value in it, or by something that is not there. */
const Sign = z.strictObject({
  status: z.array(z.int()).optional(),
  from: Path.optional(),
  is: z.array(Plain).optional(),
  missing: Path.optional(),
});
export type Sign = z.infer<typeof Sign>;

const Verb = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT']),
  path: z.string().startsWith('/'),
  query: z.record(z.string(), Field).default({}),
  body: Field.optional(),
  /** Where the answer repeats the number that was asked: one path or several, `*` for each of a list. */
  account: z.union([Path.transform((path) => [path]), z.array(Path).min(1)]).optional(),
  success: Sign.optional(),
  absent: Sign.optional(),
  /** A write that had been done before: as good as done. */
  repeated: Sign.optional(),
  /** Name of the header that takes the idempotency key; without it a write is tried once. */
  idempotency: z.string().optional(),
  answer: Field.optional(),
});
export type VerbMapping = z.infer<typeof Verb>;

const names = Object.keys(verbs) as VerbName[];

export const Mapping = z
  .strictObject({
    auth: z.strictObject({ header: z.string(), value: z.string() }).optional(),
    /** Of the utility's clocks. */
    zone: z
      .string()
      .regex(/^[+-]\d{2}:\d{2}$/)
      .default('+08:00'),
    success: Sign.optional(),
    verbs: z.partialRecord(z.enum(names as [VerbName, ...VerbName[]]), Verb),
  })
  .superRefine(({ verbs: mapped }, context) => {
    for (const name of names)
      for (const fault of mapped[name] ? faultsOf(name, mapped[name]) : [])
        context.addIssue({ code: 'custom', path: ['verbs', name], message: fault });
  });
export type Mapping = z.infer<typeof Mapping>;

function faultsOf(name: VerbName, mapping: VerbMapping): string[] {
  const verb = verbs[name];
  const faults: string[] = [];
  if ('number' in verb.request.shape && !('writes' in verb) && !mapping.account)
    faults.push('say in `account` where the answer repeats the account number, so that another account is noticed');
  if (verb.answer instanceof z.ZodOptional && !mapping.absent)
    faults.push('say in `absent` how «there is none» looks, so that it is not mixed up with a failure');
  if (verb.answer instanceof z.ZodUndefined) return faults;
  if (!mapping.answer) return [...faults, 'say in `answer` where the answer lies'];
  const spec = typeof mapping.answer === 'object' && 'each' in mapping.answer ? mapping.answer.each : mapping.answer;
  const fields = typeof spec === 'object' && 'fields' in spec ? spec.fields : undefined;
  const lacking = fields ? neededBy(name).filter((field) => field !== 'asOf' && !(field in fields)) : [];
  if (lacking.length > 0) faults.push(`nothing gives ${lacking.join(', ')}: add to \`fields\``);
  return faults;
}

const faultIn = (file: string) => (issue: z.core.$ZodIssue) =>
  `${file}: ${issue.path.join('.') || 'the file'}: ${issue.message}.`;

/**
 * Reads and checks a mapping file, once at the start.
 * @throws SettingsError with every fault of the file.
 */
export function readMapping(file: string): Mapping {
  const parsed = Mapping.safeParse(load(file));
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(faultIn(file)));
  return parsed.data;
}

function load(file: string): unknown {
  try {
    return readYaml(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SettingsError([`${file}: ${(cause as Error).message}. Give a YAML file as docs/backend.md shows.`]);
  }
}
