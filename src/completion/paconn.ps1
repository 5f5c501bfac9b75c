# Completion of paconn for PowerShell. For the file that $PROFILE names:
#   paconn completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName paconn -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  # Windows PowerShell 5.1 spoils what has a " in it, or ends with \ behind a blank, and drops an empty word.
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { "$_" } } |
    ForEach-Object { $_ -replace '"' -replace '\\+$' } |
    ForEach-Object { if ($_) { $_ } else { "''" } })
  $current = $wordToComplete -replace '"' -replace '\\+$'
  $encoding = [Console]::OutputEncoding
  try {
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $kind, $lines = @(paconn complete powershell "=$current" @before 2>$null)
  } finally {
    [Console]::OutputEncoding = $encoding
  }
  $option = if ($wordToComplete -match '^(--[^=]*=)(.*)$') { $Matches[1] } else { '' }
  $written = $wordToComplete.Substring($option.Length)
  foreach ($line in $lines) {
    $word, $meaning = $line -split [char]9
    $toolTip = if ($meaning) { $meaning } else { $word }
    [System.Management.Automation.CompletionResult]::new($word, $word.Trim("'"), 'ParameterValue', $toolTip)
  }
  if ($kind -in 'files', 'folders') {
    [System.Management.Automation.CompletionCompleters]::CompleteFilename($written) |
      Where-Object { $kind -eq 'files' -or $_.ResultType -eq 'ProviderContainer' } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($option + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
      }
  }
}
