/** What an update says of files without a base, such as the Python tool and people make them. */
export const noBaseNote =
  "Note: paconn.base.json didn't contain the last synced version of this connector. Without it, paconn couldn't detect changes by others.\n";
