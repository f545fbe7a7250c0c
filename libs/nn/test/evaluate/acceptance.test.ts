import test from 'ava';
import { fitAcceptance } from '../../src/evaluate/acceptance.ts';
import { freeEnergy, judge } from '../../src/network/acceptance.ts';
import { Random } from '../../src/random.ts';

const N = 3;
const count = 701;
const random = new Random(7);
const logits = Float32Array.from({ length: count * N }, () => 5 * random.normal());
const labels = new Uint8Array(count);

test('about one picture in a hundred is refused, and never more', t => {
  const acceptance = fitAcceptance(logits, labels, { temperature: 1.3 });
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * N, (i + 1) * N);
    const highest = Math.max(...row);
    const powers = row.reduce((sum, logit) => sum + Math.exp((logit - highest) / 1.3), 0);
    const evidence = { confidence: 1 / powers, energy: freeEnergy(row) };
    if (judge(evidence, acceptance) !== 'accepted') refused++;
  }
  t.true(refused <= 7 && refused >= 5, `${refused}`);
});

test('none is refused where none may be', t => {
  const { minConfidence, maxEnergy } = fitAcceptance(logits, labels, {
    temperature: 1,
    refusedShare: 0,
  });
  const energies = Array.from({ length: count }, (_, i) =>
    freeEnergy(logits.subarray(i * N, (i + 1) * N)),
  );
  t.is(maxEnergy, Math.max(...energies));
  t.true(minConfidence > 1 / N && minConfidence < 1);
});

test('the free energy is −log Σ exp, without overflow', t => {
  t.true(Math.abs(freeEnergy(Float32Array.of(1, 2, 3)) + 3.40760596) < 1e-6);
  t.true(Math.abs(freeEnergy(Float32Array.of(900, 900)) + 900.693147) < 1e-3);
});

test('too much energy weighs more than too little confidence', t => {
  const acceptance = { minConfidence: 0.6, maxEnergy: -7 };
  t.is(judge({ confidence: 0.6, energy: -7 }, acceptance), 'accepted');
  t.is(judge({ confidence: 0.59, energy: -7 }, acceptance), 'uncertain');
  t.is(judge({ confidence: 0.59, energy: -6.9 }, acceptance), 'not-a-digit');
  t.is(judge({ confidence: 0.1, energy: 9 }, null), 'accepted');
});
