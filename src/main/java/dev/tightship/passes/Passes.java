package dev.tightship.passes;

import dev.tightship.pass.Pass;
import java.util.List;

/**
 * All passes in the order in which they run: Dockerfiles first, then what runs, what it may do, how
 * much it may take.
 */
public final class Passes {

  private Passes() {}

  public static List<Pass> all() {
    return List.of(
        new PinBaseImage(),
        new AddOrCopy(),
        new RepeatedInstruction(),
        new BuildWarnings(),
        new BuildPrivileges(),
        new RemoteScript(),
        new TlsVerification(),
        new WorldWritable(),
        new SetUidInImage(),
        new SudoInBuild(),
        new LoginInImage(),
        new ExposedPort(),
        new LockedPackages(),
        new BuildCommands(), // the next ones ask about apt-get as it is called in the end
        new RecommendedPackages(),
        new PackageCache(),
        new BuildToolsInImage(),
        new ExecForm(),
        new DockerfileUser(), // what services may do follows from it
        new Dockerignore(),
        new DebugMode(),
        new HiddenCharacter(),
        new MalformedPort(),
        new YamlTrap(),
        new UndefinedReference(),
        new UnreachableProfile(),
        new DuplicateName(),
        new UnsetVariable(),
        new PinImage(),
        new EndOfLifeImage(),
        new OverriddenUser(),
        new Privileged(),
        new HostNamespaces(),
        new ReadOnlyMounts(), // before drop-capabilities: root needs less for what it only reads
        // each of these looks at what the one before it changed, and is a step of its own
        new NeedlessPorts(),
        new PrivateNetworks(),
        new SeparateNetworks(),
        new UnconfinedProfile(), // takes from the list that the next one adds to
        new NoNewPrivileges(),
        new DropCapabilities(),
        new HostDevices(),
        new ReadOnlyRoot(),
        new VolumeOverCode(),
        new SensitiveMounts(),
        new DockerSocket(),
        new PublishedPorts(),
        new DuplicatePort(),
        new InlineSecrets(),
        new ObsoleteVersion(), // nobody asks for it: here it costs no reading of its own
        new ConflictingLimits(),
        new MemoryLimit(),
        new CpuLimit(),
        new PidsLimit(),
        new LogRotation(),
        new Healthcheck(),
        new HealthcheckProgram(),
        new DockerfileSecrets(), // this one and the next two tell what inline-secrets has left
        new RepeatedSecret(),
        new EnvFileSecrets());
  }
}
