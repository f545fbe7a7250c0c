// `npm start`: bundles, which takes a fraction of a second, so that what runs is never stale; then
// runs the bundle in this very process, so that signals reach the app.

import { bundle, writeBundle } from './bundle.ts';

writeBundle();
await import(bundle);
