/** What an update says of files without a base, such as the Python tool and people make them. */
export const noBaseNote =
  "Note: paconn.base.json didn't contain this connector. So paconn couldn't detect this time whether others had changed it.\n";
