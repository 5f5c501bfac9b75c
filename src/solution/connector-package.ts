import * as z from 'zod';
import { readJson } from '../json/reading.ts';
import { type Archive, entryOf, filesIn, textIn } from './archive.ts';
import type { Solution } from './solution.ts';
import { childOf, type XmlElement } from './xml.ts';

/** A ZIP file with those in it. */
export interface ArchiveTree extends Archive {
  readonly nested: ReadonlyMap<string, NestedArchive>;
}

/** A ZIP file in another one: what is in it, or why it can't be read, as a sentence with its name. */
export type NestedArchive = ArchiveTree | UnreadableArchive;

export interface UnreadableArchive {
  readonly name: string;
  readonly fault: string;
}

export function isReadable(archive: NestedArchive | undefined): archive is ArchiveTree {
  return archive !== undefined && !('fault' in archive);
}

/** What a solution is for, by what it has: a connector alone, a flow that uses it, or an AI plugin. */
export type SolutionKind = 'connector' | 'flow' | 'plugin' | 'other';

export type SolutionContent = 'connector' | 'flow' | 'plugin';

export interface PackagedSolution {
  /** As the user knows it. */
  readonly name: string;
  /** Undefined where the ZIP file can't be read. */
  readonly solution: Solution | undefined;
  /** Why it can't. */
  readonly fault: string | undefined;
  readonly kind: SolutionKind;
  /** What it has, in words. */
  readonly contents: readonly SolutionContent[];
}

/** What verified publishers submit for certification: ZIP files in ZIP files. */
export interface ConnectorPackage {
  readonly outer: ArchiveTree;
  /** Names of ZIP files and Markdown files at its root. */
  readonly zips: readonly string[];
  readonly intros: readonly string[];
  /** The package in it, and its name: where there are several, the one with the usual name, else the first. */
  readonly innerName: string | undefined;
  readonly inner: ArchiveTree | undefined;
  /** Why that can't be read, where it can't. */
  readonly innerFault: string | undefined;
  /** The folders of that. */
  readonly assets: readonly string[];
  readonly solutions: readonly PackagedSolution[];
}

/** The workflows that a solution names, and its files of workflows. */
export interface Workflows {
  readonly element: XmlElement | undefined;
  readonly named: readonly { readonly path: string; readonly element: XmlElement }[];
  readonly files: readonly string[];
}

export function workflowsOf({ archive, customizations }: Solution): Workflows {
  const element = childOf(customizations?.root, 'Workflows');
  const named = (element?.children ?? []).flatMap((workflow) => {
    const file = childOf(workflow, 'JsonFileName');
    return file ? [{ path: entryOf(file.text), element: file }] : [];
  });
  const folders = [...archive.folders].filter((name) => /^workflows$/iu.test(name));
  const files = folders.flatMap((folder) => filesIn(archive, folder)).filter((name) => /\.json$/iu.test(name));
  return { element, named, files };
}

/** The first element with this name somewhere below that has something in it. */
export function filledElement(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const child of parent?.children ?? []) {
    const isFilled = child.children.length > 0 || Object.keys(child.attributes).length > 0;
    const found = child.name === name && isFilled ? child : filledElement(child, name);
    if (found) return found;
  }
  return undefined;
}

/** The components that a solution says it has. */
export function rootComponents({ manifest }: Solution): readonly XmlElement[] {
  const root = manifest?.root;
  return childOf(childOf(root, 'SolutionManifest'), 'RootComponents')?.children ?? [];
}

/** The component type of a connector. */
export const connectorComponent = '372';

/** That of a flow. */
export const flowComponent = '29';

/** A GUID as it is compared: without braces, in lower case. */
export function plainGuid(text: string): string {
  return text.replaceAll(/[{}]/gu, '').toLowerCase();
}

/** Whether a flow in a solution uses the connector with this name and ID. */
export function usesConnector(solution: Solution, name: string, id: string | undefined): boolean {
  const { archive, customizations } = solution;
  const usedBy = workflowsOf(solution).files.some((file) => {
    const { value } = readJson(textIn(archive, file) ?? new Uint8Array());
    // It isn't known what a flow uses that isn't JSON.
    return value === undefined || logicalNames(value).some((one) => one.toLowerCase() === name.toLowerCase());
  });
  const references = childOf(customizations?.root, 'connectionreferences')?.children ?? [];
  return (
    usedBy ||
    references.some((reference) => {
      const referred = childOf(childOf(reference, 'customconnectorid'), 'connectorid')?.text;
      return referred !== undefined && id !== undefined && plainGuid(referred) === plainGuid(id);
    })
  );
}

const workflowSchema = z.object({
  properties: z.object({ connectionReferences: z.record(z.string(), z.unknown()) }),
});

const referenceSchema = z.object({ api: z.object({ logicalName: z.string() }) });

/** The names of connectors that a workflow refers to. Text elsewhere in it, such as in a body that it sends, is no reference. */
function logicalNames(workflow: unknown): readonly string[] {
  const { data } = workflowSchema.safeParse(workflow);
  return Object.values(data?.properties.connectionReferences ?? {}).flatMap(
    (reference) => referenceSchema.safeParse(reference).data?.api.logicalName ?? [],
  );
}
