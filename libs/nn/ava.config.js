import base from '../../ava.base.js';

export default {
  ...base,
  // How long nothing may happen: some tests wait for a process on a busy machine.
  timeout: '2m',
};
