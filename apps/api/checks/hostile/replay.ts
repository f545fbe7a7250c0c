// Sends one case to a new service and prints everything about it.

import { createCase } from './cases.ts';
import { checkExchange } from './check-exchange.ts';
import { readContract } from './contract.ts';
import { exchange } from './exchange.ts';
import { startVictim } from './victim.ts';

const maxShownBytes = 4000;

export async function replay(
  id: number,
  options: { readonly seed: number; readonly only: string | undefined },
): Promise<void> {
  const victim = await startVictim();
  const { service, targets } = victim;
  const print = (title: string, text: string) => process.stdout.write(`== ${title}\n${text}\n`);
  try {
    const contract = await readContract(service.port);
    const host = `127.0.0.1:${service.port}`;
    const case_ = createCase(id, { ...options, targets, host });
    const { request, follows } = case_;
    print(
      `request, ${request.ending}, then ${follows}`,
      request.bytes.toString('latin1', 0, maxShownBytes),
    );
    const result = await exchange(service.port, request, follows);
    for (const { status, headers, body } of result.answers) {
      const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
      print(
        `answer ${status}`,
        `${lines.join('\n')}\n\n${body.toString('latin1', 0, maxShownBytes)}`,
      );
    }
    print('outcome', `${result.outcome} ${result.detail}`);
    print(
      'log',
      service
        .lastLines(4)
        .map(line => JSON.stringify(line))
        .join('\n'),
    );
    const fault = checkExchange(request, result, follows, contract);
    if (!fault) return;
    print('finding', `${fault.kind}: ${fault.detail}`);
    process.exitCode = 1;
  } finally {
    await victim.remove();
  }
}
