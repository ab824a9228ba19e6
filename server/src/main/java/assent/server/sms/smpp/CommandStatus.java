package assent.server.sms.smpp;

import java.util.HexFormat;

/// The `command_status` values that a bind can be refused with (SMPP 3.4, 5.1.3), in words for the
/// operator.
final class CommandStatus {
    private CommandStatus() {}

    static String describe(int status) {
        String meaning = switch (status) {
            case 0x05 -> "ESME_RALYBND: already bound; is another gateway using this system id?";
            case 0x0d -> "ESME_RBINDFAIL: bind failed; ask the carrier whether this system id may bind as transceiver";
            case 0x0e -> "ESME_RINVPASWD: invalid password; check the carrier's password";
            case 0x0f -> "ESME_RINVSYSID: invalid system id; check the carrier's system id";
            case 0x53 -> "ESME_RINVSYSTYP: invalid system type; check the carrier's system type";
            case 0x58 -> "ESME_RTHROTTLED: too many tries; nothing to do but wait";
            default -> "see SMPP 3.4, 5.1.3, or ask the carrier";
        };
        return "status 0x" + HexFormat.of().toHexDigits(status) + ", " + meaning;
    }
}
