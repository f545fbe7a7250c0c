// Addresses of services in messages and on the screen.

/** The user and the password of an address, with the sign behind them. */
const credentials = /(?<=\/\/)[^/\\?#]*@/;

/** @returns the address without user and password, which are secrets. */
export function shownAddress(address: string): string {
  return address.replace(credentials, '');
}
