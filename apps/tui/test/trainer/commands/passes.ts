// A gate that every version passes, and that promotes unless it is only tried.

import { passingGate } from '../gate-rows.ts';
import { noteCall, say } from './called.ts';

const isTried = process.argv.includes('--dry-run');
noteCall(isTried ? 'compare' : 'promote');
say({ ...passingGate, promoted: !isTried });
