// `npm start`: bundles the app, which takes a fraction of a second, so that it is never stale, and runs
// the bundle in this process, so that signals reach the app.

import { bundle, writeBundle } from './bundle.ts';

writeBundle();
await import(bundle);
