// What the two colours of an explanation mean.

import { useContext } from 'react';
import { inTone } from '../tones.ts';
import { DisplayStyleContext, StyledRow } from './Row.tsx';

export function Legend() {
  const style = useContext(DisplayStyleContext);
  const text =
    style.colours === 'none'
      ? 'dark: spoke for it'
      : `${inTone('spoke for it', 'for', style)}  ${inTone('against', 'against', style)}`;
  return <StyledRow text={text} />;
}
