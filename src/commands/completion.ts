import type { CommandDefinition } from './command-definition.ts';

export const completionCommand: CommandDefinition = {
  name: 'completion',
  description: 'Print the completion script for your shell.',
  paths: ['<shell>', 'bash, zsh, fish, or powershell.'],
  options: [],
  examples: [
    [`echo 'eval "$(paconn completion bash)"' >> ~/.bashrc`, 'For bash', 'sh'],
    [`echo 'eval "$(paconn completion zsh)"' >> ~/.zshrc`, 'For zsh, after its compinit', 'sh'],
    ['paconn completion fish > ~/.config/fish/completions/paconn.fish', 'Install the script for fish', 'sh'],
    [
      "Add-Content $PROFILE 'paconn completion powershell | Out-String | iex'",
      "For PowerShell. If the folder of $PROFILE doesn't exist, create it: mkdir -Force (Split-Path $PROFILE)",
      'powershell',
    ],
  ],
  seeAlso: ['config'],
  load: async () => (await import('../services/completion/completion.ts')).completion,
};
