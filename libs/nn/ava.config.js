import base from '../../ava.base.js';

export default {
  ...base,
  // Idle timeout: some tests wait for a process on a busy machine.
  timeout: '2m',
};
