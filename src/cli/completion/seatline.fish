# Completion of seatline in fish: put this file into ~/.config/fish/completions.

# What the program offers at the cursor: first a line about names of files.
function __seatline_offer
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    set -l typed (commandline --current-token --cut-at-cursor)
    SEATLINE_COMPLETE=fish seatline -- (count $before) $before "$typed" 2> /dev/null
end

function __seatline_values
    set -l answer (__seatline_offer)
    set -e answer[1]
    if set -q answer[1]
        printf '%s\n' $answer
    end
end

function __seatline_wants_files
    set -l answer (__seatline_offer)
    string match --quiet --regex '^(files|folders)\t' -- $answer[1]
end

complete --command seatline --no-files --keep-order --arguments '(__seatline_values)'
# Names of files are completed by fish itself, which quotes them.
complete --command seatline --condition __seatline_wants_files --force-files
