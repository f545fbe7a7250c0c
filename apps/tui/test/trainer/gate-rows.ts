// Rows of a gate result: more than fit into a small window.

const paired = { unit: '%', matters: true } as const;

function corruption(index: number): object {
  const name = `corruption ${index}`;
  const why = '11 gained, 13 lost of 2,000; p = 0.84';
  return {
    ...paired,
    name,
    group: 'corruption',
    champion: 91.5,
    challenger: 91.4,
    verdict: 'same',
    why,
  };
}

export const gateRows: readonly object[] = [
  {
    ...paired,
    name: 'corrections held out',
    group: 'corrections',
    champion: 20,
    challenger: 100,
    verdict: 'better',
    why: '8 gained, 0 lost of 10; any loss blocks promotion',
  },
  {
    ...paired,
    name: 'MNIST test images',
    group: 'test',
    champion: 98.51,
    challenger: 98.49,
    verdict: 'same',
    why: '3 gained, 5 lost of 10,000; p = 0.73',
  },
  ...Array.from({ length: 17 }, (_, index) => corruption(index + 1)),
  {
    name: 'weights',
    group: 'size',
    champion: 400_000,
    challenger: 400_000,
    unit: 'weights',
    verdict: 'same',
    matters: true,
    why: 'within a quarter',
  },
  {
    name: 'model file',
    group: 'size',
    champion: 1_600_000,
    challenger: 2_500_000,
    unit: 'bytes',
    verdict: 'worse',
    matters: false,
    why: 'by more than a quarter, which does not matter yet',
  },
];

export const passingGate = {
  type: 'gate',
  version: 'fine-tune-1-0a1b2c3d',
  champion: 'standard-1-7f162361',
  digests: { challenger: 'a'.repeat(64), champion: 'b'.repeat(64), sets: 'c'.repeat(64) },
  rows: gateRows,
  passes: true,
  promoted: false,
  why: 'nothing that matters is worse; better: corrections held out',
};

const worse = {
  ...paired,
  name: 'MNIST validation images',
  group: 'validation',
  champion: 98.4,
  challenger: 71.3,
  verdict: 'worse',
  why: '3 gained, 1,358 lost of 5,000; tolerated: 0.1 points',
};

export const stoppingGate = {
  ...passingGate,
  rows: [...gateRows, worse],
  passes: false,
  why: 'worse on MNIST validation images',
};
