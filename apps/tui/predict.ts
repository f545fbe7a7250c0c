// `npm run predict -- FILE…`: the digit on each picture. Run as it is: nothing in it is JSX.

import { main } from './src/commands/predict/main.ts';

await main(new URL('../../', import.meta.url));
