import type { Paging } from './pages.ts';
import type { ValidationForm } from './validation-forms.ts';

/**
 * What the service does in this way or another: it was seen by few, or is not known. The values are what is most likely; a
 * test that sets another one shows that it does not matter.
 */
export class Habits {
  /** In which form certification answers. */
  validationForm: ValidationForm = 'sections';
  /** Under which name a list answer has the address of the next page. */
  nextLinkName: Paging['linkName'] = 'nextLink';
  /** Whether a connector is kept with what the service writes itself; else as it was sent. */
  rewrites = true;
  /** The capabilities that a connector keeps when it is sent with them. */
  readonly capabilities = new Set(['gateway']);
  /** Whether publisher and stack owner come back empty. */
  emptiesPublishers = false;
  /** Whether an update without a client secret leaves the one that the connector has. */
  keepsSecrets = true;
  /** Whether an update with an empty list or object as a property empties that of the connector. */
  empties = true;
  /** Whether an update with another name gives it to the connector. */
  renames = true;
  /** The solutions that connectors can be created in: known of the default one. What is said of others is not known. */
  readonly solutions = new Set(['fd140aaf-4df4-11dd-bd17-0019b9312238']);
  /** Whether a second connector of the same name is refused. */
  wantsUniqueNames = false;
}
