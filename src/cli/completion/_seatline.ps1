# Completion of seatline in PowerShell: run this file in your $PROFILE.

Register-ArgumentCompleter -Native -CommandName seatline, seatline.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words as they are written, without their quotes. Nothing that stands in the line is run.
    $text = {
        param($element)
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
        else { $element.Extent.Text }
    }
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
            ForEach-Object { & $text $_ })
    $after = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -ge $cursorPosition } | ForEach-Object { & $text $_ })
    $typed = "$wordToComplete".Trim('"', "'")

    # Windows PowerShell drops an empty argument: the sign keeps its place.
    $words = $before + "=$typed" + $after
    $env:SEATLINE_COMPLETE = 'powershell'
    try { $answer = @(& seatline '--' $before.Count $words 2> $null) }
    finally { Remove-Item Env:SEATLINE_COMPLETE }
    if ($answer.Count -eq 0) { return }

    $kind, $prefix = $answer[0].Split("`t")
    foreach ($line in $answer | Select-Object -Skip 1) {
        $value, $help = $line.Split("`t")
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
    # Names of files are completed by PowerShell itself, which quotes them.
    if ($kind -ne 'words') {
        [System.Management.Automation.CompletionCompleters]::CompleteFilename($typed.Substring($prefix.Length)) |
            ForEach-Object {
                [System.Management.Automation.CompletionResult]::new(
                    $prefix + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
            }
    }
}
