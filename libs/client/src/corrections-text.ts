// Corrections in words.

/** Corrections that were saved in this session, and those that the service does not have yet. */
export interface CorrectionCounts {
  readonly saved: number;
  readonly waiting: number;
}

/** @returns how many corrections are saved, and how many of them were not sent yet; empty for none */
export function correctionsText({ saved, waiting }: CorrectionCounts): string {
  const parts: string[] = [];
  if (saved > 0) parts.push(`${saved} ${saved === 1 ? 'correction' : 'corrections'} saved`);
  if (waiting > 0) parts.push(`${waiting} to send`);
  return parts.join(', ');
}
