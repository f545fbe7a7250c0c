// A stub of react-devtools-core, to which Ink connects in development if it is installed.

export default {
  initialize() {},
  connectToDevTools() {},
};
