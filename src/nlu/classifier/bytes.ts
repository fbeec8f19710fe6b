import type { Knowledge } from './model.ts';
import type { Packed } from './packed.ts';

/** GridTalk's models begin so; the number changes whenever older readers could not read what follows. */
const MARK = 'GTM3';

type Numbers = Int8Array | Uint8Array | Int32Array | Float32Array;

/** A part's kind and length stand in the header, in the order in which the parts follow. */
interface Header {
  parts: { kind: string; length: number }[];
  facts: Facts;
}

type Facts = Pick<Knowledge, 'intents' | 'outside' | 'written' | 'pooling' | 'scope'> & {
  /** Normalised texts; null where the text was so already. */
  texts: (string | null)[];
  minimum: number;
  units: number;
};

/** A header in JSON, then arrays of numbers, each at a multiple of four. */
export function toBytes(knowledge: Knowledge): Uint8Array {
  const { intents, outside, written, pooling, scope, table, ensemble } = knowledge;
  const parts = partsOf(knowledge);
  const texts = knowledge.texts.map((text, i) => (text === written[i] ? null : text));
  const facts = {
    intents,
    outside,
    written,
    texts,
    pooling,
    scope,
    minimum: table.minimum,
    units: ensemble.inputs.width,
  };
  const header: Header = { parts: parts.map((part) => ({ kind: part.constructor.name, length: part.length })), facts };
  const json = new TextEncoder().encode(MARK + JSON.stringify(header));
  const bytes = new Uint8Array(4 + round(json.length) + parts.reduce((sum, part) => sum + round(part.byteLength), 0));
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = 4 + round(json.length);
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += round(part.byteLength);
  }
  return bytes;
}

/**
 * Refuses what is no model of this version; the caller says which file it was. The numbers stay where they are: the model lives
 * in these bytes, so they must not change afterwards.
 */
export function fromBytes(bytes: Uint8Array): Knowledge {
  const { buffer, byteOffset } = aligned(bytes);
  const length = bytes.length < 8 ? 0 : new DataView(buffer, byteOffset).getUint32(0, true);
  const json = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  if (!json.startsWith(MARK))
    throw new Error(`These ${bytes.length} bytes are no GridTalk model of this version (${MARK}): train again.`);
  const { parts, facts } = JSON.parse(json.slice(MARK.length)) as Header;
  let at = byteOffset + 4 + round(length);
  const arrays = parts.map(({ kind, length: count }) => {
    const numbers = KINDS[kind]!(buffer, at, count);
    at += round(numbers.byteLength);
    return numbers;
  });
  return assemble(facts, arrays);
}

/** The same bytes at a multiple of four, where arrays of numbers may lie on them: a file just read is there already, and not copied. */
export const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 4 === 0 ? bytes : bytes.slice());

const KINDS: Record<string, (buffer: ArrayBufferLike, at: number, length: number) => Numbers> = {
  Int8Array: (buffer, at, length) => new Int8Array(buffer, at, length),
  Uint8Array: (buffer, at, length) => new Uint8Array(buffer, at, length),
  Int32Array: (buffer, at, length) => new Int32Array(buffer, at, length),
  Float32Array: (buffer, at, length) => new Float32Array(buffer, at, length),
};

const round = (length: number) => Math.ceil(length / 4) * 4;
const partsOfPacked = ({ scales, cells }: Packed): Numbers[] => [scales, cells];

const partsOf = ({ labels, table, ensemble }: Knowledge): Numbers[] => [
  labels,
  table.hashes,
  table.groups,
  table.rarity,
  ensemble.inputBias,
  ensemble.outputBias,
  ...partsOfPacked(ensemble.svm),
  ...partsOfPacked(ensemble.inputs),
  ...partsOfPacked(ensemble.outputs),
];

function assemble({ texts, minimum, units, ...facts }: Facts, arrays: Numbers[]): Knowledge {
  const rest = arrays.values();
  const next = <T extends Numbers>() => rest.next().value as T;
  const packed = (width: number): Packed => ({ width, scales: next<Float32Array>(), cells: next<Int8Array>() });
  return {
    ...facts,
    texts: texts.map((text, i) => text ?? facts.written[i]!),
    labels: next<Int32Array>(),
    table: { minimum, hashes: next<Int32Array>(), groups: next<Uint8Array>(), rarity: next<Float32Array>() },
    ensemble: {
      inputBias: next<Float32Array>(),
      outputBias: next<Float32Array>(),
      svm: packed(facts.intents.length),
      inputs: packed(units),
      outputs: packed(units),
    },
  };
}
