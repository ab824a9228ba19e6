package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the command line says of itself.
class CommandHelpTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path folder = Path.of("");

    private CommandLine gateway() {
        return new CommandLineFixture(folder).line();
    }

    /// All but picocli's own.
    private static Stream<CommandLine> commands(CommandLine group) {
        return group.getSubcommands().values().stream()
                .filter(one -> !List.of("help", "generate-completion").contains(one.getCommandName()))
                .flatMap(one -> Stream.concat(Stream.of(one), commands(one)));
    }

    @Test
    void everyCommandHasExamplesThatAreRightAndSaysItsExitCodes() {
        CommandLine gateway = gateway();
        assertThat(commands(gateway).count()).isGreaterThan(30);
        commands(gateway).forEach(command -> {
            var usage = command.getCommandSpec().usageMessage();
            String name = command.getCommandSpec().qualifiedName();
            assertThat(usage.footer()).as("examples of %s", name).isNotEmpty();
            for (String example : usage.footer()) {
                List<String> words = words(example);
                assertThat(words.getFirst()).as("example of %s", name).isEqualTo("gateway");
                assertThatCode(() -> gateway.parseArgs(words.stream().skip(1).toArray(String[]::new)))
                        .as(example)
                        .doesNotThrowAnyException();
            }
            if (command.getSubcommands().isEmpty()) {
                assertThat(usage.exitCodeList()).as("exit codes of %s", name).containsKey("2");
                assertThat(command.getUsageMessage())
                        .contains("Examples:", "Exit codes:")
                        .as("no colour for who is no terminal")
                        .doesNotContain("\u001b");
            }
        });
    }

    /// As a shell takes it: up to what is done with its streams, or two blanks and a remark.
    private static List<String> words(String example) {
        String command = example.strip().replaceFirst("(  | [<>|] ).*", "");
        var words = new ArrayList<String>();
        WORD.matcher(command)
                .results()
                .forEach(word -> words.add(Stream.of(1, 2, 3)
                        .map(word::group)
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow()));
        return words;
    }

    @Test
    void theExitCodesOfTheHandbookAreThoseOfTheHelp() throws IOException {
        var said = new TreeMap<String, String>(
                gateway().getCommandSpec().usageMessage().exitCodeList());

        var documented = Files.readString(Path.of("../docs/operations.md"))
                .lines()
                .filter(line -> line.matches("\\| [0-9] \\|.*"))
                .map(line -> line.substring(2, 3))
                .toList();

        assertThat(documented).containsExactlyElementsOf(said.keySet());
    }

    @Test
    void aShellCompletesCommandsAndOptions() throws Exception {
        var line = new CommandLineFixture(folder);
        assertThat(line.run("generate-completion")).isZero();
        Files.writeString(folder.resolve("completion"), line.out.toString());

        assertThat(completed("pol")).contains("policy");
        assertThat(completed("policy", "re")).containsExactly("restore");
        assertThat(completed("devices", "export", "--rea")).contains("--reason");
        assertThat(completed("status", "-o", "js")).containsExactly("json");
    }

    private List<String> completed(String... words) throws Exception {
        Path script = folder.resolve("completion");
        String typed = "gateway " + String.join(" ", words);
        var bash = new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                "source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD=" + words.length + "; COMP_LINE='"
                        + typed + "'; COMP_POINT=${#COMP_LINE}; _complete_gateway; printf '%s\\n' \"${COMPREPLY[@]}\"");
        Process process;
        try {
            process = bash.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            assumeTrue(false, "there is no bash to complete in");
            throw e;
        }
        List<String> replies = process.inputReader().readAllLines();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return replies.stream()
                .map(String::strip)
                .filter(reply -> !reply.isEmpty())
                .toList();
    }
}
