// Which model answered, as every answer names it.
import type { Champion } from '@digits/nn';
import { type Static, Type } from 'typebox';

const sha256 = { pattern: '^[0-9a-f]{64}$' };

/** The SHA-256 of something, in lower-case hexadecimal. */
export const Sha256 = Type.String(sha256);

export const ModelReference = Type.Object({
  name: Type.String(),
  version: Type.String(),
  sha256: Sha256,
});

export type ModelReference = Static<typeof ModelReference>;

export const exampleModel: ModelReference = {
  name: 'digits',
  version: 'standard-1-9f86d081',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

export function referTo({ version, sha256 }: Champion): ModelReference {
  return { name: 'digits', version, sha256 };
}
