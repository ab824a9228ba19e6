package assent.server.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `gateway store backup`: a backup of a store in use. Confined to the main thread.
@Command(
        name = "backup",
        description = {
            "Has the running gateway make a backup of its embedded store in store.backup-folder, and waits for it. The"
                    + " gateway goes on meanwhile; all that it acknowledged before is in the backup. The key file is not."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the backup is made",
            "1:it is not, and why is on standard error",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway store backup", "  gateway store backup -o json --data-folder /var/lib/assent/data"})
final class StoreBackupCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/backups";
    private static final long LOOK_EVERY_MILLIS = 200;

    /// Progress on standard error, every ten seconds.
    private static final long LOOKS_TO_A_LINE = 50;

    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    StoreBackupCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode backup = client.post(PATH, Map.of());
            long looks = 0;
            while (backup.path("underWay").asBoolean()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                if (++looks % LOOKS_TO_A_LINE == 0) {
                    around.err()
                            .println("gateway: the backup goes on, " + looks * LOOK_EVERY_MILLIS / 1_000 + " s so far");
                }
                backup = client.get(PATH);
            }
            if (backup.has("failure")) {
                throw new IOException(backup.path("failure").asString());
            }
            var table = new Table("FOLDER", "BYTES", "SECONDS");
            table.row(
                    backup.path("folder").asString(),
                    backup.path("bytes").asString(),
                    backup.path("seconds").asString());
            admin.print(around.out(), backup, table);
            return ExitCode.OK;
        }
    }
}
