// Which addresses are there for whoever watches over the service. They want no key, have no limit,
// and answer under pressure: what turns them away would be taken for a service that is ill.

const probe = /^\/(v2\/)?health\/(live|ready)$/;

export function isProbe(url: string): boolean {
  return probe.test(url);
}
