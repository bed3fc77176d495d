# The public types and members, reviewed one by one, stand in docs/public-api.txt. A change of them has to be meant.
BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $listed = Join-Path $root docs public-api.txt

    # C#'s names for the types, without the namespaces that everything has.
    function Get-TypeName([type] $Type) {
        if ($Type.IsByRef) { return Get-TypeName $Type.GetElementType() }
        if ($Type.IsArray) { return "$(Get-TypeName $Type.GetElementType())[]" }
        if ($underlying = [Nullable]::GetUnderlyingType($Type)) { return "$(Get-TypeName $underlying)?" }
        if (-not $Type.IsGenericType) { return $Type.Name }
        "$($Type.Name -replace '`.*')<$(($Type.GetGenericArguments() | ForEach-Object { Get-TypeName $_ }) -join ', ')>"
    }

    function Get-ParameterList($Member) {
        ($Member.GetParameters() | ForEach-Object { "$(Get-TypeName $_.ParameterType) $($_.Name)" }) -join ', '
    }

    function Get-MemberLine([type] $Type) {
        $visible = { param($m) $m -and ($m.IsPublic -or $m.IsFamily -or $m.IsFamilyOrAssembly) }
        $all = [System.Reflection.BindingFlags]'Public, NonPublic, Instance, Static, DeclaredOnly'
        if ($Type.IsEnum) { return [enum]::GetNames($Type) | ForEach-Object { "$_ = $([int][enum]::Parse($Type, $_))" } }
        foreach ($constructor in $Type.GetConstructors($all).Where{ & $visible $_ }) { "$($Type.Name)($(Get-ParameterList $constructor))" }
        foreach ($field in $Type.GetFields($all).Where{ & $visible $_ }) { "$(Get-TypeName $field.FieldType) $($field.Name)" }
        foreach ($property in $Type.GetProperties($all)) {
            $accessors = foreach ($accessor in 'Get', 'Set') { if (& $visible $property."${accessor}Method") { "$($accessor.ToLowerInvariant());" } }
            if ($accessors) { "$(Get-TypeName $property.PropertyType) $($property.Name) { $accessors }" }
        }
        foreach ($method in $Type.GetMethods($all).Where{ (& $visible $_) -and -not $_.IsSpecialName }) { "$(Get-TypeName $method.ReturnType) $($method.Name)($(Get-ParameterList $method))" }
    }

    function Get-PublicApi {
        foreach ($assembly in [CseJobs.EngineJob].Assembly, (Get-Command Get-CseEngineJob).ImplementingType.Assembly) {
            "# $($assembly.GetName().Name)"
            foreach ($type in $assembly.GetExportedTypes() | Sort-Object FullName -Culture '') {
                ''
                # Not the property: on .NET 9 an internal one of the same name hides it from PowerShell 7.5.
            $kind = if ($type.IsEnum) { 'enum' } elseif ($type.get_IsInterface()) { 'interface' } elseif ($type.IsValueType) { 'struct' }
                elseif ($type.IsAbstract -and $type.IsSealed) { 'static class' } elseif ($type.IsAbstract) { 'abstract class' } else { 'class' }
                "$kind $($type.FullName)$(if ($type.BaseType -and $type.BaseType -notin [object], [enum], [valuetype]) { " : $(Get-TypeName $type.BaseType)" })"
                Get-MemberLine $type | Sort-Object -Culture '' | ForEach-Object { "    $_" }
            }
            ''
        }
    }
}

Describe 'The public API' {
    It 'is what docs/public-api.txt lists' {
        $built = ((Get-PublicApi) -join "`n").TrimEnd()
        $reviewed = (Get-Content $listed -Raw).TrimEnd() -replace '\r'
        # For the one who has changed it on purpose: the new list, to be reviewed and committed.
        Set-Content (Join-Path $root out public-api.txt) $built
        $difference = Compare-Object ($reviewed -split '\n') ($built -split '\n') | ForEach-Object { "$($_.SideIndicator -eq '=>' ? 'new' : 'gone'): $($_.InputObject.Trim())" }
        $built -ceq $reviewed | Should -BeTrue -Because "of $($difference -join ', '). If that is meant, copy out/public-api.txt to docs"
    }
}
