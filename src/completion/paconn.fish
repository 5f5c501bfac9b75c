# Completion of paconn for fish:
#   paconn completion fish > ~/.config/fish/completions/paconn.fish

function __paconn_complete
    set -l current (commandline --current-token)
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    set -l lines (command paconn complete fish "=$current" $before[2..] 2>/dev/null)
    set -l option (string match --regex -- '^--[^=]*=' "$current")
    set -l written (string replace --regex -- '^--[^=]*=' '' "$current")
    switch "$lines[1]"
        case files
            printf "$option%s\n" (__fish_complete_path "$written")
        case folders
            printf "$option%s\n" (__fish_complete_directories "$written" '')
    end
    string join \n -- $lines[2..]
end

complete --command paconn --no-files --keep-order --arguments '(__paconn_complete)'
