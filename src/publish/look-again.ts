/** Milliseconds for which a connector counts as what it was when it was read. */
const countsFor = 1000;

/** What is awaited right before each time that a request is sent. */
export interface LookAgain {
  readonly beforeSending: () => Promise<void>;
  /** Whether the request was sent: what fails before that has changed nothing. */
  readonly isSent: () => boolean;
}

/**
 * Looks right before each time that a request is sent which creates, replaces, or deletes a connector: the service has no request
 * that depends on what is there. Uploads, pauses, questions, and a computer that sleeps can come between.
 *
 * @param readAt When the connector was read, in milliseconds since 1970.
 * @param look Raises what is a reason not to send the request. Says whether it was sent before.
 */
export function lookingAgain(readAt: number, look: (isRepeated: boolean) => Promise<void>): LookAgain {
  let isSent = false;
  return {
    isSent: () => isSent,
    beforeSending: async () => {
      const age = Date.now() - readAt;
      // A clock that was set back says nothing.
      if (isSent || age < 0 || age > countsFor) await look(isSent);
      isSent = true;
    },
  };
}
