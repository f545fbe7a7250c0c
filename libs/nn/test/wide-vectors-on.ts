// Loaded before the tests of ava-wide.config.js: the options that kernels/wide-vectors.ts sets.

import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--experimental-wasm-revectorize');
setFlagsFromString('--no-liftoff');
