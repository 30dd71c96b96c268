using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetDsl.Package.Tests;

/// <summary>A fresh console project outside the repository that has nothing but the package, taken from a local feed.</summary>
public sealed class UserProject : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("netdsl-package-").FullName;

    public UserProject()
    {
        var feed = Path.Combine(root, "feed");
        var configuration = typeof(UserProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var (exitCode, output) = DotnetCommand.Run(Repository(), "pack", "src/NetDsl", "-c", configuration, "--no-build", "-o", feed, "-v", "q", "--nologo");
        Assert.True(exitCode == 0, output);
        Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="local" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(root, "packages")}" /></config>
            </configuration>
            """);
        Write("User.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetDsl" Version="*-*" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The package's file.</summary>
    public string Package => Directory.EnumerateFiles(Path.Combine(root, "feed"), "NetDsl.*.nupkg").Single();

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(root, file), text);

    public (int ExitCode, string Output) Dotnet(params string[] arguments) => DotnetCommand.Run(root, arguments);

    public void Dispose() => Directory.Delete(root, recursive: true);

    static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
