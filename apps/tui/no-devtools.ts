// Stands in for react-devtools-core, which Ink connects to in development if it is installed.

export default {
  initialize() {},
  connectToDevTools() {},
};
