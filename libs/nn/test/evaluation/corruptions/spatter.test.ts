import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { spatter } from '../../../src/evaluation/corruptions/spatter.ts';
import { pictureWhere } from './draw.ts';

test('spatter covers dark and light with grey blots', t => {
  const given = pictureWhere(x => x >= 14);
  const spattered = spatter(given, new Random(2));
  const mudOn = (isLight: boolean) =>
    [...spattered.keys()].filter(i => given[i]! > 0 === isLight && spattered[i] !== given[i]);
  t.true(mudOn(false).length > 5 && mudOn(true).length > 5);
  t.true(mudOn(false).every(i => spattered[i]! >= 50 && spattered[i]! <= 63));
  t.true(mudOn(true).every(i => spattered[i]! >= 63 && spattered[i]! <= 102));
});
