package assent.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shell code that starts Java, run with a Java and a Maven that only say how they were called.
final class LauncherTest {
    @TempDir
    private Path temp;

    private Path project;
    private Path path;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aProjectInAFolderWithSpaces() throws IOException {
        assumeThat(Path.of("/bin/sh")).as("launchers are shell scripts").exists();
        project = Files.createDirectories(temp.resolve("a project"));
        path = Files.createDirectories(temp.resolve("bin"));
        for (String tool :
                new String[] {"readlink", "dirname", "find", "head", "mkdir", "rm", "cat", "touch", "grep", "sleep"}) {
            Path found = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(path.resolve(tool), found);
        }
        Path repository = Path.of("..").toAbsolutePath().normalize();
        copy(repository, ".mvn/launch.sh");
        copy(repository, "server/bin/gateway");
        // The folders that every machine has are left out, so that a JDK of this machine is not found.
        Path shared = project.resolve(".mvn/launch.sh");
        Files.writeString(shared, Files.readString(shared).replace("/usr/lib/jvm/*25* /opt/*25* /opt/java/*25*", ""));
        for (String module : new String[] {"protocol", "client-sim", "server"}) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(project.resolve("pom.xml"), "");
    }

    @Test
    void withoutAJava25ItSaysWhatIsMissingAndWhatToDo() throws Exception {
        environment.put("JAVA_HOME", java("seventeen", "17.0.15").toString());
        Run run = gateway("serve");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("no Java 25 was found", "Install a JDK 25", "ASSENT_JAVA_HOME");
    }

    @Test
    void aNamedJavaThatIsTooOldIsRefusedRatherThanPassedOver() throws Exception {
        environment.put("ASSENT_JAVA_HOME", java("seventeen", "17.0.15").toString());
        environment.put("JAVA_HOME", java("twenty-five", "25.0.1").toString());
        Run run = gateway("serve");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("ASSENT_JAVA_HOME", "seventeen", "no Java 25");
    }

    @Test
    void javaHomeIsPassedOverIfItIsTooOldAndPathHasA25() throws Exception {
        environment.put("JAVA_HOME", java("seventeen", "17.0.15").toString());
        Files.createSymbolicLink(path.resolve("java"), java("on path", "25").resolve("bin/java"));
        built();
        assertThat(gateway("serve").output()).contains("on path/bin/java");
    }

    @Test
    void aVersionThatOnlyBeginsLike25IsNot25() throws Exception {
        environment.put("JAVA_HOME", java("far ahead", "250.1").toString());
        assertThat(gateway("serve").output()).contains("no Java 25 was found");
    }

    @Test
    void argumentsAndOptionsReachJavaUnchanged() throws Exception {
        environment.put("JAVA_HOME", java("twenty-five", "25.0.1").toString());
        environment.put("JAVA_OPTS", "-Xmx100m -Dx=y");
        built();
        Run run = gateway("serve", "--listen-host", "a  b", "*", "");
        assertThat(run.code()).isZero();
        assertThat(run.output())
                .contains("<-Xmx100m><-Dx=y>")
                .contains("<-XX:+UseCompactObjectHeaders>")
                .contains("<assent.server.Main><serve><--listen-host><a  b><*><>");
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() throws Exception {
        environment.put("JAVA_HOME", java("twenty-five", "25.0.1").toString());
        built();
        assertThat(gateway("serve").output()).doesNotContain("Building").doesNotContain("Maven");
    }

    @Test
    void withoutMavenItSaysSoOnlyWhenThereIsSomethingToBuild() throws Exception {
        environment.put("JAVA_HOME", java("twenty-five", "25.0.1").toString());
        Run run = gateway("serve");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("no Maven on PATH", "Install Maven");
        assertThat(project.resolve("target/launch.lock")).doesNotExist();
    }

    @Test
    void aSourceThatIsNewerThanTheBuildIsBuiltFirst() throws Exception {
        environment.put("JAVA_HOME", java("twenty-five", "25.0.1").toString());
        built();
        Path source = Files.writeString(project.resolve("protocol/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        maven("touch server/target/classpath");
        Run run = gateway("serve");
        assertThat(run.output()).contains("Building Assent").contains("<serve>");
        assertThat(Files.readString(project.resolve("maven-was-here"))).contains("-am package");
    }

    @Test
    void aBuildThatFailsShowsItsErrorsAndWhereTheRestIs() throws Exception {
        environment.put("JAVA_HOME", java("twenty-five", "25.0.1").toString());
        maven("echo '[ERROR] no such symbol'; exit 1");
        Run run = gateway("serve");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("[ERROR] no such symbol", "the build failed", "launch-build.log");
        assertThat(project.resolve("target/launch.lock")).doesNotExist();
    }

    private void built() throws IOException {
        Path target = Files.createDirectories(project.resolve("server/target"));
        Files.writeString(target.resolve("server-1.jar"), "");
        Files.writeString(
                target.resolve("classpath"), target.resolve("server-1.jar").toString());
    }

    private Path java(String name, String version) throws IOException {
        Path home = Files.createDirectories(temp.resolve("jdks").resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"");
        script(home.resolve("bin/java"), "printf '%s' \"$0\"; printf '<%s>' \"$@\"");
        script(home.resolve("bin/javac"), "exit 0");
        return home;
    }

    private void maven(String action) throws IOException {
        script(path.resolve("mvn"), "echo \"$@\" > maven-was-here\n" + action);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void copy(Path repository, String file) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.copy(repository.resolve(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Run gateway(String... args) throws Exception {
        var command = new ArrayList<String>();
        command.add("/bin/sh");
        command.add(project.resolve("server/bin/gateway").toString());
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", path.toString());
        builder.environment().put("HOME", temp.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private record Run(int code, String output) {}
}
