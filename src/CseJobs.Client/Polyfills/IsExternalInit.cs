namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler accept <c>init</c> on netstandard2.0, which lacks this type.</summary>
internal static class IsExternalInit
{
}
