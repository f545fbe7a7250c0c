// `nx run tui:build`: writes dist/main.js.

import { writeBundle } from './bundle.ts';

writeBundle();
