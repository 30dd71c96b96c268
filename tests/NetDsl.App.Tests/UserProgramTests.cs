namespace NetDsl.App.Tests;

public class UserProgramTests
{
    /// <summary>Here this assembly is the calling one, so its networks are found; standard output is the process's own.</summary>
    [Fact]
    public void One_line_in_a_users_program_runs_the_commands_on_its_networks() => Assert.Equal(0, NetDslApp.Run(["inspect", "Linear"]));

    [Fact]
    public void Networks_of_other_assemblies_are_found_where_they_are_named() =>
        Assert.Equal(0, NetDslApp.Run(["inspect", "Linear"], typeof(string).Assembly, typeof(Linear).Assembly));
}
