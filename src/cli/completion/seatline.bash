# Completion of seatline in bash: source this file, or put it into /usr/share/bash-completion/completions as `seatline`.

_seatline() {
    local answer kind line
    COMPREPLY=()
    answer=$(SEATLINE_COMPLETE=bash seatline -- \
        "${COMP_LINE:0:COMP_POINT}" "$2" "${COMP_LINE:COMP_POINT}" 2> /dev/null) || return 0
    {
        IFS=$'\t' read -r kind _
        while IFS= read -r line; do COMPREPLY+=("$line"); done
    } <<< "$answer"
    # Names of files are completed by bash itself, which quotes them.
    if [[ ${#COMPREPLY[@]} == 0 ]]; then
        case $kind in
            files) compopt -o bashdefault -o default ;;
            folders) compopt -o bashdefault -o dirnames ;;
        esac 2> /dev/null
    fi
}

# The older bash of macOS knows neither -o nosort nor compopt.
complete -o nosort -F _seatline seatline 2> /dev/null || complete -o bashdefault -o default -F _seatline seatline
