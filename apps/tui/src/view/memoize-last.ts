// Not working out again what was worked out just now.

/** @returns the function, which called with the same arguments again gives the same result. */
export function memoizeLast<Arguments extends readonly unknown[], Result>(
  compute: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  let latest: { readonly args: Arguments; readonly result: Result } | undefined;
  return (...args) => {
    const isSame = latest?.args.every((arg, index) => Object.is(arg, args[index]));
    if (latest === undefined || !isSame) latest = { args, result: compute(...args) };
    return latest.result;
  };
}
