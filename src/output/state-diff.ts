import type { Connector } from '../connector/connector.ts';
import type { DefinitionContent, PartContent, PropertiesContent } from '../connector/part-content.ts';
import { partFacts } from '../connector/part.ts';
import { indented } from '../json/document.ts';
import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { mergeDocuments } from '../merging/merge-documents.ts';
import { unifiedDiff } from './unified-diff.ts';
import { parseTree } from '../json/tree.ts';
import { concealedIn, concealedNodes, stars } from '../values/concealed-values.ts';
import { decodeBytes } from '../json/decode.ts';

/** Two states of a connector as a text diff. Order of members and formatting are no difference, and secrets are stars. */
export function stateDiff(before: Connector, after: Connector): readonly StyledPiece[] {
  const changes = [
    { name: partFacts.apiDefinition.fileName, ...documentTexts(before.apiDefinition, after.apiDefinition) },
    { name: partFacts.apiProperties.fileName, ...documentTexts(before.apiProperties, after.apiProperties) },
    { name: partFacts.script.fileName, before: scriptText(before.script), after: scriptText(after.script) },
  ].filter((change) => change.before !== change.after);
  const pointers = concealedIn([before, after]);
  const text = changes.length === 0 ? '' : unifiedDiff(changes, (json, name) => withStarsAt(pointers, json, name));
  const isSameIcon = before.icon?.hash === after.icon?.hash;
  const lines = [
    ...(text === '' ? [] : text.split('\n')),
    ...(isSameIcon ? [] : ['Binary files a/icon.png and b/icon.png differ']),
  ];
  return lines.flatMap((line, index) => [...(index === 0 ? [] : [{ text: '\n' }]), styled(line)]);
}

/** A document with stars for single values, and for what is in others: its lines stay. */
function withStarsAt(pointers: readonly string[], json: string, name: string): string {
  const part = documentParts.find((one) => partFacts[one].fileName === name);
  if (pointers.length === 0 || json === '' || part === undefined) return json;
  const nodes = concealedNodes(parseTree(json), part, pointers).toSorted((a, b) => b.start - a.start);
  return nodes.reduce((text, { start, end }) => `${text.slice(0, start)}${stars.text}${text.slice(end)}`, json);
}

const documentParts = ['apiDefinition', 'apiProperties'] as const;

interface Texts {
  readonly before: string;
  readonly after: string;
}

type Document = DefinitionContent | PropertiesContent;

/** That of after is written as before is, changed where its value is another one. */
function documentTexts(before: Document | undefined, after: Document | undefined): Texts {
  const [textBefore, textAfter] = [before, after].map((document) => (document ? indented(document.comparedJson) : ''));
  if (!before || !after || textBefore === undefined) return { before: textBefore ?? '', after: textAfter ?? '' };
  const written = { text: textBefore };
  const { text } = mergeDocuments({ base: written, ours: written, theirs: after.comparedJson });
  return { before: `${textBefore}\n`, after: `${text}\n` };
}

/** With the line ends that count in no comparison all alike. */
function scriptText(script: PartContent | undefined): string {
  return (script && decodeBytes(script.bytes).text)?.replaceAll('\r\n', '\n') ?? '';
}

function styled(text: string): StyledPiece {
  if (/^(?:---|\+\+\+) /u.test(text)) return { text, style: 'strong' };
  if (text.startsWith('@@')) return { text, style: 'info' };
  if (text.startsWith('+')) return { text, style: 'good' };
  return text.startsWith('-') ? { text, style: 'error' } : { text };
}
