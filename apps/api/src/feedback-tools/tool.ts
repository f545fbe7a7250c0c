// What a tool gets from its process.

import type { Config } from '../config/config.ts';

type Output = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

export interface ToolContext {
  /** Without the name of the tool. */
  readonly args: readonly string[];
  readonly config: Config;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** @returns the exit code */
export type Tool = (context: ToolContext) => Promise<number>;
