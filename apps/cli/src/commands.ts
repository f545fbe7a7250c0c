// The commands of the program. Each is loaded when it is called.

import type { Command } from 'commander';
import type { CommandFunction, CommandOutput } from '../../../libs/nn/cli/shared/command.ts';
import type { CommandName } from '../../../libs/nn/cli/shared/program.ts';
import { appInstallation, nnProgram, serviceInstallation } from './installation.ts';
import type { ProgramCommand } from './program-command.ts';

/** In the order of --help. */
export const commands: readonly ProgramCommand[] = [
  {
    name: 'predict',
    summary: 'print the digit on each picture',
    async run(args) {
      const { main } = await import('../../tui/src/commands/predict/main.ts');
      await main(args, appInstallation());
    },
    async define() {
      const predict = await import('../../tui/src/commands/predict/command-line.ts');
      return predict.createPredictCommand(appInstallation());
    },
  },
  {
    name: 'serve',
    summary: 'run the HTTP service, with a page to draw on',
    async run(args) {
      const { runService } = await import('../../api/src/run-service.ts');
      await runService(args, serviceInstallation());
    },
    async define() {
      // It has no other options: the service is configured in the environment.
      const { createTuiCommand } = await import('../../tui/src/command-line.ts');
      const { call, version } = serviceInstallation();
      return createTuiCommand(call, version);
    },
  },
  nnCommand('train', 'train a network', {
    load: async () => (await import('../../../libs/nn/cli/train/train.ts')).trainCommand,
    define: async output =>
      (await import('../../../libs/nn/cli/train/plan/options.ts')).createTrainingCommand(output),
  }),
  nnCommand('evaluate', 'measure a model', {
    load: async () => (await import('../../../libs/nn/cli/evaluate/evaluate.ts')).evaluateCommand,
    define: async output =>
      (await import('../../../libs/nn/cli/evaluate/options.ts')).createEvaluationCommand(output),
  }),
  nnCommand('promote', 'make a trained version the champion if it is not worse', {
    load: async () => (await import('../../../libs/nn/cli/promote/promote.ts')).promoteCommand,
    define: async output =>
      (await import('../../../libs/nn/cli/promote/options.ts')).createPromoteCommand(output),
  }),
  nnCommand('rollback', 'restore the previous champion', {
    load: async () => (await import('../../../libs/nn/cli/rollback/rollback.ts')).rollbackCommand,
    define: async output =>
      (await import('../../../libs/nn/cli/rollback/rollback.ts')).createRollbackCommand(output),
  }),
  nnCommand('runs', 'list and compare the trainings', {
    load: async () => (await import('../../../libs/nn/cli/runs/runs.ts')).runsCommand,
    define: async output =>
      (await import('../../../libs/nn/cli/runs/runs.ts')).createRunsCommand(output),
  }),
  {
    name: 'doctor',
    summary: 'report on the terminal, the folders and the service, with advice',
    async run(args) {
      const [{ commandLineOf, createDoctorCommand }, { runDoctor }] = await Promise.all([
        import('../../tui/src/command-line.ts'),
        import('../../tui/src/commands/doctor/run-doctor.ts'),
      ]);
      const installation = appInstallation();
      const command = createDoctorCommand(installation).parse(args, { from: 'user' });
      await runDoctor(commandLineOf(command), installation);
    },
    async define() {
      const { createDoctorCommand } = await import('../../tui/src/command-line.ts');
      return createDoctorCommand(appInstallation());
    },
  },
  {
    name: 'completion',
    summary: 'print the completion of bash, zsh or fish',
    async run(args) {
      const { printCompletion } = await import('./completion/command.ts');
      await printCompletion(args, appInstallation(), commands);
    },
    async define() {
      const { createCompletionCommand } = await import('./completion/command.ts');
      return createCompletionCommand(appInstallation());
    },
  },
];

/** Commands that only the program itself calls. */
export const internalCommands: Readonly<Record<string, ProgramCommand['run']>> = {
  async 'preprocessing-steps'(args) {
    const steps = await import('../../api/src/write-preprocessing-steps.ts');
    await steps.writePreprocessingSteps(args);
  },
};

interface NnCommand {
  readonly load: () => Promise<CommandFunction>;
  readonly define: (output: CommandOutput) => Promise<Command>;
}

function nnCommand(
  name: CommandName,
  summary: string,
  { load, define }: NnCommand,
): ProgramCommand {
  return {
    name,
    summary,
    async run(args) {
      const { runAsProcess } = await import('../../../libs/nn/cli/shared/command.ts');
      await runAsProcess(await load(), { args, program: nnProgram() });
    },
    define: () => define({ stdout: process.stdout, stderr: process.stderr, program: nnProgram() }),
  };
}
