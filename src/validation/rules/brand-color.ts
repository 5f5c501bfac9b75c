import { independentColor } from '../../connector/publisher.ts';
import { isAbsent, isString } from '../../json/value.ts';
import { mustHave } from '../engine/checks.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import { shownValue } from '../engine/message.ts';
import type { Color } from '../engine/png.ts';
import type { MemberChecks, Report, Rule } from '../engine/rule.ts';

const hexColor = /^#[0-9a-f]{6}$/iu;

/** Colours of the examples and of the page. */
const refusedColors: ReadonlySet<unknown> = new Set(['#007ee5', '#ffffff']);

/** Whether certification refuses a color, whatever the icon has. */
export function isRefusedColor(value: unknown): boolean {
  return isString(value) && refusedColors.has(value.toLowerCase());
}

/** The color that a text such as `#da3b01` means. */
export function brandColor(value: unknown): Color | undefined {
  if (!isString(value) || !hexColor.test(value)) return undefined;
  const number = Number.parseInt(value.slice(1), 16);
  return { red: number >> 16, green: (number >> 8) & 0xff, blue: number & 0xff, alpha: 255 };
}

function ofColor(
  check: (color: string, member: Location, report: Report, connector: ParsedConnector) => void,
): MemberChecks {
  return {
    names: ['iconBrandColor'],
    of: {
      properties: (member, report, _node, connector) => {
        if (isString(member.value)) check(member.value, member, report, connector);
      },
    },
  };
}

export const brandColorRules: readonly Rule[] = [
  {
    id: 'brand-color-missing',
    level: 'warning',
    certified: 'error',
    message: "'iconBrandColor' is required.",
    reason: 'The portal shows this color behind the icon.',
    sources: ['JP'],
    good: [{ properties: '{ "properties": { "iconBrandColor": "#da3b01" } }' }],
    bad: [{ properties: '{ "properties": ⟦{⟧ "capabilities": [] } }' }],
    check: { properties: mustHave(['iconBrandColor'], isAbsent) },
  },
  {
    id: 'brand-color-invalid',
    level: 'warning',
    certified: 'error',
    message: "'{value}' isn't a color in the form #rrggbb.",
    reason: "The service doesn't support color names or other forms.",
    sources: ['PC', 'JP'],
    good: [
      { properties: '{ "properties": { "iconBrandColor": "#0078D4" } }' },
      { properties: '{ "properties": { "iconBrandColor": 5 } }' },
    ],
    bad: [{ properties: '{ "properties": { "iconBrandColor": ⟦"#08d"⟧ } }' }],
    checkMember: ofColor((color, member, report) => {
      if (!hexColor.test(color)) report(member, { value: shownValue(color) });
    }),
  },
  {
    id: 'brand-color-default',
    level: 'certification',
    message: "'{value}' isn't allowed as the brand color.",
    reason: "White and the default blue don't represent a brand.",
    sources: ['CS', 'PR'],
    good: [{ properties: '{ "properties": { "iconBrandColor": "#0078d4" } }' }],
    bad: [
      { properties: '{ "properties": { "iconBrandColor": ⟦"#007EE5"⟧ } }' },
      { properties: '{ "properties": { "iconBrandColor": ⟦"#ffffff"⟧ } }' },
    ],
    checkMember: ofColor((color, member, report) => {
      if (isRefusedColor(color)) report(member, { value: color });
    }),
  },
  {
    id: 'brand-color-independent',
    level: 'certification',
    message: 'Independent publishers must use #da3b01.',
    reason: 'All connectors of independent publishers use this color.',
    sources: ['CS'],
    good: [
      { properties: '{ "properties": { "iconBrandColor": "#DA3B01" } }', publisher: 'independent' },
      { properties: '{ "properties": { "iconBrandColor": "#0078d4" } }', publisher: 'verified' },
    ],
    bad: [{ properties: '{ "properties": { "iconBrandColor": ⟦"#0078d4"⟧ } }', publisher: 'independent' }],
    checkMember: ofColor((color, member, report, { publisher }) => {
      if (publisher !== 'independent' || color.toLowerCase() === independentColor) return;
      report(member, {}, { fix: { replace: independentColor } });
    }),
  },
];
