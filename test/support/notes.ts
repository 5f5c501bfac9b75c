/** What an update says of files without a base, such as the Python tool and people make them. */
export const noBaseNote =
  'paconn.base.json did not know this connector. Whether others had changed it since its download could not be seen this time.\n';
