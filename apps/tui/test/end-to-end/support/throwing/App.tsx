// The app, with one more key: ! makes a component throw.

import { useInput } from 'ink';
import { type ComponentProps, useState } from 'react';
import { App as RealApp } from '../../../../src/view/components/App.tsx';

export function App(props: ComponentProps<typeof RealApp>) {
  const [isBroken, breakIt] = useState(false);
  useInput(input => {
    if (input === '!') breakIt(true);
  });
  if (isBroken) throw new Error('made for this test');
  return <RealApp {...props} />;
}
