// The commands beside the service, called as its first argument. They are configured by the same
// environment variables.

import { readConfig } from '../config/config.ts';
import { repository } from '../config/installation.ts';
import { exitWhenOutputEnds } from '../process/output-end.ts';
import { ServiceError } from '../service-error.ts';
import { backUp } from './back-up.ts';
import { copyFeedback } from './copy-feedback.ts';
import type { Tool, ToolContext } from './tool.ts';

const tools: Readonly<Record<string, Tool>> = {
  'copy-feedback': copyFeedback,
  'back-up-feedback': backUp,
};

/** Runs a tool with the streams and signals of this process, and sets its exit code. */
export async function runToolAsProcess(name: string, args: readonly string[]): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  exitWhenOutputEnds();
  const { stdout, stderr, env } = process;
  process.exitCode = await runTool(name, { args, env, stdout, stderr, signal: controller.signal });
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}

/** @returns the exit code: those of the other commands, see docs/reference/command-line.md */
export async function runTool(
  name: string,
  context: Omit<ToolContext, 'config'> & { readonly env: NodeJS.ProcessEnv },
): Promise<number> {
  const { env, ...streams } = context;
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!tool) {
    context.stderr.write(`Unknown command ${name}; there are ${Object.keys(tools).join(', ')}.\n`);
    return 2;
  }
  try {
    const config = readConfig(env, repository);
    return await tool({ ...streams, config });
  } catch (error) {
    if (error instanceof ServiceError) {
      context.stderr.write(`error ${error.code}: ${error.message}\n`);
      return 2;
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    context.stderr.write(`${message}\nSee --help.\n`);
    return 2;
  }
}
