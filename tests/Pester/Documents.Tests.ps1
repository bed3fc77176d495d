# What the documents point to is there.
BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $documents = Get-ChildItem $root -Filter *.md -Recurse | Where-Object FullName -NotMatch '[\\/](bin|obj|out)[\\/]' |
        ForEach-Object { @{ Name = [System.IO.Path]::GetRelativePath($root, $_.FullName).Replace('\', '/'); File = $_.FullName } }
}

BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
}

Describe '<Name>' -ForEach $documents {
    BeforeAll {
        $text = Get-Content $File -Raw
    }

    It 'links to files that exist' {
        [regex]::Matches($text, '\]\((?!https?:|#)(?<target>[^)#\s]+)').ForEach{ $_.Groups['target'].Value } |
            Where-Object { -not (Test-Path (Join-Path (Split-Path $File) $_)) } | Should -BeNullOrEmpty
    }

    It 'names files and folders that exist' {
        # Not those with a placeholder or a wildcard.
        [regex]::Matches($text, '`(?<path>(src|tests|docs|format|samples|packaging)/[\w./-]*\w/?)`').ForEach{ $_.Groups['path'].Value } |
            Where-Object { -not (Test-Path (Join-Path $root $_)) } | Should -BeNullOrEmpty
    }
}
