# Completion of paconn for bash. For ~/.bashrc:
#   eval "$(paconn completion bash)"

_paconn() {
  local kind= word meaning
  COMPREPLY=()
  # The words between the command and the cursor. Of an array, bash 3.2 makes a word of none of them.
  set -- "${COMP_WORDS[@]:0:COMP_CWORD}"
  shift
  {
    IFS= read -r kind
    while IFS=$'\t' read -r word meaning; do COMPREPLY+=("$word"); done
  } < <(command paconn complete bash "=${COMP_WORDS[COMP_CWORD]}" "$@" 2>/dev/null)
  # The bash of macOS (3.2) has no compopt: there, what is not known is completed as the name of a file.
  case $kind in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o plusdirs 2>/dev/null ;;
  esac
  # A function that ends with "not found" (127) completes nothing.
  return 0
}

if type compopt >/dev/null 2>&1; then
  complete -F _paconn paconn
else
  complete -o default -F _paconn paconn
fi
