import { convertDocumentation } from './documentation.ts';
import { isEmail } from '../connector/email.ts';
import { Fields } from './fields.ts';
import {
  copiedText,
  inOrderOf,
  outArray,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  setMembers,
} from './output-tree.ts';
import { type SourceNode, sourceText } from './source.ts';
import { finishObject } from './finish-object.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';

export interface InformationOptions {
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** The words of the name of the source, for a document without title. */
  readonly titleFromName: string;
}

/** Title, version, contact, license, and so on. */
export function convertInformation(
  node: SourceNode | undefined,
  root: SourceNode,
  options: InformationOptions,
  state: ConversionState,
): OutObject {
  const { ledger } = state;
  const fields = new Fields(node?.kind === 'object' ? node : emptyNode(root), ledger);
  const result = outObject({}, node);
  const place = node ?? root;
  const title = titleOf(fields.text('title'), place, options, state);
  const version = fields.text('version');
  const description = fields.text('description');
  const summary = fields.text('summary');
  const stated = isBlank(sourceText(description)) ? summary : description;
  if (summary && stated !== summary) ledger.add('info-summary', summary);
  setMembers(result, {
    title: title.text,
    description:
      options.description === undefined
        ? stated && !isBlank(sourceText(stated))
          ? copiedText(stated)
          : outText(`Lets apps and flows work with ${title.plain}.`, description)
        : outText(options.description, description),
    version: version && !isBlank(sourceText(version)) ? copiedText(version) : outText('1.0', version),
  });
  if (isBlank(sourceText(version))) ledger.add('version-made', version ?? place);
  if (isBlank(sourceText(description)) && options.description === undefined)
    ledger.add('description-made', description ?? place);
  const contact = contactOf(fields.object('contact'), state);
  const license = licenseOf(fields.object('license'), state);
  const terms = fields.text('termsOfService');
  setMembers(result, { termsOfService: terms && copiedText(terms), contact, license });
  finishObject(fields, result, state);
  return result;
}

function emptyNode(root: SourceNode): SourceNode {
  return { ...root, kind: 'object', members: new Map() };
}

function titleOf(
  node: SourceNode | undefined,
  place: SourceNode,
  { title, titleFromName }: InformationOptions,
  { ledger }: ConversionState,
): { readonly text: OutNode; readonly plain: string } {
  if (title !== undefined) return { text: outText(title, node), plain: title };
  const stated = sourceText(node);
  if (!node || stated === undefined || isBlank(stated)) {
    ledger.add('title-made', node ?? place, { title: titleFromName });
    return { text: outText(titleFromName, node), plain: titleFromName };
  }
  if (stated.length > 30) ledger.add('title-long', node, { n: stated.length });
  return { text: copiedText(node), plain: stated };
}

function contactOf(node: SourceNode | undefined, state: ConversionState): OutNode | undefined {
  if (node?.kind !== 'object') return undefined;
  const fields = new Fields(node, state.ledger);
  const result = outObject({}, node);
  for (const name of ['name', 'url', 'email']) {
    const value = fields.text(name);
    if (!value) continue;
    const text = sourceText(value) ?? '';
    if (name === 'email' && !isEmail(text)) state.ledger.add('contact-email', value, { value: text });
    else result.members.set(name, copiedText(value));
  }
  finishObject(fields, result, state);
  return result;
}

function licenseOf(node: SourceNode | undefined, state: ConversionState): OutNode | undefined {
  if (node?.kind !== 'object') return undefined;
  const fields = new Fields(node, state.ledger);
  const result = outObject({}, node);
  for (const name of ['name', 'url']) {
    const value = fields.text(name);
    if (value) result.members.set(name, copiedText(value));
  }
  if (!result.members.has('name')) {
    state.ledger.add('license-name', node);
    return undefined;
  }
  const identifier = fields.text('identifier');
  if (identifier) state.ledger.add('license-identifier', identifier);
  finishObject(fields, result, state);
  return result;
}

/** The tags of the document, each one once. */
export function convertTags(list: SourceNode | undefined, state: ConversionState): OutNode | undefined {
  if (!list) return undefined;
  const { ledger, extension } = state;
  const seen = new Set<string>();
  const tags = list.items.flatMap((node) => {
    const named = node.members.get('name');
    const name = sourceText(named);
    if (name === undefined || isBlank(name) || named?.kind === 'null') {
      ledger.add('tag-unnamed', node);
      return [];
    }
    if (seen.has(name)) {
      ledger.add('tag-duplicate', node, { name });
      return [];
    }
    seen.add(name);
    const tag = outObject({}, node);
    const fields = new Fields(node, ledger);
    const [stated, description] = [fields.text('name'), fields.text('description')];
    setMembers(tag, {
      name: stated && copiedText(stated),
      description: description && copiedText(description),
      externalDocs: convertDocumentation(fields.object('externalDocs'), state),
    });
    for (const member of fields.rest())
      if (member.name.startsWith('x-')) tag.members.set(member.name, extension(member));
      else ledger.add('tag-member', member, { name: member.name });
    return [inOrderOf(node, tag)];
  });
  return outArray(tags, list);
}
