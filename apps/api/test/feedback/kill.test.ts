// A killed process loses no correction that was answered.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'ava';
import { picture } from '../support/feedback.ts';
import { listeningUrl, spawnService } from '../support/service.ts';
import { writeTinyModel } from '../support/tiny-model.ts';

/** Answers before each kill, which happens with the next requests in flight. */
const rounds = [0, 12];
const parallel = 3;

test('every correction answered with 201 survives kill -9, and the database is intact', async t => {
  t.timeout(120_000);
  const modelsDir = await writeTinyModel();
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(modelsDir, { recursive: true }));
  t.teardown(() => rm(dataDir, { recursive: true }));
  const env = {
    MODELS_DIR: modelsDir,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    MAX_EVENT_LOOP_DELAY_MS: '0',
  };
  const answered = new Map<string, Buffer>();
  let sent = 0;

  for (const answersBeforeKill of rounds) {
    const { child } = spawnService(t, env);
    const url = await listeningUrl(child);
    const exited = once(child, 'exit');
    let answers = 0;
    await Promise.all(Array.from({ length: parallel }, () => postUntilKilled()));
    child.kill('SIGKILL');
    await exited;

    async function postUntilKilled() {
      for (;;) {
        const label = Math.floor(sent / 40);
        const body = picture(sent++);
        const headers = { 'content-type': 'image/png' };
        const request = fetch(`${url}/feedback?label=${label}`, { method: 'POST', headers, body });
        if (answers >= answersBeforeKill) child.kill('SIGKILL');
        const response = await request.catch(() => null);
        const answer = (await response?.json().catch(() => null)) as { id: string } | null;
        if (response?.status !== 201 || !answer) return;
        answers++;
        answered.set(answer.id, body);
      }
    }
  }

  const { child } = spawnService(t, env);
  const url = await listeningUrl(child);
  t.true(answered.size >= 12);
  for (const [id, body] of answered) {
    const response = await fetch(`${url}/feedback/${id}/image`);
    t.deepEqual(Buffer.from(await response.arrayBuffer()), body);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const database = new DatabaseSync(join(dataDir, 'feedback.sqlite'));
  t.teardown(() => database.close());
  t.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
});
