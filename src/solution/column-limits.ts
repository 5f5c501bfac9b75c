import { decodeBytes } from '../json/decode.ts';
import { type SolutionMember, solutionMembers } from './layout.ts';
import { manifestElements } from './manifest-texts.ts';
import type { Solution, SolutionConnector, SolutionFile } from './solution.ts';
import { childOf, type XmlElement } from './xml.ts';

/** How many characters the columns of Dataverse can have; the service allows fewer in a title. */
const mostInElements = {
  displayname: 30,
  description: 1000,
  iconbrandcolor: 100,
  name: 500,
  scriptoperations: 500_000,
} as const;

/** The same for what is in files; an icon has bytes. */
const mostInFiles: Readonly<Record<SolutionMember, number>> = {
  openapidefinition: 1_000_000,
  connectionparameters: 500_000,
  connectionparametersets: 500_000,
  policytemplateinstances: 500_000,
  customcodeblobcontent: 500_000,
  iconblob: 10 * 1024 * 1024,
};

/** The same of a solution and of its publisher; in a list, each text. */
const mostInManifest = {
  solution: { UniqueName: 65, LocalizedNames: 256, Descriptions: 2000, Version: 256 },
  publisher: {
    UniqueName: 256,
    LocalizedNames: 256,
    Descriptions: 2000,
    EMailAddress: 100,
    SupportingWebsiteUrl: 200,
  },
} as const;

/** A value of a solution that is too long for its column. */
export interface OverlongValue {
  readonly column: string;
  readonly length: number;
  readonly most: number;
  readonly unit: 'characters' | 'bytes';
  /** The file or the element that it's in. */
  readonly file: SolutionFile | undefined;
  readonly element: XmlElement | undefined;
}

/** The values that an import can't write to Dataverse. */
export function overlongValues({ manifest, connectors }: Solution): readonly OverlongValue[] {
  const all = [...valuesOfManifest(manifest), ...connectors.flatMap((connector) => valuesOf(connector))];
  return all.filter(({ length, most }) => length > most);
}

function valuesOfManifest(manifest: Solution['manifest']): readonly OverlongValue[] {
  const elements = manifestElements(manifest);
  return (['solution', 'publisher'] as const).flatMap((owner) =>
    Object.entries(mostInManifest[owner]).flatMap(([column, most]) => {
      const own = childOf(elements[owner], column);
      const texts = own && own.children.length > 0 ? own.children : own ? [own] : [];
      return texts.map((element) => ({
        column: `${column} of the ${owner}`,
        length: (element.attributes['description'] ?? element.text).length,
        most,
        unit: 'characters' as const,
        file: undefined,
        element,
      }));
    }),
  );
}

function valuesOf({ element, files }: SolutionConnector): readonly OverlongValue[] {
  const inElements = Object.entries(mostInElements).map(([column, most]) => {
    const own = childOf(element, column);
    return { column, length: own?.text.length ?? 0, most, unit: 'characters', file: undefined, element: own } as const;
  });
  const inFiles = solutionMembers.map((member) => {
    const file = files[member];
    const most = mostInFiles[member];
    const unit = member === 'iconblob' ? 'bytes' : 'characters';
    return { column: member, length: lengthOf(file?.bytes, most, unit), most, unit, file, element: undefined } as const;
  });
  return [...inElements, ...inFiles];
}

/** Files of few bytes have few characters. */
function lengthOf(bytes: Uint8Array | undefined, most: number, unit: OverlongValue['unit']): number {
  if (!bytes || unit === 'bytes' || bytes.length <= most) return bytes?.length ?? 0;
  return decodeBytes(bytes).text?.length ?? bytes.length;
}

/** As people write it: `1,000,000`. */
function written(number: number): string {
  return number.toLocaleString('en-US');
}

export function overlongWords({ column, length, most, unit }: OverlongValue): string {
  return `'${column}' has ${written(length)} ${unit}. An import allows ${written(most)}.`;
}
