// What is beside the canvas in each mode.

import type { Practice } from '@digits/client';
import type { State } from '../state/state.ts';
import type { Layout } from './layout.ts';
import { tableOf } from './places.ts';
import type { Table } from './text/tables/table.ts';

/** The answer and a training bypass Ink. */
export type Side =
  | { readonly type: 'answer' | 'training' | 'consent' }
  | { readonly type: 'table'; readonly table: Table }
  /** The number of lines that are scrolled away. */
  | { readonly type: 'help'; readonly top: number }
  | { readonly type: 'summary'; readonly practice: Practice }
  /** The selected row. */
  | { readonly type: 'settings' | 'watch-form'; readonly row: number };

export function sideOf(state: State, layout: Layout): Side {
  const { mode, practice } = state;
  switch (mode.type) {
    case 'help':
      return { type: 'help', top: mode.top };
    case 'settings':
      return { type: 'settings', row: mode.row };
    case 'asking-consent':
      return { type: 'consent' };
    case 'choosing-training':
      return { type: 'watch-form', row: mode.row };
    case 'watching':
      return { type: 'training' };
    case 'summary':
      return practice === undefined ? { type: 'answer' } : { type: 'summary', practice };
    case 'typing':
      // The address, which is the first setting, is typed below the settings.
      return mode.purpose === 'address' ? { type: 'settings', row: 0 } : { type: 'answer' };
    default: {
      const table = tableOf(state, layout);
      return table === undefined ? { type: 'answer' } : { type: 'table', table };
    }
  }
}
