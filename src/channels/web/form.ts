import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy, { type Busboy } from 'busboy';
import { badRequest, GridTalkError, tooLarge, unsupported } from '#errors';

/** A picture message as it came: the activity's JSON, and the files in order. */
export interface Form {
  activity: string | undefined;
  files: { name: string; bytes: Buffer }[];
}

const megabyte = 1024 * 1024;
const limits = { file: 10 * megabyte, files: 5, all: 20 * megabyte, activity: 256 * 1024, drained: 40 * megabyte };

/**
 * Reads a multipart body. After the first fault the rest is read and dropped, because a client that is cut off while it
 * still sends sees a broken connection and never our answer; a body beyond all bounds is not waited for.
 */
export function readForm(request: IncomingMessage): Promise<Form> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    throw unsupported('The body is not multipart/form-data.', 'Send the parts «activity» and «file».');
  }
  if (Number(request.headers['content-length'] ?? 0) > limits.drained) throw tooBig();
  const parser = parserFor(request);
  const form: Form = { activity: undefined, files: [] };
  return new Promise((resolve, reject) => {
    let fault: Error | undefined;
    const fail = (reason: Error) => {
      fault ??= reason;
    };
    collect(parser, form, fail);
    parser.on('error', (reason) => {
      request.unpipe(parser);
      request.resume();
      reject(fault ?? malformed(reason instanceof Error ? reason.message : 'unreadable'));
    });
    parser.on('close', () => (fault ? reject(fault) : resolve(form)));
    request.on('close', () => request.complete || reject(malformed('the connection closed before the end')));
    guardSize(request, () => reject(tooBig()));
    request.pipe(parser);
  });
}

// The parser calls a file cut off as soon as it reaches the limit, hence one byte more.
function parserFor(request: IncomingMessage): Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { fileSize: limits.file + 1, files: limits.files + 1, fields: 8, fieldSize: limits.activity, parts: 16 },
    });
  } catch (reason) {
    throw malformed(reason instanceof Error ? reason.message : 'no boundary');
  }
}

function collect(parser: Busboy, form: Form, fail: (reason: Error) => void): void {
  let total = 0;
  parser.on('field', (name, value) => {
    if (name === 'activity') form.activity = value;
  });
  parser.on('filesLimit', () => fail(tooMany()));
  parser.on('file', (part, stream, info) => {
    const chunks: Buffer[] = [];
    stream.on('limit', () => fail(tooBig()));
    readInto(stream, chunks, (size) => {
      total += size;
      if (total > limits.all) fail(tooBig());
      return total <= limits.all;
    });
    stream.on('end', () => {
      const bytes = Buffer.concat(chunks);
      // Microsoft's client gives the activity part a filename ("blob"): the part's name alone tells what it is.
      if (part === 'activity' && bytes.length > limits.activity) fail(tooBig());
      else if (part === 'activity') form.activity = bytes.toString('utf8');
      else form.files.push({ name: info.filename ?? '', bytes });
    });
  });
}

function readInto(stream: Readable, chunks: Buffer[], keep: (size: number) => boolean): void {
  stream.on('data', (chunk: Buffer) => {
    if (keep(chunk.length)) chunks.push(chunk);
    else chunks.length = 0;
  });
}

function guardSize(request: IncomingMessage, stop: () => void): void {
  let seen = 0;
  request.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen <= limits.drained) return;
    request.unpipe();
    request.resume();
    stop();
  });
}

const tooBig = () =>
  tooLarge('A picture is larger than 10 MB, or the message than 20 MB.', 'Send smaller pictures, or one a message.');
const tooMany = () => new GridTalkError('TooManyFiles', 413, 'More than five files came at once.', 'Send up to five.');
const malformed = (why: string) =>
  badRequest(`The form can't be read: ${why}.`, 'Send a complete multipart body.', 'MalformedForm');
