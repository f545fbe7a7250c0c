// Reads answers of HTTP/1.1 from the bytes of a connection. Strict: what is no answer is an error.

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** At most the first `maxKeptBytes`. */
  readonly body: Buffer;
  readonly bodyBytes: number;
}

/** More than any answer in JSON; archives are only counted. */
const maxKeptBytes = 1024 * 1024;

const maxHeadBytes = 64 * 1024;

/** Where the body of an answer ends. */
type Framing =
  | { readonly type: 'length'; left: number }
  | { readonly type: 'chunked' }
  | { readonly type: 'until-close' };

interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

export class AnswerReader {
  readonly answers: Answer[] = [];
  readonly #isHead: boolean;
  #buffer: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  #framing: Framing = { type: 'until-close' };
  #body: Buffer[] = [];
  #bodyBytes = 0;

  /** @param isHead whether the first answer is to HEAD, and so has no body */
  constructor(isHead: boolean) {
    this.#isHead = isHead;
  }

  /** @throws Error where the bytes are no answer */
  read(data: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? data : Buffer.concat([this.#buffer, data]);
    while (this.#readHead() && this.#readBody()) this.#finish();
  }

  /** @throws Error where the connection ends in the middle of an answer */
  end(): void {
    if (this.#head && this.#framing.type === 'until-close') this.#finish();
    if (this.#head || this.#buffer.length > 0) throw new Error('the answer is cut');
  }

  #readHead(): boolean {
    if (this.#head) return true;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) {
      if (this.#buffer.length > maxHeadBytes) throw new Error('the headers have no end');
      return false;
    }
    const head = parseHead(this.#buffer.toString('latin1', 0, end));
    this.#buffer = this.#buffer.subarray(end + 4);
    // 100 Continue announces an answer.
    if (head.status < 200) return this.#readHead();
    this.#head = head;
    this.#framing = framingOf(head, this.#isHead && this.answers.length === 0);
    return true;
  }

  /** @returns whether the body is complete */
  #readBody(): boolean {
    const framing = this.#framing;
    if (framing.type === 'chunked') return this.#readChunks();
    const wanted = framing.type === 'length' ? framing.left : this.#buffer.length;
    const part = this.#take(Math.min(wanted, this.#buffer.length));
    this.#keep(part);
    if (framing.type === 'until-close') return false;
    framing.left -= part.length;
    return framing.left === 0;
  }

  #readChunks(): boolean {
    for (;;) {
      const lineEnd = this.#buffer.indexOf('\r\n');
      if (lineEnd < 0) return false;
      const line = this.#buffer.toString('latin1', 0, lineEnd);
      if (!/^[0-9a-f]{1,8}$/i.test(line))
        throw new Error(`no size of a chunk: ${line.slice(0, 40)}`);
      const size = Number.parseInt(line, 16);
      const end = lineEnd + 2 + size + 2;
      if (this.#buffer.length < end) return false;
      this.#keep(this.#take(end).subarray(lineEnd + 2, end - 2));
      if (size === 0) return true;
    }
  }

  #take(length: number): Buffer {
    const part = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return part;
  }

  #keep(part: Buffer): void {
    if (this.#bodyBytes < maxKeptBytes) this.#body.push(part);
    this.#bodyBytes += part.length;
  }

  #finish(): void {
    const { status, headers } = this.#head!;
    const body = Buffer.concat(this.#body).subarray(0, maxKeptBytes);
    this.answers.push({ status, headers, body, bodyBytes: this.#bodyBytes });
    this.#head = undefined;
    this.#body = [];
    this.#bodyBytes = 0;
  }
}

function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (!status) throw new Error(`no status line: ${first.slice(0, 80)}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no header: ${line.slice(0, 80)}`);
    headers.set(name.toLowerCase(), value!);
  }
  return { status: Number(status), headers };
}

function framingOf({ status, headers }: Head, isHead: boolean): Framing {
  if (isHead || status === 204 || status === 304) return { type: 'length', left: 0 };
  if (headers.get('transfer-encoding') === 'chunked') return { type: 'chunked' };
  const length = headers.get('content-length');
  return length === undefined ? { type: 'until-close' } : { type: 'length', left: Number(length) };
}
