// Compiled by New-SecretSearch (TestTools.psm1) when a test first asks for it.
using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace CseJobs.PesterTools
{
    /// <summary>Looks for secrets in texts: whole and in parts, wrapped at any width, and in the forms that encoders give them.</summary>
    public sealed class SecretSearch
    {
        private const int Window = 12;
        private const ulong Base = 1_099_511_628_211;

        // What the simulator issues begins with a mark of its own; a signature is 64 hexadecimal digits.
        private static readonly Regex Marks = new Regex("MIISIM|SKSIM|ggpSIM|MDSIM", RegexOptions.CultureInvariant);
        private static readonly Regex Signature = new Regex("(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])", RegexOptions.CultureInvariant);
        private static readonly Regex Layout = new Regex(@"\x1b\[[0-9;]*m|\s+", RegexOptions.CultureInvariant);

        private readonly List<(string Secret, string Form, string Text)> _forms;
        private readonly ILookup<ulong, (string Secret, string Text)> _parts;

        /// <param name="secrets">What to look for, by name.</param>
        public SecretSearch(IDictionary secrets)
        {
            IEnumerable<(string Name, string Value)> all = secrets.Cast<DictionaryEntry>().Select(entry => ((string)entry.Key, (string)entry.Value)).ToList();
            _forms = all.SelectMany(secret => FormsOf(secret.Value).Select(form => (secret.Name, form.Name, form.Text))).ToList();
            _parts = all.SelectMany(secret => WindowsOf(secret.Value).Select(window => (Secret: secret.Name, Text: window))).ToLookup(part => Hash(part.Text));
        }

        /// <returns>What was found, as "name (form)": each secret once, in the plainest form.</returns>
        public string[] Find(string text)
        {
            // A formatter may have broken a line in the middle of a secret.
            string joined = Layout.Replace(text, "");
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach ((string secret, string form, string value) in _forms)
            {
                if (!found.ContainsKey(secret) && joined.Contains(value, StringComparison.Ordinal))
                {
                    found[secret] = form;
                }
            }

            foreach (string secret in PartsIn(joined))
            {
                found.TryAdd(secret, "in part");
            }

            IEnumerable<string> results = found.Select(one => $"{one.Key} ({one.Value})")
                .Concat(Marks.Matches(joined).Select(match => $"issued secret {match.Value}…").Distinct());
            return (Signature.IsMatch(text) ? results.Append("signature") : results).ToArray();
        }

        private static IEnumerable<(string Name, string Text)> FormsOf(string secret)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(secret);
            byte[] utf16 = Encoding.Unicode.GetBytes(secret);
            yield return ("as it is", secret);
            yield return ("escaped", JsonEncodedText.Encode(secret).ToString());
            yield return ("escaped", Uri.EscapeDataString(secret));
            yield return ("escaped", WebUtility.HtmlEncode(secret));
            foreach (byte[] bytes in new[] { utf8, utf16 })
            {
                yield return ("in hexadecimal", Convert.ToHexString(bytes));
                yield return ("in hexadecimal", Convert.ToHexString(bytes).ToLowerInvariant());

                // At each of the three places in a group that it can begin; the characters that depend on the neighbours are left out.
                for (int skip = 0; skip < 3; skip++)
                {
                    string base64 = Convert.ToBase64String(bytes.Skip(skip).Take((bytes.Length - skip) / 3 * 3).ToArray());
                    if (base64.Length >= 8)
                    {
                        yield return ("in base64", base64);
                    }
                }
            }
        }

        /// <summary>A piece of at least twice the length holds one of them whole. Monotonous ones would be found anywhere.</summary>
        private static IEnumerable<string> WindowsOf(string secret) => Enumerable.Range(0, secret.Length / Window)
            .Select(i => secret.Substring(i * Window, Window))
            .Where(window => window.Distinct().Count() > 5);

        private static ulong Hash(string window) => window.Aggregate(0UL, (hash, c) => unchecked((hash * Base) + c));

        /// <summary>In one pass, by a rolling hash: tokens have hundreds of windows.</summary>
        private IEnumerable<string> PartsIn(string text)
        {
            ulong first = Enumerable.Range(1, Window - 1).Aggregate(1UL, (power, _) => unchecked(power * Base));
            ulong rolling = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (i >= Window)
                {
                    rolling = unchecked(rolling - (text[i - Window] * first));
                }

                rolling = unchecked((rolling * Base) + text[i]);
                if (i >= Window - 1 && _parts.Contains(rolling))
                {
                    foreach ((string secret, string part) in _parts[rolling])
                    {
                        if (string.CompareOrdinal(text, i - Window + 1, part, 0, Window) == 0)
                        {
                            yield return secret;
                        }
                    }
                }
            }
        }
    }

    /// <summary>Failures of background tasks that nobody looked at.</summary>
    public sealed class ForgottenFailures : IDisposable
    {
        private readonly ConcurrentQueue<string> _failures = new ConcurrentQueue<string>();

        public ForgottenFailures() => TaskScheduler.UnobservedTaskException += Note;

        public string[] Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return _failures.ToArray();
        }

        /// <summary>A failure of that kind, to see that they are noted.</summary>
        public static void Plant(string message)
        {
            // On another stack: this one may keep the task alive.
            var thread = new Thread(() => Task.Run(() => throw new InvalidOperationException(message)).ContinueWith(_ => { }).Wait());
            thread.Start();
            thread.Join();
        }

        public void Dispose() => TaskScheduler.UnobservedTaskException -= Note;

        private void Note(object sender, UnobservedTaskExceptionEventArgs e) => _failures.Enqueue(e.Exception.ToString());
    }
}
