using Gsr.Kernel.Cli;

Cultures.Prepare();
return await GsrCommand.RunAsync(args);
