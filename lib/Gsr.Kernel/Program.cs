return await Gsr.Kernel.GsrCommand.RunAsync(args);
