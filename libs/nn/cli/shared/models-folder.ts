// Where this workspace keeps its models, wherever a command is started.

import { fileURLToPath } from 'node:url';

export const modelsFolder = fileURLToPath(new URL('../../../../models', import.meta.url));
