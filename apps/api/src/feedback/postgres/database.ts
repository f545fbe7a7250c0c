// The pool of connections to PostgreSQL, through which every statement goes. While the database is away,
// requests fail at once and connections are tried again after growing delays.

import pg from 'pg';
import { ServiceError } from '../../service-error.ts';
import type { Row } from '../row.ts';
import { toServiceError } from './errors.ts';
import { toPositional } from './named-parameters.ts';

export interface DatabaseOptions {
  /** postgres://…, with pg's TLS options (`sslmode`, `sslrootcert`). */
  readonly url: URL;
  readonly poolSize: number;
  /** For a connection, and for each statement. */
  readonly timeoutMs: number;
  /** A statement took long. */
  onSlowQuery(query: { readonly sql: string; readonly ms: number }): void;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Runs statements on one connection. */
export interface Session {
  query(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** @returns the number of rows that it changed */
  run(sql: string, parameters?: Parameters): Promise<number>;
}

/** A session in a transaction of its own, which `end` rolls back. */
export interface OpenSession extends Pick<Session, 'query'> {
  end(): void;
}

const firstDelayMs = 100;
const maxDelayMs = 5000;

/** Far more than a page of a large store takes. */
const slowMs = 500;

/** A client that reads an export slowly holds a connection and a snapshot. */
const maxOpenFraction = 0.5;

export class Database implements Session {
  /** Without user and password. */
  readonly place: string;
  readonly #options: DatabaseOptions;
  readonly #pool: pg.Pool;
  readonly #maxOpen: number;
  #open = 0;
  #delayMs = 0;
  #retryAtMs = 0;

  constructor(options: DatabaseOptions) {
    const { url, poolSize, timeoutMs } = options;
    this.#options = options;
    this.place = `${url.host}${url.pathname}`;
    this.#maxOpen = Math.max(1, Math.floor(poolSize * maxOpenFraction));
    this.#pool = new pg.Pool({
      connectionString: url.href,
      max: poolSize,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      lock_timeout: timeoutMs,
      // A replica that stops in a transaction would keep all others waiting for its lock.
      idle_in_transaction_session_timeout: timeoutMs,
      // Where the server does not even answer that the statement took too long.
      query_timeout: timeoutMs + 1000,
      keepAlive: true,
      application_name: 'digits-api',
      allowExitOnIdle: true,
    });
    // An idle connection ended; the next statement opens another one.
    this.#pool.on('error', () => {});
    // One in use ended between two statements, as when the server is killed; the next statement fails.
    this.#pool.on('connect', client => client.on('error', () => {}));
  }

  query(sql: string, parameters?: Parameters): Promise<Row[]> {
    return this.#with(session => session.query(sql, parameters));
  }

  run(sql: string, parameters?: Parameters): Promise<number> {
    return this.#with(session => session.run(sql, parameters));
  }

  /**
   * Runs `work` in a transaction, which is on disk when the promise is fulfilled.
   *
   * @param begin statements without parameters, sent together, of which `work` gets the last one's rows
   */
  transaction<T>(
    work: (session: Session, begun: readonly Row[]) => Promise<T>,
    begin = 'BEGIN',
  ): Promise<T> {
    return this.#with(async session => {
      try {
        const result = await work(session, await session.query(begin));
        await session.run('COMMIT');
        return result;
      } catch (error) {
        await session.run('ROLLBACK').catch(() => {});
        throw error;
      }
    });
  }

  /**
   * Begins a read-only transaction that sees the database as it is now.
   *
   * @throws ServiceError `feedback-busy` where too many are open
   */
  async snapshot(): Promise<OpenSession> {
    if (this.#open === this.#maxOpen) {
      throw new ServiceError('feedback-busy', `${this.#maxOpen} exports of ${this.place} run`);
    }
    this.#open++;
    let client: pg.PoolClient | undefined;
    let isOpen = true;
    const end = () => {
      if (!isOpen) return;
      isOpen = false;
      this.#open--;
      // Closing it ends the transaction, even in the middle of a statement.
      client?.release(true);
    };
    try {
      client = await this.#connect();
      const session = this.#sessionOf(client);
      await session.run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await session.run("SET LOCAL idle_in_transaction_session_timeout = '10min'");
      // The first query, not BEGIN, determines what the transaction sees.
      await session.run('SELECT');
      return { query: (sql, parameters) => session.query(sql, parameters), end };
    } catch (error) {
      end();
      throw error;
    }
  }

  close(): void {
    this.#pool.end().catch(() => {});
  }

  async #with<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    const session = this.#sessionOf(client);
    try {
      return await work(session);
    } finally {
      client.release(session.isBroken);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    const waitMs = this.#retryAtMs - performance.now();
    if (waitMs > 0) {
      const reason = `it was away, and is tried again in ${Math.ceil(waitMs)} ms`;
      throw new ServiceError('feedback-inaccessible', `${this.place}: ${reason}`);
    }
    try {
      const client = await this.#pool.connect();
      this.#delayMs = 0;
      return client;
    } catch (error) {
      const failure = toServiceError(error, this.place);
      // A timeout also means that all connections are in use.
      if (!(failure instanceof ServiceError) || failure.code !== 'feedback-busy') this.#postpone();
      throw failure;
    }
  }

  /** Requests that fail together postpone the next attempt once. */
  #postpone(): void {
    if (performance.now() < this.#retryAtMs) return;
    this.#delayMs = Math.min(Math.max(firstDelayMs, 2 * this.#delayMs), maxDelayMs);
    this.#retryAtMs = performance.now() + this.#delayMs;
  }

  #sessionOf(client: pg.PoolClient): ClientSession {
    return new ClientSession(client, this.place, this.#options.onSlowQuery);
  }
}

class ClientSession implements Session {
  /** Whether the connection must not be used again: the end of a statement is unknown. */
  isBroken = false;
  readonly #client: pg.PoolClient;
  readonly #place: string;
  readonly #onSlowQuery: DatabaseOptions['onSlowQuery'];

  constructor(client: pg.PoolClient, place: string, onSlowQuery: DatabaseOptions['onSlowQuery']) {
    this.#client = client;
    this.#place = place;
    this.#onSlowQuery = onSlowQuery;
  }

  async query(sql: string, parameters?: Parameters): Promise<Row[]> {
    return (await this.#send(sql, parameters)).rows.map(toRow);
  }

  async run(sql: string, parameters?: Parameters): Promise<number> {
    return (await this.#send(sql, parameters)).rowCount ?? 0;
  }

  async #send(sql: string, parameters: Parameters = {}): Promise<pg.QueryResult> {
    const startMs = performance.now();
    try {
      const results = await this.#client.query(toPositional(sql, parameters));
      // For several statements pg returns an array of results, which its types leave out.
      return [results].flat().at(-1)!;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) this.isBroken = true;
      throw toServiceError(error, this.#place);
    } finally {
      const ms = performance.now() - startMs;
      if (ms > slowMs) this.#onSlowQuery({ sql, ms: Math.round(ms) });
    }
  }
}

/** A row as SQLite has it: booleans as 0 and 1, times as text, large integers as numbers. */
function toRow(columns: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [name, toColumn(name, value)]),
  ) as Row;
}

/** PostgreSQL's bigint, which pg returns as text. */
const bigintColumns = new Set(['sequence', 'count', 'bytes']);

function toColumn(name: string, value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return value.toISOString();
  return bigintColumns.has(name) ? Number(value) : value;
}
