import { childOf, textOf, type XmlElement, type XmlReading } from './xml.ts';

/**
 * What solution.xml says besides names and versions. Each is left out where it's what a solution made of files has anyway: the
 * unique name as display name, English, and 10000 as prefix for option values.
 */
export interface ManifestTexts {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly publisherDisplayName?: string | undefined;
  readonly publisherDescription?: string | undefined;
  readonly email?: string | undefined;
  readonly website?: string | undefined;
  readonly optionValuePrefix?: number | undefined;
  /** The language of these texts, as Windows numbers them. */
  readonly language?: number | undefined;
}

export const defaultLanguage = 1033;
export const defaultOptionValuePrefix = 10_000;

/** What can be an option value prefix, and a language. */
export const numberLimits = { optionValuePrefix: [10_000, 99_999], language: [1, 65_535] } as const;

/** The texts of a solution. */
export function manifestTexts(manifest: XmlReading | undefined): ManifestTexts {
  const { solution, publisher } = manifestElements(manifest);
  const language = languageOf(manifest);
  const displayName = localized(solution, 'LocalizedNames', language);
  const publisherDisplayName = localized(publisher, 'LocalizedNames', language);
  const prefix = numberIn(textOf(publisher, 'CustomizationOptionValuePrefix'), 'optionValuePrefix');
  return {
    displayName: displayName === textOf(solution, 'UniqueName') ? undefined : displayName,
    description: localized(solution, 'Descriptions', language),
    publisherDisplayName: publisherDisplayName === textOf(publisher, 'UniqueName') ? undefined : publisherDisplayName,
    publisherDescription: localized(publisher, 'Descriptions', language),
    email: textOf(publisher, 'EMailAddress'),
    website: textOf(publisher, 'SupportingWebsiteUrl'),
    optionValuePrefix: prefix === defaultOptionValuePrefix ? undefined : prefix,
    language: language === defaultLanguage ? undefined : language,
  };
}

/** Members of an address that are the same in each export. */
const addressNumbers = /^(?:AddressNumber|\w+Code|ImportSequenceNumber|UTCOffset)$/u;

const solutionMembers = new Set([
  'UniqueName',
  'LocalizedNames',
  'Descriptions',
  'Version',
  'Managed',
  'Publisher',
  'RootComponents',
  'MissingDependencies',
]);

const publisherMembers = new Set([
  'UniqueName',
  'LocalizedNames',
  'Descriptions',
  'EMailAddress',
  'SupportingWebsiteUrl',
  'CustomizationPrefix',
  'CustomizationOptionValuePrefix',
  'Addresses',
]);

/** What of solution.xml is neither in {@link manifestTexts} nor a name, a version or a component. */
export function otherManifestParts(manifest: XmlReading | undefined): readonly string[] {
  const { solution, publisher } = manifestElements(manifest);
  const language = languageOf(manifest);
  const texts = ['LocalizedNames', 'Descriptions'].flatMap((list) =>
    [solution, publisher].flatMap((parent) => childOf(parent, list)?.children ?? []),
  );
  const addresses = childOf(publisher, 'Addresses')?.children ?? [];
  const hasAddress = addresses.some(({ children }) =>
    children.some(({ name, text }) => text !== '' && !addressNumbers.test(name)),
  );
  const prefix = childOf(publisher, 'CustomizationOptionValuePrefix');
  const hasPrefix = !prefix || numberIn(prefix.text, 'optionValuePrefix') !== undefined;
  const others = [
    ...(solution?.children ?? []).filter(({ name }) => !solutionMembers.has(name)),
    ...(publisher?.children ?? []).filter(({ name }) => !publisherMembers.has(name)),
  ].filter(({ text, children }) => text !== '' || children.length > 0);
  return [
    ...(texts.some((text) => languageAt(text) !== language) ? ['texts in other languages'] : []),
    ...(hasPrefix ? [] : ['the option value prefix']),
    ...(hasAddress ? ['contact details of the publisher'] : []),
    ...(textOf(solution, 'Managed') === '1' ? ['that the solution is managed'] : []),
    ...((childOf(solution, 'MissingDependencies')?.children.length ?? 0) > 0 ? ['missing dependencies'] : []),
    ...others.map(({ name }) => name),
  ];
}

/** The elements of the solution and of its publisher. */
export function manifestElements(
  manifest: XmlReading | undefined,
): Readonly<Record<'solution' | 'publisher', XmlElement | undefined>> {
  const solution = childOf(manifest?.root, 'SolutionManifest');
  return { solution, publisher: childOf(solution, 'Publisher') };
}

/** The base language of the environment that the solution is from. */
function languageOf(manifest: XmlReading | undefined): number {
  return numberIn(manifest?.root?.attributes['languagecode'], 'language') ?? defaultLanguage;
}

function languageAt({ attributes }: XmlElement): number | undefined {
  return numberIn(attributes['languagecode'], 'language');
}

/** The text in a language; where there is none, the first of the others, which says more than nothing. */
function localized(parent: XmlElement | undefined, list: string, language: number): string | undefined {
  const texts = childOf(parent, list)?.children ?? [];
  const found = texts.find((text) => languageAt(text) === language) ?? texts[0];
  return found?.attributes['description'] || undefined;
}

function numberIn(text: string | undefined, name: keyof typeof numberLimits): number | undefined {
  const [least, most] = numberLimits[name];
  const number = text !== undefined && /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
