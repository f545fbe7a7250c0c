// Which host names requests may be addressed to. A page whose own name was bound to this machine (DNS
// rebinding) has the service's origin for the browser; only the header Host tells it apart.

import { isIPv4, isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { canonicalHostName, isLoopback } from '../config/host-name.ts';

/** Accepted headers that are remembered; a client chooses the port in it. */
const maxRemembered = 100;

/** @returns a function that tells whether a header Host names this service; ports do not matter */
export function createHostCheck(config: HostConfig) {
  const isAllowed = allowedNames(config);
  const accepted = new Set<string>();
  return (header: string): boolean => {
    if (accepted.has(header)) return true;
    const name = canonicalHostName(header);
    if (name === undefined || !isAllowed(name)) return false;
    if (accepted.size === maxRemembered) accepted.clear();
    accepted.add(header);
    return true;
  };
}

type HostConfig = Pick<Config, 'host' | 'allowedHosts'>;

function allowedNames({ host, allowedHosts }: HostConfig): (name: string) => boolean {
  if (allowedHosts.includes('*')) return () => true;
  const own = canonicalHostName(isIPv6(host) ? `[${host.replace(/%.*/, '')}]` : host) ?? '';
  const isEveryAddress = own === '0.0.0.0' || own === '[::]';
  const names = new Set(isEveryAddress ? namesOfThisMachine() : [own]);
  const suffixes: string[] = [];
  for (const pattern of allowedHosts) {
    if (!pattern.startsWith('*')) names.add(pattern.replace(/^\./, ''));
    if (/^\*?\./.test(pattern)) suffixes.push(pattern.replace('*', ''));
  }
  return name =>
    isLoopback(name) ||
    names.has(name) ||
    // An address cannot be bound to another machine.
    (isEveryAddress && isAddress(name)) ||
    suffixes.some(suffix => name.endsWith(suffix));
}

/** The host name, also as it is announced by multicast DNS. */
function namesOfThisMachine(): string[] {
  const name = canonicalHostName(hostname());
  return name === undefined ? [] : [name, `${name}.local`];
}

function isAddress(name: string): boolean {
  return name.startsWith('[') || isIPv4(name);
}
