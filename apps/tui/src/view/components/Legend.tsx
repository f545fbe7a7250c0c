// What the two colours of an explanation mean.

import { useContext } from 'react';
import { inTone } from '../tones.ts';
import { LookContext, StyledRow } from './Row.tsx';

export function Legend() {
  const look = useContext(LookContext);
  const text =
    look.colours === 'none'
      ? 'dark: spoke for it'
      : `${inTone('spoke for it', 'for', look)}  ${inTone('against', 'against', look)}`;
  return <StyledRow text={text} />;
}
