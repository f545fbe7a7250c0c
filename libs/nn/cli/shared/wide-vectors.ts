// The one setting of the kernels that comes from the environment.

/** False where DIGITS_NO_REVECTORIZE is set: V8's option for 256-bit vectors is then left alone. */
export const wideVectors = (process.env['DIGITS_NO_REVECTORIZE'] ?? '') === '';
