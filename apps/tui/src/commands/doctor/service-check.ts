// Whether a service answers at the address that the app would use, and whether it accepts drawings,
// without starting one.

import { blankRaster } from '@digits/canvas';
import { shownAddress } from '@digits/protocol/address';
import { isAppError } from '../../app-error.ts';
import { defaultApiUrl } from '../../command-line.ts';
import { createClient } from '../../service/client.ts';
import { isPortOpen } from '../../service/discovery.ts';
import { encodeDrawing } from '../../storage/drawing-png.ts';

const timeoutMs = 2000;

export interface ServiceCheck {
  /** Without user and password. */
  readonly url: string;
  /** Whether the person gave that address. */
  readonly isGiven: boolean;
  /** The version of its model, if the service is ready. */
  readonly model: string | undefined;
  /** Why it is not ready, if something listens there or should; of a ready one, why it refuses a drawing. */
  readonly problem: string | undefined;
}

export async function checkService(options: {
  readonly apiUrl: string | undefined;
  readonly apiKey: string | undefined;
}): Promise<ServiceCheck> {
  const { apiUrl, apiKey } = options;
  const baseUrl = apiUrl ?? defaultApiUrl;
  const url = shownAddress(baseUrl);
  const isGiven = apiUrl !== undefined;
  if (!(await isPortOpen(baseUrl, timeoutMs))) {
    const problem = isGiven ? 'Nothing listens there.' : undefined;
    return { url, isGiven, model: undefined, problem };
  }
  const { signal } = new AbortController();
  const client = createClient({ baseUrl, apiKey, timeoutMs });
  let model: string | undefined;
  try {
    model = (await client.ready(signal)).version;
    // Readiness needs neither a key nor an allowed host name.
    await client.predict(encodeDrawing(blankRaster()), { signal });
    return { url, isGiven, model, problem: undefined };
  } catch (error) {
    if (!isAppError(error, 'service')) throw error;
    return { url, isGiven, model, problem: error.message };
  }
}
