# Completion of paconn for bash. For ~/.bashrc:
#   eval "$(paconn completion bash)"

_paconn() {
  local kind= word meaning
  COMPREPLY=()
  {
    IFS= read -r kind
    while IFS=$'\t' read -r word meaning; do COMPREPLY+=("$word"); done
  } < <(command paconn complete bash "=${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
  # The bash of macOS has no compopt: there, what is not known is completed as the name of a file.
  case $kind in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o plusdirs 2>/dev/null ;;
  esac
}

if type compopt >/dev/null 2>&1; then
  complete -F _paconn paconn
else
  complete -o default -F _paconn paconn
fi
