#compdef paconn
# Completion of paconn for zsh. For ~/.zshrc, behind compinit:
#   eval "$(paconn completion zsh)"

_paconn() {
  local line word meaning
  local -a lines words_with_meanings
  lines=("${(@f)$(command paconn complete zsh "=$PREFIX" "${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  for line in "${(@)lines[2,-1]}"; do
    word=${${${line%%$'\t'*}//\\/\\\\}//:/\\:}
    meaning=${line#*$'\t'}
    words_with_meanings+=("$word${meaning:+:$meaning}")
  done
  _describe -V paconn words_with_meanings -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}'
  case $lines[1] in
    files) compset -P '--*='; _files ;;
    folders) compset -P '--*='; _files -/ ;;
  esac
}

if [[ $funcstack[1] == _paconn ]]; then _paconn "$@"; else compdef _paconn paconn; fi
