/**
 * Names of members that only describe what they belong to, and words that say nothing: in what may be a secret they are shown, so
 * that a line is still found.
 */
const harmless = new Set(
  `$ref additionalproperties allof allowsharing any array authorizationurl basic boolean capability clientid cleartext connectionparameters
  connectionparametersets constraints customparameters delete deprecated description displayname empty enum exclusivemaximum exclusiveminimum
  false flow format formdata get head header
  hidden identityprovider in integer items maximum maxitems maxlength minimum minitems minlength multipleof name needed none null nullable number oauth2 oauthsetting oauthsettings object
  operationid optional options parameters patch path pattern post properties put query readonly redirectmode redirecturl required responses
  schema scopes securestring security securitydefinitions sourcetype string summary tabindex tags title tokenurl tooltip true type uniqueitems
  uidefinition`.split(/\s+/u),
);

/** Whether a word is one of them. */
export function isHarmless(word: string): boolean {
  return harmless.has(word.toLowerCase()) || /^x-ms-(?!.*value$)/iu.test(word);
}
