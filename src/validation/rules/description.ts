import type { MemberCheck, Rule } from '../engine/rule.ts';
import { ofText } from '../engine/text-checks.ts';

/** Marks that English texts have besides ASCII. */
const marks = '‘’“”–—…®™©';

/** A letter of another script than Latin. */
const foreignLetter = /(?!\p{Script=Latin})\p{L}/u;

const unusual = new RegExp(String.raw`[^\s -~${marks}]`, 'u');

function urlIn(isMild: boolean): MemberCheck {
  return ofText((text, member, report) => {
    const [part] = /https?:\/\/(?:[^\s<>"]*[^\s<>".,;:!?)\]])?/iu.exec(text) ?? [];
    if (part !== undefined) report(member, {}, { isMild, part });
  });
}

export const descriptionRules: readonly Rule[] = [
  {
    id: 'description-url',
    level: 'certification',
    message: 'The description must not contain a URL.',
    hint: 'Move the website to x-ms-connector-metadata, and other links to the readme.',
    reason: "Descriptions are plain text, so users can't open a link in them.",
    sources: ['CE'],
    good: [
      { definition: '{ "info": { "description": "Manages the pets of a shop and their owners." } }' },
      { definition: '{ "info": { "description": ["https://contoso.com"] } }' },
      { definition: '{ "tags": [{ "name": "Pets", "description": "See https://contoso.com." }] }' },
    ],
    bad: [
      { definition: '{ "info": { "description": "Manages pets, see ⟦https://contoso.com⟧." } }' },
      { definition: '{ "definitions": { "Pet": { "description": "As in ⟦HTTP://contoso.com/pets⟧." } } }' },
      { definition: '{ "responses": { "Pet": { "description": "As in ⟦http://contoso.com/pets⟧." } } }' },
      { definition: '{ "parameters": { "id": { "description": "As in ⟦http://contoso.com/pets⟧." } } }' },
      { definition: '{ "paths": { "/pets": { "get": { "description": "See ⟦https://contoso.com/pets⟧." } } } }' },
      { definition: '{ "info": { "description": ⟦"See https:\\/\\/contoso.com."⟧ } }' },
    ],
    checkMember: {
      names: ['description'],
      of: {
        info: urlIn(false),
        operation: urlIn(true),
        parameter: urlIn(true),
        schema: urlIn(true),
        response: urlIn(true),
      },
    },
  },
  {
    id: 'description-not-english',
    level: 'certification',
    message: 'The description must be written in English.',
    hint: "It contains '{character}'.",
    reason: 'The page of a published connector is in English. Translations are made from it.',
    sources: ['CE'],
    good: [
      { definition: '{ "info": { "description": "Manages pets for shops of every size." } }' },
      { definition: `{ "info": { "description": "Manages “pets” ${marks}\\nfor shops." } }` },
    ],
    bad: [
      { definition: '{ "info": { "description": "Manages pets for ⟦店⟧." } }' },
      { definition: '{ "info": { "description": "Verwaltet Haustiere f⟦ü⟧r Läden." } }' },
    ],
    checkMember: {
      names: ['description'],
      of: {
        info: ofText((text, member, report) => {
          const foreign = foreignLetter.exec(text);
          const [character] = foreign ?? unusual.exec(text) ?? [];
          if (character !== undefined) report(member, { character }, { isMild: !foreign, part: character });
        }),
      },
    },
  },
];
