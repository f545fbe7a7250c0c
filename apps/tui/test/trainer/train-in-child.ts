// A program that starts a training in the background and does nothing else, for a test that kills it.
// Its argument is the address of the service.

import { createTrainerClient } from '../../src/trainer/trainer-client.ts';
import { fakeTrainer } from './fake-trainer.ts';

const task = { url: process.argv[2] ?? '', models: undefined, confirmed: [] };
await createTrainerClient(fakeTrainer('waits')).train(task, () => {}, new AbortController().signal);
