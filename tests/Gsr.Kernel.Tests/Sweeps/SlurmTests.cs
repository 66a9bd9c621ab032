using System.Runtime.CompilerServices;
using Gsr.Kernel.Sweeps;
using Gsr.Kernel.Tests.Clients;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Sweeps;

public class SlurmTests
{
    [Fact]
    public void Runs_are_given_to_sbatch_as_array_jobs_that_can_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Slurm is not on Windows.");
        using var folder = new TemporaryFolder();
        Swept.Write(folder);
        // What stands in for Slurm: a site that takes arrays of three, and writes down what it was asked.
        Program("scontrol", "echo 'MaxArraySize            = 3'");
        Program("sbatch", "echo \"$@\" >> asked; echo \"$(wc -l < asked);cluster\"");
        Program("squeue", "echo \"$@\" >> asked; printf 'RUNNING\\nPENDING\\nPENDING\\n'");
        Program("sacct", """
            echo sacct "$@" >> asked
            echo '4|COMPLETED|1_0'
            echo '5|OUT_OF_MEMORY|1_1'
            echo '6|CANCELLED by 1000|1_2'
            echo '7|RUNNING|1_3'
            echo '2|CANCELLED by 1000|2_[0-1]'
            echo '1|PENDING|1_[4-7%2]'
            """);
        var path = ("PATH", $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}");
        string[] sweep = ["sweep", "x.ipynb", "-p", "SEED=1..8", "--out", "it's", "--per-task", "2", "--jobs", "5"];
        var (exit, output) = GsrProcess.Run(
            folder, path, [.. sweep, "--slurm", "--partition=long --time=2:00:00 --comment='two words'"]);
        Assert.True(exit == 0, output);
        Assert.Contains("job 1: ", output);
        Assert.Contains("job 2: ", output);
        Assert.Contains("gsr sweep --status", output);
        var scripts = Directory.GetFiles(folder[Path.Combine("it's", "tasks")], "*.sh").Order().ToList();
        Assert.Equal(scripts.Select(script => $"--parsable {script}"), File.ReadAllLines(folder["asked"]));
        var script = File.ReadAllText(scripts[0]);
        Assert.Contains("#SBATCH --array=0-2%5\n", script);
        Assert.Contains("#SBATCH --partition=long\n#SBATCH --time=2:00:00\n#SBATCH --comment='two words'\n", script);
        Assert.Contains("#SBATCH --array=0-0%5\n", File.ReadAllText(scripts[1]));
        Assert.All(scripts, one => Assert.Equal("", GsrProcess.RunProgram("bash", "-n", one)));

        var status = GsrProcess.Run(folder, path, "sweep", "--status", "it's").Output;
        Assert.Contains("in the queue: 2 tasks pending", status);
        Assert.Equal(2, File.ReadAllLines(folder["asked"]).Count(words => words.Contains("--jobs=1,2")));
        var states = status.Split('\n').Where(line => line.StartsWith("by accounting", StringComparison.Ordinal));
        Assert.Equal(["completed", "out of memory", "cancelled"], states.Select(line => line.Split("1 tasks ")[1]));
        // What the accounting says has ended is not alive, whatever its file says.
        var plan = SweepPlan.Load(folder["it's"]);
        var killed = Directory.CreateDirectory(plan.FolderOf(plan.Runs[1]) + SweepRunner.Partial + "n1-7").FullName;
        new RunRecord(RunRecord.Running, "n1", "5", DateTimeOffset.Now).Write(killed);
        status = GsrProcess.Run(folder, path, "sweep", "--status", "it's").Output;
        Assert.Contains($"died  {plan.Runs[1]}  n1  Slurm: out of memory", status);
        new RunRecord(RunRecord.Running, "n1", "7", DateTimeOffset.Now).Write(killed);
        Assert.Matches("running +1", GsrProcess.Run(folder, path, "sweep", "--status", "it's").Output);
        Directory.Delete(killed, recursive: true);
        // The script itself is the last part's task, with the index that Slurm sets.
        GsrProcess.RunProgram("bash", "-c", $"cd '{folder.Path}'; SLURM_ARRAY_TASK_ID=0 SLURM_CPUS_PER_TASK=12 bash "
            + $"\"{scripts[1]}\"");
        Assert.Matches("done +2", GsrProcess.Run(folder, path, "sweep", "--status", "it's").Output);
        Swept.Run(folder, 0, "--collect", "it's");
        Assert.All(Swept.Table(folder, "it's").Skip(1), row => Assert.Contains("\"a,b\",12,", row));

        File.Delete(folder["asked"]);
        Assert.Contains("#SBATCH --array=0-2", GsrProcess.Run(
            folder, path, "sweep", "--resume", "it's", "--dry-run", "--per-task", "2").Output);
        Assert.DoesNotContain("--parsable ", File.ReadAllText(folder["asked"]));

