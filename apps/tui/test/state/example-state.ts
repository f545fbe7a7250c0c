// A state for tests to start from.

import type { ServiceState } from '../../src/state/service-state.ts';
import { defaultSettings } from '../../src/state/settings.ts';
import { initialState, type State } from '../../src/state/state.ts';
import type { Capabilities } from '../../src/state/terminal.ts';

export const fullColour: Capabilities = {
  colours: 'full',
  unicode: true,
  pixelMouse: false,
  synchronizedOutput: true,
  theme: 'dark',
  multiplexer: undefined,
  isScreenReader: false,
};

export const connectedService: Extract<ServiceState, { status: 'connected' }> = {
  status: 'connected',
  origin: 'found',
  url: 'http://127.0.0.1:8000',
  model: { name: 'digits', version: '5.7.11' },
};

/** A blank drawing in a window of 80×24, with a service that is starting. */
export function exampleState(parts: Partial<State> = {}): State {
  const state = initialState({
    window: { columns: 80, rows: 24 },
    capabilities: fullColour,
    isAscii: false,
    settings: defaultSettings,
    sessionTheme: undefined,
    service: { status: 'starting', origin: 'embedded' },
  });
  return { ...state, ...parts };
}
