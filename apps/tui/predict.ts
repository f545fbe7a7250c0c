// `npm run predict -- FILE…`: prints the digit on each picture. It has no JSX and runs unbundled.

import { main } from './src/commands/predict/main.ts';

await main(new URL('../../', import.meta.url));
