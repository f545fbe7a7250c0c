// The commands of the program, each loaded when it is called.

import type { CommandFunction } from '../../../libs/nn/cli/shared/command.ts';
import type { CommandName } from '../../../libs/nn/cli/shared/program.ts';
import { appInstallation, nnProgram, serviceInstallation } from './installation.ts';

export interface ProgramCommand {
  readonly name: string;
  /** In the list of --help; undefined for a command that only the program itself calls. */
  readonly summary: string | undefined;
  /** Settles when the command is done or, as a service, has started; sets the exit code. */
  readonly run: (args: readonly string[]) => Promise<void>;
}

/** In the order of --help. */
export const commands: readonly ProgramCommand[] = [
  {
    name: 'predict',
    summary: 'print the digit on each picture',
    async run(args) {
      const { main } = await import('../../tui/src/commands/predict/main.ts');
      await main(args, appInstallation());
    },
  },
  {
    name: 'serve',
    summary: 'run the HTTP service, with a page to draw on',
    async run(args) {
      const { runService } = await import('../../api/src/run-service.ts');
      await runService(args, serviceInstallation());
    },
  },
  nnCommand('train', 'train a network', async () => {
    const { trainCommand } = await import('../../../libs/nn/cli/train/train.ts');
    return trainCommand;
  }),
  nnCommand('evaluate', 'measure a model', async () => {
    const { evaluateCommand } = await import('../../../libs/nn/cli/evaluate/evaluate.ts');
    return evaluateCommand;
  }),
  nnCommand('promote', 'make a trained version the champion if it is not worse', async () => {
    const { promoteCommand } = await import('../../../libs/nn/cli/promote/promote.ts');
    return promoteCommand;
  }),
  nnCommand('rollback', 'restore the previous champion', async () => {
    const { rollbackCommand } = await import('../../../libs/nn/cli/rollback/rollback.ts');
    return rollbackCommand;
  }),
  nnCommand('runs', 'list and compare the trainings', async () => {
    const { runsCommand } = await import('../../../libs/nn/cli/runs/runs.ts');
    return runsCommand;
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
  },
  {
    name: 'preprocessing-steps',
    summary: undefined,
    async run(args) {
      const steps = await import('../../api/src/write-preprocessing-steps.ts');
      await steps.writePreprocessingSteps(args);
    },
  },
];

function nnCommand(
  name: CommandName,
  summary: string,
  load: () => Promise<CommandFunction>,
): ProgramCommand {
  return {
    name,
    summary,
    async run(args) {
      const { runAsProcess } = await import('../../../libs/nn/cli/shared/command.ts');
      await runAsProcess(await load(), { args, program: nnProgram() });
    },
  };
}
