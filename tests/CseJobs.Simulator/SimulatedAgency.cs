namespace CseJobs.Simulator;

/// <summary>An agency of an account: who may act for it.</summary>
/// <param name="Name">The agency's name.</param>
/// <param name="TrustedDomain">The account whose users and keys may assume it.</param>
public sealed record SimulatedAgency(string Name, string TrustedDomain);
