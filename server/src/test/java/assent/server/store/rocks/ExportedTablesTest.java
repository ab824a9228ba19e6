package assent.server.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.server.support.Exports;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every table of the store has its place in the data export, or a reason for having none. Whoever
/// adds a table answers here; without an answer this does not compile.
class ExportedTablesTest {
    @TempDir
    private Path folder = Path.of("");

    /// What the export does with a table.
    private sealed interface Answer {
        /// @param pointer of the field (RFC 6901)
        record Exported(String pointer) implements Answer {}

        record NothingOfAUser(String because) implements Answer {}
    }

    private static Answer answer(Table table) {
        return switch (table) {
            case DEFAULT -> new Answer.NothingOfAUser("nothing is in it");
            case META -> new Answer.NothingOfAUser("it is about the store");
            case CONSENT -> new Answer.Exported("/consent/recordedAt");
            case NOTICE -> new Answer.Exported("/consent/receipt");
            case ACTIVATION -> new Answer.Exported("/activation/number");
            case DEVICE -> new Answer.Exported("/activation/deviceId");
            case MAILBOX -> new Answer.Exported("/waitingTexts");
            case SENT -> new Answer.Exported("/outcomes");
            case BLOCK -> new Answer.Exported("/blockList/numbers");
            case COUNTER -> new Answer.Exported("/counters/0/endsAt");
            case PIN -> new Answer.Exported("/registrationPin/lastSeen");
            case INVITATION -> new Answer.NothingOfAUser("it says that a code is used, and not by whom");
            case LEDGER -> new Answer.NothingOfAUser("it says what operators did");
            case EXPIRY -> new Answer.NothingOfAUser("its times are those of the rows that it points to");
        };
    }

    @Test
    void everyTablesFieldIsInTheExport() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder);
                RawPhone ben = gateway.phone()) {
            ben.activate();
            ben.peer().send(new DeviceFrame.SetPin("heron-7431")).expect(GatewayFrame.PinSet.class);

            var export = Exports.of(ben);

            for (Table table : Table.values()) {
                if (answer(table) instanceof Answer.Exported(var pointer)) {
                    assertThat(export.at(pointer).isMissingNode())
                            .as("%s at %s", table, pointer)
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void whatIsLeftOutHasAReason(Table table) {
        if (answer(table) instanceof Answer.NothingOfAUser(var because)) {
            assertThat(because).isNotBlank();
        }
    }
}