        void Program(string name, string script)
        {
            folder.Write(name, $"#!/bin/sh\n{script}\n");
            GsrProcess.RunProgram("chmod", "+x", folder[name]);
        }
    }

    [Fact]
    public void A_cluster_runs_a_sweep_and_what_died_is_run_again()
    {
        Assert.SkipWhen(
            ClientProgram.Find("sbatch") is null || !File.Exists("/usr/sbin/slurmctld")
                || !File.Exists("/usr/sbin/munged"),
            "Slurm is not installed: apt-get install slurm-wlm munge");
        using var folder = new TemporaryFolder();
        // One throws, one hangs until its time is over, one is killed; five are well.
        Swept.Write(folder, """
            using System.IO;
            if (!File.Exists("mended"))
            {
                if (SEED == 2) throw new Exception("two");
                if (SEED is 3 or 4) File.WriteAllText($"hangs{SEED}", $"{Environment.ProcessId}");
                while (SEED is 3 or 4) await Task.Delay(50);
            }
            """);
        var cluster = folder["cluster"];
        var keepsAccounts = File.Exists("/usr/sbin/slurmdbd") && File.Exists("/usr/sbin/mariadbd");
        if (!keepsAccounts)
            TestContext.Current.AddWarning(
                "Slurm's accounting is not installed: apt-get install slurmdbd mariadb-server-core");
        GsrProcess.RunProgram(
            "setsid", "--wait", "bash", Script(), "start", cluster, keepsAccounts ? "accounting" : "");
        try
        {
            var slurm = ("SLURM_CONF", Path.Combine(cluster, "slurm.conf"));
            string Sweep(params string[] arguments) => GsrProcess.Run(folder, slurm, ["sweep", .. arguments]).Output;
            // A minute is the shortest limit of Slurm, which sees to limits every half a minute.
            Assert.Contains("job 1: ", Sweep("x.ipynb", "-p", "SEED=1..8", "--out", "s", "--slurm",
                "--time=2 --signal=B:TERM@45 --mem=500M"));
            GsrProcess.WaitUntil(() => File.Exists(folder["hangs4"]), "the fourth run");
            var runner = File.ReadAllText($"/proc/{File.ReadAllText(folder["hangs4"])}/status").Split('\n')
                .Single(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..].Trim();
            GsrProcess.Signal("KILL", int.Parse(runner, System.Globalization.CultureInfo.InvariantCulture));
            GsrProcess.WaitUntil(() => Sweep("--status", "s") is var status && status.Contains("out of time  ")
                && !status.Contains("in the queue"), "the end of the time");
            var partial = Directory.GetDirectories(folder[Path.Combine("s", "runs")], "*.partial-*").Single();
            if (keepsAccounts)
            {
                Assert.Matches("died .*Slurm: failed", Sweep("--status", "s"));
                Assert.Contains("by accounting: 5 tasks completed", Sweep("--status", "s"));
            }
            File.SetLastWriteTimeUtc(Path.Combine(partial, "run.json"), DateTime.UtcNow.AddMinutes(-5));
            var ended = Sweep("--status", "s");
            foreach (var state in (string[])["done +5", "failed +1", "out of time +1", "died +1"])
                Assert.Matches(state, ended);

            File.WriteAllText(folder["mended"], "");
            Assert.Contains("3 of 8 runs to do", Sweep("--resume", "s", "--slurm", "--time=2 --requeue"));
            GsrProcess.WaitUntil(() => Sweep("--status", "s") is var status && status.Contains("done               8")
                && !status.Contains("in the queue"), "the rest");
            // A task that runs once more finds its run done.
            var job = File.ReadAllLines(folder[Path.Combine("s", "jobs.txt")])[1] + "_0";
            foreach (var words in (string[][])[["requeue", job], ["update", $"JobId={job}", "StartTime=now"]])
                GsrProcess.RunProgram("env", [$"SLURM_CONF={slurm.Item2}", "scontrol", .. words]);
            GsrProcess.WaitUntil(() => !Sweep("--status", "s").Contains("in the queue"), "the requeued task");
            Assert.Matches("done +8", Sweep("--status", "s"));
            Sweep("--collect", "s");
            Swept.Run(folder, 0, "x.ipynb", "-p", "SEED=1..8", "--out", "local");
            Swept.Run(folder, 0, "--collect", "local");
            Assert.Equal(
                Swept.Comparable(Swept.Table(folder, "local")).Select(WithoutCores),
                Swept.Comparable(Swept.Table(folder, "s")).Select(WithoutCores));
        }
        finally
        {
            GsrProcess.RunProgram("bash", Script(), "stop", cluster);
        }

        static string WithoutCores(string row) => row[..row.LastIndexOf(',')];
    }

    private static string Script([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "cluster.sh");
}
