namespace Gsr.Kernel.Tests.Clients;

/// <summary>
/// The packages of npm that scripts beside this file need, as package-lock.json says, put into artifacts/clients.
/// </summary>
internal static class NodePackages
{
    private static readonly SemaphoreSlim Turn = new(1);

    // Not reasons to skip: then the lock file is wrong, or what was downloaded.
    private static readonly string[] Faults = ["EUSAGE", "EINTEGRITY", "EJSONPARSE"];

    private static string Source => Path.Combine(JupyterHome.Repository, "tests", "Gsr.Kernel.Tests", "Clients");

    private static string Folder => Path.Combine(JupyterHome.Repository, "artifacts", "clients");

    /// <summary>
    /// Runs a script to its end and returns what it wrote, or skips the test in sight where it cannot be run.
    /// </summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        JupyterHome home, string script, params string[] arguments)
    {
        var (node, npm) = (ClientProgram.Find("node"), ClientProgram.Find("npm"));
        Assert.SkipWhen(node is null, "node is not installed: apt-get install nodejs");
        Assert.SkipWhen(npm is null, "npm is not installed: apt-get install npm");
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await InstallAsync(npm);
            // A script finds packages only beside or above itself.
            File.Copy(Path.Combine(Source, script), Path.Combine(Folder, script), overwrite: true);
        }
        finally
        {
            Turn.Release();
        }
        return await ClientProgram.RunAsync(
            home.Path, home.Environment, node, [Path.Combine(Folder, script), .. arguments]);
    }

    private static async Task InstallAsync(string npm)
    {
        var (wanted, installed) = (Path.Combine(Source, "package-lock.json"), Path.Combine(Folder, "installed.json"));
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == await File.ReadAllTextAsync(wanted))
            return;
        Directory.CreateDirectory(Folder);
        foreach (var name in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(Source, name), Path.Combine(Folder, name), overwrite: true);
        // The binding brings its native library along; nothing has to be built or fetched by a package's own script.
        var (exitCode, output) = await ClientProgram.RunAsync(
            Folder, null, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1");
        Assert.SkipUnless(
            exitCode == 0 || Faults.Any(output.Contains), $"npm cannot fetch the packages (offline?): {output}");
        Assert.True(exitCode == 0, output);
        File.Copy(wanted, installed, overwrite: true);
    }
}
