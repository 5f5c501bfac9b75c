/** A time as the service writes it, to the minute; nothing for none. */
export function shortTime(time: string | null | undefined): string {
  return time?.slice(0, '2026-11-22T23:10'.length).replace('T', ' ') ?? '';
}
