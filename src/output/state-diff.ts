import type { ConnectorState } from '../connector/connector-state.ts';
import { indented, type JsonDocument } from '../json/document.ts';
import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { mergeDocuments } from '../merging/merge-documents.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Two states of a connector as a text diff. Order of members and formatting are no difference, and client secrets are stars. */
export function stateDiff(before: ConnectorState, after: ConnectorState): readonly StyledPiece[] {
  const changes = [
    { name: 'apiDefinition.swagger.json', ...documentTexts(before.apiDefinition, after.apiDefinition) },
    { name: 'apiProperties.json', ...documentTexts(before.apiProperties, after.apiProperties) },
    { name: 'script.csx', before: scriptText(before.script), after: scriptText(after.script) },
  ].filter((change) => change.before !== change.after);
  const text = changes.length === 0 ? '' : unifiedDiff(changes);
  const isSameIcon =
    before.icon && after.icon ? Buffer.compare(before.icon, after.icon) === 0 : before.icon === after.icon;
  const lines = [
    ...(text === '' ? [] : text.split('\n')),
    ...(isSameIcon ? [] : ['Binary files a/icon.png and b/icon.png differ']),
  ];
  return lines.flatMap((line, index) => [...(index === 0 ? [] : [{ text: '\n' }]), styled(line)]);
}

interface Texts {
  readonly before: string;
  readonly after: string;
}

/** That of after is written as before is, changed where its value is another one. */
function documentTexts(before: JsonDocument | undefined, after: JsonDocument | undefined): Texts {
  if (!before || !after) return { before: before ? indented(before) : '', after: after ? indented(after) : '' };
  const text = indented(before);
  const written = { text };
  return { before: `${text}\n`, after: `${mergeDocuments({ base: written, ours: written, theirs: after }).text}\n` };
}

function scriptText(script: Uint8Array | undefined): string {
  return script ? new TextDecoder().decode(script) : '';
}

function styled(text: string): StyledPiece {
  if (/^(?:---|\+\+\+) /u.test(text)) return { text, style: 'strong' };
  if (text.startsWith('@@')) return { text, style: 'info' };
  if (text.startsWith('+')) return { text, style: 'good' };
  return text.startsWith('-') ? { text, style: 'error' } : { text };
}
