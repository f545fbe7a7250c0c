// Runs a tool of the store in this process, as its program does.

import { runTool } from '../../src/feedback-tools/tools.ts';

interface ToolOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** @returns exit code, and all that it printed */
export async function callTool(name: string, args: readonly string[], options: ToolOptions) {
  const text = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof text) => ({
    write: (part: string | Uint8Array) => {
      text[stream] += part;
      return true;
    },
  });
  const { env, signal = new AbortController().signal } = options;
  const streams = { stdout: into('stdout'), stderr: into('stderr') };
  const exitCode = await runTool(name, { args, env, signal, ...streams });
  return { exitCode, ...text };
}
