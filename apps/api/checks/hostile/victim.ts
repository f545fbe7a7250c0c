// The service under attack: the repository's champion, a shadow that disagrees with it, and a store
// with corrections and disagreements, so that every route has something to answer with.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { knownDigits } from '../../../../libs/nn/src/registry/self-test/known-digits.ts';
import { promoteRealModel, writeTinyVersion } from '../../test/support/tiny-model.ts';
import { pause, type Service, startService } from '../support/service.ts';
import { type Ask, ask } from './exchange.ts';
import type { Targets } from './requests/routes.ts';

export interface Victim {
  readonly service: Service;
  readonly targets: Targets;
  /** The ten known digits, each in three formats. */
  readonly known: readonly Ask[];
  remove(): Promise<void>;
}

/** Requests without an end are refused soon, and none because the machine is busy. */
const limits = {
  MAX_EVENT_LOOP_DELAY_MS: '0',
  REQUEST_TIMEOUT_MS: '4000',
  HEADERS_TIMEOUT_MS: '3000',
  HANDLER_TIMEOUT_MS: '10000',
};

const shadowDigit = 3;

export async function startVictim(): Promise<Victim> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-hostile-'));
  const models = join(folder, 'models');
  await promoteRealModel(models);
  const { version } = await writeTinyVersion(models, 'shadow', shadowDigit);
  const env = { MODELS_DIR: models, SHADOW_MODEL: version, DATA_DIR: join(folder, 'data') };
  const service = await startService({ env: { ...limits, ...env } });
  const known = await encodeKnownDigits();
  const targets = await fill(service.port, known);
  return {
    ...{ service, known, targets },
    remove: async () => {
      await service.end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function encodeKnownDigits(): Promise<Ask[]> {
  const formats = ['png', 'jpeg', 'webp'] as const;
  const encoded = knownDigits.flatMap(({ data, width, height }) =>
    formats.map(async format => {
      const raw = { width, height, channels: 1 } as const;
      const bytes = await sharp(data, { raw })
        .resize(width * 4)
        .toFormat(format)
        .toBuffer();
      return { contentType: `image/${format}`, bytes };
    }),
  );
  return Promise.all(encoded);
}

/** Stores corrections and disagreements. */
async function fill(port: number, known: readonly Ask[]): Promise<Targets> {
  for (const picture of known) {
    await ask(port, 'POST', '/predict', picture);
    for (const label of [1, 5]) await ask(port, 'POST', `/feedback?label=${label}`, picture);
  }
  const corrections = await idsOf(port, '/feedback?limit=200');
  const marked = known.map(({ contentType, bytes }, i) => ({
    contentType,
    // Bytes after the picture make it another file.
    bytes: Buffer.concat([bytes, Buffer.from([i])]),
  }));
  for (const picture of marked) await ask(port, 'POST', '/predict', picture);
  let disagreements: string[] = [];
  for (let left = 100; disagreements.length < known.length / 2 && left > 0; left--) {
    disagreements = await idsOf(port, '/disagreements?limit=200');
    await pause(50);
  }
  const { version } = JSON.parse((await ask(port, 'GET', '/model')).body.toString());
  return { corrections, disagreements, version };
}

async function idsOf(port: number, path: string): Promise<string[]> {
  const { body } = await ask(port, 'GET', path);
  return JSON.parse(body.toString()).items.map(({ id }: { readonly id: string }) => id);
}

/** The answers to the known digits, whose bytes must not change. */
export async function answersOf({ service, known }: Victim): Promise<string[]> {
  const answers: string[] = [];
  for (const picture of known) {
    const { status, body } = await ask(service.port, 'POST', '/predict', picture);
    answers.push(`${status} ${body}`);
  }
  return answers;
}
