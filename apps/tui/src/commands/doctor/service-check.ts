// Whether a service answers at the address that the app would use, without starting one.

import { isAppError } from '../../app-error.ts';
import { defaultApiUrl } from '../../command-line.ts';
import { createClient } from '../../service/client.ts';
import { isPortOpen } from '../../service/discovery.ts';

const timeoutMs = 2000;

export interface ServiceCheck {
  readonly url: string;
  /** Whether the person gave that address. */
  readonly isGiven: boolean;
  /** The version of its model, if the service is ready. */
  readonly model: string | undefined;
  /** Why it is not ready, if something listens there or should. */
  readonly problem: string | undefined;
}

export async function checkService(options: {
  readonly apiUrl: string | undefined;
  readonly apiKey: string | undefined;
}): Promise<ServiceCheck> {
  const { apiUrl, apiKey } = options;
  const url = apiUrl ?? defaultApiUrl;
  const isGiven = apiUrl !== undefined;
  if (!(await isPortOpen(url, timeoutMs))) {
    const problem = isGiven ? 'Nothing listens there.' : undefined;
    return { url, isGiven, model: undefined, problem };
  }
  try {
    const client = createClient({ baseUrl: url, apiKey, timeoutMs: timeoutMs });
    const { version } = await client.ready(new AbortController().signal);
    return { url, isGiven, model: version, problem: undefined };
  } catch (error) {
    if (!isAppError(error, 'service')) throw error;
    return { url, isGiven, model: undefined, problem: error.message };
  }
}
