return await Gsr.Kernel.Cli.GsrCommand.RunAsync(args);
