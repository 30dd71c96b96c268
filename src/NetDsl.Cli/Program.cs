using NetDsl.App;
using NetDsl.Networks;

return NetDslApp.Run(args, typeof(LeNet).Assembly);
