import type { CommandDefinition } from './command-definition.ts';
import { completionCommand } from './completion.ts';
import { convertCommand } from './convert.ts';
import { configCommand } from './config.ts';
import { createCommand } from './create.ts';
import { deleteCommand } from './delete.ts';
import { deployCommand } from './deploy.ts';
import { diffCommand } from './diff.ts';
import { downloadCommand } from './download.ts';
import { environmentsCommand } from './environments.ts';
import { initCommand } from './init.ts';
import { listCommand } from './list.ts';
import { loginCommand } from './login.ts';
import { logoutCommand } from './logout.ts';
import { packageCommand } from './package.ts';
import { pullCommand } from './pull.ts';
import { restoreCommand } from './restore.ts';
import { shareCommand } from './share.ts';
import { showCommand } from './show.ts';
import { updateCommand } from './update.ts';
import { validateCommand } from './validate.ts';
import { whoamiCommand } from './whoami.ts';

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandDefinition[];
}

/** All commands, in the order in which help lists them. */
export const commandGroups: readonly CommandGroup[] = [
  { title: 'Sign in', commands: [loginCommand, whoamiCommand, logoutCommand] },
  { title: 'Inspect', commands: [environmentsCommand, listCommand, showCommand] },
  {
    title: 'Move connectors between files and environments',
    commands: [downloadCommand, createCommand, updateCommand, deployCommand, shareCommand, deleteCommand],
  },
  { title: 'Review changes', commands: [validateCommand, diffCommand, pullCommand, restoreCommand] },
  { title: 'Tools', commands: [initCommand, convertCommand, packageCommand, configCommand, completionCommand] },
];

export const commandDefinitions: readonly CommandDefinition[] = commandGroups.flatMap(({ commands }) => commands);

/** By all their names. */
export const commandsByName: ReadonlyMap<string, CommandDefinition> = new Map(
  commandDefinitions.flatMap((definition) =>
    [definition.name, ...(definition.aliases ?? [])].map((name) => [name, definition] as const),
  ),
);
