// node load.ts URL FILE: asks again and again what is on a picture, over kept connections, until told
// to stop by a message; then tells how often it asked, what failed, and which models answered.

import { readFile } from 'node:fs/promises';
import { setTimeout as pass } from 'node:timers/promises';

const [url, file] = process.argv.slice(2);
const body = await readFile(file!);
const parallel = 4;

/** Between an answer and the next request, as of a person's app: what is learnt meanwhile has the processor. */
const pauseMs = 25;

let isStopped = false;
let answered = 0;
const failures: string[] = [];
const versions = new Set<string>();

process.once('message', () => {
  isStopped = true;
});

async function keepAsking(): Promise<void> {
  while (!isStopped) {
    try {
      const response = await fetch(`${url}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body,
      });
      const answer = (await response.json()) as { code?: string; model: { version: string } };
      if (response.status === 200) versions.add(answer.model.version);
      else failures.push(`${response.status} ${answer.code}`);
      answered++;
    } catch (error) {
      failures.push(String(error));
    }
    await pass(pauseMs);
  }
}

process.send!('asking');
await Promise.all(Array.from({ length: parallel }, keepAsking));
process.send!({ answered, failures, versions: [...versions] });
process.disconnect();
