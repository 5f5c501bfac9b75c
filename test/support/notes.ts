/** What an update says of files without a base, such as the Python tool and people make them. */
export const noBaseNote =
  "Note: paconn.base.json didn't contain the last synced version of this connector. Without it, paconn couldn't detect changes by others.\n";

/** The line that names the backup of an update whose outcome isn't known. */
export const savedBackup = /^Backup saved: (\S+) \(undo: paconn restore \1\)\n/u;
