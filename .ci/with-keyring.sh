#!/bin/sh
# with-keyring.sh COMMAND...: runs a command on a session bus of its own, with a Secret Service whose keyring is unlocked,
# empty, and gone when the command ends.
#
# KEYRING_HOME=DIRECTORY keeps the keyring there, to be found again. KEYRING=locked starts the service without unlocking.
set -eu
kept=${KEYRING_HOME:-}
KEYRING_HOME=${kept:-$(mktemp -d)}
KEYRING=${KEYRING:-unlocked}
export KEYRING_HOME KEYRING
mkdir -p "$KEYRING_HOME"
chmod 700 "$KEYRING_HOME"

code=0
# The bus says on stderr what it may not do in a container, which concerns nobody.
exec 3>&2
# shellcheck disable=SC2016
dbus-run-session -- sh -eu -c '
  exec 2>&3 3>&-
  [ "$KEYRING" = locked ] && action=--start || action=--unlock
  printf %s throw-away | env HOME="$KEYRING_HOME" XDG_DATA_HOME="$KEYRING_HOME" XDG_RUNTIME_DIR="$KEYRING_HOME" \
    gnome-keyring-daemon "$action" --components=secrets >/dev/null 2>&1
  exec "$@"' sh "$@" 2>/dev/null || code=$?
exec 3>&-

[ -n "$kept" ] || rm -rf "$KEYRING_HOME"
exit "$code"
